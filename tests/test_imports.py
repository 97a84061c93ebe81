"""What a run loads: a library that is imported is paid for at every start (see architecture.md on start-up)."""

import json
import os
import subprocess
import sys

import pytest

from interviewlog.fields import TYPES

HEAVY = {"git", "rich", "jinja2", "prompt_toolkit", "pydantic", "asyncio", "markdown_it"}
TELL = "import sys, json; import atexit; atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.__stderr__)); "


def loaded(team, *args: str, **environ: str) -> set[str]:
    """Run ilog in a Python of its own and give the modules it had loaded at its end."""
    run = f"{TELL} sys.argv = ['ilog', *{list(args)!r}]; from interviewlog.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", run], cwd=team.top, env={**os.environ, **environ},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_the_version_loads_nothing(team):
    modules = loaded(team, "--version")
    assert "typer" not in modules
    assert {each for each in modules if each.startswith("interviewlog")} == {"interviewlog", "interviewlog.__main__"}


READERS = {
    "frontmatter",
    "sqlite3",
    "interviewlog.note",
    "interviewlog.observations",
    "interviewlog.store.index",
    "interviewlog.cli.begin",
}


@pytest.mark.parametrize("line", ["ilog ", "ilog new ", "ilog new checkout ", "ilog list --pm ", "ilog show ",
                                  "ilog stats --by ", "ilog summary --for ", "ilog save ", "ilog edit "])  # fmt: skip
def test_completion_loads_names_and_nothing_else(shelf, line):
    said = {"_ILOG_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()))}
    assert not loaded(shelf, **said) & (HEAVY | READERS)


@pytest.mark.parametrize("args", [
    ["stats"], ["stats", "--basis", "commits"], ["list"], ["list", "--json"], ["search", "sso"], ["summary"], ["check"], ["why", "globex-2026-11-12"],
    ["show", "globex-2026-11-12"], [], ["--help"], ["new", "--help"],
])  # fmt: skip
def test_reading_commands_load_no_heavy_library(shelf, args):
    assert not loaded(shelf, *args) & HEAVY


def test_a_new_note_loads_no_heavy_library_and_no_shipped_template_needs_jinja(team):
    assert not loaded(team, "new", "checkout", "Acme", "--no-edit", "--observe", "pain: x", "--commit") & HEAVY
    for kind in TYPES:
        assert "{%" not in team.run("template", "show", kind).stdout


PRIVATE = {"phonenumbers", "stdnum", *(f"interviewlog.insights.{name}" for name in (
    "phones", "numbers", "emails", "secrets", "links", "naming", "allowing"))}  # fmt: skip


def test_a_note_without_personal_data_loads_nothing_that_tells_it(team):
    args = ("new", "checkout", "Juniper Textiles and Sons", "--no-edit", "--commit", "--observe")
    assert not loaded(team, *args, "pain: SSO took three days, 12 clicks and 1,200 EUR #sso !3") & PRIVATE
    assert "phonenumbers" in loaded(team, *args[:2], "Globex", *args[3:], "pain: call +49 151 23456789")


def test_a_command_loads_no_other_command(shelf):
    modules = loaded(shelf, "stats")
    for other in ("new", "begin", "save", "summary", "list", "init", "join", "demo", "template"):
        assert f"interviewlog.cli.{other}" not in modules
