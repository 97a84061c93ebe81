"""What can be asked of an index that is true of a commit. How it came to be so is in `filing`."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from interviewlog.card import Card
from interviewlog.problem import Problem
from interviewlog.selection import Selection
from interviewlog.store import counts
from interviewlog.store.cardrows import CARD, CARDS, card_of_row, problem_of_row
from interviewlog.store.conditions import conditions_of
from interviewlog.store.counts import Arrived, Counted, Rules
from interviewlog.store.readings import PROBLEM, marks, raw, reading, text
from interviewlog.store.silence import Silence, last_talks
from interviewlog.weeks import Week

if TYPE_CHECKING:  # a command that needs no more than cards need not know how whole notes look
    from interviewlog.interview import Interview

Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A connection to an index, and the questions that commands ask."""

    db: sqlite3.Connection

    def counted(self, first: Week | None, last: Week, rules: Rules) -> Counted:
        """Give what the counts of some weeks need; without `first`, from the first week that has a note."""
        return counts.counted(self.db, first, last, rules)

    def arrived(self, first: Week | None, last: Week, *, only_existing: bool) -> Arrived:
        """Give what history brought in, in some weeks; without `first`, since ever. The weeks are the commits'."""
        return counts.arrived(self.db, first, last, only_existing=only_existing)

    def last_talks(self, silence: Silence, is_wanted: Callable[[Card, int], bool]) -> Iterator[Card]:
        """Yield the last cards of customers unheard for long, longest ago first, of whom `is_wanted` says so."""
        return last_talks(self.db, silence, is_wanted)

    def authors(self) -> list[Person]:
        """List all who ever brought in a note, as their commits name them, in the order in which they came."""
        asked = """SELECT name, email, (SELECT min(no) FROM lineage WHERE lineage.person = person.no) AS came
                   FROM person WHERE came NOT NULL ORDER BY came"""
        return [(text(name), text(email)) for name, email, _ in self.db.execute(asked)]

    def words_of_pms(self) -> list[tuple[str, ...]]:
        """List the `pm` lines of the notes, each once, in alphabetical order."""
        asked = "SELECT words FROM who WHERE EXISTS (SELECT 1 FROM note WHERE note.who = who.no) ORDER BY words"
        return [tuple(json.loads(words)) for (words,) in self.db.execute(asked)]

    def paths(self, wanted: Selection, without: Iterable[str] = ()) -> list[str]:
        """List the paths of the notes asked for, by date."""
        found = self._chosen("note.path", wanted, without)
        joined = b"\n".join(path for (path,) in found)
        if joined.count(b"\n") == max(len(found) - 1, 0):  # one piece is decoded sooner than a hundred thousand
            return text(joined).split("\n") if found else []
        return [text(path) for (path,) in found]

    def cards(self, wanted: Selection, without: Iterable[str] = ()) -> list[Card]:
        """Give the cards of the notes asked for, by date."""
        return [card_of_row(row) for row in self._chosen(CARD, wanted, without, CARDS)]

    def interviews(self, wanted: Selection, without: Iterable[str] = ()) -> "list[Interview]":
        """Give the notes asked for as they were read, by date."""
        notes = (reading(self.db, path, card) for path, card in self._chosen("note.path, note.card", wanted, without))
        return [note for note in notes if not isinstance(note, Problem)]

    def problems(self, without: Iterable[str] = ()) -> list[Problem]:
        """Give the notes that cannot be read, by path."""
        hidden = set(without)
        found = self.db.execute(f"SELECT {CARD} FROM note {CARDS} WHERE note.facet = {PROBLEM} ORDER BY note.path")
        return [problem for problem in map(problem_of_row, found) if problem.path not in hidden]

    def strays(self) -> list[str]:
        """List the files below the root that are no notes."""
        return [text(path) for (path,) in self.db.execute("SELECT path FROM stray ORDER BY path")]

    def number(self, wanted: Selection, without: Iterable[str] = ()) -> int:
        """Count the notes asked for, whatever `last` says."""
        ((number,),) = self._chosen("count(*)", replace(wanted, last=0), without)
        return int(number)

    def latest_by(self, is_author: Callable[[str, str], bool]) -> Iterator[str]:
        """Yield the paths of the notes that these authors brought in, the latest first."""
        wanted = [
            no
            for no, name, email in self.db.execute("SELECT no, name, email FROM person")
            if is_author(text(name), text(email))
        ]
        asked = f"""SELECT note.path FROM lineage JOIN note ON note.lineage = lineage.no
                    WHERE lineage.person IN ({marks(wanted)}) ORDER BY lineage.first DESC, lineage.no DESC"""
        return (text(path) for (path,) in self.db.execute(asked, wanted))

    def moved(self, end: str) -> list[str]:
        """List the paths at which those notes stand today that had a path with this end once."""
        old = raw(f"/{end.lstrip('/')}")
        asked = """SELECT DISTINCT note.path FROM place JOIN note ON note.lineage = place.note
                   WHERE substr(CAST('/' || place.path AS BLOB), -?) = ? ORDER BY note.path"""
        return [text(path) for (path,) in self.db.execute(asked, (len(old), old))]

    def _chosen(self, columns: str, wanted: Selection, without: Iterable[str], joins: str = "") -> list[Any]:
        conditions = list(conditions_of(self.db, wanted))
        where = [condition for condition, _ in conditions]
        values = [value for _, those in conditions for value in those]
        hidden = list(without)
        if hidden:
            self.db.execute("CREATE TEMP TABLE IF NOT EXISTS hidden (path BLOB PRIMARY KEY)")
            self.db.execute("DELETE FROM temp.hidden")
            self.db.executemany("INSERT OR IGNORE INTO hidden VALUES (?)", ((raw(path),) for path in hidden))
            where.append("note.path NOT IN (SELECT path FROM hidden)")
        asked = f"SELECT {columns} FROM note {joins} WHERE {' AND '.join(where)}"
        if wanted.last:
            values.append(wanted.last)
            return self.db.execute(f"{asked} ORDER BY note.date DESC, note.path DESC LIMIT ?", values).fetchall()[::-1]
        return self.db.execute(f"{asked} ORDER BY note.date, note.path", values).fetchall()
