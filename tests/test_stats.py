"""Verdicts into the table. Today is Saturday 2026-11-21, in 2026-W47."""

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import interview, introduced, judge, people, problem
from interviewlog.insights.counting import Introduction, Verdict
from interviewlog.insights.stats import Attainment, Row, Stats, Window, from_history, tally
from interviewlog.interview import Interview
from interviewlog.problem import Problem
from interviewlog.weeks import Week, parse_week, span

TODAY = date(2026, 11, 21)
W45, W46, W47 = (parse_week(f"2026-W{number}") for number in (45, 46, 47))
DAYS = {W45: "2026-11-04", W46: "2026-11-12", W47: "2026-11-18"}
ROSTER = "pms: {caroline: {name: Caroline Ruiz, emails: [caroline@example.com]}, dev: {name: Dev Patel}}\n"


_numbers = itertools.count(1)


def note(week: Week = W46, pm: Any = "caroline", **fields: Any) -> Interview:
    """Give a note with a customer of its own."""
    number = next(_numbers)
    typed = {"date": DAYS[week], "pm": pm, "customer": f"C{number}"} | fields
    return interview(f"prod/interviews/reseller-portal/n{number}.md", **typed)


def table(
    notes: Sequence[Interview | Problem], text: str = ROSTER, window: Window | None = None, **asked: Any
) -> Stats:
    known = people(text)
    return tally(judge(notes, [], introduced(notes), known), known, window or Window(TODAY, 3), **asked)


def row(result: Stats, pm: str) -> Row:
    (found,) = (each for each in result.rows if each.person.pm == pm)
    return found


def names(result: Stats) -> list[str]:
    return [each.person.pm for each in result.rows]


# The window.


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (Window(TODAY), "2026-W40", "2026-W47"),
        (Window(TODAY, 1), "2026-W47", "2026-W47"),
        (Window(TODAY, 3, parse_week("2026-W41")), "2026-W39", "2026-W41"),
        (Window(TODAY, 2, parse_week("2027-W01")), "2026-W53", "2027-W01"),
        (Window(TODAY, None), "2026-W30", "2026-W47"),
        (Window(TODAY, None, parse_week("2026-W41")), "2026-W30", "2026-W41"),
        (Window(TODAY, None, parse_week("2026-W10")), "2026-W10", "2026-W10"),
        (Window(TODAY, 0), "2026-W47", "2026-W47"),
        (Window(TODAY, 10**9), "1990-W01", "2026-W47"),
        (Window(date(2027, 1, 2), 2), "2026-W52", "2026-W53"),
    ],
)
def test_the_window_is_n_weeks_or_all_up_to_this_one_or_until(window: Window, first: str, last: str):
    known = [parse_week("2026-W30"), parse_week("2026-W46"), parse_week("2027-W20")]

    assert window.weeks(known) == tuple(span(parse_week(first), parse_week(last)))


def test_all_weeks_without_a_note_is_this_week():
    assert table([], window=Window(TODAY, None)).weeks == (W47,)


def test_every_week_and_every_pm_of_the_roster_appears_zeros_too():
    result = table([note(W46)])

    assert result.weeks == (W45, W46, W47)
    assert result.current_week == W47
    assert row(result, "caroline").counts == result.team == {W45: 0, W46: 1, W47: 0}
    assert row(result, "dev").counts == {W45: 0, W46: 0, W47: 0}
    assert (row(result, "dev").last, row(result, "dev").days_since, row(result, "dev").streak) == (None, None, 0)


def test_weeks_of_a_year_with_53_weeks_stand_in_order():
    notes = [note(date="2026-12-31"), note(date="2027-01-03"), note(date="2027-01-04")]
    result = table(notes, window=Window(date(2027, 1, 5), 3))

    assert list(map(str, result.weeks)) == ["2026-W52", "2026-W53", "2027-W01"]
    assert list(result.team.values()) == [0, 2, 1]


# One row.


def test_a_row_sums_up_the_window():
    result = table(
        [
            note(W45, minutes=35, roles=["user"], relationship="customer"),
            note(W46, minutes=None, roles=["user", "buyer"], relationship="prospect"),
            note(W46, minutes=20),
            note(W45, minutes=600, date="2026-10-30"),
        ]
    )
    found = row(result, "caroline")

    assert (found.total, found.figures.minutes, found.figures.notes_without_minutes) == (3, 55, 1)
    assert (found.figures.users, found.figures.companies) == (2, 3)
    assert found.figures.relationships == {"customer": 1, "prospect": 1, "unknown": 1}
    assert (found.weeks_met, found.weeks_active, found.streak) == (2, 2, 3)
    assert result.total == 3


def test_last_and_streak_look_at_all_that_came_before_the_window():
    old = [note(date=day) for day in ("2026-10-01", "2026-10-08", "2026-10-15", "2026-10-22")]
    found = row(table(old), "caroline")

    assert (found.total, found.last, found.days_since, found.is_quiet) == (0, date(2026, 10, 22), 30, True)
    assert row(table(old, window=Window(TODAY, 1, parse_week("2026-W43"))), "caroline").streak == 4


@pytest.mark.parametrize(("day", "quiet"), [("2026-11-07", False), ("2026-11-06", True)])
def test_over_two_weeks_is_quiet(day: str, quiet: bool):
    assert row(table([note(date=day)]), "caroline").is_quiet is quiet


def test_what_comes_after_the_window_is_not_looked_at():
    found = row(table([note(W45), note(W47)], window=Window(TODAY, 2, W46)), "caroline")

    assert (found.last, found.total, found.streak) == (date(2026, 11, 4), 1, 0)


def test_late_notes_are_told_and_still_count():
    notes = [note(W46), note(W46)]
    known = people(ROSTER)
    introductions = introduced(notes[:1], day=date(2026, 11, 19)) | introduced(notes[1:], day=date(2026, 11, 20))
    found = row(tally(judge(notes, [], introductions, known), known, Window(TODAY, 3)), "caroline")

    assert (found.total, found.figures.late, found.figures.lags, found.figures.lag_median) == (2, 1, 2, 7.5)


def test_work_of_its_own_kind_is_shown_and_no_interview():
    notes = [note(type="sales"), note(type="support-listen"), note(type="support-listen"), note(source="second-hand")]
    result = table([*notes, note(date="2026-01-05", type="sales")])
    found = row(result, "caroline")

    assert (found.total, found.figures.companies) == (0, 0)
    assert (found.figures.sales, found.figures.support_listen, found.figures.second_hand) == (1, 2, 1)
    assert (found.last, found.weeks_met) == (None, 0)
    assert sorted(each.reason for each in result.not_counted) == [
        "sales",
        "second-hand",
        "support-listen",
        "support-listen",
    ]


# Pairs and observers.


def test_the_second_pm_is_shown_as_paired_and_the_lead_credited():
    result = table([note(W46, ["caroline", "dev"])])

    assert (row(result, "caroline").total, row(result, "caroline").paired) == (1, 0)
    assert (row(result, "dev").total, row(result, "dev").paired, row(result, "dev").weeks_met) == (0, 1, 0)
    assert row(result, "dev").paired_counts == {W45: 0, W46: 1, W47: 0}
    assert result.team[W46] == 1


def test_a_pair_meets_the_goal_of_a_pm_in_their_first_four_weeks():
    roster = ROSTER.replace("Dev Patel", "Dev Patel, from: 2026-11-02")
    found = row(table([note(W46, ["caroline", "dev"])], roster), "dev")

    assert (found.total, found.weeks_met, found.weeks_active, found.met) == (0, 1, 2, {W46})


def test_a_pair_that_does_not_count_is_no_pair():
    assert row(table([note(W46, ["caroline", "dev"], body="")]), "dev").paired == 0


def test_observers_are_told_in_the_window_only():
    notes = [note(W46, observers=["dev"]), note(W47, observers=["dev"]), note(W46, observers=["dev"], body="")]
    result = table([*notes, note(date="2026-01-05", observers=["dev"])])

    assert row(result, "dev").observed == 2


# Who has a row.


def test_rows_sort_by_name_and_not_by_number():
    roster = "pms: {z: {name: alma}, a: {name: Zoe}, m: {name: Émile}, b: {name: Bo}}"

    assert names(table([note(pm="a"), note(pm="a")], roster)) == ["z", "b", "a", "m"]


def test_somebody_off_the_roster_has_a_row_and_no_goal():
    result = table([note(W46, "zoe@example.com"), note(W46, "max")])
    found = row(result, "zoe@example.com")

    assert (found.person.email, found.person.on_roster, found.total) == ("zoe@example.com", False, 1)
    assert (found.weeks_active, found.weeks_met, found.streak) == (0, 0, 0)
    assert row(result, "max").person.email is None
    assert {each.pm for each in result.strangers} == {"zoe@example.com", "max"}
    assert result.attainment[W46] == Attainment(0, 2)


def test_spellings_of_one_e_mail_are_one_person():
    result = table([note(W45, "Zoe@Example.com"), note(W46, "zoe@example.com")], "")

    assert [each.total for each in result.rows] == [2]


def test_without_a_roster_everybody_with_an_e_mail_is_measured():
    result = table([note(W45, "zoe@example.com"), note(W46, "zoe@example.com"), note(W46, "max")], "")

    assert (row(result, "zoe@example.com").weeks_met, row(result, "zoe@example.com").weeks_active) == (2, 2)
    assert (row(result, "max").weeks_met, row(result, "max").weeks_active) == (0, 0)
    assert result.attainment == {W45: Attainment(1, 1), W46: Attainment(1, 1), W47: Attainment(0, 1)}


@pytest.mark.parametrize(
    "fields",
    [{"type": "sales"}, {"type": "support-listen"}, {"source": "second-hand"}, {"pm": ["caroline", "zoe@example.com"]}],
)
def test_work_of_any_kind_gives_somebody_off_the_roster_a_row(fields: dict[str, Any]):
    assert names(table([note(**{"pm": "zoe@example.com"} | fields)])) == ["caroline", "dev", "zoe@example.com"]


def test_away_weeks_are_told_apart_from_weeks_before_the_first():
    roster = "away: [2026-W45]\n" + ROSTER.replace("Dev Patel", "Dev Patel, from: 2026-11-09, away: [2026-W47]")
    result = table([note(W46, "zoe@example.com")], roster)

    assert (set(row(result, "dev").goals), row(result, "dev").away) == ({W46}, {W45, W47})
    assert row(result, "caroline").away == row(result, "zoe@example.com").away == {W45}
    assert row(table([], ROSTER.replace("Dev Patel", "Dev Patel, from: 2026-11-16")), "dev").away == set()


def test_somebody_off_the_roster_with_nothing_in_the_window_has_no_row():
    assert names(table([note(date="2026-01-05", pm="zoe@example.com")])) == ["caroline", "dev"]


def test_an_invalid_note_makes_no_row_and_without_a_date_is_named_in_every_window():
    result = table([problem(pm="zoe@example.com", date="soon"), problem("p/q/old.md", date="2026-01-05")])

    assert names(result) == ["caroline", "dev"]
    assert [(each.reason, each.week) for each in result.not_counted] == [("invalid", None)]


# The team.


def test_attainment_is_pms_who_met_of_pms_active():
    roster = "away: [2026-W45]\n" + ROSTER.replace("Dev Patel", "Dev Patel, away: [2026-W46]")
    result = table([note(W45), note(W46), note(W46, "dev")], roster)

    assert result.attainment == {W45: Attainment(0, 0), W46: Attainment(1, 1), W47: Attainment(0, 2)}
    assert set(row(result, "dev").goals) == {W47}
    assert result.team == {W45: 1, W46: 2, W47: 0}


@pytest.mark.parametrize(
    "text", ["", "goal: []\n", "goal: {interviews: 5, from: 2026-11-16}\n", "goal: {interviews: 3}\n"]
)
def test_a_goal_that_is_asked_for_overrides_every_other(text: str):
    roster = text + ROSTER.replace("Dev Patel", "Dev Patel, goal: {interviews: 4}")
    result = table([note(W45), note(W45), note(W46), note(W46, "dev"), note(W46, "dev")], roster, goal=2)

    assert result.goal == 2
    assert (row(result, "caroline").met, row(result, "dev").met) == ({W45}, {W46})


def test_a_goal_that_is_asked_for_leaves_pairing_as_it_is():
    roster = "goal: {interviews: 3, paired: counts}\n" + ROSTER

    assert row(table([note(W46, ["caroline", "dev"])], roster, goal=1), "dev").weeks_met == 1


def test_the_goal_shown_is_that_of_the_last_week():
    assert table([], "goal: [{interviews: 1}, {interviews: 2, from: 2026-11-16}]").goal == 2
    assert table([], "goal: [{interviews: 1}, {interviews: 2, from: 2026-11-16}]", Window(TODAY, 2, W46)).goal == 1


# Groups.


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("product", {"checkout": 1, "reseller-portal": 2}),
        ("segment", {"enterprise": 1, "smb": 1, "unknown": 1}),
        ("type", {"learning": 1, "win-loss": 1}),
        ("relationship", {"prospect": 1, "unknown": 1}),
    ],
)
def test_a_note_is_one_credit_and_seen_in_each_of_its_groups(by: str, expected: dict[str, int]):
    notes = [
        note(also_products=["checkout", "reseller-portal"], segments=["smb", "enterprise"]),
        note(type="win-loss", relationship="prospect"),
        note(type="sales", segments=["smb"]),
        note(date="2026-01-05"),
    ]
    result = table(notes, by=by)

    assert {each.key: each.total for each in result.groups or ()} == expected
    assert result.total == 2
    assert table(notes, by="pm").groups is table(notes).groups is None


# The audit view.


def test_the_audit_view_counts_each_introduction_for_its_author_in_its_week():
    known = people(ROSTER)
    day = date(2026, 11, 12)
    history = [
        ("prod/interviews/checkout/a.md", Introduction("1" * 40, "Caro", "caroline@example.com", day, 1)),
        ("prod/interviews/checkout/b.md", Introduction("2" * 40, "Zoe", "zoe@x.org", day, 2)),
    ]
    result = tally(from_history(history, known), known, Window(TODAY, 3), basis="commits", by="product")

    assert result.basis == "commits"
    assert [(each.person.pm, each.counts[W46], each.last) for each in result.rows] == [
        ("caroline", 1, day),
        ("dev", 0, None),
        ("zoe@x.org", 1, day),
    ]
    assert [(each.key, each.total) for each in result.groups or ()] == [("checkout", 2)]


fields = st.fixed_dictionaries(
    {
        "week": st.sampled_from([W45, W46, W47]),
        "pm": st.sampled_from(["caroline", "dev", "zoe@x.org", ["dev", "caroline"], None]),
    },
    optional={"type": st.sampled_from(["sales", "win-loss"]), "body": st.sampled_from(["", "- pain: x"])},
)


@given(st.lists(fields, max_size=8), st.integers(1, 4), st.sampled_from(["", ROSTER]))
@settings(max_examples=50, deadline=None)
def test_the_teams_counts_are_those_of_its_rows(asked: list[dict[str, Any]], count: int, text: str):
    result = table([note(**each) for each in asked], text, Window(TODAY, count))

    for week in result.weeks:
        assert result.team[week] == sum(each.counts[week] for each in result.rows)
        assert 0 <= result.attainment[week].met <= result.attainment[week].active <= len(result.rows)
    for each in result.rows:
        assert each.weeks_met <= each.weeks_active <= count
        assert each.total == sum(each.counts.values())


def test_a_verdict_alone_is_counted_unless_it_has_a_reason():
    person = people().named("dev")

    assert Verdict("p", person, W46).is_counted
    assert not Verdict("p", person, W46, "empty").is_counted


def test_a_table_that_ends_earlier_says_how_long_ago_it_was_then():
    notes = [interview(customer="A", date="2026-10-28", pm="dev"), interview(customer="B", date="2026-11-18", pm="dev")]
    known = people()
    verdicts = judge(notes, [], introduced(notes), known)
    found = row(tally(verdicts, known, Window(TODAY, 3, Week(2026, 45))), "dev")
    assert (found.last, found.days_since) == (date(2026, 10, 28), 11)
