"""What notes are checked against, and what a check is: a function of a note that has been read."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from interviewlog.config import Config
from interviewlog.insights.known import Known
from interviewlog.interview import Finding, Interview


class Standards(NamedTuple):
    """The team's rules, today, what is known of people, and the template lines that are nobody's own words."""

    config: Config
    today: date
    known: Known = Known()
    template: frozenset[str] = frozenset()


Findings: TypeAlias = Iterator[Finding]
Check: TypeAlias = Callable[[Interview, Standards], Findings]


def about(note: Interview, key: str, code: str, what: str, mend: str) -> Finding:
    """Give a finding at the line of a field, at the top where the field is missing."""
    return Finding(note.lines.get(key, 1), code, what, mend)
