"""`ilog edit`: go on writing in a note."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import NoteArgument, complete_assignments
from interviewlog.cli.session import Session, current
from interviewlog.errors import Code, IlogError

if TYPE_CHECKING:
    from interviewlog.interview import Interview

EXAMPLES = [
    "ilog edit acme-freight-2026-11-18",
    "ilog edit prod/interviews/checkout/globex-2026-09-03.md --no-commit",
    "ilog edit acme-freight-2026-11-18 --set consent=quotes --set segments=enterprise,smb",
    "ilog edit acme-freight-2026-11-18 --set tldr=          no value any more",
]


def command(
    ctx: typer.Context,
    note: NoteArgument,
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", autocompletion=complete_assignments, help="Change a field, without an editor."
        ),
    ] = None,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit the change.")] = True,
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share it at once.")] = None,
    editor: Annotated[str, typer.Option("--editor", metavar="CMD", help="Another editor than yours.")] = "",
) -> None:
    """Open a note in your editor, and commit the change. The end of its path is enough.

    With --set, which may be repeated, only those fields change, and every other byte stays. Lists are written with
    commas, or as [one, "two, three"]; nothing behind the = takes the value away.
    """
    from interviewlog.cli import aftercall
    from interviewlog.cli.selecting import named

    session = current(ctx)
    aftercall.refuse_bare(session)
    path = named(session, [note])[0]
    if not assignments:
        change(session, path, editor=editor, commit=commit, push=push)
    elif editor:
        raise IlogError("--set opens no editor", hint=f"ilog edit {path}", code=Code.USAGE)
    else:
        assign(session, path, assignments, commit=commit, push=push)


def assign(session: Session, path: str, words: Sequence[str], *, commit: bool, push: bool | None) -> None:
    """Set fields of a note by `KEY=VALUE` words, and commit and share the change as asked."""
    from interviewlog.cli import setting
    from interviewlog.cli.selecting import readable
    from interviewlog.store import index, refusals

    is_new = path not in index.committed(session.folder, [path])
    if commit and session.preference("commit") != "never":
        again = shlex.join(["ilog", "edit", path, *(part for word in words for part in ("--set", word))])
        refusals.check_repository(session.folder.git, {}, again)
    if setting.assign(session, path, words):
        _finish(session, readable(session, path), is_new=is_new, commit=commit, push=push)
        return
    session.say(f"nothing changed: {path}")
    if index.is_changed(session.folder, path):
        session.say(f"not committed yet: ilog save {path}")


def change(session: Session, path: str, *, editor: str, commit: bool, push: bool | None) -> None:
    """Edit an existing note, mend it with its writer, and commit and share the change as asked.

    Raises IlogError (65) when the note cannot be read afterwards and nobody is there to mend it.
    """
    from interviewlog.cli import aftercall
    from interviewlog.cli.selecting import bad_note, readable
    from interviewlog.problem import Problem
    from interviewlog.store import index

    is_new = path not in index.committed(session.folder, [path])
    if not aftercall.write(session, path, editor) and not is_new and not index.is_changed(session.folder, path):
        readable(session, path)
        session.say(f"nothing changed: {path}")
        return
    found = aftercall.mended(session, path, editor)
    if isinstance(found, Problem):
        raise bad_note(session, found)
    aftercall.say_unread(session, found)
    if is_new:
        aftercall.ask_tldr(session, found)
    _finish(session, found, is_new=is_new, commit=commit, push=push, editor=editor)


def _finish(
    session: Session,
    note: "Interview",
    *,
    is_new: bool,
    commit: bool,
    push: bool | None,
    editor: str | None = None,
) -> None:
    """Commit and share a change as asked, print the note's path, and tell what follows from it.

    `editor` is the one it was written in just now, None where there was none.
    """
    from interviewlog.cli import aftercall
    from interviewlog.cli.telling import tell
    from interviewlog.store import index

    session.answer_path(note.path)
    wants = commit and session.preference("commit") != "never"
    if wants and (is_new or index.is_changed(session.folder, note.path)):
        aftercall.commit(session, note, "Interview" if is_new else "Edit", editor=editor)
        aftercall.share(session, push=push)
    tell(session, note.path, is_committed=not index.is_changed(session.folder, note.path))
