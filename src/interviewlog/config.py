"""The rules of a folder, as `ilog.yaml` gives them; and what holds where it says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from interviewlog.weeks import Week, first_whole_week, last_whole_week

FILE_NAME = "ilog.yaml"
DEFAULT_ROOT = "prod/interviews"


class Goal(NamedTuple):
    """Interviews and minutes per PM and week, from a day on; a pair counts for the second PM if `paired` says so."""

    interviews: int = 1
    minutes: int = 60
    paired: bool | None = None
    since: date = date.min


class Pm(NamedTuple):
    """One line of the roster. `since` and `until` bound the weeks in which the goal holds."""

    handle: str
    name: str
    emails: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    since: date = date.min
    until: date = date.max
    away: frozenset[Week] = frozenset()
    goals: tuple[Goal, ...] = ()


class Product(NamedTuple):
    """A product: its slug, the title people say, and the slugs it had before."""

    slug: str
    title: str
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The folder's rules. Every field has the default that holds without `ilog.yaml`."""

    root: str = DEFAULT_ROOT
    goals: tuple[Goal, ...] = (Goal(),)
    away: frozenset[Week] = frozenset()
    pms: Mapping[str, Pm] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    own_companies: tuple[str, ...] = ()
    web_link: str = ""
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    cap_notes: int = 3
    cap_days: int = 90
    retention_months: int = 24
    preferences: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def pm_of(self, word: str) -> Pm | None:
        """Find a PM by roster handle or e-mail, without regard to case."""
        folded = word.strip().casefold()
        for pm in self.pms.values():
            if folded == pm.handle.casefold() or folded in (email.casefold() for email in pm.emails):
                return pm
        return None

    def goal_for(self, pm: Pm | None, week: Week) -> Goal:
        """Give the goal that held in `week`, the PM's own before the team's."""
        for goals in (pm.goals if pm else (), self.goals):
            held = [goal for goal in goals if first_whole_week(goal.since) <= week]
            if held:
                return max(held, key=lambda goal: goal.since) if len(held) > 1 else held[0]
        return Goal()

    def is_active(self, pm: Pm, week: Week) -> bool:
        """Tell whether the goal holds for `pm` in `week`: whole within from and until, and nobody away."""
        inside = first_whole_week(pm.since) <= week <= last_whole_week(pm.until)
        return inside and week not in pm.away and week not in self.away

    def current_product(self, name: str) -> str:
        """Give the slug that a product has now, by that or one it had before; any other name as it is."""
        if name in self.products:
            return name
        return next((product.slug for product in self.products.values() if name in product.was), name)

    def names_of_product(self, name: str) -> tuple[str, ...]:
        """Give all slugs of a product, by any of them: the one it has now, then those it had before."""
        now = self.current_product(name)
        known = self.products.get(now)
        return (now, *(old for old in known.was if old not in self.products)) if known else (now,)

    def product_title(self, product: str) -> str:
        """Give the title of a product, made from its slug where none is configured."""
        known = self.products.get(self.current_product(product))
        return known.title if known else product.replace("-", " ").capitalize()
