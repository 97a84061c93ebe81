"""The body of a note: its observations, and what shows that somebody wrote in it.

Grammar, in the words of a PM: a list item that starts with a known kind and a colon is an observation; items
nested below it are its evidence; `#tag`, `!3` and `(P1)` at any place in it are marks. Code, HTML comments and
block quotes are never read, so an untouched template holds nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from interviewlog.hidden import without_code, without_comments
from interviewlog.interview import Body, NearMiss, Observation
from interviewlog.kinds import checkbox, kind_of, plain

_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(.*)")
_ALMOST_AN_ITEM = re.compile(r"[ \t]*[-*+•‣◦–—][ \t]*(.*)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_LETTER = r"[^\W\d_]"
# A tag, a severity or who said it, each a token of its own. One pattern, since three passes cost a third of all
# reading; and each branch begins with its sign, since what has to be searched for first is found sooner.
_MARK = re.compile(
    rf"#(?<!\S#)(?P<tag>{_LETTER}[\w-]*(?:/[\w-]+)*)|!(?<!\S!)(?P<severity>[0-3])(?!\S)"
    r"|\((?<!\S\()(?P<who>P[0-9]+)\)(?![^\s.,;])"
)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SIGNS = frozenset("-*+•‣◦–—_=#>0123456789")  # a line that begins with none of them is prose
_DEEPEST = 20
_MOST_ITEMS = 10_000  # of one note; whoever writes more has pasted a log
MOST_READ = 1024 * 1024  # characters of one body; the rest is kept, and not read
_WIDEST_GAP = 4  # a list item whose text stands farther off holds indented code, says CommonMark


@dataclass(slots=True)
class _Item:
    """A list item being read: the column where its text begins, and the words collected so far."""

    content: int
    line: int
    words: list[str]
    is_numbered: bool = False
    children: list["_Item"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return plain(self.words[0] if len(self.words) == 1 else " ".join(self.words))


def read_body(text: str, first_line: int = 1, template: frozenset[str] = frozenset()) -> Body:
    """Read a note's body.

    `first_line` is the file's line number of the body's first line, `template` the stripped lines of the
    templates, which are nobody's own words.
    """
    reader = _Reader(template)
    for number, line in _visible(text[:MOST_READ], first_line, reader):
        reader.take(number, line)
    return reader.body()


def _visible(text: str, first_line: int, reader: "_Reader") -> Iterator[tuple[int, str]]:
    """Yield the lines that are read, without comments; fenced and quoted lines only count as own prose."""
    fence, inside_comment, opened = "", False, 0
    for number, raw in enumerate(_LINE_END.split(text) if "\r" in text else text.split("\n"), first_line):
        if fence:
            if re.fullmatch(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", raw):
                fence = ""
            else:
                reader.count(raw)
            continue
        was_inside = inside_comment
        line = raw
        if was_inside or "<!--" in raw:
            line, inside_comment = without_comments(raw, inside=was_inside)
        if inside_comment and (not was_inside or "-->" in raw):
            opened = number
        found = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if found:
            fence = found[1]
            continue
        if was_inside and not line.strip():
            continue
        yield number, line
    reader.unclosed = opened if inside_comment else 0


class _Reader:
    """Lines into items: a stack of open list items decides what is nested in what."""

    def __init__(self, template: frozenset[str]) -> None:
        self.unclosed = 0
        self._template = template
        self._tops: list[_Item] = []
        self._items: list[_Item] = []
        self._open: list[_Item] = []
        self._near: list[NearMiss] = []
        self._prose = 0
        self._after_blank = False
        self._paragraph = 0

    def count(self, text: str) -> None:
        """Count a line as own prose unless a template has the same line."""
        stripped = text.strip()
        if stripped and stripped not in self._template:
            self._prose += len(" ".join(stripped.split()))

    def take(self, number: int, line: str) -> None:
        stripped = line.strip()
        if not stripped:
            self._after_blank, self._paragraph = True, 0
            return
        paragraph, self._paragraph = self._paragraph, 0
        sign = stripped[0]
        if sign not in _SIGNS:
            if stripped not in self._template:
                self._words(number, line, stripped, paragraph)
        elif paragraph and _UNDERLINE.fullmatch(line):
            self._prose -= paragraph  # it was a heading all along
        elif (sign == "#" and _HEADING.match(line)) or (sign in "-*_" and _RULE.fullmatch(line)):
            self._open.clear()
        elif stripped in self._template:
            pass
        elif sign == ">":
            self.count(stripped.lstrip("> "))
        elif (found := _ITEM.fullmatch(line)) and len(self._items) < _MOST_ITEMS:
            self._item(number, *found.groups())
        else:
            self._words(number, line, stripped, paragraph)
        self._after_blank = False

    def _item(self, number: int, blank: str, mark: str, gap: str, text: str) -> None:
        indent = _columns(blank)
        while self._open and (indent < self._open[-1].content or len(self._open) >= _DEEPEST):
            self._open.pop()
        content = _columns(f"{blank}{mark}{gap}")
        nearest = indent + len(mark) + 1
        if content >= nearest + _WIDEST_GAP:
            content = nearest
        item = _Item(content, number, [text.strip()], mark[-1] in ".)")
        (self._open[-1].children if self._open else self._tops).append(item)
        self._items.append(item)
        self._open.append(item)
        self.count(plain(text))

    def _words(self, number: int, line: str, stripped: str, paragraph: int) -> None:
        """Prose, or the next line of the open item: lazy, or indented as far as the item's text."""
        if self._after_blank and self._open:
            indent = _columns(line[: len(line) - len(line.lstrip())])
            while self._open and indent < self._open[-1].content:
                self._open.pop()
        almost = _ALMOST_AN_ITEM.fullmatch(line) if stripped[0] in _SIGNS else None
        if almost and kind_of(almost[1]):
            self._near.append(NearMiss(number, stripped, f"- {almost[1].rstrip()}"))
        elif self._open:
            self._open[-1].words.append(stripped)
        before = self._prose
        self.count(stripped)
        self._paragraph = 0 if self._open else paragraph + self._prose - before

    def body(self) -> Body:
        observations: list[Observation] = []
        for item in self._tops:
            observations.extend(self._observations(item))
        return Body(
            observations=tuple(observations),
            near_misses=tuple(sorted(self._near, key=lambda miss: miss.line)),
            items=tuple(text for item in self._items if (text := item.text)),
            prose=self._prose,
            open_tasks=tuple(item.text for item in self._items if item.words[0].startswith("[ ] ")),
            unclosed=self.unclosed,
        )

    def _observations(self, item: _Item) -> Iterator[Observation]:
        """Yield the item's observation with its evidence; below mere prose, nested items stand for themselves."""
        nested = tuple(each for child in item.children for each in self._observations(child)) if item.children else ()
        found = None if item.is_numbered else _observation(item, nested)
        if found:
            yield found
            return
        self._look_again(item)
        yield from nested

    def _look_again(self, item: _Item) -> None:
        from interviewlog.nearmiss import near_miss  # few notes need it, and none that is being made

        words = item.words[0]
        mend = f"- {words}" if item.is_numbered and kind_of(plain(words)) else near_miss(words)
        if mend:
            self._near.append(NearMiss(item.line, item.words[0], mend))


def _columns(text: str) -> int:
    return len(text.expandtabs(4)) if "\t" in text else len(text)


def _observation(item: _Item, evidence: tuple[Observation, ...]) -> Observation | None:
    whole = item.words[0] if len(item.words) == 1 else " ".join(word for word in item.words if word)
    box = checkbox(whole) if whole.startswith("[") else None
    rest = whole[box.end() :] if box else whole
    kind = kind_of(rest)
    if not kind:
        return None
    text, tags, severity, who = _marks(rest.partition(":")[2].strip())
    done = None if box is None else box[1] in "xX"
    return Observation(kind, text, item.line, tags, severity, who, done, evidence)


def _marks(text: str) -> tuple[str, tuple[str, ...], int | None, str]:
    """Take the marks out of a text: gives what is left, the tags in lower case, the severity, and who said it."""
    if "#" not in text and "!" not in text and "(P" not in text:
        return text, (), None, ""
    tags: dict[str, None] = {}
    severity, who, kept, at = None, "", [], 0
    for mark in _MARK.finditer(without_code(text) if "`" in text else text):
        kept.append(text[at : mark.start()])
        at = mark.end()
        meaning = mark.lastgroup
        if meaning == "tag":
            tags[mark[1].lower()] = None
        elif meaning == "who":
            who = who or mark[3]
        elif severity is None:
            severity = int(mark[2])
    return " ".join("".join([*kept, text[at:]]).split()), tuple(tags), severity, who
