"""ISO 8601 weeks and the words people use for days: `2026-W47`, `last`, `3d`, `monday`."""

import re
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from typing import NamedTuple

from interviewlog.errors import Code, IlogError

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_AGO = re.compile(r"(\d{1,4})([dw])", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

EARLIEST = date(1990, 1, 1)
LATEST_YEAR = 2199  # that a person may ask for; each week up to it would be drawn
LATEST = date(MAXYEAR - 1, 12, 31)
_SHORTEST_YEAR = 52  # weeks


class Week(NamedTuple):
    """One ISO week, Monday to Sunday; `year` is the ISO year, which differs from the calendar's at the turn.

    A tuple, for counting asks thousands of weeks for their order and hash.
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """Give the week that `day` falls in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    def __add__(self, weeks: int) -> "Week":  # type: ignore[override]
        if 1 <= self.number + weeks <= _SHORTEST_YEAR:  # no need to ask the calendar
            return Week(self.year, self.number + weeks)
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __sub__(self, weeks: int) -> "Week":
        return self + -weeks


@lru_cache
def first_whole_week(since: date) -> Week:
    """Give the first ISO week that lies whole after a day: the day's own if it is a Monday."""
    return Week.of(min(since, LATEST) + timedelta(days=(7 - since.weekday()) % 7))


@lru_cache
def last_whole_week(until: date) -> Week:
    """Give the last ISO week that lies whole before the end of a day: the day's own if it is a Sunday."""
    return Week.of(max(until, EARLIEST) - timedelta(days=(until.weekday() + 1) % 7))


def span(first: Week, last: Week) -> Iterator[Week]:
    """Yield every week from `first` to `last`, both included; nothing when `last` is earlier."""
    week = first
    while week <= last:
        yield week
        week += 1


def ranges(weeks: Iterable[Week]) -> list[str]:
    """Write weeks as few words as will do, in their order: `2026-W33..2026-W34`, `2026-W52`."""
    runs: list[list[Week]] = []
    for week in sorted(weeks):
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return [f"{run[0]}..{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]


def parse_week(text: str, today: date | None = None) -> Week:
    """Read `2026-W47`, and with `today` also `this` and `last`.

    Raises IlogError (usage) for anything else, also for a week 53 that its year does not have, and outside
    1990 to 2199.
    """
    word = text.strip().lower()
    if today is not None and word in {"this", "last"}:
        return Week.of(today) - (word == "last")
    found = _WEEK.fullmatch(word)
    if found and EARLIEST.year <= int(found[1]) <= LATEST_YEAR:
        try:
            return Week.of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except ValueError:
            pass
    raise IlogError(f"not a week: {text}", hint="write it as 2026-W47, or say this or last", code=Code.USAGE)


def parse_day(text: str, today: date) -> date:
    """Read `2026-11-18`, `today`, `yesterday`, `monday` (the latest one, today included), `3d` or `2w` ago.

    Raises IlogError (usage) for anything else and for days that do not exist.
    """
    word = text.strip().lower()
    if word in {"today", "yesterday"}:
        return today - timedelta(days=word == "yesterday")
    if word in _DAYS:
        return today - timedelta(days=(today.weekday() - _DAYS.index(word)) % 7)
    ago = _AGO.fullmatch(word)
    try:
        if ago:
            return today - timedelta(days=int(ago[1]) * (7 if ago[2] == "w" else 1))
        if _DAY.fullmatch(word):
            return date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise IlogError(f"no such day: {text}", hint=f"write it as {today.isoformat()}", code=Code.USAGE) from None
    raise IlogError(
        f"not a date: {text}",
        hint=f"write it as {today.isoformat()}, today, yesterday, monday, 3d or 2w",
        code=Code.USAGE,
    )


def parse_since(text: str, today: date) -> date:
    """Read the first day meant by a day word or a week (its Monday)."""
    return _day_or_week(text, today, last_day=False)


def parse_until(text: str, today: date) -> date:
    """Read the last day meant by a day word or a week (its Sunday)."""
    return _day_or_week(text, today, last_day=True)


def _day_or_week(text: str, today: date, *, last_day: bool) -> date:
    word = text.strip().lower()
    if word in {"this", "last"} or _WEEK.fullmatch(word):
        week = parse_week(word, today)
        return week.sunday if last_day else week.monday
    return parse_day(text, today)


LONGEST_RANGE = 104


def parse_range(text: str) -> tuple[Week, Week]:
    """Read `2026-W33..2026-W34`, or one week alone; raises IlogError (usage)."""
    first, dots, last = text.partition("..")
    return _in_order(text, parse_week(first), parse_week(last if dots else first))


def _in_order(text: str, *weeks: Week) -> tuple[Week, Week]:
    if weeks[1] > weeks[0] + LONGEST_RANGE:
        what = f"more than {LONGEST_RANGE} weeks: {text}"
        raise IlogError(what, hint="write two years at most in one range", code=Code.USAGE)
    if weeks[1] < weeks[0]:
        raise IlogError(f"the weeks run backwards: {text}", hint=f"{weeks[1]}..{weeks[0]}", code=Code.USAGE)
    return weeks[0], weeks[1]


_SPOKEN = re.compile(r"(?:(\d{4})-?)?W(\d{1,2})|this|next|last", re.IGNORECASE | re.ASCII)
_JUST_PAST = 4
_LONG_PAST = 26


def are_weeks(text: str) -> bool:
    """Tell whether a word is meant as weeks by whoever types it: `W52`, `2026-W52..2027-W02`, `next`."""
    return bool(_SPOKEN.fullmatch(text.partition("..")[0].strip()))


def parse_spoken_range(text: str, today: date) -> tuple[Week, Week]:
    """Read weeks as people say them: `this`, `next`, `W52`, `W52..W02`, or with their years; raises IlogError (usage).

    Without a year it is the running year's week; next year's if that is more than 26 weeks past, and last year's if
    that is not yet 4 weeks past. The second week of a range is the first one of its number after the first.
    """
    first, dots, last = text.partition("..")
    begin = _spoken(first, Week.of(today), after=None)
    return _in_order(text, begin, _spoken(last, Week.of(today), after=begin) if dots else begin)


def _spoken(text: str, now: Week, *, after: Week | None) -> Week:
    word = text.strip().lower()
    found = _SPOKEN.fullmatch(word)
    if found and not found[2]:
        return now + {"this": 0, "next": 1, "last": -1}[word]
    if not found or found[1]:
        return parse_week(text)
    earliest = after or now - _JUST_PAST
    years = (earliest.year, earliest.year + 1) if after else (now.year - 1, now.year, now.year + 1)
    for year in years:
        limit = earliest if after or year < now.year else now - _LONG_PAST
        if (week := _numbered(year, int(found[2]))) and week >= limit:
            return week
    raise IlogError(f"no such week: {text}", hint=f"write it with its year: {now}", code=Code.USAGE)


def _numbered(year: int, number: int) -> Week | None:
    try:
        return Week.of(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None
