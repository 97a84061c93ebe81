"""Which files git takes for renamed ones: it is asked, with the flags that history is read with."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from interviewlog.store.git import Git

Contents = Mapping[str, str]  # the id of what a path holds


class Rename(NamedTuple):
    """Where a file came from, and how much of it is the same, in percent."""

    old: str
    likeness: int


def renames(git: Git, gone: Contents, come: Contents) -> dict[str, Rename]:
    """Tell, of paths that come while others go, which of them git takes for the same file under another name."""
    if not gone or not come:
        return {}
    flags = ("-r", "-z", "--raw", "--no-abbrev", "-M", "-l0", "--diff-filter=R")
    listed = git.read("diff-tree", *flags, _tree(git, gone), _tree(git, come)).split(b"\0")
    fields = iter(each.decode("utf-8", "surrogateescape") for each in listed)
    return {
        new: Rename(old, int(about.rpartition(" R")[2]))
        for about, old, new in zip(fields, fields, fields, strict=False)
    }


def committed(git: Git, paths: Iterable[str]) -> dict[str, str]:
    """Give the ids of what HEAD holds at these paths, of those that it has."""
    asked = list(paths)
    questions = "".join(f"{_spec(git, path)}\n" for path in asked).encode("utf-8", "surrogateescape")
    answers = (
        git.read("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=questions)
        .decode("utf-8", "surrogateescape")
        .split("\n")[:-1]
    )
    found = (answer.split(" ") for answer in answers)
    return {path: words[0] for path, words in zip(asked, found, strict=True) if words[-1] == "blob"}


def present(git: Git, paths: Sequence[str]) -> dict[str, str]:
    """Put what these files hold into git's store, as a commit would, and give the ids."""
    asked, odd = ([path for path in paths if ("\n" in path) is is_odd] for is_odd in (False, True))
    named = "".join(f"{path}\n" for path in asked).encode("utf-8", "surrogateescape")
    ids = git.write("hash-object", "-w", "--stdin-paths", stdin=named).stdout.decode().split()
    ids += [git.write("hash-object", "-w", "--", path).stdout.decode().strip() for path in odd]
    return dict(zip([*asked, *odd], ids, strict=True))


def _spec(git: Git, path: str) -> str:
    """Give the line that asks for what HEAD has at a path: git takes no line end in it, so it is asked by its id."""
    if "\n" not in path:
        return f"HEAD:{path}"
    found = git.try_read("rev-parse", "-q", "--verify", "--end-of-options", f"HEAD:{path}")
    return found.decode().strip() if found else "missing"


def _tree(git: Git, contents: Contents) -> str:
    """Make a tree of these files and nothing else, in an index of its own."""
    from tempfile import TemporaryDirectory  # who only asks what HEAD holds need not load it

    with TemporaryDirectory() as place:
        env = {"GIT_INDEX_FILE": str(Path(place) / "index")}
        lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in contents.items())
        git.write("update-index", "-z", "--index-info", stdin=lines.encode("utf-8", "surrogateescape"), env=env)
        return git.write("write-tree", env=env).stdout.decode().strip()
