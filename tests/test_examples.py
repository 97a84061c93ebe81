"""The shipped examples are what the demo, the tour and the tests take them for."""

import datetime as dt
from collections import Counter

import pytest

from interviewlog.chronicle import tell
from interviewlog.config import Config
from interviewlog.errors import Code, IlogError
from interviewlog.fields import TYPES
from interviewlog.insights.check import check
from interviewlog.interview import Interview
from interviewlog.note import parse
from interviewlog.notepath import FileName
from interviewlog.settings import parse_config
from interviewlog.store import examples
from interviewlog.weeks import Week

TODAY = dt.date(2026, 11, 21)
SHIPPED = examples.read()


@pytest.fixture(scope="module")
def config() -> Config:
    return parse_config(SHIPPED.config)


@pytest.fixture(scope="module")
def notes() -> list[Interview]:
    read = [parse(path, text.encode()) for path, text in SHIPPED.notes.items()]
    assert not [each for each in read if not isinstance(each, Interview)]
    return read


def test_there_are_enough_of_them_over_products_people_and_weeks(notes, config):
    assert len(notes) >= 36
    assert {note.product for note in notes} == set(config.products)
    assert len({note.pm[0] for note in notes}) == 7
    assert len({Week.of(note.date) for note in notes}) == 26
    assert max(Week.of(note.date) for note in notes) == Week(2026, 47)


def test_they_show_every_type_source_relationship_and_several_outcomes(notes):
    assert {note.type for note in notes} == set(TYPES)
    assert {note.source for note in notes} == {"direct", "second-hand"}
    assert all(note.via for note in notes if note.source == "second-hand")
    assert {note.relationship for note in notes} >= {"customer", "prospect", "lost", "former", "non-customer"}
    outcomes = {note.outcome for note in notes if note.type == "win-loss"}
    assert outcomes >= {"won", "lost-competitor", "lost-no-decision", "churned"}
    assert not [note.path for note in notes if note.outcome and note.type != "win-loss"]


def test_they_hold_the_cases_that_are_easy_to_get_wrong(notes):
    assert any(not note.customer.isascii() for note in notes)
    assert any(note.consent == "declined" and note.is_stub for note in notes)
    same_day = Counter((note.product, note.slug, note.date) for note in notes)
    assert [count for count in same_day.values() if count > 1] == [2]
    assert sum(len(note.body.near_misses) for note in notes) == 1
    assert any(note.visibility == "restricted" for note in notes)
    assert any(len(note.pm) > 1 for note in notes)


def test_one_pm_has_no_interview_and_one_was_away_for_two_weeks(notes, config):
    handles = {handle for note in notes for handle in note.pm}
    assert set(config.pms) - handles == {"eve"}
    assert [len(pm.away) for pm in config.pms.values() if pm.away] == [2]
    assert not config.warnings


def test_paths_agree_with_fields(notes):
    for note in notes:
        name = FileName.read(note.path)
        assert (name.customer, name.day) == (note.slug, note.date)
        assert note.path == f"prod/interviews/{note.product}/{name}"


def test_only_the_findings_that_are_meant_to_be_there_are_found(notes, config):
    found = Counter(report.code for report in check(notes, config, TODAY))
    assert found.pop("near-miss") == 1
    assert found.pop("consent-open") == sum(note.consent == "pending" for note in notes)
    assert found.pop("quote-without-consent") == 2
    assert not found


def test_tags_recur_over_customers_and_products(notes):
    where: dict[str, set[tuple[str, str]]] = {}
    for note in notes:
        for observation in note.body.observations:
            for tag in observation.tags:
                where.setdefault(tag, set()).add((note.product, note.slug))
    recurring = [tag for tag, places in where.items() if len(places) >= 4 and len({p for p, _ in places}) >= 2]
    assert len(recurring) >= 6


def test_observations_carry_severities_speakers_quotes_and_hypotheses(notes, config):
    observations = [each for note in notes for each in note.body.observations]
    assert {each.severity for each in observations} >= {1, 2, 3}
    kinds = {each.kind for each in observations} | {part.kind for each in observations for part in each.evidence}
    assert kinds >= {"pain", "delight", "need", "workaround", "behaviour", "surprise", "quote"}
    assert any(each.who for each in observations)
    assert {word for note in notes for word in note.hypotheses} == set(config.hypotheses)


def test_the_demo_has_room_for_a_note_of_its_own(notes):
    assert "brightline-hotels" not in {note.slug for note in notes}


def test_the_user_of_a_written_folder_is_the_author_of_its_first_commit(tmp_path):
    steps = tell(SHIPPED, TODAY, dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC))
    git = examples.write(tmp_path / "new" / "folder", steps)
    assert git.author() == ("Caroline Ruiz", "caroline@example.com")


def test_an_empty_directory_is_taken_as_it_is(tmp_path):
    steps = tell(SHIPPED, TODAY, dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC))
    assert examples.write(tmp_path, steps[:1]).top.samefile(tmp_path)


@pytest.mark.parametrize("there", ["file", "directory", "dangling link"])
def test_nothing_is_written_where_something_is(there, tmp_path):
    place = tmp_path / "demo"
    if there == "file":
        place.write_text("mine", encoding="utf-8")
    elif there == "dangling link":
        place.symlink_to(tmp_path / "nowhere")
    else:
        (place / "mine").mkdir(parents=True)
    (tmp_path / "demo-2").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(IlogError) as refused:
        examples.write(place, [])
    assert refused.value.code == Code.EXISTS
    assert refused.value.hint == f"ilog demo --dir {place}-3"
    assert sorted(tmp_path.rglob("*")) == before
