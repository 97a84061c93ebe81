import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gitrepo import BEA, Repo, isolate
from interviewlog.errors import Code, IlogError
from interviewlog.store import lock, refusals
from interviewlog.store.commit import commit_paths, commit_paths_locked
from interviewlog.store.git import Git

ROOT = "prod/interviews"
A, B, C = (f"{ROOT}/portal/{name}-2026-01-05.md" for name in ("acme", "beta", "corp"))


@pytest.fixture
def repo(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    return Repo(tmp_path / "repo")


@pytest.fixture
def busy(repo):
    """A repository in which somebody has staged one file, staged and changed another, and changed a third."""
    repo.commit({"one.txt": "1", "two.txt": "1", "three.txt": "1"})
    repo.write({"one.txt": "2", "two.txt": "2"})
    repo.git("add", "one.txt", "two.txt")
    repo.write({"two.txt": "3", "three.txt": "3", "new.txt": "x", A: "note\n"})
    return repo


def opened(repo: Repo) -> Git:
    git = Git.open(repo.top)
    assert git
    return git


def save(repo: Repo, *paths: str, message: str = "Interview: Acme") -> str:
    return commit_paths(opened(repo), paths, message)


def refused(repo: Repo, *paths: str) -> IlogError:
    """Save in vain; nothing but the note on disk may be left of it."""
    before = (repo.git("rev-parse", "-q", "--verify", "HEAD", check=False), repo.staged(), repo.status())
    with pytest.raises(IlogError) as caught:
        commit_paths(opened(repo), paths, "Interview: Acme", kept="the note")
    assert (repo.git("rev-parse", "-q", "--verify", "HEAD", check=False), repo.staged(), repo.status()) == before
    assert caught.value.hint
    assert caught.value.kept == "the note"
    assert "\n" not in caught.value.message + caught.value.hint
    return caught.value


# What a commit holds


def test_a_commit_holds_exactly_the_note_and_leaves_what_else_is_staged_or_changed(busy):
    before, status = busy.staged(), busy.status()

    made = save(busy, A)

    assert busy.head == made
    assert busy.files_of() == {A}
    assert [line for line in busy.staged().split("\0") if not line.endswith(A)] == before.split("\0")
    assert busy.status() == [entry for entry in status if entry != f"?? {A}"]


def test_the_first_commit_of_a_repository_may_be_a_note(repo):
    repo.write({A: "note\n", "staged.txt": "x"})
    repo.git("add", "staged.txt")

    save(repo, A)

    assert repo.files_of() == {A}
    assert repo.status() == ["A  staged.txt"]


def test_several_notes_new_changed_and_deleted_are_one_commit(repo):
    repo.commit({A: "a\n", B: "b\n"})
    repo.write({A: None, B: "b2\n", C: "c\n"})

    save(repo, A, B, C)

    assert repo.files_of() == {A, B, C}
    assert repo.status() == []


@pytest.mark.parametrize("mover", ["git", "shell"])
def test_a_rename_is_committed_by_naming_both_paths(repo, mover):
    repo.commit({A: "a\n" * 20})
    if mover == "git":
        repo.git("mv", A, B)
    else:
        (repo.top / A).rename(repo.top / B)

    save(repo, A, B)

    assert repo.git("show", "-M", "--name-status", "--format=").split() == ["R100", A, B]
    assert repo.status() == []


def test_a_note_moved_before_it_was_ever_committed_is_simply_new(repo):
    repo.commit({"x": "x"})
    repo.write({B: "b\n"})

    save(repo, A, B)

    assert repo.files_of() == {B}


def test_what_was_staged_of_the_note_itself_gives_way_to_the_file(busy):
    busy.git("add", A)
    busy.write({A: "later\n"})

    save(busy, A)

    assert busy.git("show", f"HEAD:{A}") == "later\n"


def test_a_note_marked_with_intent_to_add_is_committed(repo):
    repo.write({A: "a\n"})
    repo.git("add", "-N", A)

    save(repo, A)

    assert repo.git("show", f"HEAD:{A}") == "a\n"


@pytest.mark.parametrize("name", ["[ab].md", "*.md", ":(exclude)x.md", ":!x.md", "a b\n'\".md", "-A.md", "\udcff.md"])
def test_a_path_is_never_taken_for_a_pattern_or_an_option(repo, name):
    repo.commit({"a.md": "1"})
    repo.write({name: "x", "a.md": "2", "b.md": "x", "x.md": "x"})

    save(repo, name)

    assert repo.files_of() == {name}


def test_a_thousand_notes_fit_into_one_commit(repo):
    paths = [f"{ROOT}/portal/customer-{number}-2026-01-05.md" for number in range(1000)]
    repo.write(dict.fromkeys(paths, "x"))
    repo.write({"other": "x"})

    save(repo, *paths)

    assert repo.files_of() == set(paths)


def test_the_message_is_kept_as_it_is_but_for_control_characters(repo):
    repo.write({A: "a\n"})
    repo.git("config", "commit.cleanup", "strip")
    repo.git("config", "i18n.commitEncoding", "latin1")

    save(repo, A, message="Interview: Acmé\x1b[31m\0\n\n# 1 not a comment\n\n\n")

    assert (
        repo.git("-c", "i18n.logOutputEncoding=UTF-8", "log", "--format=%B")
        == "Interview: Acmé[31m\n\n# 1 not a comment\n\n"
    )


def test_the_author_and_date_may_be_given(repo):
    repo.write({A: "a\n"})

    env = {"GIT_AUTHOR_NAME": "Bea", "GIT_AUTHOR_DATE": "2026-01-05T10:00:00+0100"}
    commit_paths(opened(repo), [A], "x", env=env)

    assert repo.git("log", "--format=%an %ae %aI %cn").strip() == "Bea ada@example.com 2026-01-05T10:00:00+01:00 Ada"


def test_nothing_to_commit_is_no_error_and_no_commit(busy):
    made = save(busy, A)

    assert save(busy, A) == made == busy.head
    assert save(busy, "one.txt") != made


def test_a_note_staged_otherwise_but_on_disk_as_committed_makes_no_commit(repo):
    made = repo.commit({A: "a\n"})
    repo.write({A: "b\n"})
    repo.git("add", A)
    repo.write({A: "a\n"})

    assert save(repo, A) == made


def test_in_a_repository_without_commits_nothing_to_commit_is_an_error(repo):
    assert refused(repo, A).code == Code.NO_NOTE


@pytest.mark.parametrize("content", [b"one\r\ntwo\r\n", b"one\ntwo\n", b"mixed\r\n\n"])
@pytest.mark.parametrize(
    "rule", ["core.autocrlf=true", "core.autocrlf=input", "*.md text eol=lf", "*.md text eol=crlf"]
)
def test_line_ends_are_stored_as_the_repository_wants_them_and_the_file_is_left_alone(repo, content, rule):
    if "=" in rule.split()[0]:
        repo.git("config", *rule.split("="))
    else:
        repo.commit({".gitattributes": rule + "\n"})
    repo.write({A: content})

    save(repo, A)

    assert (repo.top / A).read_bytes() == content
    assert repo.git("show", f"HEAD:{A}").encode() == content.replace(b"\r\n", b"\n")
    assert repo.status() == []


def test_a_note_once_stored_with_crlf_can_be_changed_under_autocrlf(repo):
    repo.commit({A: b"one\r\n"})
    repo.git("config", "core.autocrlf", "true")
    repo.write({A: b"one\r\ntwo\r\n"})

    made = save(repo, A)

    assert repo.files_of(made) == {A}
    assert (repo.top / A).read_bytes() == b"one\r\ntwo\r\n"


def test_a_linked_worktree_commits_to_its_own_branch(repo, tmp_path):
    main = repo.commit({"x": "x"})
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    git = Git.open(tmp_path / "linked")
    assert git
    (tmp_path / "linked" / "note.md").write_text("x")

    made = commit_paths(git, ["note.md"], "x")

    assert git.head() == made
    assert repo.head == main


def test_a_hook_of_another_repository_does_not_lead_the_commit_astray(busy, tmp_path, monkeypatch):
    other = Repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.top / ".git" / "index"))
    git = opened(busy)

    made = commit_paths(git, [A], "x")

    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert busy.head == made
    assert other.git("rev-parse", "-q", "--verify", "HEAD", check=False) == ""


def test_eight_writers_at_once_all_land(busy):
    paths = [f"{ROOT}/portal/customer-{number}-2026-01-05.md" for number in range(8)]
    busy.write({path: f"{path}\n" for path in paths})
    before = busy.git("rev-list", "--count", "HEAD")

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda path: commit_paths(opened(busy), [path], path), paths))

    assert len(made) == 8
    assert int(busy.git("rev-list", "--count", "HEAD")) == int(before) + 8
    assert {tuple(busy.files_of(commit)) for commit in made} == {(path,) for path in paths}
    assert busy.git("diff", "--cached", "--name-only").split() == ["one.txt", "two.txt"]
    assert busy.git("fsck", "--unreachable", "--no-reflogs", "--no-progress").count("commit") == 0


# Why there is none


def conflict(repo: Repo) -> None:
    """Make two branches that change the same line, and stand on `main`."""
    repo.commit({"x.txt": "0\n"})
    repo.switch("side", new_at="main")
    repo.commit({"x.txt": "side\n"})
    repo.switch("main")
    repo.commit({"x.txt": "main\n"})
    repo.commit({"x.txt": "main 2\n"})


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("merge", ["merge", "side"]),
        ("rebase", ["rebase", "side"]),
        ("rebase", ["rebase", "--apply", "side"]),
        ("cherry-pick", ["cherry-pick", "side"]),
        ("revert", ["revert", "HEAD~1"]),
        ("am", ["am", "patch"]),
        ("bisect", ["bisect", "start"]),
    ],
)
def test_nothing_is_touched_while_a_merge_or_the_like_is_under_way(repo, word, command):
    conflict(repo)
    patch = repo.git("format-patch", "--stdout", "main..side")
    repo.write({"patch": patch})
    repo.git(*command, check=False)
    repo.write({A: "note\n"})
    assert opened(repo).in_progress() == word

    error = refused(repo, A)

    assert error.code == Code.RETRY
    assert word in error.message
    assert "ilog save" in error.hint


def test_an_interrupted_series_of_picks_is_under_way_too(repo):
    conflict(repo)
    repo.git("revert", "--no-edit", "HEAD~1", "HEAD", check=False)
    repo.git("reset", "-q", "--hard")
    (repo.top / ".git" / "REVERT_HEAD").unlink(missing_ok=True)

    assert opened(repo).in_progress() == "cherry-pick or revert"


def test_when_nothing_is_under_way_nothing_is_named(busy):
    assert opened(busy).in_progress() is None


def test_unmerged_files_of_a_stash_stay_as_they_are(repo):
    repo.commit({"x.txt": "0\n"})
    repo.write({"x.txt": "stashed\n"})
    repo.git("stash", "-q")
    repo.commit({"x.txt": "1\n"})
    repo.git("stash", "pop", "-q", check=False)
    before = repo.git("ls-files", "-u")
    repo.write({A: "note\n"})

    save(repo, A)

    assert repo.files_of() == {A}
    assert repo.git("ls-files", "-u") == before != ""


def test_a_detached_head_is_refused(busy):
    busy.git("checkout", "-q", "--detach")

    error = refused(busy, A)

    assert (error.code, "detached" in error.message) == (Code.CONFIG, True)


def test_a_bare_repository_is_refused(repo, tmp_path):
    repo.commit({A: "x"})
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    git = Git.open(tmp_path / "bare")
    assert git

    with pytest.raises(IlogError, match="bare") as caught:
        commit_paths(git, [A], "x")
    assert caught.value.code == Code.CONFIG


@pytest.mark.parametrize("env", [{}, {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com"}])
def test_without_an_identity_none_is_invented(busy, tmp_path, monkeypatch, env):
    (tmp_path / "home" / ".gitconfig").unlink()
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    error = refused(busy, A)

    assert error.code == Code.CONFIG
    assert "user.email" in error.hint


def test_an_ignored_note_is_refused_naming_the_rule(busy):
    busy.write({".gitignore": "# no\n*.md\n"})

    error = refused(busy, A)

    assert error.code == Code.CONFIG
    assert error.message == f"ignored by .gitignore:2 (*.md): {A}"


@pytest.mark.parametrize("name", [":(exclude)x.md", ":!x.md", "[x].md", " \udcff.md"])
def test_an_ignored_note_is_recognised_whatever_its_name(busy, name):
    busy.write({".git/info/exclude": "*.md\n", name: "x"})

    assert refused(busy, name).code == Code.CONFIG


def test_an_ignored_note_that_is_committed_already_can_be_changed(repo):
    repo.commit({A: "x"})
    repo.write({".gitignore": "*.md\n", A: "y"})

    save(repo, A)

    assert repo.files_of() == {A}


def test_a_note_in_a_repository_within_the_repository_is_refused(busy):
    Repo(busy.top / ROOT / "nested")
    busy.write({f"{ROOT}/nested/x.md": "x"})

    error = refused(busy, f"{ROOT}/nested/x.md")

    assert error.code == Code.REFUSED
    assert f"{ROOT}/nested" in error.message


@pytest.mark.parametrize("path", ["../outside.md", "/etc/hostname", "", "link/x.md"])
def test_a_path_that_leads_out_of_the_repository_is_refused(busy, tmp_path, path):
    (tmp_path / "x.md").write_text("x")
    (busy.top / "link").symlink_to(tmp_path)

    assert refused(busy, path).code == Code.REFUSED


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "reference-transaction"])
def test_a_hook_that_refuses_is_quoted_and_the_note_is_unstaged_again(busy, hook):
    busy.hook(hook, "echo looking; echo 'secret found in acme' >&2; exit 1")

    error = refused(busy, A)

    assert error.code == Code.NOTHING
    assert error.message.startswith("a hook refused the commit: ")
    assert "secret found in acme" in error.message
    assert error.hint == f"ilog save {A}"


def test_a_hook_that_refuses_leaves_an_older_staged_text_of_the_note_staged(busy):
    busy.git("add", A)
    busy.write({A: "later\n"})
    busy.hook("pre-commit", "exit 1")

    refused(busy, A)

    assert busy.git("show", f":{A}") == "note\n"


def test_a_hook_that_refuses_the_first_commit_leaves_an_empty_index(repo):
    repo.write({A: "x"})
    repo.hook("pre-commit", "exit 1")

    refused(repo, A)

    assert repo.staged() == ""


def test_a_hook_sees_the_users_environment_and_the_note_alone(busy, monkeypatch):
    monkeypatch.setenv("MINE", "yes")
    busy.hook("pre-commit", "git diff --cached --name-only -- '*.md' > seen; echo $MINE $GIT_LITERAL_PATHSPECS >> seen")

    save(busy, A)

    assert (busy.top / "seen").read_text() == f"{A}\nyes\n"


def test_a_hook_that_mends_the_note_has_its_text_committed_and_the_index_follows(busy):
    busy.hook("pre-commit", f"echo mended > {A}; git add {A}")

    save(busy, A)

    assert busy.git("show", f"HEAD:{A}") == "mended\n"
    assert not [entry for entry in busy.status() if entry.endswith(A)]


def test_a_note_that_changes_while_it_is_committed_is_reported(busy):
    busy.hook("pre-commit", f"echo more >> {A}")

    with pytest.raises(IlogError, match="changed while") as caught:
        save(busy, A)

    assert caught.value.code == Code.RETRY
    assert busy.git("show", f"HEAD:{A}") == "note\n"


def test_a_signature_that_cannot_be_made_is_an_error_and_no_unsigned_commit(busy):
    busy.git("config", "commit.gpgsign", "true")
    busy.git("config", "gpg.program", "false")

    error = refused(busy, A)

    assert error.code == Code.CONFIG
    assert "gpg failed to sign the data" in error.message


def test_a_lock_of_another_git_is_waited_for(busy):
    blocker = busy.top / ".git" / "index.lock"
    blocker.touch()
    release = threading.Timer(0.3, blocker.unlink)
    release.start()

    save(busy, A)

    release.join()
    assert busy.files_of() == {A}


def test_a_lock_that_stays_is_named_and_nothing_is_touched(busy):
    (busy.top / ".git" / "index.lock").touch()

    error = refused(busy, A)

    assert error.code == Code.RETRY
    assert "index.lock" in error.message
    assert "ilog save" in error.hint


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/etc/hostname")])
def test_what_is_no_regular_file_is_refused_and_never_taken_for_saved(busy, make):
    odd = f"{ROOT}/portal/odd.md"
    make(busy.top / odd)

    assert refused(busy, odd).code == Code.REFUSED


def test_a_file_that_git_does_not_see_is_never_taken_for_saved(repo):
    repo.commit({"x.txt": "x"})
    (repo.top / ".git" / "note.md").write_text("x")

    assert refused(repo, ".git/note.md").code == Code.REFUSED


@pytest.mark.parametrize(
    ("exit_code", "said", "code"),
    [
        (
            128,
            "error: unable to write file x: No space left on device\nfatal: failed to write commit object\n",
            Code.IO,
        ),
        (128, "fatal: unable to write new index file: Disk quota exceeded\n", Code.IO),
        (128, "error: Couldn't load public key x\n\nfatal: failed to write commit object\n", Code.CONFIG),
        (128, "fatal: cannot lock ref 'HEAD': is at 12ab but expected 34cd\n", Code.RETRY),
        (128, "error: Committing is not possible because you have unmerged files.\n", Code.RETRY),
        (128, "fatal: something else\n", Code.IO),
        (1, "No space left for secrets\n", Code.NOTHING),
        (1, "", Code.NOTHING),
        (-9, "", Code.RETRY),
    ],
)
def test_what_git_says_decides_the_exit_code(exit_code, said, code):
    done = subprocess.CompletedProcess(["git"], exit_code, b"", said.encode())

    error = refusals.refusal(done, "commit", "ilog save x")

    assert error.code == code
    assert error.hint


def test_an_interrupt_lets_git_finish_and_is_passed_on(busy):
    busy.hook("pre-commit", f"kill -INT {os.getpid()}")

    with pytest.raises(KeyboardInterrupt):
        save(busy, A)

    assert busy.files_of() == {A}
    assert not [entry for entry in busy.status() if entry.endswith(A)]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


# Our own lock


def test_whoever_waits_for_the_lock_is_told_once_and_goes_on_when_it_is_free(busy):
    told: list[str] = []
    free = threading.Event()

    def tell() -> None:
        told.append("waiting")
        free.set()

    with ThreadPoolExecutor(1) as pool:
        with lock.held(opened(busy).common_dir):
            waiting = pool.submit(commit_paths, opened(busy), [A], "x", on_wait=tell)
            assert free.wait(30)
        assert waiting.result() == busy.head
    assert told == ["waiting"]


def test_a_lock_that_is_never_free_is_given_up_on(busy):
    common_dir = opened(busy).common_dir

    with lock.held(common_dir), pytest.raises(IlogError) as caught, lock.held(common_dir, tries=2):
        pass

    assert caught.value.code == Code.RETRY


def test_who_holds_the_lock_already_can_commit(busy):
    git = opened(busy)

    with lock.held(git.common_dir):
        made = commit_paths_locked(git, [A], "x", env={"GIT_AUTHOR_NAME": BEA})

    assert busy.head == made


def test_a_lock_that_cannot_be_made_is_an_error_of_the_machine(busy):
    (busy.top / ".git" / "ilog.lock").symlink_to("/nonexistent/x")

    assert refused(busy, A).code == Code.IO
