"""
All questions one after the other, each in a process of its own; `make bench`.

Machines are noisy, so only ratios against references taken in the same run say something. What is
printed are the tables of docs/performance.md. ``--short`` asks each question for a few seconds;
``--full`` asks two of them as the promises are worded: a million articles, a million requests.
"""

import subprocess
import sys
import time

QUESTIONS = {
    "kept": "Kept pages",
    "renders": "First renders",
    "beacons": "Counting readers",
    "narration": "Reading aloud",
    "growth": "Growth",
    "memory": "Memory",
    "outage": "Without PostgreSQL",
    "reloads": "Reloads",
    "publishing": "From the commit to the reader",
    "overload": "Overload",
    "slow": "Slow clients",
    "keys": "Addresses nobody asked for before",
    "search": "Search",
    "scoreboard": "Indicators",
    "pages": "What a phone makes of it",
    "uploads": "Uploads",
}


def main() -> None:
    options = sys.argv[1:]
    failed = []
    for name, title in QUESTIONS.items():
        print(f"## {title}\n", flush=True)
        began = time.monotonic()
        # In processes of their own: their settings are those of other data directories.
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        if subprocess.run(command).returncode:
            failed.append(name)
        print(f"({time.monotonic() - began:.0f} s)\n", flush=True)
    if failed:
        sys.exit(f"No answer from: {', '.join(failed)}")


if __name__ == "__main__":
    main()
