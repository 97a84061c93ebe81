"""`ilog check`: what can be mended, with file, line and mend."""

import json

import golden
from cli import ROOT


def test_reports_stand_by_path_with_the_mend_below(shelf):
    done = shelf.run("check")
    golden.check("check.txt", done.stdout)
    assert (done.code, done.stderr) == (1, "1 error, 4 warnings\n")


def test_as_json_each_report_has_its_place_and_code(shelf):
    found = json.loads(shelf.run("check", "--json").stdout)
    assert {report["code"] for report in found} == {"invalid", "own-company", "consent-open", "empty"}
    assert found[0] == {
        "path": f"{ROOT}/checkout/broken-2026-11-16.md", "line": 1, "column": 1, "severity": "error", "code": "invalid",
        "message": "date is missing",
        "mend": "add a line such as date: 2026-11-18",
    }  # fmt: skip


def test_only_the_notes_named_are_reported_but_all_are_looked_at(team):
    first = team.note("Acme", "2026-11-16", consent="notes")
    second = team.note("Acme", "2026-11-16", path=f"{ROOT}/reseller-portal/acme-2026-11-16-2.md", consent="notes")
    both = team.run("check", first, second)
    assert (both.code, len(both.lines)) == (0, 2)
    assert "warning: the same conversation as " in both.stdout
    assert sorted([team.run("check", first).stdout, team.run("check", second).stdout]) == ["", both.stdout]


def test_all_in_order_is_said_and_exits_0(team):
    team.note("Acme", consent="notes")
    done = team.run("check")
    assert (done.code, done.stdout, done.stderr) == (0, "", "all notes are in order\n")
    assert team.run("check", "--json").stdout == "[]\n"


def test_warnings_alone_exit_0(team):
    team.note("Acme", consent="pending")
    done = team.run("check")
    assert (done.code, done.stderr) == (0, "1 warning\n")


def test_it_reads_the_work_tree_tracked_or_not(team):
    path = team.note("Acme", consent="notes")
    team.repo.write({path: team.read(path).replace("learning", "lerning")})
    team.draft("Globex", consent="pending")
    done = team.run("check")
    assert done.code == 1
    assert f"{path}:6:1: error: type: lerning is not known" in done.stdout
    assert "globex" in done.stdout


def test_other_files_under_the_root_are_named_once(team):
    team.repo.write({f"{ROOT}/readme.md": "x", f"{ROOT}/checkout/deep/er.md": "x", f"{ROOT}/checkout/deck.pdf": "x",
                     f"{ROOT}/.hidden.md": "x"})  # fmt: skip
    found = json.loads(team.run("check", "--json").stdout)
    assert [report["path"] for report in found] == [
        f"{ROOT}/checkout/deck.pdf",
        f"{ROOT}/checkout/deep/er.md",
        f"{ROOT}/readme.md",
    ]
    assert {(report["code"], report["severity"]) for report in found} == {("stray", "warning")}


def test_a_note_with_a_conflict_in_it_is_an_error(team):
    path = team.note("Acme")
    team.repo.write({path: team.read(path) + "<<<<<<< HEAD\n- pain: x\n=======\n- pain: y\n>>>>>>> theirs\n"})
    done = team.run("check")
    assert (done.code, "unresolved merge" in done.stdout) == (1, True)


def test_names_in_it_are_shown_harmless(team):
    team.note("Acme", segments='["\\e[31mx"]', body="# x\n\n- pian: \x1b]0;t\x07 \u202e\n")
    done = team.run("check")
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)
