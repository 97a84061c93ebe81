"""History in the index: what every commit did to notes, and the lineages told so far."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from interviewlog.commit import Commit
from interviewlog.lineage import Change, Event, Lineage, Place
from interviewlog.store.cards import Names
from interviewlog.store.readings import marks, raw, text

_CHUNK = 500


@dataclass
class Chapters:
    """Commits and their changes, numbered in the order of history."""

    db: sqlite3.Connection
    names: Names
    _numbers: dict[str, int] = field(default_factory=dict)

    def written(self, events: Iterable[Event]) -> Iterator[Event]:
        """Pass events on, writing down each as the next of history; a chunk at a time, for the sake of speed."""
        numbered = enumerate(events, self._last() + 1)
        while chunk := list(islice(numbered, _CHUNK)):
            self.db.executemany("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", [self._commit(*each) for each in chunk])
            changes = [_change(number, each) for number, event in chunk for each in event.changes]
            self.db.executemany("INSERT INTO change (seq, kind, path, old, blob) VALUES (?, ?, ?, ?, ?)", changes)
            for number, event in chunk:
                self._numbers[event.commit.id] = number
                yield event

    def _last(self) -> int:
        (last,) = self.db.execute("SELECT coalesce(max(seq), 0) FROM commits").fetchone()
        return int(last)

    def _commit(self, number: int, event: Event) -> tuple[Any, ...]:
        commit = event.commit
        person = self.names.person(commit.author, commit.email)
        return (number, commit.id, person, str(commit.when), commit.offset)

    def told(self, last: int) -> Iterator[Event]:
        """Give the events up to a commit's number, as they were written down."""
        found = self.db.execute(_EVENTS, (last,))
        commit: Commit | None = None
        number, changes = 0, list[Change]()
        for seq, ident, name, email, moment, zone, kind, path, old, blob in found:
            if seq != number:
                if commit:
                    yield Event(commit, tuple(changes))
                commit, number, changes = Commit(ident, text(name), text(email), int(moment), zone), seq, []
                self._numbers[ident] = seq
            changes.append(Change(kind, text(path), text(old or b""), blob or ""))
        if commit:
            yield Event(commit, tuple(changes))

    def before(self, commits: Sequence[str]) -> int:
        """Count the commits that stand before all of these, which are the last ones of history."""
        found = list[int | None]()
        for at in range(0, len(commits), _CHUNK):
            some = commits[at : at + _CHUNK]
            found += self.db.execute(f"SELECT min(seq) FROM commits WHERE id IN ({marks(some)})", some).fetchone()
        first = min((number for number in found if number is not None), default=None)
        return self._last() if first is None else first - 1

    def forget_after(self, number: int) -> None:
        """Take away the commits after a number, and what they did."""
        self.db.execute("DELETE FROM change WHERE seq > ?", (number,))
        self.db.execute("DELETE FROM commits WHERE seq > ?", (number,))

    def number_of(self, commit: Commit) -> int:
        """Give a commit's place in the order of history."""
        if commit.id not in self._numbers:
            found = self.db.execute("SELECT seq FROM commits WHERE id = ?", (commit.id,)).fetchone()
            self._numbers[commit.id] = found[0]
        return self._numbers[commit.id]

    def keep(self, notes: Sequence[Lineage], places: Mapping[str, Place]) -> None:
        """Write down all lineages and places."""
        self.keep_notes(enumerate(notes))
        self.keep_places(places.items())

    def keep_notes(self, notes: Iterable[tuple[int, Lineage]]) -> None:
        self.db.executemany("INSERT OR REPLACE INTO lineage VALUES (?, ?, ?, ?, ?, ?, ?)", map(self._row, notes))

    def keep_places(self, places: Iterable[tuple[str, Place]]) -> None:
        rows = ((raw(path), place.note, place.status) for path, place in places)
        self.db.executemany("INSERT OR REPLACE INTO place VALUES (?, ?, ?)", rows)

    def _row(self, numbered: tuple[int, Lineage]) -> tuple[Any, ...]:
        number, note = numbered
        first, day = note.commit, note.commit.date.toordinal()
        person = self.names.person(first.author, first.email)
        last = self.number_of(note.changed)
        return (number, raw(note.path), self.number_of(first), last, person, day, (day - 1) // 7)


def _change(number: int, change: Change) -> tuple[Any, ...]:
    old = raw(change.old) if change.old else None
    return (number, change.kind, raw(change.path), old, change.blob or None)


_EVENTS = """
SELECT commits.seq, commits.id, person.name, person.email, commits.moment, commits.zone,
       change.kind, change.path, change.old, change.blob
FROM commits JOIN person ON person.no = commits.person JOIN change ON change.seq = commits.seq
WHERE commits.seq <= ? ORDER BY change.no
"""


class PlacesKept:
    """What each path held, read from the index when asked for; `flush` writes down what was set since."""

    def __init__(self, db: sqlite3.Connection, chapters: Chapters) -> None:
        self._db, self._chapters = db, chapters
        self._set: dict[str, Place] = {}

    @property
    def touched(self) -> Iterable[str]:
        return self._set.keys()

    def get(self, path: str) -> Place | None:
        if path in self._set:
            return self._set[path]
        found = self._db.execute("SELECT note, status FROM place WHERE path = ?", (raw(path),)).fetchone()
        return Place(*found) if found else None

    def __setitem__(self, path: str, place: Place) -> None:
        self._set[path] = place

    def flush(self) -> None:
        self._chapters.keep_places(self._set.items())


class NotesKept:
    """Lineages by number, read from the index when asked for; `flush` writes down what was set since."""

    def __init__(self, db: sqlite3.Connection, chapters: Chapters) -> None:
        self._db, self._chapters = db, chapters
        self._set: dict[int, Lineage] = {}
        self._length: int
        (self._length,) = db.execute("SELECT coalesce(max(no) + 1, 0) FROM lineage").fetchone()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, number: int) -> Lineage:
        if number in self._set:
            return self._set[number]
        path, first, last = self._db.execute("SELECT path, first, last FROM lineage WHERE no = ?", (number,)).fetchone()
        return Lineage(text(path), self._commit(first), self._commit(last))

    def __setitem__(self, number: int, note: Lineage) -> None:
        self._set[number] = note

    def append(self, note: Lineage) -> None:
        self._set[self._length] = note
        self._length += 1

    def flush(self) -> None:
        self._chapters.keep_notes(self._set.items())

    def _commit(self, number: int) -> Commit:
        asked = """SELECT id, name, email, moment, zone FROM commits JOIN person ON no = person WHERE seq = ?"""
        ident, name, email, moment, zone = self._db.execute(asked, (number,)).fetchone()
        return Commit(ident, text(name), text(email), int(moment), zone)
