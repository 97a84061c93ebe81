"""`ilog summary`: two lines per note; which note, for whom, and where they go."""

import json

import pytest

from cli import ROOT, Team
from gitrepo import Repo

TLDR = '"heard raves about new navigation flow"'


def clipboard(place, name: str = "wl-copy", *, fails: bool = False) -> dict[str, str]:
    """Put a clipboard tool on the PATH, and nothing else that ilog could take for one."""
    tool = place / "bin" / name
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(f"#!/bin/sh\ncat > {place}/clipboard\nexit {int(fails)}\n", encoding="utf-8")
    tool.chmod(0o755)
    return {"WAYLAND_DISPLAY": "w", "PATH": f"{tool.parent}:/usr/bin:/bin", "TERM": "dumb"}


def test_the_two_lines_of_the_contract(team):
    path = team.note("Acme Freight", "2026-11-18", tldr=TLDR)
    done = team.run("summary", path)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == (
        "tl;dr – talked with Acme Freight, heard raves about new navigation flow\n"
        "Full interview notes at /prod/interviews/reseller-portal/acme-freight-2026-11-18.md\n"
    )


def test_a_web_address_makes_it_a_link(team):
    team.repo.commit(
        {"ilog.yaml": team.read("ilog.yaml") + 'links: {web: "https://git.example.com/n/blob/main/{path}"}\n'}
    )
    path = team.note("Acme Freight", tldr=TLDR)
    assert team.run("summary", path).lines[1] == f"Full interview notes at https://git.example.com/n/blob/main/{path}"


# Which note


def test_without_a_note_it_is_the_one_i_last_began_not_the_one_of_the_latest_call(team):
    team.note("Latest call", "2026-11-19", when="2026-11-19T10:00:00")
    last = team.note("Last begun", "2026-11-02", when="2026-11-20T10:00:00")
    team.note("By another", "2026-11-20", pm="dev", when="2026-11-20T11:00:00")
    done = team.run("summary")
    assert done.stdout.startswith("tl;dr – talked with Last begun.")
    assert done.stderr == f"{last}\n"


def test_an_edit_of_an_older_note_does_not_make_it_the_last(team):
    old, last = team.note("Acme"), team.note("Globex")
    team.repo.commit({old: team.read(old) + "- need: x\n"}, author="Caroline Ruiz <caroline@example.com>")
    assert team.run("summary").stderr == f"{last}\n"


def test_what_is_not_committed_goes_first_and_that_is_said(team):
    team.note("Acme")
    path = team.draft("Globex", "2026-01-07")
    done = team.run("summary")
    assert "Globex" in done.stdout
    assert done.stderr == f"{path} (not committed yet: ilog save)\n"


def test_what_is_not_shared_yet_is_said(team, tmp_path):
    bare = Repo(tmp_path / "bare.git", "--bare", "-b", "main")
    team.repo.git("remote", "add", "origin", str(bare.top))
    shared = team.note("Acme")
    team.repo.git("push", "-q", "-u", "origin", "main")
    assert team.run("summary").stderr == f"{shared}\n"
    path = team.note("Globex", "2026-11-19")
    assert team.run("summary").stderr == f"{path} (not shared yet: ilog sync)\n"


def test_my_notes_are_found_under_all_my_e_mails(team):
    team.repo.commit(
        {
            "ilog.yaml": team.read("ilog.yaml").replace(
                "[caroline@example.com]", "[caroline@example.com, c.ruiz@home.example]"
            )
        }
    )
    team.note("Old", author="Caroline <caroline@example.com>")
    last = team.note("New", author="C <C.Ruiz@home.example>")
    assert team.run("summary").stderr == f"{last}\n"


def test_an_address_that_looks_like_a_pattern_is_only_itself(team):
    team.repo.git("config", "user.email", ".*@example.com")
    team.note("Acme", author="Dev <dev@example.com>", pm="caroline")
    mine = team.note("Globex", "2026-11-01", author="Me <.*@example.com>", pm="dev")
    team.note("Hooli", author="Dev <dev@example.com>", pm="dev")
    assert team.run("summary").stderr == f"{mine}\n"


def test_somebody_without_a_note_gets_the_latest_there_is(team):
    team.note("Acme", "2026-11-02")
    path = team.note("Globex", "2026-11-18")
    team.note("Hooli", "2026-11-03")
    team.be("eve")
    assert team.run("summary").stderr == f"{path}\n"
    team.be(None)
    assert team.run("summary").code == 0


def test_a_deleted_or_renamed_note_is_not_the_last_one(team):
    kept = team.note("Acme", "2026-11-02")
    gone = team.note("Globex", "2026-11-18")
    team.repo.commit({gone: None})
    assert team.run("summary").stderr == f"{kept}\n"


def test_other_files_i_brought_in_since_are_not_taken_for_notes(team):
    kept = team.note("Acme", "2026-11-02")
    team.note("Globex", "2026-11-18", pm="dev")
    files = {f"{ROOT}/readme.md": "x", f"{ROOT}/checkout/deck.pdf": "x"}
    team.repo.commit(files, author="Caroline Ruiz <caroline@example.com>")
    assert team.run("summary").stderr == f"{kept}\n"


def test_a_link_that_leads_nowhere_is_not_the_last_note(team):
    kept = team.note("Acme")
    (team.top / kept).with_name("dangling-2026-11-19.md").symlink_to("nowhere")
    assert team.run("summary").stderr == f"{kept}\n"


def test_no_notes_at_all_is_66(team):
    done = team.run("summary")
    assert (done.code, done.stdout, done.stderr) == (66, "", "ilog: no notes yet\n  next: ilog new\n")


def test_a_note_asked_for_that_is_not_there_is_66_and_a_bad_one_65(shelf):
    assert shelf.run("summary", "nothing").code == 66
    assert shelf.run("summary", "broken-2026-11-16").code == 65


def test_selectors_pick_several_and_each_names_its_pm(shelf):
    done = shelf.run("summary", "--week", "last")
    assert done.code == 0
    assert done.lines[::3] == [
        "tl;dr – Caroline talked with Acme Freight. Frustration: SSO setup took three days",
        "tl;dr – Eve listened in on a support call with Hooli. Frustration: SSO setup took three days",
        "tl;dr – Dev visited Globex. Frustration: SSO setup took three days",
    ]
    assert [len(block.splitlines()) for block in done.stdout.split("\n\n")] == [2, 2, 2]


def test_two_notes_by_name_keep_their_order_and_name_their_pms(shelf):
    done = shelf.run("summary", "globex-2026-11-12", "acme-freight-2026-11-18")
    assert [line.split(" with ")[0].split(" visited")[0] for line in done.lines[::3]] == [
        "tl;dr – Dev", "tl;dr – Caroline talked",
    ]  # fmt: skip


def test_a_bad_note_among_the_selected_is_skipped_and_named(shelf):
    done = shelf.run("summary", "--week", "this")
    assert done.code == 0
    assert f"skipped: {ROOT}/checkout/broken-2026-11-16.md:1: " in done.stderr
    assert len(done.stdout.split("\n\n")) == 4


def test_nothing_selected_is_an_empty_answer_said_so(shelf):
    done = shelf.run("summary", "--week", "2026-W01")
    assert (done.code, done.stdout) == (0, "")
    assert "no notes found" in done.stderr


# For whom, and how


def test_json_has_the_two_lines(shelf):
    (found,) = json.loads(shelf.run("summary", "acme-freight-2026-11-18", "--json").stdout)
    assert (found["path"], found["customer"], found["pm"], found["date"]) == (
        shelf.path(),
        "Acme Freight",
        ["caroline"],
        "2026-11-18",
    )
    assert len(found["lines"]) == 2


@pytest.mark.parametrize("form", ["plain", "slack", "markdown"])
def test_every_format_is_two_lines(shelf, form):
    assert len(shelf.run("summary", "acme-freight-2026-11-18", "--format", form).lines) == 2


def test_ones_own_format_holds_where_none_is_asked_for(team):
    path = team.note("A_B", tldr=TLDR)
    assert "A\\_B" in team.run("summary", path, ILOG_FORMAT="markdown").stdout
    assert "A_B" in team.run("summary", path, "--format", "plain", ILOG_FORMAT="markdown").stdout


def test_execs_get_the_nugget_in_my_own_voice_or_with_the_name(team):
    path = team.note("Acme", nugget='"They keep a paper list."', consent="quotes")
    assert team.run("summary", path, "--for", "execs").stdout == (
        "Execs: an interview nugget from me, product manager of our reseller portal: They keep a paper list.\n"
    )
    team.be("dev")
    assert (
        "from Caroline, who product manages our reseller portal: They"
        in team.run("summary", path, "--for", "execs").stdout
    )


def test_what_may_not_leave_is_refused_with_the_field_and_the_way(team):
    path = team.note("Acme", nugget='"They keep a paper list."', visibility="team")
    done = team.run("summary", path, "--for", "execs")
    assert (done.code, done.stdout) == (77, "")
    assert "visibility" in done.stderr
    assert "\n  next: " in done.stderr


def test_a_restricted_note_names_nobody_and_no_path(team):
    path = team.note("Acme", visibility="restricted", tldr='"Acme is cross"')
    done = team.run("summary", path)
    assert "a customer" in done.stdout
    assert "cme" not in done.stdout


# To the clipboard


def test_copy_says_copied_only_when_the_tool_says_so(team, tmp_path):
    path = team.note("Acme Freight", tldr=TLDR)
    done = team.run("summary", path, "--copy", **clipboard(tmp_path))
    assert (done.code, done.stderr) == (0, "copied\n")
    assert (tmp_path / "clipboard").read_text("utf-8") == done.stdout.rstrip("\n")


def test_copy_without_a_clipboard_is_74_and_the_lines_are_there_all_the_same(team, tmp_path):
    path = team.note("Acme Freight", tldr=TLDR)
    done = team.run("summary", path, "--copy", **clipboard(tmp_path, fails=True))
    assert (done.code, len(done.lines)) == (74, 2)
    assert done.stderr.startswith("ilog: no clipboard")
    assert "\n  next: " in done.stderr


def test_copying_by_setting_never_fails_the_summary(team, tmp_path):
    path = team.note("Acme Freight", tldr=TLDR)
    done = team.run("summary", path, ILOG_COPY="true", **clipboard(tmp_path, fails=True))
    assert (done.code, done.stderr) == (0, "")
    assert team.run("summary", path, ILOG_COPY="true", **clipboard(tmp_path)).stderr == "copied\n"


def test_the_terminals_own_clipboard_is_asked_where_there_is_no_tool(team):
    path = team.note("Acme Freight", tldr=TLDR)
    shown = team.on_terminal("summary", path, "--copy", TERM="xterm", PATH="/usr/bin:/bin")
    assert "sent to the terminal's clipboard" in shown
    assert "\x1b]52;c;" in shown


def test_a_folder_without_a_commit_summarises_what_is_there(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.repo.write({"ilog.yaml": "schema: 1\n"})
    path = team.draft("Acme Freight", tldr=TLDR)
    done = team.run("summary")
    assert (done.code, done.stderr) == (0, f"{path} (not committed yet: ilog save)\n")


def test_a_note_that_may_not_leave_does_not_hold_back_the_others_that_were_picked(team):
    team.note("Acme", "2026-11-17", nugget='"They keep a paper list."', consent="quotes")
    secret = team.note("Globex", "2026-11-18", nugget='"Secret."', visibility="team")
    done = team.run("summary", "--week", "this", "--for", "execs")
    assert (done.code, len(done.lines), "Secret" in done.stdout) == (0, 1, False)
    assert f"left out: {secret}: " in done.stderr
    assert team.run("summary", secret, "--for", "execs").code == 77
