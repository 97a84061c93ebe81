"""`ilog audit`: what history says of changes that move counts, told without a verdict."""

import csv
import io
import json
from typing import Any

import pytest

import golden
from cli import CONFIG, ROOT, Team, by
from gitrepo import Repo

LATER = "2026-11-19T09:00:00+0000"


def told(team: Team, *args: str) -> list[dict[str, Any]]:
    done = team.run("audit", "--all", "--json", *args)
    assert done.code == 0, done
    return json.loads(done.stdout)["entries"]


def what(team: Team, *args: str) -> list[str]:
    return [entry["what"] for entry in told(team, *args)]


def edit(team: Team, path: str, old: str, new: str, author: str = "caroline", when: str = LATER) -> str:
    text = team.read(path)
    assert old in text
    return team.repo.commit({path: text.replace(old, new)}, author=by(author), when=when)


def rules(team: Team, text: str, author: str = "caroline", when: str = LATER) -> str:
    return team.repo.commit({"ilog.yaml": text}, author=by(author), when=when)


# Notes that were changed


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("date: 2026-11-18", "date: 2026-11-11", "date changed from 2026-11-18 to 2026-11-11"),
        ("pm: caroline", "pm: [dev, eve]", "pm changed from caroline to dev, eve"),
        ("type: learning", "type: sales", "type changed from learning to sales"),
        ("type: learning", "type: learning\nsource: second-hand", "source: second-hand added"),
        ("pm: caroline\n", "", "pm: caroline removed"),
    ],
)
def test_a_change_of_what_counts_says_from_what_to_what_by_whom_and_when(team, old, new, words):
    path = team.note()
    commit = edit(team, path, old, new, "dev")

    (entry,) = told(team)

    assert entry["what"] == words
    assert (entry["kind"], entry["path"], entry["commit"], entry["day"]) == ("changed", path, commit, "2026-11-19")
    assert (entry["author"], entry["name"], entry["email"]) == ("dev", "Dev Patel", "dev@example.com")


def test_other_edits_and_another_word_for_the_same_pm_are_no_change(team):
    path = team.note()
    edit(team, path, "- pain:", "- delight:")
    edit(team, path, "pm: caroline", "pm: Caroline@example.com")
    edit(team, path, "date: 2026-11-18", 'date: "2026-11-18"')

    assert told(team) == []


def test_a_rename_is_followed_and_is_no_deletion(team):
    path = team.note()
    new = path.replace("2026-11-18", "2026-11-11")
    team.repo.move(path, new, text=team.read(path).replace("date: 2026-11-18", "date: 2026-11-11"), when=LATER)

    (entry,) = told(team)

    assert (entry["what"], entry["path"]) == ("date changed from 2026-11-18 to 2026-11-11", new)


def test_a_change_made_on_two_branches_is_judged_against_its_own_past_and_a_merge_decides_nothing(team):
    path = team.note(body="# A\n\n- pain: one\n\n\n\n\n\n\n- pain: last\n")
    team.repo.switch("side", new_at="main")
    edit(team, path, "date: 2026-11-18", "date: 2026-11-17")
    team.repo.switch("main")
    edit(team, path, "- pain: last", "- pain: other")
    team.repo.merge("side")

    assert what(team) == ["date changed from 2026-11-18 to 2026-11-17"]


def test_what_a_merge_itself_made_of_a_note_is_told(team):
    path = team.note()
    team.repo.switch("side", new_at="main")
    edit(team, path, "type: learning", "type: site-visit")
    team.repo.switch("main")
    edit(team, path, "type: learning", "type: win-loss")
    merged = team.repo.merge("side", files={path: team.read(path).replace("type: win-loss", "type: sales")}, when=LATER)

    (entry,) = [each for each in told(team) if each["commit"] == merged]

    assert entry["what"].startswith("type changed from ")
    assert entry["to"] == "sales"


def test_a_note_that_could_not_be_read_for_a_while_is_compared_with_what_it_said_before(team):
    path = team.note()
    text = team.read(path)
    team.repo.commit({path: "no front matter any more"}, when="2026-11-19T01:00:00+0000")
    team.repo.commit({path: b"\xff\xfe"}, when="2026-11-19T02:00:00+0000")
    team.repo.commit({path: text.replace("type: learning", "type: sales")}, when=LATER)

    assert what(team) == ["type changed from learning to sales"]


def test_a_note_that_could_never_be_read_has_nothing_to_tell(team):
    path = f"{ROOT}/checkout/odd-2026-01-01.md"
    team.repo.commit({path: "nothing"})
    team.repo.commit({path: "nothing yet"})

    assert told(team) == []


# Deletions


def test_a_deletion_and_a_restoration_are_told_and_what_came_back_different(team):
    path = team.note()
    text = team.read(path)
    team.repo.commit({path: None}, author=by("dev"), when="2026-11-19T01:00:00+0000")
    team.repo.commit({path: text.replace("pm: caroline", "pm: eve")}, author=by("eve"), when=LATER)

    entries = told(team)

    assert [entry["what"] for entry in entries] == ["deleted", "restored", "pm changed from caroline to eve"]
    assert [entry["author"] for entry in entries] == ["dev", "eve", "eve"]
    assert {entry["path"] for entry in entries} == {path}


def test_a_note_that_only_a_merge_deleted_is_told_and_one_that_a_branch_deleted_once(team):
    path, other = team.note("Acme"), team.note("Globex")
    team.repo.switch("side", new_at="main")
    gone = team.repo.commit({other: None}, when=LATER)
    team.repo.switch("main")
    team.repo.commit({"x": "x"})
    merged = team.repo.merge("side", files={path: None}, when=LATER)

    assert sorted((entry["commit"], entry["path"]) for entry in told(team)) == sorted([(gone, other), (merged, path)])


def test_the_path_of_a_renamed_and_deleted_note_is_its_last_one(team):
    path = team.note()
    new = path.replace("acme-freight", "acme")
    edit(team, path, "type: learning", "type: sales", when="2026-11-18T20:00:00+0000")
    team.repo.move(path, new, when="2026-11-18T21:00:00+0000")
    team.repo.commit({new: None}, when=LATER)

    assert [(entry["kind"], entry["path"]) for entry in told(team)] == [("changed", new), ("deleted", new)]


# Lag


def test_a_note_logged_more_than_a_week_after_the_call_says_how_long(team):
    team.note("Acme", "2026-11-02", when="2026-11-09T23:00:00+0000")
    late = team.note("Globex", "2026-11-02", when="2026-11-10T00:30:00+0000")

    (entry,) = told(team)

    assert (entry["what"], entry["lag"], entry["path"]) == ("logged 8 days after the call", 8, late)


def test_lag_is_of_the_first_version_and_a_later_date_does_not_change_it(team):
    path = team.note("Acme", "2026-11-02", when="2026-11-16T09:00:00+0000")
    edit(team, path, "date: 2026-11-02", "date: 2026-11-15")

    assert what(team) == ["logged 14 days after the call", "date changed from 2026-11-02 to 2026-11-15"]


def test_the_day_is_the_authors_own_at_their_own_offset(team):
    team.note("Acme", "2026-11-02", when="2026-11-10T00:30:00+1400")

    assert [(entry["day"], entry["lag"]) for entry in told(team)] == [("2026-11-10", 8)]


def test_notes_taken_over_from_elsewhere_are_never_late(team):
    team.note("Acme", "2025-01-07", imported="true", when="2026-11-10T09:00:00+0000")
    team.note("Globex", "2025-01-07", when="2026-11-10T09:00:00+0000")
    listed = team.repo.head[:12]
    rules(team, f"{CONFIG}imports: [{listed}]\n")

    assert what(team) == [f"imports: {listed} added"]


def test_a_shallow_clone_says_that_it_does_not_know_and_accuses_nobody(team, tmp_path):
    team.note("Acme", "2026-09-02", when="2026-11-10T09:00:00+0000")
    path = team.note("Globex", "2026-11-12")
    edit(team, path, "type: learning", "type: sales")
    team.repo.git("clone", "-q", "--depth", "2", f"file://{team.top}", str(tmp_path / "shallow"))
    shallow = Team(Repo(tmp_path / "shallow"))

    done = shallow.run("audit", "--all", "--json")

    assert [entry["what"] for entry in json.loads(done.stdout)["entries"]] == ["type changed from learning to sales"]
    assert [warning["code"] for warning in json.loads(done.stdout)["warnings"]] == ["shallow"]
    assert "git fetch --unshallow" in shallow.run("audit").stderr


# The rules


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{interviews: 1, minutes: 60}", "{interviews: 2, minutes: 60}",
         ["goal changed from 1 a week, 60 minutes to 2 a week, 60 minutes"]),
        ("{interviews: 1, minutes: 60}", "[{interviews: 1}, {interviews: 2, from: 2026-12-07, paired: counts}]",
         ["goal changed from 1 a week, 60 minutes to 1 a week, 60 minutes; 2 a week, 60 minutes, paired counts from 2026-12-07"]),
        ("schema: 1\n", "schema: 1\naway: [2026-W52..2026-W53, 2026-W33]\n",
         ["away weeks of everybody: 2026-W33 added", "away weeks of everybody: 2026-W52..2026-W53 added"]),
        ("  eve: {name: Eve Okafor, emails: [eve@example.com]}\n", "", ["roster: eve removed"]),
        ("[dev@example.com]", "[dev@example.com, d@x.org]", ["e-mails of dev: d@x.org added"]),
        ("name: Dev Patel,", "name: Dev P., from: 2026-03-02, until: 2026-12-31, away: [2026-W50], goal: {interviews: 0},",
         ["start of dev: 2026-03-02 added", "end of dev: 2026-12-31 added", "goal of dev: 0 a week, 60 minutes added",
          "away weeks of dev: 2026-W50 added"]),
        ("domains: [example.com], companies: [Example Inc]", "domains: [], companies: [Example Inc, Sub]",
         ["own domains: example.com removed", "own companies: Sub added"]),
        ("schema: 1\n", "schema: 1\nroot: notes\n", ["root changed from prod/interviews to notes"]),
        ("segments: [enterprise, mid-market, smb]", "segments: [enterprise]\nunknown: 1", []),
    ],
)  # fmt: skip
def test_a_change_of_the_rules_that_move_counts_is_told(team, old, new, words):
    assert old in CONFIG
    commit = rules(team, CONFIG.replace(old, new), "dev")

    entries = told(team)

    assert sorted(entry["what"] for entry in entries) == sorted(words)
    assert {(entry["commit"], entry["path"], entry["kind"], entry["author"]) for entry in entries} <= {
        (commit, "ilog.yaml", "settings", "dev")
    }


def test_the_first_rules_change_nothing_and_other_lines_neither(team):
    rules(team, "# a comment\n" + CONFIG)

    assert told(team) == []


def test_rules_that_could_not_be_used_are_told_and_compared_over(team):
    rules(team, "goal: [", when="2026-11-19T01:00:00+0000")
    rules(team, b"\xff", when="2026-11-19T02:00:00+0000")
    rules(team, CONFIG.replace("interviews: 1", "interviews: 3"), when=LATER)

    first, second, third = told(team)

    assert (first["kind"], second["kind"]) == ("unreadable", "unreadable")
    assert first["what"].startswith("cannot be used: ilog.yaml:1: ")
    assert third["what"] == "goal changed from 1 a week, 60 minutes to 3 a week, 60 minutes"


def test_rules_that_were_deleted_and_came_back_are_told_with_what_that_meant(team):
    team.repo.commit({"ilog.yaml": None}, when="2026-11-19T01:00:00+0000")
    rules(team, CONFIG)

    assert [words for words in what(team) if "roster" in words or ":" not in words] == [
        "deleted", "roster: caroline removed", "roster: dev removed", "roster: eve removed",
        "restored", "roster: caroline added", "roster: dev added", "roster: eve added",
    ]  # fmt: skip


def test_a_merge_that_joins_two_changes_of_the_rules_made_neither(team):
    team.repo.switch("side", new_at="main")
    rules(team, CONFIG.replace("schema: 1", "schema: 1\naway: [2026-W33]"))
    team.repo.switch("main")
    rules(team, CONFIG.replace("schema: 1", "schema: 1\naway: [2026-W52]"))
    team.repo.merge("side", files={"ilog.yaml": CONFIG.replace("schema: 1", "schema: 1\naway: [2026-W33, 2026-W52]")})

    assert sorted(what(team)) == [f"away weeks of everybody: 2026-W{number} added" for number in (33, 52)]


# What is asked for


def history(team: Team) -> Team:
    """Do some of everything, with neither author nor day the same throughout."""
    acme = team.note("Acme", "2026-08-03", pm="eve", when="2026-08-03T18:00:00+0000")
    edit(team, acme, "type: learning", "type: win-loss", "eve", when="2026-08-04T09:00:00+0000")
    team.note("Late Ltd", "2026-10-26", product="checkout", pm="dev", when="2026-11-06T18:00:00+0000")
    gone = team.note("Globex", "2026-11-12", product="checkout", pm="dev")
    moved = team.note("Initech", "2026-11-13", pm="caroline")
    edit(team, moved, "pm: caroline", "pm: dev", "caroline", when="2026-11-17T09:00:00+0000")
    team.repo.commit({gone: None}, author="Somebody <else@example.org>", when="2026-11-18T09:00:00+0000")
    rules(
        team,
        CONFIG.replace("interviews: 1", "interviews: 2").replace(
            "name: Dev Patel", "away: [2026-W50], name: Dev Patel"
        ),
    )
    return team


@pytest.fixture(scope="module")
def told_team(tmp_path_factory):
    return history(Team.start(tmp_path_factory.mktemp("audit") / "notes"))


def days(team: Team, *args: str) -> list[str]:
    done = team.run("audit", "--json", *args)
    assert done.code == 0, done
    return [entry["day"][5:] for entry in json.loads(done.stdout)["entries"]]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ((), ["11-06", "11-17", "11-18", "11-19", "11-19"]),
        (("--all",), ["08-04", "11-06", "11-17", "11-18", "11-19", "11-19"]),
        (("--since", "2026-11-18"), ["11-18", "11-19", "11-19"]),
        (("--until", "2026-11-06"), ["08-04", "11-06"]),
        (("--week", "2026-W45"), ["11-06"]),
        (("--pm", "eve", "--all"), ["08-04"]),
        (("--pm", "dev"), ["11-06", "11-17", "11-18", "11-19"]),
        (("--pm", "caroline"), ["11-17", "11-19", "11-19"]),
        (("--pm", "else@example.org"), ["11-18"]),
        (("--product", "checkout"), ["11-06", "11-18"]),
        (("--product", "checkout", "--pm", "caroline"), []),
    ],
)
def test_selectors_go_by_the_authors_day_by_author_or_pm_concerned_and_by_product(told_team, args, found):
    assert days(told_team, *args) == found


def test_all_and_a_time_exclude_each_other(told_team):
    done = told_team.run("audit", "--all", "--since", "2w")

    assert (done.code, done.stdout) == (2, "")


def test_piped_it_is_a_plain_table_with_the_newest_last(told_team):
    golden.check("audit.txt", told_team.run("audit", "--all").stdout)


@pytest.mark.parametrize("columns", [40, 72, 140])
def test_on_a_terminal_no_line_is_wider_than_it(told_team, columns):
    done = told_team.run("audit", columns=columns, plain=True)

    golden.check(f"audit-{columns}.txt", done.stdout)
    assert max(map(len, done.lines)) <= columns


def test_csv_has_a_line_an_entry_with_the_keys_of_the_json(told_team):
    rows = list(csv.DictReader(io.StringIO(told_team.run("audit", "--all", "--format", "csv").stdout)))
    entries = told(told_team)

    assert [row["commit"] for row in rows] == [entry["commit"] for entry in entries]
    assert set(rows[0]) == set(entries[0]) - {"pms"}


def test_json_says_what_it_is_true_of(told_team):
    golden.check("audit-json.txt", told_team.run("audit", "--json", "--week", "2026-W45").stdout)


def test_authors_go_by_the_mailmap(team):
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <dp@home.example>\n"})
    path = team.note("Globex", product="checkout", pm="dev")
    team.repo.commit({path: None}, author="Devvy <dp@home.example>", when=LATER)

    assert [(entry["author"], entry["name"]) for entry in told(team)] == [("dev", "Dev Patel")]
    assert told(team, "--pm", "dev") == told(team, "--pm", "dp@home.example") == told(team)


def test_an_empty_answer_is_no_failure(tmp_path, team):
    done = team.run("audit")
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr == "nothing to report since 2026-08-24: ilog audit --all\n"

    bare = Team.start(tmp_path / "empty", config=None)
    bare.repo.write({"ilog.yaml": CONFIG})
    done = bare.run("audit", "--all")
    assert (done.code, done.stdout, done.stderr) == (0, "", "nothing to report\n")


def test_a_bare_repository_is_audited_too(team, tmp_path):
    path = team.note()
    edit(team, path, "type: learning", "type: sales")
    team.repo.git("clone", "-q", "--bare", str(team.top), str(tmp_path / "notes.git"))

    done = team.run("audit", "--repo", str(tmp_path / "notes.git"))

    assert "type changed from learning to sales" in done.stdout


def test_what_others_wrote_cannot_act_on_the_reader(team):
    path = f"{ROOT}/checkout/a\x1b[31m-2026-11-18.md"
    team.note("Acme", path=path)
    team.repo.commit({path: None}, author="\x1b]0;x\x07=1+1 <e@x.org>", when=LATER)
    rules(team, "goal: [\x1b")

    for form in ("table", "csv", "json"):
        assert "\x1b" not in team.run("audit", "--format", form).stdout
    assert "\x1b" not in team.run("audit", columns=60, plain=True).stdout


def test_words_of_blame_are_in_no_answer(told_team):
    said = told_team.run("audit", "--all").stdout.lower()

    assert not [
        word for word in ("suspicious", "cheat", "violation", "warning", "wrong", "illegal", "offen") if word in said
    ]


def test_whoever_was_credited_while_a_note_named_nobody_is_concerned_when_it_names_somebody(team):
    path = team.note("Acme", "2026-11-18", pm=None)
    team.repo.commit({path: team.read(path).replace("type:", "pm: dev\ntype:")}, author=by("dev"))
    entries = json.loads(team.run("audit", "--pm", "caroline", "--all", "--json").stdout)["entries"]
    assert [(each["field"], each["to"]) for each in entries] == [("pm", "dev")], entries
