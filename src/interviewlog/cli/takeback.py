"""What is meant by NOTE, P2 or CUSTOMER: the notes, and what is to become of them."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from interviewlog.cli.progress import watched
from interviewlog.cli.selecting import known_paths, named, say_skipped
from interviewlog.cli.session import Session
from interviewlog.config import Config
from interviewlog.errors import Code, IlogError
from interviewlog.insights import redaction
from interviewlog.insights.redaction import Redaction
from interviewlog.interview import Interview
from interviewlog.likeness import is_same_conversation
from interviewlog.notepath import FileName
from interviewlog.problem import Problem
from interviewlog.render.phrases import many
from interviewlog.selection import Selection
from interviewlog.slugs import slug
from interviewlog.store import index
from interviewlog.store.templates import boilerplate, hints
from interviewlog.withdrawal import Boilerplate

MOST_NAMED = 20  # of many notes, on a terminal


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants redacted, and the words they typed after `ilog`.

    `customer` or `code` is set where all of one was asked for; `subject` is the commit's.
    """

    redactions: Sequence[Redaction]
    words: tuple[str, ...]
    subject: str
    customer: str = ""
    code: str = ""

    @property
    def again(self) -> str:
        """What to type to do it without being asked."""
        return shlex.join(["ilog", *self.words, "--yes"])


def rules(session: Session) -> tuple[Config, frozenset[str]]:
    """Give what a redaction goes by: the roster, and the templates' lines."""
    return session.config, boilerplate(session.folder.templates)


def raws(session: Session, paths: Iterable[str]) -> dict[str, bytes]:
    """Read notes as they are in the work tree; raises IlogError (66, 77) for one that is no regular file."""
    git, read = session.folder.git, session.folder.read
    return {path: (git.blob_at("HEAD", path) or b"") if git.is_bare else read(path) for path in paths}


def notes(session: Session, word: str) -> Asked:
    """Find the notes of a customer, or else one note, with whatever tells the same conversation again.

    Raises IlogError (66) when there is neither.
    """
    theirs = _of_customer(session, word)
    paths = theirs or named(session, [word])
    if not theirs:
        again = _told_again(session, paths[0])
        for path in again:
            session.say(f"the same conversation, told again: {path}")
        paths = [*paths, *again]
    found = redaction.stubs(raws(session, paths), *rules(session))
    return Asked(found, ("redact", word), redaction.subject(found), customer=word if theirs else "")


def _of_customer(session: Session, word: str) -> list[str]:
    """Give the paths of a customer's notes: those that say so, and those that are named so."""
    if "/" in word or word.endswith(".md") or not slug(word):
        return []
    with watched(session, "reading notes") as watch:
        cards = index.cards(session.folder, Selection(customers=(word,)), watch).notes
    files = ((path, FileName.read(path)) for path in known_paths(session.folder))
    theirs = [path for path, name in files if name and name.customer == slug(word)]
    gone = index.drafts(session.folder).deleted
    for path in (path for path in gone if (name := FileName.read(path)) and name.customer == slug(word)):
        way_back = f"git restore {shlex.quote(path)}, then the same again"
        session.warn(f"deleted here, but committed: {path}", f"next: {way_back}")
    return sorted({*theirs, *(card.path for card in cards)})


def _told_again(session: Session, path: str) -> list[str]:
    """Give the notes that tell the same conversation as this one: they hold the same words."""
    note = index.read_note(session.folder, path)
    if isinstance(note, Problem):
        return []
    with watched(session, "reading notes") as watch:
        same_day = Selection(customers=(note.customer,), since=note.date, until=note.date)
        found = index.interviews(session.folder, same_day, watch).notes
    others = (each for each in found if each.path != path and each.product == note.product)
    return [each.path for each in others if is_same_conversation(note, each)]


def participant(session: Session, code: str, within: str) -> Asked:
    """Find the one note in which somebody has a code, or the notes that `within` names.

    Raises IlogError: 66 when nobody has it; 2, with the commands to type, when there are several.
    """
    config, template = session.config, _boilerplate(session)
    if within:
        paths = _of_customer(session, within)
        paths = [each.path for each in _with(session, code, paths)] if paths else named(session, [within])
    else:
        paths = [each.path for each in _with(session, code, ())]
    if not paths:
        raise IlogError(f"nobody is {code} in {within or 'any note'}", hint="ilog list", code=Code.NO_NOTE)
    if len(paths) > 1 and not within:
        _which(session, code, paths)
    read = raws(session, paths)
    found = [redaction.participant(path, raw, code, config, template) for path, raw in read.items()]
    for path in dict.fromkeys(again for each in found for again in _told_again(session, each.path)):
        if path not in paths:
            session.warn(f"the same conversation, told again: {path}", f"next: {_command(code, path)}")
    words = ("redact", code, *(("--in", within) if within else ()))
    return Asked(found, words, redaction.subject(found, "a participant"), code=code)


def _boilerplate(session: Session) -> Boilerplate:
    return Boilerplate(boilerplate(session.folder.templates), hints(session.folder.templates))


def _with(session: Session, code: str, paths: Sequence[str]) -> list[Interview]:
    template = _boilerplate(session)
    with watched(session, "reading notes") as watch:
        found = index.interviews(session.folder, Selection(paths=tuple(paths)), watch)
    say_skipped(session, [each for each in found.problems if not paths or each.path in paths])
    return [each for each in found.notes if redaction.has_participant(each, code, template)]


def _which(session: Session, code: str, paths: Sequence[str]) -> NoReturn:
    lines = [_command(code, path) for path in paths]
    more = [f"and {len(lines) - MOST_NAMED} more"] if len(lines) > MOST_NAMED else []
    session.warn(
        f"{code} is in {many(len(paths), 'note')}, and may be somebody else in each:", *lines[:MOST_NAMED], *more
    )
    raise IlogError(f"which {code}?", hint=lines[0], code=Code.USAGE)


def _command(code: str, path: str) -> str:
    return shlex.join(["ilog", "redact", code, "--in", path])
