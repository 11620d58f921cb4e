"""
The process that speaks, started by process.py for one article or one recording.

It reads a task as JSON and answers with a line of JSON and, after it, the frames of an MP3.
"""

import json
import os
import resource
import sys
from pathlib import Path

from news.narration import clips
from portal.processes import end_with_parent
from portal.speech import SpeechError, engines
from portal.speech.command import MAX_BYTES
from portal.speech.levels import levelled
from portal.speech.mp3 import Recording, frames, read_mp3
from portal.speech.wav import read_wav

MEMORY = 200 * 1024 * 1024  # bytes
LONGEST_RECORDING = 2 * 60 * 60  # seconds
RECORDING_BIT_RATE = 48  # kbit/s


def main() -> None:
    task = json.load(sys.stdin.buffer)
    # What a library prints must not get among the answer.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _be_modest(has_limit=not task.get("command"))
    head, content = answer(task)
    with output:
        output.write(json.dumps(head).encode() + b"\n" + content)


def answer(task: dict) -> tuple[dict, bytes]:
    """Return what became of a task, and the frames it made."""
    try:
        return _recorded(task) if "recording" in task else _spoken(task)
    except clips.NothingToRead:
        return {"nothing": True}, b""
    except SpeechError as error:
        return {"error": str(error)}, b""
    except MemoryError:
        return {"error": "không đủ bộ nhớ"}, b""


def _be_modest(*, has_limit: bool) -> None:
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_BYTES, MAX_BYTES))
    if has_limit:  # a command would inherit it; how large it grows is the operator's decision
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _spoken(task: dict) -> tuple[dict, bytes]:
    engine = engines.chosen(task["command"], task["voice"], task["speed"])
    former = clips.of_file(task["former"], task["clips"]) if task["former"] else {}
    sound = clips.read_aloud(task["paragraphs"], task["readings"], engine, former, task["seconds"])
    head = {
        "duration": sound.duration,
        "clips": sound.clips,
        "sentences": sound.sentences,
    }
    return head, sound.frames


def _recorded(task: dict) -> tuple[dict, bytes]:
    """Return the frames of a recording: those it has, or those of its samples."""
    path = Path(task["recording"])
    if task["kind"] == "mp3":
        recording = read_mp3(path.read_bytes())
    else:
        with path.open("rb") as file:
            clip = levelled(read_wav(file, LONGEST_RECORDING))
        encoded = frames(clip, bit_rate=RECORDING_BIT_RATE)
        recording = Recording(encoded, clip.duration)
    if not 1 <= recording.duration <= LONGEST_RECORDING:
        raise SpeechError("bản ghi phải dài từ 1 giây đến 2 giờ")
    return {"duration": round(recording.duration, 2)}, recording.frames


if __name__ == "__main__":
    main()
