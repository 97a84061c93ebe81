r"""The one cleaner: every text from notes, paths, authors or git passes it before it reaches a screen, file or chat.

What could steer a terminal, reorder a line or hide in it becomes visible as `\x1b`, `\u202e` or `\U000e0041`.
The joiner inside emoji sequences is no exception: whether it is harmless depends on the font that shows it.
"""

import re
import unicodedata

FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f"  # C0, but for tab and line ends
    "\x7f-\x9f"  # DEL and C1; a terminal may read U+009B as ESC [
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    "\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # of no width
    "\u2028\u2029"  # line ends that are no line ends to a terminal
    "\ud800-\udfff"  # surrogates: bytes that were no UTF-8
    "\U000e0000-\U000e007f"  # tags: a second, invisible alphabet
    "]"
)
TAB = 4


def clean(text: str) -> str:
    """Give `text` as one line: white space collapsed, NFC, and nothing in it that could act on the reader."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    # NFC comes last: an accent after a forbidden character then joins the escape, and cleaning again changes nothing.
    return unicodedata.normalize("NFC", " ".join(FORBIDDEN.sub(_visible, text).split()))


def as_it_is(path: str) -> str:
    """Give a path as one line of the same characters, composed or not, but for what could act on the reader."""
    return FORBIDDEN.sub(_visible, path.replace("\n", " ").replace("\t", " ").replace("\r", " "))


def clean_block(text: str) -> str:
    """Give `text` with its lines and indentation; tabs become spaces, and the rest is as in `clean`."""
    if text.isascii() and text.isprintable():
        return text
    lines = FORBIDDEN.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", lines.expandtabs(TAB))


def _visible(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number <= 0xFF:  # noqa: PLR2004
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004
