"""What follows the writing of a note: the editor, problems, the one question, the commit, and sharing it.

What only some of this needs is imported there: `ilog new --no-edit` in a script must not pay for an editor.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.hidden import hidden_lines
from interviewlog.interview import Interview
from interviewlog.problem import Problem
from interviewlog.store import index


def write(session: Session, path: str, editor: str = "") -> bool:
    """Open a note in the person's editor, its cursor where typing starts; tells whether the note changed.

    An editor that comes back at once is one that does not wait: then Enter says that the writing is done.
    """
    from interviewlog.store.editor import choose
    from interviewlog.store.templates import starting_line

    folder = session.folder
    git_editor = (folder.git.try_read("config", "--get", "core.editor") or b"").decode(errors="replace").strip()
    chosen = choose(git_editor, session.environ, editor or session.preference("editor"))
    before = folder.read(path)
    line = starting_line(before.decode(errors="replace"))
    while True:
        sitting = session.edit(chosen, folder.top / path, line)
        if sitting.returned_at_once and session.ask:
            session.warn("the editor came back at once; if it opened a window, write there (`code --wait` would wait)")
            session.ask.text("press Enter when done")
        line = _hidden(session, path, before, folder.read(path))
        if not line or not session.ask or not session.ask.yes("Edit again?"):
            return folder.read(path) != before


def _hidden(session: Session, path: str, before: bytes, after: bytes) -> int:
    """Say which words were typed into one of the template's comments, where nobody reads them; gives the first line."""
    old = {text for _, text in hidden_lines(before.decode(errors="replace"))}
    new = [(line, text) for line, text in hidden_lines(after.decode(errors="replace")) if text not in old]
    for line, text in new:
        from interviewlog.cli.withholding import shown

        what = f"inside a comment, so it is not read: {shown(session, text)}"
        session.warn(f"{path}:{line}: {what}", "move it below the -->")
    return new[0][0] if new else 0


def mended(session: Session, path: str, editor: str = "") -> Interview | Problem:
    """Show what is wrong with a note and offer to edit it again, until it is right or to be kept as it is."""
    while True:
        note = index.read_note(session.folder, path)
        if isinstance(note, Interview) or not session.ask:
            return note
        from interviewlog.cli.withholding import veiled
        from interviewlog.render.excerpt import lines

        seen = veiled(session, note)
        place = lines(seen.line, seen.column, seen.source)
        session.warn(f"{path}:{seen.line}: {seen.what}", seen.mend, excerpt=place)
        if not session.ask.yes("Edit again?"):
            return note
        write(session, path, editor)


def say_unread(session: Session, note: Interview) -> None:
    """Say which words of a note are not read as they were meant: near misses, and all below an open comment."""
    if not note.body.near_misses and not note.body.unclosed:
        return
    from interviewlog.cli.withholding import shown
    from interviewlog.insights.check import check

    for report in check([note], session.config, session.today()):
        if report.code in {"near-miss", "unclosed-comment"}:
            session.warn(shown(session, f"{report.path}:{report.line}: {report.what}; {report.mend}"))


def ask_tldr(session: Session, note: Interview) -> None:
    """Ask the one question, if the note has no tldr, and write the answer into its front matter."""
    if not session.ask or note.tldr or note.is_stub:
        return
    heard = session.ask.text("In one line, what did you hear?")
    if heard:
        from interviewlog.edit import set_field

        raw = session.folder.read(note.path)
        session.folder.replace(note.path, raw, set_field(raw, "tldr", heard))


def commit(
    session: Session, note: Interview, verb: str = "Interview", *, old: str = "", editor: str | None = None
) -> None:
    """Commit exactly this note; on any refusal the note stays on disk, and the error says so.

    `old` is the path that it had, where it was moved by hand; that goes in the same commit. Personal data is refused
    (1), on a terminal after a session in `editor` once its writer no longer wants to edit again.
    """
    from interviewlog.cli import withholding
    from interviewlog.store.commit import commit_paths

    cleared, subject = note, _subject(session, note, verb, old)
    with _kept(note.path):
        raw = session.folder.read(note.path)
        while refused := withholding.refusal(session, note.path, raw, subject):
            cleared = _edited_again(session, cleared, refused, editor)
            raw, subject = session.folder.read(note.path), _subject(session, cleared, verb, old)
    commit_paths(
        session.folder.git,
        [*filter(None, [old]), note.path],
        subject,
        kept=note.path,
        on_wait=lambda: session.say("waiting for another ilog to finish"),
    )
    withholding.look_again(session, note.path, raw, subject)


def _subject(session: Session, note: Interview, verb: str, old: str) -> str:
    from interviewlog.render.clean import clean

    if not old:
        return f"{verb}: {clean(note.customer)}, {note.product}, {note.date.isoformat()}"
    from interviewlog.insights.privacy import masked
    from interviewlog.notepath import way

    # A name in the old path may be why the note was moved: the message must not say it again.
    return f"Move: {clean(way(masked(old, session.known), note.path))}"


def _edited_again(session: Session, note: Interview, refused: IlogError, editor: str | None) -> Interview:
    """Let whoever just wrote take out what must not enter git; raises the refusal when they do not."""
    if editor is None or not session.ask:
        raise refused
    session.warn(refused.message)
    if not session.ask.yes("Edit again?"):
        raise refused
    write(session, note.path, editor)
    found = mended(session, note.path, editor)
    if isinstance(found, Problem):
        from interviewlog.cli.selecting import bad_note

        raise bad_note(session, found)
    return found


@contextmanager
def _kept(path: str) -> Iterator[None]:
    """Let every error here say that the note is where it was."""
    try:
        yield
    except IlogError as error:
        error.kept = error.kept or path
        raise


def share(session: Session, *, push: bool | None) -> None:
    """Share what was committed: when asked to, when the settings say so, or when the person says yes.

    The commit stands if sharing fails; then the error is told, and the way to share later.
    """
    manner = "auto" if push else "never" if push is False else session.preference("push") or "ask"
    if manner == "never" or (manner == "ask" and not session.ask):
        return
    if push is None and not session.folder.git.upstream_state():
        return
    if manner == "ask" and session.ask and not session.ask.yes("Share it with the team now?"):
        session.say("not shared yet: ilog sync")
        return
    from interviewlog.cli.sync import share_now

    try:
        share_now(session)
    except IlogError as error:
        error.kept = error.kept or "committed in this clone"
        if push:
            raise
        session.warn(f"not shared: {error.message}", f"kept: {error.kept}", f"next: {error.hint or 'ilog sync'}")


@contextmanager
def keeping(path: str) -> Iterator[None]:
    """Tell whoever presses ^C at a question where their note is; raises IlogError (130)."""
    try:
        yield
    except KeyboardInterrupt:
        raise IlogError("interrupted", kept=path, hint=f"ilog save {path}", code=Code.INTERRUPTED) from None


def refuse_bare(session: Session) -> None:
    """Refuse to write into a bare repository; raises IlogError (78)."""
    if session.folder.git.is_bare:
        what = f"a bare repository cannot be written to: {session.folder.top}"
        raise IlogError(what, hint=f"ilog join {session.folder.top}", code=Code.CONFIG)
