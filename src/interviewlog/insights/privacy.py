"""Personal data and secrets: what must not enter git, which forgets nothing, is found before the commit."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewlog.insights.known import Known, known_of
from interviewlog.insights.masking import masked
from interviewlog.insights.spots import NO_CODE, Spot
from interviewlog.insights.tracing import spots
from interviewlog.nearest import did_you_mean
from interviewlog.person import Person

if TYPE_CHECKING:
    from interviewlog.insights.allowing import Allow

__all__ = [
    "KINDS", "Allowance", "Known", "Leak", "Person", "allowances", "allowed_throughout", "known_of", "leaks", "masked",
]  # fmt: skip

# What is looked for, and may be allowed: how a finding names it.
KINDS = {
    "email": "an e-mail address",
    "phone": "a phone number",
    "iban": "a bank account number",
    "card": "a card number",
    "ssn": "a social security number",
    "ip": "an IP address",
    "token": "a password, access token or key",
    "webhook": "a webhook, by which anybody could post",
    "url-secret": "a link with a password or key in it",
    "person": "a person's name",
}
_SOMEBODY = frozenset({"email", "phone", "person"})
_LINE_END = re.compile(r"\r\n|\n|\r")


class Leak(NamedTuple):
    """Something that must not enter git. Line and column count from 1; `text[start:end]` is never to be shown.

    `allow` is the comment that a note may allow it with where it stands: another in front matter than below it.
    """

    kind: str
    line: int
    column: int
    masked: str
    is_error: bool
    start: int
    end: int
    what: str
    remedy: str
    allow: str = ""

    @property
    def mend(self) -> str:
        """What to do: the remedy, or the comment by which this place of a note allows it."""
        return f"{self.remedy}, or say why it may stay: {self.allow}" if self.allow else self.remedy


class Allowance(NamedTuple):
    """A kind that a note may hold, and why; `line` is the 1-based line that says so."""

    kind: str
    line: int
    reason: str


def leaks(text: str, known: Known, allowed: frozenset[str] = frozenset()) -> list[Leak]:
    """Find what must not enter git in a note's whole text, a commit message or a path, in order of place.

    What the text allows itself is left out; `allowed` are kinds that are fine here all the same: in the path of a note
    and in its commit message, those that `allowed_throughout` gives for the note. An allowance that is not honoured is
    a warning, of the kind `allow-without-reason` or `allow-unknown`.
    """
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    said = _allows(text)
    here = {(each.kind, line) for each in said if _is_honoured(each) for line in range(each.line, each.last + 1)}
    fine = allowed | {each.kind for each in said if _is_honoured(each) and each.is_for_all}
    found = [_complaint(each, starts) for each in said if not _is_honoured(each)]
    seen = spots(text, known)
    last_of_front = _lines_of_front_matter(text) if seen else 0
    for spot in seen:
        line = bisect_right(starts, spot.start)
        if spot.kind not in fine and (spot.kind, line) not in here:
            found.append(_leak(spot, line, spot.start - starts[line - 1] + 1, is_in_front=line <= last_of_front))
    return sorted(found, key=lambda leak: (leak.start, leak.kind))


def allowances(text: str) -> list[Allowance]:
    """List what a note allows itself, each with its reason."""
    return [Allowance(each.kind, each.line, each.reason) for each in _allows(text) if _is_honoured(each)]


def allowed_throughout(text: str) -> frozenset[str]:
    """Give the kinds that a whole note allows itself: they are allowed in its path and its commit message, too."""
    return frozenset(each.kind for each in _allows(text) if each.is_for_all and _is_honoured(each))


def _allows(text: str) -> "list[Allow]":
    if "ilog:" not in text:
        return []
    from interviewlog.insights.allowing import allows

    return allows(text)


def _lines_of_front_matter(text: str) -> int:
    if not text.startswith(("---", "\ufeff---")):
        return 0
    from interviewlog.insights.allowing import front_lines

    return front_lines(text)


def _is_honoured(allow: "Allow") -> bool:
    return allow.kind in KINDS and allow.has_reason


def _leak(spot: Spot, line: int, column: int, *, is_in_front: bool) -> Leak:
    what, remedy = _told(spot)
    words = f"ilog: allow {spot.kind} because …"
    allow = f"# {words}" if is_in_front else f"<!-- {words} -->"  # YAML knows no other comments
    return Leak(spot.kind, line, column, spot.masked, spot.is_error, spot.start, spot.end, what, remedy, allow)


def _told(spot: Spot) -> tuple[str, str]:
    """Give what was found, and what to do about it."""
    what = KINDS[spot.kind]
    remedy = "write a code such as P1" if spot.kind in _SOMEBODY else "take it out"
    if not spot.is_error:
        what = f"perhaps {what}" if spot.kind != "email" else f"{what} of our own"
    elif spot.kind == "person":
        code = spot.masked.strip("[]") if spot.masked != NO_CODE else ""
        return (f"the name of {code}", f"write {code} for it") if code else (what, remedy)
    return f"{what}: {spot.masked}", remedy


def _complaint(allow: "Allow", starts: Sequence[int]) -> Leak:
    if allow.kind not in KINDS:
        kind, what = "allow-unknown", "nothing of that name can be allowed"
        mend = did_you_mean(allow.kind, KINDS) or f"write one of {', '.join(KINDS)}"
    else:
        kind, what = "allow-without-reason", f"{allow.kind} is not allowed, for there is no reason"
        mend = f"say why: ilog: allow {allow.kind} because …"
    at = starts[allow.line - 1]
    return Leak(kind, allow.line, 1, "", False, at, at, what, mend)  # noqa: FBT003 - a warning
