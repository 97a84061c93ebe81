"""Away weeks as a change of text: only they change, and what is read afterwards is what was meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.absence import EVERYBODY, away, with_weeks, without_weeks
from interviewlog.errors import Code, IlogError
from interviewlog.settings import parse_config
from interviewlog.weeks import Week, are_weeks, parse_range, parse_spoken_range, ranges, span

FIRST = Week(2026, 30)
LISTS = (
    "",
    "[]",
    "2026-W33",
    "[2026-W33]",
    "[ 2026-W33..2026-W36,2026-W40 ]",
    "['2026-W33', \"2026-W34\"]  # by hand",
    "\n{indent}- 2026-W33 # one\n{indent}- 2026-W35..2026-W36\n{indent}# the end",
)
ROSTERS = (
    "pms:\n  dev: {{name: Dev, away: {value}, emails: [d@x.org]}}\n",
    "pms:\n  dev:\n    name: Dev\n    away: {value}\n    # more\n    emails:\n    - d@x.org\n",
    "pms:\n  dev: {{name: Dev}} # none\n",
    "pms:\n  dev:\n  eve:\n",
    "# top\naway: {value}\npms:\n  dev: {{}}\n",
    "away: {value}",
    "",
)
weeks_of_a_year = st.frozensets(st.integers(0, 30).map(lambda number: FIRST + number), max_size=12)


@st.composite
def rules(draw):
    """Give a text of ilog.yaml in one of the ways people write it, and whose weeks to change."""
    roster, value = draw(st.sampled_from(ROSTERS)), draw(st.sampled_from(LISTS))
    is_flow = "{{name: Dev, away" in roster
    if is_flow and "\n" in value:
        value = "[2026-W33]"
    if is_flow and "#" in value:
        value = value.partition("  #")[0]
    text = roster.format(value=value.format(indent="    " if "    away" in roster else "  "))
    text = f"# first\ngoal: {{interviews: 2}}\n{text}"
    handle = draw(st.sampled_from(["dev", EVERYBODY])) if "dev" in text else EVERYBODY
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), handle


@given(rules(), weeks_of_a_year)
def test_added_weeks_are_read_again_and_every_other_byte_stays(text_and_handle, weeks):
    text, handle = text_and_handle
    before = parse_config(text)

    after = with_weeks(text, handle, weeks)

    assert away(parse_config(after), handle) == away(before, handle) | weeks
    assert with_weeks(after, handle, weeks) == after
    other = EVERYBODY if handle else "dev"
    if not other or other in before.pms:
        assert away(parse_config(after), other) == away(before, other)
    assert every_word(text) <= every_word(after)
    if not weeks - away(before, handle):
        assert after == text


def every_word(text: str) -> set[str]:
    return set(text.replace("[", " ").replace("]", " ").replace(",", " ").replace("}", " ").split()) - {
        "away:",
        "{",
        "dev:",
    }


@given(rules(), weeks_of_a_year, weeks_of_a_year)
def test_weeks_taken_away_are_gone_and_no_others(text_and_handle, weeks, gone):
    text, handle = text_and_handle
    text = with_weeks(text, handle, weeks)
    before = parse_config(text)

    after = without_weeks(text, handle, gone)

    assert away(parse_config(after), handle) == away(before, handle) - gone
    assert without_weeks(after, handle, gone) == after
    assert parse_config(after).goals == before.goals
    assert all(line in after for line in text.splitlines() if line.startswith("#"))


def test_what_is_typed_between_the_lines_stays():
    text = "pms:\n  dev: # him\n    away: [2026-W33]  # sea\n    name: Dev # all\n# end"

    after = with_weeks(text, "dev", [Week(2026, 52), Week(2026, 53)])

    assert after == text.replace("[2026-W33]", "[2026-W33, 2026-W52..2026-W53]")
    assert without_weeks(after, "dev", [Week(2026, 52), Week(2026, 53)]) == text


def test_a_text_that_only_a_person_can_change_is_left_alone():
    with pytest.raises(IlogError) as caught:
        with_weeks("pms:\n  ? dev\n  : {name: [Dev\n", "dev", [FIRST])

    assert caught.value.code == Code.CONFIG


# Weeks as people say them


@given(weeks_of_a_year)
def test_ranges_hold_just_these_weeks(weeks):
    assert frozenset(week for word in ranges(weeks) for week in span(*parse_range(word))) == weeks


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-11-20", "W52", "2026-W52..2026-W52"),
        ("2026-11-20", "w52..w02", "2026-W52..2027-W02"),
        ("2026-11-20", "W30", "2026-W30..2026-W30"),
        ("2026-11-20", "W10", "2027-W10..2027-W10"),
        ("2026-11-20", "this..next", "2026-W47..2026-W48"),
        ("2026-11-20", "last", "2026-W46..2026-W46"),
        ("2026-11-20", "2027-W05..W06", "2027-W05..2027-W06"),
        ("2026-11-20", "this..W50", "2026-W47..2026-W50"),
        ("2026-11-20", "2026-W52..2027-W02", "2026-W52..2027-W02"),
        ("2027-01-05", "W52..W01", "2026-W52..2027-W01"),
        ("2027-01-05", "W40", "2027-W40..2027-W40"),
        ("2027-02-10", "W52", "2027-W52..2027-W52"),
    ],
)
def test_a_week_without_a_year_is_the_one_that_people_mean(today, text, expected):
    first, last = parse_spoken_range(text, date.fromisoformat(today))

    assert f"{first}..{last}" == expected
    assert are_weeks(text)


@pytest.mark.parametrize("word", ["caroline", "w", "week", "wanda@example.com", "W523", "", "..", "2026", "Wednesday"])
def test_other_words_are_no_weeks(word):
    assert not are_weeks(word)
    with pytest.raises(IlogError) as caught:
        parse_spoken_range(word, date(2026, 11, 20))
    assert caught.value.code == Code.USAGE


@given(st.text(max_size=12), st.dates(date(1995, 1, 1), date(2190, 1, 1)))
def test_no_word_however_odd_gives_anything_but_weeks_or_our_error(word, today):
    try:
        first, last = parse_spoken_range(word, today)
    except IlogError:
        return
    assert first <= last


@given(st.integers(1, 52), st.integers(1, 52), st.dates(date(1995, 1, 1), date(2190, 1, 1)))
def test_a_range_without_years_is_less_than_a_year_long_and_not_long_past(first, last, today):
    begin, end = parse_spoken_range(f"W{first}..W{last}", today)

    assert (begin.number, end.number) == (first, last)
    assert begin <= end < begin + 53
    assert Week.of(today) - 26 <= begin <= Week.of(today) + 53
