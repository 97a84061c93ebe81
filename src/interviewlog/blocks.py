"""The blocks of a body and the lines of each: what has to go where one of its lines goes.

Items are nested as `observations` nests them. It keeps what they say; here it matters which lines they are made of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewlog.hidden import without_comments
from interviewlog.interview import REDACTED
from interviewlog.speakers import is_row, is_signature, opening, signature

ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(.*)")
BULLET = re.compile(r"[ \t]*[•‣◦–—][ \t]*")
FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_WIDEST_GAP = 4
_DEEPEST = 20
_SENTENCE_ENDS = re.compile(r"[.!?…:;][\"'”’»)*_]*\s*$")
_QUOTE = re.compile(r"[ \t]*>")


@dataclass(slots=True)
class Block:
    """Lines that belong together, by number: an item with what is nested below, words, a fence, a comment.

    `own` are those that no item nested in it has; `content` is the column where an item's text begins. A paragraph in
    which several take turns is a block for each turn, a table one for each row.
    """

    kind: str
    first: int
    content: int = 0
    lines: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)


def blocks(lines: Sequence[str]) -> list[Block]:
    """Cut a body into blocks as `observations` reads it: the same lines are items, nested in the same ones."""
    reader = _Reader()
    fence, inside = "", False
    for at, raw in enumerate(lines):
        line = raw.rstrip("\r\n")
        if fence:
            reader.go_on(at)
            if re.fullmatch(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", line):
                fence = ""
                reader.end()
            continue
        was_inside = inside
        shown, inside = without_comments(line, inside=was_inside)
        if found := FENCE.match(shown):
            fence = found[1]
            reader.begin("fence", at, shown)
        elif (was_inside or "<!--" in line) and not shown.strip():
            reader.comment(at, line, is_begun=was_inside)
            if not inside:
                reader.end()
        else:
            reader.take(at, shown)
    return reader.blocks


class _Reader:
    """Lines into blocks; a stack of open items decides what is nested in what."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[Block] = []
        self._current: Block | None = None
        self._after_blank = False
        self._above = ""

    def take(self, at: int, line: str) -> None:
        if not line.strip():
            self._after_blank, self._current = True, None
            return
        found = ITEM.fullmatch(line)
        if HEADING.match(line) or _RULE.fullmatch(line):
            self._open.clear()
            self._new("heading", at)
            self.end()
        elif found and not line.lstrip().startswith(">"):
            self._item(at, *found.groups())
        else:
            self._words(at, line)
        self._after_blank, self._above = False, line

    def begin(self, kind: str, at: int, line: str) -> None:
        """Begin what is one block up to its end: inside an open item it is part of that."""
        self._leave(line)
        if self._open:
            self.go_on(at)
        else:
            self._new(kind, at)
        self._after_blank = False

    def comment(self, at: int, line: str, *, is_begun: bool) -> None:
        if is_begun:
            self.go_on(at)
            return
        self._after_blank = True  # a comment at the margin is nobody's continuation
        self.begin("comment", at, line)

    def go_on(self, at: int) -> None:
        """Add a line to the block that is open."""
        if self._open:
            self._add(at)
        elif self._current:
            self._current.lines.append(at)
            self._current.own.append(at)

    def end(self) -> None:
        self._current = None

    def _item(self, at: int, blank: str, mark: str, gap: str, _text: str) -> None:
        indent = len(blank.expandtabs(4))
        while self._open and (indent < self._open[-1].content or len(self._open) >= _DEEPEST):
            self._open.pop()
        content, nearest = len(f"{blank}{mark}{gap}".expandtabs(4)), indent + len(mark) + 1
        item = Block("item", at, nearest if content >= nearest + _WIDEST_GAP else content)
        self.blocks.append(item)
        self._open.append(item)
        self._add(at)
        self.end()

    def _words(self, at: int, line: str) -> None:
        self._leave(line)
        if self._open:
            self._add(at)
        elif self._current is None or BULLET.match(line) or self._is_turn(line):
            self._new("words", at)
        else:
            self.go_on(at)

    def _is_turn(self, line: str) -> bool:
        """Tell whether another one begins to speak: by a code that begins a sentence, or below a signed quote."""
        if is_row(line) or is_row(self._above):
            return True
        begun, above = opening(line), opening(self._above)
        if _QUOTE.match(line) and (signature(self._above) or REDACTED in self._above) and not is_signature(line):
            return True
        return bool(begun and (begun.is_sure or above or _SENTENCE_ENDS.search(self._above)))

    def _leave(self, line: str) -> None:
        """Close the items that a line, after a blank one, is not indented enough for."""
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
        while self._after_blank and self._open and indent < self._open[-1].content:
            self._open.pop()

    def _add(self, at: int) -> None:
        for item in self._open:
            item.lines.append(at)
        self._open[-1].own.append(at)

    def _new(self, kind: str, at: int) -> None:
        self._current = Block(kind, at, 0, [at], [at])
        self.blocks.append(self._current)
