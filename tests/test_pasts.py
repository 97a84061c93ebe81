"""Every name and content that history has of a note is found, and none of another note's."""

from cli import ROOT, by
from interviewlog.store import folder as folders
from interviewlog.store import pasts

OLD, NEW = f"{ROOT}/checkout/acme-2026-11-18.md", f"{ROOT}/checkout/acme-freight-2026-11-18.md"
ONE, TWO, OTHER = ("".join(f"{word} {line}\n" for line in range(30)) for word in ("one", "two", "other"))


def past_of(team, *paths: str) -> pasts.Past:
    return pasts.past(folders.find(team.top, ""), paths)


def blobs(team, *specs: str) -> set[str]:
    return set(team.repo.git("rev-parse", *specs).split())


def test_names_and_contents_through_renames_branches_tags_and_stashes(team):
    team.repo.commit({OLD: ONE})
    team.repo.move(OLD, NEW)
    team.repo.switch("aside", new_at="HEAD")
    team.repo.commit({NEW: ONE + "aside\n"})
    team.repo.git("tag", "kept")
    team.repo.commit({NEW: None})
    team.repo.switch("main")
    team.repo.git("branch", "-q", "-D", "aside")
    team.repo.write({NEW: ONE + "stashed\n"})
    team.repo.git("-c", "user.name=A", "-c", "user.email=a@example.com", "stash", "-q")

    found = past_of(team, NEW)

    assert found.names == {OLD: NEW, NEW: NEW}
    assert found.contents == dict.fromkeys(blobs(team, f"HEAD:{NEW}", f"kept:{NEW}", f"stash:{NEW}"), NEW)


def test_a_name_that_was_also_another_notes_is_left_to_the_contents(team):
    team.repo.commit({OLD: ONE})
    team.repo.move(OLD, NEW)
    team.repo.commit({OLD: OTHER})

    assert past_of(team, NEW).names == {NEW: NEW}
    assert past_of(team, OLD) == ({}, dict.fromkeys(blobs(team, f"HEAD:{OLD}"), OLD), ())
    team.repo.commit({OLD: None})
    assert past_of(team, NEW).names == {NEW: NEW}
    assert set(past_of(team, NEW).contents) == blobs(team, f"HEAD:{NEW}")


def test_a_content_that_another_file_has_today_is_said_so_and_kept(team):
    copy = "archive/acme.md"
    team.repo.commit({NEW: ONE, copy: ONE})
    team.repo.commit({NEW: TWO})

    found = past_of(team, NEW)

    assert set(found.contents) == blobs(team, f"HEAD:{NEW}")
    assert found.copies == (copy,)


def test_a_note_born_in_a_merge_or_brought_back_is_followed(team):
    team.repo.commit({OLD: ONE})
    team.repo.switch("aside", new_at="HEAD")
    team.repo.commit({OLD: None})
    team.repo.commit({OLD: TWO}, author=by("dev"))
    team.repo.switch("main")
    team.repo.commit({"other.txt": "x"})
    team.repo.merge("aside", files={OLD: TWO + "merged\n"})

    assert set(past_of(team, OLD).contents) == blobs(team, f"HEAD:{OLD}", f"aside:{OLD}", f"aside~2:{OLD}")


def test_a_root_that_was_moved_twice_is_followed_to_the_beginning(team):
    first, second = "notes/acme.md", "interviews/checkout/acme.md"
    team.repo.commit({first: ONE})
    team.repo.commit({first: ONE + "more\n"})
    team.repo.move(first, second)
    team.repo.move(second, NEW)

    found = past_of(team, NEW)

    assert found.names == {first: NEW, second: NEW, NEW: NEW}
    assert set(found.contents) == blobs(team, "HEAD~3:notes/acme.md", f"HEAD:{NEW}")


def test_a_note_that_no_commit_has_has_no_past(team):
    team.draft()
    assert past_of(team, team.path()) == ({}, {}, ())


def test_a_name_outside_the_root_that_another_file_has_today_is_left_to_the_contents(team):
    outside = "archive/acme.md"
    team.repo.commit({outside: ONE})
    team.repo.move(outside, NEW)
    team.repo.commit({outside: OTHER})

    assert past_of(team, NEW).names == {NEW: NEW}
