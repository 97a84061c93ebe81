"""The folder of notes: finding it, naming the notes in it, reading and writing them."""

import errno
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from interviewlog.config import DEFAULT_ROOT, FILE_NAME, Config
from interviewlog.errors import Code, IlogError
from interviewlog.notepath import FileName
from interviewlog.settings import parse_config
from interviewlog.store import files, rules
from interviewlog.store.git import Git

MOST_CONFIG = 1024 * 1024
JOIN_OR_INIT = "ilog join URL to get your team's folder, or ilog init to start the first"
_NOTE = re.compile(r"[^/]+/[^/]+\.md")


@dataclass(frozen=True)
class Folder:
    """A repository of notes: `top` is its work tree (or the bare repository), `config` what its ilog.yaml says."""

    git: Git
    config: Config

    @property
    def top(self) -> Path:
        return self.git.top

    @property
    def root(self) -> str:
        """Where notes live, relative to the top, with slashes."""
        return self.config.root

    @cached_property
    def templates(self) -> Path | None:
        """The team's own templates, if there is such a directory."""
        path = self.top / "templates" / "notes"
        return path if not self.git.is_bare and path.is_dir() and not path.is_symlink() else None

    def is_note(self, path: str) -> bool:
        """Tell whether `path` (relative to the top) is where a note may stand: `<root>/<product>/<name>.md`."""
        prefix = f"{self.root}/"
        return path.startswith(prefix) and bool(_NOTE.fullmatch(path[len(prefix) :]))

    def products(self) -> list[str]:
        """Give the products: those of ilog.yaml, then those that only have a directory of notes."""
        configured = list(self.config.products)
        found = [name for name in _names(self.top / self.root) if (self.top / self.root / name).is_dir()]
        return configured + sorted(name for name in found if name not in configured and not name.startswith("."))

    def names_in(self, product: str) -> list[str]:
        """List the file names in a product's directory, unsorted; nothing when there is none."""
        return _names(self.top / self.root / product)

    def work_tree_notes(self) -> list[str]:
        """List the paths of all notes in the work tree, committed or not, sorted."""
        paths = (f"{self.root}/{product}/{name}" for product in self.products() for name in self.names_in(product))
        return sorted(path for path in paths if self.is_note(path))

    def files_below_root(self) -> list[str]:
        """List all files under the root, notes or not, sorted; dot files are left out."""
        found = []
        for directory, inner, names in os.walk(self.top / self.root):
            inner[:] = [name for name in inner if not name.startswith(".") and _is_utf8(name)]
            below = os.path.relpath(directory, self.top)
            found += [f"{below}/{name}" for name in names if not name.startswith(".") and _is_utf8(name)]
        return sorted(found)

    def read(self, path: str) -> bytes:
        """Read a note's bytes from the work tree.

        Raises IlogError: 66 when there is no such file, 77 when it is a link or no regular file.
        """
        from interviewlog.note import LARGEST  # completion lists names, and needs no reader of notes

        try:
            return files.read_below(self.top, path, LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise IlogError(f"no such note: {path}", hint="ilog list", code=Code.NO_NOTE) from None
        except OSError as error:
            what = f"{(error.strerror or 'cannot read').lower()}: {path}"
            raise IlogError(what, hint=f"ls -l {path}", code=Code.REFUSED) from None

    def write_new(self, path: str, text: str) -> None:
        """Create a note, durably and never over an existing file.

        The text is complete on disk in the git directory before its name appears. Raises IlogError: 73 when
        the file exists, 77 when a link stands in the way, 74 when the disk refuses.
        """
        finished = self._aside(path, text.encode())
        try:
            files.put_new(finished, self.top, path)
        except FileExistsError:
            finished.unlink(missing_ok=True)
            hint = f"ilog edit {path}, or the same again with --again"
            raise IlogError(f"the note exists: {path}", hint=hint, code=Code.EXISTS) from None
        except OSError as error:
            raise self._refused(error, path, finished) from None

    def replace(self, path: str, old: bytes, new: bytes) -> None:
        """Put `new` in the place of a note that still holds `old`; the note is whole at every moment.

        Raises IlogError: 75 when somebody else changed the note meanwhile, 74 when the disk refuses.
        """
        if self.read(path) != old:
            raise IlogError(f"changed meanwhile: {path}", hint=f"ilog show {path}", kept=path, code=Code.RETRY)
        finished = self._aside(path, new)
        try:
            files.put_over(finished, self.top, path)
        except OSError as error:
            raise self._refused(error, path, finished) from None

    def keep_aside(self, path: str) -> Path | None:
        """Keep a note as it is now under another name, for `put_back`; None where that cannot be."""
        return files.link_aside(self._place_aside, self.top, path)

    def put_back(self, path: str, now: bytes, kept: Path) -> None:
        """Put back what was kept of a note that still holds `now`; needs no room. Raises what `replace` raises."""
        if self.read(path) != now:
            raise IlogError(f"changed meanwhile: {path}", hint=f"ilog show {path}", kept=path, code=Code.RETRY)
        try:
            files.put_over(kept, self.top, path)
        except OSError as error:
            raise self._refused(error, path, kept) from None

    def remove(self, path: str) -> None:
        """Delete a note that holds nothing of anybody's, and its product directory if that is now empty."""
        files.delete_below(self.top, path)

    @property
    def _place_aside(self) -> Path:
        return self.git.git_dir / f"ilog-tmp-{os.getuid()}"

    def _aside(self, path: str, content: bytes) -> Path:
        try:
            return files.write_aside(self._place_aside, path.rpartition("/")[2], content)
        except OSError as error:
            what = f"cannot write {path}: {error.strerror}"
            raise IlogError(what, hint="df -h .", code=Code.IO) from None

    @staticmethod
    def _refused(error: OSError, path: str, finished: Path) -> IlogError:
        if error.errno in {errno.ELOOP, errno.ENOTDIR}:
            finished.unlink(missing_ok=True)
            what = f"a symbolic link or a file stands in the way: {path}"
            return IlogError(what, hint=f"ls -l {path.rpartition('/')[0]}", code=Code.REFUSED)
        what = f"cannot write {path}: {error.strerror}"
        return IlogError(what, kept=str(finished), hint="df -h .", code=Code.IO)


def _names(directory: Path) -> list[str]:
    try:
        names = os.listdir(directory)  # noqa: PTH208 - Path objects cost 5 x
        return [name for name in names if name.isascii() or _is_utf8(name)]
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def _is_utf8(name: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def find(start: Path, repo: str, remembered: Callable[[], str] = str) -> Folder:
    """Find the folder: `repo` (flag or environment), else upwards from `start`, else the remembered one, if asked.

    Raises IlogError (78) when there is none, with the two ways to get one.
    """
    if repo:
        return open_folder(_repository(Path(repo).expanduser(), repo))
    git = Git.open(start)
    if git and _holds_notes(git):
        return open_folder(git)
    if mine := remembered():
        return open_folder(_repository(Path(mine).expanduser(), mine))
    lone = next((each for each in [start, *start.parents] if (each / FILE_NAME).is_file()), None)
    if lone and not git:
        raise IlogError(f"not a git repository: {lone}", hint=f"ilog init {lone}", code=Code.CONFIG)
    raise IlogError(f"no folder of notes here: {start}", hint=JOIN_OR_INIT, code=Code.CONFIG)


def _repository(path: Path, named: str) -> Git:
    git = Git.open(path) if path.is_dir() else None
    if not git:
        what = "not a git repository" if path.is_dir() else "no such folder"
        raise IlogError(f"{what}: {named}", hint=JOIN_OR_INIT, code=Code.CONFIG)
    return git


def _holds_notes(git: Git) -> bool:
    if git.is_bare:
        return bool(git.blob_at("HEAD", FILE_NAME)) or bool(git.tree("HEAD", DEFAULT_ROOT))
    return (git.top / FILE_NAME).is_file() or (git.top / DEFAULT_ROOT).is_dir()


def open_folder(git: Git) -> Folder:
    """Give the folder of a repository, with the rules of its work tree (of HEAD when it is bare)."""
    return Folder(git, rules.config(git.common_dir, config_text(git)))


def config_text(git: Git) -> str:
    """Read ilog.yaml as it is now; "" when there is none. Raises IlogError (78) when it is not UTF-8."""
    if git.is_bare:
        raw = git.blob_at("HEAD", FILE_NAME) or b""
    else:
        path = git.top / FILE_NAME
        raw = b""
        if path.is_file():
            with path.open("rb") as file:
                raw = file.read(MOST_CONFIG)
    return decoded_config(raw)


def config_at(git: Git, rev: str) -> Config:
    """Give the rules as they were at a commit."""
    return parse_config(decoded_config(git.blob_at(rev, FILE_NAME) or b""), f"{FILE_NAME} at {rev[:7]}")


def decoded_config(raw: bytes) -> str:
    """Decode ilog.yaml; raises IlogError (78) when it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise IlogError(f"not UTF-8: {FILE_NAME}", hint=f"save {FILE_NAME} as UTF-8", code=Code.CONFIG) from None


def resolve_note(folder: Folder, named: str, start: Path, known: Callable[[], list[str]]) -> str:
    """Give the path, relative to the top, of the note that a person named.

    `named` may be relative to `start` or to the top, absolute, begin with `/prod/…` as summaries print it, or be
    the end of one known path (with or without `.md`), or a customer's slug, for the latest note of theirs. The
    product may have the name it had before. Raises IlogError (66), with look-alikes as the hint.
    """
    renamed = _of_today(folder, named)
    names = [named, renamed] if renamed else [named]
    for candidate in (each for name in names for each in candidates(folder, name, start)):
        if folder.is_note(candidate) and not folder.git.is_bare and os.path.lexists(folder.top / candidate):
            return candidate
    paths = known()
    if named in paths:
        return named
    ends = _ending(paths, named) or (_ending(paths, renamed.lstrip("/")) if renamed else [])
    if len(ends) == 1:
        return ends[0]
    theirs = [path for path in paths if (name := FileName.read(path)) and name.customer == named]
    if theirs and len({path.rpartition("/")[0] for path in theirs}) == 1:
        return theirs[-1]
    near = ends or theirs or [path for path in paths if named.strip("/") and named.strip("/").lower() in path]
    hint = f"ilog show {near[-1]}" if near else _way_back(folder, named, start) or "ilog list"
    raise IlogError(
        f"{'more than one note ends so' if ends else 'no such note'}: {named}", hint=hint, code=Code.NO_NOTE
    )


def _ending(paths: list[str], end: str) -> list[str]:
    return [path for path in paths if f"/{path}".endswith((f"/{end}", f"/{end}.md"))]


def _of_today(folder: Folder, named: str) -> str:
    """Give what a note is called since its product has another name; "" where it has not."""
    way, slash, name = named.rpartition("/")
    before, gap, product = way.rpartition("/")
    now = folder.config.current_product(product)
    return f"{before}{gap}{now}{slash}{name}" if slash and now != product else ""


def _way_back(folder: Folder, named: str, start: Path) -> str:
    """Give the command that brings back a note which is committed, and only deleted here."""
    gone = (each for each in candidates(folder, named, start) if folder.is_note(each))
    return next((f"git restore {path}" for path in gone if folder.git.blob_at("HEAD", path) is not None), "")


def candidates(folder: Folder, named: str, start: Path) -> Iterator[str]:
    if "\0" in named:
        return
    tops = dict.fromkeys((str(folder.top), os.path.realpath(folder.top)))
    for base in (start, folder.top):
        # Not resolved, for a note that is a link must stay one; only the way to it may lead over links.
        path = os.path.normpath(os.path.join(base, named))  # noqa: PTH118
        parent, name = os.path.split(path)
        for each in dict.fromkeys((path, f"{os.path.realpath(parent)}/{name}")):
            yield from (each[len(top) + 1 :] for top in tops if each.startswith(f"{top}/"))
    yield os.path.normpath(named).lstrip("/")
