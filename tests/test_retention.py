"""How long a note may be kept, which ones are due, and what becomes of them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden
from cli import CONFIG, ROOT, ScriptedAsk, Team
from interviewlog.insights.retention import last_day
from interviewlog.interview import REDACTED
from test_imports import HEAVY, loaded


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2024, 11, 20), 24, date(2026, 11, 20)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 18), 0, None),
        (date(9990, 1, 1), 9999, None),
        (None, 24, None),
    ],
)
def test_the_last_day_is_that_of_so_many_months_later(day, months, last):
    assert last_day(day, months) == last


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_it_is_that_many_months_later_and_in_no_other(day, months):
    last = last_day(day, months)
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == day.day or (
        last.day < day.day and (last.toordinal() + 1) == last_day(day.replace(day=1), months + 1).toordinal()
    )


@pytest.fixture
def old(team: Team) -> Team:
    """Notes on both sides of the day."""
    team.note("Acme Freight", "2024-11-19", consent="quotes")
    team.note("Bärenstark & Söhne", "2024-11-20", product="checkout", pm="dev")
    team.note("Globex", "2024-12-20", product="checkout", pm="dev")
    team.note("Hooli", "2024-12-21", product="checkout", pm="eve")
    team.note("Initech", "2026-11-01", product="checkout", pm="eve", retain_until="2026-11-10")
    team.note("Umbrella", "2023-01-05", retain_until="2027-01-01")
    team.note("Stark", "2023-01-05", consent="withdrawn", body=f"{REDACTED}\n")
    return team


def due(team: Team, *args: str) -> list[str]:
    return [each["path"].rpartition("/")[2] for each in json.loads(team.run("retention", "--json", *args).stdout)]


def test_what_people_see(old):
    done = old.run("retention")
    golden.check("retention.txt", done.stdout)
    assert done.stderr == "2 notes are past retention, 2 notes will be by 2026-12-20: ilog retention --apply\n"
    assert done.code == 0


def test_what_programs_see(old):
    (first, *_) = json.loads(old.run("retention", "--json").stdout)
    assert first == {
        "path": f"{ROOT}/checkout/initech-2026-11-01.md", "product": "checkout", "customer": "Initech",
        "keep_until": "2026-11-10", "rule": "retain_until", "is_past": True,
    }  # fmt: skip


def test_the_last_day_itself_is_not_past(old):
    assert due(old, "--days", "0") == [
        "initech-2026-11-01.md",
        "acme-freight-2024-11-19.md",
        "barenstark-sohne-2024-11-20.md",
    ]
    assert [each["is_past"] for each in json.loads(old.run("retention", "--json", "--days", "0").stdout)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("args", "last"),
    [(("--days", "31"), "hooli"), (("--days", "30"), "globex"), (("--until", "2027-01-01"), "umbrella"), (("--until", "this"), "barenstark-sohne"),
     (("--days", "99999999"), "umbrella")],
)  # fmt: skip
def test_how_far_to_look_ahead_can_be_said(old, args, last):
    assert due(old, *args)[-1].startswith(last)


def test_a_day_that_is_over_is_refused(old):
    done = old.run("retention", "--until", "2020-01-01")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == (
        "ilog: --until looks ahead, and 2020-01-01 is over\n  next: ilog retention --until 2026-12-20\n"
    )
    assert old.run("retention", "--until", "2026-11-20").code == 0


@pytest.mark.parametrize("command", ["retention", "redact"])
def test_help_names_no_option_that_is_not_there(old, command):
    assert "--format" not in old.run(command, "--help").stdout


def test_apply_once_more_says_what_prints_the_page_again(old):
    old.run("retention", "--apply", "--yes")

    done = old.run("retention", "--apply", "--yes")

    assert done.stdout == ""
    first, *more = done.stderr.splitlines()
    assert first == "no note is past its retention"
    assert f"  ilog redact {old.path('Acme Freight', '2024-11-19')}" in more
    assert old.run("redact", old.path("Acme Freight", "2024-11-19")).stdout.startswith("# Redacted")


def test_words_that_are_no_day_are_refused(old):
    assert old.run("retention", "--until", "soon").code == 2
    assert old.run("retention", "--days", "-1").code == 2


def test_the_months_are_those_of_the_team_and_none_are_for_ever(old):
    old.repo.commit({"ilog.yaml": f"{CONFIG}retention_months: 0\n"})
    assert due(old) == ["initech-2026-11-01.md"]
    old.repo.commit({f"{ROOT}/checkout/initech-2026-11-01.md": None})
    done = old.run("retention")
    assert done.stdout == ""
    assert done.stderr == (
        "no note is past its retention, none will be by 2026-12-20"
        " (retention_months: 0 keeps notes for ever, unless they say retain_until)\n"
    )


def test_a_note_that_cannot_be_read_is_due_by_its_name_until_it_is_redacted(team):
    path = team.path("Acme Freight", "2024-01-02")
    team.repo.commit({path: "---\ncustomer: [Anna\n---\nAnna said\n"})
    assert due(team) == ["acme-freight-2024-01-02.md"]

    assert team.run("retention", "--apply", "--yes").code == 0

    assert "Anna" not in team.read(path)
    assert due(team) == []


def test_a_link_named_like_an_old_note_is_nothing_to_redact(team, tmp_path):
    path = team.top / team.path("Acme Freight", "2024-01-02")
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "victim.md")
    assert due(team) == []
    assert team.run("retention", "--apply", "--yes").code == 0


def test_a_note_whose_consent_was_withdrawn_by_hand_is_not_done_while_it_has_words(team):
    team.note("Acme Freight", "2024-01-02", consent="withdrawn")
    team.note("Globex", "2024-01-02", consent="withdrawn", body=f"{REDACTED}\n", tldr='"heard more"')
    assert due(team) == ["acme-freight-2024-01-02.md", "globex-2024-01-02.md"]


def test_drafts_are_due_too_and_redacted_where_they_are(team):
    path, head = team.draft("Acme Freight", "2024-01-02"), team.repo.head
    assert due(team) == ["acme-freight-2024-01-02.md"]
    assert team.run("retention", "--apply", "--yes").code == 0
    assert (team.read(path).endswith(f"{REDACTED}\n"), team.repo.head) == (True, head)


def test_apply_redacts_what_is_past_in_one_commit_and_nothing_else(old):
    before = json.loads(old.run("stats", "--json", "--weeks", "all").stdout)

    done = old.run("retention", "--apply", "--yes")

    assert done.code == 0
    assert old.subject() == "Redact: 2 notes past their retention"
    paths = {f"{ROOT}/checkout/initech-2026-11-01.md", old.path("Acme Freight", "2024-11-19")}
    assert old.repo.files_of() == paths
    assert all(old.read(path).endswith(f"---\n{REDACTED}\n") for path in paths)
    assert done.stdout.count("git filter-repo --prune-empty") == 1
    assert "SSO setup" not in done.stdout
    after = json.loads(old.run("stats", "--json", "--weeks", "all").stdout)
    assert after | {"at": ""} == before | {"at": ""}
    assert old.run("retention").stderr == "no note is past its retention, 2 notes will be by 2026-12-20\n"
    assert old.run("retention", "--apply", "--yes").stdout == ""


def test_apply_asks_first_and_says_what_it_did_as_json(old):
    head = old.repo.head
    assert old.run("retention", "--apply", ask=ScriptedAsk("n")).stderr.endswith("nothing was redacted\n")
    assert old.run("retention", "--apply").code == 2
    assert old.repo.head == head
    found = json.loads(old.run("retention", "--apply", "--json", ask=ScriptedAsk("yes")).stdout)
    assert len(found["redacted"]) == 2
    assert found["commit"] == old.repo.head


def test_one_note_is_one_note(team):
    team.note("Acme Freight", "2024-01-02")
    assert (
        team.run("retention").stderr == "1 note is past retention, none will be by 2026-12-20: ilog retention --apply\n"
    )
    team.run("retention", "--apply", "--yes")
    assert team.subject() == "Redact: 1 note past its retention"


def test_a_bare_repository_can_be_asked_and_not_changed(old, tmp_path):
    bare = tmp_path / "bare.git"
    old.repo.commit({old.path("Broken", "2024-01-02"): "---\ncustomer: [Anna\n---\nAnna said\n"})
    old.repo.git("clone", "-q", "--bare", str(old.top), str(bare))
    assert len(due(old, "--repo", str(bare))) == 5
    assert old.run("retention", "--apply", "--yes", "--repo", str(bare)).code == 78


def test_what_is_due_is_known_from_the_index_as_from_the_notes(old):
    wanted = due(old, "--until", "2030-01-01")
    (old.top / ".git" / "ilog").rename(old.top / ".git" / "gone")
    (old.top / ".git" / "ilog").touch()
    assert due(old, "--until", "2030-01-01") == wanted
    assert len(wanted) == 6


def test_neither_command_loads_a_heavy_library(old):
    for args in (["retention"], ["retention", "--apply", "--yes"], ["redact", "globex", "--yes"]):
        assert not loaded(old, *args) & HEAVY


def test_nothing_is_due_in_a_new_folder(team):
    assert due(team) == []
    assert team.run("retention").stderr == "no note is past its retention, none will be by 2026-12-20\n"
