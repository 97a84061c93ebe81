"""Who was taken for whom, as text and as JSON."""

from collections.abc import Iterator
from typing import Any

from interviewlog.insights.identities import Identities, Identity, LookAlike, Trace
from interviewlog.insights.people import Person
from interviewlog.render.clean import clean
from interviewlog.render.grid import Cell, draw

_HOW = {"roster": "by the roster", "mailmap": "by .mailmap", "case": "capitals apart", "": ""}


def text(found: Identities) -> str:
    """Give a paragraph per person with every name that stands for them, then who may be the same."""
    people = "\n".join(_person(each) for each in found.people)
    pairs = "\n".join(line for each in found.look_alikes for line in _pair(each))
    alike = f"Perhaps the same person; add one of the lines if so:\n{pairs}" if pairs else "Nobody looks like another."
    return f"\nWho is who\n\n{people or 'nobody yet'}\n\n{alike}"


def _person(each: Identity) -> str:
    rows = [[Cell("git" if t.is_author else "notes"), Cell(t.text), Cell(_HOW[t.how])] for t in each.traces]
    return "\n".join([_title(each.person), *(f"  {line}" for line in draw(rows).splitlines())])


def _title(person: Person) -> str:
    known = [person.name, *(["on the roster as " + person.pm] if person.on_roster else []), person.email or ""]
    if not person.on_roster:
        known.append("not on the roster")
    return " · ".join(clean(word) for word in known if word)


def _pair(each: LookAlike) -> Iterator[str]:
    other = clean(each.other.pm)
    yield f"  {other} and {clean(each.one.pm)}: {each.why}"
    for line in each.mailmap:
        yield f"    .mailmap   {clean(line)}"
    if each.roster:
        whose = f"{each.one.pm}: " if each.one.on_roster else ""
        yield f"    ilog.yaml  {clean(f'pms: {whose}{each.roster}')}"
    if each.notes:
        yield f"    notes      {clean(each.notes)} in the place of {other}: ilog list --pm {other}"


def as_json(found: Identities) -> dict[str, Any]:
    """Give the value of the key `identities`."""
    return {
        "people": [_whole(each.person) | {"traces": [_trace(t) for t in each.traces]} for each in found.people],
        "look_alikes": [
            {
                "pm": each.one.pm,
                "other": each.other.pm,
                "why": each.why,
                "mailmap": list(each.mailmap),
                "roster": each.roster or None,
                "notes": each.notes or None,
            }
            for each in found.look_alikes
        ],
    }


def _whole(person: Person) -> dict[str, Any]:
    return {"pm": person.pm, "name": person.name, "email": person.email, "on_roster": person.on_roster}


def _trace(trace: Trace) -> dict[str, Any]:
    return {"source": "git" if trace.is_author else "notes", "text": trace.text, "how": trace.how or None}
