import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gitrepo import ADA, BEA, Repo, isolate
from interviewlog.errors import Code, IlogError
from interviewlog.store import gitcall, mailmap
from interviewlog.store.git import Change, Git, Sharing, TreeEntry

ROOT = "prod/interviews"
A, B, C = (f"{ROOT}/portal/{name}-2026-01-05.md" for name in ("acme", "beta", "corp"))


@pytest.fixture
def repo(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    return Repo(tmp_path / "repo")


def opened(repo: Repo) -> Git:
    git = Git.open(repo.top)
    assert git
    return git


# Finding the repository


def test_a_repository_is_found_from_a_directory_within_it(repo):
    repo.commit({A: "x"})
    top = repo.top.resolve()

    git = Git.open(repo.top / ROOT / "portal")

    assert git == Git(top, top / ".git", top / ".git", is_bare=False, is_shallow=False)


def test_a_repository_whose_name_is_not_utf_8_is_found(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    repo = Repo(tmp_path / os.fsdecode(b"not\xe9s \x85"))

    assert opened(repo).top == repo.top.resolve()


def test_outside_of_any_repository_none_is_found(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")

    assert Git.open(tmp_path) is None
    assert Git.open(tmp_path / "nowhere") is None


def test_within_the_git_directory_there_is_no_work_tree_to_find(repo):
    assert Git.open(repo.top / ".git") is None


def test_a_bare_repository_is_its_own_top(repo, tmp_path):
    repo.commit({A: "x"})
    bare = tmp_path / "bare"
    repo.git("clone", "-q", "--bare", ".", str(bare))

    git = Git.open(bare)

    assert git == Git(bare.resolve(), bare.resolve(), bare.resolve(), is_bare=True, is_shallow=False)
    assert git.uncommitted(ROOT) == []
    assert git.blob_at("HEAD", A) == b"x"


def test_a_linked_worktree_has_a_git_directory_of_its_own_and_shares_the_common_one(repo, tmp_path):
    repo.commit({A: "x"})
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))

    git = Git.open(tmp_path / "linked" / "prod")

    assert git
    assert git.top == (tmp_path / "linked").resolve()
    assert git.common_dir == (repo.top / ".git").resolve()
    assert git.git_dir == git.common_dir / "worktrees" / "linked"
    assert git.branch() == "side"


def test_within_a_submodule_the_submodule_is_found(repo, tmp_path):
    inner = Repo(tmp_path / "inner")
    inner.commit({"portal/acme.md": "x"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.top), ROOT)

    git = Git.open(repo.top / ROOT / "portal")

    assert git
    assert git.top == (repo.top / ROOT).resolve()
    assert git.head() == inner.head


def test_a_shallow_clone_is_known_as_one(repo, tmp_path):
    repo.commit({A: "x"})
    repo.commit({B: "x"})
    repo.git("clone", "-q", "--depth=1", repo.top.as_uri(), str(tmp_path / "shallow"))

    git = Git.open(tmp_path / "shallow")

    assert git
    assert git.is_shallow


def test_a_git_dir_in_the_environment_is_ignored(repo, tmp_path, monkeypatch):
    other = Repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))

    assert opened(repo).top == repo.top.resolve()


def test_a_repository_of_somebody_else_is_refused_in_gits_own_words(repo, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    with pytest.raises(IlogError, match="dubious ownership") as caught:
        Git.open(repo.top)

    assert caught.value.code == Code.REFUSED
    assert caught.value.hint == f"git config --global --add safe.directory {repo.top.resolve()}"


def test_a_broken_configuration_is_an_error_and_not_a_missing_repository(repo):
    (repo.top / ".git" / "config").write_text("[core\n")

    with pytest.raises(IlogError, match="bad config line 1"):
        Git.open(repo.top)


def test_a_missing_git_is_said_with_code_78(tmp_path, monkeypatch):
    gitcall.program.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    try:
        with pytest.raises(IlogError, match="git is not installed") as caught:
            Git.open(tmp_path)
    finally:
        gitcall.program.cache_clear()

    assert caught.value.code == Code.CONFIG


# Running git


def test_a_failing_read_tells_gits_last_meaningful_line(repo):
    with pytest.raises(IlogError) as caught:
        opened(repo).read("log", "--end-of-options", "nowhere", "--")

    assert caught.value.message == "git log: bad revision 'nowhere'"
    assert caught.value.code == Code.IO
    assert opened(repo).try_read("log", "nowhere", "--") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no reason given"),
        ("just this\n", "just this"),
        ("warning: a\nfatal: b\nhint: c\n", "b"),
        ("error: a\nfatal: b: c\nPlease do d\n", "b: c"),
    ],
)
def test_the_last_words_of_git_are_its_gravest(text, words):
    assert gitcall.last_words(text) == words


def test_a_missing_promised_object_is_a_matter_of_the_network():
    error = gitcall.failure("log", b"fatal: could not fetch 12ab from promisor remote\n")

    assert error.code == Code.UNREACHABLE


def test_a_stream_that_is_closed_early_leaves_no_process_behind(repo):
    repo.commit({A: b"x" * 1_000_000})
    stream = opened(repo).stream("cat-file", "blob", f"HEAD:{A}")

    assert next(stream).startswith(b"x")
    stream.close()

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_stream_that_fails_says_so_at_its_end(repo):
    with pytest.raises(IlogError, match="git cat-file: Not a valid object name nowhere"):
        list(opened(repo).stream("cat-file", "blob", "nowhere"))


def test_a_stream_of_much_on_stdout_and_stderr_does_not_get_stuck(repo):
    repo.commit({A: b"x" * 1_000_000})
    repo.git("config", "alias.loud", f"!git cat-file blob HEAD:{A}; yes noise | head -c 600000 >&2; false")

    with pytest.raises(IlogError, match="noise"):
        list(opened(repo).stream("loud"))


def test_a_writing_command_runs_in_the_users_environment_but_in_this_repository(repo, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Dora")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LC_CTYPE", "C")
    repo.git("config", "--file", str(repo.top / ".git" / "config"), "alias.show-env", "!env; test -t 0 || echo no tty")

    said = opened(repo).write("show-env", env={"EXTRA": "1"}).stdout.decode().splitlines()

    assert {"GIT_AUTHOR_NAME=Dora", "LANG=de_DE.UTF-8", "LC_MESSAGES=C", "EXTRA=1", "no tty"} <= set(said)
    assert "GIT_TERMINAL_PROMPT=0" in said
    assert not [line for line in said if line.startswith(("LC_ALL=", "LC_CTYPE=", "GIT_LITERAL_PATHSPECS="))]
    assert f"GIT_DIR={tmp_path / 'elsewhere'}" not in said


def test_a_failing_writing_command_raises_unless_its_exit_code_is_asked_for(repo):
    git = opened(repo)

    with pytest.raises(IlogError, match="git add: pathspec 'nowhere' did not match any files"):
        git.write("add", "nowhere")
    assert git.write("add", "nowhere", check=False).returncode == 128


def test_a_process_that_a_hook_leaves_in_the_background_keeps_nobody_waiting(repo):
    repo.hook("post-commit", "sleep 30 & echo $! > pid")
    repo.write({A: "x"})

    opened(repo).write("commit", "-q", "--allow-empty", "-m", "x")

    os.kill(int((repo.top / "pid").read_text()), 9)


# What a repository says


def test_revisions_are_resolved_to_commits_and_never_taken_for_options(repo):
    git = opened(repo)
    assert (git.head(), git.branch()) == (None, "main")

    commit = repo.commit({A: "x"})
    repo.git("tag", "-a", "-m", "x", "v1")

    assert git.resolve("v1") == git.resolve("main") == git.head() == commit
    assert git.resolve(f"HEAD:{A}") is None
    assert git.resolve("--all") is None
    assert git.resolve("nowhere") is None


def test_a_detached_head_is_on_no_branch(repo):
    repo.commit({A: "x"})
    repo.git("checkout", "-q", "--detach")

    assert opened(repo).branch() is None
    assert opened(repo).upstream_state() is None


def test_a_tree_lists_every_file_with_its_mode_whatever_its_name(repo):
    odd = os.fsdecode(f"{ROOT}/portal/".encode() + b'\xff "\n.md')
    repo.write({A: "x", odd: "x", "elsewhere": "x"})
    (repo.top / B).symlink_to("acme")
    repo.git("add", "-A")
    repo.commit()
    blob = repo.git("rev-parse", f"HEAD:{A}").strip()

    entries = opened(repo).tree("HEAD", ROOT)

    assert TreeEntry(A, "100644", blob) in entries
    assert {(entry.path, entry.mode) for entry in entries} == {(A, "100644"), (B, "120000"), (odd, "100644")}
    assert opened(repo).tree("HEAD", "nowhere") == []
    assert len(opened(repo).tree("HEAD", ".")) == 4


def test_ten_thousand_blobs_are_read_without_getting_stuck(repo):
    repo.commit({A: b"x" * 2000 + b"\n\0", B: "", C: "missing\n"})
    git = opened(repo)
    ids = [entry.blob for entry in git.tree("HEAD", ROOT)]

    found = list(git.blobs(ids * 4000))

    assert len(found) == 12_000
    assert dict(found) == dict(zip(ids, [b"x" * 2000 + b"\n\0", b"", b"missing\n"], strict=True))


def test_what_is_missing_or_no_blob_is_left_out(repo):
    commit = repo.commit({A: "x"})
    blob = repo.git("rev-parse", f"HEAD:{A}").strip()

    assert list(opened(repo).blobs(["0" * 40, commit, blob, "a b c", ""])) == [(blob, b"x")]
    assert list(opened(repo).blobs([])) == []


def test_the_content_of_a_path_in_a_commit_is_given_as_stored(repo):
    odd = f"{ROOT}/portal/line\nbreak.md"
    first = repo.commit({A: "one\r\n", odd: "odd"})
    repo.commit({A: None})
    git = opened(repo)

    assert git.blob_at(first, A) == b"one\r\n"
    assert git.blob_at("HEAD", odd) == b"odd"
    assert git.blob_at("HEAD", A) is None
    assert git.blob_at("HEAD", ROOT) is None
    assert git.blob_at("nowhere", A) is None


def test_uncommitted_files_are_new_changed_or_deleted(repo):
    names = ["same", "staged", "unstaged", "gone", "removed", "uncached"]
    paths = {
        name: f"{ROOT}/p/{name}.md" for name in [*names, "added", "untracked", "intended", "fleeting", "odd\n\udcff"]
    }
    repo.commit({paths[name]: name for name in names})
    repo.write({paths[name]: "new" for name in ("staged", "unstaged", "added", "intended", "fleeting")})
    repo.git("add", paths["staged"], paths["added"], paths["fleeting"])
    repo.git("add", "-N", paths["intended"])
    repo.git("rm", "-q", "--cached", paths["uncached"])
    repo.git("rm", "-q", paths["removed"])
    repo.write({paths["gone"]: None, paths["fleeting"]: None, paths["untracked"]: "x", paths["odd\n\udcff"]: "x"})
    repo.write({"elsewhere.md": "x"})
    repo.git("config", "status.showUntrackedFiles", "no")

    found = {change.path: (change.kind, change.is_untracked) for change in opened(repo).uncommitted(ROOT)}

    assert found == {
        paths["staged"]: ("changed", False),
        paths["unstaged"]: ("changed", False),
        paths["uncached"]: ("changed", False),
        paths["gone"]: ("deleted", False),
        paths["removed"]: ("deleted", False),
        paths["added"]: ("new", False),
        paths["intended"]: ("new", False),
        paths["untracked"]: ("new", True),
        paths["odd\n\udcff"]: ("new", True),
    }


def test_a_renamed_file_is_one_deleted_and_one_new(repo):
    repo.commit({A: "x\n" * 20})
    repo.git("config", "status.renames", "copies")
    repo.git("mv", A, B)

    assert opened(repo).uncommitted(ROOT) == [Change(A, "deleted"), Change(B, "new")]
    assert [change.is_new for change in opened(repo).uncommitted(A, B)] == [False, True]


def test_asking_for_uncommitted_files_writes_nothing(repo):
    repo.commit({A: "x"})
    os.utime(repo.top / A, (1, 1))
    index = repo.top / ".git" / "index"
    before = index.read_bytes()

    assert opened(repo).uncommitted(ROOT) == []
    assert index.read_bytes() == before


# Who


def test_the_mailmap_says_who_is_meant(repo):
    repo.write({".mailmap": "Ada Lovelace <ada@example.com> <ADA@old.example>\nBea <bea@example.com> B <shared@x>\n"})
    pairs = [("ada", "ada@old.example"), ("B", "shared@x"), ("C", "shared@x"), ("", "ada@old.example"), ("Jürgen", "")]

    assert opened(repo).identities(pairs) == {
        ("ada", "ada@old.example"): ("Ada Lovelace", "ada@example.com"),
        ("B", "shared@x"): ("Bea", "bea@example.com"),
        ("C", "shared@x"): ("C", "shared@x"),
        ("", "ada@old.example"): ("Ada Lovelace", "ada@example.com"),
        ("Jürgen", ""): ("Jürgen", ""),
    }
    assert opened(repo).identities([]) == {}


def test_a_bare_repository_uses_the_mailmap_of_its_head(repo, tmp_path):
    repo.commit({".mailmap": "Ada Lovelace <ada@example.com>\n"})
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))

    git = Git.open(tmp_path / "bare")

    assert git
    assert git.identities([("A", "ada@example.com")]) == {("A", "ada@example.com"): ("Ada Lovelace", "ada@example.com")}


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8))))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_without_a_mailmap_everybody_is_themselves(repo, pairs):
    found = opened(repo).identities(pairs)

    assert set(found) == set(pairs)
    assert all(pair[1] == meant[1] and pair[0].strip() == meant[0].strip() for pair, meant in found.items())


def test_one_identity_that_git_refuses_spoils_none_of_the_others():
    def ask(lines: bytes) -> bytes | None:
        return None if b"odd" in lines else lines.replace(b"ada", b"Ada")

    found = mailmap.identities(ask, [("ada", "a@x"), ("odd", "o@x"), ("<", "b@x"), ("line\nbreak", "c@x")])

    assert found[("ada", "a@x")] == ("Ada", "a@x")
    assert all(found[pair] == pair for pair in found if pair[0] != "ada")


def test_the_author_is_whom_a_commit_would_name(repo, monkeypatch):
    git = opened(repo)
    assert git.author() == ("Ada", "ada@example.com")
    assert git.author({"GIT_AUTHOR_EMAIL": "bea@example.com"}) == ("Ada", "bea@example.com")

    monkeypatch.setenv("GIT_AUTHOR_NAME", "Bea Ütz")
    assert git.author() == ("Bea Ütz", "ada@example.com")
    assert git.committer() == ("Ada", "ada@example.com")


@pytest.mark.parametrize("settings_", ["", "[user]\n\tname = Ada\n", "[user]\n\temail = ada@example.com\n"])
def test_without_name_or_e_mail_the_hint_says_how_to_set_them(repo, tmp_path, settings_):
    (tmp_path / "home" / ".gitconfig").write_text(settings_)

    with pytest.raises(IlogError, match="git does not know who you are") as caught:
        opened(repo).author()

    assert caught.value.code == Code.CONFIG
    assert "user.name" in caught.value.hint
    assert "user.email" in caught.value.hint
    assert "\n" not in caught.value.hint


# Sharing


def test_a_branch_without_an_upstream_is_not_shared(repo):
    assert opened(repo).upstream_state() is None
    repo.commit({A: "x"})
    assert opened(repo).upstream_state() is None


def test_a_branch_knows_how_far_it_is_ahead_and_behind_and_when_that_was_seen(repo, tmp_path):
    repo.commit({A: "x"})
    repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone")
    git = opened(clone)
    assert git.upstream_state() == Sharing("origin/main", 0, 0, None)

    repo.commit({B: "x"}, author=ADA)
    clone.commit({C: "1"}, author=BEA)
    clone.commit({C: "2"}, author=BEA)
    clone.git("fetch", "-q")
    os.utime(tmp_path / "clone" / ".git" / "FETCH_HEAD", (1767600000, 1767600000))

    assert git.upstream_state() == Sharing("origin/main", 2, 1, dt.datetime.fromtimestamp(1767600000, dt.UTC))


def test_with_an_upstream_that_holds_nothing_yet_all_commits_are_ahead(repo, tmp_path):
    Repo(tmp_path / "hub", "--bare")
    repo.git("remote", "add", "origin", str(tmp_path / "hub"))
    repo.git("config", "branch.main.remote", "origin")
    repo.git("config", "branch.main.merge", "refs/heads/main")
    repo.commit({A: "x"})
    repo.commit({B: "x"})

    assert opened(repo).upstream_state() == Sharing("origin/main", 2, 0, None)
