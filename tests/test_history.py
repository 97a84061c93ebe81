import os
import random
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gitrepo import ADA, BEA, Repo, isolate
from interviewlog.errors import Code, IlogError
from interviewlog.lineage import Change, Event, State, existing, replay
from interviewlog.store.git import Git
from interviewlog.store.history import events, is_resumable, lineages, parse

ROOT = "prod/interviews"
A, B, C, D = (f"{ROOT}/portal/{name}-2026-01-05.md" for name in ("acme", "beta", "corp", "delta"))
TEXT = "".join(f"line {number}\n" for number in range(30))
OTHER = "".join(f"other {number}\n" for number in range(30))


@pytest.fixture
def repo(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    return Repo(tmp_path / "repo")


def opened(repo: Repo) -> Git:
    git = Git.open(repo.top)
    assert git
    return git


def state_of(repo: Repo, root: str = ROOT) -> State:
    return lineages(opened(repo), "HEAD", root)


def introduced(repo: Repo, root: str = ROOT) -> list[tuple[str, str]]:
    return [(note.commit.author, note.path) for note in state_of(repo, root).lineages]


def changes(repo: Repo) -> list[Change]:
    return [change for event in events(opened(repo), "HEAD", ROOT) for change in plain(event.changes)]


def plain(changed: tuple[Change, ...]) -> tuple[Change, ...]:
    """Leave out the blobs, which one test of their own looks at."""
    return tuple(replace(change, blob="") for change in changed)


# Ordinary commits


def test_events_come_oldest_first_with_author_and_date_of_the_author(repo):
    first = repo.commit({A: TEXT}, author=ADA, when="2026-01-05T23:30:00+1400")
    second = repo.commit({A: OTHER}, author=BEA, when="2026-01-01T00:30:00-1200")

    one, two = events(opened(repo), "HEAD", ROOT)

    assert (one.commit.id, one.commit.author, one.commit.email) == (first, "Ada", "ada@example.com")
    assert (one.commit.date.isoformat(), one.commit.offset) == ("2026-01-05", 14 * 60)
    assert plain(one.changes) == (Change("A", A),)
    assert (two.commit.id, two.commit.date.isoformat(), two.commit.offset) == (second, "2026-01-01", -12 * 60)
    assert plain(two.changes) == (Change("M", A),)


def test_every_change_names_the_content_it_left(repo):
    repo.commit({A: TEXT, B: OTHER})
    repo.move(B, C, text=OTHER + "more\n")
    repo.commit({A: TEXT + "more\n"})
    known = {entry.path: entry.blob for entry in opened(repo).tree("HEAD", ROOT)}

    told = {change.path: change.blob for event in events(opened(repo), "HEAD", ROOT) for change in event.changes}
    repo.commit({C: None})

    assert {path: told[path] for path in (A, C)} == known
    assert list(events(opened(repo), "HEAD", ROOT))[-1].changes == (Change("D", C),)


def test_every_change_names_what_the_note_held_before_in_each_parent(repo):
    diverged(repo)
    repo.commit({A: TEXT + "left\n"})
    repo.switch("right")
    repo.commit({A: TEXT + "right\n"})
    repo.merge("left", files={A: TEXT + "both\n"})
    repo.move(A, C)
    repo.commit({C: None})

    told = [change for event in events(opened(repo), "HEAD", ROOT) for change in event.changes]
    added, *edited, merged, moved, deleted = told

    assert added.before == ()
    assert [change.before for change in edited] == [(added.blob,)] * 2
    assert (merged.kind, set(merged.before)) == ("M", {change.blob for change in edited})
    assert moved.before == deleted.before == (merged.blob,)


def test_files_that_are_no_notes_make_no_event(repo):
    repo.commit({f"{ROOT}/readme.md": "x", f"{ROOT}/portal/deep/x.md": "x", f"{ROOT}/portal/x.txt": "x", "a.md": "x"})
    repo.commit({A: TEXT})

    assert changes(repo) == [Change("A", A)]


def test_a_renamed_and_edited_note_keeps_its_author(repo):
    repo.commit({A: TEXT}, author=ADA)
    repo.move(A, B, text=TEXT + "more\n", author=BEA)

    assert changes(repo) == [Change("A", A), Change("R", B, A)]
    assert introduced(repo) == [("Ada", A)]


def test_three_hundred_notes_renamed_and_edited_in_one_commit_keep_their_authors(repo):
    texts = {number: TEXT.replace("line", f"line of {number}") for number in range(300)}
    old = {f"{ROOT}/old/customer-{number}.md": text for number, text in texts.items()}
    new = {f"{ROOT}/new/client-{number}.md": f"{text}more\n" for number, text in texts.items()}
    repo.commit(old, author=ADA)
    repo.git("config", "diff.renameLimit", "10")
    repo.commit({**dict.fromkeys(old), **new}, author=BEA)

    assert introduced(repo) == [("Ada", path) for path in sorted(old)]
    assert {change.kind for change in changes(repo)} == {"A", "R"}


def test_a_file_moved_into_the_folder_is_introduced_by_whoever_moved_it(repo):
    repo.commit({"drafts/acme.md": TEXT}, author=ADA)
    repo.move("drafts/acme.md", A, author=BEA)

    assert introduced(repo) == [("Bea", A)]


@pytest.mark.parametrize("outside", [f"{ROOT}/portal/acme.txt", f"{ROOT}/acme.md", "elsewhere/acme.md"])
def test_a_rename_from_or_to_what_is_no_note_adds_or_deletes(repo, outside):
    repo.commit({outside: TEXT})
    repo.move(outside, A)
    repo.move(A, outside)

    assert changes(repo) == [Change("A", A), Change("D", A)]


def test_a_note_turned_into_a_symlink_and_back_is_deleted_and_restored(repo):
    repo.commit({A: TEXT}, author=ADA)
    (repo.top / A).unlink()
    (repo.top / A).symlink_to("elsewhere")
    repo.git("add", "-A")
    repo.commit()
    (repo.top / A).unlink()
    repo.commit({A: TEXT}, author=BEA)

    assert changes(repo) == [Change("A", A), Change("D", A), Change("A", A)]
    assert introduced(repo) == [("Ada", A)]


def test_symlinks_and_submodules_are_no_notes(repo):
    repo.commit({"x": "x"})
    (repo.top / ROOT / "portal").mkdir(parents=True)
    (repo.top / A).symlink_to("/etc/hostname")
    repo.git("add", "-A")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},{B}")
    repo.commit()

    assert changes(repo) == []


def test_an_executable_note_is_a_note_and_changing_the_mode_changes_it(repo):
    repo.commit({A: TEXT})
    repo.git("update-index", "--chmod=+x", A)
    repo.commit()

    assert changes(repo) == [Change("A", A), Change("M", A)]


@pytest.mark.parametrize(
    "name",
    [b"with space.md", b'"quoted".md', b"{a => b}.md", b"line\nbreak.md", b"\x01.md", b"tab\t.md", b"\xff\xfe.md",
     b"\x01" + b"a" * 40 + b".md", b":100644 100644.md", b"-rf.md", b"Caf\xc3\xa9.md"],
)  # fmt: skip
def test_no_name_of_a_note_confuses_the_reading(repo, name):
    path = os.fsdecode(f"{ROOT}/portal/".encode() + name)
    repo.commit({path: TEXT}, author=ADA)
    repo.move(path, path.replace("portal", "other"), author=BEA)

    assert changes(repo) == [Change("A", path), Change("R", path.replace("portal", "other"), path)]


@pytest.mark.parametrize("name", [b"a|b", b"\x1b[31mred", b'"', b"=1+1", b"J\xfcrgen", b"\x01\x02", b":000000"])
def test_no_name_of_an_author_confuses_the_reading(repo, name):
    repo.commit({A: TEXT})
    raw_commit(repo, b"author " + name + b" <x@example.com> 1767600000 +0100")

    *_, (_, author) = [(event.commit.id, event.commit.author) for event in events(opened(repo), "HEAD", ROOT)]

    assert os.fsencode(author) == name


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"author Ada <a@x> 1767225600 +9999", ("2026-01-05", 99 * 60 + 99)),
        (b"author Ada <a@x> 1767225600 -0330", ("2025-12-31", -210)),
        (b"author Ada <a@x> 99999999999999999999 +0000", ("1970-01-01", 0)),
        (b"author Ada <a@x> 253402300800 +0000", ("9999-12-31", 0)),
        (b"author Ada <a@x>", ("1970-01-01", 0)),
        (b"author Ada <a@x> x y", ("1970-01-01", 0)),
    ],
)
def test_broken_dates_give_some_day_and_never_an_error(repo, line, expected):
    repo.commit({A: TEXT})
    raw_commit(repo, line)

    *_, last = events(opened(repo), "HEAD", ROOT)

    assert (last.commit.date.isoformat(), last.commit.offset) == expected


def test_a_commit_in_another_encoding_is_read_as_utf_8(repo):
    repo.commit({A: TEXT})
    raw_commit(repo, b"author J\xfcrgen <j@x> 1767225600 +0000", b"encoding ISO-8859-1\n")

    assert [event.commit.author for event in events(opened(repo), "HEAD", ROOT)] == ["Ada", "Jürgen"]


def raw_commit(repo: Repo, author: bytes, more: bytes = b"") -> None:
    """Commit a change of A with an author line as no git would write it."""
    repo.write({A: OTHER})
    repo.git("add", "-A")
    tree = repo.git("write-tree").strip().encode()
    text = b"tree %s\nparent %s\n%s\ncommitter C <c@x> 1767600000 +0000\n%s\nx\n"
    body = text % (tree, repo.head.encode(), author, more)
    made = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=body).strip()
    repo.git("update-ref", "HEAD", made)


# Merges


def diverged(repo: Repo) -> None:
    """Make branches `left` and `right` from one commit that holds A; go to `left`."""
    repo.commit({A: TEXT}, author=ADA)
    for branch in ("right", "left"):
        repo.switch(branch, new_at="main")
        repo.commit({f"{branch}.txt": branch})


def test_a_note_added_in_a_merge_belongs_to_the_author_of_the_merge(repo):
    diverged(repo)
    repo.merge("right", files={B: OTHER}, author=BEA)

    assert introduced(repo) == [("Ada", A), ("Bea", B)]


def test_a_note_added_in_a_merge_of_three_belongs_to_the_author_of_the_merge(repo):
    diverged(repo)
    repo.switch("third", new_at="main")
    repo.commit({"third.txt": "3"})
    merge = repo.merge("left", "right", files={B: OTHER}, author=BEA)

    assert len(repo.git("show", "-s", "--format=%p", merge).split()) == 3
    assert introduced(repo) == [("Ada", A), ("Bea", B)]


def test_notes_of_both_branches_belong_to_their_authors_and_not_to_the_merger(repo):
    diverged(repo)
    repo.commit({B: OTHER}, author=BEA)
    repo.switch("right")
    repo.commit({C: OTHER}, author=ADA)
    repo.merge("left", author="Carl <carl@example.com>")

    assert sorted(introduced(repo)) == [("Ada", A), ("Ada", C), ("Bea", B)]


def test_a_note_of_one_side_renamed_in_the_merge_stays_with_its_author(repo):
    diverged(repo)
    repo.commit({B: OTHER}, author=BEA)
    repo.switch("right")
    repo.merge("left", files={B: None, C: OTHER}, author="Carl <carl@example.com>")

    assert changes(repo)[-1] == Change("R", C, B)
    assert sorted(introduced(repo)) == [("Ada", A), ("Bea", B)]


def test_a_note_of_both_sides_renamed_in_the_merge_stays_with_its_author(repo):
    diverged(repo)
    repo.merge("right", files={A: None, B: TEXT}, author=BEA)

    assert changes(repo) == [Change("A", A), Change("R", B, A)]


def test_a_note_renamed_on_two_branches_is_one_note(repo):
    diverged(repo)
    repo.move(A, B)
    repo.switch("right")
    repo.move(A, C)
    repo.merge("left", files={A: None, B: None, C: None, D: TEXT}, author=BEA)

    state = state_of(repo)
    assert introduced(repo) == [("Ada", A)]
    assert existing(state, [D]) == state.lineages


def test_a_conflict_resolved_in_a_merge_introduces_nothing(repo):
    diverged(repo)
    repo.commit({A: TEXT + "left\n"})
    repo.switch("right")
    repo.commit({A: TEXT + "right\n"})
    repo.merge("left", files={A: TEXT + "both\n"}, author=BEA)

    assert introduced(repo) == [("Ada", A)]


def test_a_note_added_and_deleted_on_a_merged_branch_counts(repo):
    diverged(repo)
    repo.commit({B: OTHER}, author=BEA)
    repo.commit({B: None})
    repo.switch("right")
    repo.merge("left")

    assert introduced(repo) == [("Ada", A), ("Bea", B)]


def test_a_cherry_picked_note_is_one_note(repo):
    diverged(repo)
    picked = repo.commit({B: OTHER}, author=BEA)
    repo.switch("right")
    repo.git("cherry-pick", picked)
    repo.merge("left")

    assert introduced(repo) == [("Ada", A), ("Bea", B)]


def test_a_merge_can_restore_what_a_branch_had_deleted(repo):
    diverged(repo)
    repo.commit({A: None})
    repo.switch("right")
    repo.merge("left", files={A: TEXT + "back\n"}, author=BEA)

    state = state_of(repo)
    assert introduced(repo) == [("Ada", A)]
    assert existing(state, [entry.path for entry in opened(repo).tree("HEAD", ROOT)]) == state.lineages


# Shapes of repositories, and what else may stand in the way


def test_before_the_first_commit_nothing_happened(repo):
    assert state_of(repo) == State()


def test_a_detached_head_has_a_history(repo):
    repo.commit({A: TEXT})
    repo.git("checkout", "-q", "--detach")

    assert introduced(repo) == [("Ada", A)]


def test_an_unknown_revision_is_an_error_of_usage(repo):
    repo.commit({A: TEXT})

    for rev, since in (("nowhere", None), ("--output=x", None), ("HEAD", "nowhere")):
        with pytest.raises(IlogError, match="no such revision") as caught:
            list(events(opened(repo), rev, ROOT, since=since))
        assert caught.value.code == Code.USAGE
    assert not (repo.top / "x").exists()


def test_a_bare_clone_a_linked_worktree_and_a_subdirectory_tell_the_same_history(repo, tmp_path):
    repo.commit({A: TEXT})
    repo.move(A, B, author=BEA)
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    repo.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    expected = state_of(repo)

    for place in (tmp_path / "bare", tmp_path / "linked", repo.top / ROOT / "portal"):
        git = Git.open(place)
        assert git
        assert lineages(git, "HEAD", ROOT) == expected


def test_a_sha256_repository_has_a_history(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    repo = Repo(tmp_path / "repo", "--object-format=sha256")
    diverged(repo)
    repo.merge("right", files={B: OTHER}, author=BEA)

    assert introduced(repo) == [("Ada", A), ("Bea", B)]
    assert {len(note.commit.id) for note in state_of(repo).lineages} == {64}


def test_the_folder_may_be_the_top(repo):
    repo.commit({"portal/acme.md": TEXT, "readme.md": "x", "a/b/c.md": "x"})

    assert introduced(repo, ".") == [("Ada", "portal/acme.md")]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Repo:
    """Make, once, a history of all that settings are known to spoil: umlauts, renames, a merge, a signature."""
    base = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, base / "home")
        repo = Repo(base / "repo")
        repo.commit({A: TEXT, C: OTHER}, author="Jürgen <j@example.com>", when="2026-01-04T23:30:00-0800")
        repo.move(A, B, text=TEXT + "more\n", author=BEA)
        repo.switch("side", new_at="main")
        repo.commit({D: "side\n"}, author=BEA)
        repo.switch("main")
        repo.commit({"x.txt": "x"})
        repo.merge("side", files={f"{ROOT}/portal/évil.md": "evil\n"}, author=ADA)
        raw_commit(repo, b"author Ada <ada@x> 1767600000 +0000", b"gpgsig -----BEGIN PGP SIGNATURE-----\n x\n")
        repo.write({"order": "*corp*\n"})
        return repo


@pytest.fixture
def expected(told, tmp_path, monkeypatch) -> list[Event]:
    """Read that history undisturbed."""
    isolate(monkeypatch, tmp_path / "home")
    found = list(events(opened(told), "HEAD", ROOT))
    assert len(found) == 5
    return found


@pytest.mark.parametrize(
    "setting",
    ["diff.renames=false", "diff.renames=copies", "diff.renameLimit=1", "log.showSignature=true", "diff.orderFile=order",
     "i18n.logOutputEncoding=latin1", "log.follow=true", "log.showRoot=false", "diff.relative=true", "color.ui=always",
     "color.diff=always", "log.date=relative", "log.mailmap=true", "format.pretty=oneline", "log.abbrevCommit=true",
     "log.decorate=full", "log.diffMerges=first-parent", "diff.external=false", "diff.noprefix=true",
     "diff.mnemonicPrefix=true", "core.quotePath=true", "core.pager=false", "diff.submodule=log", "notes.displayRef=*"],
)  # fmt: skip
def test_no_setting_of_the_user_changes_the_history(told, expected, setting):
    told.git("config", "--global", *setting.split("=", 1))

    assert list(events(opened(told), "HEAD", ROOT)) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [("GIT_DIR", "{other}/.git"), ("GIT_WORK_TREE", "{other}"), ("GIT_INDEX_FILE", "/nonexistent"),
     ("GIT_COMMON_DIR", "{other}/.git"), ("GIT_OBJECT_DIRECTORY", "/nonexistent"), ("GIT_CONFIG_COUNT", "x"),
     ("GIT_CONFIG_PARAMETERS", "'log.showroot=false'"), ("GIT_LITERAL_PATHSPECS", "0"), ("GIT_ICASE_PATHSPECS", "1"),
     ("GIT_NAMESPACE", "x"), ("GIT_PREFIX", "x/"), ("GIT_TRACE", "1"), ("GIT_EXTERNAL_DIFF", "false"),
     ("GIT_PAGER", "false"), ("LC_ALL", "de_DE.UTF-8"), ("TZ", "Pacific/Kiritimati")],
)  # fmt: skip
def test_no_variable_of_the_environment_changes_the_history(told, expected, repo, monkeypatch, name, value):
    repo.commit({C: OTHER}, author=BEA)

    monkeypatch.setenv(name, value.format(other=repo.top))

    assert list(events(opened(told), "HEAD", ROOT)) == expected


def test_replaced_objects_and_grafts_do_not_rewrite_history(repo):
    diverged(repo)
    expected = state_of(repo)
    repo.git("replace", "--graft", "HEAD")
    (repo.top / ".git" / "info" / "grafts").write_text(repo.head + "\n")

    assert state_of(repo) == expected


def test_reading_the_history_starts_no_program_of_the_configuration(repo, tmp_path):
    repo.commit({A: TEXT})
    raw_commit(repo, b"author Ada <ada@x> 1767600000 +0000", b"gpgsig -----BEGIN PGP SIGNATURE-----\n x\n")
    marker = tmp_path / "marker"
    (repo.top / ".gitattributes").write_text("*.md diff=spy filter=spy\n")
    script = f"touch {marker}; cat"
    for key in ("diff.external", "diff.spy.textconv", "diff.spy.command", "filter.spy.clean", "core.fsmonitor",
                "core.pager", "gpg.program"):  # fmt: skip
        repo.git("config", key, script)

    assert changes(repo) == [Change("A", A), Change("M", A)]
    assert not marker.exists()


def test_whoever_stops_reading_leaves_no_git_behind(repo):
    for number in range(20):
        repo.commit({A: f"{number}\n"})

    story = events(opened(repo), "HEAD", ROOT)
    next(story)
    story.close()

    assert [event.changes[0].kind for event in events(opened(repo), "HEAD", ROOT)] == ["A"] + ["M"] * 19


def test_reading_tells_how_many_commits_it_has_read(repo):
    for number in range(3):
        repo.commit({A: f"{number}\n"})
    heard: list[int] = []

    list(events(opened(repo), "HEAD", ROOT, on_commit=heard.append))

    assert heard == [1, 2, 3]


# Going on from where one was


def test_a_state_can_be_continued_when_all_new_commits_descend_from_it(repo):
    old = repo.commit({A: TEXT})
    git = opened(repo)
    state = lineages(git, old, ROOT)
    new = repo.move(A, B)

    assert is_resumable(git, old, new)
    assert is_resumable(git, old, old)
    assert replay(events(git, new, ROOT, since=old), state) == lineages(git, new, ROOT)


def test_a_state_cannot_be_continued_over_a_merged_branch_that_left_before_or_a_step_back(repo):
    diverged(repo)
    old = repo.head
    new = repo.merge("right")
    git = opened(repo)

    assert not is_resumable(git, old, new)
    assert not is_resumable(git, new, old)
    assert not is_resumable(git, old, "0" * 40)


def random_history(repo: Repo, seed: int) -> list[str]:
    """Import thirty commits with branches, merges, adds, deletes and renames at random; give their ids in order."""
    chance = random.Random(seed)
    paths = [f"{ROOT}/p/{name}.md" for name in "abcdef"]
    texts = [f"{name}\n" * 30 for name in range(8)]
    lines: list[str] = []
    for mark in range(1, 31):
        parents = sorted({chance.randrange(max(1, mark - 5), mark) for _ in range(chance.choice([1, 1, 2, 3]))}
                         ) if mark > 1 else []  # fmt: skip
        lines += ["commit refs/heads/main", f"mark :{mark}", f"author {chance.choice([ADA, BEA])} {mark} +0000"]
        lines += [f"committer {ADA} {mark} +0000", "data 0"]
        lines += [f"{'merge' if index else 'from'} :{parent}" for index, parent in enumerate(parents)]
        for _ in range(chance.randrange(3)):
            text = chance.choice(texts)
            lines += [f"M 100644 inline {chance.choice(paths)}", f"data {len(text)}", text]
            lines += [f"D {chance.choice(paths)}"] * chance.randrange(2)
        lines.append("")
    repo.git("fast-import", "--quiet", "--export-marks=marks", stdin="\n".join(lines).encode())
    marks = dict(line.split() for line in (repo.top / "marks").read_text().splitlines())
    return [marks[f":{mark}"] for mark in range(1, 31)]


@pytest.mark.parametrize("seed", range(6))
def test_a_history_continued_where_it_may_be_is_the_history_replayed_at_once(repo, seed):
    ids = random_history(repo, seed)
    git = opened(repo)
    at_once = lineages(git, "HEAD", ROOT)
    earlier = [old for old in ids if is_resumable(git, old, ids[-1])]

    assert 1 < len(earlier) < len(ids)
    for old in earlier:
        assert replay(events(git, "HEAD", ROOT, since=old), lineages(git, old, ROOT)) == at_once


@pytest.mark.parametrize("seed", range(6))
def test_events_come_in_the_reverse_of_gits_topological_order(repo, seed):
    random_history(repo, seed)
    order = repo.git("rev-list", "--topo-order", "HEAD").split()[::-1]

    told = [event.commit.id for event in events(opened(repo), "HEAD", ROOT)]

    assert told == [commit for commit in order if commit in set(told)]


@pytest.mark.parametrize("seed", range(6))
def test_every_note_of_the_tree_has_a_lineage_and_repacking_changes_nothing(repo, seed):
    random_history(repo, seed)
    before = state_of(repo)
    repo.git("gc", "-q")
    repo.git("commit-graph", "write", "--reachable", "--changed-paths")

    assert state_of(repo) == before
    assert all(before.lineage_of(entry.path) for entry in opened(repo).tree("HEAD", ROOT))


# The reading itself, without git


ZERO, ID = "0" * 40, "a" * 40


def raw(*fields: str) -> bytes:
    return "".join(f"{field}\0" for field in fields).encode()


HEADER = ("\x01" + ID, "Ada", "ada@example.com", "1767225600 +0100")
LOG = b"".join([
    raw(*HEADER, f"\n:000000 100644 {ZERO} {ID} A", A),
    raw(*HEADER, f"\n:100644 100644 {ID} {ID} R097", A, B, f":100644 000000 {ID} {ZERO} D", C),
    raw(*HEADER, "", f"::000000 000000 100644 {ZERO} {ZERO} {ID} AA", D, D, D),
    raw(*HEADER, "", f":::100644 000000 100644 100644 {ID} {ZERO} {ID} {ID} RAR", A, B, A, B),
    raw(*HEADER, "", f"::100644 100644 100644 {ID} {ID} {ID} MR", B, A, B),
    raw(*HEADER, ""),
])  # fmt: skip
EXPECTED = [
    (Change("A", A, blob=ID),),
    (Change("R", B, A, ID), Change("D", C)),
    (Change("A", D, blob=ID),),
    (Change("R", B, A, ID),),
    (Change("M", B, blob=ID),),
]


@given(st.lists(st.integers(0, len(LOG))))
@example([])
def test_it_does_not_matter_in_which_pieces_the_log_arrives(cuts):
    edges = [0, *sorted(cuts), len(LOG)]
    pieces = [LOG[start:end] for start, end in pairwise(edges)]

    assert [event.changes for event in parse(pieces, ROOT)] == EXPECTED


@given(st.lists(st.sampled_from([b"\0", b"\n", b"\x01", b":", *re.split(rb"(\0)", LOG)])).map(b"".join))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_log_however_broken_gives_anything_but_events_or_our_error(log):
    try:
        found = list(parse([log], ROOT))
    except IlogError:
        return
    assert all(isinstance(event, Event) and event.changes for event in found)


def test_a_log_that_breaks_off_within_a_commit_is_an_error():
    with pytest.raises(IlogError, match="broke off"):
        list(parse([raw(*HEADER, f"\n:000000 100644 {ZERO} {ID} A")], ROOT))


def test_a_git_that_fails_in_the_middle_is_an_error_and_not_a_short_history(repo):
    repo.commit({A: TEXT})
    repo.commit({A: OTHER})
    lost = repo.git("rev-parse", "HEAD^^{tree}").strip()
    (repo.top / ".git" / "objects" / lost[:2] / lost[2:]).unlink()

    with pytest.raises(IlogError) as caught:
        list(events(opened(repo), "HEAD", ROOT))
    assert caught.value.code == Code.IO
