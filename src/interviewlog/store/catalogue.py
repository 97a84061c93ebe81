"""The index on disk: an SQLite file in the git directory that may be lost at any time without harm.

This file knows how it is opened, locked and distrusted; what is written to it is in `filing`, what it is asked in
`shelf`. A file that anything but ilog has touched since, or that is from another version, is thrown away.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import unidata_version
from zlib import crc32

from interviewlog import __version__
from interviewlog.store.files import keep_aside

_WAIT = 1.0  # seconds for another ilog to finish; after that an answer without the index is sooner there
_PAUSE = 0.02
_CACHE_KIB = 24_000

# Paths and names are bytes: git's need not be UTF-8. Dates and weeks are days and weeks since 0001-01-01.
_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE card (no INTEGER PRIMARY KEY, blob TEXT, product BLOB, file BLOB, template TEXT, date INTEGER,
    customer INTEGER, slug TEXT, who INTEGER, facet INTEGER, relationship TEXT, consent TEXT, minutes INTEGER,
    imported INTEGER, heard BLOB, more TEXT, UNIQUE (blob, file, template));
CREATE TABLE reading (card INTEGER PRIMARY KEY, kept TEXT, text BLOB);
CREATE TABLE label (kind TEXT, value BLOB, card INTEGER, PRIMARY KEY (kind, value, card)) WITHOUT ROWID;
CREATE TABLE who (no INTEGER PRIMARY KEY, words TEXT UNIQUE);
CREATE TABLE customer (no INTEGER PRIMARY KEY, name BLOB UNIQUE, stem TEXT, folded BLOB);
CREATE INDEX customer_stem ON customer (stem);
CREATE TABLE facet (no INTEGER PRIMARY KEY, type TEXT, source TEXT, empty INTEGER, UNIQUE (type, source, empty));
CREATE TABLE person (no INTEGER PRIMARY KEY, name BLOB, email BLOB, UNIQUE (name, email));
"""
# What the commits of one history did, in its order.
CHAPTERS = """
CREATE {temp} TABLE commits (seq INTEGER PRIMARY KEY, id TEXT, person INTEGER, moment TEXT, zone INTEGER);
CREATE {temp} TABLE change (no INTEGER PRIMARY KEY, seq INTEGER, kind TEXT, path BLOB, old BLOB, blob TEXT);
CREATE INDEX {temp_}commits_id ON commits (id);
CREATE INDEX {temp_}change_seq ON change (seq);
CREATE INDEX {temp_}change_blob ON change (blob);
"""
# What is true of one commit; for another one than the index's they are made anew, as temporary tables.
SCENE = """
CREATE {temp} TABLE note (path BLOB PRIMARY KEY, card INTEGER, lineage INTEGER, date INTEGER, week INTEGER,
    who INTEGER, facet INTEGER, customer INTEGER, slug TEXT, twin INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE INDEX {temp_}note_count ON note (who, week, facet, twin, customer, date);
CREATE INDEX {temp_}note_date ON note (date, path, facet);
CREATE INDEX {temp_}note_week ON note (week, card, lineage);
CREATE INDEX {temp_}note_slug ON note (slug, date);
CREATE INDEX {temp_}note_twin ON note (week, slug, date, lineage, facet, customer) WHERE twin = 1;
CREATE INDEX {temp_}note_problem ON note (path) WHERE facet = 0;
CREATE INDEX {temp_}note_card ON note (card);
CREATE INDEX {temp_}note_lineage ON note (lineage);
CREATE {temp} TABLE twin (path BLOB, kin BLOB, PRIMARY KEY (path, kin)) WITHOUT ROWID;
CREATE {temp} TABLE stray (path BLOB PRIMARY KEY, is_submodule INTEGER) WITHOUT ROWID;
CREATE {temp} TABLE lineage (no INTEGER PRIMARY KEY, path BLOB, first INTEGER, last INTEGER, person INTEGER,
    day INTEGER, week INTEGER);
CREATE INDEX {temp_}lineage_count ON lineage (person, week, day);
CREATE INDEX {temp_}lineage_person ON lineage (person);
CREATE INDEX {temp_}lineage_week ON lineage (week);
CREATE {temp} TABLE place (path BLOB PRIMARY KEY, note INTEGER, status TEXT) WITHOUT ROWID;
"""
SCENE_TABLES = ("note", "twin", "stray", "lineage", "place")
# What is written there has been folded into tokens by us, so that FTS5 has only to tell blanks from letters.
_WORDS = "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='ascii')"

_RULE = 4  # to be counted up when notes are read in another way under the same version
VERSION = f"{__version__}/{_RULE}/{crc32((_TABLES + CHAPTERS + SCENE + _WORDS).encode()):x}/{unidata_version}"
"""What the rows depend on beside the repository: how notes are read, how kept, and how letters are folded."""

_NOT_THE_FILES_FAULT = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
    | {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM}
)


class Distrusted(Exception):  # noqa: N818 - a verdict on a file; the answer comes all the same
    """The index cannot be used: it is damaged, locked, or cannot be written."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Where the index of one repository lies."""

    directory: Path

    @property
    def file(self) -> Path:
        return self.directory / "index.sqlite3"

    @property
    def _stamp(self) -> Path:
        return self.directory / "index.stamp"

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to read with; raises Distrusted where there is nothing that can be trusted."""
        with self._misfortunes_named():
            if not self._is_as_we_left_it():
                raise Distrusted("not there, or changed by somebody else")
            db = _connect(f"{self.file.as_uri()}?mode=ro")
            try:
                db.execute("BEGIN")
                yield db
            finally:
                db.close()

    @contextmanager
    def written(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to write with, alone; begins anew with an empty file where the old one is not ours.

        Whatever is committed is kept, also when the work is interrupted. Raises Distrusted.
        """
        with self._misfortunes_named(), self._alone():
            if not self._is_as_we_left_it():
                self._discard()
            db = _connect(f"{self.file.as_uri()}?mode=rwc")
            try:
                yield db
            finally:
                db.close()
                self._remember()

    def throw_away(self) -> None:
        """Delete the file, alone, so that it is made anew when it is next asked. Raises Distrusted."""
        if self.file.exists():
            with self._misfortunes_named(), self._alone():
                self._discard()

    def _is_as_we_left_it(self) -> bool:
        try:
            return self._stamp.is_file() and self._stamp.read_text("ascii") == self._seen()
        except (OSError, ValueError):
            return False

    def _seen(self) -> str:
        found = os.lstat(self.file)
        return f"{VERSION} {found.st_size} {found.st_mtime_ns}"

    def _remember(self) -> None:
        # A journal left behind holds what was not finished: then the next one begins anew.
        if not Path(f"{self.file}-journal").exists():
            keep_aside(self._stamp, self._seen())

    def _discard(self) -> None:
        for path in (self._stamp, self.file, Path(f"{self.file}-journal")):
            path.unlink(missing_ok=True)

    @contextmanager
    def _misfortunes_named(self) -> Iterator[None]:
        """Turn what a full disk, a foreign owner or another ilog does into Distrusted, and what damage does.

        Damage shows as an error of SQLite or as a row that cannot be what was written; the file is then given up.
        """
        try:
            yield
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # text that is no UTF-8 has none
            if code & 0xFF not in _NOT_THE_FILES_FAULT:
                self._give_up()
            raise Distrusted(str(error)) from error
        except (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
            self._give_up()
            raise Distrusted(f"damaged: {error}") from error
        except OSError as error:
            raise Distrusted(f"{error.strerror or error}: {error.filename or self.directory}") from error

    def _give_up(self) -> None:
        with suppress(OSError):
            self._stamp.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.directory.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(self.directory / "index.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            _lock(lock)
            yield
        finally:
            os.close(lock)


def _lock(lock: int) -> None:
    give_up = time.monotonic() + _WAIT
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise Distrusted("locked by another ilog") from None
            time.sleep(_PAUSE)
        else:
            return


def _connect(uri: str) -> sqlite3.Connection:
    before = os.umask(0o077)  # what customers said is nobody else's on this machine
    try:
        db = sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None)
        db.execute("PRAGMA schema_version")
    finally:
        os.umask(before)
    db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    db.execute("PRAGMA temp_store=MEMORY")
    db.execute("PRAGMA secure_delete=ON")  # what is deleted there is overwritten, and not only given up
    return db


@contextmanager
def temporary() -> Iterator[sqlite3.Connection]:
    """Lend an empty index that is nowhere, for one answer."""
    db = _connect("file::memory:")
    try:
        yield db
    finally:
        db.close()


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables where there are none. Without FTS5 there is no table of words, and searching scans."""
    if is_made(db):
        return
    db.execute("PRAGMA page_size=8192")
    db.execute("BEGIN IMMEDIATE")
    for statement in (_TABLES + (CHAPTERS + SCENE).format(temp="", temp_="")).split(";"):
        db.execute(statement)
    with suppress(sqlite3.OperationalError):
        db.execute(_WORDS)
    db.execute("COMMIT")


def is_made(db: sqlite3.Connection) -> bool:
    """Tell whether the file holds an index at all."""
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone())


def has_words(db: sqlite3.Connection) -> bool:
    """Tell whether there is a table of words to search."""
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone())


def facts(db: sqlite3.Connection) -> dict[str, str]:
    """Give what the index says of itself."""
    return dict(db.execute("SELECT name, value FROM fact"))
