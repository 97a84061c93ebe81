"""What hostile input and odd machines were once seen to do, and must not do again."""

import json
import subprocess
import sys

import pytest

from gitrepo import Repo
from interviewlog.errors import IlogError
from interviewlog.observations import read_body
from interviewlog.render.data import dumps
from interviewlog.settings import parse_config
from interviewlog.store import repo


def test_a_cloned_file_cannot_say_which_editor_runs():
    config = parse_config('editor: "touch /tmp/pwn"\n')
    assert "editor" not in config.preferences
    assert any("unknown setting editor" in warning for warning in config.warnings)


def test_a_range_of_away_weeks_has_an_end():
    with pytest.raises(IlogError, match="away"):
        parse_config("away: [1990-W01..2198-W52]\n")


def test_a_root_in_the_git_directory_or_with_a_nul_is_refused():
    for root in (".GIT/x", '"a\\0b"', "../x"):
        with pytest.raises(IlogError):
            parse_config(f"root: {root}\n")


def test_two_people_under_one_word_are_warned_about():
    config = parse_config("pms: {a: {emails: [x@example.com]}, b: {emails: [X@example.com]}}\n")
    assert any("x@example.com stands for two people" in warning for warning in config.warnings)


def test_json_holds_no_control_or_bidi_character_raw_and_means_the_same():
    value = {"name": "a\x9bb\u202ec\u200bd\x1be\x7f"}
    text = dumps(value)
    assert json.loads(text) == value
    assert not any(sign in text for sign in "\x9b\u202e\u200b\x1b\x7f")


def test_a_heading_underlined_is_nobodys_own_words():
    assert read_body(f"{'word ' * 60}\n====\n").is_empty
    assert not read_body(f"{'word ' * 60}\n\ntext\n").is_empty


def test_a_pasted_log_is_read_to_an_end():
    body = read_body("- pain: x\n" * 30_000)
    assert len(body.observations) == 10_000


def test_a_clone_takes_the_only_branch_where_the_remotes_head_names_none(tmp_path):
    bare = Repo(tmp_path / "bare.git", "--bare", "-b", "master")
    ours = Repo(tmp_path / "ours", "-b", "main")
    ours.commit({"ilog.yaml": "schema: 1\n"})
    ours.git("push", "-q", str(bare.top), "main")
    made = repo.clone(str(bare.top), tmp_path / "theirs", tmp_path)
    assert (made.branch(), (tmp_path / "theirs" / "ilog.yaml").is_file()) == ("main", True)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_closed_stream_is_no_traceback(closed):
    script = f'"{sys.executable}" -m interviewlog guide {closed}'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_shallow_clone_credits_nobody_for_what_its_horizon_hides(tmp_path):
    ours = Repo(tmp_path / "ours", "-b", "main")
    ours.commit({"prod/interviews/p/a-2026-11-02.md": "---\ndate: 2026-11-02\ncustomer: A\ntype: learning\n---\n"})
    ours.commit({"plan.txt": "x"})
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", ours.top.as_uri(), shallow], check=True)
    command = [sys.executable, "-m", "interviewlog", "--repo", str(shallow), "stats", "--basis", "commits"]
    told = json.loads(subprocess.run([*command, "--weeks", "all", "--json"], capture_output=True, check=True).stdout)
    assert [(each["pm"], each["email"]) for each in told["people"]] == [("unknown", None)]
    assert "shallow" in [each["code"] for each in told["warnings"]]


def test_racers_with_again_each_get_a_note(team):
    start = [sys.executable, "-m", "interviewlog", "--repo", str(team.top), "new", "checkout", "Racer", "--pm", "dev"]
    runs = [subprocess.Popen([*start, "--no-edit", "--again"], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    paths = [run.communicate()[0].strip() for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert len(set(paths)) == 4
