"""A git repository: what can be asked of it, and a way to write to it. How git is run is in `gitcall`."""

import datetime as dt
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from interviewlog.errors import Code, IlogError
from interviewlog.store import gitcall, mailmap, worktree
from interviewlog.store.worktree import Change

__all__ = ["WHO_ARE_YOU", "Change", "Git", "Sharing", "TreeEntry"]

MOST_BYTES = 10 * 1024 * 1024 + 1
WHO_ARE_YOU = 'git config --global user.name "Your Name" && git config --global user.email you@example.com'

_WHERE = (
    *("rev-parse", "--path-format=absolute", "--is-bare-repository", "--is-shallow-repository"),
    *("--absolute-git-dir", "--git-common-dir", "--show-toplevel"),
)


class TreeEntry(NamedTuple):
    """A file in a commit: its path from the top, its mode, and the id of its content."""

    path: str
    mode: str
    blob: str


class Sharing(NamedTuple):
    """How the branch stands to the one it is shared through, as of the last fetch."""

    upstream: str
    ahead: int
    behind: int
    fetched: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Git:
    """One repository. `top` is the top of its work tree, or the git directory itself of a bare one."""

    top: Path
    git_dir: Path
    common_dir: Path
    is_bare: bool
    is_shallow: bool

    @classmethod
    def open(cls, start: Path) -> "Git | None":
        """Find the repository that `start` lies in; None if it lies in none, or inside a `.git`."""
        asked = gitcall.read(start, _WHERE)
        lines = os.fsdecode(asked.stdout).split("\n")[:-1]
        if not lines:
            if any(words in asked.stderr for words in (b"not a git repository", b"cannot change to")):
                return None
            raise gitcall.failure("rev-parse", asked.stderr)
        is_bare, is_shallow = (word == "true" for word in lines[:2])
        places = [Path(line) for line in lines[2:]]
        if is_bare:
            return cls(places[0], places[0], places[1], is_bare, is_shallow)
        return cls(places[2], places[0], places[1], is_bare, is_shallow) if len(places) == 3 else None  # noqa: PLR2004

    def read(self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """Give the stdout of a reading command; IlogError if it fails."""
        done = gitcall.read(self.top, args, stdin, env)
        if done.returncode:
            raise gitcall.failure(args[0], done.stderr)
        return done.stdout

    def try_read(self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes | None:
        """Give the stdout of a reading command whose failing is an answer too: None."""
        done = gitcall.read(self.top, args, stdin, env)
        return None if done.returncode else done.stdout

    def stream(self, *args: str) -> Iterator[bytes]:
        """Yield the stdout of a reading command in chunks; closing the generator ends the command."""
        return gitcall.chunks(self.top, args)

    def spooled(self, *args: str) -> AbstractContextManager[Callable[[], Iterator[bytes]]]:
        """Start a reading command that goes on beside us; lends what gives its stdout once it is done."""
        return gitcall.spooled(self.top, args)

    def write(
        self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a writing command as the user would, hooks and all; IlogError if it fails and `check` is set."""
        done = gitcall.write(self.top, args, stdin, env)
        if check and done.returncode:
            raise gitcall.failure(args[0], done.stderr)
        return done

    def resolve(self, rev: str) -> str | None:
        """Give the id of the commit that `rev` names, or None."""
        found = self.try_read("rev-parse", "-q", "--verify", "--end-of-options", f"{rev}^{{commit}}")
        commit = found.decode().strip() if found else ""
        # rev-parse answers `^HEAD` with a `^`, and would hand that on as an order to leave commits out.
        return commit if commit.isalnum() else None

    def head(self) -> str | None:
        """Give the id of the current commit; None before the first one."""
        return self.resolve("HEAD")

    def branch(self) -> str | None:
        """Give the name of the current branch, born or not; None when HEAD is detached."""
        name = self.try_read("symbolic-ref", "-q", "--short", "HEAD")
        return _text(name).strip() if name else None

    def tree(self, rev: str, root: str) -> list[TreeEntry]:
        """List all files under `root` in a commit."""
        listed = self.read("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", rev, "--", root)
        return [_tree_entry(line) for line in _text(listed).split("\0") if line]

    def tree_changes(self, old: str, new: str, root: str) -> Iterator[tuple[TreeEntry | None, TreeEntry | None]]:
        """Yield (before, after) of each file under `root` that differs between two commits; None for no file."""
        options = ("-r", "-z", "--raw", "--no-abbrev", "--no-renames")
        listed = self.read("diff-tree", *options, "--end-of-options", old, new, "--", root)
        fields = iter(_text(listed).split("\0"))
        for about, path in zip(fields, fields, strict=False):
            modes_and_blobs = about[1:].split(" ")
            sides = zip(modes_and_blobs[:2], modes_and_blobs[2:4], strict=True)
            before, after = (TreeEntry(path, mode, blob) if mode.strip("0") else None for mode, blob in sides)
            yield before, after

    def merge_base(self, one: str, other: str) -> str | None:
        """Give the one commit from which two have grown apart; None where there is none, or several."""
        found = (self.try_read("merge-base", "--all", one, other) or b"").split()
        return found[0].decode() if len(found) == 1 else None

    def replaced(self) -> list[str]:
        """List what `git replace` has put in the place of something else here; ilog reads past it."""
        loose = self.common_dir / "refs" / "replace"
        names = sorted(entry.name for entry in loose.iterdir()) if loose.is_dir() else []
        packed = self.common_dir / "packed-refs"
        lines = packed.read_bytes().splitlines() if packed.is_file() else []
        return [*names, *sorted(_text(line) for line in lines if b" refs/replace/" in line)]

    def is_partial(self) -> bool:
        """Tell whether contents are fetched from elsewhere only when they are asked for."""
        config = self.common_dir / "config"
        if not config.is_file() or b"partialclone" not in config.read_bytes().lower():
            return False  # no need to ask git
        return bool(self.try_read("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"))

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield (id, content) of each blob, in one git process; ids that are missing or no blob are skipped."""
        asked = (f"{blob}\n".encode("utf-8", "surrogateescape") for blob in ids)
        with gitcall.reading(self.top, ("cat-file", "--batch"), asked) as stdout:
            while header := stdout.readline():
                yield from _blob(header, stdout)

    def contents(self, specs: Sequence[str]) -> list[bytes | None]:
        """Give what each of these `commit:path` holds, in one git process; None for no file."""
        asked = (f"{spec}\n".encode("utf-8", "surrogateescape") for spec in specs)
        with gitcall.reading(self.top, ("cat-file", "--batch"), asked) as stdout:
            return [next((content for _, content in _blob(stdout.readline(), stdout)), None) for _ in specs]

    def mailmap(self) -> bytes | None:
        """Read the work tree's `.mailmap`, b"" where there is none; None for a link, which git does not follow."""
        path = self.top / ".mailmap"
        if path.is_symlink():
            return None
        return path.read_bytes() if path.is_file() else b""

    def blob_at(self, rev: str, path: str) -> bytes | None:
        """Give what a path holds in a commit; None if the commit has no file there."""
        found = self.try_read("rev-parse", "-q", "--verify", "--end-of-options", f"{rev}:{path}")
        return next((content for _, content in self.blobs([found.decode().strip()])), None) if found else None

    def uncommitted(self, *roots: str) -> list[Change]:
        """List the files under `roots` that differ from HEAD, staged or not; none in a bare repository."""
        if self.is_bare:
            return []
        status = self.read("status", "--porcelain=v1", "-z", "-uall", "--no-renames", "--", *roots)
        return worktree.changes(_text(status))

    def identities(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
        """Map each (name, e-mail) to the one that `.mailmap` says is meant."""
        return mailmap.identities(lambda lines: self.try_read("check-mailmap", "--stdin", stdin=lines), pairs)

    def author(self, env: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Give the (name, e-mail) that a commit of ours would carry; 78 rather than one that git invents."""
        return self._identity("GIT_AUTHOR_IDENT", env)

    def committer(self, env: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Give the (name, e-mail) of whoever commits, which need not be the author."""
        return self._identity("GIT_COMMITTER_IDENT", env)

    def upstream_state(self, branch: str | None = None) -> Sharing | None:
        """Tell what of a branch (the current one) is not shared, and what not taken over; None without upstream."""
        wanted = "--format=%(upstream:short)%00%(upstream:track,nobracket)"
        name = branch or self.branch()
        answer = self.read("for-each-ref", wanted, f"refs/heads/{name}") if name else b""
        upstream, _, track = _text(answer).strip().partition("\0")
        if not upstream:
            return None
        if track == "gone":  # nothing was ever pushed there, or it was deleted: then all of it is ours alone
            return Sharing(upstream, int(self.read("rev-list", "--count", "HEAD")), 0, self._fetched())
        counts = dict(part.split(" ") for part in track.split(", ") if part)
        return Sharing(upstream, int(counts.get("ahead", 0)), int(counts.get("behind", 0)), self._fetched())

    def horizon(self) -> frozenset[str]:
        """Give the commits at which a shallow clone's history is cut off; what they add may be older than they are."""
        path = self.common_dir / "shallow"
        return frozenset(path.read_text("ascii").split()) if self.is_shallow and path.is_file() else frozenset()

    def in_progress(self) -> str | None:
        """Name what is under way in this work tree, such as "rebase"; None if nothing is."""
        return worktree.unfinished(self.git_dir)

    def _identity(self, variable: str, env: Mapping[str, str] | None) -> tuple[str, str]:
        said = self.write("-c", "user.useConfigOnly=true", "var", variable, env=env, check=False)
        if said.returncode:
            reason = gitcall.last_words(said.stderr.decode("utf-8", "replace"))
            raise IlogError(f"git does not know who you are: {reason}", hint=WHO_ARE_YOU, code=Code.CONFIG)
        name, _, rest = _text(said.stdout).rpartition(" <")
        return name, rest.partition(">")[0]

    def _fetched(self) -> dt.datetime | None:
        marks = (directory / "FETCH_HEAD" for directory in {self.git_dir, self.common_dir})
        times = [mark.stat().st_mtime for mark in marks if mark.exists()]
        return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None


def _text(output: bytes) -> str:
    """Decode so that bytes which are no UTF-8 survive the way back."""
    return output.decode("utf-8", "surrogateescape")


def _tree_entry(line: str) -> TreeEntry:
    about, _, path = line.partition("\t")
    mode, _, blob = about.split(" ")
    return TreeEntry(path, mode, blob)


def _blob(header: bytes, stdout: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Read one answer of `cat-file --batch`: `<id> <type> <size>`, the content, a newline; or `<id> missing`.

    Of a huge blob only so much is kept as tells that it is too large for a note.
    """
    name, *rest = header.split()
    if len(rest) == 2:  # noqa: PLR2004
        size = int(rest[1])
        content = stdout.read(min(size, MOST_BYTES))
        left = size - len(content) + 1  # with the newline behind it
        while left > 0 and (passed := len(stdout.read(min(left, MOST_BYTES)))):
            left -= passed
        if rest[0] == b"blob":
            yield name.decode(), content
