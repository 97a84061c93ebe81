"""Selectors from the command line to notes."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from interviewlog.card import Card
from interviewlog.cli.options import one_of
from interviewlog.cli.progress import watched
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.fields import TYPES
from interviewlog.insights.people import People
from interviewlog.nearest import did_you_mean
from interviewlog.person import FILE_NAME as PEOPLE
from interviewlog.problem import Problem
from interviewlog.selection import Selection
from interviewlog.store import index
from interviewlog.store.folder import Folder, resolve_note
from interviewlog.weeks import parse_since, parse_until, parse_week

if TYPE_CHECKING:
    from interviewlog.interview import Interview

T = TypeVar("T")
_MAY_BE_PERSONAL = re.compile(r"@|\d{4}|\S{14}")
MOST_NAMED = 10  # of the notes that cannot be read; `ilog check` names all


def selection(
    session: Session,
    *,
    product: Sequence[str] | None = None,
    customer: Sequence[str] | None = None,
    pm: Sequence[str] | None = None,
    type: Sequence[str] | None = None,  # noqa: A002 - named like its flag
    segment: Sequence[str] | None = None,
    tag: Sequence[str] | None = None,
    since: str = "",
    until: str = "",
    week: str = "",
    last: int = 0,
    paths: Sequence[str] = (),
) -> Selection:
    """Read the selectors' words; raises IlogError (usage) for words that mean nothing."""
    today = session.today()
    first = parse_since(since, today) if since else None
    final = parse_until(until, today) if until else None
    if week:
        asked = parse_week(week, today)
        first, final = max(asked.monday, first or asked.monday), min(asked.sunday, final or asked.sunday)
    return Selection(
        products=tuple(name for word in product or () for name in _product_names(session, word)),
        customers=tuple(customer or ()),
        is_by=People(session.config).any_of(handles(session, pm)) if pm else None,
        types=tuple(one_of("--type", word, TYPES) for word in type or ()),
        segments=tuple(segment or ()),
        tags=tuple(tag or ()),
        since=first,
        until=final,
        last=last,
        paths=tuple(paths),
    )


def handles(session: Session, words: Sequence[str]) -> list[str]:
    """Give what stands for these PMs: a name on the roster is its handle; of what looks like a slip, that is said."""
    config = session.config
    by_name = {pm.name.casefold(): pm.handle for pm in config.pms.values()}
    found = [by_name.get(word.strip().casefold(), word) for word in words]
    for word in found:
        near = "" if config.pm_of(word) or "@" in word else did_you_mean(word, config.pms)
        if near:
            session.warn(f"{word} is not on the roster, {near}")
    return found


def _product_names(session: Session, word: str) -> tuple[str, ...]:
    """Give all names of a product, by any of them: notes may still stand under one that it had before."""
    known, name = session.folder.products(), session.config.current_product(word)
    return session.config.names_of_product(one_of("--product", name, tuple(known)) if known else name)


def selected(session: Session, wanted: Selection, only_committed: bool = False) -> "list[Interview]":
    """Give the readable notes asked for as they are in the work tree, and say how many cannot be read."""
    return _found(session, wanted, index.interviews, only_committed).notes


def cards(session: Session, wanted: Selection, only_committed: bool = False) -> list[Card]:
    """Give their cards."""
    return _found(session, wanted, index.cards, only_committed).notes


def paths(session: Session, wanted: Selection, only_committed: bool = False) -> list[str]:
    """Give their paths."""
    return _found(session, wanted, index.paths, only_committed).notes


def searched(session: Session, wanted: Selection, only_committed: bool = False) -> "index.Found[Interview]":
    """Give the notes that hold what was searched for, and how many more there are."""
    return _found(session, wanted, index.interviews, only_committed)


def _found(session: Session, wanted: Selection, ask: "_Ask[T]", only_committed: bool) -> index.Found[T]:
    with watched(session, "reading notes") as watch:
        found = ask(session.folder, wanted, watch, only_committed=only_committed)
    say_skipped(session, found.problems)
    return found


class _Ask(Protocol[T]):
    def __call__(
        self, folder: Folder, wanted: Selection, watch: index.Watch, *, only_committed: bool
    ) -> index.Found[T]: ...


def say_skipped(session: Session, notes: "Iterable[Interview | Problem]") -> None:
    """Say on stderr which notes cannot be read; they never hide the others."""
    broken = [note for note in notes if isinstance(note, Problem)]
    for problem in broken[:MOST_NAMED]:
        session.warn(f"skipped: {problem.path}:{problem.line}: {told(session, problem.what)}")
    if broken:
        count = "1 note was skipped" if len(broken) == 1 else f"{len(broken)} notes were skipped"
        way = f"ilog edit {broken[0].path}" if len(broken) == 1 else "ilog check"
        session.warn(f"{count}: {way}")


def told(session: Session, what: str) -> str:
    """Give what is wrong with a note without what is personal in it; few such lines hold any, and all are looked at."""
    if not _MAY_BE_PERSONAL.search(what) and not (session.folder.top / PEOPLE).exists():
        return what
    from interviewlog.cli.withholding import shown

    return shown(session, what)


def named(session: Session, words: Iterable[str]) -> list[str]:
    """Give the paths of the notes that a person named; raises IlogError (66) for one that is not there."""
    return [_named(session, word) for word in words]


def _named(session: Session, word: str) -> str:
    folder = session.folder
    try:
        return resolve_note(folder, word, session.start, lambda: known_paths(folder))
    except IlogError:
        # A link in somebody's chat outlives the name that a note had then.
        now = index.moved(folder, word) if word.strip("/") else []
        there = set(known_paths(folder)).intersection(now)
        if len(now) != 1 or not there:
            raise
        session.say(f"moved: {now[0]}")
        return now[0]


def known_paths(folder: Folder) -> list[str]:
    """List the notes there are: in the work tree, or at HEAD of a bare repository."""
    return index.paths_at(folder, folder.git.head()) if folder.git.is_bare else folder.work_tree_notes()


def readable(session: Session, path: str) -> "Interview":
    """Read one note that was asked for by name; raises IlogError (65) when it cannot be read."""
    note = index.read_note(session.folder, path)
    if isinstance(note, Problem):
        raise bad_note(session, note)
    return note


def bad_note(session: Session, found: Problem) -> IlogError:
    """Say of one note what is wrong, where, and how to mend it; the place is shown, and what is personal masked."""
    from interviewlog.cli.withholding import veiled
    from interviewlog.render import excerpt

    problem = veiled(session, found)
    what = f"{problem.path}:{problem.line}: {problem.what}; {problem.mend}"
    shown = excerpt.lines(problem.line, problem.column, problem.source)
    return IlogError(what, hint=f"ilog edit {problem.path}", kept=problem.path, excerpt=shown, code=Code.BAD_NOTE)
