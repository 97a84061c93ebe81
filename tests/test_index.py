"""What the notes are, as git and the work tree say."""

import pytest

from cli import ROOT, Team, by
from gitrepo import Repo
from interviewlog.interview import Interview
from interviewlog.problem import Problem
from interviewlog.selection import Selection
from interviewlog.store import folder as folders
from interviewlog.store import index
from interviewlog.weeks import Week


def opened(team: Team):
    return folders.find(team.top, "")


@pytest.fixture(scope="module")
def folder(shelf):
    return opened(shelf)


def test_a_commit_has_its_notes_by_path_and_what_is_none(folder, shelf):
    notes = index.everything(folder, shelf.repo.head)
    assert [note.path for note in notes.notes] == sorted(note.path for note in notes.notes)
    assert (len(notes.notes), notes.strays) == (11, ())
    assert [type(note) for note in notes.notes if "broken" in note.path] == [Problem]


def test_before_the_first_commit_there_is_nothing(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.repo.write({"ilog.yaml": "schema: 1\n"})
    team.draft("Acme")
    folder = opened(team)
    assert index.everything(folder, None).notes == ()
    assert index.paths(folder, Selection()).notes == [team.path("Acme")]
    assert index.committed(folder, [team.path("Acme")]) == set()
    assert index.last_begun(folder, ["caroline@example.com"]) is None


def test_links_and_submodules_at_a_commit_are_no_notes(team, tmp_path):
    inner = Team.start(tmp_path / "inner")
    team.repo.write({f"{ROOT}/checkout/x.txt": "x"})
    (team.top / ROOT / "checkout" / "link.md").symlink_to("/etc/hostname")
    team.repo.git("clone", "-q", str(inner.top), str(team.top / ROOT / "checkout" / "inner.md"))
    team.repo.git(
        "add",
        "-A",
        env={"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "advice.addEmbeddedRepo", "GIT_CONFIG_VALUE_0": "0"},
    )
    team.repo.commit()
    notes = index.everything(opened(team), team.repo.head)
    assert notes.notes == ()
    assert f"{ROOT}/checkout/link.md" in notes.strays


def test_drafts_are_new_changed_and_deleted_notes(team):
    changed, gone, same = team.note("Changed"), team.note("Gone"), team.note("Same")
    team.repo.write({changed: team.read(changed) + "- need: x\n", gone: None})
    new = team.draft("New")
    staged = team.draft("Staged")
    team.repo.git("add", staged)
    team.repo.write({f"{ROOT}/checkout/x.txt": "x", f"{ROOT}/x.md": "x"})
    drafts = index.drafts(opened(team))
    assert [note.path for note in drafts.new] == sorted([new, staged])
    assert [note.path for note in drafts.changed] == [changed]
    assert drafts.deleted == (gone,)
    now = {note.path: note for note in index.interviews(opened(team), Selection()).notes}
    assert set(now) == {changed, same, new, staged}
    assert isinstance(now[changed], Interview)
    assert len(now[changed].body.observations) == 2


def test_an_untracked_link_or_pipe_is_a_problem_not_a_reading(team):
    (team.top / ROOT / "checkout").mkdir(parents=True)
    (team.top / ROOT / "checkout" / "x-2026-11-16.md").symlink_to("/etc/hostname")
    (found,) = index.drafts(opened(team)).new
    assert isinstance(found, Problem)
    assert "not a regular file" in found.what


def test_names_git_would_quote_are_read(team):
    names = ["Ünï", 'said "x"', "tab\tx", "back\\slash", "new\nline", "-dash", " space "]
    for name in names:
        team.repo.commit({f"{ROOT}/checkout/{name}.md": "---\ndate: 2026-11-16\ncustomer: x\ntype: sales\n---\n"})
    folder = opened(team)
    wanted = {f"{ROOT}/checkout/{name}.md" for name in names}
    assert {note.path for note in index.everything(folder, team.repo.head).notes} == wanted
    assert index.committed(folder, [*wanted, f"{ROOT}/checkout/nosuch.md"]) == wanted
    assert {note.path for note in index.committed_notes(folder, wanted)} == wanted


def test_committed_notes_are_as_head_has_them(team):
    path = team.note("Acme")
    team.repo.write({path: "changed"})
    (found,) = index.committed_notes(opened(team), [path, team.path("Nobody")])
    assert isinstance(found, Interview)


def test_a_note_is_changed_if_the_work_tree_has_another(team):
    path, draft = team.note("Acme"), team.draft("Globex")
    folder = opened(team)
    assert not index.is_changed(folder, path)
    assert index.is_changed(folder, draft)
    team.repo.write({path: team.read(path) + "x"})
    assert index.is_changed(folder, path)


def test_what_only_this_clone_has_is_counted(team, tmp_path):
    folder = opened(team)
    assert index.is_shared(folder, "x") is None
    bare = Repo(tmp_path / "bare.git", "--bare", "-b", "main")
    team.repo.git("remote", "add", "origin", str(bare.top))
    first = team.note("Acme")
    team.repo.git("push", "-q", "-u", "origin", "main")
    assert (index.unshared(folder), index.is_shared(folder, first)) == (0, True)
    second = team.note("Globex")
    team.repo.commit({first: team.read(first) + "- need: x\n", "plan.txt": "x"})
    assert index.unshared(folder) == 2  # one that is new, one that others have as it was
    assert (index.is_shared(folder, first), index.is_shared(folder, second)) == (False, False)


def test_the_last_one_begun_is_mine_and_still_there(team):
    first = team.note("First", author=by("caroline"))
    second = team.note("Second", author=by("caroline"))
    team.note("Third", author=by("dev"))
    team.repo.commit({first: team.read(first) + "x"}, author=by("caroline"))
    folder = opened(team)
    assert index.last_begun(folder, ["CAROLINE@example.com"]) == second
    assert index.last_begun(folder, ["aroline@example.com"]) is None
    assert index.last_begun(folder, []) is None
    team.repo.commit({second: None})
    assert index.last_begun(folder, ["caroline@example.com"]) in {None, first}


def test_the_history_of_a_moved_note_leads_to_who_brought_it_in(team):
    old = team.note("Acme", author=by("dev"))
    team.repo.move(old, team.path("Acme Freight"), author=by("eve"))
    weeks = (None, Week(2100, 1))
    found, authors = index.arrived(opened(team), team.repo.head, weeks)
    assert [(each.path, each.origin.author[1]) for each in found.arrivals] == [(old, "dev@example.com")]
    assert [email for _, email in authors] == ["dev@example.com"]


def test_a_first_look_reads_the_notes_that_are_named_after_days_of_the_weeks(team):
    now, before = team.note("Now", "2026-11-18"), team.note("Before", "2026-11-10")
    team.note("Long Ago", "2026-01-05")
    team.repo.commit({f"{ROOT}/checkout/no-day.md": team.read(now)})
    folder, weeks = opened(team), (Week(2026, 46), Week(2026, 47))
    assert index.is_unread(folder)
    looked = index.first_look(folder, team.repo.head, weeks, 4)
    assert {note.path for note in looked} == {now, before}
    assert index.first_look(folder, team.repo.head, weeks, 5) == []
    index.paths(folder, Selection())
    assert not index.is_unread(folder)
    team.note("Later", "2026-11-18")
    assert not index.is_unread(opened(team))
