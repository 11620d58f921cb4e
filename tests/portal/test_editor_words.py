"""What the editor says in our words, beside what it would say itself."""

import json
import re
from functools import reduce
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

OURS = (settings.BASE_DIR / "static/js/editor-words.js").read_text()
ENTRY = re.compile(r'^  "?([\w.]+)"?:\s+(?:"([^"]+)"|PASTE)', re.M)
MARK = re.compile(r"%\d|\{\w+\}")


def words_of_the_editor() -> dict:
    script = Path(finders.find("ckeditor/ckeditor/lang/vi.js")).read_text(encoding="utf-8-sig")
    return json.loads(re.search(r"=(\{.*\});", script, re.S)[1])


def test_every_word_replaced_is_one_the_editor_has():
    editor, ours = words_of_the_editor(), ENTRY.findall(OURS)
    assert len(ours) > 50
    assert len(ours) == OURS.count(",\n")
    for path, words in ours:
        theirs = reduce(dict.__getitem__, path.split("."), editor)
        assert isinstance(theirs, str), path
        if words:
            assert set(MARK.findall(words)) <= set(MARK.findall(theirs)), path
