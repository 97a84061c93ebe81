"""What a new note starts with: what was said on the command line, then what the customer's last note knew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from interviewlog.config import Config
from interviewlog.interview import Interview
from interviewlog.notepath import FileName
from interviewlog.slugs import slug, stem


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields named on the command line; "" and () where nothing was said."""

    type: str = "learning"
    relationship: str = ""
    roles: tuple[str, ...] = ()
    source: str = ""
    via: str = ""
    outcome: str = ""
    consent: str = ""
    segments: tuple[str, ...] = ()
    minutes: int | None = None
    tldr: str = ""
    nugget: str = ""
    observations: tuple[str, ...] = ()


def fields(
    asked: Asked, *, product: str, customer: str, day: date, pms: Sequence[str], last: Interview | None
) -> Mapping[str, str | int | date | Sequence[str] | None]:
    """Give the front matter of a new note, for `draft`.

    Who the customer is to us (relationship, roles, segments) comes from their last note unless said anew. Consent
    never does: it was given for another conversation.
    """
    return {
        "date": day,
        "product": product,
        "customer": customer,
        "pm": pms[0] if len(pms) == 1 else list(pms),
        "type": asked.type,
        "relationship": asked.relationship or (last.relationship if last else None),
        "roles": asked.roles or (last.roles if last else ()),
        "source": asked.source or ("second-hand" if asked.via else "direct"),
        "consent": asked.consent or "pending",
        "via": asked.via or None,
        "segments": asked.segments or (last.segments if last else ()) or None,
        "minutes": asked.minutes,
        "outcome": asked.outcome or None,
        "tldr": asked.tldr or None,
        "nugget": asked.nugget or None,
    }


def spelling(typed: str, last: Interview | None) -> str:
    """Give the customer's name as people write it: completion offers slugs, the last note knows better."""
    is_only_the_slug = last is not None and typed == slug(typed) == last.slug
    return last.customer if last and is_only_the_slug else typed


def look_alikes(customer: str, names: Iterable[str]) -> list[str]:
    """Give the slugs of customers that are probably the same one in another spelling, the latest heard first.

    `names` are file names; only those that begin alike are read, for a product may have ten thousand.
    """
    wanted = slug(customer)
    begin = wanted.replace("-", "")[:2]
    read = [FileName.read(name) for name in names if name[:1] == begin[:1] and name.replace("-", "")[:2] == begin]
    alike = [name for name in read if name and name.customer != wanted and _is_alike(wanted, name.customer)]
    found = {name.customer: name.day for name in sorted(alike, key=lambda name: name.day)}
    return sorted(found, key=lambda each: found[each], reverse=True)


def _is_alike(one: str, other: str) -> bool:
    """True for `acme` and `acme-inc`, `acme` and `acme-freight`, `acmefreight` and `acme-freight`."""
    short, long = sorted((stem(one), stem(other)), key=len)
    return short == long or long.startswith(f"{short}-") or short == long.replace("-", "") or _squeezed(one, other)


def _squeezed(one: str, other: str) -> bool:
    return one.replace("-", "") == other.replace("-", "")


def over_cap(names: Iterable[FileName], day: date, config: Config) -> int:
    """Count a customer's talks in the days before `day`, if they reach the contact cap; 0 below it."""
    since = day - timedelta(days=config.cap_days)
    recent = sum(since < name.day <= day for name in names)
    return recent if config.cap_notes and recent >= config.cap_notes else 0


def with_observations(body: str, observations: Sequence[str]) -> str:
    """Put observations from the command line under the heading Observations, or at the end of a body without one."""
    if not observations:
        return body
    lines = body.rstrip("\n").split("\n")
    at = next((n for n, line in enumerate(lines) if line.strip().lower() == "## observations"), None)
    items = [f"- {' '.join(text.split())}" for text in observations]
    if at is None:
        return "\n".join([*lines, "", "## Observations", "", *items, ""])
    end = next(
        (n for n in range(at + 1, len(lines)) if lines[n].startswith("#") and not _in_comment(lines[:n])), len(lines)
    )
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    gap = [""] if end < len(lines) and lines[end].strip() else []
    return "\n".join([*lines[:end], "", *items, *gap, *lines[end:], ""]).rstrip("\n") + "\n"


def _in_comment(lines: Sequence[str]) -> bool:
    text = "\n".join(lines)
    return text.rfind("<!--") > text.rfind("-->")
