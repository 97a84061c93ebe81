import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gitrepo import Repo, isolate
from interviewlog import address
from interviewlog.errors import Code, IlogError
from interviewlog.store import remotecall, repo, unreachable
from interviewlog.store.git import Git

ASIDE = "ilog-test-marker"


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")


@pytest.fixture
def shared(tmp_path):
    """A bare repository with one commit on `main`."""
    bare = Repo(tmp_path / "shared.git", "--bare", "-b", "main")
    first = Repo(tmp_path / "first")
    first.git("remote", "add", "origin", str(bare.top))
    first.commit({"a.txt": "a"})
    first.git("push", "-q", "-u", "origin", "main")
    return bare


@pytest.fixture
def first(tmp_path, shared):
    """The repository that was shared."""
    assert shared.head
    return Repo(tmp_path / "first")


def refused(*args, **kwargs) -> IlogError:
    with pytest.raises(IlogError) as caught:
        kwargs.pop("call")(*args, **kwargs)
    return caught.value


def opened(path: Path) -> Git:
    git = Git.open(path)
    assert git
    return git


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


# ── init ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_repository_has_the_branch_main(tmp_path):
    (tmp_path / "home/.gitconfig").write_text("")
    git = repo.init(tmp_path / "deep/notes")
    assert (git.top, git.branch(), git.head()) == (tmp_path / "deep/notes", "main", None)


def test_a_new_repository_has_the_branch_that_the_users_git_is_set_to(tmp_path):
    (tmp_path / "home/.gitconfig").write_text("[init]\n\tdefaultBranch = trunk\n")
    assert repo.init(tmp_path / "notes").branch() == "trunk"


def test_a_repository_named_by_the_environment_is_not_touched(tmp_path, monkeypatch, shared):
    monkeypatch.setenv("GIT_DIR", str(shared.top))
    before = sorted(shared.top.rglob("*"))
    assert repo.init(tmp_path / "notes").top == tmp_path / "notes"
    assert repo.clone(str(shared.top), tmp_path / "clone", tmp_path).top == tmp_path / "clone"
    assert sorted(shared.top.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    error = refused(tmp_path / "file/notes", call=repo.init)
    assert error.code == Code.EXISTS
    assert str(tmp_path / "file/notes") in error.message


# ── clone ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clone_holds_what_was_shared_and_its_configuration_is_gits_own(tmp_path, shared):
    heard = []
    git = repo.clone(str(shared.top), tmp_path / "mine", tmp_path, lambda words, part: heard.append((words, part)))
    assert (git.top / "a.txt").read_text() == "a"
    plain = tmp_path / "plain"
    subprocess.run(["git", "clone", "-q", shared.top, plain], check=True)
    assert (git.git_dir / "config").read_text() == (plain / ".git/config").read_text()


def test_progress_is_told_in_words_and_parts(tmp_path, shared):
    heard = []
    repo.clone(f"file://{shared.top}", tmp_path / "mine", tmp_path, lambda words, part: heard.append((words, part)))
    assert ("receiving", 1.0) in heard
    assert all(0 <= part <= 1 for _, part in heard)


def test_a_relative_address_is_taken_from_where_the_person_is(tmp_path, shared):
    (tmp_path / "here").mkdir()
    git = repo.clone("../shared.git", tmp_path / "here/mine", tmp_path / "here")
    assert git.head() == shared.git("rev-parse", "main").strip()


@pytest.mark.parametrize("url", ["--upload-pack=touch {}", "-u touch {}", "ext::sh -c touch% {}", "EXT::x", "a\nb"])
def test_an_address_that_is_an_option_or_a_program_is_refused(tmp_path, url):
    url = url.format(tmp_path / ASIDE)
    assert refused(url, tmp_path / "mine", tmp_path, call=repo.clone).code == Code.REFUSED
    assert not (tmp_path / ASIDE).exists()
    assert not (tmp_path / "mine").exists()


def test_a_remote_that_is_a_program_is_not_run_even_if_the_configuration_allows_it(tmp_path, first):
    git = opened(first.top)
    with (tmp_path / "home/.gitconfig").open("a") as file:
        file.write('[protocol "ext"]\n\tallow = always\n')
    git.write("remote", "set-url", "origin", f"ext::sh -c touch% {tmp_path / ASIDE}")
    error = refused(git, call=repo.fetch)
    assert error.code == Code.REFUSED
    assert not (tmp_path / ASIDE).exists()


def test_an_unreachable_remote_is_69_and_no_token_is_told(tmp_path):
    error = refused("https://me:s3cret@127.0.0.1:1/team/notes.git", tmp_path / "mine", tmp_path, call=repo.clone)
    assert error.code == Code.UNREACHABLE
    assert "https://127.0.0.1:1/team/notes.git" in error.message
    assert "s3cret" not in error.message + error.hint
    assert not (tmp_path / "mine").exists()


def test_a_repository_that_is_not_there_is_69(tmp_path):
    error = refused(str(tmp_path / "nowhere"), tmp_path / "mine", tmp_path, call=repo.clone)
    assert error.code == Code.UNREACHABLE
    assert error.hint == f"ilog join {tmp_path / 'nowhere'}"


def test_a_remote_that_never_answers_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_SSH_COMMAND", f"echo $$ >{tmp_path / 'pid'}; sleep 60; :")
    started = time.monotonic()
    error = refused("ssh://git@example.com/x", tmp_path / "mine", tmp_path, patience=0.5, call=repo.clone)
    assert error.code == Code.UNREACHABLE
    assert time.monotonic() - started < 10
    assert not is_alive(int((tmp_path / "pid").read_text()))  # ssh is ended as well, not only git
    assert not (tmp_path / "mine").exists()


def test_an_interrupted_clone_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_SSH_COMMAND", "sleep 60; :")
    threading.Timer(0.5, signal.raise_signal, (signal.SIGINT,)).start()
    with pytest.raises(KeyboardInterrupt):
        repo.clone("ssh://git@example.com/x", tmp_path / "mine", tmp_path)
    assert not (tmp_path / "mine").exists()


def test_ssh_asks_nobody_unless_the_user_chose_how_it_is_run(tmp_path, monkeypatch):
    seen = tmp_path / "seen"
    fake = tmp_path / "bin/ssh"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho "$*" >>{seen}\nexit 255\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    refused("git@example.com:x", tmp_path / "mine", tmp_path, call=repo.clone)
    assert "-oBatchMode=yes -oConnectTimeout=15" in seen.read_text()
    seen.unlink()
    with (tmp_path / "home/.gitconfig").open("a") as file:
        file.write(f"[core]\n\tsshCommand = {fake} -v\n")
    refused("git@example.com:x", tmp_path / "mine", tmp_path, call=repo.clone)
    assert "BatchMode" not in seen.read_text()
    assert "-v" in seen.read_text()


def test_git_has_no_terminal_to_ask_on(tmp_path, monkeypatch):
    monkeypatch.setenv(
        "GIT_SSH_COMMAND", f"(exec </dev/tty) 2>{tmp_path / 'said'} && touch {tmp_path / 'asked'}; false"
    )
    refused("ssh://git@example.com/x", tmp_path / "mine", tmp_path, call=repo.clone)
    assert not (tmp_path / "asked").exists()


# ── fetch and push ───────────────────────────────────────────────────────────────────────────────────────────────


def test_fetch_brings_what_others_pushed(tmp_path, shared, first):
    mine = repo.clone(str(shared.top), tmp_path / "mine", tmp_path)
    first.commit({"b.txt": "b"})
    first.git("push", "-q")
    repo.fetch(mine)
    assert mine.resolve("refs/remotes/origin/main") == first.head


def test_fetch_without_a_remote_is_78(tmp_path):
    git = repo.init(tmp_path / "notes")
    error = refused(git, call=repo.fetch)
    assert (error.code, error.hint) == (Code.CONFIG, "git remote add origin URL, then: ilog sync")


def test_push_tells_whether_somebody_was_faster(tmp_path, shared, first):
    mine = repo.clone(str(shared.top), tmp_path / "mine", tmp_path)
    Repo(mine.top).commit({"mine.txt": "m"})
    first.commit({"b.txt": "b"})
    assert repo.push(opened(first.top), "origin", "refs/heads/main:refs/heads/main")
    assert not repo.push(mine, "origin", "refs/heads/main:refs/heads/main")
    assert shared.git("rev-parse", "main").strip() == first.head


def test_a_push_that_the_remote_refuses_says_why(shared, first):
    hook = shared.top / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'main is protected: ask Dev' >&2\nexit 1\n")
    hook.chmod(0o755)
    first.commit({"b.txt": "b"})
    error = refused(opened(first.top), "origin", "refs/heads/main:refs/heads/main", call=repo.push)
    assert error.code == Code.NOTHING
    assert "pre-receive hook declined | main is protected: ask Dev" in error.message


def test_a_push_that_ones_own_hook_refuses_says_why(first):
    first.commit({"b.txt": "b"})
    first.hook("pre-push", "echo no pushes on Fridays >&2; exit 1")
    error = refused(opened(first.top), "origin", "refs/heads/main:refs/heads/main", call=repo.push)
    assert error.code == Code.NOTHING
    assert "no pushes on Fridays" in error.message


def test_a_remote_that_is_a_work_tree_is_78_with_the_way_out(tmp_path, first):
    mine = repo.clone(str(first.top), tmp_path / "mine", tmp_path)
    Repo(mine.top).commit({"b.txt": "b"})
    error = refused(mine, "origin", "refs/heads/main:refs/heads/main", call=repo.push)
    assert error.code == Code.CONFIG
    assert error.hint.startswith("git clone --bare ")


def test_what_a_hook_leaves_in_the_background_does_not_keep_us_waiting(first):
    first.commit({"b.txt": "b"})
    first.hook("pre-push", "sleep 30 & true")
    started = time.monotonic()
    assert repo.push(opened(first.top), "origin", "refs/heads/main:refs/heads/main")
    assert time.monotonic() - started < 10


def test_importing_what_shares_does_not_import_gitpython():
    script = "import sys, interviewlog.store.share, interviewlog.cli.sync; print('git' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "ssh -T git@github.com (once"),
        ("git@github.com: Permission denied (publickey).\nfatal: Could not read", "ssh -T git@github.com (does it"),
        (
            "fatal: could not read Username for 'https://x': terminal prompts disabled",
            "git ls-remote git@github.com:o/r",
        ),
        ("ssh: connect to host x port 22: Connection refused", "ilog sync"),
    ],
)
def test_what_was_not_asked_comes_back_as_a_command_to_type(said, mend):
    error = unreachable.refusal("fetch", "git@github.com:o/r", said, "ilog sync")
    assert error.code == Code.UNREACHABLE
    assert error.hint.startswith(mend)
    assert "Could not read from remote" not in error.message


def test_patience_is_two_minutes():
    assert remotecall.PATIENCE == 120


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("git@github.com:team/notes.git", "https://github.com/team/notes/blob/main/{path}"),
        ("https://me:token@github.com/team/notes", "https://github.com/team/notes/blob/main/{path}"),
        ("ssh://git@ssh.github.com:443/team/notes.git", "https://github.com/team/notes/blob/main/{path}"),
        ("git@gitlab.com:group/sub/notes.git", "https://gitlab.com/group/sub/notes/-/blob/main/{path}"),
        ("https://gitlab.example.com:8443/g/notes.git/", "https://gitlab.example.com:8443/g/notes/-/blob/main/{path}"),
        ("ssh://git@gitlab.example.com:2222/g/notes.git", "https://gitlab.example.com/g/notes/-/blob/main/{path}"),
        ("git@bitbucket.org:team/notes.git", "https://bitbucket.org/team/notes/src/main/{path}"),
        ("git@git.example.com:team/notes.git", ""),
        ("../notes.git", ""),
        ("file:///srv/github/notes.git", ""),
    ],
)
def test_the_web_address_of_notes_follows_from_the_remotes(url, link):
    assert address.web_link(url, "main") == link


def test_a_branch_in_a_web_address_is_quoted():
    assert address.web_link("git@github.com:o/r", "a b/{c}").endswith("/blob/a%20b/%7Bc%7D/{path}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at https://me:pa:ss@example.com/x, or http://token@h/y", "at https://example.com/x, or http://h/y"),
        ("ssh://git:pw@host/x", "ssh://git@host/x"),
        ("ssh://git@host/x git@host:x", "ssh://git@host/x git@host:x"),
        ("https://me:p@ss@example.com/x@y", "https://example.com/x@y"),
    ],
)
def test_passwords_and_tokens_are_taken_out_of_addresses(text, shown):
    assert address.without_secret(text) == shown


@pytest.mark.parametrize(
    ("url", "name"),
    [("git@h:notes.git", "notes"), ("https://h/t/notes/", "notes"), ("../notes/.git", "notes"), ("/srv/n.git/", "n")],
)
def test_a_clones_folder_is_named_after_the_repository(url, name):
    assert address.folder_name(url) == name


@pytest.mark.parametrize("url", ["..", "/", "https://host/", "host:-x"])
def test_an_address_that_names_no_folder_asks_for_one(url):
    error = refused(url, call=address.folder_name)
    assert error.code == Code.USAGE
    assert error.hint == f"ilog join {url} notes"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("git@github.com:o/r.git", "https://token@github.com/o/r", True),
        ("git@github.com:o/r.git", "git@github.com:o/other.git", False),
        ("/srv/notes.git", "file:///srv/notes", True),
        ("/srv/notes.git", "git@srv:notes.git", False),
    ],
)
def test_two_addresses_of_one_repository_are_known_as_such(one, other, same):
    assert address.are_same(one, other) is same
