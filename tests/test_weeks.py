from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.errors import Code, IlogError
from interviewlog.weeks import Week, parse_day, parse_range, parse_since, parse_until, parse_week, span

TODAY = date(2026, 11, 21)  # a Saturday, in 2026-W47
days = st.dates(date(1990, 1, 1), date(2199, 12, 29))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-11-18", "2026-W47"),
        ("2027-01-01", "2026-W53"),  # a year with 53 weeks, and an ISO year that outlasts the calendar's
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2024-12-30", "2025-W01"),  # and one that starts before it
        ("2020-12-31", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("1990-01-01", "1990-W01"),
    ],
)
def test_a_day_falls_in_its_iso_week(day: str, week: str):
    assert str(Week.of(date.fromisoformat(day))) == week


def test_a_week_runs_from_monday_to_sunday():
    week = parse_week("2026-W47")

    assert (week.monday, week.sunday) == (date(2026, 11, 16), date(2026, 11, 22))


def test_weeks_are_added_across_a_year_of_53_weeks():
    assert [str(week) for week in span(parse_week("2026-W52"), parse_week("2027-W02"))] == [
        "2026-W52",
        "2026-W53",
        "2027-W01",
        "2027-W02",
    ]
    assert parse_week("2027-W01") - 1 == parse_week("2026-W53")


def test_a_span_that_runs_backwards_is_empty():
    assert list(span(parse_week("2026-W02"), parse_week("2026-W01"))) == []


@given(days, st.integers(-60, 60))
def test_a_week_is_read_back_from_how_it_is_written(day: date, weeks: int):
    week = Week.of(day)

    assert parse_week(str(week)) == week
    assert week.monday <= day <= week.sunday
    assert (week + weeks) - weeks == week


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W47", "2026-W47"),
        ("2026-w7", "2026-W07"),
        ("2026W47", "2026-W47"),
        (" this ", "2026-W47"),
        ("LAST", "2026-W46"),
        ("1990-W01", "1990-W01"),
    ],
)
def test_weeks_are_read_as_people_write_them(text: str, week: str):
    assert str(parse_week(text, TODAY)) == week


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-47",
        "2026-W00",
        "2025-W53",
        "2026-W54",
        "W47",
        "next",
        "2200-W01",
        "9999-W52",
        "0001-W01",
        "1989-W52",
    ],
)
def test_what_is_no_week_is_a_usage_error_with_a_hint(text: str):
    with pytest.raises(IlogError) as error:
        parse_week(text, TODAY)

    assert error.value.code == Code.USAGE
    assert "2026-W47" in error.value.hint


def test_this_and_last_need_to_know_today():
    with pytest.raises(IlogError):
        parse_week("this")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-18", "2026-11-18"),
        ("today", "2026-11-21"),
        ("Yesterday", "2026-11-20"),
        ("saturday", "2026-11-21"),  # the latest one, today included
        ("sunday", "2026-11-15"),
        ("monday", "2026-11-16"),
        ("3d", "2026-11-18"),
        ("2w", "2026-11-07"),
        ("0d", "2026-11-21"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: str):
    assert parse_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    ["", "18.11.2026", "2026-11-31", "2026-13-01", "20261118", "0000-01-01", "tomorrow", "3", "２０２６-１１-１８"],
)
def test_what_is_no_day_is_a_usage_error(text: str):
    with pytest.raises(IlogError) as error:
        parse_day(text, TODAY)

    assert error.value.code == Code.USAGE
    assert error.value.hint


@given(st.text(max_size=12))
def test_any_other_word_is_a_usage_error_and_nothing_else(text: str):
    for read in (lambda: parse_week(text, TODAY), lambda: parse_until(text, TODAY), lambda: parse_range(text)):
        try:
            read()
        except IlogError as error:
            assert error.code == Code.USAGE  # noqa: PT017


def test_since_and_until_take_a_week_as_its_first_and_last_day():
    assert parse_since("2026-W47", TODAY) == date(2026, 11, 16)
    assert parse_until("2026-W47", TODAY) == date(2026, 11, 22)
    assert parse_until("last", TODAY) == date(2026, 11, 15)
    assert parse_since("2w", TODAY) == parse_until("2w", TODAY) == TODAY - timedelta(weeks=2)


def test_the_latest_week_that_can_be_asked_for_has_a_sunday_and_room_for_more():
    assert (Week.of(parse_until("2199-W52", TODAY)) + 8).sunday.year == 2200


def test_a_range_is_two_weeks_or_one():
    assert parse_range("2026-W33..2026-W34") == (parse_week("2026-W33"), parse_week("2026-W34"))
    assert parse_range("2026-W33") == (parse_week("2026-W33"),) * 2


@pytest.mark.parametrize("text", ["2026-W34..2026-W33", "2026-W33..", "..2026-W33", "..", "this"])
def test_a_range_that_is_open_or_runs_backwards_is_refused(text: str):
    with pytest.raises(IlogError):
        parse_range(text)
