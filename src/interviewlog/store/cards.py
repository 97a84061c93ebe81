"""Notes into the index: each content is read once, and what commands need of it is kept by its id."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from interviewlog.card import Card, card_of
from interviewlog.interview import Interview, Observation
from interviewlog.keeping import keep
from interviewlog.problem import Problem, product_of
from interviewlog.slugs import stem
from interviewlog.store import words
from interviewlog.store.readings import PROBLEM, raw, text

Tell = Callable[[int, int], None]
Read = Callable[[str, bytes], Interview | Problem]
_BATCH = 500


@dataclass
class Names:
    """Numbers for things that many rows name: who, customers, facets, persons. Asked of the index once each."""

    db: sqlite3.Connection
    _known: dict[tuple[str, tuple[object, ...]], int] = field(default_factory=dict)

    def who(self, pm: tuple[str, ...]) -> int:
        """Number the people of a `pm` line; 0 where it is empty."""
        return self._number("who", ("words",), (json.dumps(pm),)) if pm else 0

    def customer(self, card: Card) -> int:
        return self._number(
            "customer", ("name", "stem", "folded"), (raw(card.customer), stem(card.slug), _folded(card.customer))
        )

    def facet(self, card: Card) -> int:
        return self._number("facet", ("type", "source", "empty"), (card.type, card.source or "", int(card.is_empty)))

    def person(self, name: str, email: str) -> int:
        return self._number("person", ("name", "email"), (raw(name), raw(email)))

    def _number(self, table: str, columns: tuple[str, ...], values: tuple[object, ...]) -> int:
        known = self._known.get((table, values))
        if known is None:
            marks = ", ".join("?" for _ in columns)
            same = " AND ".join(f"{column} = ?" for column in columns)
            self.db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
            (known,) = self.db.execute(f"SELECT no FROM {table} WHERE {same}", values).fetchone()
            self._known[table, values] = known
        return known


@dataclass
class Filing:
    """Files cards. `template` names the templates by which a note's own words were told from theirs."""

    db: sqlite3.Connection
    names: Names
    template: str
    read: Read

    def file(
        self,
        paths: dict[str, str],
        blobs: Callable[[Iterable[str]], Iterator[tuple[str, bytes]]],
        tell: Tell | None = None,
    ) -> None:
        """File a card for each of `paths` (path to blob) that has none; what was filed stays when interrupted."""
        missing = self._missing(paths)
        contents = blobs(missing)
        done = 0
        while batch := list(islice(contents, _BATCH)):
            notes = [(blob, self.read(path, content)) for blob, content in batch for path in missing[blob]]
            self.db.execute("BEGIN IMMEDIATE")
            self._file(notes)
            self.db.execute("INSERT OR REPLACE INTO fact VALUES ('loose', 'cards')")  # no history may ever hold them
            self.db.execute("COMMIT")
            done += len(batch)
            if tell:
                tell(done, len(missing))

    def _missing(self, paths: dict[str, str]) -> dict[str, list[str]]:
        """Give, for each blob not filed yet, one path for each name that it has under a product."""
        found: dict[tuple[str, str], str] = {}
        for path, blob in paths.items():
            found.setdefault((blob, file_of(path)), path)
        if len(found) > _BATCH:
            asked = self.db.execute("SELECT blob, file FROM card WHERE template = ?", (self.template,))
            for blob, file in asked:
                found.pop((blob, text(file)), None)
        else:
            found = {key: path for key, path in found.items() if not self._is_filed(*key)}
        missing: dict[str, list[str]] = {}
        # By the day in their names, so that the cards of a week lie side by side: a table of weeks reads few pages.
        for (blob, _), path in sorted(found.items(), key=lambda each: _day_in(each[1])):
            missing.setdefault(blob, []).append(path)
        return missing

    def _is_filed(self, blob: str, file: str) -> bool:
        key = (blob, raw(file), self.template)
        return bool(self.db.execute("SELECT 1 FROM card WHERE (blob, file, template) = (?, ?, ?)", key).fetchone())

    def _file(self, notes: Sequence[tuple[str, Interview | Problem]]) -> None:
        """Write cards, each thing by thing for all of them: a statement for each would cost as much as reading."""
        (last,) = self.db.execute("SELECT coalesce(max(no), 0) FROM card").fetchone()
        numbered = [(number, blob, note) for number, (blob, note) in enumerate(notes, last + 1)]
        talks = [(number, note) for number, _, note in numbered if isinstance(note, Interview)]
        self.db.executemany(_NEW, [self._row(*each) for each in numbered])
        kept = [(number, keep(note), raw(getattr(note, "text", ""))) for number, _, note in numbered]
        self.db.executemany("INSERT INTO reading VALUES (?, ?, ?)", kept)
        labels = [(*label, number) for number, note in talks for label in _labels(note)]
        self.db.executemany("INSERT INTO label VALUES (?, ?, ?)", labels)

    def forget(self, numbers: Sequence[int]) -> None:
        """Take cards away, and the words by which they are found."""
        words.forget(self.db, numbers)
        for table, column in (("reading", "card"), ("label", "card"), ("card", "no")):
            self.db.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((number,) for number in numbers))
        words.forgotten(self.db)
        for statement in _ORPHANS:
            self.db.execute(statement)

    def _row(self, number: int, blob: str, note: Interview | Problem) -> tuple[object, ...]:
        key = (number, blob, raw(product_of(note.path)), raw(file_of(note.path)), self.template)
        if isinstance(note, Problem):
            day = note.date.toordinal() if note.date else None
            return (*key, day, None, None, self.names.who(note.pm), PROBLEM, None, None, None, 0, b"", _why(note))
        card = card_of(note)
        until = card.retain_until.isoformat() if card.retain_until else ""
        lists = (card.roles, card.segments, card.also_products, card.observers, card.open_tasks)
        more = (*lists, until, card.is_redacted)
        return (
            *key, card.date.toordinal(), self.names.customer(card), card.slug, self.names.who(card.pm),
            self.names.facet(card), card.relationship, card.consent, card.minutes, int(card.imported),
            raw(card.heard), json.dumps(more) if any(more) else "",
        )  # fmt: skip


_NEW = f"INSERT INTO card VALUES ({', '.join('?' * 16)})"


def file_of(path: str) -> str:
    """Give what a note's path adds to its content: its product, and the file's name, by which it is found too."""
    return "/".join(path.rsplit("/", 2)[-2:])


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day_in(path: str) -> str:
    days = _DAY.findall(path)
    return days[-1] if days else ""


def _folded(customer: str) -> bytes:
    return raw(customer.strip().casefold())


def _why(problem: Problem) -> str:
    return json.dumps([problem.line, problem.column, problem.what, problem.mend, problem.source])


_ORPHANS = (
    "DELETE FROM customer WHERE no NOT IN (SELECT customer FROM card WHERE customer NOT NULL)",
    "DELETE FROM who WHERE no NOT IN (SELECT who FROM card)",
    "DELETE FROM person WHERE no NOT IN (SELECT person FROM commits)",
)
"""Names that nothing names any more."""


def _labels(note: Interview) -> set[tuple[str, bytes]]:
    tags = set(_tags(note.body.observations))
    kinds = (("tag", tags), ("segment", note.segments), ("also", note.also_products))
    return {(kind, raw(value)) for kind, values in kinds for value in values}


def _tags(observations: Iterable[Observation]) -> Iterator[str]:
    for each in observations:
        yield from each.tags
        yield from _tags(each.evidence)
