"""The index on disk: whatever becomes of the file, the answer is the same, and nothing is asked of anybody."""

import fcntl
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ledgerfolder
from cli import ILOG, ROOT, Result, Team, by
from gitrepo import Repo
from histories import wild_repo
from interviewlog.store.catalogue import VERSION, Catalogue

COMMANDS = (("stats", "--weeks", "all", "--json"), ("search", "three", "--json"))
OTHERS = ("list", "--json")
LAMENT = "answered without the index"


@pytest.fixture(scope="module")
def team(tmp_path_factory) -> Team:
    """Make a folder whose index the tests spoil one after the other."""
    top = tmp_path_factory.mktemp("catalogue") / "notes"
    wild_repo(top, 21, 40)
    team = Team(Repo(top))
    team.be("caroline")
    return team


@pytest.fixture(scope="module")
def expected(team) -> list[str]:
    """Give the answers to the commands, and find that another run with the index it left gives the same."""
    first = [team.run(*args).stdout for args in COMMANDS]
    assert [team.run(*args).stdout for args in COMMANDS] == first
    assert all(len(text) > 100 for text in first), first
    return first


@pytest.fixture
def home(team) -> Iterator[Path]:
    """Give the folder of a good index, and take away whatever a test makes of it."""
    where = team.top / ".git" / "ilog"
    assert team.run("list").code == 0
    yield where
    where.unlink() if where.is_symlink() or where.is_file() else shutil.rmtree(where, ignore_errors=True)


def answered(team: Team, expected: list[str], *, laments: bool = False) -> None:
    """Find that commands answer as ever, with one line at most about the index."""
    for args, text in zip(COMMANDS, expected, strict=True):
        done = team.run(*args)
        assert (done.code, done.stdout) == (0, text)
        assert done.stderr.count(LAMENT) == laments, done.stderr
        assert len(lines_about_the_index(done)) <= 1


def lines_about_the_index(done: Result) -> list[str]:
    return [line for line in done.stderr.splitlines() if not line.startswith(("skipped", "ilog stats", "1 note", "2 notes"))
            and not re.match(r"\d+ notes? w", line)]  # fmt: skip


# Lost or spoilt


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(20_000))


def text(path: Path) -> None:
    path.write_text("SQLite format 3\0 and no more of it")


def other_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE fact (name TEXT, value TEXT)")
        db.execute("INSERT INTO fact VALUES ('commit', 'x')")
    db.close()


def changed_by_another_program(path: Path) -> None:
    """Change what it says and nothing else: as a database it is as sound and as large as before."""
    before = path.stat()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE note SET date = date - 7, week = week - 1, who = 0")
        db.execute("DELETE FROM lineage WHERE no = 0")
        db.execute("UPDATE reading SET text = 'nothing'")
    db.close()
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))  # no clock is so coarse


def linked(path: Path) -> None:
    """Put a link to a file in its place that must not be written to."""
    path.unlink()
    path.with_name("precious").write_text("precious")
    path.symlink_to("precious")


def linked_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nonexistent/index")


def stamp_lost(path: Path) -> None:
    path.with_name("index.stamp").unlink()


def stamp_garbled(path: Path) -> None:
    path.with_name("index.stamp").write_bytes(b"\xff\0" * 50)


def stamp_of_another_version(path: Path) -> None:
    stamp = path.with_name("index.stamp")
    stamp.write_text(stamp.read_text().replace(VERSION, f"0.0{VERSION}"))
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM note")
    db.close()


def copied_back(path: Path) -> None:
    """As a backup would, with the same time."""
    shutil.copy2(path, path.with_name("backup"))
    path.with_name("backup").replace(path)


def journal_of_something_else(path: Path) -> None:
    Path(f"{path}-journal").write_bytes(os.urandom(5000))


def directory_of_somebody_else(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    path.parent.joinpath("notes.txt").write_text("mine")


@pytest.mark.parametrize("spoil", [
    Path.unlink, empty, garbage, text, other_database, changed_by_another_program, linked, linked_to_nowhere, stamp_lost, stamp_garbled,
    stamp_of_another_version, copied_back, journal_of_something_else, directory_of_somebody_else,
])  # fmt: skip
def test_an_index_that_was_lost_or_spoilt_is_made_anew_without_a_word(team, expected, home, spoil):
    spoil(home / "index.sqlite3")
    answered(team, expected)
    if spoil is linked:
        assert (home / "precious").read_text() == "precious"
    with Catalogue(home).opened() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_overwritten_anywhere_or_cut_off_change_no_answer(team, expected, home, data):
    team.run(*OTHERS)
    file = home / "index.sqlite3"
    size, before = file.stat().st_size, file.stat()
    with file.open("r+b") as opened:
        if data.draw(st.booleans()):
            opened.truncate(data.draw(st.integers(0, size - 1)))
        for place in data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=5)):
            opened.seek(place)
            opened.write(os.urandom(16))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))  # no clock is so coarse
    answered(team, expected)


@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_that_nothing_tells_of_never_ends_in_a_crash(team, home, data):
    """As of a failing disk: the file's time and length are as we left them."""
    team.run(*OTHERS)
    file = home / "index.sqlite3"
    size, before = file.stat().st_size, file.stat()
    with file.open("r+b") as opened:
        for place in data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=40)):
            opened.seek(place)
            opened.write(data.draw(st.binary(min_size=1, max_size=64)))
    os.truncate(file, size)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    for args in COMMANDS:
        assert team.run(*args).code in {0, 1}
    shutil.rmtree(home)


# Not to be had


def in_the_way(home: Path) -> None:
    """Put a file where the folder of the index should be: nobody, be it root, can write there."""
    shutil.rmtree(home)
    home.write_text("in the way")


def directory_in_its_place(home: Path) -> None:
    (home / "index.sqlite3").unlink()
    (home / "index.sqlite3" / "in").mkdir(parents=True)


def linked_lock(home: Path) -> None:
    (home / "index.lock").unlink()
    (home / "index.lock").symlink_to("precious")
    (home / "index.stamp").unlink()


@pytest.mark.parametrize("hinder", [in_the_way, directory_in_its_place, linked_lock])
def test_where_none_can_be_kept_the_answer_comes_without_and_one_line_says_so(team, expected, home, hinder):
    hinder(home)
    answered(team, expected, laments=True)
    assert LAMENT not in team.run("--quiet", "stats").stderr
    assert not (home / "precious").exists()


def test_an_index_that_another_program_holds_is_not_waited_for_long(team, expected, home):
    holder = sqlite3.connect(home / "index.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    done = team.run(*COMMANDS[0])
    holder.close()
    assert (done.code, done.stdout, done.stderr.count(LAMENT)) == (0, expected[0], 1)
    answered(team, expected)


def test_an_index_that_another_ilog_writes_is_not_waited_for_long(team, expected, home):
    (home / "index.stamp").unlink()
    with (home / "index.lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = team.run(*COMMANDS[0])
    assert (done.code, done.stdout) == (0, expected[0])
    assert "locked by another ilog" in done.stderr


def test_whoever_only_reads_is_not_held_up_by_the_lock(team, expected, home):
    with (home / "index.lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answered(team, expected)


# A full disk, a sudden end


def process(team: Team, *args: str, most_bytes: int = 0) -> subprocess.Popen[bytes]:
    """Start `ilog`; with `most_bytes`, no file that it writes can become larger."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.Popen([ILOG, *args], cwd=team.top, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, preexec_fn=limit if most_bytes else None)  # noqa: PLW1509 # fmt: skip


@pytest.mark.parametrize("most", [20_000, 100_000])
def test_on_a_full_disk_the_answer_comes_all_the_same(team, home, most):
    child = process(team, *OTHERS)
    whole = child.communicate()[0]
    shutil.rmtree(home)
    child = process(team, *OTHERS, most_bytes=most)
    out, err = child.communicate()
    assert (child.returncode, out) == (0, whole)
    assert err.decode().count(LAMENT) == 1
    child = process(team, *OTHERS)
    out, err = child.communicate()
    assert (child.returncode, out, err.decode().count(LAMENT)) == (0, whole, 0)


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Team:
    """Make a folder whose index takes a moment to build."""
    top = tmp_path_factory.mktemp("large") / "notes"
    ledgerfolder.make(top, 300, seed=5, messy=False)
    return Team(Repo(top))


def test_whoever_is_killed_while_it_is_made_leaves_nothing_behind_that_counts(large):
    home = large.top / ".git" / "ilog"
    whole = process(large, *OTHERS).communicate()[0]
    for size in (1, 250_000, 500_000):
        shutil.rmtree(home, ignore_errors=True)
        child = process(large, *OTHERS)
        while child.poll() is None and grown(home) < size:
            os.sched_yield()
        child.send_signal(signal.SIGKILL)
        child.communicate()
        again = process(large, *OTHERS)
        out, err = again.communicate()
        assert (again.returncode, out, LAMENT in err.decode()) == (0, whole, False)


def grown(home: Path) -> int:
    """Tell how large the files of an index are by now."""
    if not home.is_dir():
        return 0
    return sum(size_of(path) for path in home.iterdir() if path.name.startswith("index.sqlite3"))


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def test_several_at_once_give_the_same_answers(large):
    """While it is made, while it is set back, and while it is brought along."""
    shutil.rmtree(large.top / ".git" / "ilog", ignore_errors=True)
    for reset in ("HEAD", "HEAD~100", "ORIG_HEAD"):
        large.repo.git("reset", "-q", "--hard", reset)
        began = [process(large, *args) for args in (OTHERS, ("stats", "--json"), OTHERS, ("stats", "--json"))]
        ended = [(child.communicate()[0], child.returncode) for child in began]
        assert {code for _, code in ended} == {0}
        assert ended[0] == ended[2]
        assert ended[1] == ended[3]
        assert large.run(*OTHERS).stdout.encode() == ended[0][0]


# What nobody else shall read, and what shall be gone


def test_only_the_owner_may_look_at_it(team, home):
    before = os.umask(0)
    try:
        shutil.rmtree(home)
        assert team.run("list").code == 0
    finally:
        os.umask(before)
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "index.sqlite3").stat().st_mode & 0o777 == 0o600


def holds(home: Path, word: str) -> list[str]:
    """Name the files of an index that hold a word, in whatever case."""
    return [path.name for path in home.iterdir() if word.lower().encode() in path.read_bytes().lower()]


WORD = "Xylophonquark"


@pytest.fixture
def own(tmp_path) -> Team:
    """Make a folder with some notes, for tests that go on from there."""
    top = tmp_path / "notes"
    wild_repo(top, 3, 30)
    team = Team(Repo(top))
    team.be("caroline")
    return team


def secret_note(team: Team) -> str:
    """Commit a note that names the same secret wherever something can be written."""
    return team.note(
        f"{WORD} Ltd", "2026-11-18", path=f"{ROOT}/checkout/note.md", pm=f"[{WORD}]", tldr=f"about {WORD}",
        segments=f"[{WORD.lower()}]", participants=f"[{WORD}]", author=f"{WORD} <{WORD}@example.com>",
        also_products=f"[{WORD.lower()}]", observers=f"[{WORD}]", own_field=WORD,
        body=f"# {WORD}\n\n- pain: {WORD} {WORD}s pre{WORD} #{WORD}\n- [ ] ask {WORD}\n",
    )  # fmt: skip


def forget(team: Team) -> None:
    """Take away what no branch holds any more."""
    team.repo.git("reflog", "expire", "--expire=now", "--all")
    team.repo.git("gc", "-q", "--prune=now")


@pytest.mark.parametrize("command", [("list",), ("stats",), ("stats", "--basis", "commits"), ("search", "sso")])
def test_words_that_were_amended_away_are_gone_from_it_after_the_next_command(own, command):
    home = own.top / ".git" / "ilog"
    own.run("stats")
    path = secret_note(own)
    own.note("Acme", "2026-11-19")
    assert path in own.run("search", WORD, "--format", "paths").stdout
    assert "index.sqlite3" in holds(home, WORD)
    own.repo.git("reset", "-q", "--hard", "HEAD~2")
    forget(own)
    own.run(*command)
    assert holds(home, WORD) == []
    assert own.run("search", WORD).code == 1


def test_words_that_were_seen_at_another_commit_only_are_gone_once_it_is(own):
    home = own.top / ".git" / "ilog"
    own.run("list")
    own.repo.git("checkout", "-q", "-b", "side")
    secret_note(own)
    own.repo.git("checkout", "-q", "main")
    assert own.run("stats", "--at", "side").code == 0
    assert holds(home, WORD)
    own.repo.git("branch", "-q", "-D", "side")
    forget(own)
    own.note("Acme", "2026-11-19")
    own.run("list")
    assert holds(home, WORD) == []


def test_what_history_still_holds_may_stay_but_is_not_shown(own):
    path = secret_note(own)
    own.run("list")
    own.repo.commit({path: None})
    assert own.run("search", WORD).code == 1
    assert WORD not in own.run("list", "--json").stdout


def test_a_draft_never_gets_into_it(own):
    own.run("list")
    path = own.path("Acme")
    own.draft(f"{WORD} Ltd", path=path, body=f"- pain: {WORD}\n")
    committed = own.repo.git("ls-files", "-z", ROOT).split("\0")[0]
    own.repo.write({committed: own.read(committed) + f"- pain: {WORD}\n"})
    for args in (("list",), ("search", WORD), ("stats",), ("list", "--json"), ("stats", "--at", "HEAD~3")):
        assert own.run(*args).code == 0
    assert path in own.run("search", WORD, "--format", "paths").stdout
    own.repo.commit({f"{ROOT}/checkout/other.md": "x"}, author=by("dev"))
    own.run("list")
    assert holds(own.top / ".git" / "ilog", WORD) == []
