"""Personal data and secrets: what must not enter git, which forgets nothing, is found before the commit."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewlog.insights.known import Known, known_of
from interviewlog.insights.masking import masked
from interviewlog.insights.spots import Spot
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
    "token": "an access token or key",
    "webhook": "a webhook, by which anybody could post",
    "url-secret": "a link with a password or key in it",
    "person": "a person's name",
}
_SOMEBODY = frozenset({"email", "phone", "person"})
_LINE_END = re.compile(r"\r\n|\n|\r")


class Leak(NamedTuple):
    """Something that must not enter git. Line and column count from 1; `text[start:end]` is never to be shown."""

    kind: str
    line: int
    column: int
    masked: str
    is_error: bool
    start: int
    end: int
    what: str
    mend: str


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
    for spot in spots(text, known):
        line = bisect_right(starts, spot.start)
        if spot.kind not in fine and (spot.kind, line) not in here:
            found.append(_leak(spot, line, spot.start - starts[line - 1] + 1))
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


def _is_honoured(allow: "Allow") -> bool:
    return allow.kind in KINDS and allow.has_reason


def _leak(spot: Spot, line: int, column: int) -> Leak:
    what = KINDS[spot.kind]
    if not spot.is_error:
        what = f"perhaps {what}" if spot.kind != "email" else f"{what} of our own"
    mend = "write a code such as P1" if spot.kind in _SOMEBODY else "take it out"
    allow = f"<!-- ilog: allow {spot.kind} because … -->"
    return Leak(
        spot.kind, line, column, spot.masked, spot.is_error, spot.start, spot.end,
        f"{what}: {spot.masked}", f"{mend}, or say why it may stay: {allow}",
    )  # fmt: skip


def _complaint(allow: "Allow", starts: Sequence[int]) -> Leak:
    if allow.kind not in KINDS:
        kind, what = "allow-unknown", "nothing of that name can be allowed"
        mend = did_you_mean(allow.kind, KINDS) or f"write one of {', '.join(KINDS)}"
    else:
        kind, what = "allow-without-reason", f"{allow.kind} is not allowed, for there is no reason"
        mend = f"say why: ilog: allow {allow.kind} because …"
    at = starts[allow.line - 1]
    return Leak(kind, allow.line, 1, "", False, at, at, what, mend)  # noqa: FBT003 - a warning
