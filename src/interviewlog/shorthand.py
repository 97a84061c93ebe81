"""Spelling out the short kinds of observations, `- p: x` as `- pain: x`; every other byte of the body stays."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from interviewlog.interview import Observation
from interviewlog.kinds import SHORT
from interviewlog.observations import read_body

_LINES = re.compile(r"(\r\n|\n|\r)")
_LETTER = re.compile(rf"(?<![A-Za-z])[{''.join(SHORT)}](?=:)", re.IGNORECASE)


class Spelt(NamedTuple):
    """A line that changes: its number in the body, from 1, and what it says then."""

    line: int
    text: str


def spelt_out(body: str, template: frozenset[str] = frozenset()) -> tuple[str, list[Spelt]]:
    """Give a body with its short kinds spelt out, and the lines that changed.

    `template` are the stripped lines of the templates, which are nobody's own words. Raises ValueError where the
    outcome would be read as anything else; then the body is to be left alone.
    """
    before = read_body(body, 1, template)
    lines = _LINES.split(body)
    kinds = {each.line: each.kind for each in _every(before.observations)}
    changed = []
    for line, at in _places(lines, kinds, template):
        text = lines[2 * line - 2]
        lines[2 * line - 2] = f"{text[:at]}{kinds[line]}{text[at + 1 :]}"
        changed.append(Spelt(line, lines[2 * line - 2]))
    after = "".join(lines)
    read = read_body(after, 1, template)
    if (read.observations, read.near_misses, read.unclosed) != (
        before.observations,
        before.near_misses,
        before.unclosed,
    ):
        raise ValueError("the outcome is read as something else")
    return after, changed


def _every(observations: Iterable[Observation]) -> Iterator[Observation]:
    for each in observations:
        yield each
        yield from _every(each.evidence)


def _places(lines: list[str], kinds: dict[int, str], template: frozenset[str]) -> list[tuple[int, int]]:
    """Find the letters that are read as kinds, as (line, index).

    What of a line is read, and not a comment or a word that looks like a kind, the reader alone knows. So every letter
    that could be meant is exchanged for another kind's, each of a line for its own, and it is asked what it reads then.
    """
    probe, meant = list(lines), {}
    for line, kind in kinds.items():
        others = [letter for letter, long in SHORT.items() if long != kind]
        found = zip(_LETTER.finditer(lines[2 * line - 2]), others, strict=False)
        for letter, other in found:
            text, at = probe[2 * line - 2], letter.start()
            probe[2 * line - 2] = f"{text[:at]}{other}{text[at + 1 :]}"
            meant[line, SHORT[other]] = at
    if not meant:
        return []
    read = read_body("".join(probe), 1, template)
    answers = ((each.line, each.kind) for each in _every(read.observations))
    return [(answer[0], meant[answer]) for answer in answers if answer in meant]


def is_worth_reading(raw: bytes) -> bool:
    """Tell at a glance whether a note may hold a short kind: most hold none, and need not be read."""
    return bool(_GLANCE.search(raw))


_GLANCE = re.compile(rf"(?<![A-Za-z])[{''.join(SHORT)}]:".encode(), re.IGNORECASE)
