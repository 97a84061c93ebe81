"""`ilog edit --set`: fields of a note changed without an editor."""

import shlex
from collections.abc import Mapping, Sequence

from interviewlog.assignment import assignments, moves
from interviewlog.cli.selecting import bad_note
from interviewlog.cli.session import Session
from interviewlog.edit import Value, set_fields, values
from interviewlog.errors import Code, IlogError
from interviewlog.insights.check import check
from interviewlog.interview import Interview
from interviewlog.note import parse
from interviewlog.problem import Problem
from interviewlog.store.templates import boilerplate


def assign(session: Session, path: str, words: Sequence[str]) -> bool:
    """Set fields of a note by `KEY=VALUE` words, and say what is to be minded of the new values; tells of a change.

    Nothing is written unless the note can be read afterwards, with all else as it was. Raises IlogError: 2 for words
    that are no such values, or that would part the note from its path; 65 for a note that stays unreadable.
    """
    folder = session.folder
    raw = folder.read(path)
    changes = assignments(words, path, values(raw))
    flags = moves(path, changes)
    if flags:
        what = f"the path says another {', '.join(flag[2:] for flag in flags[::2])}: {path}"
        raise IlogError(what, hint=shlex.join(["ilog", "mv", path, *flags]), code=Code.USAGE)
    after = _changed(path, raw, changes)
    if after == raw:
        return False
    own_words = boilerplate(folder.templates)
    note = parse(path, after, own_words)
    if isinstance(note, Problem):
        raise bad_note(session, note)
    folder.replace(path, raw, after)
    _say_new(session, parse(path, raw, own_words), note)
    return True


def _changed(path: str, raw: bytes, changes: Mapping[str, Value]) -> bytes:
    try:
        return set_fields(raw, changes)
    except IlogError as error:
        what = f"{path}: {error.message}; {error.hint}"
        raise IlogError(what, hint=shlex.join(["ilog", "edit", path]), kept=path, code=error.code) from None


def _say_new(session: Session, before: Interview | Problem, after: Interview) -> None:
    """Say what can be mended now and could not before."""
    old = () if isinstance(before, Problem) else check([before], session.config, session.today())
    known = {(report.code, report.what) for report in old}
    for report in check([after], session.config, session.today()):
        if isinstance(before, Interview) and (report.code, report.what) not in known:
            session.say(f"{report.path}:{report.line}: {report.what}; {report.mend}")
