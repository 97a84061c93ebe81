import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.commit import Commit
from interviewlog.lineage import Change, Event, State, existing, is_note, replay

A, B, C = "n/p/a.md", "n/p/b.md", "n/p/c.md"


def commit(author: str, when: int = 0, offset: int = 0) -> Commit:
    return Commit(id=author, author=author, email=f"{author}@example.com", when=when, offset=offset)


def added(path: str) -> Change:
    return Change("A", path)


def deleted(path: str) -> Change:
    return Change("D", path)


def changed(path: str) -> Change:
    return Change("M", path)


def moved(old: str, new: str) -> Change:
    return Change("R", new, old)


def told(*story: tuple[str, Change]) -> State:
    return replay(Event(commit(author), (change,)) for author, change in story)


def introduced(state: State) -> list[tuple[str, str]]:
    return [(note.commit.author, note.path) for note in state.lineages]


def test_before_the_first_commit_there_is_no_note():
    assert replay([]) == State()
    assert State().lineage_of(A) is None


def test_a_note_belongs_to_whoever_added_it_first():
    state = told(("ada", added(A)), ("bea", changed(A)))

    assert introduced(state) == [("ada", A)]
    assert state.lineages[0].changed.author == "bea"


def test_a_renamed_note_stays_with_whoever_added_it():
    state = told(("ada", added(A)), ("bea", moved(A, B)), ("cy", moved(B, C)))

    assert introduced(state) == [("ada", A)]
    assert state.lineage_of(C) is state.lineages[0]


def test_a_path_added_on_two_branches_is_one_note():
    assert introduced(told(("ada", added(A)), ("bea", added(A)))) == [("ada", A)]


def test_a_note_deleted_and_added_again_is_the_same_note_restored():
    state = told(("ada", added(A)), ("ada", deleted(A)), ("bea", added(A)))

    assert introduced(state) == [("ada", A)]
    assert state.lineages[0].changed.author == "bea"


def test_a_path_added_again_after_being_renamed_away_is_a_new_note():
    state = told(("ada", added(A)), ("ada", moved(A, B)), ("bea", added(A)))

    assert introduced(state) == [("ada", A), ("bea", A)]
    assert state.lineage_of(A) is state.lineages[1]
    assert state.lineage_of(B) is state.lineages[0]


def test_a_second_rename_of_a_path_on_a_parallel_branch_follows_the_same_note():
    state = told(("ada", added(A)), ("bea", moved(A, B)), ("cy", moved(A, C)))

    assert introduced(state) == [("ada", A)]
    assert state.lineage_of(B) is state.lineage_of(C) is state.lineages[0]


def test_a_note_deleted_on_one_branch_and_renamed_on_another_is_the_same_note():
    state = told(("ada", added(A)), ("bea", deleted(A)), ("cy", moved(A, B)))

    assert introduced(state) == [("ada", A)]
    assert state.lineage_of(B) is state.lineages[0]


def test_a_note_renamed_there_and_back_is_one_note():
    state = told(("ada", added(A)), ("bea", moved(A, B)), ("bea", moved(B, A)), ("cy", added(A)))

    assert introduced(state) == [("ada", A)]


def test_a_deleted_note_that_another_took_the_place_of_is_not_restored():
    state = told(
        ("ada", added(A)),
        ("ada", deleted(A)),
        ("bea", added(B)),
        ("bea", moved(B, A)),
        ("bea", moved(A, C)),
        ("cy", added(A)),
    )

    assert introduced(state) == [("ada", A), ("bea", B), ("cy", A)]


def test_a_rename_onto_a_note_of_a_parallel_branch_leaves_that_one_in_place():
    state = told(("ada", added(A)), ("bea", added(B)), ("cy", moved(A, B)))

    assert state.lineage_of(B) is state.lineages[1]
    assert state.lineage_of(A) is state.lineages[0]


def test_a_rename_from_where_no_note_was_introduces_one():
    assert introduced(told(("ada", moved(A, B)))) == [("ada", B)]


def test_a_change_or_deletion_of_an_unknown_path_is_no_note():
    assert told(("ada", changed(A)), ("ada", deleted(B))) == State()


def test_a_deleted_note_still_counts_but_does_not_exist():
    state = told(("ada", added(A)), ("bea", added(B)), ("ada", deleted(A)))

    assert len(state.lineages) == 2
    assert existing(state, [B]) == (state.lineages[1],)


def test_the_tree_decides_what_exists_because_a_merge_can_bring_a_note_back():
    state = told(("ada", added(A)), ("bea", deleted(A)))

    assert existing(state, [A]) == state.lineages
    assert existing(state, ["n/p/never.md"]) == ()


def test_replaying_on_top_of_a_state_leaves_that_state_alone():
    before = told(("ada", added(A)))

    after = replay([Event(commit("bea"), (moved(A, B),))], before)

    assert before == told(("ada", added(A)))
    assert after == told(("ada", added(A)), ("bea", moved(A, B)))


PATHS = st.sampled_from([f"n/p/{name}.md" for name in "abcd"])
CHANGES = st.one_of(
    st.builds(added, PATHS), st.builds(deleted, PATHS), st.builds(changed, PATHS), st.builds(moved, PATHS, PATHS)
)
STORIES = st.lists(st.builds(Event, st.builds(commit, st.text(max_size=2)), st.lists(CHANGES).map(tuple)))


@given(STORIES, st.integers(0, 20))
def test_a_replay_interrupted_anywhere_ends_where_an_uninterrupted_one_does(story, cut):
    assert replay(story[cut:], replay(story[:cut])) == replay(story)


@given(STORIES, STORIES)
def test_what_was_introduced_once_stays_introduced(story, sequel):
    state = replay(story)
    later = replay(sequel, state)

    assert introduced(later)[: len(state.lineages)] == introduced(state)
    assert set(state.places) <= set(later.places)


@pytest.mark.parametrize(
    ("when", "offset", "day"),
    [
        (1767225600, 0, "2026-01-01"),
        (1767225600, -60, "2025-12-31"),
        (1767225600 - 1, 0, "2025-12-31"),
        (1767225600 - 14 * 3600, 14 * 60, "2026-01-01"),
        (1767225600, -12 * 60, "2025-12-31"),
        (1767225600, 99 * 60 + 99, "2026-01-05"),
        (-1, 0, "1969-12-31"),
        (0, 0, "1970-01-01"),
    ],
)
def test_a_commit_falls_on_the_calendar_day_of_its_author(when, offset, day):
    assert commit("ada", when, offset).date == dt.date.fromisoformat(day)


@given(st.integers(), st.integers(-10_000, 10_000))
def test_no_time_is_too_absurd_to_fall_on_a_day(when, offset):
    assert dt.date.min <= commit("ada", when, offset).date <= dt.date.max


@pytest.mark.parametrize(
    ("mode", "path", "root", "answer"),
    [
        ("100644", "n/p/a.md", "n", True),
        ("100755", "n/p/a.md", "n/", True),
        ("100644", "p/a.md", ".", True),
        ("100644", "prod/interviews/p/{a => b}\n.md", "prod/interviews", True),
        ("120000", "n/p/a.md", "n", False),
        ("160000", "n/p/a.md", "n", False),
        ("000000", "n/p/a.md", "n", False),
        ("100644", "n/a.md", "n", False),
        ("100644", "n/p/q/a.md", "n", False),
        ("100644", "n/p/a.txt", "n", False),
        ("100644", "nn/p/a.md", "n", False),
        ("100644", "x/n/p/a.md", "n", False),
    ],
)
def test_a_note_is_a_regular_markdown_file_right_below_a_product(mode, path, root, answer):
    assert is_note(mode, path, root) is answer
