"""Where one person stands this week: the goal, their last talk, open follow-ups, customers long unheard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from interviewlog.card import Card
from interviewlog.config import Config
from interviewlog.insights.counting import Verdict
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


def where_you_stand(verdicts: Sequence[Verdict], person: Person | None, config: Config, today: date) -> WhereYouStand:
    """Look at one person's weeks up to today, and at the customers of their products."""
    week = Week.of(today)
    mine = [each for each in verdicts if person and each.person.pm == person.pm]
    counted = [each.note for each in mine if each.is_counted and each.note and each.note.date <= today]
    led: dict[Week, int] = {}
    for note in counted:
        led[Week.of(note.date)] = led.get(Week.of(note.date), 0) + 1
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
        unheard=_unheard((each.note for each in verdicts), pm.products if pm else (), config, today),
    )


def _open_tasks(notes: Iterable[Card | None], today: date) -> tuple[tuple[str, str], ...]:
    """Give (path, task) of the last eight weeks, the latest note first."""
    recent = [note for note in notes if note and (today - note.date).days <= FOLLOW_UP_DAYS]
    recent.sort(key=lambda note: note.date, reverse=True)
    return tuple((note.path, task) for note in recent for task in note.open_tasks)


def _unheard(notes: Iterable[Card | None], products: Sequence[str], config: Config, today: date) -> tuple[Unheard, ...]:
    """Give the customers of these products (all, without any) that nobody heard for 90 days, longest first.

    Only those who may be asked: lost, former and non-customers are left in peace, as is whoever reached the cap.
    """
    latest: dict[str, Card] = {}
    recent: dict[str, int] = {}
    for note in sorted((note for note in notes if note and note.date <= today), key=lambda each: each.date):
        latest[note.slug] = note
        recent[note.slug] = recent.get(note.slug, 0) + (note.date > today - timedelta(days=config.cap_days))
    found = [
        Unheard(note.customer, note.product, note.date)
        for note in latest.values()
        if note.relationship == "customer"
        and (not products or note.product in products)
        and (today - note.date).days > UNHEARD_DAYS
        and recent[note.slug] < config.cap_notes
        and not note.is_stub
    ]
    return tuple(sorted(found, key=lambda each: each.last)[:MOST_UNHEARD])
