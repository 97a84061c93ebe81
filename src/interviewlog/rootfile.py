"""A file under the root as it is to be checked: note or not, text or not, in the work tree, the index or a commit."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

# A regular file; a symbolic link; a pipe, device or folder where a note should be; a repository of its own; two sides
# of a merge; a file or folder that nobody may read.
Form: TypeAlias = Literal["file", "link", "special", "repository", "unmerged", "unreadable"]


class RootFile(NamedTuple):
    """One file. `raw` is what it holds, up to a little more than the largest note; of a link, where it points.

    `is_note` tells that notes stand in such a place, `is_hidden` that the file, or a folder below the root that it lies
    in, begins with a dot, `is_ignored` that git is told not to take it.
    """

    path: str
    form: Form = "file"
    raw: bytes = b""
    is_note: bool = False
    is_hidden: bool = False
    is_ignored: bool = False


def is_hidden(path: str, root: str) -> bool:
    """Tell whether a file below the root, or a folder on the way to it from there, begins with a dot."""
    return "/." in path.removeprefix(root)


class Stock(NamedTuple):
    """What is to be checked. Files are read while they are gone through, so each of the two can be gone through once.

    `wanted` are the files to report on, `others` the further notes, which doubles are looked for among; `names` are
    the paths of all files. `template` holds the lines that are nobody's own words.
    """

    wanted: Iterable[RootFile]
    others: Iterable[RootFile]
    names: tuple[str, ...]
    template: frozenset[str]


_HEAD = 8000  # bytes; git too looks no farther to tell a text from anything else
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def text_of(raw: bytes) -> str | None:
    """Give the text that a file holds, whatever bytes in it are none; None for what is no text."""
    if raw[:2] in _UTF_16:
        return raw[2:].decode(_UTF_16[raw[:2]], "replace")
    return None if b"\0" in raw[:_HEAD] else raw.decode("utf-8", "replace")
