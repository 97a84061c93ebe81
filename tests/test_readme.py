"""README cannot rot: its tour is run and compared, and it names every command, flag and setting."""

import os
import re
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewlog.cli.app import COMMANDS, app, load
from interviewlog.cli.session import Session
from interviewlog.settings import PREFERENCES, SETTINGS

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
TODAY = date(2026, 11, 18)
NOON = "2026-11-18T12:00:00 +0100"


def part(name: str) -> str:
    return TEXT.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0]


@pytest.fixture
def someone(tmp_path: Path) -> dict[str, str]:
    """A PM's environment, in which two runs give the same commits."""
    home = tmp_path
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Caroline Ruiz\n\temail = caroline@example.com\n[init]\n\tdefaultBranch = main\n"
    )
    mine = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "GIT_CONFIG_NOSYSTEM": "1"}
    return mine | {"GIT_AUTHOR_DATE": NOON, "GIT_COMMITTER_DATE": NOON, "PATH": os.environ["PATH"]}


def test_the_tour_prints_what_readme_shows(
    tmp_path: Path, someone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in someone.items():
        monkeypatch.setenv(name, value)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_EDITOR", "ILOG_REPO", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    session = Session(start=tmp_path, environ=someone, today=lambda: TODAY)
    shown, seen = [], []
    for block in re.findall(r"```console\n(.*?)```", part("tour"), re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = step.partition("\n")
            words = shlex.split(line)
            result = ""
            if words[0] == "cd":
                session = replace(session, start=session.start / words[1])
            else:
                ran = CliRunner().invoke(app, words[1:], obj=session)
                assert ran.exit_code == 0, ran.output
                result = ran.output.replace(str(tmp_path), "~")
            seen.append(f"$ {line}\n{result}")
            shown.append(f"$ {line}\n{output}")
    if os.environ.get("ILOG_UPDATE_GOLDEN"):
        text = TEXT
        for before, after in zip(shown, seen, strict=True):
            text = text.replace(before, after, 1)
        README.write_text(text, encoding="utf-8")
    else:
        assert "".join(seen) == "".join(shown)


def options(command: object) -> list[str]:
    """Give the long names of a command's own options; a pair such as --edit/--no-edit is known by its first."""
    shared = {"--repo", "--no-color", "--quiet", "--help"}
    params = getattr(command, "params", [])
    return [next(opt for opt in p.opts if opt.startswith("--")) for p in params
            if p.param_type_name == "option" and not set(p.opts) & shared]  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_every_command_and_each_of_its_flags(name: str) -> None:
    rows = [line for line in part("commands").splitlines() if line.startswith(f"| `ilog {name}")]
    assert rows
    command = load(name)
    for each in getattr(command, "commands", {"": command}).values():
        for option in options(each):
            assert any(f"`{option}" in row for row in rows), f"ilog {name} {option}"


def test_readme_names_every_setting() -> None:
    named = set(re.findall(r"^\| `([a-z_]+)`", part("settings"), re.MULTILINE))
    assert named == set(SETTINGS) | set(PREFERENCES)
