"""How far apart two colours are (WCAG 2.2), and the colours of every theme of tokens.css."""

import re

from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(rules: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rules))


def _block(start: str) -> dict[str, str]:
    """Return the colours of the first block of tokens.css after ``start``."""
    rules = TOKENS[TOKENS.index(start) :]
    return colours(rules[: rules.index("}")])


LIGHT = _block(":root {")
DARK = LIGHT | _block("@media (prefers-color-scheme: dark) {\n  :root {")
_CONTRAST = _block("@media (prefers-contrast: more)")
_DARK_CONTRAST = _block("  @media (prefers-color-scheme: dark) {\n    :root {")
THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "light, high contrast": LIGHT | _CONTRAST,
    "dark, high contrast": DARK | _CONTRAST | _DARK_CONTRAST,
}
