"""Which notes hold short kinds, and what they say with those spelt out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewlog.cli.progress import counted
from interviewlog.cli.selecting import bad_note, say_skipped
from interviewlog.cli.session import Session
from interviewlog.errors import IlogError
from interviewlog.note import parse, split
from interviewlog.problem import Problem
from interviewlog.shorthand import Spelt, is_worth_reading, spelt_out
from interviewlog.store.templates import boilerplate


class Rewrite(NamedTuple):
    """A note that changes: its bytes before and after, and the lines that differ, numbered as in the file."""

    path: str
    before: bytes
    after: bytes
    lines: list[Spelt]


def rewrites(session: Session, named: Sequence[str]) -> list[Rewrite]:
    """Read notes, all of the work tree or those named, and give those whose short kinds can be spelt out.

    Raises IlogError (65) for a note that was named and cannot be read; others are told of and left alone.
    """
    paths = list(dict.fromkeys(named)) or session.folder.work_tree_notes()
    with counted(session, "reading notes") as tell:
        found = []
        for number, path in enumerate(paths, 1):
            found += list(_rewrite(session, path, is_named=bool(named)))
            if tell:
                tell(number, len(paths))
    say_skipped(session, [each for each in found if isinstance(each, Problem)])
    return [each for each in found if isinstance(each, Rewrite)]


def _rewrite(session: Session, path: str, *, is_named: bool) -> Iterator[Rewrite | Problem]:
    folder = session.folder
    try:
        raw = folder.read(path)
    except IlogError as error:
        if is_named:
            raise
        yield Problem(path, 1, 1, error.message.removesuffix(f": {path}"), error.hint)
        return
    if not is_worth_reading(raw) and not is_named:
        return
    template = boilerplate(folder.templates)
    note = parse(path, raw, template)
    if isinstance(note, Problem):
        if is_named:
            raise bad_note(session, note)
        yield note
        return
    body = split(raw).body
    try:
        after, lines = spelt_out(body.decode(), template)
    except ValueError as error:
        session.warn(f"left alone: {path}: {error}")
        return
    if lines:
        rewritten = raw[: len(raw) - len(body)] + after.encode()
        yield Rewrite(path, raw, rewritten, [each._replace(line=each.line + note.body_line - 1) for each in lines])
