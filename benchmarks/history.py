"""Turns what happens to notes into commits: on the main line, on short branches, and in merges."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from packfile import BLOB, COMMIT, TREE, Directory, Pack, git
from people import Person

ROOT = "prod/interviews"
FILE, LINK, FOLDER = b"100644", b"120000", b"40000"

Change = tuple[str, bytes, bytes | None]  # path, mode, blob (None: gone)


@dataclass(slots=True)
class Branch:
    """Commits beside the main line, waiting to be merged."""

    tip: bytes
    changes: list[Change]
    author: Person
    patience: int  # how many commits the main line makes meanwhile
    paths: set[str] = field(default_factory=set)


class History:
    def __init__(self, repository: Path, rng: Random) -> None:
        git(repository.parent, "init", "-q", "-b", "main", str(repository))
        self.repository, self.rng = repository, rng
        self.pack = Pack(repository)
        self.top: dict[bytes, tuple[bytes, bytes]] = {}
        self.products: dict[str, Directory] = {}
        self.tip = b""
        self.branches: list[Branch] = []
        self.commits = 0
        self.moment = 0

    def blob(self, content: bytes) -> bytes:
        return self.pack.write(BLOB, content)

    def put(self, changes: list[Change]) -> None:
        for path, mode, blob in changes:
            if not path.startswith(ROOT + "/"):
                self.top[path.encode()] = (mode, blob or b"")
                continue
            product, _, file = path.removeprefix(ROOT + "/").partition("/")
            if product not in self.products:
                self.products[product] = Directory(self.pack)
            self.products[product].set(file.encode(), mode, blob)

    def commit(self, changes: list[Change], author: Person, written: int, moment: int, message: str) -> str:
        """One commit on the main line; the week of it by the author's clock comes back."""
        self.put(changes)
        parents = [self.tip] if self.tip else []
        self.tip, week = self._commit(parents, author, written, moment, message)
        for branch in self.branches:
            branch.patience -= 1
        return week

    def commit_aside(self, branch: Branch, changes: list[Change], written: int, moment: int, message: str) -> str:
        """The next commit of a branch. The main line must not move until `leave`."""
        self.put(changes)
        branch.changes += changes
        branch.paths.update(path for path, _, _ in changes)
        branch.tip, week = self._commit([branch.tip], branch.author, written, moment, message)
        return week

    def leave(self, branch: Branch) -> None:
        """Back to the main line; a branch only adds."""
        self.put([(path, mode, None) for path, mode, _ in branch.changes])
        self.branches.append(branch)

    def merge(self, changes: list[Change], author: Person, moment: int) -> str:
        """Join all open branches at once, with changes that are in none of them."""
        for branch in self.branches:
            self.put(branch.changes)
        self.put(changes)
        parents = [self.tip, *(branch.tip for branch in self.branches)]
        self.branches = []
        self.tip, week = self._commit(parents, author, moment, moment, f"Merge {len(parents) - 1} branch(es)")
        return week

    def _commit(
        self, parents: list[bytes], author: Person, written: int, moment: int, message: str
    ) -> tuple[bytes, str]:
        self.moment = max(self.moment, moment)
        self.commits += 1
        week, zone = author.clock(written)
        name, mail = author.identity(self.rng)
        by = f"{name} <{mail}> {written} {zone}"
        through = by if moment == written else f"Git Host <noreply@git.example> {moment} +0000"
        lines = [f"tree {self._tree().hex()}", *(f"parent {parent.hex()}" for parent in parents)]
        lines += [f"author {by}", f"committer {through}", "", message, ""]
        return self.pack.write(COMMIT, "\n".join(lines).encode()), week

    def _tree(self) -> bytes:
        products = {name.encode(): (FOLDER, folder.version()) for name, folder in self.products.items()}
        interviews = self._folder(products)
        prod = self._folder({b"interviews": (FOLDER, interviews)})
        return self._folder({**self.top, b"prod": (FOLDER, prod)})

    def _folder(self, lines: dict[bytes, tuple[bytes, bytes]]) -> bytes:
        ordered = sorted(lines, key=lambda name: name + b"/" * (lines[name][0] == FOLDER))
        content = b"".join(lines[name][0] + b" " + name + b"\0" + lines[name][1] for name in ordered if lines[name][1])
        return self.pack.write(TREE, content) if content else b""

    def note_tree(self, files: dict[str, bytes]) -> bytes:
        """A folder inside a product's folder."""
        return self._folder({name.encode(): (FILE, self.blob(content)) for name, content in files.items()})

    def close(self) -> None:
        for folder in self.products.values():
            folder.close()
        self.pack.close()
        git(self.repository, "update-ref", "refs/heads/main", self.tip.hex())
        git(self.repository, "config", "user.name", "Caroline Ruiz")
        git(self.repository, "config", "user.email", "caroline@example.com")
        git(self.repository, "reset", "-q", "--hard")
        git(self.repository, "update-index", "-q", "--refresh")
