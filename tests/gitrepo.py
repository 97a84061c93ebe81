"""Real git repositories for tests: quick to write, and the same on every machine and day."""

import datetime as dt
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ADA = "Ada <ada@example.com>"
BEA = "Bea <bea@example.com>"
Files = Mapping[str, str | bytes | None]


def isolate(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Cut this process off from the configuration of whoever runs the tests; `home` gets one of its own."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "XDG_", "LC_", "ILOG_"))] + ["EMAIL"]:
        monkeypatch.delenv(name, raising=False)
    home.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    settings = "[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n"
    (home / ".gitconfig").write_text(settings, encoding="utf-8")


class Repo:
    """One repository. Commits get a date of their own, a minute later each time, unless `when` says another."""

    def __init__(self, top: Path, *init: str) -> None:
        self.top = top
        self._clock = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", *init)

    def git(self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, check: bool = True) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.top), *args],
            input=stdin, capture_output=True, check=False, env={**os.environ, **(env or {})},
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"git {args}: {done.stdout!r} {done.stderr!r}")
        return done.stdout.decode("utf-8", "surrogateescape")

    def write(self, files: Files) -> None:
        """Write files by their path from the top; None deletes one."""
        for name, content in files.items():
            path = self.top / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: Files | None = None, *, author: str = ADA, when: str = "", message: str = "notes") -> str:
        """Write files, commit them and whatever is staged, and give the commit's id."""
        self.write(files or {})
        if files:
            self.git("--literal-pathspecs", "add", "-A", "--", *files)
        return self._record(author, when, message)

    def move(self, old: str, new: str, *, text: str | None = None, author: str = ADA, when: str = "") -> str:
        """Rename a file, perhaps with a new text, and commit that."""
        (self.top / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", "--", old, new)
        return self.commit({} if text is None else {new: text}, author=author, when=when, message="move")

    def switch(self, branch: str, *, new_at: str | None = None) -> None:
        """Go to a branch; with `new_at` it is made there first."""
        self.git("checkout", "-q", *(["-b", branch, new_at] if new_at else [branch]))

    def merge(self, *branches: str, files: Files | None = None, author: str = ADA, when: str = "") -> str:
        """Merge branches, whatever conflicts, with `files` as they shall be in the merge itself."""
        self.git("merge", "-q", "--no-ff", "--no-commit", "-s", "octopus" if len(branches) > 1 else "ort", *branches,
                 check=False)  # fmt: skip
        self.write(files or {})
        self.git("add", "-A")
        return self._record(author, when, "merge")

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def staged(self) -> str:
        """Give the index, entry by entry."""
        return self.git("ls-files", "-s", "-z")

    def status(self) -> Sequence[str]:
        return self.git("status", "--porcelain=v1", "-z", "-uall", "--no-renames").split("\0")[:-1]

    def files_of(self, rev: str = "HEAD") -> set[str]:
        """Name the files that a commit changed."""
        return set(self.git("show", "-z", "--name-only", "--format=", "--no-renames", rev).split("\0")[:-1])

    def hook(self, name: str, script: str) -> None:
        """Install a hook, a shell script."""
        path = self.top / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def _record(self, author: str, when: str, message: str) -> str:
        self._clock += dt.timedelta(minutes=1)
        date = when or self._clock.isoformat()
        name, _, email = author.rstrip(">").rpartition(" <")
        env = {
            "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": "Carl", "GIT_COMMITTER_EMAIL": "carl@example.com",
            "GIT_COMMITTER_DATE": self._clock.isoformat(),
        }  # fmt: skip
        self.git("commit", "-q", "--allow-empty", "-F", "-", stdin=message.encode(), env=env)
        return self.head
