"""`ilog edit`: go on writing in a note."""

from typing import Annotated

import typer

from interviewlog.cli.options import NoteArgument
from interviewlog.cli.session import Session, current

EXAMPLES = ["ilog edit acme-freight-2026-11-18", "ilog edit prod/interviews/checkout/globex-2026-09-03.md --no-commit"]


def command(
    ctx: typer.Context,
    note: NoteArgument,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit the change.")] = True,
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share it at once.")] = None,
    editor: Annotated[str, typer.Option("--editor", metavar="CMD", help="Another editor than yours.")] = "",
) -> None:
    """Open a note in your editor, and commit the change. The end of its path is enough."""
    from interviewlog.cli import aftercall
    from interviewlog.cli.selecting import named

    session = current(ctx)
    aftercall.refuse_bare(session)
    change(session, named(session, [note])[0], editor=editor, commit=commit, push=push)


def change(session: Session, path: str, *, editor: str, commit: bool, push: bool | None) -> None:
    """Edit an existing note, mend it with its writer, and commit and share the change as asked.

    Raises IlogError (65) when the note cannot be read afterwards and nobody is there to mend it.
    """
    from interviewlog.cli import aftercall
    from interviewlog.cli.selecting import bad_note, readable
    from interviewlog.cli.telling import tell
    from interviewlog.problem import Problem
    from interviewlog.store import index

    is_new = path not in index.committed(session.folder, [path])
    if not aftercall.write(session, path, editor) and not is_new and not index.is_changed(session.folder, path):
        readable(session, path)
        session.say(f"nothing changed: {path}")
        return
    found = aftercall.mended(session, path, editor)
    if isinstance(found, Problem):
        raise bad_note(found)
    aftercall.say_unread(session, found)
    if is_new:
        aftercall.ask_tldr(session, found)
    session.answer(path)
    wants = commit and session.preference("commit") != "never"
    if wants and (is_new or index.is_changed(session.folder, path)):
        aftercall.commit(session, found, "Interview" if is_new else "Edit")
        aftercall.share(session, push=push)
    tell(session, path, is_committed=not index.is_changed(session.folder, path))
