"""Names of files and folders that not every machine can have: one by one, and beside each other.

Notes check out on Linux, macOS and Windows alike. Two names that differ in capitals or in how an accent is composed
are two files here, and one there: one of them is lost.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from shlex import quote
from typing import NamedTuple

from interviewlog.slugs import RESERVED

_LONGEST = 255  # bytes
_DEVICES = RESERVED | {"conin$", "conout$", "clock$", *(f"{port}{n}" for port in ("com", "lpt") for n in "¹²³")}
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')


class NameFinding(NamedTuple):
    """What is amiss with the name of the file or folder at `path`."""

    path: str
    code: str
    what: str
    mend: str


def name_findings(wanted: Iterable[str], names: Collection[str], root: str) -> Iterator[NameFinding]:
    """Look at the names of the files wanted, and of the folders they lie in below the root, among all there are."""
    alike = _alike(names, root)
    seen: set[str] = set()
    for file in wanted:
        for path in _with_folders(file, root):
            if path not in seen:
                seen.add(path)
                yield from _of(path, alike)


def _of(path: str, alike: Mapping[str, Collection[str]]) -> Iterator[NameFinding]:
    if why := unportable(path.rpartition("/")[2]):
        what = f"the name {why}, so not every system can have it"
        yield NameFinding(path, "unportable-name", what, f"git mv {quote(path)} NEW, with a-z, 0-9 and hyphens only")
    for other in alike.get(_folded(path), ()):
        if other != path:
            what = f"on many systems the same name as {other}, so one of the two is lost there"
            yield NameFinding(path, "name-collision", what, f"rename one of them: git mv {quote(path)} NEW")
            return


def unportable(name: str) -> str:
    """Say why some system cannot have a file or folder of this name; "" for a name that every system can have."""
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        return "is not valid UTF-8"
    if found := _FORBIDDEN.search(name):
        return f"holds {found[0] if found[0].isprintable() else 'a control character'}"
    if name.endswith((".", " ")):
        return f"ends in a {'dot' if name.endswith('.') else 'blank'}"
    if len(name.encode()) > _LONGEST:
        return f"has more than {_LONGEST} bytes"
    return "is one that Windows keeps for itself" if name.partition(".")[0].rstrip().casefold() in _DEVICES else ""


def _with_folders(path: str, root: str) -> Iterator[str]:
    """Yield a path, and those of the folders that it lies in below the root."""
    while path.startswith(f"{root}/"):
        yield path
        path = path.rpartition("/")[0]


def _alike(names: Iterable[str], root: str) -> dict[str, list[str]]:
    """Give the spellings of each name that has several, files and folders."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path in dict.fromkeys(each for name in names for each in _with_folders(name, root)):
        found[_folded(path)][path] = None
    return {folded: sorted(spellings) for folded, spellings in found.items() if len(spellings) > 1}


def _folded(path: str) -> str:
    """Give what a path is to a file system that knows neither capitals nor how accents are composed."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", path.casefold())
