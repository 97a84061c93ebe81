"""`ilog save`: check and commit notes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import NotesArgument
from interviewlog.cli.session import Session, current

if TYPE_CHECKING:
    from interviewlog.cli.withholding import WithheldError
    from interviewlog.interview import Interview
    from interviewlog.problem import Problem

EXAMPLES = ["ilog save", "ilog save prod/interviews/checkout/globex-2026-09-03.md", "ilog save --push"]


def command(
    ctx: typer.Context,
    notes: NotesArgument = None,
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share at once what was saved.")] = None,
) -> None:
    """Check and commit notes: those named, or every new or changed one. Whatever else is staged stays as it is.

    Each note is a commit of its own. Prints the paths of what was saved; nothing to save is fine too.
    """
    from interviewlog.cli import aftercall, withholding
    from interviewlog.cli.selecting import named
    from interviewlog.cli.telling import tell
    from interviewlog.interview import Interview
    from interviewlog.store import index

    session = current(ctx)
    aftercall.refuse_bare(session)
    paths = named(session, notes or ())
    found = _chosen(session, paths)
    readable = [note for note in found if isinstance(note, Interview)]
    before = index.committed(session.folder, [note.path for note in readable])
    _say_findings(session, readable, before)
    moved = _moved(session, [note.path for note in readable if note.path not in before], is_all=not paths)
    saved, refused = _commit(session, readable, before, moved)
    if not saved and not refused:
        session.say("nothing saved" if found else "nothing to save")
        return
    for note in saved if len(readable) == 1 else []:
        tell(session, note.path, is_committed=True)
    if saved:
        aftercall.share(session, push=push)
    if refused:
        raise withholding.together(refused)


def _commit(
    session: Session, notes: "Iterable[Interview]", before: set[str], moved: Mapping[str, str]
) -> "tuple[list[Interview], list[WithheldError]]":
    """Commit each note by itself; gives those that were, and why others must not be."""
    from interviewlog.cli import aftercall
    from interviewlog.cli.withholding import WithheldError

    saved, refused = [], []
    for note in notes:
        verb = "Edit" if note.path in before else "Interview"
        try:
            aftercall.commit(session, note, verb, old=moved.get(note.path, ""))
        except WithheldError as error:
            refused.append(error)
        else:
            saved.append(note)
            session.answer_path(note.path)
    return saved, refused


def _moved(session: Session, new: list[str], *, is_all: bool) -> dict[str, str]:
    """Tell which new notes are deleted ones that somebody gave another name, new path to old."""
    from interviewlog.store import index, moving

    gone = index.deleted(session.folder) if new or is_all else []
    moved = moving.moved_by_hand(session.folder, new, gone)
    for path, old in moved.items():
        session.say(f"moved: {old} to {path}")
    left = [path for path in gone if path not in moved.values()]
    if left and is_all:
        session.say(f"deleted, which save leaves alone: {', '.join(left)}")
    return moved


def _chosen(session: Session, paths: list[str]) -> "list[Interview | Problem]":
    """Give the notes to save; raises IlogError (65) for one that was named and cannot be read."""
    from interviewlog.cli.selecting import bad_note, say_skipped
    from interviewlog.problem import Problem
    from interviewlog.store import index

    if not paths:
        drafts = index.drafts(session.folder)
        found = [*drafts.new, *drafts.changed]
        say_skipped(session, found)
        # The commit of a note that git does not offer to take says why; what can be saved is saved before.
        return [*sorted(found, key=lambda note: note.path), *index.unseen(session.folder)]
    read = [index.read_note(session.folder, path) for path in dict.fromkeys(paths)]
    for note in read:
        if isinstance(note, Problem):
            raise bad_note(session, note)
    # Git does not list a note that it is told to ignore; committing it then says which rule that is.
    known = index.committed(session.folder, paths)
    return [note for note in read if note.path not in known or index.is_changed(session.folder, note.path)]


def _say_findings(session: Session, notes: "Iterable[Interview]", before: set[str]) -> None:
    """Say what can be mended; that consent is open yet is said of notes that were saved before."""
    from interviewlog.cli.withholding import shown
    from interviewlog.insights.check import check

    for report in check(notes, session.config, session.today()):
        if report.code != "consent-open" or report.path in before:
            session.say(shown(session, f"{report.path}:{report.line}: {report.what}; {report.mend}"))
