"""`ilog demo`: real commands on a repository with a real history."""

import datetime as dt
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gitrepo import Repo, isolate
from interviewlog.chronicle import tell
from interviewlog.cli.app import app
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.store import examples
from interviewlog.weeks import Week

SATURDAY = dt.date(2026, 11, 21)
ENDS = [dt.date(2026, 11, 16), SATURDAY, dt.date(2027, 1, 3)]
NOTES = len(examples.read().notes)
STEPS = NOTES + 8  # set up, five edits, a rename, a merge


class Demo(Repo):
    """A folder that is there already, with the answers and the talk of the run that made it."""

    def __init__(self, top: Path, result: Result) -> None:
        self.top = top
        self.stdout = result.stdout
        self.stderr = result.stderr

    def log(self, form: str, *args: str) -> list[str]:
        return self.git("log", f"--format={form}", *args).splitlines()


def run(start: Path, today: dt.date, *args: str) -> Result:
    noon = dt.datetime.combine(today, dt.time(12), dt.UTC).timestamp()
    session = Session(start=start, today=lambda: today, now=lambda: noon)
    return CliRunner().invoke(app, ["demo", *args], obj=session, standalone_mode=False, catch_exceptions=True)


@pytest.fixture(scope="module", autouse=True)
def _alone(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(scope="module")
def demo_of(tmp_path_factory) -> Callable[[dt.date], Demo]:
    @cache
    def make(today: dt.date) -> Demo:
        start = tmp_path_factory.mktemp("demo")
        result = run(start, today)
        assert not result.exception, result.exception
        return Demo(start / "ilog-demo", result)

    return make


@pytest.fixture(params=ENDS, ids=str)
def ended(request, demo_of) -> tuple[dt.date, Demo]:
    return request.param, demo_of(request.param)


@pytest.fixture
def demo(demo_of) -> Demo:
    return demo_of(SATURDAY)


def test_the_folder_is_sound_and_nothing_in_it_is_uncommitted(ended):
    _, demo = ended
    assert demo.status() == []
    assert demo.git("fsck", "--strict", "--no-progress") == ""
    assert demo.git("branch", "--all").split() == ["*", "main"]


def test_its_last_notes_are_of_this_week_and_none_is_of_the_future(ended):
    today, demo = ended
    days = [dt.date.fromisoformat(line.split()[-1]) for line in demo.log("%s") if line.startswith("Interview: ")]
    assert Week.of(sorted(days)[-2]) == Week.of(today)
    assert max(days) == today
    assert len(days) == NOTES + 1


def test_every_day_ends_with_the_main_job_done(ended):
    today, demo = ended
    commands = [line.split()[2] for line in demo.stdout.splitlines() if line.startswith("$ ilog ")]
    assert commands == ["new", "summary", "stats", "why"]
    assert f"prod/interviews/reseller-portal/brightline-hotels-{today}.md\n" in demo.stdout
    assert f"counts for {Week.of(today)}: yes" in demo.stderr


def test_history_has_every_step_and_the_note_of_the_demo_itself(demo):
    assert len(demo.log("%h")) == STEPS + 1
    assert demo.log("%s")[-1] == "Set up ilog"
    assert demo.log("%s")[0] == "Interview: Brightline Hotels, reseller-portal, 2026-11-21"


def test_authors_are_the_pms_at_their_own_offsets(demo):
    lines = demo.log("%an|%ae|%ad|%cn|%ce|%cd", "--date=format:%z", "HEAD~1")
    parts = [line.split("|") for line in lines]
    assert all(part[:3] == part[3:] for part in parts)
    zones = {part[1]: part[2] for part in parts}
    assert len(zones) == 8
    assert (zones["caroline@example.com"], zones["dev@example.com"]) == ("-0800", "+0530")
    assert len(set(zones.values())) >= 6


def test_commits_stand_in_the_order_of_their_dates(demo):
    times = [int(line) for line in demo.log("%ct", "--topo-order", "--first-parent", "HEAD~1")]
    assert times == sorted(times, reverse=True)


def test_one_merge_joins_a_branch_of_two_notes_that_the_main_line_went_past(demo):
    (merge,) = demo.log("%H %P", "--merges")
    _, main, side = merge.split()
    base = demo.git("merge-base", main, side).strip()
    assert [len(demo.log("%h", f"{base}..{tip}")) for tip in (main, side)] == [1, 2]
    assert demo.git("diff", "--name-only", base, side).count(".md") == 2


def test_one_note_was_renamed_and_git_can_tell(demo):
    renames = [line for line in demo.log("", "-M", "--summary") if line.startswith(" rename ")]
    assert len(renames) == 1
    assert "{coperline-electric-2026-07-09.md => copperline-electric-2026-07-09.md}" in renames[0]
    (found,) = demo.log(
        "%s",
        "--follow",
        "--diff-filter=A",
        "--",
        renames[0].split("{")[0].split()[1] + "copperline-electric-2026-07-09.md",
    )
    assert found.startswith("Interview: Copperline Electric")


def test_the_alias_wrote_one_note_and_the_mailmap_brings_it_home(demo):
    assert demo.git("check-mailmap", "T. Herrera <therrera@example.net>") == "Tomas Herrera <tomas@example.com>\n"
    assert Counter(demo.log("%ae"))["therrera@example.net"] == 1
    assert "therrera@example.net" not in demo.log("%aE")


def test_two_runs_on_one_day_give_the_same_commits(demo, tmp_path):
    noon = dt.datetime.combine(SATURDAY, dt.time(18), dt.UTC)
    again = examples.write(tmp_path, tell(examples.read(), SATURDAY, noon))
    assert again.head() == demo.git("rev-parse", "HEAD~1").strip()


def test_the_note_of_the_demo_belongs_to_the_first_pm_of_the_roster(demo):
    assert demo.log("%an <%ae>", "-1") == ["Caroline Ruiz <caroline@example.com>"]
    assert "pm: caroline\n" in (demo.top / "prod/interviews/reseller-portal/brightline-hotels-2026-11-21.md").read_text(
        "utf-8"
    )


def test_the_demo_shows_what_it_types_and_what_comes_of_it(demo):
    shown = demo.stdout
    assert shown.startswith(
        f"A folder of example notes, with a history made by git: ilog-demo\n{NOTES} notes in {STEPS} commits"
    )
    assert "tl;dr – talked with Brightline Hotels, heard " in shown
    assert re.search(r"^Eve Okafor .* never$", shown, re.MULTILINE)
    assert "$ ilog why prod/interviews/checkout/cafe-nandu-2026-11-17.md\n" in shown
    assert "second-hand" in shown
    assert "\n  cd ilog-demo\n" in shown
    assert shown.endswith("rm -rf ilog-demo\n")


def test_a_command_shown_can_be_typed_again(demo):
    start = demo.stdout.index("$ ilog new") + len("$ ilog ")
    line = demo.stdout[start : demo.stdout.index("\nprod/")]
    words = subprocess.run(["sh", "-c", f"printf '%s\\n' {line}"], capture_output=True, check=True).stdout.decode()
    assert "pain: every new receptionist waits two days for a login #sso !2\n" in words


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "ilog-demo").mkdir()
    (tmp_path / "ilog-demo" / "mine.md").write_text("mine", encoding="utf-8")
    result = run(tmp_path, SATURDAY)
    assert isinstance(result.exception, IlogError)
    assert result.exception.code == Code.EXISTS
    assert "--dir" in result.exception.hint
    assert [path.name for path in (tmp_path / "ilog-demo").iterdir()] == ["mine.md"]
    assert result.stdout == ""


def test_neither_hooks_nor_settings_of_the_user_take_part(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "post-checkout", "commit-msg"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    settings = f"[core]\n\thooksPath = {hooks}\n\tautocrlf = true\n[commit]\n\tgpgSign = true\n[init]\n\ttemplateDir = {hooks}\n\tdefaultBranch = other\n"
    (tmp_path / "home" / ".gitconfig").write_text(settings, encoding="utf-8")
    mine = tmp_path / "home" / ".config" / "ilog" / "config.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("commit: never\nformat: slack\nrepo: /nowhere\n", encoding="utf-8")
    monkeypatch.setenv("ILOG_COMMIT", "never")
    result = run(tmp_path, SATURDAY, "--dir", "else where")
    assert not result.exception, result.exception
    demo = Demo(tmp_path / "else where", result)
    assert demo.git("branch", "--show-current") == "main\n"
    assert len(demo.log("%h")) == STEPS + 1
    assert b"\r" not in (demo.top / "ilog.yaml").read_bytes()
    assert "cd 'else where'\n" in demo.stdout


def test_in_a_pipe_answers_and_talk_stand_in_the_order_of_the_commands(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "interviewlog", "demo"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    shown = done.stdout.decode()
    marks = ["$ ilog new", "counts for ", "$ ilog summary", "tl;dr", "$ ilog stats", "Team", "$ ilog why", "Try next"]
    places = [shown.index(marks[0])]
    for mark in marks[1:]:
        places.append(shown.index(mark, places[-1]))
    assert shown.count("counts for ") == 2
    assert shown.index("counts for ") < shown.index("$ ilog summary")
