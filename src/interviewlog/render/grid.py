"""Columns of text: aligned by what a terminal shows, cut to its width, coloured only where colour is wanted.

rich would do this too, for 35 ms of CPU at each start; these few lines are what `stats` and `list` need of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from interviewlog.render.clean import clean

_CODES = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "reverse": "7"}


# Below the combining accents each letter takes one column, as do the signs that ilog writes itself.
_FIRST_ODD = "\u0300"
_OUR_SIGNS = dict.fromkeys(map(ord, "–—…·✓†“”‘’•▁▂▄█"), "x")


class Screen(NamedTuple):
    """How much room there is (0 columns: nothing is cut, as in a pipe) and whether colours show."""

    columns: int = 0
    colour: bool = False


class Cell(NamedTuple):
    """One field of a table; the text is cleaned when it is drawn. `tail` is a mark of ours that keeps its place."""

    text: str = ""
    style: str = ""
    is_right: bool = False
    tail: str = ""


def right(text: str, style: str = "", tail: str = "") -> Cell:
    """Give a field that stands at the right end of its column, as numbers do."""
    return Cell(text, style, is_right=True, tail=tail)


def width(text: str) -> int:
    """Count the terminal columns that a text takes."""
    if text.isascii() or max(text.translate(_OUR_SIGNS)) < _FIRST_ODD:
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def cut(text: str, columns: int) -> str:
    """Shorten a text to so many columns, ending in `…` when something was left out; 0 leaves it whole."""
    if not columns or width(text) <= columns:
        return text
    kept = text
    while kept and width(kept) > columns - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def styled(text: str, style: str, *, colour: bool) -> str:
    """Wrap a text in its colour, where colour is wanted."""
    codes = ";".join(_CODES[word] for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m" if colour and codes and text.strip() else text


def draw(rows: Sequence[Sequence[Cell]], *, colour: bool = False, most: int = 0, gap: int = 2) -> str:
    """Lay out rows in columns. `most` columns cut the last cell of each line (0: nothing is cut)."""
    texts = [[clean(cell.text) + cell.tail for cell in row] for row in rows]
    count = max((len(row) for row in texts), default=0)
    widths = [_widest(texts, rows, at) for at in range(count)]
    lines = []
    for row, cells in zip(texts, rows, strict=True):
        used, pieces = 0, []
        for at, (text, cell) in enumerate(zip(row, cells, strict=True)):
            is_last = at == len(row) - 1
            shown = cut(text, max(most - used, 1)) if most and is_last else text
            blank = " " * max(widths[at] - width(shown), 0)
            padded = blank + shown if cell.is_right else shown if is_last else shown + blank
            pieces.append(styled(padded, cell.style, colour=colour))
            used += widths[at] + gap
        lines.append((" " * gap).join(pieces).rstrip())
    return "\n".join(lines)


def _widest(texts: Sequence[Sequence[str]], rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Give a column's width; a line's last words may run on to the right without widening it."""
    fixed = (
        width(row[at])
        for row, cells in zip(texts, rows, strict=True)
        if at < len(row) and (at < len(row) - 1 or cells[at].is_right)
    )
    return max(fixed, default=0)
