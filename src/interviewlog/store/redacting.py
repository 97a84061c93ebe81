"""Putting redacted notes in the place of the old ones: in the work tree, git's index and a commit, or not at all."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from shlex import quote

from interviewlog.errors import Code, IlogError
from interviewlog.store import lock, refusals
from interviewlog.store.catalogue import Catalogue, Distrusted
from interviewlog.store.commit import commit_paths_locked
from interviewlog.store.folder import Folder
from interviewlog.store.rewriting import Rewrite, Rewriting
from interviewlog.whereabouts import Remain

_FEW = 3


def check(folder: Folder, paths: Iterable[str], *, again: str, commits: bool) -> None:
    """Raise IlogError where `redact` would, as far as that can be told before anything is touched."""
    refusals.check_has_files(folder.git)
    if commits:
        refusals.check_repository(folder.git, {}, again)
    for path in paths:
        refusals.check_place(folder.top, path)


def redact(
    folder: Folder,
    rewrites: Sequence[Rewrite],
    committed: Sequence[str],
    subject: str,
    *,
    again: str,
    on_wait: Callable[[], None] | None = None,
) -> str | None:
    """Write notes anew and commit those at the paths `committed`, exactly; gives the commit's id, None without any.

    What was changed or staged in them goes as well: no old text is left in the work tree or in git's index. Raises
    IlogError with everything as it was: 75 while a merge or rebase is under way, when locked, or when somebody changed
    a note meanwhile; 78 on no branch; 1 when a hook refuses; 74 when the disk does. `again` is what to type then.
    """
    git, paths = folder.git, [each.path for each in rewrites]
    with lock.held(git.common_dir, on_wait):
        check(folder, paths, again=again, commits=bool(committed))
        staged = _staged(folder, set(paths).difference(committed))
        work = Rewriting(folder, rewrites)
        try:
            work.write()
            commit = commit_paths_locked(git, committed, subject) if committed else None
        except BaseException as error:
            is_committed = bool(committed) and not _changed(folder, committed) and work.is_done()
            left = [] if is_committed else work.take_back()
            if isinstance(error, IlogError):
                error.kept = ", ".join(left) or _as_they_were(paths)
                error.hint = error.hint.replace(refusals.save(committed), again)
            raise
        finally:
            work.forget()
        _stage(folder, staged)
        return commit


def _changed(folder: Folder, paths: Iterable[str]) -> bool:
    wanted = set(paths)
    return any(change.path in wanted for change in folder.git.uncommitted(folder.root))


def _staged(folder: Folder, paths: set[str]) -> list[str]:
    """List those of some notes that git's index has otherwise than HEAD: it must not go on holding the old text."""
    git = folder.git
    against = git.head() or git.read("hash-object", "-t", "tree", "--stdin").decode().strip()
    said = git.read("diff-index", "--cached", "--name-only", "--no-renames", "-z", against, "--")
    return [path for raw in said.split(b"\0") if (path := raw.decode("utf-8", "surrogateescape")) in paths]


def _stage(folder: Folder, paths: Sequence[str]) -> None:
    specs = b"".join(b":(top,literal)" + path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
    add = ("add", "--pathspec-from-file=-", "--pathspec-file-nul")
    if paths and folder.git.write(*add, stdin=specs, check=False).returncode:
        what = f"redacted, but git's index has the old text still: {', '.join(paths)}"
        raise IlogError(what, hint=f"git add {' '.join(map(quote, paths))}", kept=paths[0], code=Code.RETRY)


def _as_they_were(paths: Sequence[str]) -> str:
    return f"{', '.join(paths)}, as before" if len(paths) <= _FEW else f"{len(paths)} notes, as before"


def purge(folder: Folder, names: Iterable[str]) -> list[Remain]:
    """Delete ilog's own copies of redacted notes: the index, and texts put aside; gives what could not be deleted."""
    aside = _aside(folder.git.common_dir, {name.rpartition("/")[2] for name in names})
    left = [Remain("draft", str(path), f"rm {quote(str(path))}") for path in aside if not _is_gone(path)]
    index = Catalogue(folder.git.common_dir / "ilog")
    try:
        index.throw_away()
    except Distrusted:  # another ilog is at work on it
        left.append(Remain("index", str(index.file), f"rm {quote(str(index.file))}"))
    return left


def _aside(common: Path, names: set[str]) -> Iterator[Path]:
    """Yield the copies of notes with these names that were put aside to be written, in every work tree."""
    for place in (common, *_within(common / "worktrees")):
        for aside in (each for each in _within(place) if each.name.startswith("ilog-tmp-")):
            yield from (path for path in _within(aside) if path.name.rpartition(".")[0] in names)


def _is_gone(path: Path) -> bool:
    """Delete a file, unless an ilog that is running is about to put it in its place."""
    pid = path.name.rpartition(".")[2]
    if pid.isdecimal() and int(pid) != os.getpid() and _is_running(int(pid)):
        return False
    with suppress(OSError):
        path.unlink(missing_ok=True)
    return not path.exists()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _within(place: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(place.iterdir())
    return []
