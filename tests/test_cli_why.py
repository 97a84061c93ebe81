"""`ilog why`: one note under the counting rule."""

import json

import pytest

from cli import ROOT


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("acme-freight-2026-11-18", "counts for 2026-W47: yes, 1 of 1"),
        ("hooli-2026-11-17", "counts for 2026-W47: no: sales, a sales call is work of its own kind, shown beside the count"),
        ("hooli-2026-11-11", "counts for 2026-W46: no: support-listen, listening in on support is work of its own kind"),
        ("umbrella-2026-11-04", "counts for 2026-W45: no: second-hand, it was heard through somebody else; welcome"),
        ("example-inc-2026-11-05", "counts for 2026-W45: no: own-company, colleagues are not customers; to mend it: name"),
        ("stark-2026-11-19", "counts for 2026-W47: no: empty, too little is written down in it yet; to mend it: add one"),
        ("soylent-2026-11-19", "counts for 2026-W47: no: uncommitted, it is not in git yet; to mend it: ilog save prod/"),
    ],
)  # fmt: skip
def test_a_note_counts_or_has_one_reason_and_its_mend(shelf, note, said):
    done = shelf.run("why", note)
    assert done.code == 0
    assert done.lines[0].endswith(f"/{note}.md")
    assert done.lines[1].startswith(said)


def test_it_says_for_whom_with_whom_and_how_long_after_the_call(shelf, team):
    assert shelf.run("why", "initech-2026-10-20").lines[2:] == [
        "for Dev Patel, paired with Eve Okafor", "came in on the day of the call",
    ]  # fmt: skip
    for when, said in (
        ("2026-11-19T09:00:00", "1 day after the call"),
        ("2026-11-30T09:00:00", "12 days after the call, late"),
    ):
        path = team.note(f"Acme {said[:2]}", "2026-11-18", when=when)
        assert team.run("why", path).lines[3] == f"came in {said}"


def test_a_duplicate_names_the_note_it_repeats(team):
    first = team.note("Acme", "2026-11-16")
    second = team.note("Acme", "2026-11-16", path=f"{ROOT}/reseller-portal/acme-2026-11-16-2.md")
    done = team.run("why", second)
    assert "no: duplicate, the same conversation is told in an earlier note" in done.stdout
    assert f"same as {first}: keep one, or name different participants" in done.stdout
    assert "yes, 1 of 1" in team.run("why", first).stdout


def test_as_json(shelf):
    assert json.loads(shelf.run("why", "umbrella-2026-11-04", "--json").stdout) == {
        "path": f"{ROOT}/checkout/umbrella-2026-11-04.md", "counted": False, "reason": "second-hand",
        "meaning": "it was heard through somebody else; welcome, and shown beside the count", "mend": None,
        "week": "2026-W45", "pm": "eve", "name": "Eve Okafor", "paired": None, "lag": 0, "done": 0, "goal": 1,
    }  # fmt: skip


def test_a_bad_note_is_65_and_a_missing_one_66(shelf):
    assert shelf.run("why", "broken-2026-11-16").code == 65
    assert shelf.run("why", "nothing").code == 66


def test_a_note_that_is_only_deleted_here_is_66_with_the_way_back(team):
    path = team.note("Acme", "2026-11-16")
    (team.top / path).unlink()
    done = team.run("why", path)
    assert done.code == 66
    assert f"next: git restore {path}" in done.stderr


def test_a_note_that_git_is_told_to_ignore_is_78(team):
    team.repo.commit({".gitignore": "acme*\n"})
    path = team.draft("Acme", "2026-11-16")
    done = team.run("why", path)
    assert (done.code, done.stderr) == (78, f"ilog: git leaves it out: {path}\n  next: git check-ignore -v {path}\n")
