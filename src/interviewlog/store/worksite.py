"""What lies under the root of the work tree, tracked or not, for whoever has to look at every file of it."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from interviewlog.note import LARGEST
from interviewlog.rootfile import Form, RootFile, Stock, is_hidden
from interviewlog.store import files
from interviewlog.store.folder import Folder
from interviewlog.store.templates import boilerplate

Tell = Callable[[int, int], None]


class _Entry(NamedTuple):
    path: str
    form: Form


def stock(folder: Folder, is_wanted: Callable[[str], bool], tell: Tell | None = None) -> Stock:
    """Give what lies under the root: the files that are wanted, and the other notes beside them.

    What git is told to ignore and is no note is left out, as if it were not there. `tell` hears how far reading is.
    """
    ignored = _ignored(folder)
    found = sorted(_under(folder))
    entries = [each for each in found if folder.is_note(each.path) or each.path not in ignored]
    wanted = [each for each in entries if is_wanted(each.path)]
    others = [each for each in entries if not is_wanted(each.path) and folder.is_note(each.path)]
    return Stock(
        _told(_read(folder, wanted, ignored), len(wanted), tell),
        _read(folder, others, ignored),
        tuple(each.path for each in entries),
        boilerplate(folder.templates),
    )


def _ignored(folder: Folder) -> frozenset[str]:
    asked = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", folder.root)
    return frozenset(folder.git.read(*asked).decode("utf-8", "surrogateescape").split("\0")[:-1])


def _under(folder: Folder) -> Iterator[_Entry]:
    """Yield what lies under the root, unless a link leads there."""
    root = folder.root
    way = [root[:at] for at, sign in enumerate(f"{root}/") if sign == "/"]
    link = next((each for each in way if (folder.top / each).is_symlink()), None)
    if link:
        yield _Entry(link, "link")
    elif (folder.top / root).is_dir():
        yield from _walk(folder, root)


def _walk(folder: Folder, where: str) -> Iterator[_Entry]:
    inner = []
    try:
        with os.scandir(folder.top / where) as entries:
            for entry in entries:
                path = f"{where}/{entry.name}"
                if entry.name == ".git":
                    yield _Entry(where, "repository")
                elif entry.is_symlink():
                    yield _Entry(path, "link")
                elif entry.is_dir():
                    inner.append(path)
                else:
                    yield _Entry(path, "file" if entry.is_file() else "special")
    except PermissionError:
        yield _Entry(where, "unreadable")
    for path in inner:
        if folder.is_note(path):
            yield _Entry(path, "special")
        yield from _walk(folder, path)


def _read(folder: Folder, entries: Iterable[_Entry], ignored: frozenset[str]) -> Iterator[RootFile]:
    for path, form in entries:
        is_note, raw = folder.is_note(path), b""
        if form == "file":
            try:
                raw = files.read_below(folder.top, path, LARGEST + 1)
            except FileNotFoundError:
                continue  # it was there a moment ago
            except files.NotRegularError:
                form = "special"  # noqa: PLW2901 - somebody put something else there
            except OSError:
                form = "unreadable"  # noqa: PLW2901
        elif form == "link":
            raw = os.fsencode(os.readlink(folder.top / path))  # noqa: PTH115 - Path would tidy it up
        yield RootFile(path, form, raw, is_note, is_hidden(path, folder.root), path in ignored)


def _told(read: Iterator[RootFile], number: int, tell: Tell | None) -> Iterator[RootFile]:
    for done, file in enumerate(read):
        if tell:
            tell(done, number)
        yield file
