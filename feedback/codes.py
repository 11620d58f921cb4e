"""
Tracking codes: ten characters that can be read out on the telephone.

Crockford's base 32 leaves out I, L, O and U, so that nobody has to ask "zero or O?".
The last character checks the nine before it (Luhn modulo 32): every single wrong
character is noticed, and nearly every pair of neighbours typed in the wrong order.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_MISREAD = str.maketrans("OIL", "011")
_AS_TYPED = {"0": "[0O]", "1": "[1IL]"}
COVER = "[mã tra cứu]"


def new() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check_character(body)


def normalize(typed: str) -> str:
    """Return a code as it is stored: capitals, no spaces or marks, O as 0, I and L as 1."""
    return "".join(filter(str.isalnum, typed.upper())).translate(_MISREAD)


def is_well_formed(code: str) -> bool:
    """Say whether a normalized code may be one of ours; False means a slip of the typist."""
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    return code[-1] == _check_character(code[:-1])


def grouped(code: str) -> str:
    """Return a code in two groups for reading: «7KM2Q 9XD4T»."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def covered(words: str, code: str) -> str:
    """Return words without a code, however it is written: whoever reads it there could use it."""
    if not code:
        return words
    written = r"[\W_]?".join(_AS_TYPED.get(character, character) for character in code)
    return re.sub(rf"(?<!\w){written}(?!\w)", COVER, words, flags=re.IGNORECASE)


def spelled(code: str) -> str:
    """Return a code as it is read out: «số 7, chữ K, chữ M, …»."""
    return ", ".join(_spelled(character) for character in code)


def _spelled(character: str) -> str:
    return f"số {character}" if character.isdecimal() else f"chữ {character}"


def _check_character(body: str) -> str:
    base = len(ALPHABET)
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return ALPHABET[-total % base]
