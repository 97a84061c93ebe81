"""Which notes a person asks for: the selectors that commands share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from interviewlog.slugs import slug

if TYPE_CHECKING:  # folding every alphabet is only for whoever searches, whole notes for whoever reads them
    from interviewlog.interview import Interview, Observation
    from interviewlog.query import Query


@dataclass(frozen=True, slots=True)
class Selection:
    """What must hold of a note; an empty selector asks for nothing. Several values of one selector mean "or".

    `is_by` tells of a note's `pm` line whether it names one of those asked for; customers are compared by slug.
    """

    products: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    last: int = 0
    paths: tuple[str, ...] = ()
    is_by: Callable[[tuple[str, ...]], bool] | None = None
    query: "Query | None" = None

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(slug(name) for name in self.customers)

    @property
    def tag_names(self) -> tuple[str, ...]:
        return tuple(tag.lstrip("#").lower() for tag in self.tags)


def select(interviews: "Iterable[Interview]", wanted: Selection) -> "list[Interview]":
    """Give the interviews asked for, by date and path, the latest last; `last` keeps only so many of those."""
    found = sorted((each for each in interviews if is_wanted(each, wanted)), key=lambda each: (each.date, each.path))
    return found[-wanted.last :] if wanted.last else found


def is_wanted(note: "Interview", wanted: Selection) -> bool:
    """Tell whether a note is asked for, whatever `last` says."""
    return (
        (not wanted.paths or note.path in wanted.paths)
        and (not wanted.products or bool({note.product, *note.also_products} & set(wanted.products)))
        and (not wanted.customers or note.slug in wanted.slugs)
        and (not wanted.types or note.type in wanted.types)
        and (not wanted.segments or bool(set(note.segments) & set(wanted.segments)))
        and (not wanted.since or note.date >= wanted.since)
        and (not wanted.until or note.date <= wanted.until)
        and (not wanted.tags or _has_tag(note.body.observations, wanted.tag_names))
        and (not wanted.is_by or wanted.is_by(note.pm))
        and (not wanted.query or _answers(note, wanted.query))
    )


def _answers(note: "Interview", query: "Query") -> bool:
    from interviewlog.query import searchable, tokens

    return query.matches(tokens(searchable(note)))


def _has_tag(observations: "Iterable[Observation]", wanted: tuple[str, ...]) -> bool:
    return any(not set(wanted).isdisjoint(each.tags) or _has_tag(each.evidence, wanted) for each in observations)
