"""The rows of the hazards of names, N1 to N11, as far as they concern reading: what is named like a note and is none.

Everything runs in a process of its own with a time limit: a pipe that is opened would wait for ever.
"""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import note_text
from cli import ROOT, Team
from interviewlog.problem import Problem
from interviewlog.store import index
from interviewlog.store.folder import open_folder
from interviewlog.store.git import Git

PRODUCT = f"{ROOT}/reseller-portal"
SECRET = "a word of nobody's business"  # noqa: S105 - what other file holds
READING = (["list"], ["stats"], ["check"], ["save"], [])


@pytest.fixture
def folder(team: Team) -> Team:
    """A folder in which one note is fine, and beside it a file that is nobody's business."""
    team.note("Good", "2026-11-17")
    (team.top.parent / "secret.md").write_text(note_text(customer=f'"{SECRET}"'), encoding="utf-8")
    return team


def customers(team: Team) -> list[str]:
    done = team.process("list", "--json")
    assert done.code == 0
    return [each["customer"] for each in json.loads(done.stdout)]


def never_read(team: Team) -> None:
    """See that every reading command ends, lists the good note, and lets nothing out of the other file."""
    for words in READING:
        done = team.process(*words)
        assert done.code in {0, 1}, (words, done)
        assert SECRET not in done.stdout + done.stderr, words
    assert customers(team) == ["Good"]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.md",
        "../../etc/passwd",
        "/etc/passwd",
        "prod/../../secret.md",
        f"{PRODUCT}/../../../../secret.md",
        ".",
        "..",
        "",
    ],
)
def test_n1_no_way_leads_out_of_the_folder(folder: Team, name: str):
    done = folder.process("show", name)

    assert (done.code, done.stdout) == (66, "")
    assert SECRET not in done.stderr


@pytest.mark.parametrize("name", ["--output=x.md", "-O touch x.md", "--upload-pack=x"])
def test_n2_a_name_that_looks_like_an_option_is_a_name(folder: Team, name: str):
    assert folder.process("show", "--", name).code == 66
    assert folder.process("why", "--", name).code == 66
    assert [each.name for each in folder.top.iterdir() if each.name.startswith("x")] == []


def test_n3_signs_of_patterns_stand_for_themselves(folder: Team):
    path = folder.draft("Odd", path=f"{PRODUCT}/[ab]*-2026-11-18.md")
    folder.draft("Alike", path=f"{PRODUCT}/a-2026-11-18.md")
    done = folder.process("save", path)

    assert (done.code, done.lines) == (0, [path])
    assert folder.repo.git("show", "--name-only", "--format=", "HEAD", "-z").strip("\0\n") == path
    assert folder.process("show", ":(exclude)a-2026-11-18").code == 66


def test_n7_a_product_that_is_a_link_out_is_not_entered(folder: Team, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "acme-2026-11-18.md").write_text(note_text(customer=f'"{SECRET}"'), encoding="utf-8")
    (folder.top / ROOT / "linked").symlink_to(outside)

    never_read(folder)
    assert folder.process("show", f"{ROOT}/linked/acme-2026-11-18.md").code == 66
    assert folder.process("save", f"{ROOT}/linked/acme-2026-11-18.md").code == 66
    assert [each.name for each in outside.iterdir()] == ["acme-2026-11-18.md"]


def _link(place: Path) -> None:
    place.symlink_to(place.parents[4] / "secret.md")


def _dangling(place: Path) -> None:
    place.symlink_to("nowhere.md")


def _socket(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's path may not be long
    try:
        socket.socket(socket.AF_UNIX).bind(place.name)
    finally:
        os.chdir(here)


def _device(place: Path) -> None:
    try:
        os.mknod(place, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero has no end
    except PermissionError:
        pytest.skip("only root makes devices")


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("row", "make"),
    [("N8", _link), ("N8 dangling", _dangling), ("N9", os.mkfifo), ("N9", os.mkdir), ("N9", _device), ("N9", _socket)],
)
def test_n8_n9_a_link_a_pipe_a_device_and_a_directory_are_77_and_never_opened(
    folder: Team, row: str, make: Callable[[Path], None]
):
    path = f"{PRODUCT}/odd-2026-11-18.md"
    make(folder.top / path)

    never_read(folder)
    for command in ("show", "save"):
        done = folder.process(command, path)
        assert (done.code, done.stdout) == (77, ""), (row, command, done)
        assert SECRET not in done.stderr
        assert path in done.stderr


def test_n8_a_link_that_is_committed_is_not_a_note(folder: Team):
    path = f"{PRODUCT}/odd-2026-11-18.md"
    _link(folder.top / path)
    folder.repo.git("add", "-A")
    folder.repo.git("commit", "-q", "-m", "A link")

    never_read(folder)
    assert folder.process("show", path).code == 77


def test_n10_words_that_are_not_utf_8_are_2(folder: Team):
    for words in (["show", b"\xff"], ["list", "--customer", b"\xff"], ["why", b"a\xff.md"], ["save", b"\xff.md"]):
        done = folder.process(*words)
        assert (done.code, done.stdout) == (2, "")
        assert "not valid UTF-8" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("is_committed", [False, True])
def test_n10_a_file_name_that_is_not_utf_8_hides_no_note_and_is_shown_harmless(folder: Team, is_committed: bool):
    raw = os.fsencode(folder.top / PRODUCT) + b"/odd\xff-2026-11-18.md"
    try:
        handle = os.open(raw, os.O_WRONLY | os.O_CREAT, 0o644)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    os.write(handle, note_text(customer="Odd").encode())
    os.close(handle)
    if is_committed:
        folder.repo.git("add", "-A")
        folder.repo.git("commit", "-q", "-m", "A name")

    assert "Good" in customers(folder)
    for words in READING:
        done = folder.process(*words)
        assert done.code in {0, 1}, (words, done)
        assert "\xff" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_n11_the_mode_of_a_file_does_not_matter(folder: Team):
    path = folder.draft("Acme Freight")
    (folder.top / path).chmod(0o755)

    assert folder.process("save", path).lines == [path]
    assert folder.repo.git("ls-files", "-s", path).startswith("100755 ")
    assert sorted(customers(folder)) == ["Acme Freight", "Good"]
    assert "counts for 2026-W47: yes" in folder.process("why", path).stdout


def test_what_is_no_regular_file_is_a_problem_in_a_list_and_no_exception_out_of_it(folder: Team):
    for name, make in (("link", _link), ("pipe", os.mkfifo), ("dir", os.mkdir)):
        make(folder.top / f"{PRODUCT}/{name}-2026-11-18.md")
    git = Git.open(folder.top)
    assert git
    read = index.work_tree(open_folder(git)).notes
    broken = [each for each in read if isinstance(each, Problem)]

    assert {each.path.rsplit("/", 1)[-1].split("-")[0] for each in broken} <= {"link", "pipe", "dir"}
    assert len(read) - len(broken) == 1
