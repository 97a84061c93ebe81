"""The table of weeks: what fits, levels that are the same for everybody, and the strip of earlier weeks."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import interview, introduced, judge, people
from interviewlog.insights.counting import Introduction
from interviewlog.insights.stats import Stats, Window, tally
from interviewlog.interview import Interview
from interviewlog.render import facts, markdown, terminal, weekly
from interviewlog.render.grid import Screen, width
from interviewlog.render.terminal import Standing

TODAY = date(2026, 11, 20)
ROSTER = """\
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com]}
  dev: {name: Dev Patel, emails: [dev@example.com], away: [2026-W30]}
"""


def talks(numbers: Sequence[int], pm: Any = "caroline", **fields: Any) -> list[Interview]:
    """Give so many interviews a week, the last week of them being this one."""
    return [
        interview(
            f"prod/interviews/checkout/{pm}-{back}-{each}.md",
            date=str(TODAY - timedelta(weeks=back)), pm=pm, customer=f"{pm} {back} {each}", product="checkout", **fields,
        )
        for back, number in enumerate(reversed(numbers)) for each in range(number)
    ]  # fmt: skip


def stats(notes: Sequence[Interview], weeks: int | None = 8, text: str = ROSTER, **asked: Any) -> Stats:
    known = people(text)
    return tally(judge(notes, [], introduced(notes), known), known, Window(TODAY, weeks), **asked)


def shown(result: Stats, columns: int = 0, *, colour: bool = False) -> list[str]:
    return terminal.stats(result, Standing("main", "3f2a91c0"), [], Screen(columns, colour)).splitlines()


# Levels.


def test_the_level_is_the_number_and_the_same_for_everybody():
    lines = shown(stats([*talks([0, 1, 2, 3, 9]), *talks([1], "dev")], 5), 80, colour=True)

    cells = re.findall(r"\x1b\[([\d;]*)m *(\d)✓\x1b", lines[3])
    assert cells == [("32", "1"), ("1;32", "2"), ("7;32", "3"), ("7;32", "9")]
    assert "\x1b[32m  1✓\x1b[0m" in lines[4]


def test_colour_says_nothing_that_the_digits_do_not_say():
    result = stats(talks([0, 1, 2, 3, 9]), 20)

    for columns in (60, 80, 140):
        coloured = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(shown(result, columns, colour=True)))
        assert [line.rstrip() for line in coloured.splitlines()] == shown(result, columns)


# What fits.


@given(
    st.integers(20, 200),
    st.integers(1, 40),
    st.sampled_from(["", "product"]),
    st.lists(st.integers(0, 4), max_size=40),
    st.sampled_from([None, 35]),
)
@settings(max_examples=60, deadline=None)
def test_a_table_is_never_wider_than_the_terminal_and_hides_no_week_silently(
    columns: int, weeks: int, by: str, numbers: list[int], minutes: int | None
):
    result = stats(talks(numbers, minutes=minutes), weeks, by=by)
    what = weekly.layout(result, Screen(columns))
    lines = weekly.table(result, what).splitlines()

    if len(what.weeks) > 1:
        assert max(map(width, lines)) <= columns
    unseen = weeks - len(what.weeks) - len(what.earlier)
    assert any("not shown here" in words for words in weekly.legend(result, what)) is (unseen > 0)
    assert (*what.earlier, *what.weeks) == result.weeks[unseen:]


def test_a_wide_terminal_has_bars_for_the_weeks_without_a_column():
    lines = shown(stats([*talks([0, 1, 2, 3, 9] * 5), *talks([1] * 25, "dev")], 25), 120)

    head, caroline, dev, team = (line.split() for line in lines[2:6])
    assert head[1:3] == ["W23–W35", "W36"]
    assert caroline[2] == "▁▂▄██▁▂▄██▁▂▄"
    assert dev[2] == "▂▂▂▂▂▂▂▂▂▂▂▂▂"  # an interview in an away week is shown, as everywhere
    assert team[1] == "4"  # the first number: a team has no bars
    assert any("▁▂▄█ 0, 1, 2, 3 or more" in line for line in lines)
    assert not any("not shown here" in line for line in lines)


def test_away_weeks_are_dots_among_the_bars():
    lines = shown(stats(talks([1] * 25), 25), 120)

    assert lines[4].split()[2] == "▁▁▁▁▁▁▁·▁▁▁▁▁"


@pytest.mark.parametrize("columns", [0, 80, 109])
def test_bars_are_for_wide_terminals_only(columns: int):
    assert not set("▁▂▄█") & set("\n".join(shown(stats(talks([1] * 25), 25), columns)))


@pytest.mark.parametrize(("day", "name"), [(TODAY, "W22–W35"), (date(2027, 4, 7), "26W42–27W02")])
def test_bars_name_their_years_where_those_differ(day: date, name: str):
    result = tally([], people(ROSTER), Window(day, 26))

    assert shown(result, 120)[2].split()[1] == name


# Marks and further columns.


def test_hours_stand_in_a_column_where_there_is_room_and_somebody_says_them():
    result = stats([*talks([1, 1], minutes=45), *talks([1, 1], "dev")])

    for columns in (0, 120):
        lines = shown(result, columns)
        assert "hours" in lines[2].split()
        assert [("1.5" in line, "–" in line) for line in lines[3:6]] == [(True, False), (False, True), (True, False)]
    assert "hours" not in shown(result, 100)[2].split()
    assert "hours" not in shown(stats(talks([1])))[2].split()


def test_who_wrote_some_down_over_a_week_later_has_a_mark_and_no_reproach():
    notes = talks([1, 1])
    known = people(ROSTER)
    late = {each.path: Introduction("1" * 40, "C", "c@x.org", each.date + timedelta(8), 1) for each in notes[:1]}
    result = tally(judge(notes, [], introduced(notes) | late, known), known, Window(TODAY, 3))

    lines = shown(result)
    assert "2†" in lines[3].split()
    assert any("† some written down over a week later" in line for line in lines)
    assert lines[-1] == "Notes: written down 4 days later (median of 2) · 1 over a week later †"
    assert "| 2† |" in markdown.stats(result, Standing())
    assert " 2† " in markdown.stats(result, Standing(), is_slack=True)


def test_a_goal_of_ones_own_and_a_goal_before_are_said():
    text = "goal: [{interviews: 1}, {interviews: 2, from: 2026-11-09}]\n" + ROSTER.replace(
        "emails: [dev@example.com]", "goal: {interviews: 3}"
    )
    result = stats(talks([1, 1, 1]), 3, text)
    lines = shown(result)

    assert lines[0].startswith("Interviews per PM and week · goal 2 (1 until 2026-W45) · ")
    assert lines[3].split()[2:5] == ["1✓", "1", "1"]
    assert any("goal 3 for Dev Patel" in line for line in lines)
    assert stats(talks([1, 1, 1]), 3, text, goal=1).goals == dict.fromkeys(result.weeks, 1)


def test_two_of_one_name_are_told_apart():
    text = "pms: {ann: {name: Ann Lee}, al: {name: Ann Lee}, bo: {name: Bo, emails: [bo@x.org]}}"
    notes = talks([1], "bo@home.example")
    known = people(text, **{"bo@home.example": ("Bo", "bo@home.example")})
    result = tally(judge(notes, [], introduced(notes), known), known, Window(TODAY, 2))

    assert [line.partition("  ")[0] for line in shown(result)[3:7]] == [
        "Ann Lee (al)",
        "Ann Lee (ann)",
        "Bo",
        "bo@home.example",
    ]
    assert "| Ann Lee (al) |" in markdown.stats(result, Standing())


# The lines below.


def test_a_line_with_nothing_to_say_is_not_there():
    assert facts.facts(stats([])) == []
    assert facts.facts(stats(talks([1]))) == [
        "Heard: unknown 1 · users in 0 of 1 · 1 company",
        "Notes: written down the same day (median of 1)",
    ]


def test_every_share_stands_with_what_it_is_a_share_of():
    notes = [
        *talks([2], relationship="customer", source="direct", minutes=30, roles=["user"]),
        *talks([1], "dev", relationship="prospect"),
        interview("prod/interviews/x/s.md", date=str(TODAY), pm="dev", type="sales", source="direct"),
        interview("prod/interviews/x/h.md", date=str(TODAY), pm="dev", source="second-hand", via="cs"),
        interview("prod/interviews/x/l.md", date=str(TODAY), pm="dev", type="support-listen"),
    ]

    assert facts.facts(stats(notes)) == [
        "Heard: customers 2 · prospects 1 · users in 2 of 3 · 3 companies",
        "Mix: not customers 1 of 3 · both in one PM's week 0 of 2 · at first hand 3 of 4 (2 do not say)",
        "Other work: listened in 1 · sales calls 1 · second-hand 1 · learning to sales 3 : 1",
        (
            "Notes: 1.0 hours, +1 without length · goal 60 minutes per PM and week · "
            "written down the same day (median of 3)"
        ),
    ]


def test_long_lists_of_what_can_be_mended_are_cut_and_the_rest_is_named():
    notes = [interview(f"prod/interviews/x/n{n:02}.md", customer=f"C{n}", date=str(TODAY), body="") for n in range(20)]
    lines = shown(stats(notes))

    assert sum("empty: add one observation" in line for line in lines) == 12
    assert "  and 8 more notes: ilog stats --explain" in lines
