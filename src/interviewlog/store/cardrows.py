"""Rows of the index and what they stand for: cards, commits, weeks."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from interviewlog.card import Card
from interviewlog.commit import Origin
from interviewlog.problem import Problem, product_of
from interviewlog.store.readings import text
from interviewlog.weeks import Week

ORIGIN = "commits.id, lineage.person, lineage.day, lineage.no"
INTRODUCED = "JOIN commits ON commits.seq = lineage.first"
CARD = """note.path, card.slug, customer.name, card.date, facet.type, facet.source, facet.empty, who.words,
card.relationship, card.consent, card.minutes, card.imported, card.heard, card.more"""
WIDTH = 14
CARDS = """JOIN card ON card.no = note.card LEFT JOIN customer ON customer.no = card.customer
LEFT JOIN facet ON facet.no = card.facet LEFT JOIN who ON who.no = card.who"""


def problem_of_row(row: Sequence[Any]) -> Problem:
    """Give the problem of a note that could not be read, from a row of CARD."""
    line, column, what, mend, source = json.loads(row[WIDTH - 1])
    return Problem(text(row[0]), line, column, what, mend, _day(row[3]) if row[3] else None, _words(row[7]), source)


def card_of_row(row: Sequence[Any]) -> Card:
    (path, slug, customer, day, kind, source, empty, pm, relationship, consent, minutes, imported, heard, more) = row[
        :WIDTH
    ]
    where = text(path)
    *lists, until, is_redacted = json.loads(more) if more else ((), (), (), (), (), "", False)
    roles, segments, also, observers, tasks = map(tuple, lists)
    return Card(
        where, product_of(where), slug, _text(customer), _day(day), kind, _words(pm), relationship, source or None,
        consent, minutes, bool(imported), bool(empty), roles, segments, also, observers, tasks, text(heard),
        date.fromisoformat(until) if until else None, is_redacted,
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


def people_of(db: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Give the authors by their numbers: name and e-mail, as commits have them."""
    return {no: (text(name), text(email)) for no, name, email in db.execute("SELECT no, name, email FROM person")}


def origin_of_row(people: Mapping[int, tuple[str, str]], row: Sequence[Any]) -> Origin:
    """Give how a note came, from a row of ORIGIN."""
    ident, person, day, order = row
    return Origin(ident, people[person], _day(day), order)


def number_of(week: Week) -> int:
    """Number a week as the index does: weeks since the one of 0001-01-01, a Monday."""
    return (week.monday.toordinal() - 1) // 7


@lru_cache(maxsize=2048)
def week_of(number: int) -> Week:
    """Give the week of a number."""
    return Week.of(date.fromordinal(number * 7 + 1))
