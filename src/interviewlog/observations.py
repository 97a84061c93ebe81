"""The body of a note: its observations, and what shows that somebody wrote in it.

Grammar, in the words of a PM: a list item that starts with a known kind and a colon is an observation; items
nested below it are its evidence; `#tag`, `!3` and `(P1)` at any place in it are marks. Code, HTML comments and
block quotes are never read, so an untouched template holds nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

KINDS = (
    "pain",
    "delight",
    "need",
    "workaround",
    "behaviour",
    "surprise",
    "quote",
    "goal",
    "objection",
    "request",
    "question",
    "context",
)
SHORT = {
    "p": "pain",
    "d": "delight",
    "n": "need",
    "w": "workaround",
    "b": "behaviour",
    "s": "surprise",
    "q": "quote",
    "g": "goal",
    "o": "objection",
    "r": "request",
    "c": "context",
}
_KNOWN = {**{kind: kind for kind in KINDS}, "behavior": "behaviour", **SHORT}
_LONG = (*KINDS, "behavior")

_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(.*)")
_ALMOST_AN_ITEM = re.compile(r"[ \t]*[-*+•‣◦–—][ \t]*(.*)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_CHECKBOX = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_KIND = re.compile(r"([A-Za-z]+):[ \t]+(?=\S)")
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_TICKS = re.compile(r"`+")
_TICKS_OR_COMMENT = re.compile(r"`+|<!--")
_LETTER = r"[^\W\d_]"
# A tag, a severity or who said it, each a token of its own. One pattern: three passes cost a third of all reading.
_MARK = re.compile(
    rf"(?<!\S)(?:#(?P<tag>{_LETTER}[\w-]*(?:/[\w-]+)*)|!(?P<severity>[0-3])(?!\S)|\((?P<who>P[0-9]+)\)(?![^\s.,;]))"
)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_DEEPEST = 20
_MOST_ITEMS = 10_000  # of one note; whoever writes more has pasted a log
MOST_READ = 1024 * 1024  # characters of one body; the rest is kept, and not read
_WIDEST_GAP = 4  # a list item whose text stands farther off holds indented code, says CommonMark


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing heard or seen. `text` is free of marks; `line` is 1-based in the file; `done` is a checkbox."""

    kind: str
    text: str
    line: int
    tags: tuple[str, ...] = ()
    severity: int | None = None
    who: str = ""
    done: bool | None = None
    evidence: tuple["Observation", ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A list item that was probably meant as an observation; `mend` is how it must start to be one."""

    line: int
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class Body:
    """What was read below the front matter. `items` are all own list items, `prose` counts own characters."""

    observations: tuple[Observation, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    items: tuple[str, ...] = ()
    prose: int = 0
    open_tasks: tuple[str, ...] = ()
    unclosed: int = 0

    @property
    def is_empty(self) -> bool:
        """True without one observation, two items or 120 characters of one's own (the counting rule)."""
        return not self.observations and len(self.items) < OWN_ITEMS and self.prose < OWN_CHARACTERS


OWN_ITEMS = 2
OWN_CHARACTERS = 120


@dataclass(slots=True)
class _Item:
    """A list item being read: the column where its text begins, and the words collected so far."""

    content: int
    line: int
    words: list[str]
    is_numbered: bool = False
    children: list["_Item"] = field(default_factory=list)


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
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), first_line):
        if fence:
            if re.fullmatch(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", raw):
                fence = ""
            else:
                reader.count(raw)
            continue
        was_inside = inside_comment
        line, inside_comment = _without_comments(raw, inside=inside_comment)
        if inside_comment and (not was_inside or "-->" in raw):
            opened = number
        found = _FENCE.match(line)
        if found:
            fence = found[1]
            continue
        if was_inside and not line.strip():
            continue
        yield number, line
    reader.unclosed = opened if inside_comment else 0


def _without_comments(line: str, *, inside: bool) -> tuple[str, bool]:
    """Cut `<!-- … -->` out of a line; the second value tells whether a comment is open at its end."""
    if not inside and "<!--" not in line:
        return line, False
    start = line.find("-->") + 3 if inside else 0
    if inside and start < 3:  # noqa: PLR2004 - not found
        return "", True
    kept: list[str] = []
    code_ends = _code_ends(line)
    at = start
    while found := _TICKS_OR_COMMENT.search(line, at):
        if found[0] != "<!--":
            at = code_ends.get(found.start(), found.end())
            continue
        kept.append(line[start : found.start()])
        end = line.find("-->", found.end())
        if end < 0:
            return "".join(kept), True
        at = start = end + 3
    return "".join([*kept, line[start:]]), False


def _code_ends(text: str) -> dict[int, int]:
    """Map each run of backticks to the end of the code it opens: that of the next run of the same length.

    A regular expression with a back-reference says the same, in quadratic time.
    """
    ends: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for start, end in reversed([run.span() for run in _TICKS.finditer(text)]):
        if end - start in nearest:
            ends[start] = nearest[end - start]
        nearest[end - start] = end
    return ends


def _without_code(text: str) -> str:
    """Blank out inline code, keeping the length."""
    ends = _code_ends(text)
    kept: list[str] = []
    at = 0
    while run := _TICKS.search(text, at):
        end = ends.get(run.start())
        kept.append(text[at : run.end() if end is None else run.start()])
        at = end or run.end()
        kept.append("\x00" * (0 if end is None else end - run.start()))
    return "".join([*kept, text[at:]])


def hidden_lines(text: str) -> list[tuple[int, str]]:
    """Give the lines that stand in an HTML comment opened above them, as (1-based line, stripped text).

    Nobody reads those; a comment of one line is taken as meant so.
    """
    found, inside = [], False
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        was_inside = inside
        seen, inside = _without_comments(raw, inside=was_inside)
        if raw.strip() and was_inside and not seen.strip():
            found.append((number, raw.strip()))
    return found


class _Reader:
    """Lines into items: a stack of open list items decides what is nested in what."""

    def __init__(self, template: frozenset[str]) -> None:
        self.unclosed = 0
        self._template = template
        self._tops: list[_Item] = []
        self._open: list[_Item] = []
        self._near: list[NearMiss] = []
        self._prose = 0
        self._after_blank = False
        self._paragraph = 0
        self._left = _MOST_ITEMS

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
        if paragraph and _UNDERLINE.fullmatch(line):
            self._prose -= paragraph  # it was a heading all along
        elif _HEADING.match(line) or _RULE.fullmatch(line):
            self._open.clear()
        elif stripped in self._template:
            pass
        elif stripped.startswith(">"):
            self.count(stripped.lstrip("> "))
        elif (found := _ITEM.fullmatch(line)) and self._left > 0:
            self._left -= 1
            self._item(number, *found.groups())
        else:
            before = self._prose
            self._words(number, line)
            self._paragraph = 0 if self._open else paragraph + self._prose - before
        self._after_blank = False

    def _item(self, number: int, blank: str, mark: str, gap: str, text: str) -> None:
        indent = len(blank.expandtabs(4))
        while self._open and (indent < self._open[-1].content or len(self._open) >= _DEEPEST):
            self._open.pop()
        content = len(f"{blank}{mark}{gap}".expandtabs(4))
        nearest = indent + len(mark) + 1
        if content >= nearest + _WIDEST_GAP:
            content = nearest
        item = _Item(content, number, [text.strip()], is_numbered=mark[-1] in ".)")
        (self._open[-1].children if self._open else self._tops).append(item)
        self._open.append(item)
        self.count(_CHECKBOX.sub("", text, count=1))

    def _words(self, number: int, line: str) -> None:
        """Prose, or the next line of the open item: lazy, or indented as far as the item's text."""
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
        if self._after_blank:
            while self._open and indent < self._open[-1].content:
                self._open.pop()
        almost = _ALMOST_AN_ITEM.fullmatch(line)
        if almost and _kind_of(almost[1]):
            self._near.append(NearMiss(number, line.strip(), f"- {almost[1].rstrip()}"))
        elif self._open:
            self._open[-1].words.append(line.strip())
        self.count(line)

    def body(self) -> Body:
        observations: list[Observation] = []
        for item in self._tops:
            observations.extend(self._observations(item))
        texts = tuple(text for item in _every(self._tops) if (text := _plain(" ".join(item.words))))
        return Body(
            observations=tuple(observations),
            near_misses=tuple(sorted(self._near, key=lambda miss: miss.line)),
            items=texts,
            prose=self._prose,
            open_tasks=tuple(_tasks(self._tops)),
            unclosed=self.unclosed,
        )

    def _observations(self, item: _Item) -> Iterator[Observation]:
        """Yield the item's observation with its evidence; below mere prose, nested items stand for themselves."""
        nested = tuple(each for child in item.children for each in self._observations(child))
        found = None if item.is_numbered else _observation(item, nested)
        if found:
            yield found
            return
        self._look_again(item)
        yield from nested

    def _look_again(self, item: _Item) -> None:
        words = item.words[0]
        mend = f"- {words}" if item.is_numbered and _kind_of(_plain(words)) else near_miss(words)
        if mend:
            self._near.append(NearMiss(item.line, item.words[0], mend))


def _every(items: list[_Item]) -> Iterator[_Item]:
    for item in items:
        yield item
        yield from _every(item.children)


def _tasks(items: list[_Item]) -> Iterator[str]:
    return (_plain(" ".join(item.words)) for item in _every(items) if item.words[0].startswith("[ ] "))


def _kind_of(text: str) -> str | None:
    found = _KIND.match(text)
    return _KNOWN.get(found[1].lower()) if found else None


def _plain(text: str) -> str:
    return _CHECKBOX.sub("", text, count=1).strip()


def _observation(item: _Item, evidence: tuple[Observation, ...]) -> Observation | None:
    whole = item.words[0] if len(item.words) == 1 else " ".join(word for word in item.words if word)
    box = _CHECKBOX.match(whole)
    rest = whole[box.end() :] if box else whole
    kind = _kind_of(rest)
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
    for mark in _MARK.finditer(_without_code(text) if "`" in text else text):
        kept.append(text[at : mark.start()])
        at = mark.end()
        if mark["tag"]:
            tags[mark["tag"].lower()] = None
        elif mark["who"]:
            who = who or mark["who"]
        elif severity is None:
            severity = int(mark["severity"])
    return " ".join("".join([*kept, text[at:]]).split()), tuple(tags), severity, who


_BOLD_KIND = re.compile(r"(\*\*|__|\*|_)([A-Za-z]+)(?::\1|\1[ \t]*:)[ \t]*(.*)")
_LOOSE_KIND = re.compile(r"([A-Za-z]+)[ \t]*(?::|：| [-–] )[ \t]*(.*)")
# Everyday words one letter away from a kind; a suggestion for them would be noise.
_WORDS_OF_THEIR_OWN = frozenset(
    {"paid", "pair", "paint", "plain", "quota", "quite", "goat", "nerd", "contest", "content"}
)
_SHORTEST_WORD = 4


def near_miss(text: str) -> str:
    """Tell how a list item must start to be the observation it was probably meant as; "" for plain prose."""
    words = _CHECKBOX.sub("", text, count=1)
    bold = _BOLD_KIND.fullmatch(words)
    found = (bold[2], bold[3]) if bold else None
    if not found:
        loose = _LOOSE_KIND.fullmatch(words)
        if not loose or not loose[2] or loose[2].startswith(("//", "\\")):
            return ""
        found = (loose[1], loose[2])
    kind = _meant(found[0].lower(), exact=not bold and " - " not in words[:16] and "–" not in words[:16])
    return f"- {kind}: {found[1]}".rstrip() if kind else ""


def _meant(word: str, *, exact: bool) -> str:
    """Give the kind that `word` stands for: itself, its plural, or one slip of the finger away."""
    if word in _KNOWN and (len(word) > 1 or exact):
        return _KNOWN[word]
    if word.endswith("s") and len(word) >= _SHORTEST_WORD and word[:-1] in _KNOWN:
        return _KNOWN[word[:-1]]
    if len(word) < _SHORTEST_WORD or word in _WORDS_OF_THEIR_OWN:
        return ""
    return next((_KNOWN[kind] for kind in _LONG if kind[0] == word[0] and _is_one_slip(word, kind)), "")


def _is_one_slip(word: str, kind: str) -> bool:
    """True when one letter is missing, added or changed, or two neighbours are swapped."""
    if abs(len(word) - len(kind)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, kind, strict=False)) if a != b), min(len(word), len(kind)))
    rest, want = word[at:], kind[at:]
    return (
        rest[1:] == want[1:]
        or rest[1:] == want
        or rest == want[1:]
        or (rest[:2] == want[1::-1] and rest[2:] == want[2:])
    )
