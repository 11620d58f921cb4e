"""The process that speaks may crash, hang or grow: its article fails, and nothing else."""

import os
import subprocess
import sys
import time

import pytest

from news.narration import process
from portal.speech import SpeechError

TASK = {
    "command": "",
    "voice": "vi",
    "speed": 160,
    "readings": {},
    "former": "",
    "clips": [],
    "seconds": 60,
}
HOSTILE = [
    '"; rm -rf / #',
    "$(touch x) `touch x` | cat > x",
    "[[he'loU]] <break time='99s'/> <audio src='/etc/passwd'/>",
    "Xin\x00 chào\x01\x1b[2J\ud800\u202e",
    "😀 中文 Привет عربي",
    "a" * 500,
    "(" * 20_000,
    "-\u0301" * 5_000,
]


def instead(monkeypatch, script):
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", script))


def test_hostile_text_is_spoken_or_skipped():
    head, frames = process.ask(TASK | {"paragraphs": ["Tin", *HOSTILE, "Hết."]})
    assert head["sentences"][0][2] == "Tin"
    assert head["sentences"][-1][2] == "Hết."
    assert len(frames) == sum(size for _, size, _, _ in head["clips"])


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import ctypes; ctypes.string_at(0)", "dừng đột ngột .tín hiệu 11."),
        ("raise SystemExit(3)", "mã 3"),
    ],
)
def test_a_crash_is_a_sentence(monkeypatch, caplog, script, said):
    instead(monkeypatch, script)
    with pytest.raises(SpeechError, match=said):
        process.ask(TASK)
    assert "the speaking process ended" in caplog.text


def test_one_that_hangs_is_ended_with_what_it_started(monkeypatch, tmp_path):
    note = tmp_path / "pid"
    instead(
        monkeypatch,
        "import subprocess, time;"
        f"open({str(note)!r}, 'w').write(str(subprocess.Popen(['sleep', '60']).pid));"
        "time.sleep(60)",
    )
    monkeypatch.setattr(process, "SECONDS", 0.5)
    monkeypatch.setattr(process, "GRACE", 0.5)
    with pytest.raises(SpeechError, match="đã dừng"):
        process.ask(TASK)
    assert is_gone(int(note.read_text()))


def is_gone(pid) -> bool:
    """Say whether a process has ended, or will be by and by."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
            with open(f"/proc/{pid}/stat") as stat:
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


def test_one_that_grows_is_refused_the_memory():
    script = (
        "from news.narration import child; child._be_modest(has_limit=True);"
        "\ntry: bytearray(300_000_000)\nexcept MemoryError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "refused\n", done.stderr


def test_it_steps_back_behind_readers(monkeypatch):
    """Within the session of those who answer them: between sessions niceness counts for nothing."""
    instead(
        monkeypatch,
        "import json, os, sys; sys.stdin.read();"
        "print(json.dumps({'niceness': os.nice(0), 'session': os.getsid(0)}))",
    )
    head, _ = process.ask(TASK)
    assert head == {"niceness": 19, "session": os.getsid(0)}


def test_it_imports_no_django():
    script = "import sys; from news.narration import child; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_a_command_of_the_operators_is_told_no_secret(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:b@c/d")
    monkeypatch.setenv("PORTAL_SECRET_KEY", "x")
    environment = process._environment()
    assert "PATH" in environment
    assert not [name for name in environment if name.startswith(("PORTAL_", "DATABASE"))]
