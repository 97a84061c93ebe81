"""A team's folder to run `ilog` in: real git, real files; the clock, the answers and the typing are handed in."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pexpect
from typer.testing import CliRunner

from builders import note_text
from gitrepo import Repo
from interviewlog.cli.app import app
from interviewlog.cli.asking import Ask
from interviewlog.cli.session import Session
from interviewlog.slugs import slug
from interviewlog.store.editor import Session as Sitting

TODAY = date(2026, 11, 20)  # a Friday, in 2026-W47
ROOT = "prod/interviews"
ILOG = str(Path(sys.executable).with_name("ilog"))
PEOPLE = {"caroline": "Caroline Ruiz", "dev": "Dev Patel", "eve": "Eve Okafor"}
CONFIG = """\
schema: 1
goal: {interviews: 1, minutes: 60}
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com], products: [reseller-portal]}
  dev: {name: Dev Patel, emails: [dev@example.com], products: [checkout]}
  eve: {name: Eve Okafor, emails: [eve@example.com]}
products: {reseller-portal: {title: Reseller portal}, checkout: {title: Checkout}}
segments: [enterprise, mid-market, smb]
own: {domains: [example.com], companies: [Example Inc]}
"""


def by(handle: str) -> str:
    """Give the git identity of somebody on the roster."""
    return f"{PEOPLE[handle]} <{handle}@example.com>"


class ScriptedAsk(Ask):
    """Answers questions from a list and remembers them; a question too many is an error."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.questions: list[str] = []
        self.offered: list[Sequence[str]] = []

    def text(self, question: str, *, default: str = "", choices: Sequence[str] = ()) -> str:
        assert self.answers, f"nobody has an answer to: {question}"
        self.questions.append(question)
        self.offered.append(choices)
        return self.answers.pop(0).strip() or default


def typing(text: str = "- pain: waited three days #sso", *, seconds: float = 60.0) -> Callable[[Path], float]:
    """Be a person who adds a text at the end of the note and takes a minute for it."""

    def edit(path: Path) -> float:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n" if text else "")
        return seconds

    return edit


def replacing(old: str, new: str) -> Callable[[Path], float]:
    """Be a person who writes something else in the place of what stands there."""

    def edit(path: Path) -> float:
        text = path.read_text("utf-8")
        assert old in text, f"{old} does not stand in {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return 60.0

    return edit


@dataclass
class Sittings:
    """One person's sittings at the editor, one after the other; the last repeats. `opened` says what was opened."""

    edits: Sequence[Callable[[Path], float]]
    opened: list[tuple[str, Path, int]] = field(default_factory=list)

    def __call__(self, command: str, path: Path, line: int) -> Sitting:
        before = path.read_bytes()
        self.opened.append((command, path, line))
        seconds = self.edits[min(len(self.opened), len(self.edits)) - 1](path)
        return Sitting(seconds, path.read_bytes() != before)


def nobody_types(path: Path) -> float:
    raise AssertionError(f"an editor was opened on {path}")


@dataclass(frozen=True)
class Screen(Session):
    """A session whose stdout takes itself for a terminal of so many columns."""

    columns: int = 0

    @property
    def width(self) -> int:
        return self.columns


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it said where."""

    code: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()


class Team:
    """A repository of notes, and the person who sits in front of it."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.top = repo.top

    @classmethod
    def start(cls, top: Path, config: str | None = CONFIG, me: str = "caroline") -> "Team":
        """Make a folder whose roster is committed; without any `config` it has no commit at all."""
        team = cls(Repo(top, "-b", "main"))
        team.be(me)
        if config is not None:
            team.repo.commit({"ilog.yaml": config}, message="Set up ilog")
        return team

    def be(self, handle: str | None) -> None:
        """Sit down as somebody of the roster; None is somebody whom git does not know."""
        for key, value in {"name": PEOPLE.get(handle or ""), "email": f"{handle}@example.com"}.items():
            if handle:
                self.repo.git("config", f"user.{key}", value or handle)
            else:
                self.repo.git("config", "--unset-all", f"user.{key}", check=False)

    def path(self, customer: str = "Acme Freight", day: str = "2026-11-18", product: str = "reseller-portal") -> str:
        return f"{ROOT}/{product}/{slug(customer)}-{day}.md"

    def draft(
        self, customer: str = "Acme Freight", day: str = "2026-11-18", *, path: str = "", yaml: str = "", **fields: str
    ) -> str:
        """Write a note without committing it; its text is that of `builders.note_text`, the name perhaps raw YAML."""
        product = fields.get("product", "reseller-portal")
        where = path or self.path(customer, day, product)
        text = note_text(**{"customer": yaml or f'"{customer}"', "date": day, **fields})
        self.repo.write({where: text})
        return where

    def note(
        self,
        customer: str = "Acme Freight",
        day: str = "2026-11-18",
        *,
        author: str = "",
        when: str = "",
        **fields: str,
    ) -> str:
        """Write a note and commit it, on the evening of the call and as its PM unless told otherwise."""
        where = self.draft(customer, day, **fields)
        pm = fields.get("pm") or "caroline"
        self.repo.commit(
            {where: self.read(where)}, author=author or by(pm if pm in PEOPLE else "caroline"),
            when=when or f"{day}T18:00:00+0000", message=f"Interview: {customer}",
        )  # fmt: skip
        return where

    def read(self, path: str) -> str:
        return (self.top / path).read_bytes().decode("utf-8", "surrogateescape")

    def exists(self, path: str) -> bool:
        return os.path.lexists(self.top / path)

    def committed(self, path: str, rev: str = "HEAD") -> str:
        return self.repo.git("show", f"{rev}:{path}")

    def subject(self, rev: str = "HEAD") -> str:
        return self.repo.git("log", "-1", "--format=%s", rev).strip()

    def run(
        self,
        *args: str,
        ask: Ask | None = None,
        edit: Callable[[Path], float] | Sittings = nobody_types,
        today: date = TODAY,
        start: Path | None = None,
        columns: int = 0,
        plain: bool = False,
        **environ: str,
    ) -> Result:
        """Run a command in this process; a bug is raised. `columns` makes its stdout a terminal."""
        sittings = edit if isinstance(edit, Sittings) else Sittings([edit])
        around = {"EDITOR": "ed", "ILOG_DEBUG": "1", **environ}
        session = Screen(
            start=start or self.top, environ={**os.environ, **around}, repo=around.get("ILOG_REPO", ""), columns=columns,
            is_plain=plain, ask=ask, edit=sittings, today=lambda: today,
        )  # fmt: skip
        done = CliRunner(env=around).invoke(app, list(args), obj=session, prog_name="ilog")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    def process(self, *args: str | bytes, cwd: Path | None = None, **environ: str) -> Result:
        """Run the installed command as a script would: no terminal anywhere."""
        done = subprocess.run(
            [ILOG, *args], cwd=cwd or self.top, env={**os.environ, **environ}, stdin=subprocess.DEVNULL,
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    @contextmanager
    def terminal(self, *args: str, columns: int = 80, **environ: str) -> Iterator[pexpect.spawn]:
        """Run the installed command on a terminal of its own."""
        child = pexpect.spawn(
            ILOG, list(args), cwd=str(self.top), env={**os.environ, **environ}, dimensions=(40, columns),
            timeout=20, encoding="utf-8",
        )  # fmt: skip
        try:
            yield child
        finally:
            child.close(force=True)

    def on_terminal(self, *args: str, columns: int = 80, **environ: str) -> str:
        """Run a command on a terminal to its end and give all it showed there."""
        with self.terminal(*args, columns=columns, **environ) as child:
            child.expect(pexpect.EOF)
            return str(child.before).replace("\r\n", "\n")


def stocked(team: Team) -> Team:
    """Fill a folder with some of everything that counts and does not count, over eight weeks to TODAY."""
    team.note("Acme Freight", "2026-11-18", relationship="customer", roles="[user]", minutes="35", segments="[enterprise]",
              consent="quotes", tldr='"heard raves about the new navigation"',
              body="# Acme Freight\n\n- delight: new navigation flow #navigation\n- pain: SSO took three days #sso !3 (P1)\n")  # fmt: skip
    team.note(
        "Acme Freight", "2026-11-10", relationship="customer", roles="[user, admin]", consent="notes", minutes="50"
    )
    team.note("Bärenstark & Söhne", "2026-11-03", relationship="prospect", consent="notes", segments="[smb]",
              type="win-loss", outcome="lost-competitor")  # fmt: skip
    team.note("Globex", "2026-11-12", product="checkout", pm="dev", relationship="customer", type="site-visit",
              consent="notes", also_products="[reseller-portal]")  # fmt: skip
    team.note(
        "Initech", "2026-10-20", product="checkout", pm="[dev, eve]", relationship="non-customer", consent="notes"
    )
    team.note(
        "Hooli", "2026-11-17", product="checkout", pm="dev", type="sales", relationship="prospect", consent="notes"
    )
    team.note("Hooli", "2026-11-11", product="checkout", pm="eve", type="support-listen", relationship="customer",
              consent="notes")  # fmt: skip
    team.note(
        "Umbrella", "2026-11-04", product="checkout", pm="eve", source="second-hand", via="sales", consent="notes"
    )
    team.note("Example Inc", "2026-11-05", product="checkout", pm="dev", consent="notes")
    team.note(
        "Stark", "2026-11-19", product="checkout", pm="dev", body="# Stark\n\n## Observations\n", consent="pending"
    )
    team.repo.commit({f"{ROOT}/checkout/broken-2026-11-16.md": "---\ncustomer: Broken\ntype: learning\n---\n"}, author=by("eve"),
                     when="2026-11-16T18:00:00+0000")  # fmt: skip
    team.draft("Soylent", "2026-11-19", relationship="customer")
    return team
