"""Moving files and rewriting them: all of them, in commits through which git follows each, or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from interviewlog.errors import IlogError
from interviewlog.notepath import FileName
from interviewlog.store import lock, refusals, renames
from interviewlog.store.commit import commit_paths_locked
from interviewlog.store.folder import Folder
from interviewlog.store.rewriting import Rewrite, Rewriting

_MANY = 500  # paths; more do not go on a command line
_SAME = 100
_NEARLY = 75


class Subjects(NamedTuple):
    """The first lines of the commits: of the move, and of the change of the texts where that needs one of its own."""

    move: str
    change: str


def move(
    folder: Folder,
    rewrites: Sequence[Rewrite],
    subjects: Subjects,
    *,
    again: str,
    on_wait: Callable[[], None] | None = None,
) -> None:
    """Move and rewrite committed files and commit that, with what was not committed of them; nothing else.

    It is one commit, where git then sees each file as the one it was; else the files are renamed as they are, and
    changed in a second commit. Raises IlogError, and all is as it was then: 73 where something stands in the way,
    75 while a merge or rebase is under way, 78 on no branch or without an identity, 1 if a hook refuses. `again` is
    what to type then.
    """
    git = folder.git
    refusals.check_has_files(git)
    with lock.held(git.common_dir, on_wait):
        refusals.check_repository(git, {}, again)
        _check_places(folder, rewrites)
        _Move(folder, rewrites, subjects, again).make()


def move_uncommitted(folder: Folder, rewrite: Rewrite, *, on_wait: Callable[[], None] | None = None) -> None:
    """Move and rewrite a file that no commit has; one that was staged is staged under its new name."""
    git = folder.git
    with lock.held(git.common_dir, on_wait):
        _check_places(folder, [rewrite])
        is_staged = bool(git.read("ls-files", "-z", "--", rewrite.path))
        work = Rewriting(folder, [rewrite])
        try:
            work.move()
            work.write()
            if is_staged:
                blob = renames.present(git, [rewrite.to])[rewrite.to]
                _stage(folder, [f"0 {'0' * len(blob)}\t{rewrite.path}", f"100644 {blob}\t{rewrite.to}"])
        except BaseException:
            work.take_back()
            raise
        finally:
            work.forget()


def moved_by_hand(folder: Folder, come: Sequence[str], gone: Sequence[str]) -> dict[str, str]:
    """Tell which notes that no commit has are clearly deleted ones under another name: new path to old.

    Git must take them for that, and the text be the same, or nearly so and of the same name, customer or day.
    """
    if not come or not gone:
        return {}
    git = folder.git
    seen = renames.renames(git, renames.committed(git, gone), renames.present(git, come))
    return {to: each.old for to, each in seen.items() if each.likeness >= _least(each.old, to)}


def _least(old: str, new: str) -> int:
    """Give how much alike two notes must be to be one, in percent: a template alone makes them so by half."""
    was, now = FileName.read(old), FileName.read(new)
    is_akin = was and now and (was.customer == now.customer or was.day == now.day)
    return _NEARLY if is_akin or old.rpartition("/")[2] == new.rpartition("/")[2] else _SAME


def _check_places(folder: Folder, rewrites: Iterable[Rewrite]) -> None:
    for rewrite in rewrites:
        for path in (rewrite.path, rewrite.to):
            if path:
                refusals.check_place(folder.git.top, path)


def _stage(folder: Folder, lines: Iterable[str]) -> None:
    """Put lines into git's index, as `git ls-files -s` gives them; mode 0 takes a path out."""
    given = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
    folder.git.write("update-index", "-z", "--add", "--index-info", stdin=given)


@dataclass(frozen=True, slots=True)
class _Move:
    folder: Folder
    rewrites: Sequence[Rewrite]
    subjects: Subjects
    again: str
    commits: list[str] = field(default_factory=list)

    def make(self) -> None:
        head, staged = self.folder.git.head(), self._staged()
        work = Rewriting(self.folder, self.rewrites)
        try:
            work.move()
            work.write()
            if self._is_followed():
                self._commit(self._paths, self.subjects.move)
            else:
                work.take_back()
                self._step_by_step(work)
        except BaseException as stop:
            if self._is_done(work):
                if isinstance(stop, IlogError):
                    return
                raise
            kept = self._take_back(work, head, staged)
            if isinstance(stop, IlogError):
                stop.kept = kept
            raise
        finally:
            work.forget()

    def _step_by_step(self, work: Rewriting) -> None:
        """Commit first what was not committed, then the names, then the texts: at no step can git lose track."""
        own = [rewrite.path for rewrite in self.rewrites if rewrite.is_move]
        if self.folder.git.uncommitted(*own):
            self._commit(own, self.subjects.change)
        work.move()
        self._commit([*own, *(rewrite.to for rewrite in work.moved)], self.subjects.move)
        work.write()
        self._commit([rewrite.to for rewrite in self.rewrites], self.subjects.change)

    @property
    def _paths(self) -> list[str]:
        return list(dict.fromkeys(path for each in self.rewrites for path in (each.path, each.to) if path))

    def _commit(self, paths: Sequence[str], subject: str) -> None:
        git, before = self.folder.git, self.folder.git.head()
        try:
            commit_paths_locked(git, paths, subject)
        except IlogError as error:
            error.hint = error.hint.replace(refusals.save(paths), self.again)
            raise
        finally:
            now = git.head()
            if now and now != before and git.resolve(f"{now}^") == before:
                self.commits.append(now)

    def _is_followed(self) -> bool:
        """Tell whether git will see each file as the one it was, and none as another."""
        git, moved = self.folder.git, [each for each in self.rewrites if each.is_move]
        gone = renames.committed(git, [each.path for each in moved])
        seen = renames.renames(git, gone, renames.present(git, [each.to for each in moved]))
        return all(each.to in seen and seen[each.to].old == each.path for each in moved)

    def _is_done(self, work: Rewriting) -> bool:
        """Tell whether HEAD holds all that was to be committed, although git or a person stopped it."""
        git = self.folder.git
        try:
            changed = {change.path for change in git.uncommitted(*self._asked)}
            return bool(self.commits) and changed.isdisjoint(self._paths) and work.is_done()
        except IlogError:
            return False

    def _staged(self) -> dict[str, str]:
        """Give what git's index holds at our paths, as lines that it can be given again."""
        listed = self.folder.git.read("ls-files", "-s", "-z", "--", *self._asked).decode("utf-8", "surrogateescape")
        entries = {line.partition("\t")[2]: line for line in listed.split("\0")}
        return {path: entries[path] for path in self._paths if path in entries}

    @property
    def _asked(self) -> list[str]:
        return self._paths if len(self._paths) < _MANY else ["."]

    def _take_back(self, work: Rewriting, head: str | None, staged: dict[str, str]) -> str:
        """Undo commits, staging and files; gives where those files are that could not be put back."""
        try:
            if head and self.commits:
                last = self.commits[-1]
                self.folder.git.write("update-ref", "-m", "ilog: taken back", "HEAD", head, last)
                nothing = f"0 {'0' * len(head)}\t"
                _stage(self.folder, (staged.get(path, f"{nothing}{path}") for path in self._paths))
        except IlogError:
            return ", ".join(each.to for each in self.rewrites)
        return ", ".join(work.take_back()) or (self.rewrites[0].path if len(self.rewrites) == 1 else "")
