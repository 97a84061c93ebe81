"""What a note allows itself: `<!-- ilog: allow email because … -->`, and `# ilog: allow …` in its front matter.

Without a reason nothing is allowed: whoever reads the note later has to see that it was meant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from interviewlog.hidden import without_code, without_comments

_BEGIN = re.compile(r"<!--[ \t\r\n]*ilog:[ \t]*allow\b")
_IN_FRONT = re.compile(r"(?:(?<=\n)|(?<=[ \t]))#[ \t]*ilog:[ \t]*allow\b([^\n]*)")
_OPENER, _CLOSER = re.compile(r"\A\ufeff?---[ \t]*\n"), re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}|~{3,})")
_BECAUSE = re.compile(r"\bbecause\b", re.IGNORECASE)


class Allow(NamedTuple):
    """One word of an allowing comment. `line` and `last` are where the comment stands; 1-based."""

    kind: str
    line: int
    last: int
    reason: str
    is_for_all: bool

    @property
    def has_reason(self) -> bool:
        return any(sign.isalnum() for sign in self.reason)


def allows(text: str) -> list[Allow]:
    """Read what a note allows itself, honoured or not, in order; nothing that stands in code."""
    if "ilog:" not in text:
        return []
    plain = re.sub(r"\r\n|\r", "\n", text)
    front = _front_end(plain)
    found = [*_in_front(plain[:front]), *_in_comments(_without_code(plain, front))]
    lines = _Lines(plain)
    return [allow for start, end, words in found for allow in _read(lines, start, end, words)]


class _Lines:
    """The lines of a text, and which of them hold comments and nothing else."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._starts = [0, *(found.end() for found in re.finditer("\n", plain))]
        self._alone: dict[tuple[int, int], bool] = {}

    def number(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def is_comment(self, first: int, last: int) -> bool:
        """Tell whether the lines from `first` to `last` are comments alone."""
        if (first, last) not in self._alone:
            end = self._starts[last] if last < len(self._starts) else len(self._plain)
            lines = self._plain[self._starts[first - 1] : end].strip("\ufeff \t\n")
            self._alone[first, last] = lines.startswith("#") or not without_comments(lines, inside=False)[0].strip()
        return self._alone[first, last]


def front_lines(text: str) -> int:
    """Give how many lines the front matter of a text has, without the one that closes it; 0 where there is none."""
    plain = re.sub(r"\r\n|\r", "\n", text)
    return plain.count("\n", 0, _front_end(plain))


def _front_end(plain: str) -> int:
    """Give where the front matter ends; 0 where there is none."""
    opener = _OPENER.match(plain)
    closer = _CLOSER.search(plain, opener.end()) if opener else None
    return closer.start() if closer else 0


def _in_front(front: str) -> Iterator[tuple[int, int, str]]:
    yield from ((found.start(), found.end(), found[1]) for found in _IN_FRONT.finditer(front))


def _in_comments(body: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while begin := _BEGIN.search(body, at):
        end = body.find("-->", begin.end())
        if end < 0:
            return
        yield begin.start(), end + 3, body[begin.end() : end]
        at = end + 3


def _without_code(plain: str, front: int) -> str:
    """Blank out the front matter and all code, keeping the places of what is left."""
    kept, fence = ["\0" * front], ""
    for line in plain[front:].split("\n"):
        found = _FENCE.match(line)
        marks = found[1] if found else ""
        if fence:
            kept.append("\0" * len(line))
            is_end = marks.startswith(fence) and not line.strip("` ~\t")
            fence = "" if is_end else fence
        else:
            kept.append("\0" * len(line) if marks else without_code(line))
            fence = marks
        kept.append("\n")
    return "".join(kept)


def _read(lines: _Lines, start: int, end: int, words: str) -> Iterator[Allow]:
    kinds, *reason = _BECAUSE.split(words, maxsplit=1)
    first, last = lines.number(start), lines.number(end - 1)
    named = [word for word in re.split(r"[\s,]+", kinds.strip().casefold()) if word not in {"", "and"}]
    for kind in named or [""]:
        yield Allow(kind, first, last, " ".join("".join(reason).split()), lines.is_comment(first, last))
