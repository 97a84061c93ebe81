"""The words of tables: what they are true of, marks and legends, and how long ago something was."""

from datetime import date

import pytest

from builders import config, interview, introduced, judge, people
from interviewlog.cli.standing import ago
from interviewlog.insights.notices import Notice
from interviewlog.insights.reasons import explain
from interviewlog.insights.stats import Window, tally
from interviewlog.render import markdown, phrases, terminal
from interviewlog.render.grid import Screen
from interviewlog.render.terminal import Standing

TODAY = date(2026, 11, 20)
AWAY = """\
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com], away: [2026-W46], from: 2026-11-02}
  dev: {name: Dev Patel, emails: [dev@example.com]}
"""


def table(notes, rules: str = AWAY, standing: Standing = Standing("main", "3f2a91c0"), screen: Screen = Screen(), *,  # noqa: B008
          weeks: int = 4, notices=()) -> list[str]:  # fmt: skip
    verdicts = judge(notes, [], introduced(notes), people(rules))
    result = tally(verdicts, people(rules), Window(TODAY, weeks))
    return terminal.stats(result, standing, notices, screen).splitlines()


def test_weeks_out_of_the_team_or_away_have_a_dot_and_every_mark_its_legend():
    notes = [interview(pm=["dev", "caroline"], date="2026-11-18"), interview(customer="B", pm="dev", date="2026-10-28")]
    lines = table(notes)
    assert lines[2].split() == ["PM", "W44", "W45", "W46", "W47*", "total", "met", "streak", "last"]
    assert lines[3].split()[2:6] == ["·", "0", "·", "0+1✓"]
    assert "* so far · ✓ goal met · · away or not in the team · 0+1 paired" in lines


def test_who_was_not_heard_for_over_two_weeks_is_marked():
    lines = table([interview(pm="dev", date="2026-10-28")])
    assert lines[4].endswith("23 days ago !")
    assert any(line.endswith("! over two weeks") for line in lines)


def test_the_head_says_what_the_table_is_true_of():
    standing = Standing("main", "3f2a91c0ffee", "2 hours ago", behind=1, unshared=2, unsaved=3)
    lines = table([], standing=standing)
    assert lines[0] == (
        "Interviews per PM and week · goal 1 · main at 3f2a91c, fetched 2 hours ago · "
        "stale: 1 commit behind, ilog stats --fetch · 2 notes not shared: ilog sync"
    )
    assert lines[-1] == "  3 notes are not committed: ilog save"
    assert "detached at 3f2a91c" in table([], standing=Standing("", "3f2a91c0"))[0]
    assert "nothing committed yet" in table([], standing=Standing("main"))[0]


def test_the_year_stands_where_it_changes():
    verdicts = judge([], [], {}, people(AWAY))
    result = tally(verdicts, people(AWAY), Window(date(2027, 1, 13), 4))
    assert terminal.stats(result, Standing(), [], Screen()).splitlines()[2].split()[1:5] == [
        "26W52",
        "W53",
        "27W01",
        "W02*",
    ]


def test_last_week_is_named_by_its_number_when_it_is_another():
    rules = people(AWAY)
    result = tally([], rules, Window(TODAY, 2, until=Window(TODAY).weeks([])[-3]))
    assert "0 of 2 met in 2026-W45" in terminal.stats(result, Standing(), [], Screen())


def test_notices_stand_at_the_end_cleaned():
    assert table([], notices=[Notice("x", "mind\x1b[31m this")])[-1] == "Mind: mind\\x1b[31m this"


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (-1, "in 1 day"), (-3, "in 3 days")]
)
def test_days_in_words(days, said):
    assert phrases.days_ago(days) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "just now"), (59, "just now"), (60, "1 minute ago"), (7199, "1 hour ago"), (7200, "2 hours ago"), (90_000, "1 day ago"),
     (8_640_000, "100 days ago")],
)  # fmt: skip
def test_times_in_the_largest_whole_unit(seconds, said):
    assert ago(seconds) == said


def test_the_counts_line_of_a_note_whose_date_nobody_knows():
    from builders import problem

    broken = problem(date="soon")
    (verdict,) = judge([broken], [], {}, people())
    answer = explain(verdict, [verdict], config())
    assert (answer.done, answer.goal) == (0, 0)
    assert terminal.counts_line(answer).startswith("counts: no: invalid, it cannot be read; to mend it: line 2: ")


def test_a_name_cannot_break_out_of_a_markdown_table():
    rules = 'pms: {x: {name: "a|b*c`d<e>@here\\n# f"}}'
    result = tally([], people(rules), Window(TODAY, 1))
    row = markdown.stats(result, Standing()).splitlines()[4]
    assert row.startswith("| a\\|b\\*c\\`d\\<e\\>@\u200bhere \\# f |")
    slack = markdown.stats(result, Standing(), is_slack=True)
    assert slack.count("```") == 2
    assert "`d" not in slack
