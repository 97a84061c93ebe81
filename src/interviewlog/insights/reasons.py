"""One note under the counting rule: whether it counts, how far that takes its PM, and what would mend it."""

from collections.abc import Iterable
from typing import NamedTuple

from interviewlog.config import Config
from interviewlog.insights.counting import OWN_KINDS, Verdict

_MEANING = {
    "uncommitted": "it is not in git yet",
    "invalid": "it cannot be read",
    "sales": "a sales call is work of its own kind, shown beside the count",
    "support-listen": "listening in on support is work of its own kind, shown beside the count",
    "second-hand": "it was heard through somebody else; welcome, and shown beside the count",
    "own-company": "colleagues are not customers",
    "empty": "too little is written down in it yet",
    "duplicate": "the same conversation is told in an earlier note",
}


class Explanation(NamedTuple):
    """A verdict in words. `done` of `goal` is where the PM stands in that week, this note included."""

    verdict: Verdict
    meaning: str
    done: int
    goal: int

    @property
    def is_own_kind(self) -> bool:
        """True when nothing is to be mended: the work is welcome, it just is not an interview."""
        return self.verdict.reason in OWN_KINDS


def explain(verdict: Verdict, verdicts: Iterable[Verdict], config: Config) -> Explanation:
    """Put one verdict beside the others of its PM and week."""
    mine = [
        each
        for each in verdicts
        if each.is_counted and each.week == verdict.week and each.person.pm == verdict.person.pm
    ]
    pm = config.pms.get(verdict.person.pm)
    goal = config.goal_for(pm, verdict.week).interviews if verdict.week else 0
    return Explanation(verdict, _MEANING.get(verdict.reason, ""), len(mine), goal)
