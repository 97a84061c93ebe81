"""Rows of the index and what they stand for: cards, commits, weeks."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from interviewlog.card import Card
from interviewlog.commit import Commit
from interviewlog.problem import Problem, product_of
from interviewlog.store.readings import text
from interviewlog.weeks import Week

INTRODUCED = "JOIN commits ON commits.seq = lineage.first LEFT JOIN person ON person.no = commits.person"
COMMIT = "commits.id, person.name, person.email, commits.moment, commits.zone"
CARD = """note.path, card.slug, customer.name, card.date, facet.type, facet.source, facet.empty, who.words,
card.relationship, card.consent, card.minutes, card.imported, card.heard, card.more"""
WIDTH = 14
CARDS = """JOIN card ON card.no = note.card LEFT JOIN customer ON customer.no = card.customer
LEFT JOIN facet ON facet.no = card.facet LEFT JOIN who ON who.no = card.who"""


def problem_of_row(row: Sequence[Any]) -> Problem:
    """Give the problem of a note that could not be read, from a row of CARD."""
    line, column, what, mend = json.loads(row[WIDTH - 1])
    return Problem(text(row[0]), line, column, what, mend, _day(row[3]) if row[3] else None, _words(row[7]))


def card_of_row(row: Sequence[Any]) -> Card:
    (path, slug, customer, day, kind, source, empty, pm, relationship, consent, minutes, imported, heard, more) = row[
        :WIDTH
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
def commit_of_row(ident: str, name: bytes, email: bytes, moment: str, zone: int) -> Commit:
    return Commit(ident, text(name), text(email), int(moment), zone)


def number_of(week: Week) -> int:
    """Number a week as the index does: weeks since the one of 0001-01-01, a Monday."""
    return (week.monday.toordinal() - 1) // 7


@lru_cache(maxsize=2048)
def week_of(number: int) -> Week:
    """Give the week of a number."""
    return Week.of(date.fromordinal(number * 7 + 1))
