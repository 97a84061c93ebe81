"""What can be asked of an index that is true of a commit. How it came to be so is in `filing`."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from interviewlog.card import Card, Stack
from interviewlog.interview import Interview, Problem, product_of
from interviewlog.lineage import Commit
from interviewlog.selection import Selection
from interviewlog.store.catalogue import has_words
from interviewlog.store.conditions import conditions_of, marks
from interviewlog.store.readings import PROBLEM, raw, reading, text
from interviewlog.weeks import Week

Person = tuple[str, str]


class Filed(NamedTuple):
    """A note at the commit, the commit that brought it in (None: history has none), and its place in their order."""

    note: Card | Problem
    introduced: Commit | None
    order: int


class Arrival(NamedTuple):
    """A note that history brought in: its first path, the commit, and its place in their order."""

    path: str
    commit: Commit
    order: int


class Answers(NamedTuple):
    """One note against what was asked of it, for questions whose answer depends on rules the index does not know."""

    counts: Callable[[str, str | None, bool], bool]  # type, source, is_empty
    is_apart: Callable[[str, str], bool] | None  # customer, stem of their slug; None: nobody is


@dataclass(frozen=True, slots=True)
class Counted:
    """The notes of some weeks one by one, and those of earlier weeks in stacks, as far as they can be stacked.

    `same` holds pairs of paths, both ways round, whose notes tell one conversation; `latest` are the days of the
    latest commit that brought one in, and of the latest note; `submodules` are repositories linked into the root.
    """

    first: Week
    filed: tuple[Filed, ...]
    earlier: tuple[Filed, ...]
    stacks: tuple[Stack, ...]
    same: frozenset[tuple[str, str]]
    latest: tuple[date | None, date | None]
    submodules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """The same for what history brought in; `stacks` have the commit of one of their notes, for its author."""

    first: Week
    arrivals: tuple[Arrival, ...]
    stacks: tuple[Stack, ...]
    latest: tuple[date | None, date | None]
    submodules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A connection to an index, and the questions that commands ask."""

    db: sqlite3.Connection

    def counted(self, first: Week | None, last: Week, rules: Answers) -> Counted:
        """Give what the counts of some weeks need; without `first`, from the first week that has a note."""
        begin, end = self._weeks("note", first, last)
        apart = self._apart(rules.is_apart)
        fine = [
            no
            for no, kind, source, empty in self.db.execute("SELECT * FROM facet")
            if rules.counts(kind, source or None, bool(empty))
        ]
        odd = f"note.week < ? AND (note.twin = 1 OR note.customer IN ({marks(apart)}))"
        return Counted(
            first=week_of(begin),
            filed=tuple(self._filed("(note.week BETWEEN ? AND ? OR note.week IS NULL)", (begin, end))),
            earlier=tuple(self._filed(odd, (begin, *apart))) if first else (),
            stacks=tuple(self._stacks(begin, fine, apart)) if first else (),
            same=self._same(),
            latest=self._latest(),
            submodules=self._submodules(),
        )

    def arrived(self, first: Week | None, last: Week, *, only_existing: bool) -> Arrived:
        """Give what history brought in, in some weeks; without `first`, since ever. The weeks are the commits'."""
        begin, end = self._weeks("lineage", first, last)
        there = "AND lineage.no IN (SELECT lineage FROM note)" if only_existing else ""
        asked = f"""SELECT lineage.path, lineage.no, {_COMMIT} FROM lineage {_INTRODUCED}
                    WHERE lineage.week BETWEEN ? AND ? {there} ORDER BY lineage.no"""
        arrivals = (Arrival(text(path), _commit(*who), no) for path, no, *who in self.db.execute(asked, (begin, end)))
        stacked = f"""SELECT lineage.week, count(*), max(lineage.day), {_COMMIT}
                      FROM lineage {_INTRODUCED} WHERE lineage.week < ? {there} GROUP BY lineage.person, lineage.week"""
        stacks = (
            Stack((), _commit(*who), week_of(week), number, date.fromordinal(day))
            for week, number, day, *who in (self.db.execute(stacked, (begin,)) if first else ())
        )
        return Arrived(week_of(begin), tuple(arrivals), tuple(stacks), self._latest(), self._submodules())

    def authors(self) -> list[Person]:
        """List all who ever brought in a note, as their commits name them, in the order in which they came."""
        asked = """SELECT name, email, (SELECT min(no) FROM lineage WHERE person = person.no) AS came FROM person
                   WHERE came NOT NULL ORDER BY came"""
        asked = asked.replace("WHERE person = person.no", "WHERE lineage.person = person.no")
        return [(text(name), text(email)) for name, email, _ in self.db.execute(asked)]

    def words_of_pms(self) -> list[tuple[str, ...]]:
        """List the `pm` lines of the notes, each once, in alphabetical order."""
        asked = "SELECT words FROM who WHERE EXISTS (SELECT 1 FROM note WHERE note.who = who.no) ORDER BY words"
        return [tuple(json.loads(words)) for (words,) in self.db.execute(asked)]

    def paths(self, wanted: Selection, without: Iterable[str] = ()) -> list[str]:
        """List the paths of the notes asked for, by date."""
        found = self._chosen("note.path", wanted, without)
        joined = b"\n".join(path for (path,) in found)
        if joined.count(b"\n") == max(len(found) - 1, 0):  # one piece is decoded sooner than a hundred thousand
            return text(joined).split("\n") if found else []
        return [text(path) for (path,) in found]

    def cards(self, wanted: Selection, without: Iterable[str] = ()) -> list[Card]:
        """Give the cards of the notes asked for, by date."""
        return [_card(row) for row in self._chosen(_CARD, wanted, without, _CARDS)]

    def interviews(self, wanted: Selection, without: Iterable[str] = ()) -> list[Interview]:
        """Give the notes asked for as they were read, by date."""
        notes = (reading(self.db, path, card) for path, card in self._chosen("note.path, note.card", wanted, without))
        return [note for note in notes if isinstance(note, Interview)]

    def problems(self, without: Iterable[str] = ()) -> list[Problem]:
        """Give the notes that cannot be read, by path."""
        hidden = set(without)
        found = self.db.execute("SELECT path, card FROM note WHERE facet = ? ORDER BY path", (PROBLEM,)).fetchall()
        notes = (reading(self.db, path, card) for path, card in found if text(path) not in hidden)
        return [note for note in notes if isinstance(note, Problem)]

    def strays(self) -> list[str]:
        """List the files below the root that are no notes."""
        return [text(path) for (path,) in self.db.execute("SELECT path FROM stray ORDER BY path")]

    def number(self, wanted: Selection, without: Iterable[str] = ()) -> int:
        """Count the notes asked for, whatever `last` says."""
        ((number,),) = self._chosen("count(*)", replace(wanted, last=0), without)
        return int(number)

    def has_words(self) -> bool:
        """Tell whether full text can be asked for; without it, whoever searches reads every note."""
        return has_words(self.db)

    def latest_by(self, is_author: Callable[[str, str], bool]) -> Iterator[str]:
        """Yield the paths of the notes that these authors brought in, the latest first."""
        wanted = [
            no
            for no, name, email in self.db.execute("SELECT no, name, email FROM person")
            if is_author(text(name), text(email))
        ]
        asked = f"""SELECT note.path FROM lineage JOIN note ON note.lineage = lineage.no
                    WHERE lineage.person IN ({marks(wanted)}) ORDER BY lineage.first DESC, lineage.no DESC"""
        return (text(path) for (path,) in self.db.execute(asked, wanted))

    def _latest(self) -> tuple[date | None, date | None]:
        asked = "SELECT max(day) FROM lineage WHERE week = (SELECT max(week) FROM lineage)"
        days = [*self.db.execute(asked), *self.db.execute("SELECT max(date) FROM note")]
        committed, noted = (date.fromordinal(day) if day else None for (day,) in days)
        return committed, noted

    def _submodules(self) -> tuple[str, ...]:
        found = self.db.execute("SELECT path FROM stray WHERE is_submodule ORDER BY path")
        return tuple(text(path) for (path,) in found)

    def _weeks(self, table: str, first: Week | None, last: Week) -> tuple[int, int]:
        end = number_of(last)
        if first:
            return number_of(first), end
        (begin,) = self.db.execute(f"SELECT min(week) FROM {table}").fetchone()
        return min(end, begin or end), end

    def _apart(self, is_apart: Callable[[str, str], bool] | None) -> list[int]:
        if is_apart is None:
            return []
        customers = self.db.execute("SELECT no, name, stem FROM customer")
        return [no for no, name, root in customers if is_apart(text(name), root)]

    def _filed(self, where: str, values: Sequence[Any]) -> Iterator[Filed]:
        asked = f"""SELECT {_CARD}, note.facet, note.card, note.lineage, {_COMMIT} FROM note {_CARDS}
                    LEFT JOIN lineage ON lineage.no = note.lineage LEFT {_INTRODUCED}
                    WHERE {where} ORDER BY note.path"""
        for row in self.db.execute(asked, values):
            facet, card, lineage, *who = row[_WIDTH:]
            note = reading(self.db, row[0], card) if facet == PROBLEM else _card(row)
            commit = _commit(*who) if lineage is not None else None
            if not isinstance(note, Interview):
                yield Filed(note, commit, lineage or 0)

    def _stacks(self, before: int, facets: Sequence[int], apart: Sequence[int]) -> Iterator[Stack]:
        where = f"week < ? AND facet IN ({marks(facets)}) AND twin = 0"
        values = [before, *facets]
        if apart:
            where, values = f"{where} AND customer NOT IN ({marks(apart)})", [*values, *apart]
        asked = f"""SELECT who, week, count(*), max(date) FROM note INDEXED BY note_count
                    WHERE who > 0 AND {where} GROUP BY who, week"""
        words = {no: tuple(json.loads(each)) for no, each in self.db.execute("SELECT no, words FROM who")}
        for who, week, number, day in self.db.execute(asked, values):
            yield Stack(words[who], None, week_of(week), number, date.fromordinal(day))
        asked = f"""SELECT note.week, count(*), max(note.date), {_COMMIT}
                    FROM note LEFT JOIN lineage ON lineage.no = note.lineage LEFT {_INTRODUCED}
                    WHERE note.who = 0 AND note.{where.replace(" AND ", " AND note.")}
                    GROUP BY lineage.first, note.week"""
        for week, number, day, *who in self.db.execute(asked, values):
            yield Stack((), _commit(*who) if who[0] else None, week_of(week), number, date.fromordinal(day))

    def _same(self) -> frozenset[tuple[str, str]]:
        pairs = [(text(one), text(other)) for one, other in self.db.execute("SELECT one, other FROM twin")]
        return frozenset(pair for one, other in pairs for pair in ((one, other), (other, one)))

    def _chosen(self, columns: str, wanted: Selection, without: Iterable[str], joins: str = "") -> list[Any]:
        conditions = list(conditions_of(self.db, wanted))
        where = [condition for condition, _ in conditions]
        values = [value for _, those in conditions for value in those]
        hidden = list(without)
        if hidden:
            self.db.execute("CREATE TEMP TABLE IF NOT EXISTS hidden (path BLOB PRIMARY KEY)")
            self.db.executemany("INSERT OR IGNORE INTO hidden VALUES (?)", ((raw(path),) for path in hidden))
            where.append("note.path NOT IN (SELECT path FROM hidden)")
        asked = f"SELECT {columns} FROM note {joins} WHERE {' AND '.join(where)}"
        if wanted.last:
            values.append(wanted.last)
            return self.db.execute(f"{asked} ORDER BY note.date DESC, note.path DESC LIMIT ?", values).fetchall()[::-1]
        return self.db.execute(f"{asked} ORDER BY note.date, note.path", values).fetchall()


_INTRODUCED = "JOIN commits ON commits.seq = lineage.first LEFT JOIN person ON person.no = commits.person"
_COMMIT = "commits.id, person.name, person.email, commits.moment, commits.zone"
_CARD = """note.path, note.slug, customer.name, note.date, facet.type, facet.source, facet.empty, who.words,
card.relationship, card.consent, card.minutes, card.imported, card.heard, card.more"""
_WIDTH = 14
_CARDS = """JOIN card ON card.no = note.card LEFT JOIN customer ON customer.no = note.customer
LEFT JOIN facet ON facet.no = note.facet LEFT JOIN who ON who.no = note.who"""


def _card(row: Sequence[Any]) -> Card:
    (path, slug, customer, day, kind, source, empty, pm, relationship, consent, minutes, imported, heard, more) = row[
        :_WIDTH
    ]
    where = text(path)
    roles, segments, also, observers, tasks = map(tuple, json.loads(more)) if more else ((),) * 5
    return Card(
        where, product_of(where), slug, _text(customer), _day(day), kind, _words(pm), relationship, source or None,
        consent, minutes, bool(imported), bool(empty), roles, segments, also, observers, tasks, text(heard),
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _text(name: bytes) -> str:
    return text(name)


@lru_cache(maxsize=2048)
def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)


@lru_cache(maxsize=2048)
def _words(pm: str | None) -> tuple[str, ...]:
    return tuple(json.loads(pm)) if pm else ()


@lru_cache(maxsize=1024)
def _commit(ident: str, name: bytes, email: bytes, moment: str, zone: int) -> Commit:
    return Commit(ident, text(name), text(email), int(moment), zone)


def number_of(week: Week) -> int:
    """Number a week as the index does: weeks since the one of 0001-01-01, a Monday."""
    return (week.monday.toordinal() - 1) // 7


@lru_cache(maxsize=2048)
def week_of(number: int) -> Week:
    """Give the week of a number."""
    return Week.of(date.fromordinal(number * 7 + 1))
