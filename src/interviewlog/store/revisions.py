"""The notes and the rules as they once were: what history did to them, and what they said before and after."""

from collections.abc import Callable, Iterable, Iterator
from sys import intern

from interviewlog.amendments import Amendment, Version
from interviewlog.commit import Commit
from interviewlog.config import FILE_NAME
from interviewlog.errors import IlogError
from interviewlog.interview import Interview
from interviewlog.lineage import Event
from interviewlog.note import parse
from interviewlog.problem import Problem
from interviewlog.settings import parse_config
from interviewlog.store import history
from interviewlog.store.folder import Folder, decoded_config
from interviewlog.store.git import Git

_OFTEN = 100
# Of a merge only what differs from all its parents. A rename of the rules would only lead away from them.
_LOG = (
    *("log", "--encoding=UTF-8", "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes"),
    *("--raw", "--no-abbrev", "-z", "-c", "--no-renames", "--full-history", "--topo-order", "--reverse"),
    *("--date=raw", "--format=%x01%H%x00%an%x00%ae%x00%ad"),
)


def events(folder: Folder, commit: str, tell: Callable[[int, int], None] | None = None) -> Iterator[Event]:
    """Yield what the history that leads to a commit did to notes; `tell` hears now and then how many commits."""

    def on_commit(number: int) -> None:
        if tell and number % _OFTEN == 0:
            tell(number, 0)

    return history.events(folder.git, commit, folder.root, on_commit=on_commit)


def versions(
    folder: Folder, wanted: Iterable[tuple[str, str]], tell: Callable[[int, int], None] | None = None
) -> Iterator[tuple[str, str, Interview | Problem]]:
    """Yield (path, blob, note) for each (path, blob) asked for, in no order; a blob that is not here is left out."""
    paths: dict[str, list[str]] = {}
    for path, blob in wanted:
        paths.setdefault(blob, []).append(path)
    for number, (blob, raw) in enumerate(folder.git.blobs(paths)):
        yield from ((path, blob, parse(path, raw)) for path in paths[blob])
        if tell and number % _OFTEN == 0:
            tell(number, len(paths))


def amendments(folder: Folder, commit: str) -> list[Amendment]:
    """Read what each commit that leads to a commit did to `ilog.yaml`, oldest first."""
    log = folder.git.stream(*_LOG, "--end-of-options", commit, "--", FILE_NAME)
    found = list(_amended(history.fields_of(log)))
    known = _read(folder.git, {blob for _, blobs in found for blob in blobs})
    return [
        Amendment(commit, tuple(known.get(blob, _MISSING) for blob in before), known.get(after, _MISSING))
        for commit, (*before, after) in found
    ]


_MISSING = "its text is not in this clone"


def _amended(fields: Iterator[bytes]) -> Iterator[tuple[Commit, list[str]]]:
    """Yield each commit with the blobs of `ilog.yaml` in its parents and, last, in itself."""
    commit = None
    for field in fields:
        head = field.lstrip(b"\n")
        if head.startswith(b"\x01"):
            commit = history.read_commit(head[1:], fields)
        elif commit and head.startswith(b":"):
            path = next(fields, b"")
            modes_and_blobs = head.lstrip(b":").split()[:-1]
            if path == FILE_NAME.encode():
                yield commit, [intern(blob.decode()) for blob in modes_and_blobs[len(modes_and_blobs) // 2 :]]


def _read(git: Git, blobs: Iterable[str]) -> dict[str, Version]:
    """Read versions of the rules by their blobs; that of no file, all zeros, is None."""
    asked = {blob: not blob.strip("0") for blob in blobs}
    versions: dict[str, Version] = {blob: None for blob, is_nothing in asked.items() if is_nothing}
    texts = git.blobs(blob for blob, is_nothing in asked.items() if not is_nothing)
    return versions | {blob: _version(raw) for blob, raw in texts}


def _version(raw: bytes) -> Version:
    try:
        return parse_config(decoded_config(raw))
    except IlogError as error:
        return error.message.removeprefix("cannot use ")
