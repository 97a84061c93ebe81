"""What bad input and bad places get: three lines, the exit code of the contract, and never a traceback."""

import json
import os
import shlex
import subprocess

import pytest

from cli import ILOG, ROOT, Team
from interviewlog.cli.app import COMMANDS, MOMENTS

READING = [["list"], ["stats"], ["summary"], ["check"], ["show", "x"], ["why", "x"], []]


def refused(done, code: int, what: str) -> None:
    assert (done.code, done.stdout) == (code, ""), done
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"ilog: {what}"), done
    assert lines[-1].startswith("  next: "), done
    assert "Traceback" not in done.stderr


# Where there is no folder


@pytest.mark.parametrize("args", [*READING, ["new", "a", "b"], ["save"], ["edit", "x"]])
def test_without_a_folder_it_is_78_with_the_two_ways_to_one(team, tmp_path, args):
    done = team.run(*args, start=tmp_path)
    refused(done, 78, "no folder of notes here: ")
    assert "ilog join URL" in done.stderr
    assert "ilog init" in done.stderr


def test_a_folder_that_is_no_git_repository_says_so(team, tmp_path):
    (tmp_path / "lone").mkdir()
    (tmp_path / "lone" / "ilog.yaml").write_text("schema: 1\n", encoding="utf-8")
    done = team.run("stats", start=tmp_path / "lone")
    refused(done, 78, "not a git repository: ")
    assert f"ilog init {tmp_path / 'lone'}" in done.stderr
    refused(team.run("stats", "--repo", str(tmp_path)), 78, "not a git repository: ")
    refused(team.run("stats", "--repo", str(tmp_path / "nothing")), 78, "no such folder: ")


def test_a_repository_that_holds_other_things_is_no_folder_of_notes(tmp_path):
    other = Team.start(tmp_path / "other", None)
    refused(other.run("stats"), 78, "no folder of notes here: ")


def test_the_folder_is_found_from_below_by_flag_by_environment_and_by_the_personal_file(team, tmp_path):
    path = team.note("Acme", consent="notes")
    inside = (team.top / path).parent
    assert team.run("list", start=inside).lines[1:] == team.run("list").lines[1:]
    for more in ({"args": ("--repo", str(team.top))}, {"ILOG_REPO": str(team.top)}, {"ILOG_REPO": str(inside)}):
        done = team.run("list", *more.pop("args", ()), start=tmp_path, **more)
        assert (done.code, len(done.lines)) == (0, 2)
    settings = tmp_path / "settings" / "ilog"
    settings.mkdir(parents=True)
    (settings / "config.yaml").write_text(f"repo: {team.top}\n", encoding="utf-8")
    assert len(team.run("list", start=tmp_path, XDG_CONFIG_HOME=str(settings.parent)).lines) == 2


def test_the_flag_may_stand_before_or_after_the_command_and_beats_the_environment(team, tmp_path):
    other = Team.start(tmp_path / "other")
    other.note("Globex")
    for args in (("--repo", str(other.top), "list"), ("list", "--repo", str(other.top))):
        assert "Globex" in team.run(*args, ILOG_REPO=str(team.top)).stdout


def test_where_one_stands_goes_before_what_the_personal_file_remembers(team, tmp_path):
    other = Team.start(tmp_path / "other")
    other.note("Globex")
    settings = tmp_path / "settings" / "ilog"
    settings.mkdir(parents=True)
    (settings / "config.yaml").write_text(f"repo: {team.top}\n", encoding="utf-8")
    assert "Globex" in other.run("list", XDG_CONFIG_HOME=str(settings.parent)).stdout


def test_a_slip_in_the_personal_file_is_said_and_stops_nothing(team, tmp_path):
    settings = tmp_path / "settings" / "ilog"
    settings.mkdir(parents=True)
    (settings / "config.yaml").write_text("push: sometimes\ncopi: true\n", encoding="utf-8")
    done = team.run("new", "Acme", "--observe", "pain: x", "--commit", XDG_CONFIG_HOME=str(settings.parent))
    assert done.code == 0
    assert "push should be ask, auto or never, not sometimes" in done.stderr
    assert "did you mean copy?" in done.stderr


def test_before_the_first_commit_reading_works(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.repo.write({"ilog.yaml": "schema: 1\n"})
    for args in (["list"], ["stats"], ["check"], []):
        assert team.run(*args).code == 0, args
    refused(team.run("summary"), 66, "no notes yet")
    refused(team.run("stats", "--at", "HEAD"), 2, "no such commit: HEAD")


# What is typed wrong


def test_a_command_that_is_not_there_is_2_with_the_one_that_was_meant(team):
    refused(team.run("statz", "--weeks", "3"), 2, "no such command: statz")
    assert "  next: ilog stats --weeks 3\n" in team.run("statz", "--weeks", "3").stderr
    assert "  next: ilog --help\n" in team.run("xyzzy").stderr


@pytest.mark.parametrize(
    "args", [["show"], ["list", "--weeks", "2"], ["new", "a", "b", "c"], ["--nosuch"], ["template", "nosuch"]]
)
def test_a_line_that_cannot_be_read_is_2_with_the_help_to_look_at(team, args):
    done = team.run(*args)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("  next: ")
    assert "ilog" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("args", [
    ["show", b"\xff"], ["new", "reseller-portal", b"Acme\xff"], ["new", b"\xff", "Acme"], ["list", "--customer", b"\xff"],
    ["list", b"\xff.md"], [b"\xff"], ["stats", "--at", b"\xff"], ["list", "--since", b"\xff"], ["--repo", b"/\xff", "list"],
])  # fmt: skip
def test_words_that_are_not_utf_8_are_2_and_no_traceback(team, args):
    done = team.process(*args)
    assert (done.code, done.stdout) == (2, "")
    assert "not valid UTF-8" in done.stderr
    assert "\\udcff" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("args", [
    ["show", "\x1b[31m\u202e"], ["\x1b[31m\u202e"], ["list", "--type", "\x1b[31m\u202e"], ["stats", "--at", "\x1b[31m\u202e"],
    ["new", "x\x1b[31m\u202e", "y"], ["new", "\x1b\u202e"], ["list", "--nosuch\x1b[31m\u202e"], ["--repo", "/\x1b[31m\u202e", "list"],
])  # fmt: skip
def test_what_was_typed_comes_back_harmless(team, args):
    done = team.process(*args)
    assert done.code in {0, 2, 66, 78}
    assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)


def test_a_nul_or_an_endless_name_is_no_bug(team):
    for name in ("a" * 100_000, "a/" * 3000, "/", ".", "..", "../../etc/passwd", "~", ""):
        done = team.run("show", name)
        assert (done.code, done.stdout) == (66, ""), name[:20]


# Where the answer goes


def test_a_closed_pipe_is_no_error(shelf):
    for args in ("list --json", "stats --explain", "check", "guide"):
        line = f"set -o pipefail; {shlex.quote(ILOG)} {args} 2>err | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", line], cwd=shelf.top, capture_output=True, text=True, check=False)
        assert done.stdout in {"0\n", "1\n" if args == "check" else "0\n"}, args
        talk = (shelf.top / "err").read_text("utf-8")
        (shelf.top / "err").unlink()
        assert "Broken" not in talk
        assert "Traceback" not in talk


def test_a_pipe_closed_before_the_first_word_is_no_error(shelf):
    read, write = os.pipe()
    os.close(read)
    for args in (["list"], ["stats", "--json"], ["--help"], ["list", "--help"]):
        done = subprocess.run([ILOG, *args], cwd=shelf.top, stdout=write, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 0, args
        assert b"Broken" not in done.stderr
        assert b"Traceback" not in done.stderr
    os.close(write)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_the_answer_is_74(shelf, unbuffered):
    environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run([ILOG, "list"], cwd=shelf.top, env=environ, stdout=full, stderr=subprocess.PIPE,
                              check=False)  # fmt: skip
    assert done.returncode == 74
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


@pytest.mark.parametrize("columns", [40, 20])
def test_a_narrow_terminal_gets_lines_that_fit(shelf, columns):
    for args in (["list"], []):
        shown = shelf.on_terminal(*args, columns=columns, NO_COLOR="1")
        table = [line for line in shown.splitlines() if not line.startswith(("skipped", "1 note was"))]
        assert max(map(len, table)) <= max(columns, 40), args
    table = shelf.on_terminal("stats", columns=40, NO_COLOR="1").split("\n\n")[1]
    assert max(map(len, table.splitlines())) <= 40


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(shelf, environ):
    for args in (["stats"], ["guide"], ["--help"]):
        assert "\x1b[3" not in shelf.on_terminal(*args, **environ), args
    assert "\x1b[" in shelf.on_terminal("stats", TERM="xterm")


def test_piped_there_is_no_colour_no_box_no_wrapping(shelf):
    for args in (["stats"], ["guide"], ["--help"], ["new", "--help"]):
        done = shelf.process(*args, COLUMNS="20", TERM="xterm")
        assert not set("\x1b│╭─") & set(done.stdout + done.stderr), args
    assert max(map(len, shelf.process("list", COLUMNS="20").lines)) > 60


def test_a_locale_that_knows_ascii_only_is_no_bug(shelf):
    for args in (["stats"], ["check"]):
        done = shelf.process(*args, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert done.code in {0, 1}, args
        assert "bug" not in done.stderr


def test_quiet_leaves_the_answer_and_what_must_not_be_missed(shelf):
    done = shelf.run("--quiet", "summary", "--customer", "acme freight", "--last", "1")
    assert len(done.lines) == 2
    assert shelf.run("list", "-q", "--type", "sales").stderr.startswith("skipped: ")


def test_json_is_valid_always(team):
    path = team.note("A", yaml='"A\\e[31m \\u2028 \\U0001F600 \\" \\\\"', body='# x\n\n- pain: \x00\x1b"\\ \u2029\n')
    team.repo.write(
        {
            f"{ROOT}/checkout/b-2026-11-11.md": b"---\ndate: 2026-11-11\ncustomer: b\ntype: learning\nx: '\xef\xbf\xbf'\n---\n- pain: \xff\xfe\n"
        }
    )
    for args in (
        ["list"],
        ["stats"],
        ["check"],
        ["summary", path],
        ["show", path],
        ["why", path],
        ["show", "b-2026-11-11"],
    ):
        done = team.run(*args, "--json")
        if done.stdout:
            json.loads(done.stdout)
        assert "\x1b" not in done.stdout
    assert json.loads(team.run("stats", "--json").stdout)


# Help


def test_help_is_arranged_by_the_moments_and_needs_no_folder(team, tmp_path):
    done = team.run("--help", start=tmp_path)
    assert done.code == 0
    assert [line.rstrip(":") for line in done.lines if line.rstrip(":") in MOMENTS] == list(MOMENTS)
    assert team.run("-h", start=tmp_path).stdout == done.stdout
    assert "\nExamples:\n  ilog new" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(team, tmp_path, name):
    done = team.run(name, "--help", start=tmp_path)
    assert done.code == 0
    assert "Usage: ilog " + name in done.stdout
    assert "--repo" in done.stdout or name in {"template", "product"}


def test_version(team):
    assert team.process("--version").stdout.startswith("ilog 0.")
    assert team.run("--version").stdout == team.process("-V").stdout


def test_interrupting_is_130(team):
    with team.terminal("new", "checkout") as child:
        child.expect("Customer")
        child.sendintr()
        child.expect("ilog: interrupted")
        child.wait()
        assert child.exitstatus == 130
    with team.terminal("new", "checkout") as child:
        child.expect("Customer")
        child.sendeof()
        child.expect("no answer")
        child.wait()
        assert child.exitstatus == 130


def test_a_folder_that_belongs_to_somebody_else_is_77_with_gits_own_words(team):
    if os.getuid() != 0:
        pytest.skip("only root can give files away")
    for each in [team.top, *team.top.rglob("*")]:
        os.chown(each, 12345, 12345)
    done = team.run("stats")
    refused(done, 77, "git rev-parse: detected dubious ownership")
    assert "safe.directory" in done.stderr
