"""`ilog away`: weeks that do not count against the goal."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

import golden
from cli import CONFIG, Team
from interviewlog.settings import parse_config

DEV = "  dev: {name: Dev Patel, emails: [dev@example.com], products: [checkout]"


def weeks(team: Team, handle: str = "") -> list[str]:
    config = parse_config(team.read("ilog.yaml"))
    return [str(week) for week in sorted(config.pms[handle].away if handle else config.away)]


def test_without_a_pm_it_is_me_and_the_file_is_committed_alone(team):
    team.draft()
    team.repo.write({"other.txt": "x"})
    team.repo.git("add", "other.txt")

    done = team.run("away", "W52..W53")

    assert (done.code, done.stderr) == (0, "committed: ilog.yaml\n")
    assert done.stdout == (
        "Caroline Ruiz: away 2026-W52..2026-W53; does not count against the goal in 2026-W52, 2026-W53\n"
    )
    assert weeks(team, "caroline") == ["2026-W52", "2026-W53"]
    assert team.repo.files_of() == {"ilog.yaml"}
    assert team.subject() == "Away: Caroline Ruiz, 2026-W52..2026-W53"
    assert "other.txt" in team.repo.git("diff", "--cached", "--name-only")


@pytest.mark.parametrize("who", ["dev", "DEV", "dev@example.com", "Dev Patel", "dev patel"])
def test_a_pm_is_named_by_handle_e_mail_or_name_and_every_other_byte_stays(team, who):
    assert team.run("away", who, "2026-W33").code == 0

    assert team.read("ilog.yaml") == CONFIG.replace(DEV, f"{DEV}, away: [2026-W33]")


def test_everybody_is_recorded_at_the_top_also_where_there_are_no_rules_yet(team, tmp_path):
    assert team.run("away", "--everybody", "W52", "W53").code == 0
    assert team.read("ilog.yaml") == f"{CONFIG}away: [2026-W52..2026-W53]\n"
    assert team.subject() == "Away: everybody, 2026-W52..2026-W53"

    new = Team.start(tmp_path / "new", config=None)
    new.note()
    assert new.run("away", "--everybody", "next").code == 0
    assert new.committed("ilog.yaml") == "away: [2026-W48]\n"


def test_stats_do_not_expect_anything_of_such_a_week(team):
    team.run("away", "dev", "W46")

    (dev,) = [each for each in json.loads(team.run("stats", "--json").stdout)["people"] if each["pm"] == "dev"]

    assert dev["away"] == ["2026-W46"]


def test_weeks_recorded_already_are_said_so_and_make_no_commit(team):
    team.run("away", "W52..W53")
    head = team.repo.head

    done = team.run("away", "W53")

    assert (done.code, team.repo.head) == (0, head)
    assert done.stdout == "Caroline Ruiz: away 2026-W53 already; does not count against the goal in 2026-W53\n"
    assert done.stderr == ""


def test_only_the_weeks_that_are_new_are_added(team):
    team.run("away", "dev", "W50")
    team.run("away", "dev", "W49..W51")

    assert f"{DEV}, away: [2026-W50, 2026-W49, 2026-W51]" in team.read("ilog.yaml")


def test_weeks_can_be_taken_away_again(team):
    team.run("away", "dev", "W49..W52")

    done = team.run("away", "dev", "W50", "--remove")

    assert done.stdout == "Dev Patel: no longer away 2026-W50; the goal holds in 2026-W50\n"
    assert weeks(team, "dev") == ["2026-W49", "2026-W51", "2026-W52"]
    assert team.subject() == "Not away: Dev Patel, 2026-W50"
    head = team.repo.head
    assert team.run("away", "dev", "W50", "--remove").stdout == "Dev Patel: not away in 2026-W50 as it is\n"
    assert team.repo.head == head


def test_taking_away_what_everybody_has_off_says_that_they_still_have(team):
    team.run("away", "--everybody", "W52")
    team.run("away", "dev", "W51..W52")

    done = team.run("away", "dev", "W51..W52", "--remove")

    assert done.stdout == (
        "Dev Patel: no longer away 2026-W51..2026-W52; "
        "the goal holds in 2026-W51, everybody is away in 2026-W52 still\n"
    )


def test_no_commit_keeps_it_back_and_the_next_one_leaves_the_file_to_its_owner(team):
    head = team.repo.head
    done = team.run("away", "W52", "--no-commit")
    assert (done.code, done.stderr) == (0, "not committed: ilog.yaml\n  next: git commit ilog.yaml\n")

    done = team.run("away", "W53")

    assert done.code == 0
    assert done.stderr.startswith("not committed, for ilog.yaml holds changes of yours\n")
    assert (team.repo.head, weeks(team, "caroline")) == (head, ["2026-W52", "2026-W53"])


def test_without_weeks_it_lists_who_is_away_when(team):
    assert team.run("away").stderr == "no away weeks are recorded: ilog away W52..W53\n"
    team.run("away", "--everybody", "W52..W53")
    team.run("away", "eve", "this", "W33")

    done = team.run("away")

    golden.check("away.txt", done.stdout)
    assert (done.code, done.stderr) == (0, "")
    assert team.run("away", "dev").lines == ["who        away", "everybody  2026-W52..2026-W53"]
    assert json.loads(team.run("away", "eve", "--json").stdout) == {
        "everybody": ["2026-W52", "2026-W53"],
        "people": [{"pm": "eve", "name": "Eve Okafor", "away": ["2026-W33", "2026-W47"]}],
    }


def test_in_january_the_weeks_around_the_turn_of_the_year_are_the_near_ones(team):
    team.run("away", "W53..W02", today=date(2027, 1, 5))

    assert weeks(team, "caroline") == ["2026-W53", "2027-W01", "2027-W02"]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["cristina", "W52"], "ilog away PM W52"),
        (["carolin", "W52"], "ilog away caroline W52"),
        (["W54"], "write it with its year: 2026-W47"),
        (["2027-W53"], "write it as 2026-W47"),
        (["2026-W40..2026-W30"], "2026-W30..2026-W40"),
        (["dev", "soon"], "write it as 2026-W47"),
        (["--remove"], "ilog away W52..W53 --remove"),
        (["dev", "W52", "--everybody"], "ilog away --everybody W52"),
    ],
)
def test_what_cannot_be_meant_changes_nothing_and_says_what_to_type(team, args, hint):
    done = team.run("away", *args)

    assert (done.code, done.stdout) == (2, "")
    assert f"  next: {hint}" in done.stderr
    assert team.read("ilog.yaml") == CONFIG


def test_who_is_not_on_the_roster_is_told_the_line_to_add(team):
    team.repo.git("config", "user.email", "new@example.com")
    team.repo.git("config", "user.name", "New Person")

    done = team.run("away", "W52")

    assert (done.code, done.stdout, team.read("ilog.yaml")) == (78, "", CONFIG)
    assert 'new: {name: "New Person", emails: [new@example.com]}' in done.stderr
    assert team.run("away", "dev", "W52").code == 0


def test_whom_git_does_not_know_is_told_how_to_introduce_themselves(team):
    team.be(None)

    assert team.run("away", "W52").code == team.run("away", "dev", "W52").code == 78
    assert team.read("ilog.yaml") == CONFIG


def test_a_detached_head_or_a_merge_under_way_refuses_before_anything_is_written(team):
    team.repo.git("checkout", "-q", "--detach")
    done = team.run("away", "dev", "W52")
    assert (done.code, team.read("ilog.yaml")) == (78, CONFIG)
    assert "then: ilog away dev W52" in done.stderr

    team.repo.git("checkout", "-q", "main")
    (team.top / ".git" / "MERGE_HEAD").write_text(f"{team.repo.head}\n")
    assert (team.run("away", "dev", "W52").code, team.read("ilog.yaml")) == (75, CONFIG)


def test_a_bare_repository_can_be_asked_and_not_written_to(team, tmp_path):
    team.run("away", "dev", "W52")
    team.repo.git("clone", "-q", "--bare", str(team.top), str(tmp_path / "notes.git"))
    bare = ["--repo", str(tmp_path / "notes.git")]

    assert "2026-W52" in team.run("away", *bare).stdout
    assert team.run("away", "dev", "W53", *bare).code == 78


def test_what_a_hook_refuses_is_taken_back_so_that_the_same_line_can_be_typed_again(team):
    team.repo.hook("pre-commit", "echo no >&2; exit 1")
    before = team.read("ilog.yaml")

    done = team.run("away", "dev", "W52")

    assert (done.code, done.stdout, team.read("ilog.yaml")) == (1, "", before)
    assert "kept:" not in done.stderr
    (team.top / ".git" / "hooks" / "pre-commit").unlink()
    assert team.run("away", "dev", "W52").code == 0
    assert (weeks(team, "dev"), team.repo.status()) == (["2026-W52"], [])


def test_what_a_hook_wrote_before_it_refused_is_kept_and_said_so(team):
    team.repo.hook("pre-commit", "echo '# mine' >> ilog.yaml; exit 1")

    done = team.run("away", "dev", "W52")

    assert (done.code, "kept: ilog.yaml" in done.stderr) == (1, True)
    assert team.read("ilog.yaml").endswith("# mine\n")


def test_an_empty_word_is_nobody_and_a_record_can_be_asked_for_as_json(team):
    assert team.run("away", "", "W52").code == 2
    done = team.run("away", "dev", "W52", "--json")
    assert json.loads(done.stdout)["people"] == [{"pm": "dev", "name": "Dev Patel", "away": ["2026-W52"]}]
    assert "does not count against the goal" in done.stderr


def test_a_link_is_not_written_through(team, tmp_path):
    real = tmp_path / "rules.yaml"
    real.write_text(CONFIG)
    (team.top / "ilog.yaml").unlink()
    (team.top / "ilog.yaml").symlink_to(real)

    assert team.run("away", "dev", "W52").code == 77
    assert real.read_text() == CONFIG


@pytest.mark.parametrize("start", ["\ufeff", ""])
def test_line_ends_and_a_byte_order_mark_stay(team, start):
    text = start + CONFIG.replace("\n", "\r\n")
    team.repo.commit({"ilog.yaml": text})

    assert team.run("away", "dev", "W52").code == 0

    assert (team.top / "ilog.yaml").read_bytes().decode() == text.replace(DEV, f"{DEV}, away: [2026-W52]")


def test_two_who_record_at_once_lose_nothing(team):
    asked = {"dev": "W50", "eve": "W51", "caroline": "W52"}
    with ThreadPoolExecutor() as several:
        done = list(several.map(lambda handle: team.process("away", handle, f"2026-{asked[handle]}"), asked))

    assert [each.code for each in done] == [0, 0, 0]
    assert {handle: weeks(team, handle) for handle in asked} == {
        handle: [f"2026-{week}"] for handle, week in asked.items()
    }
    assert team.repo.status() == []


def test_pms_complete(team):
    found = team.process(cwd=team.top, _ILOG_COMPLETE="complete_bash", COMP_WORDS="ilog away c", COMP_CWORD="2")

    assert "caroline" in found.stdout
