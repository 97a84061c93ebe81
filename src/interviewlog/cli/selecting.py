"""Selectors from the command line to notes."""

from collections.abc import Iterable, Sequence

from interviewlog.cli.options import one_of
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.fields import TYPES
from interviewlog.insights.people import People
from interviewlog.insights.selection import Selection, select
from interviewlog.interview import Interview, Problem
from interviewlog.store import index
from interviewlog.store.folder import Folder, resolve_note
from interviewlog.weeks import parse_since, parse_until, parse_week

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
        first, final = parse_week(week, today).monday, parse_week(week, today).sunday
    return Selection(
        products=tuple(_known_product(session, name) for name in product or ()),
        customers=tuple(customer or ()),
        pms=tuple(pm or ()),
        types=tuple(one_of("--type", word, TYPES) for word in type or ()),
        segments=tuple(segment or ()),
        tags=tuple(tag or ()),
        since=first,
        until=final,
        last=last,
        paths=tuple(paths),
    )


def _known_product(session: Session, name: str) -> str:
    known = session.folder.products()
    return one_of("--product", name, tuple(known)) if known else name


def selected(session: Session, wanted: Selection, *, aliases: People | None = None) -> list[Interview]:
    """Give the readable notes asked for as they are in the work tree, and say how many cannot be read."""
    notes = index.current(session.folder)
    say_skipped(session, notes)
    people = aliases or People(session.config)
    return select((note for note in notes if isinstance(note, Interview)), wanted, people)


def say_skipped(session: Session, notes: Iterable[Interview | Problem]) -> None:
    """Say on stderr which notes cannot be read; they never hide the others."""
    broken = [note for note in notes if isinstance(note, Problem)]
    for problem in broken[:MOST_NAMED]:
        session.warn(f"skipped: {problem.path}:{problem.line}: {problem.what}")
    if broken:
        count = "1 note was skipped" if len(broken) == 1 else f"{len(broken)} notes were skipped"
        way = f"ilog edit {broken[0].path}" if len(broken) == 1 else "ilog check"
        session.warn(f"{count}: {way}")


def named(session: Session, words: Iterable[str]) -> list[str]:
    """Give the paths of the notes that a person named; raises IlogError (66) for one that is not there."""
    folder = session.folder
    return [resolve_note(folder, word, session.start, lambda: known_paths(folder)) for word in words]


def known_paths(folder: Folder) -> list[str]:
    """List the notes there are: in the work tree, or at HEAD of a bare repository."""
    return index.paths_at(folder, folder.git.head()) if folder.git.is_bare else folder.work_tree_notes()


def readable(session: Session, path: str) -> Interview:
    """Read one note that was asked for by name; raises IlogError (65) when it cannot be read."""
    note = index.read_note(session.folder, path)
    if isinstance(note, Problem):
        raise bad_note(note)
    return note


def bad_note(problem: Problem) -> IlogError:
    """Say of one note what is wrong, where, and how to mend it."""
    what = f"{problem.path}:{problem.line}: {problem.what}; {problem.mend}"
    return IlogError(what, hint=f"ilog edit {problem.path}", kept=problem.path, code=Code.BAD_NOTE)
