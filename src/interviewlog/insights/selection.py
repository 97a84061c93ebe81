"""Which notes a person asks for: the selectors that commands share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from interviewlog.insights.people import People
from interviewlog.interview import Interview, Observation
from interviewlog.slugs import slug


@dataclass(frozen=True, slots=True)
class Selection:
    """What must hold of a note; an empty selector asks for nothing. Several values of one selector mean "or"."""

    products: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    pms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    last: int = 0
    paths: tuple[str, ...] = ()


def select(interviews: Iterable[Interview], wanted: Selection, people: People) -> list[Interview]:
    """Give the interviews asked for, by date and path, the latest last; `last` keeps only so many of those."""
    found = sorted(
        (each for each in interviews if _matches(each, wanted, people)), key=lambda each: (each.date, each.path)
    )
    return found[-wanted.last :] if wanted.last else found


def _matches(note: Interview, wanted: Selection, people: People) -> bool:
    return (
        (not wanted.paths or note.path in wanted.paths)
        and (not wanted.products or bool({note.product, *note.also_products} & set(wanted.products)))
        and (not wanted.customers or note.slug in {slug(name) for name in wanted.customers})
        and (not wanted.types or note.type in wanted.types)
        and (not wanted.segments or bool(set(note.segments) & set(wanted.segments)))
        and (not wanted.since or note.date >= wanted.since)
        and (not wanted.until or note.date <= wanted.until)
        and (not wanted.tags or _has_tag(note.body.observations, wanted.tags))
        and (not wanted.pms or _is_by(note, wanted.pms, people))
    )


def _has_tag(observations: Iterable[Observation], wanted: tuple[str, ...]) -> bool:
    tags = {tag.lstrip("#").lower() for tag in wanted}
    return any(tags & set(each.tags) or _has_tag(each.evidence, wanted) for each in observations)


def _is_by(note: Interview, wanted: tuple[str, ...], people: People) -> bool:
    asked = {people.named(word).pm for word in wanted}
    return any(people.named(word).pm in asked for word in note.pm)
