"""One person against the goal: active weeks, met weeks, pairs, and streaks. 2026-W47 is the running week."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import config
from interviewlog.insights.goals import Goals, first_whole_week
from interviewlog.insights.people import Person, of_roster
from interviewlog.weeks import Week, parse_week, span

RUNNING = parse_week("2026-W47")
LAST_EIGHT = tuple(span(RUNNING - 7, RUNNING))


def weeks(counts: str, last: Week = RUNNING) -> dict[Week, int]:
    """Read `1 0 2` as the counts of the weeks that end with `last`."""
    numbers = [int(word) for word in counts.split()]
    return {last - back: number for back, number in enumerate(reversed(numbers)) if number}


def goals(led: str = "", paired: str = "", text: str = "pms: {ann: }") -> Goals:
    settings = config(text)
    person = (
        of_roster(settings.pms["ann"]) if "ann" in settings.pms else Person("ann@example.com", "Ann", "ann@example.com")
    )
    return Goals(settings, person, weeks(led), weeks(paired))


def met_of_active(found: Goals) -> tuple[int, int]:
    return found.weeks_met(LAST_EIGHT, RUNNING), found.weeks_active(LAST_EIGHT, RUNNING)


# Met and active weeks.


@pytest.mark.parametrize(
    ("led", "expected"),
    [
        ("1 1 1 1 1 1 1 1", (8, 8)),
        ("1 1 1 1 1 1 1 0", (7, 7)),  # the running week is added to both only once met
        ("0 0 0 0 0 0 0 1", (1, 8)),
        ("0 0 0 0 0 0 0 0", (0, 7)),
        ("5 0 0 0 0 0 0 0", (1, 7)),
        ("", (0, 7)),
    ],
)
def test_the_running_week_counts_once_it_is_met(led: str, expected: tuple[int, int]):
    assert met_of_active(goals(led)) == expected


def test_weeks_to_come_count_for_nothing():
    found = Goals(config("pms: {ann: }"), Person("ann", "ann", on_roster=True), weeks("1 1 1", RUNNING + 2))

    assert (found.weeks_met([RUNNING, RUNNING + 1], RUNNING), found.weeks_active([RUNNING, RUNNING + 1], RUNNING)) == (
        1,
        1,
    )
    assert found.streak(RUNNING + 2, RUNNING) == 1


@pytest.mark.parametrize(("interviews", "met"), [(0, 8), (1, 5), (2, 3), (3, 1)])
def test_met_means_the_number_of_interviews_and_minutes_stand_beside_it(interviews: int, met: int):
    text = f"goal: {{interviews: {interviews}, minutes: 600}}\npms: {{ann: }}"

    assert goals("1 2 3 0 0 0 1 2", text=text).weeks_met(LAST_EIGHT, RUNNING) == met


def test_away_weeks_are_neither_active_nor_met_though_their_interviews_exist():
    text = "away: [2026-W41]\npms: {ann: {away: [2026-W43..2026-W44]}}"

    assert met_of_active(goals("1 1 1 1 1 1 1 0", text=text)) == (4, 4)


def test_weeks_outside_from_and_until_are_not_active():
    text = "pms: {ann: {from: 2026-10-13, until: 2026-11-08}}"  # a Tuesday in W42, the Sunday of W45

    assert met_of_active(goals("1 1 1 1 1 1 1 1", text=text)) == (3, 3)


# Pairs.


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("pms: {ann: }", 0),
        ("goal: {paired: counts}\npms: {ann: }", 7),
        ("goal: {paired: shown}\npms: {ann: {goal: {paired: counts}}}", 7),
        ("goal: {paired: counts}\npms: {ann: {goal: {paired: shown}}}", 0),
        ("goal: {paired: counts}\npms: {ann: {goal: {interviews: 1}}}", 7),
        ("pms: {ann: {from: 2026-10-05}}", 4),  # the Monday of W41: W41 to W44
        ("pms: {ann: {from: 2026-10-06}}", 4),  # a Tuesday: W42 to W45
        ("pms: {ann: {from: 2026-09-14}}", 1),  # W38 to W41
        ("goal: {paired: shown}\npms: {ann: {from: 2026-10-05}}", 0),
        ("pms: {ann: {from: 2026-10-05, away: [2026-W42]}}", 3),
    ],
)
def test_a_pair_counts_in_the_first_four_weeks_or_where_the_goal_says_so(text: str, met: int):
    assert goals(paired="0 1 1 1 1 1 1 1", text=text).weeks_met(LAST_EIGHT, RUNNING) == met


def test_led_and_paired_interviews_add_up_where_pairs_count():
    text = "goal: {interviews: 2, paired: counts}\npms: {ann: }"

    assert goals("1 1 0", "1 0 2", text).weeks_met(LAST_EIGHT, RUNNING) == 2


@pytest.mark.parametrize(
    ("day", "week"), [("2026-11-16", "2026-W47"), ("2026-11-17", "2026-W48"), ("2026-12-29", "2027-W01")]
)
def test_the_first_whole_week_starts_on_a_monday(day: str, week: str):
    assert first_whole_week(parse_week(week).monday.fromisoformat(day)) == parse_week(week)


# Streaks.


@pytest.mark.parametrize(
    ("led", "streak"),
    [
        ("", 0),
        ("1", 1),
        ("1 0", 1),  # the running week never breaks a streak
        ("1 1", 2),  # and may extend it
        ("1 0 0", 0),
        ("1 0 1 1 0", 2),
        ("1 0 1 1 1", 3),
        ("1 1 1 1 1 1 1 1 1 1 1 1", 12),  # longer than the window
    ],
)
def test_a_streak_is_the_met_weeks_in_a_row_up_to_now(led: str, streak: int):
    assert goals(led).streak(RUNNING, RUNNING) == streak


def test_away_weeks_neither_add_to_a_streak_nor_break_it():
    text = "away: [2026-W45]\npms: {ann: {away: [2026-W43]}}"

    assert goals("1 1 0 1 0 1 0", text=text).streak(RUNNING, RUNNING) == 4
    assert goals("1 1 1 1 1 1 0", text=text).streak(RUNNING, RUNNING) == 4


def test_a_streak_ends_where_the_window_ends():
    assert goals("1 1 1 0 0 1").streak(RUNNING - 3, RUNNING) == 3
    assert goals("1 1 1 0 0 1").streak(RUNNING - 2, RUNNING) == 0


def test_a_streak_follows_the_goals_that_held_at_the_time():
    text = "goal: [{interviews: 1}, {interviews: 2, from: 2026-11-02}]\npms: {ann: }"

    assert goals("1 1 1 2 2 0", text=text).streak(RUNNING, RUNNING) == 5
    assert goals("1 1 1 1 2 0", text=text).streak(RUNNING, RUNNING) == 1


def test_paired_weeks_hold_a_streak_where_pairs_count():
    text = "goal: {paired: counts}\npms: {ann: }"

    assert goals("0 1 0 1", "1 0 1 0", text).streak(RUNNING, RUNNING) == 4


# Who is measured.


@pytest.mark.parametrize(
    ("pm", "text", "active"),
    [
        ("zoe@example.com", "", 7),
        ("zoe@example.com", "away: [2026-W43]", 6),
        ("zoe@example.com", "pms: {ann: }", 0),
        ("zoe", "", 0),
        ("unknown", "", 0),
    ],
)
def test_off_the_roster_a_goal_holds_only_where_there_is_no_roster(pm: str, text: str, active: int):
    found = Goals(config(text), Person(pm, pm))

    assert found.weeks_active(LAST_EIGHT, RUNNING) == active


counts = st.dictionaries(st.integers(0, 12).map(lambda back: RUNNING - back), st.integers(1, 3), max_size=13)


@given(counts, counts)
def test_more_interviews_never_shorten_a_streak_or_lose_a_week(led: Mapping[Week, int], more: Mapping[Week, int]):
    person = Person("ann", "ann", on_roster=True)
    settings = config("pms: {ann: }")
    before = Goals(settings, person, led)
    after = Goals(settings, person, {week: led.get(week, 0) + more.get(week, 0) for week in {*led, *more}})

    assert 0 <= before.weeks_met(LAST_EIGHT, RUNNING) <= before.weeks_active(LAST_EIGHT, RUNNING)
    assert before.streak(RUNNING, RUNNING) <= after.streak(RUNNING, RUNNING)
    assert before.weeks_met(LAST_EIGHT, RUNNING) <= after.weeks_met(LAST_EIGHT, RUNNING)
