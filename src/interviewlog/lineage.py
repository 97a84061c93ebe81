"""Who first brought a note into the history, followed through renames and merges. Events in, lineages out.

The rules: the first introduction in the order of history wins; deleting and adding again restores the same
note; adding at a path that was renamed away makes a new one; a second rename of such a path, on a parallel
branch, still follows the first note; and a note born in a merge is the merge's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from interviewlog.commit import Commit

_REGULAR = frozenset({"100644", "100755"})


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to one note: A added, D deleted, M changed in place, R renamed from `old`.

    `blob` is the id of what the path holds from then on, "" once deleted; `before` those of what the note held in
    each parent that had it.
    """

    kind: Literal["A", "D", "R", "M"]
    path: str
    old: str = ""
    blob: str = ""
    before: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One commit that touched notes."""

    commit: Commit
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """One note through all its names: the path and commit that introduced it, and the last one to touch it."""

    path: str
    commit: Commit
    changed: Commit


@dataclass(frozen=True, slots=True)
class Place:
    """Which note (by its number in `State.lineages`) a path last held, and what became of it there."""

    note: int
    status: Literal["live", "dead", "moved"]


@dataclass(frozen=True, slots=True)
class State:
    """All that history has told so far. Hand it to `replay` again to go on from there."""

    lineages: tuple[Lineage, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def lineage_of(self, path: str) -> Lineage | None:
        """Find the note at a path of today's tree; None if history never had one there.

        Whatever the path's status: a merge can bring back what one of its sides had deleted or renamed, so
        only the tree says whether a path exists.
        """
        place = self.places.get(path)
        return self.lineages[place.note] if place else None


def is_note(mode: str, path: str, root: str) -> bool:
    """Tell whether a tree entry is a note: a regular file `<root>/<product>/<name>.md`.

    Symlinks and submodules are none, nor is anything lying higher or deeper.
    """
    under = root.strip("/")
    prefix = "" if under in ("", ".") else f"{under}/"
    is_two_deep = path.startswith(prefix) and path.count("/") == prefix.count("/") + 1
    return mode in _REGULAR and is_two_deep and path.endswith(".md")


def replay(events: Iterable[Event], state: State | None = None) -> State:
    """Take events, oldest first, on top of a state (which stays as it is), and give the state after them."""
    before = state or State()
    notes, places = list(before.lineages), dict(before.places)
    story = Story(notes, places)
    for event in events:
        for change in event.changes:
            story.take(change, event.commit)
    return State(tuple(notes), places)


@dataclass(frozen=True, slots=True)
class Step:
    """What one change was to a note (known by its number in `State.lineages`), by the rules above."""

    what: Literal["introduced", "changed", "deleted", "restored"]
    note: int
    change: Change
    commit: Commit


def steps(events: Iterable[Event]) -> Iterator[Step]:
    """Tell what befell each note, oldest first; that a parallel branch did the same once more is left out."""
    story = Story([], {})
    for event in events:
        for change in event.changes:
            known, before = len(story.notes), story.places.get(change.old or change.path)
            story.take(change, event.commit)
            if len(story.notes) > known:
                yield Step("introduced", known, change, event.commit)
            elif before and (what := _meaning(change, before)):
                yield Step(what, before.note, change, event.commit)


def _meaning(change: Change, before: Place) -> Literal["changed", "deleted", "restored"] | None:
    match change.kind:
        case "A":
            return "restored" if before.status == "dead" else None
        case "D":
            return "deleted" if before.status == "live" else None
        case _:
            return "changed"


def existing(state: State, paths: Iterable[str]) -> tuple[Lineage, ...]:
    """Pick the lineages that still have a note at one of `paths`, in the order of their introduction."""
    held = {place.note for path in paths if (place := state.places.get(path))}
    return tuple(state.lineages[number] for number in sorted(held))


class Notes(Protocol):
    """Lineages by number, as a list holds them."""

    def __getitem__(self, number: int, /) -> Lineage: ...
    def __setitem__(self, number: int, note: Lineage, /) -> None: ...
    def __len__(self) -> int: ...
    def append(self, note: Lineage, /) -> None: ...


class Places(Protocol):
    """What each path last held, as a mapping holds it."""

    def get(self, path: str, /) -> Place | None: ...
    def __setitem__(self, path: str, place: Place, /) -> None: ...


class Story:
    """A state that can still change: what `replay` works on, and what a cache of states can go on from."""

    def __init__(self, notes: Notes, places: Places) -> None:
        self.notes = notes
        self.places = places

    def take(self, change: Change, commit: Commit) -> None:
        match change.kind:
            case "A":
                self._add(change.path, commit)
            case "R":
                self._move(change.old, change.path, commit)
            case "D":
                self._delete(change.path, commit)
            case "M":
                self._touch(self.places.get(change.path), commit)

    def _add(self, path: str, commit: Commit) -> None:
        place = self.places.get(path)
        if place is None or place.status == "moved":
            self.places[path] = Place(len(self.notes), "live")
            self.notes.append(Lineage(path, commit, commit))
        else:
            # Live: the same note came in on a parallel branch. Dead: it was restored.
            self.places[path] = Place(place.note, "live")
            self._touch(place, commit)

    def _move(self, old: str, new: str, commit: Commit) -> None:
        place = self.places.get(old)
        if place is None:
            self._add(new, commit)
            return
        self.places[old] = Place(place.note, "moved")
        there = self.places.get(new)
        # Only a parallel branch can have put a note there meanwhile; the first one keeps the path.
        if there is None or there.status != "live":
            self.places[new] = Place(place.note, "live")
        self._touch(place, commit)

    def _delete(self, path: str, commit: Commit) -> None:
        place = self.places.get(path)
        if place and place.status == "live":
            self.places[path] = Place(place.note, "dead")
            self._touch(place, commit)

    def _touch(self, place: Place | None, commit: Commit) -> None:
        if place:
            note = self.notes[place.note]
            self.notes[place.note] = Lineage(note.path, note.commit, commit)
