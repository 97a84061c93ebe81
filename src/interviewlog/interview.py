"""What a note says once it has been read: an Interview, or the Problem that kept it from being one.

How bytes become these is in `note`; whoever only counts or lists needs no reader of YAML.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from interviewlog.slugs import slug

REDACTED = "[redacted]"
"""What stands in the place of words that were taken back; nobody's own."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing heard or seen. `text` is free of marks; `line` is 1-based in the file; `done` is a checkbox."""

    kind: str
    text: str
    line: int
    tags: tuple[str, ...] = ()
    severity: int | None = None
    who: str = ""
    done: bool | None = None
    evidence: tuple["Observation", ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A list item that was probably meant as an observation; `mend` is how it must start to be one."""

    line: int
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class Body:
    """What was read below the front matter. `items` are all own list items, `prose` counts own characters."""

    observations: tuple[Observation, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    items: tuple[str, ...] = ()
    prose: int = 0
    open_tasks: tuple[str, ...] = ()
    unclosed: int = 0

    @property
    def is_empty(self) -> bool:
        """True without one observation, two items or 120 characters of one's own (the counting rule)."""
        return not self.observations and len(self.items) < OWN_ITEMS and self.prose < OWN_CHARACTERS


TOLD = (
    *("competitors", "groups", "hypotheses", "sales", "note_taker", "goal", "crm"),
    *("consent_ref", "recording", "tldr", "nugget", "extra"),
)
"""Fields that hold what somebody said, or lead to it: a redacted note has none of them."""
OWN_ITEMS = 2
OWN_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """Something `check` says about a note that can be read; it never changes a count. Line and column count from 1."""

    line: int
    code: str
    what: str
    mend: str
    is_error: bool = False
    column: int = 1


@dataclass(frozen=True, slots=True)
class Interview:
    """One conversation. Fields are those of the front matter; None or () means that the note does not say.

    `lines` holds the file's line of each key, `body_line` that of the body's first line (0 when nobody counted),
    `extra` the keys that ilog does not know.
    """

    path: str
    product: str
    date: dt.date
    customer: str
    type: str
    pm: tuple[str, ...] = ()
    relationship: str | None = None
    roles: tuple[str, ...] = ()
    source: str | None = None
    consent: str | None = None
    via: str | None = None
    segments: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    also_products: tuple[str, ...] = ()
    sales: tuple[str, ...] = ()
    imported: bool = False
    participants: tuple[str, ...] = ()
    channel: str | None = None
    minutes: int | None = None
    observers: tuple[str, ...] = ()
    note_taker: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    crm: tuple[str, ...] = ()
    consent_ref: tuple[str, ...] = ()
    recording: tuple[str, ...] = ()
    outcome: str | None = None
    tldr: str | None = None
    nugget: str | None = None
    visibility: str | None = None
    retain_until: dt.date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    body: Body = field(default_factory=Body)
    text: str = ""
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    body_line: int = field(default=0, compare=False)

    @property
    def slug(self) -> str:
        """The customer's slug, by which spellings of one name are the same customer."""
        return slug(self.customer)

    @property
    def is_stub(self) -> bool:
        """Talked, but no notes: the customer declined, or the note was redacted."""
        return self.consent in {"declined", "withdrawn"}

    @property
    def is_redacted(self) -> bool:
        """True once nothing is left of what was said, as far as reading tells: comments are not read."""
        is_coded = all(each.startswith(REDACTED) for each in self.participants)
        return self.text.strip() == REDACTED and is_coded and not any(getattr(self, name) for name in TOLD)
