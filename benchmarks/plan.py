"""Thinks up the notes of a team, and what becomes of each."""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from history import ROOT
from notetext import (
    BROKEN,
    SPOKEN_WITH,
    Note,
    full_body,
    further_fields,
    hollow_body,
    participants,
    slight_body,
    twin_body,
)
from people import EVERYBODY, TEAM, VISITORS, Person, monday_of
from words import FIRSTS, LEFT_THE_TEAM, OWN_COMPANIES, PRODUCTS, SECONDS, THIRDS

DAY = 86400


@dataclass(frozen=True, slots=True)
class Rates:
    """How often things happen, per note."""

    edited: float = 0.20
    renamed: float = 0.03
    deleted: float = 0.01
    restored: float = 0.0  # of the deleted
    reborn: float = 0.0  # of the renamed: another note takes the old path
    broken: float = 0.008
    hollow: float = 0.02
    twin: float = 0.012
    second: float = 0.008
    branched: float = 0.03
    branches: int = 1
    strays: bool = False


CALM = Rates()
MESSY = Rates(0.3, 0.12, 0.06, 0.5, 0.3, 0.05, 0.06, 0.04, 0.03, 0.10, 2, strays=True)


@dataclass(order=True, slots=True)
class Event:
    moment: int
    number: int
    what: str = field(compare=False)
    note: Note = field(compare=False)
    author: Person = field(compare=False)
    written: int = field(compare=False)


class Plan:
    """All notes, and what will happen to them, in the order of its moments."""

    def __init__(self, number: int, rng: Random, rates: Rates, today: date) -> None:
        self.rng, self.rates, self.today, self.number = rng, rates, today, number
        self.weeks = 52 if number <= 1000 else 150 if number <= 10_000 else 300
        self.now = TEAM[6].moment(today, 18 * 60)
        self.notes: list[Note] = []
        self.events: list[Event] = []
        self.numbers = count()
        self.introduced: dict[int, int] = {}  # id of a note -> the moment of its first commit
        self.taken: set[tuple[str, str, date]] = set()
        self.paths: set[str] = set()
        self.customers = customers(rng, max(60, number // 12))
        self.choices = list(PRODUCTS), [weight for _, weight in PRODUCTS.values()]

    def make(self) -> None:
        start = monday_of(self.today) - timedelta(weeks=self.weeks - 1)
        days = sorted(self._day(start) for _ in range(self.number))
        for day in days:
            chance = self.rng.random()
            if chance < self.rates.twin:
                self._plan_twin(day)
            elif chance < self.rates.twin + self.rates.second:
                self._plan_second(day)
            else:
                self._plan_note(self._note(day))
        for note in self.notes:
            if not note.settled:
                self._plan_changes(note)
        heapq.heapify(self.events)

    def _day(self, start: date) -> date:
        day = start + timedelta(days=self.rng.randrange((self.today - start).days + 1))
        if day.weekday() >= 5 and self.rng.random() < 0.9:
            day -= timedelta(days=self.rng.randint(2, 4))
        return max(day, start)

    def _note(self, day: date) -> Note:
        rng = self.rng
        while True:
            product = rng.choices(*self.choices)[0]
            customer = rng.choice(OWN_COMPANIES) if rng.random() < 0.012 else rng.choice(self.customers)
            slug = slug_of(customer)
            if (product, slug, day) not in self.taken:
                break
        note = Note(product, customer, slug, day, self.pms(), rng.choices(*KINDS)[0])
        return self.fill(note)

    def fill(self, note: Note) -> Note:
        """All that does not say which note this is."""
        rng = self.rng
        note.source = "second-hand" if rng.random() < 0.06 else "direct"
        if note.source == "second-hand" and rng.random() < 0.3:
            note.pms = []
        note.consent = rng.choices(*CONSENTS)[0]
        note.participants = participants(rng, rng.randint(0, 3))
        note.minutes = rng.choice((15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90)) if rng.random() < 0.8 else None
        note.fields = further_fields(rng, note)
        note.hollow = rng.random() < self.rates.hollow or note.consent == "declined"
        slight = rng.random() < 0.05
        note.body = (hollow_body if note.hollow else slight_body if slight else full_body)(rng, note)
        note.broken = rng.choice(BROKEN) if rng.random() < self.rates.broken else ""
        note.path = self.path_for(note)
        self.taken.add((note.product, note.slug, note.day))
        return note

    def path_for(self, note: Note) -> str:
        endings = ("", *(f"-{number}" for number in range(2, 99)))
        note.ending = next(e for e in endings if f"{note.product}/{note.slug}-{note.day}{e}" not in self.paths)
        self.paths.add(f"{note.product}/{note.slug}-{note.day}{note.ending}")
        return f"{ROOT}/{note.product}/{note.file}"

    def pms(self) -> list[str]:
        rng, chance = self.rng, self.rng.random()
        person = rng.choice(TEAM)
        if chance < 0.02:
            return []
        if chance < 0.03:
            return [LEFT_THE_TEAM]
        if chance < 0.06:
            return [rng.choice(VISITORS).key]
        if chance < 0.09:
            return [rng.choice(person.mails)]
        if chance < 0.14:
            return [one.key for one in rng.sample(TEAM, 2)]
        return [person.key]

    def _plan_note(self, note: Note, after: int = 0) -> None:
        self.notes.append(note)
        author = self.author_of(note)
        lags = (0, self.rng.randint(1, 2), self.rng.randint(3, 7), self.rng.randint(8, 30))
        day = note.day + timedelta(days=self.rng.choices(lags, (70, 20, 8, 2))[0])
        minute = self.rng.choice((5, 25, 1415, 1435)) if self.rng.random() < 0.06 else self.rng.randint(480, 1140)
        written = min(self.now, max(after, author.moment(day, minute)))
        self._at("add", note, author, written)

    def author_of(self, note: Note) -> Person:
        if note.pms and self.rng.random() < 0.95:
            key = next((p.key for p in EVERYBODY.values() if note.pms[0] in (p.key, *p.mails)), "")
            if key:
                return EVERYBODY[key]
        return self.rng.choice((*TEAM, *TEAM, *VISITORS))

    def _at(self, what: str, note: Note, author: Person, written: int) -> int:
        late = self.rng.randint(1, 36 * 3600) if self.rng.random() < 0.15 else 0
        moment = min(written + late, self.now)
        self.events.append(Event(moment, next(self.numbers), what, note, author, written))
        if what == "add":
            self.introduced[id(note)] = moment
        return moment

    def _plan_twin(self, day: date) -> None:
        """The same conversation noted down again, by whomever: it must not count twice."""
        one = self._earlier(lambda n: n.reason is None and not n.settled and not n.hollow and len(n.body) > 600)
        if one is None or self.introduced[id(one)] + 3 * DAY > self.now:
            self._plan_note(self._note(day))
            return
        two = Note(one.product, one.customer, one.slug, one.day, self.pms(), self.rng.choice(SPOKEN_WITH), twin_of=one)
        two.fields, two.minutes, one.settled, two.settled = one.fields, one.minutes, True, True
        same_people = bool(one.participants) and self.rng.random() < 0.5
        two.participants = one.participants if same_people else []
        two.body = full_body(self.rng, two) if same_people else twin_body(one)
        two.path = self.path_for(two)
        self._plan_note(two, after=self.introduced[id(one)] + self.rng.randint(2 * DAY, 3 * DAY))

    def _plan_second(self, day: date) -> None:
        """Another conversation with that customer on that day, with others: it counts."""
        one = self._earlier(lambda n: n.reason is None and not n.settled and not n.hollow)
        if one is None:
            self._plan_note(self._note(day))
            return
        two = self.fill(Note(one.product, one.customer, one.slug, one.day, self.pms(), self.rng.choice(SPOKEN_WITH)))
        if two.participants == one.participants:
            two.participants = ["P9 – auditor"]
        one.settled = two.settled = True
        self._plan_note(two)

    def _earlier(self, fits: Callable[[Note], bool]) -> Note | None:
        recent = self.notes[-200:]
        return next((note for note in self.rng.sample(recent, min(12, len(recent))) if fits(note)), None)

    def _plan_changes(self, note: Note) -> None:
        rng, added = self.rng, self.introduced[id(note)]
        for what, rate, days in (("edit", self.rates.edited, 10), ("rename", self.rates.renamed, 40),
                                 ("delete", self.rates.deleted, 60)):  # fmt: skip
            if rng.random() < rate:
                self._later(what, note, added, days)

    def _later(self, what: str, note: Note, since: int, days: int) -> None:
        moment = since + self.rng.randint(3600, days * DAY)
        if moment + 2 * DAY < self.now:
            self._at(what, note, self.author_of(note), moment)

    def also(self, what: str, note: Note, author: Person, moment: int) -> None:
        """Something that comes of what happened."""
        moment = min(moment, self.now)
        heapq.heappush(self.events, Event(moment, next(self.numbers), what, note, author, moment))


KINDS = ("learning", "win-loss", "site-visit", "support-listen", "sales"), (66, 9, 8, 8, 9)
CONSENTS = ("pending", "notes", "quotes", "recording", "declined"), (15, 40, 32, 11, 2)


def customers(rng: Random, number: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < number:
        names[f"{rng.choice(FIRSTS)} {rng.choice(SECONDS)} {rng.choice(THIRDS)}".strip()] = None
    return list(names)


def slug_of(customer: str) -> str:
    plain = unicodedata.normalize("NFKD", customer).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())
