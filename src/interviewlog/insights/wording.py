"""Texts of a note as words on one line: freed of marks and Markdown, and shortened where the eye allows it."""

import re
import unicodedata

from interviewlog.observations import read_body

LONGEST_READ = 2000

_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_CODE = re.compile(r"(`+)(.+?)\1")
_EMPHASIS = re.compile(r"(?<![^\W_])([*_]{1,3}|~~)(?=\S)(.+?)(?<=\S)\1(?![^\W_])")
_START = re.compile(r"^(?:(?:#{1,6}|>+|[-*+])\s+)+")


def in_words(text: str) -> str:
    """Give a text of a note as one line of words: without tags, severity, who, Markdown and what cannot be seen."""
    read = read_body(f"- context: {one_line(text[:LONGEST_READ])}").observations
    line = _CODE.sub(r"\2", _LINK.sub(r"\1", read[0].text)) if read else ""
    for _ in range(2):  # emphasis inside emphasis
        line = _EMPHASIS.sub(r"\2", line)
    return one_line(_START.sub("", line))


def one_line(text: str) -> str:
    """Give a text with its white space collapsed, NFC, without control and formatting characters."""
    if not (text.isascii() and text.isprintable()):
        seen = (sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
        text = unicodedata.normalize("NFC", "".join(seen))
    return " ".join(text.split())


# Two characters that the eye takes for one: jamo of one syllable, skin tones, Thai and Lao AM, half-width voice marks.
_ONE_SIGN = re.compile(
    "[\u1100-\u115f\ua960-\ua97c].|.[\u1160-\u11ff\ud7b0-\ud7fb\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff]"
)
_VIRAMA = 9
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def cut(text: str, longest: int) -> str:
    """Shorten one line to `longest` characters, "…" included: after a word, or else after a whole visible sign."""
    if len(text) <= longest:
        return text
    at = text.rfind(" ", 0, longest - 1)
    if at >= longest // 2:
        return text[:at].rstrip(" ,;:–-") + " …"
    at = max(longest - 1, 0)
    while at > 0 and not _may_part(text, at):
        at -= 1
    return text[:at].rstrip() + "…"


def _may_part(text: str, at: int) -> bool:
    """Tell whether what stands before `at` and after it are two signs to the eye."""
    before, after = text[at - 1], text[at]
    if ord(before) in _FLAG_LETTERS and ord(after) in _FLAG_LETTERS:
        letters = re.search("[\U0001f1e6-\U0001f1ff]+$", text[:at])
        return letters is None or len(letters[0]) % 2 == 0
    is_mark = unicodedata.category(after).startswith("M") or after == "\u200d" or before == "\u200d"
    return not (is_mark or unicodedata.combining(before) == _VIRAMA or _ONE_SIGN.match(before + after))
