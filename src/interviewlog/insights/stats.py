"""Interviews per PM and week: verdicts gathered into one table, against the goal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from interviewlog.config import Config, Goal
from interviewlog.insights.counting import LATE_DAYS, OWN_KINDS, Bundle, Introduction, Verdict
from interviewlog.insights.goals import Goals
from interviewlog.insights.people import People, Person, of_roster
from interviewlog.weeks import EARLIEST, Week, span

NON_CUSTOMERS = frozenset({"prospect", "lost", "former", "non-customer"})
QUIET_DAYS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """One person's part of the table. Numbers cover the window; `last`, `streak` look at all that came before.

    `weeks_met` and `weeks_active` are 0 for somebody whom no goal concerns. `late` notes came in after a week.
    """

    person: Person
    counts: Mapping[Week, int]
    paired_counts: Mapping[Week, int]
    inactive: frozenset[Week]
    away: frozenset[Week]
    met: frozenset[Week]
    weeks_met: int
    weeks_active: int
    streak: int
    last: date | None
    days_since: int | None
    minutes: int = 0
    notes_without_minutes: int = 0
    observed: int = 0
    late: int = 0
    sales: int = 0
    support_listen: int = 0
    second_hand: int = 0
    relationships: Mapping[str, int] = field(default_factory=dict)
    users: int = 0

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


@dataclass(frozen=True, slots=True)
class Group:
    """One line of `--by`: the counted notes under one product, segment, type or relationship."""

    key: str
    counts: Mapping[Week, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Attainment:
    """How many of the PMs for whom a week's goal held have met it."""

    met: int
    active: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The whole answer of `ilog stats`, for every renderer."""

    basis: str
    goal: int
    weeks: tuple[Week, ...]
    current_week: Week
    rows: tuple[Row, ...]
    team: Mapping[Week, int]
    attainment: Mapping[Week, Attainment]
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
) -> Stats:
    """Gather verdicts into the table.

    `by` adds groups by product, segment, type or relationship; `goal` overrides every goal of the configuration.
    `earlier` are the interviews of weeks before the window: streaks and the last talk reach back to them.
    """
    config = _with_goal(people.config, goal)
    weeks = window.weeks(verdict.week for verdict in verdicts if verdict.week)
    table = _Table(verdicts, config, weeks, window.today, earlier)
    rows = tuple(sorted(table.rows(), key=lambda row: (row.person.name.casefold(), row.person.pm)))
    counted = [v for v in verdicts if v.is_counted and v.week in table.shown]
    return Stats(
        basis=basis,
        goal=config.goal_for(None, weeks[-1]).interviews,
        weeks=weeks,
        current_week=Week.of(window.today),
        rows=rows,
        team=_per_week(counted, weeks),
        attainment={week: _attainment(rows, week) for week in weeks},
        not_counted=tuple(v for v in verdicts if v.reason and (v.week is None or v.week in table.shown)),
        by=by,
        groups=_groups(counted, by, weeks) if by and by != "pm" else None,
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
        handle: replace(pm, goals=tuple(replace(each, interviews=goal) for each in pm.goals))
        for handle, pm in config.pms.items()
    }
    goals = (*(replace(each, interviews=goal) for each in config.goals), Goal(goal))
    return replace(config, goals=goals, pms=pms)


def _per_week(verdicts: Iterable[Verdict], weeks: Sequence[Week]) -> dict[Week, int]:
    found = Counter(verdict.week for verdict in verdicts)
    return {week: found[week] for week in weeks}


def _attainment(rows: Sequence[Row], week: Week) -> Attainment:
    active = [row for row in rows if week not in row.inactive]
    return Attainment(sum(week in row.met for row in active), len(active))


class _Table:
    """The rows in the making."""

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
        self._today = today
        self._running = Week.of(today)
        self._by_person: dict[str, list[Verdict]] = {}
        self._paired: dict[str, Counter[Week]] = {}
        self._observed: Counter[str] = Counter()
        self._persons: dict[str, Person] = {_key(person): person for person in map(of_roster, config.pms.values())}
        self._led: dict[str, Counter[Week]] = {}
        self._last: dict[str, date] = {}
        for bundle in earlier:
            self._take_bundle(bundle)
        for verdict in verdicts:
            self._take(verdict)

    def _take_bundle(self, bundle: Bundle) -> None:
        key = _key(bundle.person)
        self._led.setdefault(key, Counter())[bundle.week] += bundle.number
        self._last[key] = max(bundle.last, self._last.get(key, date.min))
        if bundle.second:
            self._paired.setdefault(_key(bundle.second), Counter())[bundle.week] += bundle.number

    def _take(self, verdict: Verdict) -> None:
        if verdict.week is None or verdict.week > self._weeks[-1] or verdict.reason not in {"", *OWN_KINDS}:
            return
        self._persons.setdefault(_key(verdict.person), verdict.person)
        self._by_person.setdefault(_key(verdict.person), []).append(verdict)
        if verdict.is_counted and verdict.second:
            self._persons.setdefault(_key(verdict.second), verdict.second)
            self._paired.setdefault(_key(verdict.second), Counter())[verdict.week] += 1
        if verdict.is_counted and verdict.week in self.shown:
            self._observed.update(_key(person) for person in verdict.observers)

    def rows(self) -> list[Row]:
        """Give the rows: the whole roster, and everybody else who did something in the window."""
        rows = [self._row(person) for person in self._persons.values()]
        return [row for row in rows if row.person.on_roster or _did_something(row)]

    def _row(self, person: Person) -> Row:
        mine = self._by_person.get(_key(person), [])
        counted = [verdict for verdict in mine if verdict.is_counted]
        shown = [verdict for verdict in counted if verdict.week in self.shown]
        paired = self._paired.get(_key(person), Counter())
        led = Counter(v.week for v in counted if v.week) + self._led.get(_key(person), Counter())
        goals = Goals(self._config, person, led, paired)
        last = max((_day(verdict) for verdict in counted), default=self._last.get(_key(person)))
        notes = [verdict.note for verdict in shown if verdict.note]
        kinds = Counter(verdict.reason for verdict in mine if verdict.week in self.shown)
        return Row(
            person=person,
            counts=_per_week(shown, self._weeks),
            paired_counts={week: paired[week] for week in self._weeks},
            inactive=frozenset(week for week in self._weeks if not goals.is_active(week)),
            away=frozenset(week for week in self._weeks if goals.is_away(week)),
            met=frozenset(week for week in self._weeks if goals.is_met(week)),
            weeks_met=goals.weeks_met(self._weeks, self._running),
            weeks_active=goals.weeks_active(self._weeks, self._running),
            streak=goals.streak(self._weeks[-1], self._running),
            last=last,
            days_since=(self._today - last).days if last else None,
            minutes=sum(note.minutes or 0 for note in notes),
            notes_without_minutes=sum(note.minutes is None for note in notes),
            observed=self._observed[_key(person)],
            late=sum(verdict.lag is not None and verdict.lag > LATE_DAYS for verdict in shown),
            sales=kinds["sales"],
            support_listen=kinds["support-listen"],
            second_hand=kinds["second-hand"],
            relationships=Counter(note.relationship or "unknown" for note in notes),
            users=sum("user" in note.roles for note in notes),
        )


def _key(person: Person) -> str:
    """Give what tells persons apart: people write `Zoe@example.com` one day and `zoe@example.com` the next."""
    return person.pm.casefold()


def _did_something(row: Row) -> bool:
    return bool(row.total or row.paired or row.observed or row.sales or row.support_listen or row.second_hand)


def _day(verdict: Verdict) -> date:
    """Give the day of the conversation; in the audit view, that of the commit."""
    if verdict.note:
        return verdict.note.date
    return verdict.day or date.min


def _groups(counted: Sequence[Verdict], by: str, weeks: Sequence[Week]) -> tuple[Group, ...]:
    under: dict[str, list[Verdict]] = {}
    for verdict in counted:
        for key in _keys(verdict, by):
            under.setdefault(key, []).append(verdict)
    return tuple(Group(key, _per_week(under[key], weeks)) for key in sorted(under))


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
