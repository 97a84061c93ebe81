"""How long notes are kept: which are due to be redacted, and which will be soon."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date
from typing import NamedTuple

from interviewlog.card import Card
from interviewlog.config import Config
from interviewlog.notepath import FileName
from interviewlog.problem import Problem, product_of


class Due(NamedTuple):
    """A note and the last day on which it may be kept. `rule` says what sets that day; `is_past` that it is over."""

    path: str
    product: str
    customer: str
    last: date
    rule: str
    is_past: bool


def due(notes: Iterable[Card | Problem], config: Config, today: date, until: date) -> list[Due]:
    """List the notes whose last day is over, or comes up to `until`, the earliest first; redacted ones are done."""
    months = f"{config.retention_months} months"
    found = []
    for note in notes:
        if isinstance(note, Card) and note.is_redacted:
            continue
        said = note.retain_until if isinstance(note, Card) else None
        name = FileName.read(note.path)
        day = note.date or (name.day if name else None)
        last = said or last_day(day, config.retention_months)
        if last and (last < today or last <= until):
            customer = note.customer if isinstance(note, Card) else name.customer if name else ""
            rule = "retain_until" if said else months
            found.append(Due(note.path, product_of(note.path), customer, last, rule, last < today))
    return sorted(found, key=lambda each: (each.last, each.path))


def last_day(day: date | None, months: int) -> date | None:
    """Give the day so many months after a day, or the last of a shorter month; None where notes are kept for ever."""
    if not day or not months:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
