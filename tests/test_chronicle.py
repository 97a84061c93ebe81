"""The example notes, told as a history that ends in the week of today."""

import datetime as dt
import difflib

import pytest

from interviewlog.chronicle import Examples, Step, moved, tell
from interviewlog.interview import Interview
from interviewlog.note import parse
from interviewlog.notepath import FileName
from interviewlog.settings import parse_config
from interviewlog.store import examples
from interviewlog.weeks import Week

SHIPPED = examples.read()
LAST_WEEK = Week(2026, 47)
DAYS = [
    dt.date(2026, 11, 16),  # a Monday: most of the last week lies ahead
    dt.date(2026, 11, 17),
    dt.date(2026, 11, 21),
    dt.date(2027, 1, 3),  # the Sunday of a week 53
    dt.date(2027, 1, 4),
    dt.date(2028, 2, 29),
    dt.date(2026, 3, 1),  # before the examples
]
PATH = "prod/interviews/checkout/globex-2026-11-18.md"


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def told(day: dt.date) -> list[Step]:
    return tell(SHIPPED, day, noon(day))


def last_texts(steps: list[Step]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for step in steps:
        if step.renamed:
            texts[step.renamed[1]] = texts.pop(step.renamed[0])
        texts |= step.files
    return {path: text for path, text in texts.items() if path.endswith(".md")}


def small(notes: dict[str, str], config: str = "schema: 1\n") -> Examples:
    return Examples(config, "late: []\n", notes)


def note(day: str, *lines: str, body: str = "Talked.\n") -> str:
    front = "\n".join([f"date: {day}", 'customer: "Globex"', "type: learning", *lines])
    return f"---\n{front}\n---\n{body}"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_last_note_is_of_this_week_and_none_comes_after_today(day):
    days = [FileName.read(path).day for path in last_texts(told(day))]
    assert Week.of(max(days)) == Week.of(day)
    assert max(days) <= day


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("hours", [-12, 0, 12], ids=["midnight", "noon", "next midnight"])
def test_steps_come_in_order_and_before_now(day, hours):
    now = noon(day) + dt.timedelta(hours=hours)
    times = [step.when for step in tell(SHIPPED, day, now)]
    assert times == sorted(times)
    assert times[-1] < now


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_file_names_and_fields_say_the_same_day(day):
    for path, text in last_texts(told(day)).items():
        interview = parse(path, text.encode())
        assert isinstance(interview, Interview)
        assert (interview.slug, interview.date) == (FileName.read(path).customer, FileName.read(path).day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_note_is_lost_and_weekdays_stay(day):
    weekdays = sorted(FileName.read(path).day.weekday() for path in SHIPPED.notes)
    new = moved(SHIPPED, day).notes
    assert len(new) == len(SHIPPED.notes)
    if day.weekday() >= 2:
        assert sorted(FileName.read(path).day.weekday() for path in new) == weekdays


def test_the_same_moment_gives_the_same_history():
    assert told(DAYS[0]) == told(DAYS[0])
    assert told(DAYS[2]) == tell(SHIPPED, DAYS[2], noon(DAYS[2]) + dt.timedelta(hours=3))


def test_in_the_examples_own_week_nothing_is_moved():
    assert moved(SHIPPED, LAST_WEEK.sunday) == SHIPPED


def test_notes_change_in_their_dates_only():
    before = sorted(SHIPPED.notes.items())
    after = moved(SHIPPED, dt.date(2027, 2, 13)).notes
    for (path, old), (new_path, new) in zip(before, sorted(after.items()), strict=True):
        assert FileName.read(path).customer == FileName.read(new_path).customer
        changed = [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]
        assert [line[:7] for line in changed] == ["- date:", "+ date:"]


def test_a_note_that_would_lie_ahead_is_of_today_and_keeps_a_name_of_its_own():
    other = PATH.replace("18.md", "20.md")
    new = moved(small({PATH: note("2026-11-18"), other: note("2026-11-20")}), dt.date(2026, 11, 17)).notes
    names = [path.rpartition("/")[2] for path in new]
    assert names == ["globex-2026-11-17.md", "globex-2026-11-17-2.md"]
    assert all("date: 2026-11-17\n" in text for text in new.values())


def test_a_date_to_retain_until_moves_by_the_same_weeks_and_words_of_the_body_stay():
    text = note("2026-11-18", "retain_until: 2028-11-18", body="date: 2026-11-18, they said.\n")
    (new,) = moved(small({PATH: text}), dt.date(2026, 11, 24)).notes.values()
    assert "\ndate: 2026-11-24\n" in new
    assert "\nretain_until: 2028-11-25\n" in new
    assert new.endswith("\ndate: 2026-11-18, they said.\n")


def test_a_note_keeps_its_line_ends_and_comments():
    text = note("2026-11-18", "# a comment").replace("\n", "\r\n")
    (new,) = moved(small({PATH: text}), dt.date(2026, 11, 29)).notes.values()
    assert new == text.replace("2026-11-18", "2026-11-25")


def test_the_roster_moves_with_the_notes():
    before, after = parse_config(SHIPPED.config), parse_config(moved(SHIPPED, dt.date(2027, 1, 4)).config)
    weeks = dt.timedelta(weeks=7)
    assert {pm.handle: pm.since for pm in after.pms.values()} == {
        pm.handle: pm.since + weeks for pm in before.pms.values()
    }
    assert after.pms["hana"].away == {week + 7 for week in before.pms["hana"].away}
    assert after.away == {week + 7 for week in before.away}


def test_the_folder_is_set_up_first_by_the_first_of_the_roster():
    first, second, *_ = told(DAYS[0])
    assert first.author.handle == "caroline"
    assert set(first.files) == {"ilog.yaml", ".gitattributes", ".gitignore", ".mailmap"}
    assert first.when < second.when


def test_a_second_talk_of_a_day_is_written_down_after_the_first():
    steps = [step for step in told(DAYS[2]) if step.message == "Interview: Globex, checkout, 2026-10-20"]
    assert [FileName.read(next(iter(step.files))).number for step in steps] == [1, 2]


def test_notes_are_written_on_the_day_of_the_call_by_the_clock_of_their_pm_unless_late():
    lags = []
    for step in told(DAYS[2]):
        if step.message.startswith("Interview: "):
            lags.append((step.when.date() - FileName.read(next(iter(step.files))).day).days)
            assert 10 <= step.when.hour < 20
    assert sorted(lags)[-2:] == [3, 9]
    assert not any(sorted(lags)[:-2])


def test_a_note_misspelt_at_first_is_renamed_and_put_right():
    steps = told(DAYS[2])
    renaming = next(step for step in steps if step.renamed)
    wrong, right = renaming.renamed
    arrival = next(step for step in steps if wrong in step.files)
    assert arrival.when < renaming.when
    assert "Coperline Electric" in arrival.message + arrival.files[wrong]
    assert "Coperline" not in renaming.files[right]


def test_edits_add_to_the_end_and_one_is_by_a_colleague():
    steps = told(DAYS[2])
    arrivals = {path: step for step in steps if step.message.startswith("Interview: ") for path in step.files}
    pairs = [
        (arrivals[path], step)
        for step in steps
        for path in step.files
        if path in arrivals and arrivals[path] is not step and not step.renamed and not step.joins
    ]
    assert len(pairs) == 5
    assert sum(arrival.author != edit.author for arrival, edit in pairs) == 1
    for arrival, edit in pairs:
        ((path, text),) = edit.files.items()
        assert text.startswith(arrival.files[path].rstrip())
        assert text.endswith("\n")
        assert arrival.when < edit.when
