"""What was changed after the fact, deleted or logged late, and how the rules changed: facts, and no verdicts.

Contents are read only where they matter: `trail.follow` the history, read what the trail wants until it wants no
more, then ask for the `entries`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from interviewlog.amendments import Amendment, differences
from interviewlog.commit import Commit
from interviewlog.config import FILE_NAME, Config
from interviewlog.insights.counting import LATE_DAYS
from interviewlog.insights.notices import Notice
from interviewlog.insights.people import People, Person
from interviewlog.insights.trail import Face, Trail
from interviewlog.lineage import Step
from interviewlog.problem import product_of

Kind = Literal["changed", "deleted", "restored", "late", "settings", "unreadable"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are wanted: by the commit author's day, by PM (as author, or as whom it is about), by product."""

    since: date = date.min
    until: date = date.max
    pms: frozenset[str] = frozenset()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact. `old` and `new` are "" where nothing stood; `concerns` holds `Person.pm` of those it is about."""

    kind: Kind
    commit: Commit
    author: Person
    path: str
    field: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    days: int | None = None
    concerns: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """Say it in a neutral sentence."""
        match self.kind:
            case "late":
                return f"logged {self.days} days after the call"
            case "unreadable":
                return f"cannot be used: {self.new}"
            case "deleted" | "restored":
                return self.kind
            case _ if self.old and self.new:
                return f"{self.label} changed from {self.old} to {self.new}"
            case _:
                return f"{self.label}: {self.new} added" if self.new else f"{self.label}: {self.old} removed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, for what was asked, in the history that leads to `commit`."""

    entries: tuple[Entry, ...]
    asked: Asked
    commit: str | None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """All that an audit is made from.

    `authors` has the ids of commits as keys; at those of `horizon` a shallow clone's history is cut off.
    """

    trail: Trail
    faces: Mapping[str, Face | None]
    amendments: Sequence[Amendment]
    people: People
    authors: Mapping[str, Person]
    horizon: frozenset[str] = frozenset()

    def entries(self, asked: Asked) -> tuple[Entry, ...]:
        """Give the facts asked for, the newest last."""
        found = [entry for step, before in self.trail.steps for entry in self._of_step(step, before)]
        found += [] if asked.products else self._of_rules()
        chosen = [entry for entry in found if _matches(entry, asked)]
        return tuple(sorted(chosen, key=lambda entry: (entry.commit.date, entry.commit.when)))

    def _of_step(self, step: Step, before: tuple[str, ...]) -> Iterator[Entry]:
        olds = [face for blob in before if (face := self.trail.before(blob, self.faces))]
        new = self.faces.get(step.change.blob)
        if step.what == "introduced":
            yield from self._late(step, new)
            return
        if step.what != "changed":
            yield self._entry(step.what, step, olds)
        if new and olds:
            yield from self._changed(step, olds, new)

    def _late(self, step: Step, new: Face | None) -> Iterator[Entry]:
        commit = step.commit
        is_import = any(commit.id.startswith(listed) for listed in self.people.config.imports)
        if new and not (new.imported or is_import or commit.id in self.horizon):
            days = (commit.date - date.fromisoformat(new.date)).days
            if days > LATE_DAYS:
                yield self._entry("late", step, [new], days=days)

    def _changed(self, step: Step, olds: Sequence[Face], new: Face) -> Iterator[Entry]:
        for field in ("date", "type", "source"):
            was, now = [getattr(old, field) for old in olds], getattr(new, field)
            if now not in was:
                yield self._entry("changed", step, [*olds, new], field, was[0], now)
        if self._persons(new) not in [self._persons(old) for old in olds]:
            yield self._entry("changed", step, [*olds, new], "pm", ", ".join(olds[0].pm), ", ".join(new.pm))

    def _persons(self, face: Face) -> tuple[str, ...]:
        return tuple(self.people.named(word).pm for word in face.pm)

    def _entry(
        self, kind: Kind, step: Step, faces: Sequence[Face], field: str = "", old: str = "", new: str = "",
        days: int | None = None,
    ) -> Entry:  # fmt: skip
        concerns = {pm for face in faces for pm in self._persons(face)}
        if not all(face.pm for face in faces):  # then whoever brought the note in is credited
            concerns.add(self.authors[self.trail.introduced[step.note].id].pm)
        path = self.trail.paths[step.note]
        return Entry(
            kind, step.commit, self.authors[step.commit.id], path, field, field, old, new, days, frozenset(concerns)
        )

    def _of_rules(self) -> Iterator[Entry]:
        last, is_gone = None, False
        for each in self.amendments:
            about = (each.commit, self.authors[each.commit.id], FILE_NAME)
            if isinstance(each.after, str):
                yield Entry("unreadable", *about, new=each.after)
                continue
            was_there = any(each.before)
            if each.after is None or (is_gone and not was_there):
                yield Entry("restored" if each.after else "deleted", *about)
            known = [version if isinstance(version, Config) else last for version in each.before if version]
            before = [version for version in known if version] or ([Config()] if is_gone else [])
            last, is_gone = each.after or Config(), each.after is None
            # The first version of all changes nothing.
            for one in differences(before, last) if before else ():
                concerns = frozenset([one.pm] if one.pm else [])
                yield Entry("settings", *about, one.setting, one.label, one.old, one.new, concerns=concerns)


def _matches(entry: Entry, asked: Asked) -> bool:
    return (
        asked.since <= entry.commit.date <= asked.until
        and (not asked.pms or bool(asked.pms & {entry.author.pm, *entry.concerns}))
        and (not asked.products or product_of(entry.path) in asked.products)
    )
