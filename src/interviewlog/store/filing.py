"""Bringing the index up to a commit: forward where history only grew, else from the last commit both share.

What a commit's tree and history say goes into the tables of `catalogue.SCENE`; what lies before a point that old
and new history share is not read from git again, for the changes of every commit are kept.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from interviewlog.interview import Interview
from interviewlog.lineage import Event, Lineage, Place, Story
from interviewlog.note import parse
from interviewlog.problem import Problem
from interviewlog.store import catalogue, history, templates
from interviewlog.store.cards import Filing, Names, file_of
from interviewlog.store.chapters import Chapters, NotesKept, PlacesKept
from interviewlog.store.git import TreeEntry
from interviewlog.store.readings import raw
from interviewlog.store.scenes import Scene, is_at, knows
from interviewlog.store.trees import changed_files, files_at, template_at, template_name
from interviewlog.store.twins import mark_twins

_OFTEN = 200
_SUBMODULE = "160000"


def bring(db: sqlite3.Connection, scene: Scene) -> None:
    """Make the index true of a scene. Interrupted, it stays true of what it was, and keeps the cards it has filed."""
    catalogue.prepare(db)
    if is_at(db, scene):
        return
    work = _Work.on(db, scene)
    known = catalogue.facts(db)
    work.is_loose = "loose" in known
    old = known.get("commit") if knows(db, scene) else None
    is_whole = known.get("template") == work.template and "missing" not in known
    if old and is_whole and history.successors(scene.git, old, scene.commit) is not None:
        work.go_forward(old)
    else:
        work.go_anew(old)


def stage(db: sqlite3.Connection, scene: Scene) -> None:
    """Lay another commit's scene over the index's own, in temporary tables that queries then see instead."""
    catalogue.prepare(db)
    work = _Work.on(db, scene)
    known = catalogue.facts(db).get("commit") if knows(db, scene) else None
    cut = work.shared_with(known, scene.commit) if known else None
    is_known = cut is not None and cut.commit == scene.commit
    for statement in catalogue.SCENE.format(temp="TEMP", temp_="temp.").split(";"):
        db.execute(statement)
    if not is_known:
        for statement in catalogue.CHAPTERS.format(temp="TEMP", temp_="temp.").split(";"):
            db.execute(statement)
    work.set_scene(cut if cut and is_known else Cut(None, 0), is_complete=is_known)


@dataclass(frozen=True, slots=True)
class Cut:
    """A commit that old and new history share, and how many of the index's commits lead to it."""

    commit: str | None
    after: int


@dataclass
class _Work:
    db: sqlite3.Connection
    scene: Scene
    template: str
    is_loose: bool = False
    names: Names = field(init=False)
    chapters: Chapters = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.db)
        self.chapters = Chapters(self.db, self.names)

    @classmethod
    def on(cls, db: sqlite3.Connection, scene: Scene) -> "_Work":
        return cls(db, scene, template_name(scene.git, scene.commit))

    def go_forward(self, old: str) -> None:
        """Take the commits that came on top of `old`: the cost is theirs, not that of all notes."""
        scene, db = self.scene, self.db
        events = list(history.events(scene.git, scene.commit, scene.root, since=old, on_commit=self._heard))
        moves = changed_files(scene, old)
        self._file_cards(moves.come)
        db.execute("BEGIN IMMEDIATE")
        places, notes = PlacesKept(db, self.chapters), NotesKept(db, self.chapters)
        story = Story(notes, places)
        for event in self.chapters.written(events):
            for change in event.changes:
                story.take(change, event.commit)
        notes.flush()
        places.flush()
        db.executemany("DELETE FROM stray WHERE path = ?", ((raw(path),) for path in moves.gone_strays))
        self._keep_strays(moves.come_strays)
        self._lay_out(moves.gone, moves.come, places.touched)
        if self.is_loose:  # cards of a commit that was only looked at, or never arrived at
            self._prune()
        self._finish()

    def go_anew(self, old: str | None) -> None:
        """Set the scene from the start, but for what `old` shares with it, of which the changes are known."""
        cut = self.shared_with(old, self.scene.commit) if old else None
        self.set_scene(cut or Cut(None, 0), is_complete=False)

    def set_scene(self, cut: Cut, *, is_complete: bool) -> None:
        """Fill the tables of a scene: `cut` is what the index knows of its history, all of it if `is_complete`."""
        scene = self.scene
        with nullcontext() if is_complete else history.begun(scene.git, scene.commit, scene.root, cut.commit) as log:
            self._file_cards(files_at(scene)[0])  # while git reads history beside us
            self._set(cut, log(self._heard) if log else ())

    def _set(self, cut: Cut, fresh: Iterable[Event]) -> None:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        known = self.chapters.told(cut.after)
        if not self._is_staged:
            self.chapters.forget_after(cut.after)
            db.execute("DELETE FROM fact WHERE name = 'missing'")
        for table in catalogue.SCENE_TABLES:
            db.execute(f"DELETE FROM {table}")
        self._retell(chain(known, self.chapters.written(fresh)))
        come, strays = files_at(self.scene)  # listed once more: kept meanwhile, they would be a third of all memory
        self._keep_strays(strays)
        self._lay_out((), come, ())
        if self._is_staged:
            db.execute("COMMIT")
        else:
            self._prune()
            self._finish()

    def _retell(self, events: Iterable[Event]) -> None:
        """Replay history from its start, and write down the lineages it comes to."""
        notes: list[Lineage] = []
        places: dict[str, Place] = {}
        story = Story(notes, places)
        for event in events:
            for change in event.changes:
                story.take(change, event.commit)
        self.chapters.keep(notes, places)

    @property
    def _is_staged(self) -> bool:
        return bool(self.db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'note'").fetchone())

    def shared_with(self, old: str, new: str) -> Cut | None:
        """Find the last commit that two histories share, if all else in both came after it."""
        git = self.scene.git
        base = new if git.resolve(old) and history.successors(git, new, old) is not None else git.merge_base(old, new)
        if not base or history.successors(git, base, new) is None:
            return None
        later = history.successors(git, base, old)
        return None if later is None else Cut(base, self.chapters.before(later))

    def _file_cards(self, come: dict[str, str]) -> None:
        self._filing().file(come, self.scene.git.blobs, self.scene.tell)

    def _filing(self) -> Filing:
        return Filing(self.db, self.names, self.template, self._read)

    @cached_property
    def _lines(self) -> frozenset[str]:
        return template_at(self.scene.git, self.scene.commit) if self.template else templates.shipped_lines()

    def _read(self, path: str, content: bytes) -> Interview | Problem:
        return parse(path, content, self._lines)

    def _heard(self, commits: int) -> None:
        if self.scene.tell and commits % _OFTEN == 0:
            self.scene.tell(commits, 0)

    def _lay_out(self, gone: Iterable[str], come: dict[str, str], touched: Iterable[str]) -> None:
        """Put the notes that came in the place of those that went, each with its card and its lineage."""
        db = self.db
        db.execute("CREATE TEMP TABLE tree (path BLOB PRIMARY KEY, blob TEXT, file BLOB) WITHOUT ROWID")
        rows = ((raw(path), blob, raw(file_of(path))) for path, blob in come.items())
        db.executemany("INSERT INTO tree VALUES (?, ?, ?)", rows)
        left = [(raw(path),) for path in gone]
        is_first = not left and not db.execute("SELECT 1 FROM note").fetchone()
        days = set() if is_first else set(self._days(chain(left, ((raw(path),) for path in come))))
        db.executemany("DELETE FROM note WHERE path = ?", left)
        db.executemany("DELETE FROM twin WHERE path = ?", left)
        if db.execute(_PUT, (self.template,)).rowcount < len(come) and not self._is_staged:
            db.execute("INSERT OR REPLACE INTO fact VALUES ('missing', 'notes')")  # they may be fetched any time
        db.execute("DROP TABLE temp.tree")
        linked = ((raw(path),) * 2 for path in touched)
        db.executemany("UPDATE note SET lineage = (SELECT note FROM place WHERE path = ?) WHERE path = ?", linked)
        days |= set() if is_first else set(self._days((raw(path),) for path in come))
        mark_twins(db, None if is_first else days)

    def _keep_strays(self, strays: Iterable[TreeEntry]) -> None:
        rows = ((raw(each.path), each.mode == _SUBMODULE) for each in strays)
        self.db.executemany("INSERT OR REPLACE INTO stray VALUES (?, ?)", rows)

    def _days(self, paths: Iterable[tuple[bytes]]) -> Iterator[tuple[str, int]]:
        for path in paths:
            yield from self.db.execute("SELECT slug, date FROM note WHERE path = ? AND slug IS NOT NULL", path)

    def _prune(self) -> None:
        """Forget what history no longer holds: whoever took words out of it wants them gone here too."""
        db = self.db
        stale = db.execute("""SELECT no FROM card WHERE no NOT IN (SELECT card FROM note)
                              AND blob NOT IN (SELECT blob FROM change WHERE blob IS NOT NULL)""")
        self._filing().forget([number for (number,) in stale.fetchall()])

    def _finish(self) -> None:
        says = {**self.scene.says(), "commit": self.scene.commit, "template": self.template}
        self.db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", says.items())
        self.db.execute("DELETE FROM fact WHERE name = 'loose'")
        self.db.execute("COMMIT")


_PUT = """
INSERT OR REPLACE INTO note
SELECT tree.path, card.no, place.note, card.date, (card.date - 1) / 7, card.who, card.facet, card.customer,
       card.slug, 0
FROM temp.tree AS tree JOIN card ON (card.blob, card.file, card.template) = (tree.blob, tree.file, ?)
LEFT JOIN place ON place.path = tree.path
"""
