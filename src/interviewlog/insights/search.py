"""Where in a note the words of a search stand: the few lines that best show why it was found."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewlog.interview import Interview
from interviewlog.query import BODY, Query, Span, searched, tokens

MOST = 3
_LINE_END = re.compile(r"\r\n|\n|\r")
_NAMING = frozenset({"path", "customer", "product"})  # what says which note it is, and is shown anyway


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line in which words were found. `field` is "" in the body, `line` is the file's, None where nobody knows.

    `matches` are the parts of `text` that were asked for.
    """

    field: str
    line: int | None
    text: str
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that was found, and where in it."""

    note: Interview
    snippets: tuple[Snippet, ...]


@dataclass(slots=True)
class _Passage:
    """Lines of one field, most often one, and the numbers of the phrases that begin there."""

    field: str
    first: int
    last: int
    lines: Sequence[str]
    phrases: set[int]


def hit(note: Interview, query: Query, most: int = MOST) -> Hit:
    """Give a note with the lines that show best what was asked for, as they follow each other in the file."""
    best = _best(list(_passages(note, query)), most)
    return Hit(note, tuple(_snippet(note, query, passage) for passage in best))


def _passages(note: Interview, query: Query) -> Iterator[_Passage]:
    for field, text in searched(note):
        lines = _LINE_END.split(text)
        words = [tokens(line) for line in lines]
        at = [number for number, each in enumerate(words) for _ in each]
        found: dict[int, _Passage] = {}
        for phrase, start, end in query.places([word for each in words for word in each]):
            passage = found.setdefault(at[start], _Passage(field, at[start], at[start], lines, set()))
            passage.last = max(passage.last, at[end - 1])
            passage.phrases.add(phrase)
        yield from (found[line] for line in sorted(found))


def _best(passages: list[_Passage], most: int) -> list[_Passage]:
    """Choose what shows phrases not seen yet, then what shows many; what names the note only if nothing else does."""
    left, seen = list(enumerate(passages)), set[int]()
    chosen: list[tuple[int, _Passage]] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda each: _worth(each[1], seen))  # the first of equals
        if not any(_worth(best[1], seen)):
            break
        left.remove(best)
        chosen.append(best)
        seen.update(best[1].phrases)
    return [passage for _, passage in sorted(chosen, key=lambda each: each[0])]


def _worth(passage: _Passage, seen: set[int]) -> tuple[int, int]:
    """Weigh a passage against those chosen before."""
    is_naming = passage.field in _NAMING
    return len(passage.phrases - seen), 0 if is_naming else len(passage.phrases)


def _snippet(note: Interview, query: Query, passage: _Passage) -> Snippet:
    """Give a passage as one line, its letters composed: what was asked for keeps its place when it is shown."""
    lines = passage.lines[passage.first : passage.last + 1]
    text = unicodedata.normalize("NFC", " ".join(" ".join(lines).split()))
    if passage.field == BODY:
        line = note.body_line + passage.first if note.body_line else None
    else:
        line = note.lines.get(passage.field)
    return Snippet(passage.field, line, text, query.spans(text))
