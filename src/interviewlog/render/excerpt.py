"""The line of a file that something is wrong with, and a caret under the place."""

import unicodedata

from interviewlog.render.clean import TAB, clean_block
from interviewlog.render.grid import cut, width

_BEFORE = 40  # terminal columns kept to the left of the caret
_AFTER = 36
_ONE_LINE = str.maketrans("\r\n", "  ")
_MOST = 200  # characters looked at on either side; few of them take no column at all


def lines(line: int, column: int, source: str) -> list[str]:
    """Give two lines to show below a message: `source`, the text of that line, and a caret under `column`.

    Line and column count from 1, in characters; a long line is cut on both sides of the caret. Both lines are
    cleaned. Nothing is given without a text, or where the column lies beyond it.
    """
    if not source.strip() or not 1 <= column <= len(source) + 1:
        return []
    source, at = source.translate(_ONE_LINE), column - 1
    while at and at < len(source) and unicodedata.combining(source[at]):
        at -= 1  # an accent stands in the cell of its letter
    left = source[:at].expandtabs(TAB)
    right = source.expandtabs(TAB)[len(left) : len(left) + _MOST]
    before, after = clean_block(left[-_MOST:]), clean_block(right)
    if width(before) > _BEFORE:
        before = f"…{_last_cells(before, _BEFORE - 1)}"
    number = str(line)
    return [f"{number} | {before}{cut(after, _AFTER)}".rstrip(), f"{' ' * len(number)} | {' ' * width(before)}^"]


def _last_cells(text: str, most: int) -> str:
    kept = text[-most:]
    while width(kept) > most:
        kept = kept[1:]
    return kept
