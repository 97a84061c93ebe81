"""Sharing between clones of one bare repository, all of them real."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from builders import note_text
from gitrepo import Repo, isolate
from interviewlog.cli.app import app
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.store.git import Git
from interviewlog.store.share import Shared, share

ROOT = "prod/interviews"
ACME, BETA, CORP = (f"{ROOT}/portal/{name}-2026-11-18.md" for name in ("acme", "beta", "corp"))


class Clone(Repo):
    """A clone, and `ilog sync` in it."""

    def __init__(self, bare: Repo, top: Path) -> None:
        bare.git("clone", "-q", str(bare.top), str(top))
        super().__init__(top)

    @property
    def opened(self) -> Git:
        git = Git.open(self.top)
        assert git
        return git

    def share(self) -> Shared:
        return share(self.opened, wait=lambda _: None)

    def refusal(self) -> IlogError:
        """Share, and see that it is refused and that nothing at all has changed."""
        before = self.state()
        with pytest.raises(IlogError) as caught:
            self.share()
        assert self.state() == before
        return caught.value

    def state(self) -> object:
        files = {path: path.read_bytes() for path in self.top.rglob("*") if path.is_file() and ".git" not in path.parts}
        return self.git("symbolic-ref", "-q", "HEAD", check=False), self.git("rev-parse", "HEAD"), self.staged(), files

    def sync(self, *args: str) -> Result:
        return CliRunner().invoke(app, ["sync", *args], obj=Session(start=self.top))


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")


@pytest.fixture
def bare(tmp_path):
    """A shared repository that holds a file of lines and an ilog.yaml."""
    bare = Repo(tmp_path / "shared.git", "--bare", "-b", "main")
    founder = Clone(bare, tmp_path / "founder")
    founder.commit({"ilog.yaml": "schema: 1\n", "lines.txt": "1\n2\n3\n"})
    founder.git("push", "-q", "-u", "origin", "main")
    return bare


@pytest.fixture
def ours(bare, tmp_path):
    return Clone(bare, tmp_path / "ours")


@pytest.fixture
def theirs(bare, tmp_path):
    return Clone(bare, tmp_path / "theirs")


def push(clone: Clone, files: dict[str, str]) -> str:
    commit = clone.commit(files)
    clone.git("push", "-q")
    return commit


def subjects(repo: Repo, rev: str = "main") -> list[str]:
    return repo.git("log", "--format=%s", "--topo-order", rev).splitlines()


# ── what is exchanged ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_others_wrote_arrives_and_what_we_wrote_goes_on_top(bare, ours, theirs):
    them = push(theirs, {ACME: "a"})
    ours.commit({BETA: "b"}, author="Bea <bea@example.com>", when="2026-11-18T10:00:00-08:00")
    assert ours.share() == Shared("origin/main", (BETA,), (ACME,))
    assert bare.git("rev-parse", "main~1").strip() == them
    assert bare.head == ours.head
    assert ours.git("log", "-1", "--format=%an %aI").strip() == "Bea 2026-11-18T10:00:00-08:00"


def test_a_clone_without_commits_of_its_own_only_moves_forward(ours, theirs):
    them = push(theirs, {ACME: "a", BETA: "b"})
    assert ours.share() == Shared("origin/main", (), (ACME, BETA))
    assert ours.head == them


def test_nothing_to_exchange_is_no_error_and_pushes_nothing(bare, ours):
    ours.hook("pre-push", "exit 1")
    assert ours.share() == Shared("origin/main")
    assert ours.head == bare.head


def test_reading_what_others_wrote_takes_no_identity(ours, theirs, tmp_path):
    push(theirs, {ACME: "a"})
    (tmp_path / "home/.gitconfig").write_text("")
    assert ours.share().received == (ACME,)


def test_each_file_is_told_once_and_a_renamed_one_by_its_new_name(ours):
    ours.commit({ACME: "a\n" * 9})
    ours.commit({ACME: "a\n" * 8 + "b\n"})
    ours.move(ACME, BETA)
    assert set(ours.share().sent) == {ACME, BETA}


def test_the_first_commit_of_an_empty_repository_is_shared(tmp_path):
    empty = Repo(tmp_path / "empty.git", "--bare", "-b", "main")
    clone = Clone(empty, tmp_path / "clone")
    assert clone.share() == Shared("origin/main")
    clone.commit({ACME: "a"})
    assert clone.share() == Shared("origin/main", (ACME,), ())
    assert empty.head == clone.head


def test_a_clone_made_when_nothing_was_there_gets_what_others_began(tmp_path):
    empty = Repo(tmp_path / "empty.git", "--bare", "-b", "main")
    early, late = Clone(empty, tmp_path / "early"), Clone(empty, tmp_path / "late")
    late.commit({ACME: "a"})
    late.share()
    assert early.share().received == (ACME,)
    assert early.head == late.head


def test_a_branch_that_follows_nothing_is_shared_by_its_name_and_follows_from_then_on(tmp_path):
    empty = Repo(tmp_path / "empty.git", "--bare", "-b", "main")
    own = Repo(tmp_path / "own")
    own.git("remote", "add", "origin", str(empty.top))
    own.commit({ACME: "a"})
    git = Git.open(own.top)
    assert share(git).sent == (ACME,)
    assert git.upstream_state().upstream == "origin/main"
    assert share(git) == Shared("origin/main")


def test_a_new_branch_sends_only_what_is_new_on_the_remote(bare, ours):
    ours.switch("topic", new_at="main")
    ours.commit({ACME: "a"})
    assert ours.share() == Shared("origin/topic", (ACME,), ())
    assert bare.git("rev-parse", "topic").strip() == ours.head


def test_the_branch_goes_where_it_follows_whatever_its_name(bare, ours):
    ours.git("branch", "-m", "mine")
    ours.commit({ACME: "a"})
    assert ours.share().upstream == "origin/main"
    assert bare.head == ours.head


def test_other_settings_for_pushing_do_not_matter(bare, ours, tmp_path):
    with (tmp_path / "home/.gitconfig").open("a") as file:
        file.write(
            "[push]\n\tdefault = nothing\n[rebase]\n\tautoStash = true\n[pull]\n\tff = only\n[merge]\n\tff = only\n"
        )
    ours.commit({ACME: "a"})
    assert ours.share().sent == (ACME,)
    assert bare.head == ours.head


# ── at the same moment ───────────────────────────────────────────────────────────────────────────────────────────


def test_who_was_slower_tries_again(bare, ours, theirs):
    """The other clone pushes just before ours does, three times."""
    ours.commit({ACME: "a"})
    ours.hook("pre-push", f"""
        n=$(cat .git/n 2>/dev/null || echo 0); [ $n -lt 3 ] || exit 0; echo $((n + 1)) >.git/n
        cd '{theirs.top}' && unset $(git rev-parse --local-env-vars)
        git pull -q && echo $n >other$n && git add . && git commit -qm "other $n" && git push -q""")  # fmt: skip
    assert ours.share() == Shared("origin/main", (ACME,), ("other0", "other1", "other2"))
    assert subjects(bare) == ["notes", "other 2", "other 1", "other 0", "notes"]


def test_who_is_slower_for_long_gives_up_and_keeps_the_commit(ours, theirs):
    ours.commit({ACME: "a"})
    ours.hook("pre-push", f"""
        cd '{theirs.top}' && unset $(git rev-parse --local-env-vars)
        git pull -q && git commit -q --allow-empty -m other && git push -q""")  # fmt: skip
    waits: list[float] = []
    with pytest.raises(IlogError) as caught:
        share(ours.opened, wait=waits.append)
    assert (caught.value.code, caught.value.hint) == (Code.RETRY, "ilog sync")
    assert caught.value.kept == f"1 commit of yours on main, in {ours.top}"
    assert 3 < len(waits) < 20
    assert sum(waits) < 10
    assert (ours.top / ACME).read_text() == "a"


def test_merges_of_our_own_are_kept_as_they_are(bare, ours, theirs):
    ours.switch("side", new_at="main")
    ours.commit({ACME: "a"})
    ours.switch("main")
    ours.commit({BETA: "b"})
    merge = ours.merge("side", files={CORP: "born in the merge"})
    push(theirs, {"other.txt": "x"})
    assert ours.share().received == ("other.txt",)
    assert bare.git("merge-base", merge, "main").strip() == merge
    assert subjects(bare)[0] == "Merge origin/main into main"


# ── what stands in the way ───────────────────────────────────────────────────────────────────────────────────────


def test_changes_that_others_did_not_touch_stay_and_do_not_hinder(bare, ours, theirs):
    push(theirs, {ACME: "a"})
    ours.commit({BETA: "b"})
    ours.write({"lines.txt": "mine\n", "untracked.txt": "u"})
    assert ours.share() == Shared("origin/main", (BETA,), (ACME,))
    assert ours.status() == [" M lines.txt", "?? untracked.txt"]
    assert (ours.top / "lines.txt").read_text() == "mine\n"
    assert bare.git("show", "main:lines.txt") == "1\n2\n3\n"


@pytest.mark.parametrize("is_ahead", [False, True])
@pytest.mark.parametrize("is_staged", [False, True])
def test_changes_in_the_way_are_named_and_stay(ours, theirs, is_ahead, is_staged):
    push(theirs, {"lines.txt": "1\n2\n4\n", ACME: "a"})
    if is_ahead:
        ours.commit({BETA: "b"})
    ours.write({"lines.txt": "0\n2\n3\n"})
    if is_staged:
        ours.git("add", "lines.txt")
    error = ours.refusal()
    assert (error.code, "lines.txt" in error.message) == (Code.CONFLICT, True)
    assert bool(error.kept) is is_ahead


@pytest.mark.parametrize("is_ahead", [False, True])
def test_a_file_of_ours_that_git_does_not_know_is_not_overwritten(ours, theirs, is_ahead):
    push(theirs, {ACME: "theirs"})
    if is_ahead:
        ours.commit({BETA: "b"})
    ours.write({ACME: "ours"})
    error = ours.refusal()
    assert (error.code, ACME in error.message) == (Code.CONFLICT, True)


@pytest.mark.parametrize("is_dirty", [False, True])
def test_when_both_changed_the_same_lines_both_commits_are_named_and_nothing_changes(bare, ours, theirs, is_dirty):
    them = push(theirs, {"lines.txt": "1\ntheirs\n3\n"})
    us = ours.commit({"lines.txt": "1\nours\n3\n"})
    ours.commit({ACME: "a"})
    if is_dirty:  # then a merge is tried instead of a rebase
        ours.write({"ilog.yaml": "schema: 1\n# mine\n"})
    error = ours.refusal()
    assert error.code == Code.CONFLICT
    assert error.message == f"both sides changed the same lines: lines.txt (here in {us[:7]}, there in {them[:7]})"
    assert error.kept == f"2 commits of yours on main, in {ours.top}"
    assert ours.opened.in_progress() is None
    assert bare.head == them


def test_two_notes_of_one_name_are_a_conflict_and_both_stay(ours, theirs):
    push(theirs, {ACME: note_text(tldr="theirs")})
    ours.commit({ACME: note_text(tldr="ours")})
    error = ours.refusal()
    assert (error.code, ACME in error.message) == (Code.CONFLICT, True)
    assert "<<<<" not in (ours.top / ACME).read_text()


@pytest.mark.parametrize("is_ahead", [False, True])
def test_a_shared_branch_that_was_rewritten_is_not_joined(bare, ours, theirs, is_ahead):
    withdrawn = push(theirs, {ACME: "a name that had to go"})
    ours.share()
    if is_ahead:
        ours.commit({BETA: "b"})
    theirs.git("reset", "-q", "--hard", "HEAD~1")
    theirs.commit({CORP: "c"})
    theirs.git("push", "-q", "--force")
    for _ in range(2):  # also when a fetch has already seen it
        error = ours.refusal()
        assert (error.code, withdrawn[:7] in error.message) == (Code.CONFLICT, True)
    assert subjects(bare) == ["notes", "notes"]
    command, _, _ = error.hint.partition(",")
    ours.git(*command.split()[1:])  # what the hint says works
    ours.share()
    assert bare.git("ls-tree", "-r", "--name-only", "main").split() == ["ilog.yaml", "lines.txt"] + (
        [BETA, CORP] if is_ahead else [CORP]
    )


def test_histories_without_a_common_commit_are_not_joined(ours, theirs):
    theirs.git("checkout", "-q", "--orphan", "other")
    theirs.commit({ACME: "a"})
    theirs.git("push", "-q", "--force", "origin", "other:main")
    ours.git("config", "core.logAllRefUpdates", "false")
    (ours.top / ".git/logs/refs/remotes/origin/HEAD").unlink()
    (ours.top / ".git/logs/refs/remotes/origin/main").unlink(missing_ok=True)
    ours.commit({BETA: "b"})
    error = ours.refusal()
    assert (error.code, "no commit in common" in error.message) == (Code.CONFLICT, True)


def test_a_detached_head_is_78(ours):
    ours.git("checkout", "-q", "--detach")
    assert ours.refusal().code == Code.CONFIG


def test_a_merge_under_way_is_75(ours):
    ours.git("update-ref", "MERGE_HEAD", "HEAD")
    error = ours.refusal()
    assert (error.code, error.hint) == (Code.RETRY, "git merge --continue, then: ilog sync")


def test_a_bare_repository_is_78(bare):
    with pytest.raises(IlogError) as caught:
        share(Git.open(bare.top))
    assert caught.value.code == Code.CONFIG


def test_without_a_remote_the_way_to_add_one_is_told(tmp_path):
    own = Repo(tmp_path / "own")
    own.commit({ACME: "a"})
    with pytest.raises(IlogError) as caught:
        share(Git.open(own.top))
    assert (caught.value.code, caught.value.hint) == (Code.CONFIG, "git remote add origin URL, then: ilog sync")


def test_several_remotes_and_none_followed_is_78_with_the_command(ours, tmp_path):
    ours.git("remote", "add", "other", str(tmp_path / "other.git"))
    ours.switch("topic", new_at="main")
    ours.git("branch", "--unset-upstream", check=False)
    assert ours.refusal().hint == "git push -u origin topic, then: ilog sync"


def test_a_branch_that_does_not_follow_and_lacks_commits_is_78_with_the_command(ours, theirs):
    push(theirs, {ACME: "a"})
    ours.git("branch", "--unset-upstream")
    error = ours.refusal()
    assert error.code == Code.CONFIG
    ours.git(*error.hint.partition(",")[0].split()[1:])
    assert ours.share().received == (ACME,)


def test_without_an_identity_diverged_branches_are_78(ours, theirs, tmp_path):
    push(theirs, {ACME: "a"})
    ours.commit({BETA: "b"})
    (tmp_path / "home/.gitconfig").write_text("")
    error = ours.refusal()
    assert error.code == Code.CONFIG
    assert "user.name" in error.hint


def test_a_hook_that_refuses_to_rebase_is_told(ours, theirs):
    push(theirs, {ACME: "a"})
    ours.commit({BETA: "b"})
    ours.hook("pre-rebase", "echo not in this repository >&2; exit 1")
    assert ours.refusal().code != Code.DONE


def test_an_unreachable_remote_is_69_and_the_commit_is_kept(ours, tmp_path):
    ours.commit({ACME: "a"})
    ours.git("remote", "set-url", "origin", str(tmp_path / "gone.git"))
    error = ours.refusal()
    assert (error.code, error.hint) == (Code.UNREACHABLE, "ilog sync")
    assert error.kept == f"1 commit of yours on main, in {ours.top}"


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_line_on_stderr_says_what_was_exchanged(ours, theirs):
    push(theirs, {ACME: note_text(), BETA: note_text(), CORP: note_text()})
    ours.commit({path.replace("11-18", "11-19"): note_text() for path in (ACME, BETA)})
    done = ours.sync()
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "shared 2 notes, received 3 notes: up to date with origin/main\n"
    assert ours.sync().stderr == "up to date with origin/main\n"


def test_files_that_are_no_notes_are_counted_apart(ours, theirs):
    push(theirs, {"README.md": "x"})
    ours.commit({ACME: note_text(), "notes.txt": "x"})
    assert ours.sync().stderr == "shared 1 note and 1 other file, received 1 file: up to date with origin/main\n"


def test_notes_that_are_not_committed_are_spoken_of(ours):
    ours.write({ACME: note_text()})
    assert ours.sync().stderr.splitlines()[1:] == ["1 note not committed, so not shared: ilog save"]


def test_quiet_says_nothing(ours):
    assert ours.sync("--quiet").stderr == ""


def test_an_error_has_its_three_lines_and_code(ours, tmp_path):
    ours.commit({ACME: note_text()})
    ours.git("remote", "set-url", "origin", f"https://me:s3cret@127.0.0.1:1/{tmp_path.name}")
    done = ours.sync()
    assert done.exit_code == Code.UNREACHABLE
    assert re.fullmatch(
        r"ilog: cannot fetch https://127\.0\.0\.1:1/.*\n  kept: 1 commit of yours .*\n  next: ilog sync\n", done.stderr
    )


def test_a_linked_work_tree_is_shared_like_any_other(bare, ours, tmp_path):
    ours.git("worktree", "add", "-q", "-b", "second", str(tmp_path / "second"), "--track", "origin/main")
    second = Repo(tmp_path / "second")
    second.commit({ACME: "a"})
    assert share(Git.open(second.top)).sent == (ACME,)
    assert bare.head == second.head
