"""Who writes the generated notes, under which names, and by which clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from words import GUESTS, PMS

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    key: str  # roster handle, or the e-mail of somebody who is not on the roster
    name: str
    mails: tuple[str, ...]  # on the roster; the first is the usual one
    aliases: tuple[str, ...]  # only .mailmap knows these
    east: int
    summer: bool

    def offset(self, day: date) -> int:
        return self.east + (60 if self.summer and 4 <= day.month <= 10 else 0)

    def identity(self, rng: Random) -> tuple[str, str]:
        if self.aliases and rng.random() < 0.25:
            return self.name.split()[0].lower(), rng.choice(self.aliases)
        return self.name, rng.choice(self.mails)

    def moment(self, day: date, minute: int) -> int:
        """Seconds since 1970 at this minute of the person's own day."""
        return (day - EPOCH).days * 86400 + (minute - self.offset(day)) * 60

    def clock(self, moment: int) -> tuple[str, str]:
        """The ISO week and the zone by the person's own clock."""
        offset = self.offset(day_of(moment))
        year, week, _ = day_of(moment + offset * 60).isocalendar()
        sign = "-" if offset < 0 else "+"
        return f"{year}-W{week:02}", f"{sign}{abs(offset) // 60:02}{abs(offset) % 60:02}"


def day_of(moment: int) -> date:
    return datetime.fromtimestamp(moment, UTC).date()


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


TEAM = tuple(Person(*row) for row in PMS)
VISITORS = tuple(Person(mail, name, (mail,), (), east, summer) for name, mail, east, summer in GUESTS)
EVERYBODY = {person.key: person for person in (*TEAM, *VISITORS)}
HANDLES = {mail: person.key for person in TEAM for mail in person.mails}


def mailmap() -> str:
    return "".join(f"{p.name} <{p.mails[0]}> <{alias}>\n" for p in TEAM for alias in p.aliases)
