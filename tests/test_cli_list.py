"""`ilog list`: notes by date, narrowed by selectors."""

import csv
import io
import json

import pytest

import golden
from cli import ROOT
from interviewlog.store import files

BROKEN = f"{ROOT}/checkout/broken-2026-11-16.md"


def customers(team, *args: str, **more) -> list[str]:
    done = team.run("list", "--json", *args, **more)
    assert done.code == 0, done
    return [note["customer"] for note in json.loads(done.stdout)]


def test_piped_it_is_a_plain_table_by_date_and_a_bad_note_is_named_beside_it(shelf):
    done = shelf.run("list")
    golden.check("list.txt", done.stdout)
    assert done.code == 0
    assert done.stderr.startswith(f"skipped: {BROKEN}:1: ")
    assert done.stderr.endswith("1 note was skipped: ilog edit prod/interviews/checkout/broken-2026-11-16.md\n")


@pytest.mark.parametrize("columns", [40, 72, 120])
def test_on_a_terminal_no_line_is_wider_than_it(shelf, columns):
    done = shelf.run("list", columns=columns, plain=True)
    golden.check(f"list-{columns}.txt", done.stdout)
    assert max(map(len, done.lines)) <= columns


def test_colour_is_for_terminals_that_want_it(shelf):
    assert "\x1b[" in shelf.run("list", columns=80).stdout
    for refusal in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in shelf.run("list", columns=80, **refusal).stdout
    assert "\x1b" not in shelf.run("list", "--no-color", columns=80).stdout
    assert "\x1b" not in shelf.run("--no-color", "list", columns=80).stdout
    assert "\x1b" not in shelf.run("list").stdout


def test_paths_are_one_a_line_for_scripts(shelf):
    done = shelf.run("list", "--format", "paths")
    assert all(shelf.exists(line) for line in done.lines)
    assert len(done.lines) == len(shelf.run("list").lines) - 1


def test_csv_has_a_line_a_note_and_joins_lists(shelf):
    rows = list(csv.DictReader(io.StringIO(shelf.run("list", "--format", "csv").stdout)))
    assert [row["customer"] for row in rows] == customers(shelf)
    assert (rows[0]["pm"], rows[0]["date"], rows[0]["tldr"]) == ("dev; eve", "2026-10-20", "")


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--product", "reseller-portal"], "Bärenstark & Söhne, Acme Freight, Globex, Acme Freight, Soylent"),
        (["--customer", "Acme  freight"], "Acme Freight, Acme Freight"),
        (["--customer", "barenstark-sohne", "--customer", "globex"], "Bärenstark & Söhne, Globex"),
        (["--pm", "eve"], "Initech, Umbrella, Hooli"),
        (["--pm", "DEV@example.com", "--type", "sales"], "Hooli"),
        (["--type", "win-loss", "--type", "site-visit"], "Bärenstark & Söhne, Globex"),
        (["--segment", "smb"], "Bärenstark & Söhne"),
        (["--tag", "navigation"], "Acme Freight"),
        (["--tag", "#SSO", "--last", "2"], "Acme Freight, Soylent"),
        (["--since", "2026-11-17"], "Hooli, Acme Freight, Stark, Soylent"),
        (["--until", "2026-W43"], "Initech"),
        (["--since", "monday", "--until", "3d"], "Hooli"),
        (["--week", "this"], "Hooli, Acme Freight, Stark, Soylent"),
        (["--week", "last"], "Acme Freight, Hooli, Globex"),
        (["--last", "1"], "Soylent"),
        (["acme-freight-2026-11-18", "globex-2026-11-12"], "Globex, Acme Freight"),
        (["--week", "2026-W01"], ""),
    ],
)
def test_selectors_narrow(shelf, args, found):
    assert ", ".join(customers(shelf, *args)) == found


def test_a_tag_on_the_evidence_below_an_observation_is_found(team):
    team.note("Acme", body="# A\n\n- pain: x\n  - quote: y #hidden\n")
    assert customers(team, "--tag", "hidden") == ["Acme"]


@pytest.mark.parametrize(
    ("args", "next_"),
    [
        (["--type", "lerning"], "--type learning"),
        (["--product", "chekout"], "--product checkout"),
        (["--week", "2026-W60"], "write it as 2026-W47, or say this or last"),
        (["--since", "soon"], "write it as 2026-11-20, today, yesterday, monday, 3d or 2w"),
        (["--format", "xml"], "--format takes one of table, paths, csv, json"),
        (["--last", "-1"], "ilog list --help"),
        (["--nosuch"], "ilog list --help"),
    ],
)
def test_words_that_mean_nothing_are_refused_with_what_is_meant(shelf, args, next_):
    done = shelf.run("list", *args)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.endswith(f"  next: {next_}\n")


def test_an_empty_answer_is_an_answer(team):
    done = team.run("list")
    assert (done.code, done.stdout, done.stderr) == (0, "", "no notes yet: ilog new\n")
    team.note("Acme")
    done = team.run("list", "--type", "sales")
    assert (done.code, done.stdout, done.stderr) == (0, "", "no notes found: ilog list\n")
    assert team.run("list", "--type", "sales", "--json").stdout == "[]\n"
    assert len(team.run("list", "--type", "sales", "--format", "csv").lines) == 1


def test_the_work_tree_is_what_counts_here(team):
    path, gone = team.note("Acme"), team.note("Globex")
    team.repo.write({path: team.read(path).replace("Acme", "ACME"), gone: None})
    assert customers(team) == ["ACME"]


def test_not_utf_8_a_link_a_pipe_and_a_directory_among_good_notes(team, tmp_path):
    place = team.top / ROOT / "checkout"
    team.note("Acme")
    team.repo.commit({f"{ROOT}/checkout/latin-2026-11-16.md": b"---\ncustomer: M\xfcller\n---\n"})
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (place / "link-2026-11-16.md").symlink_to(tmp_path / "secret.md")
    (place / "dir-2026-11-16.md").mkdir()
    files.os.mkfifo(place / "pipe-2026-11-16.md")
    (team.top / ROOT / "linked").symlink_to(tmp_path)
    done = team.run("list")
    assert (done.code, len(done.lines)) == (0, 2)
    assert f"skipped: {ROOT}/checkout/latin-2026-11-16.md:2: not UTF-8" in done.stderr
    assert "secret" not in done.stdout + done.stderr
    for args in (["check"], ["stats"], ["save"], [], ["list", "--format", "paths"]):
        assert team.run(*args).code in {0, 1}, args
    for name in ("link", "pipe"):
        done = team.run("show", f"{ROOT}/checkout/{name}-2026-11-16.md")
        assert (done.code, "secret" in done.stdout) == (77, False)


def test_formulas_are_made_inert_in_csv(team):
    for number, name in enumerate(["=1+1", "+x", "-x", "@x", "|x", "%x", "\u00a0=x"], 1):
        team.draft(name, f"2026-11-0{number}", path=f"{ROOT}/checkout/x-2026-11-0{number}.md")
    rows = list(csv.DictReader(io.StringIO(team.run("list", "--format", "csv").stdout)))
    assert len(rows) == 7
    assert all(row["customer"].startswith("'") for row in rows)


def test_a_bare_repository_can_be_read(shelf, tmp_path):
    shelf.repo.git("clone", "-q", "--bare", str(shelf.top), str(tmp_path / "bare.git"))
    there = ("--repo", str(tmp_path / "bare.git"))
    assert customers(shelf, *there) == [name for name in customers(shelf) if name != "Soylent"]
    for args in (
        ["stats"],
        ["summary"],
        ["check"],
        ["show", "acme-freight-2026-11-18"],
        ["why", "globex-2026-11-12"],
        [],
    ):
        done = shelf.run(*args, *there)
        assert done.code in {0, 1}, (args, done)
        assert done.stdout


def test_a_week_and_days_narrow_each_other(team):
    early, late = team.note("Early", "2026-11-16"), team.note("Late", "2026-11-19")
    team.note("Before", "2026-11-10")
    assert team.run("list", "--format", "paths", "--week", "2026-W47", "--since", "2026-11-18").lines == [late]
    assert team.run("list", "--format", "paths", "--week", "2026-W47", "--until", "2026-11-17").lines == [early]


def test_a_pm_can_be_named_by_name_and_a_slip_is_said(team):
    mine = team.note("Acme", "2026-11-18")
    assert team.run("list", "--format", "paths", "--pm", "Caroline Ruiz").lines == [mine]
    slip = team.run("list", "--format", "paths", "--pm", "carolin")
    assert (slip.stdout, "did you mean caroline" in slip.stderr) == ("", True)


def test_paths_are_given_as_they_are_composed_or_not(team):
    name = f"{ROOT}/checkout/cafe\u0301-2026-11-18.md"
    team.repo.commit({name: team.read(team.note("Acme"))})
    assert name in team.run("list", "--format", "paths").lines
