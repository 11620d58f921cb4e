"""The Nu HTML checker, asked about many files by one virtual machine."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.tools import JAVA, NU_CHECKER

# For a life of seconds; the schemas are read by deep recursion.
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m")


def messages(files: Iterable[Path]) -> list[str]:
    """Return what the checker has to say, warnings included: file, line, message."""
    done = subprocess.run(
        [JAVA, *QUICK_START, "-jar", NU_CHECKER, "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    # The report goes to the error stream.
    return [
        "{}:{} {}: {} [{}]".format(
            message["url"].rpartition("/")[2],
            message.get("lastLine", "?"),
            message.get("subType", message["type"]),
            message["message"],
            " ".join(message.get("extract", "").split()),
        )
        for message in json.loads(done.stderr)["messages"]
    ]
