"""What an audit is made from, without git: steps of notes, differences of rules, and the trail between them."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewlog.amendments import differences
from interviewlog.commit import Commit
from interviewlog.insights.trail import follow
from interviewlog.lineage import Change, Event, replay, steps
from interviewlog.settings import parse_config

PATHS = st.sampled_from([f"prod/interviews/web/{name}.md" for name in "abcd"])
BLOBS = st.sampled_from(["1" * 40, "2" * 40, "3" * 40])
CHANGES = st.one_of(
    st.builds(lambda path, blob: Change("A", path, blob=blob), PATHS, BLOBS),
    st.builds(lambda path, blob: Change("D", path, before=(blob,)), PATHS, BLOBS),
    st.builds(lambda path, blob, old: Change("M", path, "", blob, (old,)), PATHS, BLOBS, BLOBS),
    st.builds(lambda new, old, blob: Change("R", new, old, blob, (blob,)), PATHS, PATHS, BLOBS),
)
HISTORIES = st.lists(st.lists(CHANGES, max_size=3).map(tuple), max_size=12).map(
    lambda several: [
        Event(Commit(f"{number:040x}", "Ada", "ada@example.com", number * 86_400, 0), changes)
        for number, changes in enumerate(several)
    ]
)
ALL = (date.min, date.max)


@given(HISTORIES)
def test_the_notes_that_steps_introduce_are_the_lineages(events):
    introduced = [(step.note, step.change.path, step.commit) for step in steps(events) if step.what == "introduced"]

    lineages = replay(events).lineages
    assert [note for note, _, _ in introduced] == list(range(len(lineages)))
    assert [(path, commit) for _, path, commit in introduced] == [(each.path, each.commit) for each in lineages]


@given(HISTORIES)
def test_a_note_is_introduced_once_and_before_all_else(events):
    told: dict[int, list[str]] = {}
    for step in steps(events):
        told.setdefault(step.note, []).append(step.what)

    assert all(story[0] == "introduced" and "introduced" not in story[1:] for story in told.values())


@given(HISTORIES, st.sets(PATHS))
def test_a_trail_names_every_note_and_asks_for_contents_until_it_knows_enough(events, present):
    trail = follow(events, *ALL, present)
    faces: dict[str, None] = {}
    rounds = 0
    while wanted := trail.wanted(faces):
        assert not {blob for _, blob in wanted} & set(faces)
        faces |= dict.fromkeys(blob for _, blob in wanted)
        rounds += 1

    assert set(trail.paths) == {step.note for step in steps(events)}
    assert rounds <= 4


@given(HISTORIES)
def test_a_window_only_leaves_steps_out(events):
    every = follow(events, *ALL, ())
    edges = [date(1970, 1, 1), date(1970, 1, 5), date(1970, 2, 1)]
    some = [follow(events, first, last, ()) for first, last in pairwise(edges)]

    assert all([pair for pair in every.steps if pair in trail.steps] == list(trail.steps) for trail in some)
    assert all(trail.paths == every.paths for trail in some)


RULES = st.sampled_from(
    [
        "",
        "goal: {interviews: 2}",
        "away: [2026-W33, 2026-W52]",
        "away: [2026-W33]\npms: {dev: {emails: [a@x.org]}}",
        "pms: {dev: {emails: [a@x.org, b@x.org], from: 2026-01-05, away: [2026-W33]}, eve: {}}",
        "own: {domains: [x.org]}\nimports: [abc]\nroot: notes",
    ]
).map(parse_config)


@given(RULES, RULES)
def test_equal_rules_differ_in_nothing_and_a_merge_that_takes_a_side_neither(one, other):
    assert differences([one], one) == differences([one, other], one) == []


@given(RULES, RULES)
def test_what_is_added_one_way_is_removed_the_other(one, other):
    there = {(each.setting, each.old, each.new) for each in differences([one], other)}
    back = {(each.setting, each.new, each.old) for each in differences([other], one)}

    assert there == back
