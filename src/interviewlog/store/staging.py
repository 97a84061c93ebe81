"""What is staged for a commit, read from the index as a hook of that commit sees it.

While git commits, its lock and perhaps ilog's own are held: here nothing is locked, and nothing written.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from interviewlog.config import FILE_NAME, Config
from interviewlog.errors import Code, IlogError
from interviewlog.lineage import is_note
from interviewlog.person import FILE_NAME as PEOPLE
from interviewlog.rootfile import Stock
from interviewlog.store import refusals, rules
from interviewlog.store.entries import UNMERGED, files_of
from interviewlog.store.folder import JOIN_OR_INIT, Folder, config_at, config_text, decoded_config
from interviewlog.store.git import Git, TreeEntry
from interviewlog.store.templates import TEAM_DIR
from interviewlog.store.trees import template_of

_MERGED = "GITHEAD_"


@dataclass(frozen=True, slots=True)
class Staging:
    """A repository and its index, with the rules that are staged.

    Where those cannot be used, `trouble` says why, and the rules are the last commit's. `changed` are the entries that
    differ from it: files under the root, the rules, `people.yaml`. `brought` are the paths of those that a merge takes
    over as they are, from a branch that nobody has shared yet.
    """

    folder: Folder
    trouble: IlogError | None
    changed: Sequence[TreeEntry]
    brought: frozenset[str]
    index: "_Index"

    @property
    def has_new_rules(self) -> bool:
        return any(each.path == FILE_NAME for each in self.changed)

    @property
    def has_people(self) -> bool:
        return any(each.path == PEOPLE for each in self.changed)

    def stock(self) -> Stock:
        """Give what is staged under the root, and the other notes there; nothing is read of those where nothing is."""
        wanted = [each for each in self.changed if each.path not in {FILE_NAME, PEOPLE}]
        if not wanted:
            return Stock((), (), (), frozenset())
        entries = self.index.entries(self.folder.root)
        mine = {each.path for each in wanted}
        others = [each for each in entries if each.path not in mine and self._is_note(each)]
        template = template_of(self.folder.git, self.index.entries(TEAM_DIR))
        names = tuple(each.path for each in entries)
        return Stock(files_of(self.folder, wanted), files_of(self.folder, others), names, template)

    def _is_note(self, entry: TreeEntry) -> bool:
        return is_note(entry.mode, entry.path, self.folder.root)


def staging(start: Path, environ: Mapping[str, str]) -> Staging:
    """Look at the index of the repository that `start` lies in.

    Raises IlogError (78) outside of any repository and in a bare one.
    """
    index = _index(start, environ)
    if not index:
        raise IlogError(f"not in a git repository: {start}", hint=JOIN_OR_INIT, code=Code.CONFIG)
    refusals.check_has_files(index.git)
    config, trouble = _rules(index)
    merged, places = _merged(index.git, environ), (FILE_NAME, PEOPLE, config.root)
    changed = index.changes(_shared(index.git, merged), *places)
    own = index.changes(merged, *places) if merged else changed
    brought = frozenset(each.path for each in changed) - {each.path for each in own}
    return Staging(Folder(index.git, config), trouble, changed, brought, index)


def folder_here(start: Path, environ: Mapping[str, str]) -> Folder | None:
    """Give the repository that `start` lies in, with the rules that are staged; None outside of any."""
    index = _index(start, environ)
    return Folder(index.git, _rules(index)[0]) if index else None


def _index(start: Path, environ: Mapping[str, str]) -> "_Index | None":
    git = Git.open(start) if start.is_dir() else None
    return _Index(git, _index_file(git, start, environ)) if git else None


@dataclass(frozen=True, slots=True)
class _Index:
    """The index: that of the commit under way if a hook is told of one, else the repository's own."""

    git: Git
    env: Mapping[str, str]

    def entries(self, *places: str) -> list[TreeEntry]:
        """List what is staged below these places."""
        found = {}
        for line in _lines(self.git.read("ls-files", "-s", "-z", "--", *places, env=self.env)):
            about, _, path = line.partition("\t")
            mode, blob, stage = about.split(" ")
            found[path] = TreeEntry(path, mode if stage == "0" else UNMERGED, blob)
        return list(found.values())

    def changes(self, sides: Sequence[str], *places: str) -> list[TreeEntry]:
        """List what is staged below these places and differs from the last commit and from the `sides` of a merge."""
        bases = [self.git.head() or self._nothing(), *sides]
        found = [{each.path: each for each in self._against(base, places)} for base in bases]
        return [each for path, each in found[0].items() if all(path in others for others in found[1:])]

    def _against(self, base: str, places: Sequence[str]) -> list[TreeEntry]:
        options = ("--cached", "--raw", "-z", "--no-abbrev", "--no-renames")
        fields = iter(_lines(self.git.read("diff-index", *options, base, "--", *places, env=self.env)))
        found = []
        for about, path in zip(fields, fields, strict=True):
            _, mode, _, blob, status = about.split(" ")
            if status != "D":
                found.append(TreeEntry(path, UNMERGED if status == "U" else mode, blob))
        return found

    def _nothing(self) -> str:
        """Give the id of the tree without any file, which git knows without having it."""
        return self.git.read("hash-object", "-t", "tree", "--stdin").decode().strip()


def _lines(output: bytes) -> list[str]:
    return output.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _merged(git: Git, environ: Mapping[str, str]) -> list[str]:
    """Give the commits that are being merged; before it asks anybody for a message, git names them to hooks only."""
    file = git.git_dir / "MERGE_HEAD"
    if file.is_file():
        return file.read_text("ascii").split()
    named = [name.removeprefix(_MERGED) for name in environ if name.startswith(_MERGED)]
    return [each for each in named if git.try_read("cat-file", "-e", f"{each}^{{commit}}") is not None]


def _shared(git: Git, merged: Sequence[str]) -> list[str]:
    """Give, of the commits that are being merged and of those before them, the last that others have already.

    Nobody's merge is held up by what others committed. What is on this machine alone can still be taken out.
    """
    if not merged:
        return []
    asked = ("rev-list", "--ignore-missing", "--boundary", *merged, "--not", "--remotes", *_fetched(git))
    told = git.read(*asked).decode("ascii").split()
    edges = [line.removeprefix("-") for line in told if line.startswith("-")]
    return [*edges, *(each for each in merged if each not in told)]


def _fetched(git: Git) -> list[str]:
    """Give the commits that were fetched last: what is pulled from a bare address has no branch here."""
    file = git.git_dir / "FETCH_HEAD"
    lines = file.read_text("ascii", "replace").splitlines() if file.is_file() else []
    return [commit for commit in (line.partition("\t")[0] for line in lines) if commit.isalnum()]


def _index_file(git: Git, start: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Give the index that git made for this one commit, as `git commit -a` and `--only` do; none of another repository.

    A hook of repository A that calls ilog in repository B hands on what A's git said.
    """
    named, owner = environ.get("GIT_INDEX_FILE", ""), environ.get("GIT_DIR", "")
    file = git.top / named
    place = start / owner if owner else file.parent
    is_of_another = (owner or (place / "HEAD").is_file()) and os.path.realpath(place) != os.path.realpath(git.git_dir)
    return {"GIT_INDEX_FILE": str(file)} if named and not is_of_another else {}


def _rules(index: _Index) -> tuple[Config, IlogError | None]:
    """Give the rules that are staged, else those of the work tree; the last commit's where they cannot be used."""
    try:
        return rules.config(index.git.common_dir, _rules_text(index), may_keep=False), None
    except IlogError as trouble:
        with suppress(IlogError):
            return config_at(index.git, "HEAD"), trouble
        return Config(), trouble


def _rules_text(index: _Index) -> str:
    staged = [each for each in index.entries(FILE_NAME) if each.mode in {"100644", "100755"}]
    if not staged:
        return config_text(index.git)
    return decoded_config(next(content for _, content in index.git.blobs([staged[0].blob])))
