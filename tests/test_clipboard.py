import base64
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from interviewlog.errors import Code, IlogError
from interviewlog.store.clipboard import LONGEST, Copied, copy

TEXT = "tl;dr – talked with Müller, heard “slow”\nFull interview notes at /prod/x.md\n"
SENT = Copied("sent", "the terminal")


@pytest.fixture
def desk(tmp_path):
    """A PATH of its own, whose clipboard tools are real programs that write to files named like them."""
    (tmp_path / "bin").mkdir()
    return tmp_path


def tool(desk: Path, name: str, body: str = 'echo "$@" > "$DESK/args"; cat > "$DESK/clip"') -> None:
    path = desk / "bin" / name
    path.write_text(f"#!/bin/sh\nDESK='{desk}'\nPATH=/usr/bin:/bin\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def copied(desk: Path, text: str = TEXT, *, platform: str = "linux", patience: float = 5.0, **variables: str):
    """Copy as on that desk; gives the outcome and what the terminal was sent."""
    terminal = io.BytesIO()
    environ = {"PATH": str(desk / "bin"), **variables}
    return copy(text, environ, tty=terminal, platform=platform, patience=patience), terminal.getvalue()


def refusal(desk: Path, text: str = TEXT, **variables: str) -> IlogError:
    with pytest.raises(IlogError) as caught:
        copied(desk, text, **variables)
    assert caught.value.code is Code.IO
    return caught.value


@pytest.mark.parametrize(
    ("name", "variables", "arguments"),
    [
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}, "--type text/plain"),
        ("xclip", {"DISPLAY": ":0"}, "-selection clipboard"),
        ("xsel", {"DISPLAY": ":0"}, "-b -i"),
        ("termux-clipboard-set", {"TERMUX_VERSION": "0.118"}, ""),
        ("pbcopy", {"platform": "darwin"}, ""),
    ],
)
def test_the_desktops_tool_gets_the_text(desk, name, variables, arguments):
    tool(desk, name)
    assert copied(desk, TERM="xterm", **variables) == (Copied("copied", name), b"")
    assert (desk / "clip").read_text(encoding="utf-8") == TEXT
    assert (desk / "args").read_text().strip() == arguments


def test_windows_gets_the_text_in_its_own_encoding(desk):
    tool(desk, "clip.exe")
    assert copied(desk, WSL_DISTRO_NAME="Ubuntu", WAYLAND_DISPLAY="w")[0] == Copied("copied", "clip.exe")
    assert (desk / "clip").read_bytes().decode("utf-16-le") == TEXT


def test_a_mac_is_told_that_the_text_is_utf_8(desk):
    tool(desk, "pbcopy", 'echo "$LC_ALL" > "$DESK/locale"')
    copied(desk, platform="darwin", LC_ALL="C")
    assert (desk / "locale").read_text() == "en_US.UTF-8\n"


def test_no_tool_runs_without_its_display(desk):
    for name in ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "termux-clipboard-set"):
        tool(desk, name)
    assert copied(desk, TERM="xterm")[0] == SENT
    assert not (desk / "clip").exists()


def test_a_tool_that_fails_hands_over_to_the_next(desk):
    tool(desk, "wl-copy", "exit 1")
    tool(desk, "xsel")
    assert copied(desk, WAYLAND_DISPLAY="w", DISPLAY=":0")[0] == Copied("copied", "xsel")


def test_a_tool_that_fails_is_never_called_copied(desk):
    tool(desk, "xclip", "cat >/dev/null; exit 1")
    assert copied(desk, DISPLAY=":0", TERM="xterm")[0] == SENT


def test_a_tool_that_hangs_is_given_up(desk):
    os.mkfifo(desk / "never")
    tool(desk, "xclip", 'exec cat "$DESK/never"')
    assert copied(desk, DISPLAY=":0", TERM="xterm", patience=0.1)[0] == SENT


def test_a_child_that_stays_behind_to_serve_the_text_is_not_waited_for(desk):
    os.mkfifo(desk / "until")
    tool(desk, "xclip", 'cat > "$DESK/clip"; cat "$DESK/until" &')
    script = (
        "import sys; from interviewlog.store.clipboard import copy; "
        "print(copy('x', {'PATH': sys.argv[1], 'DISPLAY': ':0'}, platform='linux').how)"
    )
    argv = [sys.executable, "-c", script, str(desk / "bin")]
    try:  # through pipes, which end only when nobody holds them open
        done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=True)
    finally:
        os.close(os.open(desk / "until", os.O_RDWR | os.O_NONBLOCK))  # lets the child go
    assert done.stdout == "copied\n"


def test_over_ssh_the_clipboard_of_the_machine_far_away_is_left_alone(desk):
    tool(desk, "pbcopy")
    assert copied(desk, platform="darwin", SSH_TTY="/dev/pts/1", TERM="xterm")[0] == SENT
    assert not (desk / "clip").exists()


# ── through the terminal ─────────────────────────────────────────────────────────────────────────────────────────


def plain(text: str) -> bytes:
    return b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x07"


def test_a_terminal_is_asked_and_not_believed(desk):
    assert copied(desk, TERM="xterm-256color") == (SENT, plain(TEXT))


def test_tmux_is_asked_to_pass_it_on(desk):
    wrapped = b"\x1bPtmux;\x1b" + plain(TEXT) + b"\x1b\\"
    assert copied(desk, TERM="screen-256color", TMUX="/tmp/tmux,1,0") == (SENT, wrapped)
    assert copied(desk, TERM="tmux-256color") == (SENT, wrapped)


def test_screen_gets_it_in_pieces_that_it_can_swallow(desk):
    long = "word " * 400
    _, sent = copied(desk, long, TERM="screen")
    pieces = sent.removesuffix(b"\x1b\\").removeprefix(b"\x1bP").split(b"\x1b\\\x1bP")
    assert b"".join(pieces) == plain(long)
    assert max(map(len, pieces)) < 768


def test_tmux_is_handed_the_text_where_it_takes_it(desk):
    tool(desk, "tmux")
    assert copied(desk, TERM="screen", TMUX="/tmp/tmux,1,0") == (Copied("sent", "tmux"), b"")
    assert (desk / "args").read_text() == "load-buffer -w -\n"
    assert (desk / "clip").read_text(encoding="utf-8") == TEXT


def test_no_text_can_break_out_of_the_sequence(desk):
    _, sent = copied(desk, "\x07\x1b\\\x1b]0;owned\x07", TERM="xterm")
    assert sent.count(b"\x1b") == 1
    assert sent.count(b"\x07") == 1


def test_the_longest_text_that_terminals_take_goes_and_one_byte_more_does_not(desk):
    assert len(copied(desk, "x" * LONGEST, TERM="xterm")[1]) == 100_000
    assert "too long" in refusal(desk, "x" * (LONGEST + 1), TERM="xterm").message


@pytest.mark.parametrize("name", ["dumb", "linux", ""])
def test_a_terminal_without_a_clipboard_gets_no_sequence(desk, name):
    assert refusal(desk, TERM=name).message == "no clipboard found"


@pytest.mark.parametrize(
    ("variables", "hint"),
    [
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "wl-clipboard"),
        ({"DISPLAY": ":0"}, "xclip"),
        ({"platform": "darwin"}, "pbcopy"),
        ({}, "OSC 52"),
    ],
)
def test_a_refusal_says_what_to_install(desk, variables, hint):
    assert hint in refusal(desk, TERM="dumb", **variables).hint


SCRIPT = "from interviewlog.store.clipboard import copy; print(copy('hello', platform='linux').how)"


def test_the_terminal_is_found_though_the_output_is_not_one():
    child = pexpect.spawn(
        "/bin/sh", ["-c", f'"{sys.executable}" -c "{SCRIPT}" >/dev/null'], env={"TERM": "xterm"}, timeout=30
    )
    child.expect_exact(plain("hello"))
    child.close()


def test_without_a_terminal_nothing_is_claimed():
    script = f"import os; os.fork() and os._exit(os.waitstatus_to_exitcode(os.wait()[1])); os.setsid()\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "-c", script], env={"TERM": "xterm"}, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert "no clipboard and no terminal found" in done.stderr


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
def test_a_real_tmux_takes_the_text_into_its_buffer(tmp_path):
    environ = {**os.environ, "TERM": "xterm", "TMUX_TMPDIR": str(tmp_path), "SCRIPT": SCRIPT, "PYTHON": sys.executable}
    for name in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY"):
        environ.pop(name, None)
    tmux = ["tmux", "-f", "/dev/null"]

    def run(*arguments: str) -> str:
        done = subprocess.run([*tmux, *arguments], env=environ, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout

    run("new-session", "-d", '"$PYTHON" -c "$SCRIPT"; tmux wait-for -S done; read -r _')
    try:
        run("wait-for", "done")
        assert run("show-buffer") == "hello"
    finally:
        run("kill-server")
