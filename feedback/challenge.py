"""
The confirmation code («mã kiểm tra»): five digits shown as a picture and read aloud.

Nothing is kept until a code is used. The page carries a signed token of a random nonce
and its time; digits, picture and sound follow from the nonce and the secret key, so a
reload shows the same and nobody can work them out. The first answer, right or wrong,
burns the nonce in one statement: a code is good once, however many ask at the same time.

The token also says how hard the browser's work is (feedback/work.py), which is good with it.
"""

import array
import contextlib
import enum
import hashlib
import hmac
import io
import math
import random
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from PIL import Image, ImageDraw, ImageFont

from feedback import work
from portal import speech

LENGTH = 5  # digits
VALID_FOR = timedelta(hours=2)  # a considered letter takes its time

_signer = Signer(salt="feedback.challenge.2")  # the second form of the token


class Refusal(enum.Enum):
    """Why a code was not accepted; the value is the sentence beside the field."""

    WRONG = "Mã kiểm tra chưa đúng. Vui lòng nhập mã mới dưới đây."
    EXPIRED = "Mã kiểm tra đã quá hai giờ nên hết hiệu lực. Vui lòng nhập mã mới dưới đây."
    FORGED = "Mã kiểm tra cũ không dùng được nữa. Vui lòng nhập mã mới dưới đây."
    USED = "Mã kiểm tra này đã được sử dụng. Vui lòng nhập mã mới dưới đây."


class Challenge(NamedTuple):
    nonce: str
    issued_at: datetime
    begun_at: datetime  # when the first of the codes for this form was issued
    tries: int  # the browser's work asks for, on average


def issue(at: datetime | None = None, instead_of: str = "", tries: int = work.USUAL) -> str:
    """
    Return the signed token of a new challenge; fit for an address.

    Issued ``instead_of`` an earlier token it remembers when the form was begun, so that
    somebody who has only a new code to type is not taken for a machine.
    """
    issued_at = int((at or timezone.now()).timestamp())
    begun_at = issued_at
    with contextlib.suppress(BadSignature):
        begun_at = _signer.unsign(instead_of).split(":")[2]
    return _signer.sign(f"{secrets.token_urlsafe(16)}:{issued_at}:{begun_at}:{tries}")


def opened(token: str, at: datetime | None = None) -> Challenge | Refusal:
    """Return what a token says, or why it says nothing (any more)."""
    try:
        nonce, issued_at, begun_at, tries = _signer.unsign(token).split(":")
    except BadSignature:
        return Refusal.FORGED
    challenge = Challenge(nonce, _moment(issued_at), _moment(begun_at), int(tries))
    if (at or timezone.now()) - challenge.issued_at > VALID_FOR:
        return Refusal.EXPIRED
    return challenge


def _moment(written: str) -> datetime:
    return datetime.fromtimestamp(int(written), UTC)


def answer(token: str) -> str:
    """Return the digits that a token asks for. Raises BadSignature for a forged token."""
    number = int.from_bytes(_secret("digits", _signer.unsign(token))[:8])
    return f"{number % 10**LENGTH:0{LENGTH}}"


def is_right(token: str, typed: str) -> bool:
    return constant_time_compare(typed, answer(token))


def check_and_burn(token: str, typed: str, at: datetime | None = None) -> Refusal | None:
    """
    Return why ``typed`` is refused, or None when it is right; either way it is used up.

    To be called inside the transaction that keeps what the code protects: if that fails,
    the code was not used.
    """
    refusal = burn(token, at)
    if refusal is None and not is_right(token, typed):
        return Refusal.WRONG
    return refusal


def burn(token: str, at: datetime | None = None) -> Refusal | None:
    """Use a token up whose code is not asked for; likewise."""
    at = at or timezone.now()
    challenge = opened(token, at)
    if isinstance(challenge, Refusal):
        return challenge
    return None if _burn(challenge.nonce, at) else Refusal.USED


def _burn(nonce: str, at: datetime) -> bool:
    """Note that a nonce was answered; say whether this was the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_BURN, {"nonce": nonce, "at": at, "forgotten": at - VALID_FOR})
        return cursor.fetchone() is not None


# A nonce used longer ago than a token lives is refused by its age alone. Rows that another
# process is deleting are left to it, so that no answer waits for one.
_BURN = """
WITH forgotten AS (
    DELETE FROM feedback_usedchallenge WHERE nonce IN (
        SELECT nonce FROM feedback_usedchallenge WHERE used_at < %(forgotten)s
        LIMIT 100 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO feedback_usedchallenge (nonce, used_at) VALUES (%(nonce)s, %(at)s)
ON CONFLICT DO NOTHING RETURNING nonce
"""


def _secret(purpose: str, token_content: str) -> bytes:
    message = f"challenge {purpose} {token_content}"
    return hmac.digest(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256)


def _chance(purpose: str, token: str) -> random.Random:
    """Return the same sequence of chances for the same token, unknown to anybody else."""
    return random.Random(_secret(purpose, _signer.unsign(token)))  # noqa: S311 seeded by a secret


# -- picture ---------------------------------------------------------------------------

WIDTH, HEIGHT = 400, 128  # pixels; shown at half the size, sharp on telephones
_GLYPH = 144  # pixels; room for a digit turned and enlarged
_PAPER, _INK = 255, 24  # grey levels


def image(token: str) -> bytes:
    """Return a PNG of the digits, the same for the same token. Raises BadSignature."""
    chance = _chance("picture", token)
    glyphs = [_bent_digit(digit, chance) for digit in answer(token)]
    overlaps = [chance.randint(0, 5) for _ in glyphs]
    picture = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    width = sum(glyph.width for glyph in glyphs) - sum(overlaps[1:])
    left = max((WIDTH - width) // 2 + chance.randint(-30, 30), 4)
    for glyph, overlap in zip(glyphs, overlaps, strict=True):
        room = max(HEIGHT - glyph.height - 8, 0)
        top = 4 + min(max(room // 2 + chance.randint(-12, 12), 0), room)
        picture.paste(_INK, (left, top), glyph)
        left += glyph.width - overlap
    pen = ImageDraw.Draw(picture)
    for _ in range(3):
        pen.line(_wave(chance), fill=_INK, width=chance.choice((3, 4)), joint="curve")
    output = io.BytesIO()
    picture.save(output, "PNG", compress_level=1)
    return output.getvalue()


@cache
def _digit(digit: str, weight: int) -> Image.Image:
    glyph = Image.new("L", (_GLYPH, _GLYPH))
    ImageDraw.Draw(glyph).text(
        (_GLYPH / 2, _GLYPH / 2),
        digit,
        font=ImageFont.load_default(92),
        fill=255,
        anchor="mm",
        stroke_width=weight,
    )
    return glyph


def _bent_digit(digit: str, chance: random.Random) -> Image.Image:
    """Return the mask of a digit, turned, slanted and scaled, cut to what is inked."""
    glyph = _digit(digit, chance.choice((0, 1, 2)))
    turn, slant = math.radians(chance.uniform(-14, 14)), chance.uniform(-0.22, 0.22)
    across, down = chance.uniform(0.85, 1.15), chance.uniform(0.85, 1.1)
    # PIL asks where each point of the result comes from: the inverse of what is seen.
    a, b = math.cos(turn) / across, math.sin(turn) / across + slant
    c, d = -math.sin(turn) / down, math.cos(turn) / down
    middle = _GLYPH / 2
    matrix = (a, b, middle - (a + b) * middle, c, d, middle - (c + d) * middle)
    bent = glyph.transform(glyph.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return bent.crop(bent.getbbox())


def _wave(chance: random.Random) -> list[tuple[float, float]]:
    """Return the points of a line across the picture, through the digits."""
    middle, height = chance.uniform(0.35, 0.65) * HEIGHT, chance.uniform(8, 26)
    length, start = chance.uniform(0.6, 1.6) * WIDTH, chance.uniform(0, math.tau)
    return [
        (x, middle + height * math.sin(start + math.tau * x / length))
        for x in range(0, WIDTH + 1, 16)
    ]


# -- sound -----------------------------------------------------------------------------

_NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SPEEDS = (100, 110, 120)  # words a minute
_PAUSE = 0.6  # seconds
_NOISE = 500  # loudest sample of the noise, of 32,767


def sound(token: str) -> bytes:
    """
    Return a WAV of the digits spoken slowly in Vietnamese, the same for the same token.

    Raises BadSignature for a forged token, SpeechError when nothing can be spoken.
    """
    chance = _chance("sound", token)
    words = [
        _spoken(_NAMES[int(digit)], chance.choice(_SPEEDS), chance.randrange(2))
        for digit in answer(token)
    ]
    # The pause before the first digit lets a screen reader finish its own sentence.
    clips = [_spoken("Mã kiểm tra.", 130, 0), *words]
    pause = _hiss(_PAUSE, clips[0].sample_rate)
    between = [part for clip in clips for part in (clip, pause)]
    return speech.encode_wav(speech.join([pause, *between], pause=0))


@cache
def _spoken(words: str, speed: int, variant: int) -> speech.Clip:
    clip = speech.synthesize(words, speed=speed)
    whole = array.array("h", clip.pcm)
    # Half the sample rate is plenty for speech and half the size on a telephone.
    samples = [
        (one + next_one) // 2 for one, next_one in zip(whole[::2], whole[1::2], strict=False)
    ]
    chance = random.Random(f"{words} {speed} {variant}")  # noqa: S311 only noise
    noisy = (
        max(-32_768, min(32_767, sample + chance.randint(-_NOISE, _NOISE))) for sample in samples
    )
    return speech.Clip(array.array("h", noisy).tobytes(), clip.sample_rate // 2)


@cache
def _hiss(seconds: float, sample_rate: int) -> speech.Clip:
    chance = random.Random("pause")  # noqa: S311 only noise
    samples = (chance.randint(-_NOISE, _NOISE) for _ in range(round(seconds * sample_rate)))
    return speech.Clip(array.array("h", samples).tobytes(), sample_rate)
