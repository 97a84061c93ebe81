"""What notes amount to: shares with what they are shares of, and nothing guessed."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median as textbook_median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import interview, introduced, judge, people
from interviewlog.insights.counting import Introduction
from interviewlog.insights.figures import Figures, figures_of, median
from interviewlog.interview import Interview


def note(number: int, **fields: Any) -> Interview:
    typed = {"pm": "caroline", "customer": f"C{number}", **fields}
    return interview(f"prod/interviews/reseller-portal/n{number}.md", **typed)


def figures(*asked: dict[str, Any], drafts: Sequence[Interview] = (), **introduction: Any) -> Figures:
    """Give what notes with these fields amount to; each has a customer of its own unless told otherwise."""
    notes = [note(number, **fields) for number, fields in enumerate(asked)]
    return figures_of(judge(notes, drafts, introduced(notes, **introduction), people()))


def test_nothing_amounts_to_nothing():
    assert figures() == Figures()


def test_minutes_are_summed_and_never_made_up():
    found = figures({"minutes": 35}, {"minutes": 50}, {}, {"minutes": 600, "type": "sales"})

    assert (found.minutes, found.notes_without_minutes) == (85, 1)


def test_who_is_not_a_customer_is_a_share_of_those_whose_relationship_is_known():
    kinds = ("customer", "prospect", "lost", "former", "non-customer", "partner", None)
    found = figures(*({"relationship": kind} for kind in kinds), {"relationship": "prospect", "type": "sales"})

    assert (found.non_customers, found.known) == (4, 6)
    assert found.relationships["unknown"] == 1


def test_first_hand_is_a_share_of_all_notes_that_say_so_of_any_type():
    found = figures(
        {"source": "direct"},
        {"source": "direct", "type": "sales"},
        {"source": "direct", "body": ""},
        {"source": "second-hand", "via": "sales"},
        {},
        drafts=[note(9, source="direct")],
    )

    assert (found.sources["direct"], found.sourced) == (3, 4)
    assert (found.sources["unknown"], found.second_hand) == (1, 1)


@pytest.mark.parametrize(
    ("kinds", "mixed"),
    [
        (["customer", "prospect"], 1),
        (["customer", "lost", "former"], 1),
        (["customer", "customer"], 0),
        (["prospect", "non-customer"], 0),
        (["customer", "partner"], 0),
        (["customer", None], 0),
    ],
)
def test_a_mixed_week_has_a_customer_and_somebody_who_is_none(kinds: list[str | None], mixed: int):
    found = figures(*({"relationship": kind} for kind in kinds))

    assert (found.weeks_mixed, found.weeks_heard) == (mixed, 1)


def test_a_mix_is_that_of_one_person_and_one_week():
    found = figures(
        {"relationship": "customer"},
        {"relationship": "prospect", "pm": "dev"},
        {"relationship": "prospect", "date": "2026-11-11"},
        {"relationship": "prospect", "type": "sales"},
    )

    assert (found.weeks_mixed, found.weeks_heard) == (0, 3)


def test_spellings_of_a_customer_are_one_company():
    assert figures({"customer": "Acme Freight"}, {"customer": "ACME freight"}, {"customer": "Globex"}).companies == 2


def test_users_are_counted_by_conversation():
    assert figures({"roles": ["user", "buyer"]}, {"roles": ["buyer"]}, {}, {"roles": ["user"], "body": ""}).users == 1


def lag(days: Sequence[int | None]) -> Figures:
    """Bring in a note for each number of days after its call; None is an imported one."""
    notes = [note(number, imported="true" if each is None else None) for number, each in enumerate(days)]
    introductions = {
        each.path: Introduction(
            f"{order:040x}", "Caroline", "caroline@example.com", each.date + timedelta(late or 0), order
        )
        for order, (each, late) in enumerate(zip(notes, days, strict=True), 1)
    }
    return figures_of(judge(notes, [], introductions, people()))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], (0, None, 0)),
        ([None], (0, None, 0)),
        ([0], (1, 0, 0)),
        ([7, 8, 0], (3, 7, 1)),
        ([1, 2], (2, 1.5, 0)),
        ([30, None, 8], (2, 19, 2)),
    ],
)
def test_lag_is_a_median_and_how_many_took_over_a_week(days: list[int | None], expected: tuple[Any, ...]):
    found = lag(days)

    assert (found.lags, found.lag_median, found.late) == expected


def test_a_commit_listed_as_an_import_has_no_lag():
    notes = [note(1)]
    rules = people(f"imports: ['{1:040x}']")
    found = figures_of(judge(notes, [], introduced(notes, day=date(2027, 1, 1)), rules))

    assert (found.lags, found.late) == (0, 0)


@given(st.lists(st.integers(-400, 4000)))
def test_the_median_is_the_textbooks(numbers: list[int]):
    assert median(sorted(numbers)) == (textbook_median(numbers) if numbers else None)
