"""`ilog init --hooks`: git asks ilog before each commit, whatever client makes it and whatever hooks are there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import note_text
from cli import CONFIG, ILOG, ROOT, Team
from gitrepo import Repo, isolate
from interviewlog import hookscript
from interviewlog.config import FILE_NAME
from interviewlog.errors import Code

MAIL = "john.doe@acme.com"
GOOD = note_text(consent="notes")
BAD = note_text(consent="notes", body=f"# x\n\n- pain: ask {MAIL}\n")
PATH = f"{ROOT}/reseller-portal/acme-freight-2026-11-18.md"
OTHER = f"{ROOT}/reseller-portal/globex-2026-11-18.md"
ALL = ", ".join(f".git/hooks/{name}" for name in hookscript.HOOKS)


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")


@pytest.fixture
def ready(team):
    """A folder with the hooks installed."""
    assert team.run("init", "--hooks").code == 0
    return team


def git(team: Team, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run git as any client would."""
    around = {**os.environ, "PYTHONUNBUFFERED": "", **environ}
    return subprocess.run(["git", "-C", str(team.top), *args], env=around, check=False, text=True,
                          capture_output=True, stdin=subprocess.DEVNULL, timeout=60)  # fmt: skip


def hook(team: Team, name: str = "pre-commit") -> Path:
    return team.top / ".git" / "hooks" / name


# ── installing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_that_is_ready_gets_the_hooks_and_nothing_else(team):
    before = team.repo.head
    done = team.run("init", "--hooks")
    assert (done.code, done.stdout) == (0, f"{team.top}\n")
    assert done.stderr == f"commits are checked from now on: {ALL}\n"
    assert (team.repo.head, team.repo.status()) == (before, [])
    assert all(os.access(hook(team, name), os.X_OK) for name in hookscript.HOOKS)
    again = team.run("init", "--hooks")
    assert (again.code, again.stderr) == (0, "nothing to do, the hooks are there\n")


def test_neither_an_identity_nor_a_branch_is_needed_for_that(team):
    team.repo.git("checkout", "-q", "--detach")
    team.be(None)
    assert team.run("init", "--hooks").code == 0


def test_a_new_folder_is_made_ready_first(tmp_path):
    desk = Team(Repo(tmp_path / "desk"))
    done = desk.run("init", "notes", "--hooks", "--product", "checkout")
    assert (done.code, done.stdout) == (0, f"{desk.top}/notes\n")
    assert "Set up ilog" in Repo(desk.top / "notes").git("log", "--format=%s")
    assert (desk.top / "notes/.git/hooks/pre-commit").is_file()


def test_they_are_taken_out_again(ready):
    done = ready.run("init", "--no-hooks")
    assert (done.code, done.stderr) == (0, f"commits are not checked now: {ALL}\n")
    assert not hook(ready).exists()
    assert not hook(ready, "commit-msg").exists()
    assert ready.run("init", "--no-hooks").stderr == "nothing to do, no hook of ilog's is there\n"


def test_taking_out_makes_no_folder_ready(tmp_path):
    desk = Team(Repo(tmp_path / "desk"))
    done = desk.run("init", "--no-hooks")
    assert (done.code, list(desk.top.iterdir())) == (Code.CONFIG, [desk.top / ".git"])


def test_pms_are_added_and_the_hooks_too(team):
    done = team.run("init", "--hooks", "--pm", "zoe=Zoe Ray <zoe@example.com>")
    assert "added to ilog.yaml: PM zoe" in done.stderr
    assert (done.stdout, hook(team).is_file()) == (f"{team.top}\n", True)


def test_a_directory_for_hooks_is_made_where_there_is_none(team):
    shutil.rmtree(team.top / ".git" / "hooks")
    assert team.run("init", "--hooks").code == 0
    assert hook(team).is_file()


SHELLS = ["#!/bin/sh", "#!/bin/sh -e", "#! /usr/bin/env bash", "#!/usr/bin/env -S bash -eu", "#!/bin/dash"]


@pytest.mark.parametrize("shebang", SHELLS)
def test_a_shell_hook_gets_ilogs_part_first_and_gets_rid_of_it_unchanged(team, shebang):
    script = f"{shebang}\n# mine\ntouch ran\nexit 0\n"
    hook(team).write_text(script)
    hook(team).chmod(0o755)
    team.run("init", "--hooks")
    lines = hook(team).read_text().splitlines()
    assert (lines[0], lines[1].startswith("# >>> ilog >>>"), lines[-3:]) == (shebang, True, script.splitlines()[1:])
    assert team.run("init", "--hooks").stderr == "nothing to do, the hooks are there\n"
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    assert git(team, "commit", "-m", "x").returncode == 1
    assert not team.exists("ran")
    team.repo.write({PATH: GOOD})
    assert git(team, "commit", "-am", "x").returncode == 0
    assert team.exists("ran")
    team.run("init", "--no-hooks")
    assert hook(team).read_text() == script


def test_an_older_part_is_replaced(ready):
    text = hook(ready).read_text()
    hook(ready).write_text(text.replace("check --staged", "check --older"))
    assert "commits are checked from now on: .git/hooks/pre-commit\n" in ready.run("init", "--hooks").stderr
    assert hook(ready).read_text() == text


@pytest.mark.parametrize("shebang", [f"#!{sys.executable}", "#!/usr/bin/env -S perl -w"])
def test_any_other_hook_is_kept_and_called(team, shebang):
    is_python = "python" in shebang
    script = f"{shebang}\n" + ('open("ran", "w")\nraise SystemExit(3)\n' if is_python else 'open(F, ">ran"); exit 3;\n')
    if not is_python and not shutil.which("perl"):
        pytest.skip("no perl here")
    hook(team).write_text(script)
    hook(team).chmod(0o755)
    team.run("init", "--hooks")
    assert git(team, "commit", "--allow-empty", "-m", "x").returncode == 1
    assert team.exists("ran")
    assert team.run("init", "--hooks").stderr == "nothing to do, the hooks are there\n"
    team.run("init", "--no-hooks")
    assert hook(team).read_text() == script
    assert not hook(team, f"pre-commit{hookscript.KEPT}").exists()


def test_a_hook_gets_its_arguments(team):
    hook(team, "commit-msg").write_text(f'#!{sys.executable}\nimport sys\nopen("ran", "w").write(sys.argv[1])\n')
    hook(team, "commit-msg").chmod(0o755)
    team.run("init", "--hooks")
    assert git(team, "commit", "--allow-empty", "-m", "x").returncode == 0
    assert team.read("ran") == ".git/COMMIT_EDITMSG"


def test_a_hook_that_is_a_link_is_kept_and_what_it_leads_to_stays(team):
    team.repo.commit({"tools/hook": "#!/bin/sh\ntouch ran\n"})
    (team.top / "tools/hook").chmod(0o755)
    hook(team).symlink_to("../../tools/hook")
    team.run("init", "--hooks")
    assert team.read("tools/hook") == "#!/bin/sh\ntouch ran\n"
    assert git(team, "commit", "--allow-empty", "-m", "x").returncode == 0
    assert team.exists("ran")
    team.run("init", "--no-hooks")
    assert str(hook(team).readlink()) == "../../tools/hook"


def test_a_hook_that_is_switched_off_stays_so(team):
    hook(team).write_text("#!/bin/sh\ntouch ran\n")
    hook(team).chmod(0o644)
    team.run("init", "--hooks")
    assert git(team, "commit", "--allow-empty", "-m", "x").returncode == 0
    assert not team.exists("ran")


def test_what_was_kept_is_never_written_over(ready):
    for name in (f"pre-commit{hookscript.KEPT}", "pre-commit"):
        hook(ready, name).write_text("#!/usr/bin/env python3\n")
    done = ready.run("init", "--hooks")
    assert (done.code, "two hooks were kept already" in done.stderr) == (Code.EXISTS, True)
    assert hook(ready).read_text() == "#!/usr/bin/env python3\n"


@pytest.mark.parametrize("where", ["husky", "outside", "link"])
def test_where_hooks_are_not_ilogs_to_change_it_says_what_to_write(team, tmp_path, where):
    folder = team.top / ".husky" / "_" if where == "husky" else tmp_path / "shared"
    folder.mkdir(parents=True)
    if where == "link":
        shutil.rmtree(team.top / ".git/hooks")
        (team.top / ".git/hooks").symlink_to(folder)
    else:
        team.repo.git("config", "core.hooksPath", ".husky/_" if where == "husky" else str(folder))
    written = folder.parent if where == "husky" else folder
    done = team.run("init", "--hooks")
    assert done.code == Code.CONFIG
    assert done.stderr.startswith("commits are NOT checked yet: ")
    whole = "  write {0}:\n    #!/bin/sh\n    ilog check --{1} --repo . || exit 1\n"
    for name, asked in {"pre-commit": "staged", "pre-merge-commit": "staged", "commit-msg": 'message "$1"'}.items():
        assert whole.format(written / name, asked) in done.stderr
    assert f"\nthen: chmod +x {written}/pre-commit {written}/pre-merge-commit {written}/commit-msg\n" in done.stderr
    assert list(folder.iterdir()) == []
    for name in hookscript.HOOKS:
        (written / name).write_text(f"#!/bin/sh\n{hookscript.line_for(name)}\n")
    assert team.run("init", "--hooks").stderr == "nothing to do, the hooks are there\n"
    assert "take this line out of each" in team.run("init", "--no-hooks").stderr


def test_a_hook_that_another_program_has_written_already_wants_one_line_more(team, tmp_path):
    team.repo.git("config", "core.hooksPath", str(tmp_path))
    (tmp_path / "commit-msg").write_text("#!/bin/sh\nlint\n")
    done = team.run("init", "--hooks")
    assert f'  add to {tmp_path}/commit-msg:\n    ilog check --message "$1" --repo . || exit 1\n' in done.stderr
    assert f"  write {tmp_path}/pre-commit:\n    #!/bin/sh\n" in done.stderr


def test_what_is_to_be_written_by_hand_stops_a_commit(team, tmp_path):
    team.repo.git("config", "core.hooksPath", str(tmp_path))
    said = team.run("init", "--hooks").stderr.splitlines()
    for name in hookscript.HOOKS:
        at = said.index(f"  write {tmp_path}/{name}:")
        (tmp_path / name).write_text("".join(f"{line[4:]}\n" for line in said[at + 1 : at + 3]))
    subprocess.run(said[-1].removeprefix("then: "), shell=True, check=True)  # noqa: S602 - as people paste it
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    path = f"{Path(ILOG).parent}:{os.environ['PATH']}"
    assert git(team, "commit", "-m", "x", PATH=path).returncode == 1
    team.repo.write({PATH: GOOD})
    assert git(team, "commit", "-am", "x", PATH=path).returncode == 0


def test_a_new_folder_is_made_where_hooks_cannot_be_with_a_warning(tmp_path):
    desk = Team(Repo(tmp_path / "desk"))
    subprocess.run(["git", "config", "--global", "core.hooksPath", str(tmp_path / "shared")], check=True)
    done = desk.run("init", "notes", "--hooks")
    assert (done.code, done.stdout) == (0, f"{desk.top}/notes\n")
    assert "\ncommits are NOT checked yet: " in done.stderr
    assert desk.run("init", "notes", "--hooks").code == Code.CONFIG


def test_a_hooks_path_inside_the_git_directory_is_the_repositorys_own(team):
    team.repo.git("config", "core.hooksPath", ".git/my-hooks")
    assert team.run("init", "--hooks").code == 0
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    assert git(team, "commit", "-m", "x").returncode == 1


def test_where_the_disk_refuses_it_is_74_and_what_was_there_is_there(team):
    hook(team).write_text("#!/usr/bin/env python3\n")
    shutil.rmtree(hook(team, "x"), ignore_errors=True)
    for name in hookscript.HOOKS:
        hook(team, f".{name}.{os.getpid()}").mkdir()
    done = team.run("init", "--hooks")
    assert (done.code, "cannot change" in done.stderr) == (Code.IO, True)
    assert hook(team).read_text() == "#!/usr/bin/env python3\n"


def test_colleagues_are_told_how_when_they_join(team):
    done = team.run("join", str(team.top), "mine", start=team.top.parent)
    folder = team.top.parent / "mine"
    assert f"to keep personal data out of what you commit: ilog init --hooks {folder}\n" in done.stderr
    assert team.run("init", "--hooks", str(folder), start=team.top.parent).code == 0
    assert "--hooks" not in team.run("join", str(team.top), "mine", start=team.top.parent).stderr


# ── committing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_commit_is_refused_with_what_is_wrong_and_made_once_it_is_mended(ready):
    ready.repo.write({PATH: BAD, OTHER: GOOD.replace("Acme Freight", "Globex")})
    ready.repo.git("add", "-A")
    done = git(ready, "commit", "-m", "x")
    assert done.returncode == 1
    assert f"{PATH}:11:13: error: an e-mail address: j…@… [leak-email]\n" in done.stderr
    assert done.stderr.endswith(
        "\n1 error\nilog: not committed; to see this again: ilog check --staged\n"
        "  to commit all the same: git commit --no-verify\n"
    )
    assert ready.run("check", "--staged").stderr == "1 error\n"
    assert "doe" not in done.stderr
    ready.repo.write({PATH: GOOD})
    done = git(ready, "commit", "-am", "x")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_commit_of_one_path_is_judged_by_that_path(ready):
    ready.repo.commit({OTHER: GOOD.replace("Acme Freight", "Globex")})
    ready.repo.write({PATH: BAD})
    ready.repo.git("add", PATH)
    ready.repo.write({OTHER: GOOD.replace("Acme Freight", "Globex").replace("three", "two")})
    assert git(ready, "commit", "--only", OTHER, "-m", "x").returncode == 0
    assert git(ready, "commit", "--only", PATH, "-m", "x").returncode == 1


def test_commit_a_and_amend_are_checked(ready):
    ready.repo.commit({PATH: GOOD})
    ready.repo.write({PATH: BAD})
    done = git(ready, "commit", "-am", "x")
    assert (done.returncode, "to see this again: ilog check\n" in done.stderr) == (1, True)  # nothing is staged by now
    assert git(ready, "commit", "-a", "--amend", "--no-edit").returncode == 1
    ready.repo.git("checkout", "-q", ".")
    assert git(ready, "commit", "--amend", "-m", "said otherwise").returncode == 0


def test_a_merge_is_not_held_up_by_what_others_committed(ready):
    first = ready.repo.head
    ready.repo.switch("theirs", new_at=first)
    ready.repo.write({OTHER: BAD.replace("Acme Freight", "Globex"), "x": "1"})
    ready.repo.git("add", "-A")
    ready.repo.git("commit", "-q", "--no-verify", "-m", "theirs")
    ready.repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    ready.repo.switch("main")
    ready.repo.commit({"x": "2"})
    ready.repo.git("merge", "-q", "theirs", check=False)
    ready.repo.write({"x": "3"})
    ready.repo.git("add", "x")
    assert git(ready, "commit", "--no-edit").returncode == 0


@pytest.fixture
def branched(ready):
    """A folder with a branch `theirs` that holds a leak, and nothing that could conflict."""
    ready.repo.switch("theirs", new_at=ready.repo.head)
    ready.repo.write({OTHER: BAD.replace("Acme Freight", "Globex").replace("consent: notes", "consent: pending")})
    ready.repo.git("add", "-A")
    ready.repo.git("commit", "-q", "--no-verify", "-m", "theirs")
    ready.repo.switch("main")
    ready.repo.commit({"x": "2"})
    return ready


def test_a_merge_that_brings_in_what_nobody_has_shared_yet_is_refused(branched):
    done = git(branched, "merge", "--no-edit", "theirs")
    assert (done.returncode, f"{OTHER}:11:13: error: an e-mail" in done.stderr) == (1, True)
    assert "consent is not settled" not in done.stderr
    assert git(branched, "commit", "--no-edit").returncode == 1
    assert git(branched, "commit", "--no-edit", "--no-verify").returncode == 0
    assert OTHER in branched.repo.git("ls-files")


def test_a_merge_of_what_was_fetched_goes_through(branched, tmp_path):
    branched.repo.git("clone", "-q", "--bare", ".", str(tmp_path / "origin.git"))
    branched.repo.git("branch", "-q", "-D", "theirs")
    assert git(branched, "pull", "--no-rebase", "--no-edit", str(tmp_path / "origin.git"), "theirs").returncode == 0
    assert len(branched.repo.git("rev-list", "--parents", "-1", "HEAD").split()) == 3


def test_of_a_branch_only_what_came_after_the_shared_part_holds_up_a_merge(branched):
    branched.repo.git("update-ref", "refs/remotes/origin/theirs", "theirs")
    branched.repo.switch("theirs")
    branched.repo.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "further")
    branched.repo.switch("main")
    assert git(branched, "merge", "--no-edit", "theirs").returncode == 0


def test_a_message_that_gives_somebody_away_is_refused(ready):
    done = git(ready, "commit", "--allow-empty", "-m", f"asked {MAIL}")
    assert (done.returncode, ".git/COMMIT_EDITMSG:1:7: error: an e-mail address: j…@…" in done.stderr) == (1, True)
    assert git(ready, "commit", "--allow-empty", "-m", "asked them").returncode == 0
    assert git(ready, "commit", "--allow-empty", "-s", "-m", "signed off by a colleague").returncode == 0


def test_from_a_linked_work_tree_and_from_below_the_top_too(ready):
    ready.repo.git("worktree", "add", "-q", "../linked")
    linked = Team(Repo(ready.top.parent / "linked"))
    linked.repo.write({PATH: BAD})
    linked.repo.git("add", PATH)
    done = subprocess.run(
        ["git", "commit", "-m", "x"], cwd=(linked.top / PATH).parent, check=False, capture_output=True
    )
    assert (done.returncode, b"leak-email" in done.stderr) == (1, True)


def test_the_first_commit_of_all_is_checked(tmp_path):
    team = Team.start(tmp_path / "new", config=None)
    team.repo.write({FILE_NAME: CONFIG, PATH: BAD})
    assert team.run("init", "--hooks").code == 0
    team.repo.git("add", "-A")
    assert git(team, "commit", "-m", "x").returncode == 1
    team.repo.git("rm", "-q", "--cached", PATH)
    assert git(team, "commit", "-m", "x").returncode == 0


def test_from_a_client_with_a_bare_path_and_settings_for_another_folder(ready, tmp_path):
    ready.repo.write({PATH: BAD})
    ready.repo.git("add", PATH)
    environ = {"PATH": "/usr/bin:/bin", "HOME": os.environ["HOME"], "ILOG_REPO": str(tmp_path)}
    done = subprocess.run(
        ["git", "-C", str(ready.top), "commit", "-m", "x"], env=environ, check=False, capture_output=True
    )
    assert (done.returncode, b"leak-email" in done.stderr) == (1, True)


def test_another_branch_without_notes_is_no_business_of_ilogs(ready):
    ready.repo.git("checkout", "-q", "--orphan", "pages")
    ready.repo.git("rm", "-rfq", ".")
    ready.repo.write({"index.html": MAIL})
    ready.repo.git("add", "-A")
    assert git(ready, "commit", "-m", "x").returncode == 0


def test_ilog_save_and_its_hook_do_not_wait_for_each_other(ready):
    ready.repo.write({PATH: GOOD})
    done = ready.process("save", PATH)
    assert (done.code, done.stdout) == (0, f"{PATH}\n")
    assert ready.committed(PATH) == GOOD


def test_what_the_hook_refuses_is_shown_line_by_line_by_ilog_save(ready):
    # `save` looks for itself before it commits, so the hook is made to look at something else.
    hook(ready).write_text(hook(ready).read_text().replace("check --staged", "check --message MSG"))
    ready.repo.write({PATH: GOOD, "MSG": MAIL})
    done = ready.process("save", PATH)
    assert done.code == Code.NOTHING
    said = "\n  MSG:1:1: error: an e-mail address: j…@… [leak-email]\n    1 | j…@…\n"
    assert f"ilog: a hook refused the commit{said}" in done.stderr
    assert done.stderr.endswith(f"  kept: {PATH}\n  next: ilog save {PATH}\n")
    assert PATH not in ready.repo.git("ls-files")


# ── without ilog ─────────────────────────────────────────────────────────────────────────────────────────────────


def without_ilog(team: Team, program: str = "/gone/ilog") -> None:
    for name in hookscript.HOOKS:
        hook(team, name).write_text(hook(team, name).read_text().replace(ILOG, program))


def bare_path(tmp_path: Path) -> str:
    """Give a PATH on which there is git and sh, and no ilog."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("git", "sh", "touch"):
        (folder / name).symlink_to(shutil.which(name) or "")
    return str(folder)


def test_without_ilog_nothing_is_committed_and_one_is_told_how_to_all_the_same(ready, tmp_path):
    without_ilog(ready)
    path = bare_path(tmp_path)
    done = git(ready, "commit", "--allow-empty", "-m", "x", PATH=path)
    assert done.returncode == 1
    assert done.stderr == (
        "ilog: not installed any more, so nothing was checked, and nothing is committed\n"
        "  next: install ilog again, or commit all the same: git commit --no-verify\n"
    )
    assert git(ready, "commit", "--allow-empty", "--no-verify", "-m", "x", PATH=path).returncode == 0


def test_an_ilog_that_moved_is_found_on_the_path(ready):
    without_ilog(ready)
    path = f"{Path(ILOG).parent}:{os.environ['PATH']}"
    assert git(ready, "commit", "--allow-empty", "-m", "x", PATH=path).returncode == 0
    assert git(ready, "commit", "--allow-empty", "-m", MAIL, PATH=path).returncode == 1


@pytest.mark.parametrize("script", ["#!/gone/python\n", "#!/bin/sh\nexit 70\n", "#!/bin/sh\nkill -9 $$\n"])
def test_an_ilog_that_cannot_run_lets_nothing_through(ready, tmp_path, script):
    broken = tmp_path / "it's broken" / "ilog"
    broken.parent.mkdir()
    broken.write_text(script)
    broken.chmod(0o755)
    without_ilog(ready, hookscript.quote(str(broken)))
    done = git(ready, "commit", "--allow-empty", "-m", "x")
    assert done.returncode == 1
    assert done.stderr.endswith("  nothing was checked; to commit all the same: git commit --no-verify\n")


# ── the script ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "zsh", "busybox"])
@pytest.mark.parametrize("name", sorted(hookscript.HOOKS))
def test_every_shell_can_read_it(shell, name):
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    argv = [shell, "sh", "-n"] if shell == "busybox" else [shell, "-n"]
    subprocess.run(argv, input=hookscript.own_script(name, "/a b/it's"), text=True, check=True)


@pytest.mark.parametrize(
    "line",
    [
        "#!/usr/bin/env python3",
        "#!/usr/bin/fish",
        "#!/usr/bin/perl",
        "echo hi",
        "",
        "#!/opt/sh/node",
        "#!/usr/bin/env -S node sh",
    ],
)
def test_what_is_no_shell_is_not_taken_for_one(line):
    assert not hookscript.is_shell(f"{line}\nx\n")


@pytest.mark.parametrize("script", ["#!/bin/sh\na\n", "#!/bin/sh", "#!/bin/sh\n\n# b\r\n", "#!/bin/sh\na"])
def test_putting_it_in_and_taking_it_out_leaves_a_script_as_it_was(script):
    inside = hookscript.with_block(script, "pre-commit", "/x/ilog")
    assert hookscript.has_block(inside)
    assert hookscript.with_block(inside, "pre-commit", "/x/ilog") == inside
    assert hookscript.without_block(inside).rstrip("\n") == script.rstrip("\n")
