"""Starting the process that speaks, and what becomes of it."""

import json
import logging
import os
import signal
import subprocess
import sys

from django.conf import settings

from news.narration.clips import NothingToRead
from portal.speech import SpeechError

SECONDS = 15 * 60  # for one article; by eSpeak NG it takes two or three
NICENESS = 19  # readers come first
GRACE = 20  # seconds more, for a process that does not look at the clock
COMMAND = (sys.executable, "-m", "news.narration.child")
logger = logging.getLogger(__name__)


def ask(task: dict) -> tuple[dict, bytes]:
    """
    Return what the process answers to a task, and the frames it made.

    Raises SpeechError, with the reason in Vietnamese, for a process that fails, crashes or is not
    done in time; NothingToRead where it says so.
    """
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=_environment(),
        # A group, so that it ends with all that it started. Not a session: among sessions Linux
        # shares the processor out evenly, and niceness says nothing (sched(7), autogroups).
        process_group=0,
    ) as process:
        os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        try:
            answer, said = process.communicate(json.dumps(task).encode(), SECONDS + GRACE)
        except subprocess.TimeoutExpired:
            minutes = f"{SECONDS / 60:.0f}"
            raise SpeechError(f"chưa đọc xong sau {minutes} phút nên đã dừng") from None
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        logger.error("the speaking process ended with %s: %s", process.returncode, said[-2000:])
        raise SpeechError(_why(process.returncode))
    head, _, frames = answer.partition(b"\n")
    return checked(json.loads(head)), frames


def checked(head: dict) -> dict:
    """Return what a process answered unless that is why there is no sound."""
    if head.get("nothing"):
        raise NothingToRead
    if "error" in head:
        raise SpeechError(head["error"])
    return head


def _why(status: int) -> str:
    if status < 0:
        return f"chương trình đọc dừng đột ngột (tín hiệu {-status})"
    return f"chương trình đọc báo lỗi (mã {status}); xem nhật ký của máy chủ"


def _environment() -> dict[str, str]:
    """Return the environment without what is secret: a command of the operator's inherits it."""
    return {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("PORTAL_")
    }
