"""A commit, and how it brought a note in, as far as counting needs them."""

import datetime as dt
from typing import NamedTuple

_EPOCH = dt.date(1970, 1, 1)


class Commit(NamedTuple):
    """A commit as far as attribution needs it: who wrote it (raw, before any mailmap) and when."""

    id: str
    author: str
    email: str
    when: int  # unix seconds
    offset: int  # the author's own zone, minutes east of UTC

    @property
    def date(self) -> dt.date:
        """The author's calendar day, which no machine's time zone moves; absurd times give the nearest day."""
        try:
            return _EPOCH + dt.timedelta(seconds=self.when + self.offset * 60)
        except OverflowError:
            return dt.date.max if self.when > 0 else dt.date.min


class Origin(NamedTuple):
    """How a note came into history: the commit, its author (name and e-mail, before any mailmap) and their day.

    `order` sorts notes by when they came.
    """

    commit: str
    author: tuple[str, str]
    day: dt.date
    order: int
