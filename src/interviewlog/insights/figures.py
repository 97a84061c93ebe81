"""What some notes amount to: who was heard, for how long, at first hand or not, and how soon it was written down."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interviewlog.card import Card
from interviewlog.insights.counting import LATE_DAYS, Verdict
from interviewlog.weeks import Week

NON_CUSTOMERS = frozenset({"prospect", "lost", "former", "non-customer"})
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one person or of the team, in the weeks of a table. What notes do not say is told apart, never guessed.

    All but the last four are of counted notes. `companies` are different customers; `weeks_heard` weeks of a
    person with an interview, `weeks_mixed` those of them with a customer as well as somebody who is not one.
    `lags` is how many notes have a lag, `late` how many of those are over a week. `sources` are of every note
    that is committed and can be read, of any type.
    """

    minutes: int = 0
    notes_without_minutes: int = 0
    relationships: Mapping[str, int] = field(default_factory=dict)
    users: int = 0
    companies: int = 0
    weeks_heard: int = 0
    weeks_mixed: int = 0
    lags: int = 0
    lag_median: float | None = None
    late: int = 0
    sales: int = 0
    support_listen: int = 0
    second_hand: int = 0
    sources: Mapping[str, int] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """How many counted notes say what the customer is to us: the denominator of `non_customers`."""
        return sum(self.relationships.values()) - self.relationships.get(UNKNOWN, 0)

    @property
    def non_customers(self) -> int:
        """How many are of people who are not, not yet or no longer customers."""
        return sum(self.relationships.get(kind, 0) for kind in NON_CUSTOMERS)

    @property
    def sourced(self) -> int:
        """How many notes say whether they are first-hand: the denominator of those that are."""
        return sum(self.sources.values()) - self.sources.get(UNKNOWN, 0)


def figures_of(verdicts: Sequence[Verdict]) -> Figures:
    """Add up the verdicts of a window, those of one person or all."""
    read = [(each, each.note) for each in verdicts if each.note and each.reason != "uncommitted"]
    counted = [(each, note) for each, note in read if each.is_counted]
    heard = _sides(counted)
    lags = sorted(each.lag for each, _ in counted if each.lag is not None)
    kinds = Counter(each.reason for each in verdicts)
    return Figures(
        minutes=sum(note.minutes or 0 for _, note in counted),
        notes_without_minutes=sum(note.minutes is None for _, note in counted),
        relationships=Counter(note.relationship or UNKNOWN for _, note in counted),
        users=sum("user" in note.roles for _, note in counted),
        companies=len({note.slug for _, note in counted}),
        weeks_heard=len(heard),
        weeks_mixed=sum(len(sides) > 1 for sides in heard.values()),
        lags=len(lags),
        lag_median=median(lags),
        late=sum(lag > LATE_DAYS for lag in lags),
        sales=kinds["sales"],
        support_listen=kinds["support-listen"],
        second_hand=kinds["second-hand"],
        sources=Counter(note.source or UNKNOWN for _, note in read),
    )


def _sides(counted: Sequence[tuple[Verdict, Card]]) -> dict[tuple[str, Week | None], set[bool]]:
    """Give for each week of a person whether a customer (True) was heard, and somebody who is not one (False)."""
    heard: dict[tuple[str, Week | None], set[bool]] = {}
    for verdict, note in counted:
        sides = heard.setdefault((verdict.person.pm.casefold(), verdict.week), set())
        if note.relationship == "customer" or note.relationship in NON_CUSTOMERS:
            sides.add(note.relationship == "customer")
    return heard


def median(numbers: Sequence[int]) -> float | None:
    """Give the middle one of sorted numbers, or the mean of the middle two; None where there are none."""
    if not numbers:
        return None
    both = numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]
    return both // 2 if both % 2 == 0 else both / 2
