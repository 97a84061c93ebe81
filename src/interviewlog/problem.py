"""A note that cannot be read, and the product that a note's path says."""

import datetime as dt
from typing import NamedTuple


class Problem(NamedTuple):
    """A note that cannot be read. `date` and `pm` are set where at least they could be.

    `line` and `column` count from 1, in characters; `source` is the text of that line, "" where none is to be shown.
    """

    path: str
    line: int
    column: int
    what: str
    mend: str
    date: dt.date | None = None
    pm: tuple[str, ...] = ()
    source: str = ""


def product_of(path: str) -> str:
    """Give the product that a note's path says: its folder."""
    return path.rsplit("/", 2)[-2] if "/" in path else ""
