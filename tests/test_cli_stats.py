"""`ilog stats`: the table, its other shapes, and what it is true of."""

import csv
import io
import json
import os
import re
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

import golden
import independent
import ledgerfolder
from builders import note_text
from cli import CONFIG, ROOT, Team, by
from gitrepo import Repo
from interviewlog.fields import RELATIONSHIPS, SOURCES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
WEEKS = [f"2026-W{number}" for number in range(40, 48)]


def stats(team: Team, *args: str, **more) -> dict:
    done = team.run("stats", "--format", "json", *args, **more)
    assert done.code == 0, done
    return json.loads(done.stdout)


def person(found: dict, pm: str) -> dict:
    return next(each for each in found["people"] if each["pm"] == pm)


def codes(found: dict) -> list[str]:
    return [warning["code"] for warning in found["warnings"]]


def steady(team: Team, text: str) -> str:
    return text.replace(team.repo.head, "1234567" * 5).replace(team.repo.head[:7], "1234567")


# Shapes


@pytest.mark.parametrize(
    ("name", "args", "columns"),
    [
        ("stats", [], 0),
        ("stats-40", [], 40),
        ("stats-72", [], 72),
        ("stats-80", [], 80),
        ("stats-120", [], 120),
        ("stats-120-26-weeks", ["--weeks", "26"], 120),
        ("stats-160-26-weeks", ["--weeks", "26"], 160),
        ("stats-by-product", ["--by", "product", "--weeks", "4"], 0),
        ("stats-commits", ["--basis", "commits", "--weeks", "5"], 0),
        ("stats-markdown", ["--format", "markdown"], 0),
        ("stats-slack", ["--format", "slack"], 0),
        ("stats-csv", ["--format", "csv", "--weeks", "2"], 0),
        ("stats-json", ["--format", "json", "--weeks", "2"], 0),
        ("stats-explain", ["--explain"], 0),
    ],
)
def test_what_people_and_programs_see(shelf, name, args, columns):
    done = shelf.run("stats", *args, columns=columns, plain=True)
    golden.check(f"{name}.txt", steady(shelf, done.stdout))
    assert done.code == 0
    if columns:
        assert max(map(len, done.stdout.split("\n\n")[1].splitlines())) <= columns


def test_a_terminal_with_colours_shades_by_level_and_no_color_is_respected(shelf):
    done = shelf.run("stats", "--weeks", "12", columns=120, TERM="xterm")
    golden.check("stats-colour.txt", steady(shelf, done.stdout))
    assert "\x1b[" in done.stdout
    for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"columns": 0}):
        assert "\x1b[" not in shelf.run("stats", "--weeks", "12", **{"columns": 120, "TERM": "xterm", **more}).stdout


def test_readme_names_every_key_of_the_json(shelf):
    def keys(value):
        if isinstance(value, dict):
            named = {key for key in value if not key[:1].isdigit()}
            return named.union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    documented = README.partition("<!-- json -->")[2].partition("<!-- /json -->")[0]
    found = stats(shelf, "--by", "type", "--show-identities")
    words = {*RELATIONSHIPS, *SOURCES, "unknown"}
    assert keys(found) - words - set(re.findall(r"`([a-z_]+)`", documented)) == set()


def test_json_has_the_keys_of_the_contract(shelf):
    found = stats(shelf, "--weeks", "2")
    assert set(found) >= {"basis", "at", "goal", "weeks", "current_week", "people", "team", "not_counted", "warnings"}
    assert (found["basis"], found["goal"], found["weeks"], found["current_week"]) == (
        "calls",
        1,
        WEEKS[-2:],
        "2026-W47",
    )
    assert found["at"] == shelf.repo.head
    assert found["team"]["counts"] == {"2026-W46": 2, "2026-W47": 1}
    assert found["team"]["attainment"]["2026-W46"] == {"met": 2, "active": 3}
    caroline = person(found, "caroline")
    assert {key: caroline[key] for key in (
        "pm", "name", "email", "on_roster", "counts", "total", "weeks_met", "weeks_active", "streak", "last", "days_since",
        "minutes", "notes_without_minutes", "paired", "observed", "away", "sales", "support_listen", "second_hand",
        "customers", "non_customers", "users",
    )} == {
        "pm": "caroline", "name": "Caroline Ruiz", "email": "caroline@example.com", "on_roster": True,
        "counts": {"2026-W46": 1, "2026-W47": 1}, "total": 2, "weeks_met": 2, "weeks_active": 2, "streak": 3,
        "last": "2026-11-18", "days_since": 2, "minutes": 85, "notes_without_minutes": 0, "paired": 0, "observed": 0,
        "away": [], "sales": 0, "support_listen": 0, "second_hand": 0, "customers": 2, "non_customers": 0, "users": 2,
    }  # fmt: skip
    assert {
        "path": f"{ROOT}/checkout/hooli-2026-11-17.md",
        "pm": "dev",
        "week": "2026-W47",
        "reason": "sales",
    }.items() <= (found["not_counted"][2].items())


def test_csv_is_long_with_zeros_too(shelf):
    rows = list(csv.DictReader(io.StringIO(shelf.run("stats", "--format", "csv", "--weeks", "3").stdout)))
    assert list(rows[0]) == ["pm", "name", "email", "week", "count"]
    assert len(rows) == 3 * 3
    assert rows[0] == {
        "pm": "caroline",
        "name": "Caroline Ruiz",
        "email": "caroline@example.com",
        "week": "2026-W45",
        "count": "1",
    }


def test_json_csv_and_table_agree(shelf):
    found = stats(shelf, "--weeks", "8")
    rows = csv.DictReader(io.StringIO(shelf.run("stats", "--format", "csv", "--weeks", "8").stdout))
    counted = Counter({(row["pm"], row["week"]): int(row["count"]) for row in rows})
    assert counted == {(p["pm"], week): n for p in found["people"] for week, n in p["counts"].items()}
    for week, number in found["team"]["counts"].items():
        assert number == sum(p["counts"][week] for p in found["people"])


@pytest.mark.parametrize(
    ("by_what", "groups"),
    [
        ("product", {"checkout": 2, "reseller-portal": 4}),
        ("segment", {"enterprise": 1, "smb": 1, "unknown": 3}),
        ("type", {"learning": 3, "site-visit": 1, "win-loss": 1}),
        ("relationship", {"customer": 3, "non-customer": 1, "prospect": 1}),
    ],
)
def test_groups(shelf, by_what, groups):
    found = stats(shelf, "--by", by_what)
    assert {group["key"]: group["total"] for group in found["groups"]} == groups
    assert all(list(group["counts"]) == WEEKS for group in found["groups"])
    assert "groups" not in stats(shelf, "--by", "pm")


def test_a_bad_note_is_named_and_counts_for_nobody(shelf):
    broken = f"{ROOT}/checkout/broken-2026-11-16.md"
    assert broken in shelf.run("stats").stdout
    for form in ("markdown", "slack", "csv", "json", "table"):
        assert f"skipped: {broken}: line 1: " in shelf.run("stats", "--format", form).stderr
    undated = next(each for each in stats(shelf, "--weeks", "1", "--until", "2026-W01")["not_counted"])
    assert (undated["path"], undated["week"], undated["reason"]) == (broken, None, "invalid")


def test_explain_gives_the_rule_and_every_reason(shelf):
    done = shelf.run("stats", "--explain")
    for word in ("sales", "support-listen", "second-hand", "own-company", "empty", "uncommitted", "invalid"):
        assert any(line.split()[1:2] == [word] for line in done.lines if line.startswith(ROOT)), word
    for form in ("json", "csv"):
        done = shelf.run("stats", "--explain", "--format", form)
        assert "How ilog counts" in done.stderr
        assert "How ilog counts" not in done.stdout


@pytest.mark.parametrize(
    ("args", "next_"),
    [
        (["--weeks", "0"], "ilog stats --weeks all"),
        (["--weeks", "x"], "ilog stats --weeks all"),
        (["--weeks", "99999999999"], "ilog stats --weeks all"),
        (["--basis", "call"], "--basis calls"),
        (["--by", "week"], "--by takes one of"),
        (["--at", "nosuch"], "git log --oneline"),
        (["--at", "--output=x"], "git log --oneline"),
        (["--until", "2026-W60"], "write it as 2026-W47"),
        (["--goal", "-1"], "ilog stats --help"),
        (["--format", "html"], "--format takes one of"),
    ],
)
def test_words_that_mean_nothing_are_refused(shelf, args, next_):
    done = shelf.run("stats", *args)
    assert (done.code, done.stdout) == (2, "")
    assert f"  next: {next_}" in done.stderr


# Windows, goals, moments


def test_until_ends_the_window(shelf):
    found = stats(shelf, "--weeks", "2", "--until", "last")
    assert found["weeks"] == ["2026-W45", "2026-W46"]
    assert person(found, "caroline")["total"] == 2
    assert stats(shelf, "--weeks", "1", "--until", "2026-W45")["weeks"] == ["2026-W45"]


def test_all_weeks_run_from_the_first_note_to_now_or_until(shelf):
    assert stats(shelf, "--weeks", "all")["weeks"] == WEEKS[3:]
    assert stats(shelf, "--weeks", "all", "--until", "2026-W44")["weeks"] == ["2026-W43", "2026-W44"]


def test_a_table_shows_at_most_26_weeks_and_says_so_but_json_all(team):
    team.note("Acme", "2025-11-18")
    assert len(stats(team, "--weeks", "all")["weeks"]) == 53
    shown = team.run("stats", "--weeks", "all").stdout
    assert len([word for word in shown.splitlines()[2].split() if "W" in word]) == 26
    assert "27 earlier weeks not shown here" in shown


def test_another_goal_for_once(shelf):
    found = stats(shelf, "--goal", "2")
    assert found["goal"] == 2
    assert person(found, "caroline")["weeks_met"] == 0
    assert stats(shelf, "--goal", "0")["team"]["attainment"]["2026-W40"] == {"met": 3, "active": 3}


def test_the_roster_is_shown_whole_also_without_a_single_note(team):
    found = stats(team)
    assert [(p["pm"], p["total"], p["last"]) for p in found["people"]] == [
        ("caroline", 0, None), ("dev", 0, None), ("eve", 0, None),
    ]  # fmt: skip
    assert "never" in team.run("stats").stdout


def test_before_the_first_commit_it_says_so(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.repo.write({"ilog.yaml": CONFIG})
    team.draft("Acme")
    done = team.run("stats")
    assert done.code == 0
    assert "nothing committed yet" in done.lines[0]
    assert "1 note is not committed: ilog save" in done.stdout
    found = stats(team)
    assert (found["at"], found["not_counted"][0]["reason"]) == (None, "uncommitted")
    for args in (["--basis", "commits"], ["--by", "product"], ["--format", "slack"], ["--weeks", "all"]):
        assert team.run("stats", *args).code == 0


def test_at_a_commit_notes_roster_rules_and_today_are_those_of_the_commit(team):
    team.note("Acme", "2026-01-05")
    then = team.repo.head
    team.note("Globex", "2026-01-06")
    team.repo.commit({"ilog.yaml": "schema: 1\ngoal: {interviews: 5}\npms: {zoe: {name: Zoe}}\nroot: elsewhere\n"})
    team.draft("Draft", path="elsewhere/checkout/draft-2026-11-18.md")
    found = stats(team, "--at", then)
    assert (found["at"], found["goal"], found["current_week"]) == (then, 1, "2026-W02")
    assert [p["pm"] for p in found["people"]] == ["caroline", "dev", "eve"]
    assert person(found, "caroline")["counts"]["2026-W02"] == 1
    assert found["not_counted"] == []
    assert f"as of 2026-01-05 at {then[:7]}" in team.run("stats", "--at", then).lines[0]
    assert [p["pm"] for p in stats(team)["people"]] == ["zoe"]


def test_rules_that_are_not_committed_hold_and_are_said(team):
    assert codes(stats(team)) == []
    team.repo.write({"ilog.yaml": CONFIG.replace("interviews: 1", "interviews: 3")})
    found = stats(team)
    assert (found["goal"], codes(found)) == (3, ["config-uncommitted"])
    assert "Mind: ilog.yaml differs from the committed one" in team.run("stats").stdout
    assert codes(stats(team, "--at", "HEAD")) == []


def test_an_unknown_setting_is_a_warning_with_what_was_meant(team):
    team.repo.commit({"ilog.yaml": CONFIG + "segmets: [x]\n"})
    (warning,) = stats(team)["warnings"]
    assert warning["code"] == "config"
    assert "did you mean segments?" in warning["message"]


def test_an_unusable_configuration_is_78_with_the_place(team):
    team.repo.write({"ilog.yaml": "goal: [\n"})
    for args in (["stats"], ["new", "x", "y"], ["list"], []):
        done = team.run(*args)
        assert (done.code, "ilog.yaml:" in done.stderr) == (78, True)


# Who


def test_people_off_the_roster_are_shown_with_the_line_that_adds_them(team):
    team.note("Acme", "2026-11-18", pm="zoe@example.com")
    team.note("Globex", "2026-11-18", pm="contractor")
    found = stats(team)
    assert {key: person(found, "zoe@example.com")[key] for key in ("email", "on_roster", "total")} == {
        "email": "zoe@example.com", "on_roster": False, "total": 1,
    }  # fmt: skip
    assert person(found, "contractor")["email"] is None
    assert codes(found) == ["unknown-person", "unknown-person"]
    line = found["warnings"][1]["message"].split("in ilog.yaml: ")[1]
    handle = line.partition(":")[0]
    team.repo.commit({"ilog.yaml": CONFIG.replace("pms:\n", f"pms:\n  {line}\n")})
    assert person(stats(team), handle)["total"] == 1


def test_without_a_pm_the_author_is_credited_through_the_mailmap_but_an_import_credits_nobody(team):
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <dp@laptop.local>\n"})
    team.note("Acme", "2026-11-18", pm=None, author="dp <dp@laptop.local>")
    team.note("Globex", "2026-11-18", pm=None, author="Ann <ann@example.com>")
    imported = team.repo.head
    assert {p["pm"]: p["total"] for p in stats(team)["people"] if p["total"]} == {"dev": 1, "ann@example.com": 1}
    team.repo.commit({"ilog.yaml": CONFIG + f"imports: [{imported}]\n"})
    found = stats(team)
    assert {p["pm"]: p["total"] for p in found["people"] if p["total"]} == {"dev": 1, "unknown": 1}
    assert codes(found) == []


def test_the_mailmap_folds_an_address_that_a_note_names(team):
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <dp@laptop.local>\n"})
    team.note("Acme", "2026-11-18", pm="dp@laptop.local")
    assert person(stats(team), "dev")["total"] == 1


def test_names_from_outside_are_harmless_in_every_shape(team):
    team.repo.commit({"ilog.yaml": CONFIG.replace("Eve Okafor", '"\\e[31m=1+1|*_\u202e<!here>"')})
    team.note("Acme", "2026-11-18", pm="eve")
    team.note("Globex", "2026-11-18", pm='"=cmd()"')
    for form in ("table", "markdown", "slack", "csv", "json"):
        done = team.run("stats", "--format", form)
        assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr) or form == "json", form
        assert "\x1b" not in done.stdout
    rows = list(csv.DictReader(io.StringIO(team.run("stats", "--format", "csv").stdout)))
    assert {row["pm"][0] for row in rows if "cmd" in row["pm"]} == {"'"}
    markdown = team.run("stats", "--format", "markdown").stdout
    assert "\\|\\*\\_" in markdown


# What history does to it


def test_a_renamed_note_stays_with_the_pm_who_wrote_it(team):
    old = team.note("Acme Fright", "2026-11-18", pm=None, author=by("dev"))
    new = team.path("Acme Freight")
    team.repo.move(old, new, author=by("eve"), when="2026-11-25T10:00:00")
    assert {p["pm"]: p["total"] for p in stats(team)["people"]} == {"caroline": 0, "dev": 1, "eve": 0}
    found = stats(team, "--basis", "commits")
    assert person(found, "dev")["counts"]["2026-W47"] == 1
    assert found["team"]["total"] == 1


def test_an_edit_is_not_counted(team):
    path = team.note("Acme", "2026-11-18", author=by("dev"), pm="dev")
    team.repo.commit({path: team.read(path) + "- need: x\n"}, author=by("eve"), when="2026-11-19T10:00:00")
    for basis in ("calls", "commits"):
        assert {p["pm"]: p["total"] for p in stats(team, "--basis", basis)["people"] if p["total"]} == {"dev": 1}


def test_a_merge_counts_nothing_twice(team):
    team.repo.switch("side", new_at="HEAD")
    team.note("Acme", "2026-11-18", pm="dev")
    team.repo.switch("main")
    team.note("Globex", "2026-11-18", pm="eve")
    team.repo.merge("side", author=by("caroline"))
    for basis in ("calls", "commits"):
        found = stats(team, "--basis", basis)
        assert {p["pm"]: p["total"] for p in found["people"]} == {"caroline": 0, "dev": 1, "eve": 1}


def test_a_deleted_note_counts_in_the_audit_unless_only_existing_ones_are_asked_for(team):
    path = team.note("Acme", "2026-11-18", pm="dev")
    team.repo.commit({path: None})
    assert stats(team)["team"]["total"] == 0
    assert stats(team, "--basis", "commits")["team"]["total"] == 1
    assert stats(team, "--basis", "commits", "--existing")["team"]["total"] == 0


def test_the_audit_goes_by_the_authors_own_clock(team):
    team.note("Acme", "2026-11-18", pm="dev", when="2026-11-22T23:30:00-0800")
    assert person(stats(team, "--basis", "commits", today=date(2026, 11, 27)), "dev")["counts"]["2026-W47"] == 1


def test_a_note_that_is_not_committed_is_shown_not_counted(team):
    path = team.draft("Acme", "2026-11-18")
    found = stats(team)
    assert found["team"]["total"] == 0
    assert (found["not_counted"][0]["path"], found["not_counted"][0]["reason"]) == (path, "uncommitted")


def test_a_note_that_came_in_late_counts_in_its_week_and_is_marked(team):
    team.note("Acme", "2026-10-20", when="2026-11-18T10:00:00")
    assert person(stats(team), "caroline")["counts"]["2026-W43"] == 1
    assert person(stats(team), "caroline")["late"] == 1


def test_the_team_has_the_same_figures_as_its_pms_and_shares_their_denominators(shelf):
    found = stats(shelf)
    team = found["team"]
    for key in ("minutes", "notes_without_minutes", "late", "lags", "sales", "support_listen", "second_hand", "users",
                "customers", "non_customers", "relationships_known", "weeks_heard", "weeks_mixed"):  # fmt: skip
        assert team[key] == sum(each[key] for each in found["people"]), key
    assert (team["customers"], team["non_customers"], team["relationships_known"]) == (3, 2, 5)
    assert (team["companies"], team["lags"], team["lag_median"], team["weeks_heard"]) == (4, 5, 0, 5)
    assert person(found, "caroline")["met"] == ["2026-W45", "2026-W46", "2026-W47"]
    assert found["goals"] == person(found, "caroline")["goals"] == dict.fromkeys(WEEKS, 1)


def test_a_new_goal_never_judges_old_weeks_again(team):
    for day in ("2026-11-04", "2026-11-11", "2026-11-18"):
        team.note("Acme", day)
    goals = "goal: [{interviews: 1}, {interviews: 2, from: 2026-11-16}]\n"
    team.repo.commit({"ilog.yaml": CONFIG.replace("goal: {interviews: 1, minutes: 60}\n", goals)})
    found = stats(team, "--weeks", "3")
    assert (found["goal"], list(found["goals"].values())) == (2, [1, 1, 2])
    assert person(found, "caroline")["met"] == ["2026-W45", "2026-W46"]
    assert person(found, "caroline")["streak"] == 2
    assert "goal 2 (1 until 2026-W46)" in team.run("stats", "--weeks", "3").lines[0]


def test_the_goal_holds_in_weeks_that_lie_whole_within_from_and_until_and_outside_talks_still_count(team):
    rules = CONFIG.replace(
        "emails: [eve@example.com]", "emails: [eve@example.com], from: 2026-11-03, until: 2026-11-20"
    )
    team.repo.commit({"ilog.yaml": rules})
    team.note("Acme", "2026-11-04", pm="eve")
    eve = person(stats(team, "--weeks", "4"), "eve")
    assert (eve["total"], list(eve["goals"])) == (1, ["2026-W46"])
    assert (eve["weeks_met"], eve["weeks_active"]) == (0, 1)


def test_a_second_pm_in_the_first_four_weeks_meets_the_goal_by_a_pair(team):
    team.repo.commit({"ilog.yaml": CONFIG.replace("emails: [eve@example.com]", "from: 2026-11-02")})
    team.note("Acme", "2026-11-11", pm="[dev, eve]")
    found = stats(team, "--weeks", "3")
    assert (person(found, "eve")["total"], person(found, "eve")["met"]) == (0, ["2026-W46"])
    assert found["team"]["attainment"]["2026-W46"] == {"met": 2, "active": 3}
    assert "0+1✓" in team.run("stats", "--weeks", "3").stdout


def test_one_note_on_two_products_is_one_credit_seen_under_each(team):
    team.note("Acme", "2026-11-18", also_products="[checkout]")
    found = stats(team, "--by", "product")
    assert (found["team"]["total"], person(found, "caroline")["total"]) == (1, 1)
    assert {each["key"]: each["total"] for each in found["groups"]} == {"checkout": 1, "reseller-portal": 1}


# Who was taken for whom


def identities(team: Team, *args: str) -> dict:
    return stats(team, "--show-identities", *args)["identities"]


def traces(found: dict, pm: str) -> list[tuple[str, str, str | None]]:
    return next(traces_of(each) for each in found["people"] if each["pm"] == pm)


def traces_of(one: dict) -> list[tuple[str, str, str | None]]:
    return [(each["source"], each["text"], each["how"]) for each in one["traces"]]


def test_identities_show_every_name_and_what_folded_it(team):
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <dp@laptop.local>\n"})
    team.note("Acme", "2026-11-18", pm="Dev", author="dp <dp@laptop.local>")
    found = identities(team)
    assert traces(found, "dev") == [("git", "dp <dp@laptop.local>", "mailmap"), ("notes", "Dev", "case")]
    assert found["look_alikes"] == []
    assert [each["pm"] for each in found["people"]] == ["caroline", "dev", "eve"]


@pytest.mark.parametrize("mend", ["mailmap", "roster"])
def test_either_line_beside_a_look_alike_folds_it(team, mend):
    team.note("Acme", "2026-11-18", pm=None, author="Dev Patel <dev.patel@laptop.local>")
    assert person(stats(team), "dev.patel@laptop.local")["total"] == 1
    (pair,) = identities(team)["look_alikes"]
    assert (pair["pm"], pair["other"], pair["why"]) == ("dev", "dev.patel@laptop.local", "the same name")
    if mend == "mailmap":
        team.repo.commit({".mailmap": "\n".join(pair["mailmap"]) + "\n"})
    else:
        team.repo.commit({"ilog.yaml": CONFIG.replace("emails: [dev@example.com]", pair["roster"])})
    assert person(stats(team), "dev")["total"] == 1
    assert identities(team)["look_alikes"] == []


def test_what_people_see_of_identities(team):
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <dp@laptop.local>\n"})
    team.note("Acme", "2026-11-18", pm=None, author="dp <dp@laptop.local>")
    team.note("Globex", "2026-11-18", pm=None, author="Eve Okafor <eve@home.example>")
    team.note("Hooli", "2026-11-18", pm="carolin")
    golden.check("stats-identities.txt", steady(team, team.run("stats", "--weeks", "1", "--show-identities").stdout))


def test_identities_stand_beside_every_shape_and_break_none(shelf):
    for form in ("table", "markdown", "slack"):
        assert "Who is who" in shelf.run("stats", "--show-identities", "--format", form).stdout
    done = shelf.run("stats", "--show-identities", "--format", "csv")
    assert ("Who is who" in done.stderr, "Who is who" in done.stdout) == (True, False)
    assert "identities" not in stats(shelf)
    assert {source for each in identities(shelf, "--basis", "commits")["people"] for source, *_ in traces_of(each)} == {
        "git"
    }


def test_names_in_git_can_do_nothing_to_the_list_of_identities(team):
    team.note("Acme", "2026-11-18", pm=None, author="D\x1b[31mev\u202e Patel <d@x.org>")
    shown = team.run("stats", "--show-identities").stdout
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_shallow_clone_says_what_it_cannot_know(shelf, tmp_path):
    shelf.repo.git("clone", "-q", "--depth", "1", f"file://{shelf.top}", str(tmp_path / "clone"))
    found = stats(shelf, "--repo", str(tmp_path / "clone"))
    assert "shallow" in codes(found)
    assert "git fetch --unshallow" in next(w["message"] for w in found["warnings"] if w["code"] == "shallow")
    assert stats(shelf)["team"]["counts"] == found["team"]["counts"]


def test_the_head_of_the_table_says_what_it_is_true_of(team, tmp_path):
    bare = Repo(tmp_path / "bare.git", "--bare", "-b", "main")
    team.repo.git("remote", "add", "origin", str(bare.top))
    team.repo.git("push", "-q", "-u", "origin", "main")
    other = tmp_path / "other"
    team.repo.git("clone", "-q", str(bare.top), str(other))
    theirs = Team(Repo(other))
    theirs.be("dev")
    theirs.note("Globex", pm="dev")
    theirs.repo.git("push", "-q")
    team.note("Acme")
    assert "1 note not shared: ilog sync" in team.run("stats").lines[0]
    team.repo.git("fetch", "-q")
    old = time.time() - 7200
    os.utime(team.top / ".git" / "FETCH_HEAD", (old, old))
    head = team.run("stats").lines[0]
    assert head.startswith(
        f"Interviews per PM and week · goal 1 · main at {team.repo.head[:7]}, fetched 2 hours ago · "
    )
    assert head.endswith("stale: 1 commit behind, ilog stats --fetch · 1 note not shared: ilog sync")
    theirs.note("Hooli", pm="dev")
    theirs.repo.git("push", "-q")
    assert "stale: 2 commits behind" in team.run("stats", "--fetch").lines[0]
    bare.top.rename(tmp_path / "gone")
    assert team.run("stats", "--fetch").code == 69


def test_on_a_detached_head_it_says_so(team):
    team.note("Acme", "2026-11-18")
    team.repo.git("checkout", "-q", "--detach")
    done = team.run("stats")
    assert (done.code, f"detached at {team.repo.head[:7]}" in done.lines[0]) == (0, True)


def test_the_configuration_of_whoever_looks_changes_nothing(team):
    old = team.note("Acme Fright", "2026-11-18", author=by("dev"), pm="dev")
    team.repo.move(old, team.path("Acme Freight"), author=by("eve"))
    before = [stats(team, "--basis", basis) for basis in ("calls", "commits")]
    for key, value in {"diff.renames": "false", "log.follow": "true", "log.showRoot": "false", "diff.relative": "true",
                       "i18n.logOutputEncoding": "ISO-8859-1", "core.quotePath": "true", "color.ui": "always",
                       "log.mailmap": "false", "core.pager": "false", "diff.orderFile": "/nonexistent"}.items():  # fmt: skip
        team.repo.git("config", key, value)
    assert [stats(team, "--basis", basis, start=team.top / "prod") for basis in ("calls", "commits")] == before
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert [stats(team, "--basis", basis, TZ=zone, LC_ALL="C") for basis in ("calls", "commits")] == before


# Against those who count by other means


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("existing", [False, True])
def test_the_audit_equals_an_independent_count_on_messy_histories(tmp_path_factory, seed, existing):
    top = tmp_path_factory.getbasetemp() / f"messy-{seed}"
    if not top.exists():
        independent.messy_repo(top, seed)
    team = Team(Repo(top))
    found = stats(
        team, "--basis", "commits", "--weeks", "all", *(["--existing"] if existing else []), today=date(2027, 3, 1)
    )
    ours = Counter[tuple[str, str]]()
    for each in found["people"]:
        ours.update({(str(each["email"] or each["pm"]).lower(), week): n for week, n in each["counts"].items() if n})
    theirs = Counter[tuple[str, str]]()
    for (email, week), number in independent.count_commits(top, existing=existing).items():
        theirs[email.lower(), week] += number
    assert ours == theirs
    assert sum(ours.values()) > 10


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    top = tmp_path_factory.mktemp("generated") / "notes"
    ledger = ledgerfolder.make(top, 300, seed=7)
    return Team(Repo(top)), ledger


def test_calls_equal_the_generators_ledger(generated):
    team, ledger = generated
    found = stats(team, "--weeks", "all", today=ledgerfolder.TODAY)
    ours = {p["pm"]: {week: n for week, n in p["counts"].items() if n} for p in found["people"] if p["total"]}
    assert ours == ledger["calls"]["counts"]
    paired = {p["pm"]: p["paired_counts"] for p in found["people"] if p["paired_counts"]}
    assert paired == ledger["calls"]["paired"]
    assert {p["pm"]: p["minutes"] for p in found["people"] if p["total"]} == ledger["calls"]["minutes"]
    assert Counter(each["reason"] for each in found["not_counted"]) == ledger["calls"]["not_counted"]
    assert {each["path"]: each["reason"] for each in found["not_counted"]} == {
        path: reason for path, reason in ledger["reasons"].items() if reason
    }


@pytest.mark.parametrize(("key", "args"), [("counts", []), ("existing", ["--existing"])])
def test_the_audit_equals_the_generators_ledger(generated, key, args):
    team, ledger = generated
    found = stats(team, "--basis", "commits", "--weeks", "all", *args, today=ledgerfolder.TODAY)
    ours = {p["pm"]: {week: n for week, n in p["counts"].items() if n} for p in found["people"] if p["total"]}
    assert ours == ledger["commits"][key]


def test_the_note_text_helper_is_what_the_table_counts(team):
    team.repo.commit({team.path(): note_text()})
    assert stats(team)["team"]["total"] == 1


def test_a_large_folder_that_nobody_has_read_yet_shows_its_weeks_before_its_history(team):
    team.repo.git("fast-import", "--quiet", stdin=many_notes(5_000, team.repo.head))
    team.repo.git("reset", "-q", "--hard")
    first = team.on_terminal("stats", columns=100)
    assert first.index("A first look") < first.index("Interviews per PM and week")
    assert "A first look" not in team.on_terminal("stats", columns=100)


def many_notes(number: int, parent: str) -> bytes:
    """Give a commit of so many notes, for git fast-import."""
    head = b"commit refs/heads/main\ncommitter Dev Patel <dev@example.com> 1763900000 +0000\ndata 4\nmany\n"
    stream = [head, f"from {parent}\n".encode()]
    for at in range(number):
        day = date(2026, 11, 18) - timedelta(days=at % 700)
        text = f"---\ndate: {day}\ncustomer: C {at}\npm: dev\ntype: learning\n---\n- pain: x\n".encode()
        stream.append(
            b"M 644 inline %s\ndata %d\n%s\n" % (f"{ROOT}/checkout/c-{at}-{day}.md".encode(), len(text), text)
        )
    return b"".join(stream)


def test_a_mailmap_that_only_this_machine_has_is_warned_about(team):
    team.note("Acme")
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <d@laptop>\n"})
    assert "mailmap-uncommitted" not in {each["code"] for each in stats(team)["warnings"]}
    team.repo.write({".mailmap": "Dev Patel <dev@example.com> <caroline@example.com>\n"})
    assert "mailmap-uncommitted" in {each["code"] for each in stats(team)["warnings"]}


def test_line_ends_that_a_checkout_turned_are_no_change_of_the_rules(team):
    team.repo.commit({".mailmap": "Dev Patel <dev@example.com> <d@laptop>\n"})
    for name in ("ilog.yaml", ".mailmap"):
        path = team.top / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(stats(team)) == []
