"""What is stored of a narration's sentences is what a browser hears."""

import base64

from news.narration.clips import AFTER_PARAGRAPH, AFTER_SENTENCE, read_aloud
from portal.speech.engines import Espeak

WRITTEN = [
    "Hội nghị tổng kết công tác",
    "Chiều ngày 2/1, Sở Công Thương tổ chức hội nghị. Giá trị đạt 35.360 tỷ đồng, tăng 4,44%.",
    "Đến dự có đại diện các sở. Ông Tám chủ trì.",
]
WITHIN = 0.15  # seconds
STEP = 0.01
# Decodes the sound and returns how loud each hundredth of a second is.
LISTEN = """async ([sound, step]) => {
    const bytes = Uint8Array.from(atob(sound), character => character.charCodeAt(0));
    const context = new OfflineAudioContext(1, 1, 22050);
    const heard = await context.decodeAudioData(bytes.buffer);
    const samples = heard.getChannelData(0), size = Math.round(step * heard.sampleRate);
    const loudness = [];
    for (let at = 0; at < samples.length; at += size)
        loudness.push(Math.max(...samples.subarray(at, at + size).map(Math.abs)));
    return [heard.duration, loudness];
}"""


def test_sentences_are_heard_when_it_is_said_they_are(browser):
    sound = read_aloud(WRITTEN, {}, Espeak("vi", 160), {}, 60)
    page = browser.new_page()
    duration, loudness = page.evaluate(LISTEN, [base64.b64encode(sound.frames).decode(), STEP])
    page.close()
    assert abs(duration - sound.duration) < WITHIN
    silences = [(0.0, 0.0), *_silences(loudness), (duration, duration)]
    for start, end, sentence in sound.sentences:
        assert any(abs(after - start) < WITHIN for _, after in silences), sentence
        assert any(abs(before - end) < WITHIN for before, _ in silences), sentence


def _silences(loudness):
    """Return from when to when nothing is heard for as long as a pause between sentences."""
    quiet, least = None, min(AFTER_SENTENCE, AFTER_PARAGRAPH) - 0.05
    for count, loud in enumerate([*loudness, 1]):
        if loud > 0.02:
            if quiet is not None and (count - quiet) * STEP > least:
                yield quiet * STEP, count * STEP
            quiet = None
        elif quiet is None:
            quiet = count
