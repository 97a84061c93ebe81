"""The card of a note, as in a library's catalogue: what counting, listing and choosing need to know of it.

A card is derived from the note's content and path alone, so it can be kept by the content's id.
"""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from interviewlog.weeks import Week

if TYPE_CHECKING:
    from interviewlog.interview import Interview


class Card(NamedTuple):
    """Fields are the note's own, as in `Interview`; `heard` is its tl;dr, else its first observation.

    `is_empty` is False for a stub (consent declined or withdrawn): that was a conversation.
    """

    path: str
    product: str
    slug: str
    customer: str
    date: dt.date
    type: str
    pm: tuple[str, ...] = ()
    relationship: str | None = None
    source: str | None = None
    consent: str | None = None
    minutes: int | None = None
    imported: bool = False
    is_empty: bool = False
    roles: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    also_products: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    open_tasks: tuple[str, ...] = ()
    heard: str = ""
    retain_until: dt.date | None = None
    is_redacted: bool = False

    @property
    def is_stub(self) -> bool:
        """Talked, but no notes: the customer declined, or the note was redacted."""
        return self.consent in {"declined", "withdrawn"}


class Stack(NamedTuple):
    """Notes with the same `pm` line, taken together: how many in each week, and the day of the latest.

    Where that line is empty, `author` brought them in; None: nobody is credited.
    """

    pm: tuple[str, ...]
    author: tuple[str, str] | None
    weeks: Mapping[Week, int]
    last: dt.date


class Twin(NamedTuple):
    """A note that holds the same conversation as another one: where, when, and as how many-th it came in.

    `is_fit` is False if it would not count even without the other.
    """

    path: str
    slug: str
    date: int
    order: int
    is_fit: bool


def card_of(note: "Interview") -> Card:
    """Write the card of a note that has been read."""
    return Card(
        path=note.path,
        product=note.product,
        slug=note.slug,
        customer=note.customer,
        date=note.date,
        type=note.type,
        pm=note.pm,
        relationship=note.relationship,
        source=note.source,
        consent=note.consent,
        minutes=note.minutes,
        imported=note.imported,
        is_empty=note.body.is_empty and not note.is_stub,
        roles=note.roles,
        segments=note.segments,
        also_products=note.also_products,
        observers=note.observers,
        open_tasks=note.body.open_tasks,
        heard=_heard(note),
        retain_until=note.retain_until,
        is_redacted=note.is_redacted,
    )


def _heard(note: "Interview") -> str:
    if note.tldr:
        return note.tldr
    first = next(iter(note.body.observations), None)
    return f"{first.kind}: {first.text}" if first else ""
