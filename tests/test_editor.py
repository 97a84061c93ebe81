import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from interviewlog.errors import Code, IlogError
from interviewlog.store.editor import WAIT_FLAGS, Session, choose, installed, open_in_editor, with_wait_flag

PATH = os.environ["PATH"]


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "acme-2026-11-18.md"
    path.write_text("one\ntwo\nthree\n", encoding="utf-8")
    return path


@pytest.fixture
def bin_dir(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, body: str = "") -> str:
    """Put a real program on disk, a small shell script, and give its path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def environ(*folders: Path, **variables: str) -> dict[str, str]:
    return {"PATH": os.pathsep.join([*map(str, folders), PATH]), **variables}


def ticks(*times: float):
    return iter(times).__next__


def failure(command: str, note: Path, **variables: str) -> IlogError:
    with pytest.raises(IlogError) as caught:
        open_in_editor(command, note, environ=environ(**variables))
    assert caught.value.kept == str(note)
    assert note.read_text() == "one\ntwo\nthree\n"
    return caught.value


# ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_nearest_wish_wins():
    wishes = {"ILOG_EDITOR": "a", "GIT_EDITOR": "b", "VISUAL": "d", "EDITOR": "e"}
    order = []
    for name in (*wishes, None):
        order.append(choose("c", wishes))
        wishes.pop(name, None)
    assert order == ["a", "b", "c", "c", "c"]
    assert choose("c", {"ILOG_EDITOR": "a"}, preferred="flag") == "flag"
    assert choose("", {"VISUAL": "d", "EDITOR": "e"}) == "d"
    assert choose("", {"EDITOR": "e"}) == "e"


def test_an_empty_variable_is_no_wish():
    assert choose(" ", {"ILOG_EDITOR": "", "GIT_EDITOR": "  ", "EDITOR": "ed -s "}, preferred=" ") == "ed -s"


def test_without_a_wish_an_editor_of_the_terminal_is_taken_before_a_graphical_one(bin_dir):
    for name in ("vi", "nano", "gedit"):
        program(bin_dir, name)
    assert choose("", {"PATH": str(bin_dir), "DISPLAY": ":0"}) == "nano"


def test_in_the_terminal_of_vs_code_its_own_editor_is_taken(bin_dir):
    program(bin_dir, "nano")
    program(bin_dir, "code")
    assert choose("", {"PATH": str(bin_dir), "TERM_PROGRAM": "vscode"}) == "code --wait"


def test_a_graphical_editor_is_better_than_none(bin_dir):
    program(bin_dir, "kate")
    assert choose("", {"PATH": str(bin_dir)}) == "kate --block"


def test_what_git_only_assumes_is_passed_over_when_it_is_not_there(bin_dir):
    program(bin_dir, "nano")
    assert choose("vi", {"PATH": str(bin_dir)}) == "nano"
    assert choose("editor", {"PATH": str(bin_dir), "EDITOR": "nano -w"}) == "nano -w"
    program(bin_dir, "vi")
    assert choose("vi", {"PATH": str(bin_dir)}) == "vi"


def test_no_editor_at_all_is_said_with_a_way_to_name_one(bin_dir):
    with pytest.raises(IlogError) as caught:
        choose("", {"PATH": str(bin_dir)})
    assert caught.value.code is Code.CONFIG
    assert caught.value.hint == "git config --global core.editor nano"


@pytest.mark.parametrize(
    ("command", "waiting"),
    [
        ("code", "code --wait"),
        ("code --wait", "code --wait"),
        ("code -w", "code -w"),
        ("/usr/bin/code -n", "/usr/bin/code -n --wait"),
        ("env LANG=C subl", "env LANG=C subl --wait"),
        ("'/opt/My Apps/zed'", "'/opt/My Apps/zed' --wait"),
        ("pycharm.sh", "pycharm.sh --wait"),
        ("kate -b", "kate -b"),
        ("gvim", "gvim --nofork"),
        ("code -n; true", "code -n; true"),
        ("vim", "vim"),
        ("it's", "it's"),
        ("", ""),
    ],
)
def test_a_graphical_editor_is_made_to_wait(command, waiting):
    assert with_wait_flag(command) == waiting
    assert with_wait_flag(waiting) == waiting


def test_editors_with_a_window_are_offered_first_only_where_there_is_a_screen(bin_dir):
    for name in ("vim", "nano", "code", "gedit"):
        program(bin_dir, name)
    assert installed({"PATH": str(bin_dir)}) == ["nano", "vim", "code --wait", "gedit --wait"]
    assert installed({"PATH": str(bin_dir), "DISPLAY": ":0"}) == ["code --wait", "gedit --wait", "nano", "vim"]
    assert installed({"PATH": "/nowhere"}) == []
    assert {"code", "subl", "zed", "kate", "idea", "mate"} <= set(WAIT_FLAGS)


# ── the cursor ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "flags", "arguments"),
    [
        ("vim", "", "+3 NOTE"),
        ("vim.basic", "-u NONE", "-u NONE +3 NOTE"),
        ("nano", "", "+3 NOTE"),
        ("emacsclient", "-t", "-t +3 NOTE"),
        ("hx", "", "NOTE:3"),
        ("code", "--wait", "--wait --goto NOTE:3"),
        ("cursor", "--wait", "--wait --goto NOTE:3"),
        ("subl", "-w", "-w NOTE:3"),
        ("idea", "--wait", "--wait --line 3 NOTE"),
        ("kate", "--block", "--block --line 3 NOTE"),
        ("my-editor", "", "NOTE"),
    ],
)
def test_the_cursor_starts_where_typing_should(bin_dir, note, name, flags, arguments):
    program(bin_dir, name, f'echo "$@" > "{note}"')
    open_in_editor(f"{name} {flags}".strip(), note, 3, environ=environ(bin_dir))
    assert note.read_text().strip() == arguments.replace("NOTE", str(note))


def test_the_first_line_needs_no_words(bin_dir, note):
    program(bin_dir, "vim", f'echo "$@" > "{note}"')
    open_in_editor("vim", note, environ=environ(bin_dir))
    assert note.read_text() == f"{note}\n"


def test_the_alternative_behind_editor_is_recognised(bin_dir, note):
    (bin_dir / "editor").symlink_to(program(bin_dir, "vim.tiny", f'echo "$1" > "{note}"'))
    open_in_editor("editor", note, 7, environ=environ(bin_dir))
    assert note.read_text() == "+7\n"


def test_words_before_the_editor_do_not_hide_it(bin_dir, note):
    program(bin_dir, "vim", f'echo "$LOOK $1" > "{note}"')
    open_in_editor("LOOK=dark exec vim", note, 2, environ=environ(bin_dir))
    assert note.read_text() == "dark +2\n"


# ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_is_seen(note):
    session = open_in_editor("echo four >>", note, environ=environ(), clock=ticks(10.0, 70.5))
    assert session == Session(60.5, changed=True)
    assert note.read_text().endswith("four\n")
    assert not session.returned_at_once


def test_an_editor_that_does_not_wait_is_known_by_coming_back_at_once(note):
    assert open_in_editor("true", note, environ=environ(), clock=ticks(0.0, 1.9)).returned_at_once
    assert not open_in_editor("true", note, environ=environ(), clock=ticks(0.0, 2.0)).returned_at_once
    assert not open_in_editor("echo x >>", note, environ=environ(), clock=ticks(0.0, 0.1)).returned_at_once


def test_the_colon_of_the_shell_edits_nothing(note):
    assert not open_in_editor(":", note, environ=environ()).changed


def test_the_command_is_shell_and_the_path_is_not(tmp_path):
    note = tmp_path / "it's $(touch owned) & more.md"
    note.write_text("", encoding="utf-8")
    open_in_editor('printf "%s" "a  b" >', note, environ=environ())
    assert note.read_text() == "a  b"
    assert not (tmp_path / "owned").exists()
    assert not Path("owned").exists()


def test_a_path_with_spaces_may_be_typed_without_quotes(tmp_path, note):
    folder = tmp_path / "My Editors"
    folder.mkdir()
    command = program(folder, "subl", f'echo "$@" > "{note}"')
    assert open_in_editor(command, note, environ=environ()).changed
    open_in_editor(choose(command, {}), note, 2, environ=environ())
    assert note.read_text() == f"--wait {note}:2\n"


def test_an_editor_that_replaces_the_file_is_seen(note):
    command = 'f() { cp "$1" "$1.new"; echo more >> "$1.new"; mv "$1.new" "$1"; }; f'
    assert open_in_editor(command, note, environ=environ()).changed


@pytest.mark.parametrize("command", ["no-such-editor", "/nonexistent/vim --wait", "'no such'", "exec no-such-editor"])
def test_a_missing_editor_is_said_with_one_that_is_there(bin_dir, note, command):
    program(bin_dir, "nano")
    error = failure(command, note, PATH=f"{bin_dir}:/usr/bin:/bin")
    assert error.code is Code.CONFIG
    assert error.message == f"cannot start the editor: {command}"
    assert error.hint == "git config --global core.editor nano, or ilog new --no-edit"


def test_a_file_that_cannot_be_run_is_no_editor(tmp_path, note):
    (tmp_path / "plain").write_text("", encoding="utf-8")
    assert failure(str(tmp_path / "plain"), note).code is Code.CONFIG


def test_the_mend_is_in_the_place_that_named_the_missing_editor(bin_dir, note):
    program(bin_dir, "nano")
    error = failure("gone --wait", note, PATH=str(bin_dir), ILOG_EDITOR="gone")
    assert error.hint == "export ILOG_EDITOR=nano"


def test_an_editor_that_fails_keeps_the_file(note):
    error = failure("false", note)
    assert error.code is Code.IO
    assert error.message == "the editor ended with an error (1): false"
    assert error.hint == f"ilog edit {note}"


@pytest.mark.parametrize("signal", ["INT", "QUIT"])
def test_an_editor_that_is_interrupted_keeps_the_file(note, signal):
    assert failure(f"kill -{signal} $$;", note).code is Code.INTERRUPTED


def test_a_note_deleted_in_the_editor_is_not_mourned_with_a_traceback(note):
    with pytest.raises(IlogError) as caught:
        open_in_editor("rm", note, environ=environ())
    assert caught.value.code is Code.NO_NOTE


# ── a real terminal ──────────────────────────────────────────────────────────────────────────────────────────────

SCRIPT = """
import sys
from pathlib import Path
from interviewlog.errors import IlogError
from interviewlog.store.editor import open_in_editor
try:
    session = open_in_editor(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    print("changed" if session.changed else "same")
except IlogError as error:
    print("code", int(error.code))
"""


def at_a_terminal(command: str, note: Path, line: int = 1, script: str = "CALL") -> pexpect.spawn:
    """Run the editor below a Python of its own on a real pseudo-terminal; `script` says how that one is called."""
    variables = {**os.environ, "TERM": "xterm", "SCRIPT": SCRIPT, "PYTHON": sys.executable, "COMMAND": command}
    call = '"$PYTHON" -c "$SCRIPT" "$COMMAND" "$NOTE" "$LINE"'
    variables |= {"NOTE": str(note), "LINE": str(line)}
    argv = ["-c", script.replace("CALL", call)]
    return pexpect.spawn("/bin/sh", argv, env=variables, timeout=30, encoding="utf-8", dimensions=(24, 80))


def test_the_editor_has_the_terminal_though_the_answer_is_captured(note):
    command = 'f() { test -t 0 && test -t 1 && echo both > "$1"; }; f'
    child = at_a_terminal(command, note, script='answer=$(CALL </dev/null); echo "got:$answer"')
    child.expect("got:changed")
    assert note.read_text() == "both\n"
    child.close()


def test_an_interrupt_at_the_editor_belongs_to_the_editor(note):
    command = 'f() { trap \'echo caught\' INT; echo ready; until read -r word; do :; done; echo "$word" > "$1"; }; f'
    child = at_a_terminal(command, note)
    child.expect("ready")
    child.sendintr()
    child.expect("caught")
    child.sendline("typed")
    child.expect("changed")
    child.close()
    assert note.read_text() == "typed\n"


def test_an_editor_killed_by_an_interrupt_is_reported_as_interrupted(note):
    child = at_a_terminal("f() { echo ready; read -r word; }; f", note)
    child.expect("ready")
    child.sendintr()
    child.expect("code 130")
    child.close()


@pytest.mark.skipif(not shutil.which("vim"), reason="vim is not installed")
def test_in_vim_typing_starts_at_the_line(note):
    child = at_a_terminal("vim -u NONE -N -n", note, 2)
    child.expect("three")
    child.send("opain: slow\x1b:wq\r")
    child.expect("changed")
    child.close()
    assert note.read_text() == "one\ntwo\npain: slow\nthree\n"


def test_without_a_terminal_the_editors_words_stay_out_of_the_answer(note, capfd):
    pid = os.fork()
    if pid == 0:  # a session of its own has no terminal
        os.setsid()
        open_in_editor("echo chatter; true", note, environ=environ())
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert err == "chatter\n"
