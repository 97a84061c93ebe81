"""All that one run may touch: the folder, the clock, the terminal. A test hands in another."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

if TYPE_CHECKING:  # YAML and subprocess cost as much as Python itself; a command without a folder needs neither
    from interviewlog.cli.asking import Ask
    from interviewlog.config import Config
    from interviewlog.insights.known import Known
    from interviewlog.store.editor import Session as Sitting
    from interviewlog.store.folder import Folder
    from interviewlog.store.personal import Personal


def _open_in_editor(command: str, path: Path, line: int) -> "Sitting":
    from interviewlog.store.editor import open_in_editor

    return open_in_editor(command, path, line)


@dataclass(frozen=True)
class Session:
    """One run. `ask` is None where nobody can answer; `repo` is the folder named by flag or environment."""

    start: Path = field(default_factory=Path.cwd)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    repo: str = ""
    is_quiet: bool = False
    is_plain: bool = False
    today: Callable[[], date] = date.today
    now: Callable[[], float] = time.time
    ask: "Ask | None" = None
    edit: "Callable[[str, Path, int], Sitting]" = _open_in_editor

    @cached_property
    def folder(self) -> "Folder":
        """The folder of notes; raises IlogError (78) when there is none."""
        from interviewlog.store import folder as folders

        return folders.find(self.start, self.repo, lambda: self.personal.repo)

    @cached_property
    def personal(self) -> "Personal":
        """What the user's own file and environment say."""
        from interviewlog.store import personal

        return personal.read(self.environ)

    @cached_property
    def _checked(self) -> "Personal":
        """The same, once it has been said what is wrong with it; completion reads it without a word."""
        for warning in self.personal.warnings:
            self.warn(warning)
        return self.personal

    @property
    def config(self) -> "Config":
        return self.folder.config

    @cached_property
    def known(self) -> "Known":
        """Whom the team talks with, and who it is; says what is wrong with `people.yaml`.

        Raises IlogError (78) when that cannot be read: names that nobody knows cannot be kept out of git.
        """
        from interviewlog.insights.known import known_of
        from interviewlog.store import people

        listed, findings = people.read(self.folder)
        for finding in findings:
            if finding.code == people.UNREAD:
                raise people.unread(finding)
            self.warn(finding.what, f"next: {finding.mend}")
        return known_of(self.config, listed)

    def preference(self, name: str) -> str:
        """Give a setting that a person may have for themselves, else the team's in ilog.yaml, else ""."""
        mine = getattr(self._checked, name)
        if isinstance(mine, bool):
            mine = "true" if mine else "false"
        return mine or self.config.preferences.get(name, "")

    def answer(self, text: str) -> None:
        """Write the answer to stdout; `text` has been cleaned by its renderer."""
        if text:
            sys.stdout.write(text if text.endswith("\n") else f"{text}\n")

    def answer_path(self, path: str) -> None:
        """Write a path to stdout as it is, for `$(ilog new …)`; only what could act on the reader is made visible."""
        from interviewlog.render.clean import as_it_is

        self.answer(as_it_is(path))

    def recite(self, text: str) -> None:
        """Write a text to stderr as it is, line by line; it has been cleaned by its renderer."""
        if not self.is_quiet:
            with suppress(OSError):
                print(text, file=sys.stderr, flush=True)  # noqa: T201

    def say(self, *lines: str) -> None:
        """Talk on stderr, unless asked to be quiet."""
        if any(lines) and not self.is_quiet:
            self.warn(*lines)

    def warn(self, *lines: str, excerpt: Sequence[str] = ()) -> None:
        """Say on stderr what must not be missed, further lines indented; `excerpt` is shown below them.

        Each line is cleaned on its own: a name from outside cannot begin a line that looks like one of ours.
        """
        from interviewlog.render.clean import clean, clean_block

        first, *others = (clean(line) for line in lines)
        others += map(clean_block, excerpt)
        with suppress(OSError):  # nobody can be told that they cannot be told
            print("\n  ".join([first, *others]), file=sys.stderr, flush=True)  # noqa: T201

    @cached_property
    def width(self) -> int:
        """Columns of the terminal, 0 when stdout is none: then nothing is cut or wrapped."""
        if not is_terminal(sys.stdout):
            return 0
        said = self.environ.get("COLUMNS", "")
        columns = int(said) if said.isdecimal() and len(said) < 5 else 0  # noqa: PLR2004 - nobody has 10,000
        return columns or os.get_terminal_size(sys.stdout.fileno()).columns or 80

    @property
    def has_colour(self) -> bool:
        """True on a terminal that shows colours, unless told not to."""
        refused = self.is_plain or self.environ.get("NO_COLOR") or self.environ.get("TERM", "") in {"dumb", ""}
        return bool(self.width) and not refused


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a stream is open on a terminal."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def current(ctx: typer.Context) -> Session:
    """Give the run's session: the one a test handed in, else the real one; shared options apply to both."""
    flags: dict[str, Any] = {
        name: ctx.meta[key]
        for name, key in (("repo", "ilog.repo"), ("is_quiet", "ilog.quiet"), ("is_plain", "ilog.no_color"))
        if key in ctx.meta
    }
    session = ctx.find_root().obj
    if not isinstance(session, Session):
        session = real()
    return replace(session, **flags) if flags else session


def real() -> Session:
    """Give the session of a person or script at this machine."""
    both = is_terminal(sys.stdin) and is_terminal(sys.stderr)
    if not both:
        return Session(repo=os.environ.get("ILOG_REPO", ""))
    from interviewlog.cli.asking import Ask

    return Session(repo=os.environ.get("ILOG_REPO", ""), ask=Ask())
