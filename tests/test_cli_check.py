"""`ilog check`: what can be mended, with file, line and mend."""

import json
import os
import shlex

import pytest

import golden
from cli import ROOT, Team
from gitrepo import Repo
from interviewlog.schema import front_matter


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
    assert f"{second}:1:1: warning: the same conversation as {first}" in both.stdout
    assert team.run("check", second).stdout == both.stdout
    assert f"{first}:1:1: warning: the same conversation as {second}" in team.run("check", first).stdout
    other = team.note("Globex", "2026-11-16", consent="notes")
    assert team.run("check", other).stdout == ""


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
    assert f"{path}:6:7: error: type: lerning is not known" in done.stdout
    assert "  6 | type: lerning\n    |       ^\n  did you mean learning?\n" in done.stdout
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


# ── the three formats ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """A folder with one of nearly everything that can be amiss, errors and warnings and a notice."""
    team = Team.start(tmp_path_factory.mktemp("untidy") / "notes")
    body = (
        "# Acme\n\nMail john.doe@acme.com, 100% sure: now, please.\n\n> we never get the invoice in time\n\n- pain:x\n"
        "- request: dark mode (P2)\n<!-- ilog: allow ip because it is in the manual -->\n"
    )
    team.draft("Acme", consent="notes", participants='["P1 – lead"]', segmnts="smb", body=body)
    team.draft("Colon", yaml="Acme: North")
    team.repo.write({f"{ROOT}/reseller-portal/con.md": "x", f"{ROOT}/a,b:c%.txt": "x", f"{ROOT}/call.mp3": "x"})
    return team


def test_text_shows_the_line_and_the_place_in_it(untidy):
    done = untidy.run("check")
    golden.check("check-untidy.txt", done.stdout)
    assert done.code == 1
    assert "doe" not in done.stdout


def test_github_gets_a_command_per_report_with_what_it_would_misread_escaped(untidy):
    done = untidy.run("check", "--format", "github")
    golden.check("check-github.txt", done.stdout)
    assert (done.code, done.stderr) == (1, "")
    assert f"::error file={ROOT}/a%2Cb%3Ac%25.txt,line=1," in done.stdout
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in done.lines)


def test_json_has_the_same_reports_with_the_keys_it_always_had(untidy):
    done = untidy.run("check", "--json")
    golden.check("check-json.txt", done.stdout)
    found = json.loads(done.stdout)
    assert len(found) == len(untidy.run("check", "--format", "github").lines)
    assert {tuple(report) for report in found} == {("path", "line", "column", "severity", "code", "message", "mend")}
    assert {report["severity"] for report in found} == {"error", "warning", "notice"}


def test_on_a_terminal_errors_are_coloured(untidy):
    assert "\x1b[1;33merror\x1b[0m: " in untidy.run("check", columns=80).stdout
    assert "\x1b" not in untidy.run("check", columns=80, plain=True).stdout


def test_another_format_is_2(team):
    done = team.run("check", "--format", "xml")
    assert (done.code, "--format takes one of text, json, github" in done.stderr) == (2, True)


@pytest.mark.parametrize("flags", [("--json", "--format", "github"), ("--json", "--format", "text"), ("",), ("x", "")])
def test_two_forms_at_once_and_an_empty_path_are_2(team, flags):
    done = team.run("check", *flags)
    assert (done.code, done.stdout) == (2, "")
    assert "  next: ilog check" in done.stderr


def test_below_a_long_list_it_is_said_where_the_first_error_is(team):
    for number in range(21):
        team.draft(f"C{number:02}", consent="pending")
    team.draft("Zeta", consent="nots", type="lerning")
    done = team.run("check")
    path = team.path("Zeta")
    assert done.stderr.splitlines()[0] == f"1 error, 21 warnings; the first error: {path}:6:7"


# ── which files ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "word", [f"{ROOT}/checkout", f"{ROOT}/checkout/", f"/{ROOT}/checkout", "checkout", "./checkout"]
)
def test_a_directory_means_all_that_lies_in_it(team, word):
    mine = team.draft("Globex", product="checkout", consent="pending")
    team.repo.write({f"{ROOT}/checkout/deep/x.txt": "x"})
    team.draft("Acme", consent="pending")
    start = team.top / ROOT if "checkout" in {word, word[2:]} else None
    done = team.run("check", word, "--json", start=start)
    assert {report["path"] for report in json.loads(done.stdout)} == {mine, f"{ROOT}/checkout/deep/x.txt"}


@pytest.mark.parametrize("word", [".", "prod", ROOT])
def test_a_directory_above_the_root_means_everything(team, word):
    team.draft("Globex", product="checkout", consent="pending")
    team.draft("Acme", consent="pending")
    assert team.run("check", word).stdout == team.run("check").stdout != ""


def test_a_file_that_is_no_note_can_be_named_too_and_one_that_is_not_there_is_66(team):
    team.repo.write({f"{ROOT}/list.csv": "x"})
    assert [report["code"] for report in json.loads(team.run("check", f"{ROOT}/list.csv", "--json").stdout)] == [
        "stray"
    ]
    for word in ("nosuch", "ilog.yaml", f"{ROOT}/nosuch"):
        assert team.run("check", word).code == 66


def test_what_git_ignores_is_left_out_but_for_notes(team):
    team.repo.write(
        {".gitignore": "*.mp3\n*.log\nacme-*\n", f"{ROOT}/call.mp3": "x", f"{ROOT}/x.log": "john.doe@acme.com"}
    )
    path = team.draft("Acme", consent="notes")
    (found,) = json.loads(team.run("check", "--json").stdout)
    assert (found["path"], found["code"]) == (path, "ignored")


def test_links_pipes_and_repositories_are_named_and_not_followed(team, tmp_path):
    (tmp_path / "secret.md").write_text("john.doe@acme.com")
    folder = team.top / ROOT / "checkout"
    folder.mkdir(parents=True)
    (folder / "link-2026-11-18.md").symlink_to(tmp_path / "secret.md")
    (team.top / ROOT / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe-2026-11-18.md")
    (folder / "folder-2026-11-18.md").mkdir()
    Repo(folder / "nested")
    found = {report["path"]: report["code"] for report in json.loads(team.run("check", "--json").stdout)}
    assert found == {
        f"{ROOT}/checkout/link-2026-11-18.md": "link", f"{ROOT}/linked": "link",
        f"{ROOT}/checkout/pipe-2026-11-18.md": "special", f"{ROOT}/checkout/folder-2026-11-18.md": "special",
        f"{ROOT}/checkout/nested": "repository",
    }  # fmt: skip


def test_a_root_that_is_a_link_is_named_and_not_followed(team, tmp_path):
    (tmp_path / "elsewhere" / "p").mkdir(parents=True)
    (tmp_path / "elsewhere" / "p" / "x-2026-11-18.md").write_text("x")
    (team.top / "prod").mkdir()
    (team.top / ROOT).symlink_to(tmp_path / "elsewhere")
    (found,) = json.loads(team.run("check", "--json").stdout)
    assert (found["path"], found["code"]) == (ROOT, "link")


def test_in_a_bare_repository_the_last_commit_is_checked(team):
    team.note("Acme", consent="pending")
    team.repo.git("clone", "-q", "--bare", ".", "../bare.git")
    bare = team.top.parent / "bare.git"
    done = team.run("check", ILOG_REPO=str(bare))
    assert (done.code, done.stdout.count("consent-open")) == (0, 1)
    assert team.run("check", "--fix", ILOG_REPO=str(bare)).code == 78
    assert team.run("check", "--staged", ILOG_REPO=str(bare)).code == 78


def test_names_of_people_are_told_by_their_codes_and_where_they_stand_is_looked_at(team):
    team.repo.write({"people.yaml": "P1: Jane Roe\n"})
    path = team.draft("Acme", consent="notes", body="# x\n\n- pain: jane roe waits\n")
    found = json.loads(team.run("check", "--json").stdout)
    assert {(report["path"], report["code"]) for report in found if report["severity"] == "error"} == {
        ("people.yaml", "people-not-ignored"), (path, "leak-person")
    }  # fmt: skip
    assert "Roe" not in team.run("check").stdout
    assert "people.yaml" not in team.run("check", path).stdout


def test_what_ilog_yaml_has_too_much_is_said(team):
    team.repo.write({"ilog.yaml": team.read("ilog.yaml") + "goall: 1\n"})
    assert team.run("check").stderr == "ilog.yaml: unknown setting goall, did you mean goal?\nall notes are in order\n"


# ── --fix ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_fix_mends_what_is_certain_says_which_files_and_reports_the_rest(team):
    path = team.draft("Acme", consent="quots", product="reseller-portal", body="# x\r\n\r\n- p: y\r\n- pian: z\r\n")
    other = team.draft("Globex", consent="notes", body="# x\n\n- p: y\n")
    before = team.read(path)
    done = team.run("check", path, "--fix")
    assert (done.code, done.stderr) == (0, f"mended: {path}\n1 warning\n")
    assert "[near-miss]" in done.stdout
    assert team.read(path) == before.replace("quots", "quotes").replace("- p: y", "- pain: y")
    assert "- p: y" in team.read(other)
    assert team.run("check", path, "--fix").stderr == "1 warning\n"
    assert team.repo.git("log", "--oneline").count("\n") == 1


def test_what_fix_would_mend_is_said_with_the_command(team):
    path = team.draft("Acme", consent="quots", body="# x\n\n- p: y\n- pain:x\n- pian: z\n")
    before, all_said = team.read(path), "4 warnings\n3 of these are mended by: ilog check"
    assert team.run("check").stderr == f"{all_said} --fix\n"
    assert team.run("check", "acme-2026-11-18").stderr == f"{all_said} acme-2026-11-18 --fix\n"
    assert json.loads(team.run("check", "--json").stdout)
    assert (team.read(path), team.run("check", "--json").stderr) == (before, "")
    assert team.run("check", path, "--fix").stderr == f"mended: {path}\n1 warning\n"
    assert team.run("check").stderr == "1 warning\n"


def test_a_note_that_fix_makes_readable_counts_too(team):
    team.draft("Acme", consent="notes", type="lerning")
    assert team.run("check").stderr == "1 error\n1 of these is mended by: ilog check --fix\n"
    team.repo.git("add", "-A")
    assert team.run("check", "--staged").stderr == "1 error\n"


def test_the_commands_that_rename_are_those_that_do_it(team):
    paths = [team.note("Acme Freight", path=f"{ROOT}/reseller-portal/{name}.md", consent="notes") for name in "ab"]
    paths.append(
        team.note(
            "Initech", "2026-11-17", path=f"{ROOT}/checkout/initech-2026-11-16.md", product="checkout", consent="notes"
        )
    )
    codes = {"file-name", "date-differs", "customer-differs"}
    found = [each for each in json.loads(team.run("check", "--json").stdout) if each["code"] in codes]
    assert [each["path"] for each in found] == sorted(paths)
    for each in found:
        command = each["mend"][each["mend"].index("ilog mv") :]
        assert team.run(*shlex.split(command)[1:]).code == 0
    assert not codes & {each["code"] for each in json.loads(team.run("check", "--json").stdout)}


def test_a_folder_that_is_no_slug_is_told_with_the_command_and_nothing_else_of_it(team):
    path = f"{ROOT}/Reseller Portal/acme-2026-11-18.md"
    team.note("Acme", path=path, product="reseller-portal", consent="notes")
    (found,) = json.loads(team.run("check", "--json").stdout)
    assert (found["path"], found["code"]) == (path, "folder-name")
    team.repo.git(*shlex.split(found["mend"])[1:])
    assert team.run("check").stderr == "all notes are in order\n"


def test_a_huge_note_is_told_of_once_and_searched_at_its_beginning(team):
    path = team.draft("Acme", consent="notes")
    team.repo.write({path: team.read(path) + "john.doe@acme.com\n" + "x " * 6_000_000 + "jim.roe@acme.com\n"})
    found = json.loads(team.run("check", "--json").stdout)
    assert [each["code"] for each in found] == ["invalid", "leak-email"]
    assert found[0]["message"] == "more than 10 MiB"


def test_fix_goes_past_files_that_are_none(team):
    (team.top / ROOT / "checkout").mkdir(parents=True)
    (team.top / ROOT / "checkout" / "x-2026-11-18.md").symlink_to("/nowhere")
    assert team.run("check", "--fix").code == 0


# ── flags ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "flags",
    [("--staged", "--fix"), ("--staged", "--message", "x"), ("--staged", "checkout"), ("--schema", "--fix"),
     ("--message", "x", "checkout")],
)  # fmt: skip
def test_what_cannot_be_asked_together_is_2_with_what_can(team, flags):
    done = team.run("check", *flags)
    assert done.code == 2
    assert "  next: ilog check --" in done.stderr


def test_the_schema_is_printed_wherever_one_is(team, tmp_path):
    done = team.run("check", "--schema", start=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == front_matter()


def test_a_file_that_nobody_may_read_is_an_error(team):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = team.draft("Acme", consent="notes")
    (team.top / path).chmod(0)
    assert f"{path}:1:1: error: permission denied" in team.run("check").stdout


def test_completion_offers_the_folders_of_products_and_notes(team):
    team.note("Globex", product="checkout")
    words = f"ilog check {ROOT}/ch"
    done = team.run(_ILOG_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD="2")
    assert done.lines == [f"{ROOT}/checkout", f"{ROOT}/checkout/globex-2026-11-18.md"]


def test_a_root_that_begins_with_a_dot_hides_nothing(team):
    team.repo.write({"ilog.yaml": "root: .calls\n", ".calls/x.txt": "x", ".calls/.y/z.txt": "x"})
    assert [report["path"] for report in json.loads(team.run("check", "--json").stdout)] == [".calls/x.txt"]
