"""`ilog check --staged`: what a commit would bring in, read from the index as a hook of that commit sees it."""

import json
import os

import pytest

from builders import note_text
from cli import CONFIG, ROOT, Team
from gitrepo import Repo

MAIL = "john.doe@acme.com"
GOOD = note_text(consent="notes")
BAD = note_text(consent="notes", body=f"# x\n\n- pain: ask {MAIL}\n")
PATH = f"{ROOT}/reseller-portal/acme-freight-2026-11-18.md"
OTHER = f"{ROOT}/reseller-portal/globex-2026-11-18.md"


def found(team: Team, **environ: str) -> list[tuple[str, str]]:
    done = team.run("check", "--staged", "--json", **environ)
    reports = json.loads(done.stdout)
    assert done.code == (1 if any(report["severity"] == "error" for report in reports) else 0)
    return [(report["path"], report["code"]) for report in reports]


def test_what_is_staged_counts_and_not_what_the_file_says_now(team):
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    team.repo.write({PATH: GOOD})
    assert found(team) == [(PATH, "leak-email")]
    team.repo.git("add", PATH)
    team.repo.write({PATH: BAD})
    assert found(team) == []


def test_only_what_differs_from_the_last_commit_is_reported(team):
    team.repo.commit({PATH: BAD})
    assert found(team) == []
    team.repo.write({OTHER: BAD.replace("Acme Freight", "Globex")})
    assert found(team) == []
    team.repo.git("add", OTHER)
    assert found(team) == [(OTHER, "leak-email")]
    team.repo.git("rm", "-q", "-f", OTHER, PATH)
    assert found(team) == []


def test_nothing_staged_is_fine_and_says_nothing(team):
    done = team.run("check", "--staged")
    assert (done.code, done.stdout, done.stderr) == (0, "", "")


def test_any_text_under_the_root_is_searched_and_nothing_beside_it(team):
    team.repo.write({f"{ROOT}/.hidden": MAIL, "readme.txt": MAIL, f"{ROOT}/deep/er/list.csv": MAIL})
    team.repo.git("add", "-A")
    assert sorted(found(team)) == [(f"{ROOT}/.hidden", "leak-email"), (f"{ROOT}/deep/er/list.csv", "leak-email"),
                                   (f"{ROOT}/deep/er/list.csv", "stray")]  # fmt: skip


def test_doubles_collisions_and_caps_are_looked_for_in_the_whole_index(team):
    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        team.note("Acme Freight", day, consent="notes", body=f"# x\n\n- pain: of {day}\n")
    team.note("Globex", consent="notes")
    upper = OTHER.replace("globex", "Globex")
    team.repo.write({PATH: GOOD, upper: GOOD.replace("Acme Freight", "Globex")})
    team.repo.git("add", "-A")
    assert set(found(team)) >= {(PATH, "contact-cap"), (upper, "name-collision"), (upper, "duplicate")}
    assert {path for path, _ in found(team)} == {PATH, upper}


def test_a_copy_of_a_committed_note_is_told_of(team):
    body = "# x\n\n" + "\n".join(f"- pain: number {n} hurts in its very own way, and again" for n in range(12))
    team.note("Globex", "2026-10-01", product="checkout", consent="notes", body=body)
    team.draft("Acme Freight", consent="notes", body=body)
    team.repo.git("add", "-A")
    assert found(team) == [(PATH, "near-duplicate")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_make_no_difference(team, end):
    text = BAD.replace("\n", end).encode()
    team.repo.write({PATH: text})
    team.repo.git("add", PATH)
    (report,) = json.loads(team.run("check", "--staged", "--json").stdout)
    assert (report["line"], report["column"]) == (11, 13)
    assert team.repo.git("cat-file", "blob", f":{PATH}").encode() == text


def test_before_the_first_commit_everything_staged_is_new(tmp_path):
    team = Team.start(tmp_path / "new", config=None)
    team.repo.write({PATH: BAD, "ilog.yaml": CONFIG})
    team.repo.git("add", "-A")
    assert found(team) == [(PATH, "leak-email")]


def test_the_rules_that_are_staged_are_those_that_hold(team):
    team.repo.write(
        {PATH: note_text(consent="notes", segments="[public]"), "ilog.yaml": CONFIG.replace("smb", "public")}
    )
    team.repo.git("add", "-A")
    team.repo.write({"ilog.yaml": CONFIG})
    assert found(team) == []


def test_another_root_is_looked_under_as_soon_as_it_is_staged(team):
    team.repo.write({"calls/checkout/x.txt": MAIL, "ilog.yaml": "root: calls\n"})
    team.repo.git("add", "calls")
    assert found(team) == []
    team.repo.git("add", "-A")
    assert ("calls/checkout/x.txt", "leak-email") in found(team)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [("a: 1\nroot: [\n", 2, ""), ("a: 1\ngoal: {interviews: many}\n", 1, "goal.interviews: should be a whole number"),
     ("pms: x\n", 1, "pms: should be a mapping such as {key: value}")],
)  # fmt: skip
def test_rules_that_cannot_be_used_are_an_error_and_the_notes_are_checked_by_those_before(team, text, line, what):
    team.repo.write({"ilog.yaml": text, PATH: BAD})
    team.repo.git("add", "-A")
    done = team.run("check", "--staged", "--json")
    first, second = json.loads(done.stdout)
    assert (done.code, first["path"], first["code"], first["line"]) == (1, "ilog.yaml", "invalid", line)
    assert what in first["message"]
    assert (second["path"], second["code"]) == (PATH, "leak-email")


def test_rules_that_were_broken_before_hinder_nobody_who_commits_something_else(team):
    team.repo.commit({"ilog.yaml": "root: [\n"})
    team.repo.write({"main.c": "x", PATH: BAD})
    team.repo.git("add", "main.c")
    assert found(team) == []
    team.repo.git("add", "-A")
    assert found(team) == [(PATH, "leak-email")]


def test_a_setting_that_is_unknown_is_said_when_the_rules_are_staged(team):
    team.repo.write({"ilog.yaml": CONFIG + "goall: 1\n"})
    assert team.run("check", "--staged").stderr == ""
    team.repo.git("add", "-A")
    done = team.run("check", "--staged")
    assert (done.code, done.stderr) == (0, "ilog.yaml: unknown setting goall, did you mean goal?\n")


@pytest.mark.parametrize("is_there", [True, False])
def test_people_yaml_is_stopped_wherever_it_is(team, is_there):
    team.repo.write({"people.yaml": "P1: Jane Roe\n"})
    team.repo.git("add", "-f", "people.yaml")
    if not is_there:
        (team.top / "people.yaml").unlink()
    done = team.run("check", "--staged")
    assert (done.code, "people-tracked" in done.stdout, "Roe" in done.stdout) == (1, True, False)


def test_links_submodules_and_unsettled_merges_are_named_and_not_read(team, tmp_path):
    (tmp_path / "out.md").write_text(MAIL)
    (team.top / ROOT / "checkout").mkdir(parents=True)
    link = f"{ROOT}/checkout/link-2026-11-18.md"
    (team.top / link).symlink_to(tmp_path / "out.md")
    team.repo.git("add", "-A")
    team.repo.git("update-index", "--add", "--cacheinfo", f"160000,{team.repo.head},{ROOT}/sub")
    blob = team.repo.git("hash-object", "-w", "--stdin", stdin=BAD.encode()).strip()
    sides = "".join(f"100644 {blob} {stage}\t{PATH}\n" for stage in (1, 2, 3))
    team.repo.git("update-index", "--index-info", stdin=sides.encode())
    assert sorted(found(team)) == [(link, "link"), (PATH, "unmerged"), (f"{ROOT}/sub", "repository")]


def test_in_a_merge_what_came_from_another_branch_was_checked_there(team):
    first = team.repo.head
    team.repo.switch("theirs", new_at=first)
    team.repo.commit({OTHER: BAD.replace("Acme Freight", "Globex"), "x": "1"})
    team.repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    team.repo.switch("main")
    team.repo.commit({"x": "2"})
    team.repo.git("merge", "-q", "theirs", check=False)
    team.repo.write({"x": "3"})
    team.repo.git("add", "x")
    assert found(team) == []
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    assert found(team) == [(PATH, "leak-email")]


# ── whose index ──────────────────────────────────────────────────────────────────────────────────────────────────


def other_index(repo: Repo, place: str) -> str:
    """Make an index of its own that holds a bad note, as `git commit --only` does; give its path."""
    file = str(repo.top / place)
    repo.write({PATH: BAD})
    repo.git("read-tree", "HEAD", env={"GIT_INDEX_FILE": file})
    repo.git("add", PATH, env={"GIT_INDEX_FILE": file})
    return file


@pytest.mark.parametrize("place", [".git/next-index-1.lock", "elsewhere"])
def test_the_index_that_git_names_is_the_one_that_is_read(team, place):
    file = other_index(team.repo, place)
    assert found(team) == []
    assert found(team, GIT_INDEX_FILE=file) == [(PATH, "leak-email")]
    assert found(team, GIT_INDEX_FILE=place, GIT_DIR=".git") == [(PATH, "leak-email")]
    assert found(team, GIT_INDEX_FILE=file, GIT_DIR=str(team.top / ".git")) == [(PATH, "leak-email")]


def test_what_another_repository_says_of_its_index_is_not_meant_for_this_one(team, tmp_path):
    stranger = Team.start(tmp_path / "stranger")
    file = other_index(stranger.repo, ".git/next-index-1.lock")
    assert found(team, GIT_INDEX_FILE=file) == []
    assert found(team, GIT_INDEX_FILE=file, GIT_DIR=str(stranger.top / ".git")) == []
    assert found(team, GIT_DIR=str(stranger.top / ".git"), GIT_WORK_TREE=str(stranger.top)) == []
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    assert found(team, GIT_INDEX_FILE=file, GIT_DIR=str(stranger.top / ".git")) == [(PATH, "leak-email")]


def test_a_linked_work_tree_has_an_index_of_its_own(team):
    team.repo.git("worktree", "add", "-q", "../linked")
    linked = Team(Repo(team.top.parent / "linked"))
    linked.repo.write({PATH: BAD})
    linked.repo.git("add", PATH)
    assert found(linked) == [(PATH, "leak-email")]
    assert found(team) == []
    assert found(linked, GIT_INDEX_FILE=str(team.top / ".git/worktrees/linked/index"),
                 GIT_DIR=str(team.top / ".git/worktrees/linked")) == [(PATH, "leak-email")]  # fmt: skip


def test_from_below_the_top_it_is_the_same(team):
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    done = team.run("check", "--staged", start=(team.top / PATH).parent)
    assert done.stdout.startswith(f"{PATH}:11:13: error: ")


def test_it_is_the_repository_one_stands_in_and_not_the_remembered_one(team, tmp_path):
    Repo(tmp_path / "code").write({"x": "x"})
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    mine = tmp_path / "config" / "ilog" / "config.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text(f"repo: {team.top}\n")
    settings = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert team.run("check", start=tmp_path / "code", **settings).code == 1
    assert team.run("check", "--staged", start=tmp_path / "code", **settings).code == 0
    assert team.run("check", "--staged", start=tmp_path, **settings).code == 78


# ── nothing is touched ───────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_written_and_no_lock_is_waited_for(team):
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    git = team.top / ".git"
    (git / "index.lock").touch()
    lock = os.open(git / "ilog.lock", os.O_RDONLY | os.O_CREAT)
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX)
        before = {path: path.stat().st_mtime_ns for path in sorted(team.top.rglob("*"))}
        assert found(team) == [(PATH, "leak-email")]
        assert {path: path.stat().st_mtime_ns for path in sorted(team.top.rglob("*"))} == before
    finally:
        os.close(lock)


def test_filters_and_monitors_of_the_repository_do_not_run(team):
    mark = team.top.parent / "ran"
    team.repo.write({PATH: BAD})
    team.repo.git("add", PATH)
    for key in ("core.fsmonitor", "diff.external", "filter.x.smudge", "core.hooksPath"):
        team.repo.git("config", key, f"touch {mark}; :")
    assert found(team) == [(PATH, "leak-email")]
    assert not mark.exists()


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────


def message(team: Team, text: str, **environ: str) -> list[str]:
    (team.top / "MSG").write_text(text)
    done = team.run("check", "--message", "MSG", "--json", **environ)
    reports = json.loads(done.stdout)
    assert done.code == (1 if reports else 0)
    assert "doe" not in done.stdout
    return [f"{report['path']}:{report['line']}:{report['code']}" for report in reports]


def test_a_message_is_searched_as_git_will_keep_it(team):
    assert message(team, f"Interview\n\nasked {MAIL}\n") == ["MSG:3:leak-email"]
    assert message(team, f"Interview\n\n# {MAIL}\n") == []
    assert message(team, f"Interview\n\n# {MAIL}\n", GIT_EDITOR=":") == ["MSG:3:leak-email"]
    team.repo.git("config", "commit.cleanup", "strip")
    assert message(team, f"Interview\n\n# {MAIL}\n", GIT_EDITOR=":") == []
    team.repo.git("config", "commit.cleanup", "whitespace")
    assert message(team, f"Interview\n\n# {MAIL}\n") == ["MSG:3:leak-email"]


def test_another_comment_sign_is_git_s_own(team):
    team.repo.git("config", "core.commentChar", ";")
    assert message(team, f"Interview\n; {MAIL}\n# {MAIL}\n") == ["MSG:3:leak-email"]


def test_names_of_people_must_not_stand_in_a_message(team):
    team.repo.write({"people.yaml": "P1: Jane Roe\n"})
    assert message(team, "Talked with Jane Roe\n") == ["MSG:1:leak-person"]


def test_no_message_passes_while_names_cannot_be_looked_for(team):
    team.repo.write({"people.yaml": "P1: [Jane\n"})
    (team.top / "MSG").write_text("talk with Jane Doe\n")
    done = team.run("check", "--message", "MSG")
    assert (done.code, "names are not looked for: people.yaml cannot be read from line 1 on" in done.stdout) == (
        1,
        True,
    )
    team.repo.write({"people.yaml": "P1: Jane\n"})  # within git's reach, which is another command's business
    assert team.run("check", "--message", "MSG").stdout.count("people-") == 0


def test_what_is_allowed_on_purpose_is_not_told_at_each_commit(team):
    body = f"# x\n\n- pain: {MAIL} <!-- ilog: allow email because it is public -->\n"
    team.repo.write({PATH: note_text(consent="notes", body=body), "MSG": "x <!-- ilog: allow email because so -->\n"})
    team.repo.git("add", PATH)
    assert [each["code"] for each in json.loads(team.run("check", "--json").stdout)] == ["allowed"]
    assert found(team) == []
    assert message(team, team.read("MSG")) == []


def test_a_message_can_be_checked_where_no_repository_is(team, tmp_path):
    (tmp_path / "MSG").write_text(MAIL)
    assert team.run("check", "--message", "MSG", start=tmp_path).code == 1


def test_a_message_that_is_not_there_is_66(team):
    done = team.run("check", "--message", "nosuch")
    assert (done.code, "cannot read the message" in done.stderr) == (66, True)
