"""The department's own list of how to say a word, put before all rules."""

import re
from collections.abc import Mapping

from news.spoken.rules import any_of
from news.spoken.safety import plain


class Readings:
    """
    Words and how to say them, ready to be put into a text.

    A word in small letters stands for any case, one with a capital only for itself; only
    whole words count. What is said goes through the rules like any text, so "QL 1" may be
    written in it.
    """

    def __init__(self, said: Mapping[str, str]):
        self.said = {plain(word).strip(): plain(reading).strip() for word, reading in said.items()}
        self.said.pop("", None)
        small = [word for word in self.said if word == word.lower()]
        exact = [word for word in self.said if word != word.lower()]
        choices = [any_of(exact)] if exact else []
        choices += [rf"(?i:{any_of(small)})"] if small else []
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)") if choices else None

    def put_into(self, text: str) -> str:
        return self.pattern.sub(self._reading, text) if self.pattern else text

    def _reading(self, match: re.Match) -> str:
        # «İ» matches "i" and is no "i" in small letters: what is not found stays as it is.
        return self.said.get(match[0], self.said.get(match[0].lower(), match[0]))


NONE = Readings({})
