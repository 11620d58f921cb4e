"""MP3: what readers are sent, and the frames recordings consist of."""

from typing import NamedTuple

from portal.speech.clips import Clip, SpeechError

# All that is made here has one form, so that its frames may be put one after another.
RATE = 22_050  # samples a second
BIT_RATE = 32  # kbit/s; speech of one voice needs no more
FRAME = 576  # samples
# Seconds between a sample that goes in and the moment a player has it: encoder and decoder
# each hold some back.
DELAY = (576 + 529) / RATE

UNREADABLE = "tệp MP3 không đọc được; hãy xuất lại thành MP3"


def encode_mp3(clip: Clip, *, bit_rate: int = 48, title: str = "", artist: str = "") -> bytes:
    """
    Return ``clip`` as an MP3 file of constant ``bit_rate`` (kbit/s, the nearest there is).

    The bit rate is constant so that a browser can tell the duration from the size
    of the file and jump inside it. The encoder rounds up to whole frames, so the
    file lasts up to 0.1 s longer than the clip. A clip without samples gives no
    frame. Raises SpeechError if the encoder is missing or refuses the clip.
    """
    return id3_tag(title, artist) + frames(clip, bit_rate=bit_rate, rate=clip.sample_rate)


def frames(clip: Clip, *, bit_rate: int = BIT_RATE, rate: int = RATE) -> bytes:
    """
    Return the frames of a clip at ``rate`` samples a second.

    The first leans on none before it, so what is encoded in parts may be put together.
    """
    try:
        import lameenc
    except ImportError as error:
        raise SpeechError("chưa cài bộ mã hóa MP3 (lameenc)") from error

    if not clip.pcm:
        return b""
    encoder = lameenc.Encoder()
    encoder.silence()
    try:
        encoder.set_channels(1)
        encoder.set_in_sample_rate(clip.sample_rate)
        encoder.set_out_sample_rate(rate)
        encoder.set_bit_rate(bit_rate)
        encoder.set_quality(5)  # of 0 to 9; the default of 2 takes almost twice as long
        return bytes(encoder.encode(clip.pcm)) + bytes(encoder.flush())
    except RuntimeError as error:
        raise SpeechError(f"bộ mã hóa MP3 báo lỗi: {error}") from error


def id3_tag(title: str, artist: str) -> bytes:
    """Return an ID3v2.3 tag with the texts that are not empty, or no bytes at all."""
    # 2.3 with UTF-16 instead of the newer 2.4 with UTF-8: older Windows shows only the former.
    tagged = b""
    for name, text in {"TIT2": title, "TPE1": artist}.items():
        if text:
            body = b"\x01" + text.encode("utf-16", "replace")
            tagged += name.encode("ascii") + len(body).to_bytes(4) + b"\x00\x00" + body
    if not tagged:
        return b""
    return b"ID3\x03\x00\x00" + _seven_bits_each(len(tagged)) + tagged


def _seven_bits_each(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


class Recording(NamedTuple):
    frames: bytes
    duration: float  # seconds


# kbit/s by the index in a frame's header, of MPEG-1 and of MPEG-2 and 2.5.
_BIT_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
# Samples a second by two bits for the version: 2.5, none, 2, 1.
_RATES = ((11_025, 12_000, 8_000), (), (22_050, 24_000, 16_000), (44_100, 48_000, 32_000))
_STRAY = 4_096  # bytes that belong to no frame, after all of them: other programs' notes


class _Frame(NamedTuple):
    length: int  # bytes
    rate: int
    samples: int


def read_mp3(content: bytes) -> Recording:
    """
    Return the frames of an MP3 file, without what other programs wrote around them.

    Every frame's header is read. Raises SpeechError for what is no such file.
    """
    start = position = _after_tags(content)
    first = _frame(content, position)
    samples = 0
    while (frame := _frame(content, position)) and frame.rate == first.rate:
        position += frame.length
        samples += frame.samples
    stray = content[position:]
    if first is None or not (len(stray) <= _STRAY or stray.startswith((b"TAG", b"APETAGEX"))):
        raise SpeechError(UNREADABLE)
    head = content[start : start + first.length]
    if b"Xing" in head[:48] or b"Info" in head[:48]:  # a frame about the others, without sound
        samples -= first.samples
    return Recording(content[start:position], samples / first.rate)


def _after_tags(content: bytes) -> int:
    position = 0
    while content[position : position + 3] == b"ID3" and len(content) >= position + 10:
        parts = content[position + 6 : position + 10]
        size = sum(
            (part & 0x7F) << shift for part, shift in zip(parts, (21, 14, 7, 0), strict=True)
        )
        position += 10 + size
    # Some writers leave zeros behind their tag.
    while content[position : position + 1] == b"\x00":
        position += 1
    return position


def _frame(content: bytes, position: int) -> _Frame | None:
    """Return the frame of layer III that begins at ``position``, if one does and is whole."""
    header = content[position : position + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0b1110_0110 != 0b1110_0010:
        return None
    version, bits, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return None
    is_first = version == 3
    samples = 1152 if is_first else 576
    hertz = _RATES[version][rate]
    bit_rate = _BIT_RATES[0 if is_first else 1][bits]
    length = samples * bit_rate * 125 // hertz + (header[2] >> 1 & 1)
    return _Frame(length, hertz, samples) if position + length <= len(content) else None
