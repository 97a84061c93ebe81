"""`ilog show`: one note to read."""

import json

import golden
from cli import ROOT


def test_a_note_is_shown_with_its_fields_and_its_text(shelf):
    done = shelf.run("show", "acme-freight-2026-11-18")
    assert (done.code, done.stderr) == (0, "")
    golden.check("show.txt", done.stdout)


def test_as_json_it_has_fields_observations_and_text(shelf):
    shown = json.loads(shelf.run("show", "acme-freight-2026-11-18", "--json").stdout)
    assert (shown["path"], shown["date"], shown["minutes"]) == (shelf.path(), "2026-11-18", 35)
    assert (shown["pm"], shown["roles"], shown["via"], shown["competitors"]) == (["caroline"], ["user"], None, [])
    assert shown["observations"][1] == {
        "kind": "pain", "text": "SSO took three days", "tags": ["sso"], "severity": 3, "who": "P1", "line": 17, "evidence": [],
    }  # fmt: skip
    assert shown["text"].startswith("# Acme Freight\n")


def test_a_note_not_committed_yet_is_shown_too(shelf):
    assert shelf.run("show", "soylent-2026-11-19").code == 0


def test_a_bad_note_is_65_with_the_line_and_the_mend(shelf):
    done = shelf.run("show", "broken-2026-11-16")
    assert (done.code, done.stdout) == (65, "")
    path = f"{ROOT}/checkout/broken-2026-11-16.md"
    assert done.stderr.startswith(f"ilog: {path}:1: ")
    assert done.stderr.endswith(f"  kept: {path}\n  next: ilog edit {path}\n")


def test_a_note_that_is_not_utf_8_says_so(team):
    path = f"{ROOT}/checkout/acme-2026-11-16.md"
    team.repo.commit({path: b"---\ndate: 2026-11-16\ncustomer: M\xfcller\ntype: learning\n---\n- pain: x\n"})
    done = team.run("show", path)
    assert done.code == 65
    assert f"{path}:3: not UTF-8; save it again as UTF-8" in done.stderr


def test_unknown_keys_are_kept_as_typed(team):
    path = team.note("Acme", "2026-11-16", deal='"007"', until_when="no")
    assert json.loads(team.run("show", path, "--json").stdout)["extra"] == {"deal": "007", "until_when": "no"}


def test_what_could_steer_a_terminal_is_shown_harmless(team):
    path = team.note(
        "Acme", "2026-11-16", tldr='"\\e[31mred\\u202e \\0"', body="# A\x1b]0;title\x07\n\n- pain: \u200bx\x9b31m\n"
    )
    for args in (("show", path), ("show", path, "--json"), ("list",), ("list", "--json"), ("summary", path)):
        done = team.run(*args, columns=100)
        assert done.code == 0
        shown = done.stdout.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
        if "--json" in args:
            assert "\x1b" not in done.stdout
            json.loads(done.stdout)
        else:
            assert not {"\x1b", "\u202e", "\x9b", "\x07", "\0"} & set(shown), args
