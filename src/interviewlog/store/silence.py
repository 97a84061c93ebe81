"""Customers of whom the index has heard nothing for long."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from interviewlog.card import Card
from interviewlog.store.cardrows import CARD, CARDS, card_of_row


class Silence(NamedTuple):
    """Unheard are whose last note up to `today` is of before `since`; of late is after `lately`."""

    since: date
    lately: date
    today: date


def last_talks(db: sqlite3.Connection, silence: Silence, is_wanted: Callable[[Card, int], bool]) -> Iterator[Card]:
    """Yield the last cards of customers unheard for long, longest ago first, of whom `is_wanted` says so."""
    since, lately, today = (day.toordinal() for day in silence)
    silent = db.execute(
        """SELECT slug, max(date) AS latest FROM note WHERE slug NOT NULL AND date <= ?
           GROUP BY slug HAVING latest < ? ORDER BY latest, slug""",
        (today, since),
    )
    for slug, day in silent:
        asked = f"SELECT {CARD} FROM note {CARDS} WHERE note.slug = ? AND note.date = ? ORDER BY note.path DESC LIMIT 1"
        latest = card_of_row(db.execute(asked, (slug, day)).fetchone())
        often = "SELECT count(*) FROM note WHERE slug = ? AND date > ? AND date <= ?"
        (recent,) = db.execute(often, (slug, lately, today)).fetchone()
        if is_wanted(latest, recent):
            yield latest
