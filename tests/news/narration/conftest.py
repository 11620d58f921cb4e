"""The process that speaks, within the tests' own: it takes no time to start."""

import json

import pytest

from news.narration import child, process


@pytest.fixture
def asked(monkeypatch):
    """Return the tasks that the speaking process was given."""
    tasks = []

    def ask(task):
        tasks.append(task)
        head, frames = child.answer(json.loads(json.dumps(task)))
        return process.checked(json.loads(json.dumps(head))), frames

    monkeypatch.setattr(process, "ask", ask)
    return tasks
