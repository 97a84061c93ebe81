"""The pre-commit framework runs ilog by the manifest at the top; how it builds its environment is in smoke.sh."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from builders import note_text
from cli import ILOG, ROOT, Team
from gitrepo import isolate

MANIFEST = Path(__file__).parent.parent / ".pre-commit-hooks.yaml"
HOOKS = yaml.safe_load(MANIFEST.read_text("utf-8"))
PATH = f"{ROOT}/reseller-portal/acme-freight-2026-11-18.md"
BAD = note_text(consent="notes", body="# x\n\n- pain: ask john.doe@acme.com\n")


@pytest.fixture
def framed(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A folder in which the framework is installed, with the hooks of the manifest and the ilog that is here."""
    isolate(monkeypatch, tmp_path / "home")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{Path(ILOG).parent}{os.pathsep}{os.environ['PATH']}")
    local = [{**hook, "language": "system"} for hook in HOOKS]
    config = {
        "default_install_hook_types": ["pre-commit", "pre-merge-commit", "commit-msg"],
        "repos": [{"repo": "local", "hooks": local}],
    }
    team.repo.commit({".pre-commit-config.yaml": yaml.safe_dump(config)})
    assert framework("install", cwd=team.top).returncode == 0
    return team


def framework(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "pre_commit", *args]
    return subprocess.run(argv, cwd=cwd, check=False, capture_output=True, text=True, timeout=60)


def commit(team: Team, *args: str) -> tuple[int, str]:
    argv = ["git", "-C", str(team.top), "commit", *args]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_the_manifest_is_valid_and_names_the_two_hooks():
    assert framework("validate-manifest", str(MANIFEST)).returncode == 0
    assert [(hook["id"], hook["language"]) for hook in HOOKS] == [
        ("ilog-check", "python"),
        ("ilog-check-message", "python"),
    ]


def test_what_is_staged_is_checked_and_not_what_the_file_says_now(framed):
    framed.repo.write({PATH: BAD})
    framed.repo.git("add", PATH)
    framed.repo.write({PATH: note_text(consent="notes")})
    code, said = commit(framed, "-m", "x")
    assert (code, f"{PATH}:11:13: error: an e-mail address: j…@… [leak-email]" in said) == (1, True)
    framed.repo.git("add", PATH)
    assert commit(framed, "-m", "x")[0] == 0


def test_commits_of_everything_and_of_one_path_are_checked(framed):
    framed.repo.write({PATH: note_text(consent="notes")})
    framed.repo.git("add", PATH)
    assert commit(framed, "-m", "x")[0] == 0
    framed.repo.write({PATH: BAD})
    assert commit(framed, "-am", "x")[0] == 1
    assert commit(framed, "--only", PATH, "-m", "x")[0] == 1


def test_the_message_is_checked(framed):
    code, said = commit(framed, "--allow-empty", "-m", "asked john.doe@acme.com")
    assert (code, "leak-email" in said, "ilog check of the commit message" in said) == (1, True, True)
    assert commit(framed, "--allow-empty", "-m", "asked them")[0] == 0


def test_ilogs_own_hooks_stand_beside_the_frameworks_and_say_so(framed):
    done = framed.run("init", "--hooks")
    assert (done.code, "pre-commit writes these hooks anew" in done.stderr) == (0, True)
    framed.repo.write({PATH: BAD})
    framed.repo.git("add", PATH)
    code, said = commit(framed, "-m", "x")
    assert (code, "leak-email" in said, "ilog check......" in said) == (1, True, False)
    framed.repo.write({PATH: note_text(consent="notes")})
    framed.repo.git("add", PATH)
    assert "ilog check......" in commit(framed, "-m", "x")[1]
    framed.run("init", "--no-hooks")
    assert "ilog check......" in commit(framed, "--allow-empty", "-m", "x")[1]
