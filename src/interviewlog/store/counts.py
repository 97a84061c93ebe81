"""What the counts ask of an index: notes of some weeks one by one, and those before in stacks."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from interviewlog.card import Card, Stack, Twin
from interviewlog.commit import Origin
from interviewlog.problem import Problem
from interviewlog.store.cardrows import (
    CARD,
    CARDS,
    INTRODUCED,
    ORIGIN,
    WIDTH,
    card_of_row,
    number_of,
    origin_of_row,
    people_of,
    problem_of_row,
    week_of,
)
from interviewlog.store.readings import PROBLEM, marks, raw, text
from interviewlog.weeks import Week

IsSame = Callable[[str, str], bool]
_NONE = frozenset[bytes]()


class Filed(NamedTuple):
    """A note at the commit, and how it came into history; None where history does not know it."""

    note: Card | Problem
    origin: Origin | None


class Arrival(NamedTuple):
    """A note that history brought in: its first path, and how."""

    path: str
    origin: Origin


class Rules(NamedTuple):
    """One note against what was asked of it, for questions whose answer depends on rules the index does not know."""

    counts: Callable[[str, str | None, bool], bool]  # type, source, is_empty
    stems: Collection[str]  # customers with one of these, or whose folded name ends in one of the domains,
    domains: Collection[str]
    is_apart: Callable[[str, str], bool]  # are asked about: customer, stem of their slug
    is_nobodys: Callable[[str], bool]  # a commit whose author is not credited
    repeated: Callable[[Iterable[Twin], IsSame], list[str]]  # those that are told again


class Counted(NamedTuple):
    """The notes of some weeks one by one, and what counts of earlier weeks in stacks.

    `kin` holds the groups of notes that tell one conversation, for each that is in one; `latest` are the days of the
    latest commit that brought one in, and of the latest note; `submodules` are repositories linked into the root.
    """

    filed: tuple[Filed, ...]
    stacks: tuple[Stack, ...]
    kin: Mapping[str, frozenset[bytes]]
    latest: tuple[date | None, date | None]
    submodules: tuple[str, ...]

    def is_same(self, one: str, other: str) -> bool:
        """Tell whether the notes at two paths hold the same conversation."""
        return not self.kin.get(one, _NONE).isdisjoint(self.kin.get(other, _NONE))


class Arrived(NamedTuple):
    """The same for what history brought in; the stacks are of one author each."""

    arrivals: tuple[Arrival, ...]
    stacks: tuple[Stack, ...]
    latest: tuple[date | None, date | None]
    submodules: tuple[str, ...]


def counted(db: sqlite3.Connection, first: Week | None, last: Week, rules: Rules) -> Counted:
    """Give what the counts of some weeks need; without `first`, from the first week that has a note."""
    begin, end = _weeks(db, "note", first, last)
    found = Counted(tuple(_filed(db, begin, end)), (), _kin(db), _latest(db), _submodules(db))
    return found._replace(stacks=tuple(_stacks(db, begin, rules, found.is_same))) if first else found


def arrived(db: sqlite3.Connection, first: Week | None, last: Week, *, only_existing: bool) -> Arrived:
    """Give what history brought in, in some weeks; without `first`, since ever. The weeks are the commits'."""
    begin, end = _weeks(db, "lineage", first, last)
    there = "AND lineage.no IN (SELECT lineage FROM note)" if only_existing else ""
    asked = f"""SELECT lineage.path, {ORIGIN} FROM lineage {INTRODUCED}
                WHERE lineage.week BETWEEN ? AND ? {there} ORDER BY lineage.no"""
    people = people_of(db)
    found = (Arrival(text(path), origin_of_row(people, row)) for path, *row in db.execute(asked, (begin, end)))
    stacks = _author_stacks(db, begin, there) if first else ()
    return Arrived(tuple(found), tuple(stacks), _latest(db), _submodules(db))


def _weeks(db: sqlite3.Connection, table: str, first: Week | None, last: Week) -> tuple[int, int]:
    end = number_of(last)
    if first:
        return number_of(first), end
    (begin,) = db.execute(f"SELECT min(week) FROM {table}").fetchone()
    return min(end, begin or end), end


def _filed(db: sqlite3.Connection, begin: int, end: int) -> Iterator[Filed]:
    asked = f"""SELECT {CARD}, card.facet, {ORIGIN} FROM note {CARDS}
                LEFT JOIN lineage ON lineage.no = note.lineage LEFT {INTRODUCED}
                WHERE note.week BETWEEN ? AND ? OR note.week IS NULL ORDER BY note.path"""
    people = people_of(db)
    for row in db.execute(asked, (begin, end)):
        origin = origin_of_row(people, row[WIDTH + 1 :]) if row[-1] is not None else None
        yield Filed(problem_of_row(row) if row[WIDTH] == PROBLEM else card_of_row(row), origin)


def _stacks(db: sqlite3.Connection, before: int, rules: Rules, is_same: IsSame) -> Iterator[Stack]:
    """Pile up the notes before a week that count; what keeps one from it is asked of the rules, once for many."""
    facets = db.execute("SELECT no, type, source, empty FROM facet").fetchall()
    fine = [no for no, kind, source, empty in facets if rules.counts(kind, source or None, bool(empty))]
    apart = _apart(db, rules)
    where, values = f"week < ? AND facet IN ({marks(fine)})", [before, *fine]
    if apart:
        where, values = f"{where} AND customer NOT IN ({marks(apart)})", [*values, *apart]
    again = rules.repeated(_twins(db, before, set(fine), set(apart)), is_same)
    if again:
        db.execute("CREATE TEMP TABLE IF NOT EXISTS again (path BLOB PRIMARY KEY) WITHOUT ROWID")
        db.execute("DELETE FROM temp.again")
        db.executemany("INSERT INTO again VALUES (?)", ((raw(path),) for path in again))
        where = f"{where} AND NOT (twin = 1 AND note.path IN (SELECT path FROM again))"
    yield from _signed_stacks(db, where, values)
    yield from _unsigned_stacks(db, where, values, rules.is_nobodys)


def _signed_stacks(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> Iterator[Stack]:
    asked = f"""SELECT who, week, count(*), max(date) FROM note INDEXED BY note_count
                WHERE who > 0 AND {where} GROUP BY who, week ORDER BY who, week"""
    lines = {no: tuple(json.loads(words)) for no, words in db.execute("SELECT no, words FROM who")}
    for who, rows in groupby(db.execute(asked, values), key=lambda row: row[0]):
        yield Stack(lines[who], None, *_piled(row[1:] for row in rows))


def _unsigned_stacks(
    db: sqlite3.Connection, where: str, values: Sequence[Any], is_nobodys: Callable[[str], bool]
) -> Iterator[Stack]:
    """Pile up what names no PM by the author of the commit that brought it in."""
    asked = f"""SELECT commits.id, lineage.person, unsigned.week, unsigned.number, unsigned.last
                FROM (SELECT lineage AS origin, week, count(*) AS number, max(date) AS last FROM note
                      WHERE who = 0 AND {where} GROUP BY lineage, week) AS unsigned
                LEFT JOIN lineage ON lineage.no = unsigned.origin LEFT {INTRODUCED} ORDER BY unsigned.week"""
    piles: dict[int | None, dict[int, list[int]]] = {}
    for ident, person, week, number, day in db.execute(asked, values):
        credited = None if ident is None or is_nobodys(ident) else person
        pile = piles.setdefault(credited, {}).setdefault(week, [0, day])
        pile[:] = pile[0] + number, max(pile[1], day)
    people = people_of(db)
    for credited, weeks in piles.items():
        author = people[credited] if credited else None
        yield Stack((), author, *_piled((week, number, day) for week, (number, day) in weeks.items()))


def _author_stacks(db: sqlite3.Connection, before: int, there: str) -> Iterator[Stack]:
    asked = f"""SELECT person, week, count(*), max(day) FROM lineage
                WHERE week < ? {there} GROUP BY person, week ORDER BY person, week"""
    people = people_of(db)
    for person, rows in groupby(db.execute(asked, (before,)), key=lambda row: row[0]):
        yield Stack((), people[person], *_piled(row[1:] for row in rows))


def _piled(rows: Iterable[Sequence[int]]) -> tuple[dict[Week, int], date]:
    """Take (week, number, last day), in the order of weeks, together."""
    weeks, latest = {}, 1
    for week, number, day in rows:
        weeks[week_of(week)] = number
        latest = day
    return weeks, date.fromordinal(latest)


def _apart(db: sqlite3.Connection, rules: Rules) -> list[int]:
    """Number the customers that are kept apart; few of all need be asked about."""
    ends = [raw(domain) for domain in rules.domains]
    is_near = " OR ".join([f"stem IN ({marks(list(rules.stems))})", *("substr(folded, -?) = ?" for _ in ends)])
    values = [*rules.stems, *(value for end in ends for value in (len(end), end))]
    customers = db.execute(f"SELECT no, name, stem FROM customer WHERE {is_near}", values)
    return [no for no, name, root in customers if rules.is_apart(text(name), root)]


def _twins(db: sqlite3.Connection, before: int, fine: set[int], apart: set[int]) -> Iterator[Twin]:
    asked = """SELECT path, slug, date, lineage, facet, customer FROM note INDEXED BY note_twin
               WHERE twin = 1 AND week < ?"""
    for path, slug, day, lineage, facet, customer in db.execute(asked, (before,)):
        order = _NEVER if lineage is None else lineage
        yield Twin(text(path), slug, day, order, facet in fine and customer not in apart)


_NEVER = 1 << 62  # a note that history does not know comes after all others


def _kin(db: sqlite3.Connection) -> dict[str, frozenset[bytes]]:
    rows = groupby(db.execute("SELECT path, kin FROM twin ORDER BY path"), key=lambda row: row[0])
    return {text(path): frozenset(kin for _, kin in group) for path, group in rows}


def _latest(db: sqlite3.Connection) -> tuple[date | None, date | None]:
    asked = "SELECT max(day) FROM lineage WHERE week = (SELECT max(week) FROM lineage)"
    days = [*db.execute(asked), *db.execute("SELECT max(date) FROM note")]
    committed, noted = (date.fromordinal(day) if day else None for (day,) in days)
    return committed, noted


def _submodules(db: sqlite3.Connection) -> tuple[str, ...]:
    found = db.execute("SELECT path FROM stray WHERE is_submodule ORDER BY path")
    return tuple(text(path) for (path,) in found)
