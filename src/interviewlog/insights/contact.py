"""Customers who are asked too often, whoever asks and for whichever product."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from interviewlog.config import Config
from interviewlog.interview import Interview


class Tired(NamedTuple):
    """A customer over the contact cap: the path of their latest note, and how many there were in the days up to it."""

    path: str
    what: str
    mend: str


def over_cap(notes: Iterable[Interview], config: Config, today: date) -> Iterator[Tired]:
    """Find the customers with more than `contact_cap` notes within its days; one who has had a rest since is none.

    Who was only listened to, or heard of through somebody else, was not asked.
    """
    of_customer: defaultdict[str, list[Interview]] = defaultdict(list)
    for note in notes:
        if note.type != "support-listen" and note.source != "second-hand":
            of_customer[note.slug].append(note)
    span = timedelta(days=config.cap_days)
    for theirs in of_customer.values() if config.cap_notes else ():
        latest = max(theirs, key=lambda note: (note.date, note.path))
        recent = sum(latest.date - span < note.date <= latest.date for note in theirs)
        if recent > config.cap_notes and latest.date > today - span:
            what = f"{latest.customer} was asked {recent} times in {config.cap_days} days"
            cap = f"{config.cap_notes} times in {config.cap_days} days is the cap"
            yield Tired(latest.path, what, f"give them a rest: {cap} (contact_cap in ilog.yaml changes it)")
