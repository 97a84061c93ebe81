"""Where one person stands this week: the goal, their last talk, open follow-ups, customers long unheard."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from interviewlog.card import Card
from interviewlog.config import Config
from interviewlog.insights.counting import Bundle, Verdict
from interviewlog.insights.goals import Goals
from interviewlog.insights.people import Person
from interviewlog.weeks import Week

FOLLOW_UP_DAYS = 56
UNHEARD_DAYS = 90
MOST_UNHEARD = 3


@dataclass(frozen=True, slots=True)
class Unheard:
    """A customer nobody talked with for long, and when somebody did."""

    customer: str
    product: str
    last: date


@dataclass(frozen=True, slots=True)
class WhereYouStand:
    """`person` is None where git knows nobody; `done` of `goal` is the running week's."""

    person: Person | None
    week: Week
    done: int
    goal: int
    is_active: bool
    streak: int
    last: Card | None
    days_since: int | None
    open_tasks: tuple[tuple[str, str], ...]
    unheard: tuple[Unheard, ...]


def where_you_stand(
    verdicts: Sequence[Verdict],
    earlier: Iterable[Bundle],
    person: Person | None,
    config: Config,
    today: date,
    unheard: Iterable[Card],
) -> WhereYouStand:
    """Look at one person's weeks up to today, with those before the verdicts as bundles.

    `unheard` are the last notes on customers of whom `is_unheard` is true, longest ago first.
    """
    week = Week.of(today)
    mine = [each for each in verdicts if person and each.person.pm == person.pm]
    counted = [each.note for each in mine if each.is_counted and each.note and each.note.date <= today]
    led = Counter(Week.of(note.date) for note in counted)
    for bundle in earlier:
        if person and bundle.person.pm == person.pm:
            led.update(bundle.weeks)
    pm = config.pms.get(person.pm) if person and person.on_roster else None
    goals = Goals(config, person, led) if person else None
    last = max(counted, key=lambda note: (note.date, note.path), default=None)
    return WhereYouStand(
        person=person,
        week=week,
        done=led.get(week, 0),
        goal=config.goal_for(pm, week).interviews,
        is_active=bool(goals and goals.is_active(week)),
        streak=goals.streak(week, week) if goals else 0,
        last=last,
        days_since=(today - last.date).days if last else None,
        open_tasks=_open_tasks((each.note for each in mine), today),
        unheard=tuple(Unheard(note.customer, note.product, note.date) for note in unheard),
    )


def _open_tasks(notes: Iterable[Card | None], today: date) -> tuple[tuple[str, str], ...]:
    """Give (path, task) of the last eight weeks, the latest note first."""
    recent = [note for note in notes if note and (today - note.date).days <= FOLLOW_UP_DAYS]
    recent.sort(key=lambda note: note.date, reverse=True)
    return tuple((note.path, task) for note in recent for task in note.open_tasks)


def is_unheard(latest: Card, recent: int, products: Sequence[str], config: Config) -> bool:
    """Tell whether the customer of a note is to be asked again, since nobody heard them since.

    Only those of these products (all, without any) who may be asked: lost, former and non-customers are left in
    peace, as is whoever reached the cap with `recent` notes.
    """
    return (
        latest.relationship == "customer"
        and (not products or config.current_product(latest.product) in products)
        and recent < config.cap_notes
        and not latest.is_stub
    )
