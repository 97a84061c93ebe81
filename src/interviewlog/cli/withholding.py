"""The stop before a commit of notes: what must not enter git is said, masked, and the commit refused."""

import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.insights.known import Known
from interviewlog.insights.privacy import Leak, allowed_throughout, leaks, masked
from interviewlog.problem import Problem

_FEW = 3  # findings told of in one line


class WithheldError(IlogError):
    """A note was not committed (exit code 1), since something in it must not enter git. `found` says what and where."""

    def __init__(self, message: str, *, found: str, hint: str, kept: str) -> None:
        super().__init__(message, hint=hint, kept=kept, code=Code.NOTHING)
        self.found = found


class _Finding(NamedTuple):
    """What was found, and where in or of the note: line and column, or in words."""

    where: str
    leak: Leak


def refusal(session: Session, path: str, raw: bytes, message: str, *, now: str = "") -> WithheldError | None:
    """Give why a commit of these bytes at this path, with this message, is refused; None when it is not.

    `now` is where the note lies while that path is only wanted. Says the warnings. Raises IlogError (78) when
    `people.yaml` cannot be read, so that nobody knows the names.
    """
    text, known = raw.decode("utf-8", "surrogateescape"), session.known
    fine = allowed_throughout(text)
    in_name = leaks(path, known, fine)
    called = masked(path, known) if in_name else path
    found = [_Finding(f"{leak.line}:{leak.column}", leak) for leak in leaks(text, known)]
    found += [_Finding("the file's name", leak) for leak in in_name]
    if not any(leak.is_error for _, leak in found):  # else the message only says again what the note says
        found += [_Finding("the commit's message", leak) for leak in leaks(message, known, fine)]
    for where, leak in found:
        if not leak.is_error:
            session.say(f"{called}:{where}: {leak.what}; {leak.mend}")
    errors = [each for each in found if each.leak.is_error]
    if not errors:
        return None
    return _withheld(called, errors, _pattern(now or path, known), is_in_name=any(leak.is_error for leak in in_name))


def look_again(session: Session, path: str, checked: bytes, message: str) -> None:
    """Make sure that what was committed is what was looked at; raises WithheldError where a leak slipped in between."""
    raw = session.folder.read(path)
    if raw != checked and (late := refusal(session, path, raw, message)):
        what = f"changed while it was being committed, and must not enter git: {late.found}"
        hint = f"git reset --soft HEAD~1, then: {late.hint}"
        raise WithheldError(what, found=late.found, hint=hint, kept="committed in this clone, not shared")


def together(refused: Sequence[WithheldError]) -> WithheldError:
    """Give one error that names all notes which were refused."""
    if len(refused) == 1:
        return refused[0]
    found = "; ".join(each.found for each in refused)
    kept = ", ".join(dict.fromkeys(each.kept for each in refused))
    return WithheldError(f"{len(refused)} notes not committed: {found}", found=found, hint=refused[0].hint, kept=kept)


def shown(session: Session, text: str) -> str:
    """Give words of a note for talk: masked, and nothing of them where nobody knows the names."""
    try:
        return masked(text, session.known)
    except IlogError:  # a commit will say why
        return "…"


def veiled(session: Session, problem: Problem) -> Problem:
    """Give a problem of which nothing personal can be read; without its line where masking leaves no such place."""
    line, before = (shown(session, text) for text in (problem.source, problem.source[: problem.column - 1]))
    is_there = line.startswith(before)
    return problem._replace(
        what=shown(session, problem.what),
        mend=shown(session, problem.mend),
        source=line if is_there else "",
        column=len(before) + 1 if is_there else problem.column,
    )


def _withheld(called: str, errors: Sequence[_Finding], place: str, *, is_in_name: bool) -> WithheldError:
    found = f"{called}:{', '.join(_told(errors))}"
    folder, typed = place.rpartition("/")[0], "*".join(map(_quoted, place.split("*")))
    is_masked = "*" in place  # the name must not be told even here, but what stands for it can be typed
    kept = f"in {folder}; its path is masked here" if is_masked else place
    hint = f"ilog edit {typed}"
    if is_in_name:
        look = f"ls {typed.rpartition('/')[0]}; " if is_masked else ""
        hint = f'{look}ilog mv {typed} --customer "Project Heron"'
    return WithheldError(
        f"must not enter git, so not committed: {found}",
        found=found,
        hint=f"{hint}; or say in the note why it may stay: {errors[0].leak.allow}",
        kept=kept,
    )


def _quoted(piece: str) -> str:
    return shlex.quote(piece) if piece else ""


def _pattern(path: str, known: Known) -> str:
    """Give a path with a * for all that it must not tell, as a shell reads it."""
    while errors := [leak for leak in leaks(path, known) if leak.is_error]:
        path = f"{path[: errors[0].start]}*{path[errors[0].end :]}"
    return path


def _told(errors: Sequence[_Finding]) -> Iterator[str]:
    for where, leak in errors[:_FEW]:
        yield f"{where}: {leak.kind} {leak.masked}"
    if len(errors) > _FEW:
        yield f"and {len(errors) - _FEW} more"
