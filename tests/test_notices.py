"""Notices: a stable code, one sentence, and the command or line that mends it."""

from datetime import date

import pytest

from builders import config
from interviewlog.insights import notices
from interviewlog.insights.notices import Notice, about_clocks, about_strangers, roster_line
from interviewlog.insights.people import NOBODY, Person
from interviewlog.settings import parse_config

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("notice", "code", "mend"),
    [
        (notices.shallow(), "shallow", "git fetch --unshallow"),
        (notices.partial_clone(), "partial-clone", "git fetch --refetch --no-filter origin"),
        (notices.partial_clone(3, "up"), "partial-clone", "git fetch --refetch --no-filter up"),
        (notices.replaced_refs(1), "replaced-refs", "git replace -l"),
        (notices.submodule("prod/interviews"), "submodule", "ilog stats --repo prod/interviews"),
        (notices.linked_mailmap(), "mailmap-symlink", "put the file itself in its place"),
        (notices.uncommitted_settings(), "config-uncommitted", "git commit ilog.yaml"),
    ],
)
def test_each_ends_with_its_mend(notice: Notice, code: str, mend: str):
    assert notice.code == code
    assert notice.message.endswith(f": {mend}")
    assert "\n" not in notice.message


def test_warnings_of_the_settings_are_passed_on():
    assert notices.about_settings(["a", "b"]) == [Notice("config", "a"), Notice("config", "b")]


def test_how_many_notes_are_missing_is_said_where_it_is_known():
    assert notices.partial_clone(1).message.startswith("1 note was never fetched")
    assert notices.partial_clone(2).message.startswith("2 notes were never fetched")


@pytest.mark.parametrize(
    ("committed", "noted", "said"),
    [
        (None, None, []),
        (date(2026, 11, 21), date(2020, 1, 1), []),
        (date(2026, 11, 23), date(2026, 11, 23), []),  # the author may be across the date line
        (date(2026, 11, 24), None, ["commit"]),
        (None, date(2062, 11, 18), ["note"]),
        (date(2031, 1, 1), date(2031, 1, 1), ["commit", "note"]),
    ],
)
def test_a_day_in_the_future_says_that_a_clock_is_wrong(committed: date | None, noted: date | None, said: list[str]):
    found = about_clocks(TODAY, committed, noted)

    assert {each.code for each in found} <= {"future-clock"}
    assert [each.message.split()[2] for each in found] == said


def test_somebody_off_the_roster_has_a_line_to_add_and_nobody_has_none():
    zoe = Person("zoe@x.org", "Zoe Ray", "zoe@x.org")
    (notice,) = about_strangers([NOBODY, zoe], config())

    assert (notice.code, notice.message.split(": ", 2)[2]) == (
        "unknown-person",
        'zoe: {name: "Zoe Ray", emails: [zoe@x.org]}',
    )


@pytest.mark.parametrize(
    "email", ["a,b@x.org", "#a@x.org", "[a]@x.org", "a: b@x.org", '"a"@x.org', "@x.org", "a\\b@x.org"]
)
def test_a_line_for_the_roster_can_be_read_whatever_the_name(email: str):
    line = roster_line("", 'Z"o\\e: #x', [email], config())
    (pm,) = parse_config(f"pms:\n  {line}\n").pms.values()

    assert (pm.name, pm.emails) == ("Z'oe: #x", (email,))
