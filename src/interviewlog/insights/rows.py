"""The rows of `ilog stats`: each person's interviews, week by week, against their goal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from interviewlog.config import Config
from interviewlog.insights.counting import OWN_KINDS, Bundle, Verdict
from interviewlog.insights.figures import Figures, figures_of
from interviewlog.insights.goals import Goals
from interviewlog.insights.people import Person, of_roster
from interviewlog.weeks import Week

QUIET_DAYS = 14


class Row(NamedTuple):
    """One person's part of the table. Numbers cover the window; `last`, `streak` look at all that came before.

    `goals` has the weeks in which a goal held for this person; for somebody whom none concerns it is empty, and
    `weeks_met` and `weeks_active` are 0.
    """

    person: Person
    counts: Mapping[Week, int]
    paired_counts: Mapping[Week, int]
    goals: Mapping[Week, int]
    away: frozenset[Week]
    met: frozenset[Week]
    weeks_met: int
    weeks_active: int
    streak: int
    last: date | None
    days_since: int | None
    observed: int
    figures: Figures

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def paired(self) -> int:
        return sum(self.paired_counts.values())

    @property
    def is_quiet(self) -> bool:
        """True when the last interview is more than two weeks back."""
        return self.days_since is not None and self.days_since > QUIET_DAYS

    def is_met(self, week: Week) -> bool:
        """Tell whether a goal held in `week` and was met."""
        return week in self.met and week in self.goals


def per_week(verdicts: Iterable[Verdict], weeks: Sequence[Week]) -> dict[Week, int]:
    found = Counter(verdict.week for verdict in verdicts)
    return {week: found[week] for week in weeks}


class Rows:
    """The rows in the making: hand it verdicts, those of the weeks before as bundles, and ask for `all`."""

    def __init__(
        self,
        verdicts: Sequence[Verdict],
        config: Config,
        weeks: tuple[Week, ...],
        today: date,
        earlier: Iterable[Bundle],
    ) -> None:
        self.shown = frozenset(weeks)
        self._weeks = weeks
        self._config = config
        self._running = Week.of(today)
        self._as_of = min(today, weeks[-1].sunday)  # of a table that ends earlier, nothing later is said
        self._by_person: dict[str, list[Verdict]] = {}
        self._paired: dict[str, dict[Week, int]] = {}
        self._observed: Counter[str] = Counter()
        self._persons: dict[str, Person] = {_key(person): person for person in map(of_roster, config.pms.values())}
        self._led: dict[str, dict[Week, int]] = {}
        self._last: dict[str, date] = {}
        for bundle in earlier:
            self._take_bundle(bundle)
        for verdict in verdicts:
            self._take(verdict)

    def _take_bundle(self, bundle: Bundle) -> None:
        key = _key(bundle.person)
        _add(self._led.setdefault(key, {}), bundle.weeks)
        self._last[key] = max(bundle.last, self._last.get(key, date.min))
        if bundle.second:
            _add(self._paired.setdefault(_key(bundle.second), {}), bundle.weeks)

    def _take(self, verdict: Verdict) -> None:
        if verdict.week is None or verdict.week > self._weeks[-1]:
            return
        if verdict.reason in {"", *OWN_KINDS}:
            self._persons.setdefault(_key(verdict.person), verdict.person)
        self._by_person.setdefault(_key(verdict.person), []).append(verdict)
        if verdict.is_counted and verdict.second:
            self._persons.setdefault(_key(verdict.second), verdict.second)
            _add(self._paired.setdefault(_key(verdict.second), {}), {verdict.week: 1})
        if verdict.is_counted and verdict.week in self.shown:
            self._observed.update(_key(person) for person in verdict.observers)

    def all(self) -> list[Row]:
        """Give the rows: the whole roster, and everybody else who did something in the window."""
        rows = [self._row(person) for person in self._persons.values()]
        return [row for row in rows if row.person.on_roster or _did_something(row)]

    def _row(self, person: Person) -> Row:
        mine = self._by_person.get(_key(person), [])
        counted = [verdict for verdict in mine if verdict.is_counted]
        shown = [verdict for verdict in mine if verdict.week in self.shown]
        paired = self._paired.get(_key(person), {})
        led = dict(self._led.get(_key(person), {}))
        _add(led, Counter(v.week for v in counted if v.week))
        goals = Goals(self._config, person, led, paired)
        last = max((_day(verdict) for verdict in counted), default=self._last.get(_key(person)))
        return Row(
            person=person,
            counts=per_week(counted, self._weeks),
            paired_counts={week: paired.get(week, 0) for week in self._weeks},
            goals={week: goals.goal(week) for week in self._weeks if goals.is_active(week)},
            away=frozenset(week for week in self._weeks if goals.is_away(week)),
            met=frozenset(week for week in self._weeks if goals.is_met(week)),
            weeks_met=goals.weeks_met(self._weeks, self._running),
            weeks_active=goals.weeks_active(self._weeks, self._running),
            streak=goals.streak(self._weeks[-1], self._running),
            last=last,
            days_since=(self._as_of - last).days if last else None,
            observed=self._observed[_key(person)],
            figures=figures_of(shown),
        )


def _add(total: dict[Week, int], more: Mapping[Week, int]) -> None:
    for week, number in more.items():
        total[week] = total.get(week, 0) + number


def _key(person: Person) -> str:
    """Give what tells persons apart: people write `Zoe@example.com` one day and `zoe@example.com` the next."""
    return person.pm.casefold()


def _did_something(row: Row) -> bool:
    work = row.figures
    return bool(row.total or row.paired or row.observed or work.sales or work.support_listen or work.second_hand)


def _day(verdict: Verdict) -> date:
    """Give the day of the conversation; in the audit view, that of the commit."""
    if verdict.note:
        return verdict.note.date
    return verdict.day or date.min
