"""`ilog` alone: where you stand, and what to type next."""

import golden
from cli import Team
from gitrepo import Repo


def facts(team: Team, **more) -> list[str]:
    done = team.run(**more)
    assert done.code == 0, done
    return done.lines


def next_(team: Team) -> str:
    return facts(team)[-1].removeprefix("next").strip()


def test_it_says_where_i_stand(shelf):
    golden.check("status.txt", shelf.run().stdout)


def test_no_line_is_wider_than_the_terminal(shelf):
    assert max(len(line) for line in shelf.run(columns=40).lines) <= 40


def test_the_next_command_follows_from_where_i_stand(team, tmp_path):
    assert next_(team) == "ilog new"
    team.draft("Acme", "2026-11-18")
    assert next_(team) == "ilog save"
    team.run("save")
    assert next_(team) == "ilog stats"
    bare = Repo(tmp_path / "bare.git", "--bare", "-b", "main")
    team.repo.git("remote", "add", "origin", str(bare.top))
    team.repo.git("push", "-q", "-u", "origin", "main~1:refs/heads/main")
    team.repo.git("branch", "-q", "-u", "origin/main")
    assert next_(team) == "ilog sync"
    assert "not shared  1 note" in facts(team)
    team.repo.git("push", "-q")
    team.note("Globex", "2026-11-20")
    team.repo.git("push", "-q")
    assert next_(team) == "ilog summary"


def test_somebody_git_does_not_know_is_told_so_with_the_two_lines(team):
    team.be(None)
    assert facts(team)[0] == "this week  2026-W47; git does not know who you are"
    assert next_(team).startswith('git config --global user.name "Your Name" && git config')


def test_a_streak_open_tasks_and_customers_long_unheard_are_told(team):
    team.note("Old Friend", "2026-07-01", relationship="customer")
    team.note("Lost One", "2026-07-01", relationship="lost")
    for day in ("2026-11-04", "2026-11-11"):
        team.note("Acme", day, relationship="customer", body="# Acme\n\n- pain: x\n- [ ] send the answer\n- [x] done\n")
    lines = facts(team)
    assert lines[0] == "this week  2026-W47: 0 of 1 for Caroline Ruiz, 2 weeks in a row"
    assert "to do      send the answer (acme-2026-11-11)" in lines
    assert "not heard  Old Friend, reseller-portal, since 2026-07-01" in lines
    assert not [line for line in lines if "done" in line or "Lost One" in line]


def test_in_a_week_without_a_goal_nothing_is_asked_of_me(team):
    config = team.read("ilog.yaml").replace("caroline: {", "caroline: {away: [2026-W47], ")
    team.repo.commit({"ilog.yaml": config})
    assert facts(team)[0].endswith("no goal holds for you this week")
    assert next_(team) == "ilog stats"


def test_a_folder_without_a_commit_has_a_status_too(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.repo.write({"ilog.yaml": "schema: 1\n"})
    assert facts(team)[1:] == ["last talk  none yet", "next       ilog new"]


def test_names_in_it_are_harmless(team):
    team.note("AB", "2026-11-18", yaml='"A\\e[31m\\u202eB"',
              body="# x\n\n- pain: y\n- [ ] \x1b]0;t\x07\n")  # fmt: skip
    assert not {"\x1b", "\x07", "\u202e"} & set(team.run().stdout)
