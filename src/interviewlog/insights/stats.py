"""Interviews per PM and week: verdicts gathered into one table, against the goal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from interviewlog.config import Config, Goal
from interviewlog.insights.counting import Bundle, Introduction, Verdict
from interviewlog.insights.figures import Figures, figures_of
from interviewlog.insights.people import People, Person
from interviewlog.insights.rows import Row, Rows, per_week
from interviewlog.weeks import EARLIEST, Week, span


class Group(NamedTuple):
    """One line of `--by`: the counted notes under one product, segment, type or relationship."""

    key: str
    counts: Mapping[Week, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class Attainment(NamedTuple):
    """How many of the PMs for whom a week's goal held have met it."""

    met: int
    active: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The whole answer of `ilog stats`, for every renderer. `goals` are the team's, week by week."""

    basis: str
    goal: int
    goal_minutes: int
    goals: Mapping[Week, int]
    weeks: tuple[Week, ...]
    current_week: Week
    rows: tuple[Row, ...]
    team: Mapping[Week, int]
    attainment: Mapping[Week, Attainment]
    figures: Figures
    not_counted: tuple[Verdict, ...] = ()
    by: str = ""
    groups: tuple[Group, ...] | None = None
    strangers: tuple[Person, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.team.values())


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks asked for. `count` None means all; `until` None means the running week."""

    today: date
    count: int | None = 8
    until: Week | None = None

    @property
    def last(self) -> Week:
        return self.until or Week.of(self.today)

    @property
    def first(self) -> Week | None:
        """The first week, None where it is the first that has a note."""
        if self.count is None:
            return None
        since_ever = (self.last.monday - EARLIEST).days // 7 + 1
        return self.last - (max(1, min(self.count, since_ever)) - 1)

    def weeks(self, known: Iterable[Week]) -> tuple[Week, ...]:
        """Give the weeks of the table, in which `known` weeks have notes."""
        first = self.first or min((week for week in known if week <= self.last), default=self.last)
        return tuple(span(first, self.last))


def tally(
    verdicts: Sequence[Verdict],
    people: People,
    window: Window,
    *,
    by: str = "",
    goal: int | None = None,
    basis: str = "calls",
    earlier: Iterable[Bundle] = (),
    called: Callable[[str], str] = str,
) -> Stats:
    """Gather verdicts into the table.

    `by` adds groups by product, segment, type or relationship; `goal` overrides every goal of the configuration.
    `earlier` are the interviews of weeks before the window: streaks and the last talk reach back to them.
    `called` gives the name that a product has today, by any that it ever had.
    """
    config = _with_goal(people.config, goal)
    weeks = window.weeks(verdict.week for verdict in verdicts if verdict.week)
    found = Rows(verdicts, config, weeks, window.today, earlier)
    rows = tuple(sorted(found.all(), key=lambda row: (row.person.name.casefold(), row.person.pm)))
    shown = [verdict for verdict in verdicts if verdict.week in found.shown]
    counted = [verdict for verdict in shown if verdict.is_counted]
    goal_now = config.goal_for(None, weeks[-1])
    return Stats(
        basis=basis,
        goal=goal_now.interviews,
        goal_minutes=goal_now.minutes,
        goals={week: config.goal_for(None, week).interviews for week in weeks},
        weeks=weeks,
        current_week=Week.of(window.today),
        rows=rows,
        team=per_week(counted, weeks),
        attainment={week: _attainment(rows, week) for week in weeks},
        figures=figures_of(shown),
        not_counted=tuple(v for v in verdicts if v.reason and (v.week is None or v.week in found.shown)),
        by=by,
        groups=_groups(counted, by, weeks, called) if by and by != "pm" else None,
        strangers=tuple(row.person for row in rows if not row.person.on_roster),
    )


def from_history(introductions: Iterable[tuple[str, Introduction]], people: People) -> list[Verdict]:
    """Give the audit view's verdicts: every note counts, for its commit's author, in its commit's week."""
    return [
        Verdict(path, people.author(each.name, each.email), Week.of(each.day), day=each.day)
        for path, each in introductions
    ]


def _with_goal(config: Config, goal: int | None) -> Config:
    if goal is None:
        return config
    pms = {
        handle: pm._replace(goals=tuple(each._replace(interviews=goal) for each in pm.goals))
        for handle, pm in config.pms.items()
    }
    goals = (*(each._replace(interviews=goal) for each in config.goals), Goal(goal))
    return replace(config, goals=goals, pms=pms)


def _attainment(rows: Sequence[Row], week: Week) -> Attainment:
    active = [row for row in rows if week in row.goals]
    return Attainment(sum(row.is_met(week) for row in active), len(active))


def _groups(
    counted: Sequence[Verdict], by: str, weeks: Sequence[Week], called: Callable[[str], str]
) -> tuple[Group, ...]:
    under: dict[str, list[Verdict]] = {}
    for verdict in counted:
        for key in dict.fromkeys(map(called, _keys(verdict, by)) if by == "product" else _keys(verdict, by)):
            under.setdefault(key, []).append(verdict)
    return tuple(Group(key, per_week(under[key], weeks)) for key in sorted(under))


def _keys(verdict: Verdict, by: str) -> Iterable[str]:
    """Give the groups a note is seen under: several where it speaks of several products or segments."""
    note = verdict.note
    if note is None:
        return [verdict.path.rsplit("/", 2)[-2]] if by == "product" else ["unknown"]
    found = {
        "product": (note.product, *note.also_products),
        "segment": note.segments,
        "type": (note.type,),
        "relationship": (note.relationship,) if note.relationship else (),
    }[by]
    return dict.fromkeys(found) or ["unknown"]
