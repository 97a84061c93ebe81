"""Every row of the hazards of parsing, P1 to P20, by name: what a note may hold, and what must come of it.

65 is the answer where such a note is asked for by name; elsewhere it is skipped and named, and hides no other.
"""

import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import note_text
from cli import ILOG, ScriptedAsk, Team, replacing
from interviewlog.edit import set_field
from interviewlog.interview import Interview
from interviewlog.note import parse, split
from interviewlog.problem import Problem
from interviewlog.render.clean import FORBIDDEN
from interviewlog.selection import Selection
from interviewlog.store import index
from interviewlog.store.folder import open_folder
from interviewlog.store.git import Git

NAME = "bad-2026-11-18"
PATH = f"prod/interviews/reseller-portal/{NAME}.md"
GOOD = "good-2026-11-17"
MEMORY = 512 * 1024 * 1024
ASKING = ("show", "why", "summary", "save", "edit")


@pytest.fixture
def own(team: Team) -> Team:
    """A folder in which one note is fine, for one test."""
    team.note("Good", "2026-11-17")
    return team


@pytest.fixture(scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Team:
    team = Team.start(tmp_path_factory.mktemp("shared") / "notes")
    team.note("Good", "2026-11-17")
    return team


@pytest.fixture
def folder(_shared: Team) -> Iterator[Team]:
    """The same for tests that commit nothing."""
    yield _shared
    (_shared.top / PATH).unlink(missing_ok=True)


def put(team: Team, raw: bytes | str) -> bytes:
    content = raw.encode() if isinstance(raw, str) else raw
    (team.top / PATH).parent.mkdir(parents=True, exist_ok=True)
    (team.top / PATH).write_bytes(content)
    return content


def front(lines: str, body: str = "- pain: x\n") -> str:
    return f"---\n{lines}---\n{body}"


def refused(team: Team, raw: bytes | str, *commands: str) -> str:
    """Ask for a note by name in each way: 65, in the three lines, and not a byte of it changes; gives the last answer."""
    content, said = put(team, raw), ""
    for command in commands or ASKING:
        words = [command, PATH] if command == "save" else [command, NAME]
        done = team.run(*words, edit=lambda _path: 60.0)
        assert (done.code, done.stdout) == (65, ""), (command, done)
        assert done.stderr.startswith(f"ilog: {PATH}:"), done.stderr
        assert done.stderr.endswith(f"  kept: {PATH}\n  next: ilog edit {PATH}\n")
        assert (team.top / PATH).read_bytes() == content
        said = done.stderr
    return said


def skipped(team: Team) -> None:
    """See that the other notes are listed and counted, and this one is named and skipped."""
    listed = team.run("list", "--json")
    assert listed.code == 0
    assert [each["customer"] for each in json.loads(listed.stdout)] == ["Good"]
    assert f"skipped: {PATH}:" in listed.stderr
    assert "1 note was skipped" in listed.stderr


def value_of(typed: str, key: str = "code") -> Any:
    """Give what is read of a value as typed behind a key; a Problem where it cannot be read."""
    note = parse(PATH, note_text().replace("type:", f"{key}: {typed}\ntype:").encode())
    return note if isinstance(note, Problem) else note.extra[key]


# P1 and P2: keys


@pytest.mark.parametrize(
    "key", ["content", "handler", "self", "metadata", "on", "no", "2024", "~", "null", "1.5", "=", "<<", "0x1f", "true"]
)
def test_p1_p2_every_key_is_plain_text_as_written(folder: Team, key: str):
    put(folder, note_text(**{key: "x"}))
    shown = folder.run("show", NAME, "--json")

    assert shown.code == 0
    assert json.loads(shown.stdout)["extra"] == {key: "x"}
    assert folder.run("list").stderr == ""


# P3 and P4: what stands where front matter should


@pytest.mark.parametrize(
    ("row", "raw", "what"),
    [
        ("P3 a list", front("- date: 2026-11-18\n- b\n"), ":2: the front matter has no fields, it is a list"),
        ("P3 a scalar", front("hello\n"), ":2: the front matter has no fields, it is one text"),
        ("P4 not closed", "---\ndate: 2026-11-18\n\n# Acme\n", ":4: the front matter is never closed; add a line ---"),
        ("P4 not closed at all", "---\ndate: 2026-11-18", ":2: the front matter is never closed; add a line ---"),
        ("P4 a Markdown rule", "---\nJust text\n---\nmore\n", ":2: the front matter has no fields, it is one text"),
        ("P4 none", "# Acme\n\n- pain: x\n", ":1: no front matter; start the note with a line ---"),
        ("P4 TOML", "+++\ndate = 2026-11-18\n+++\n", ":1: front matter in TOML"),
        ("P4 JSON", '{"date": "2026-11-18"}\n', ":1: front matter in JSON"),
        ("P4 empty", "", ":1: the note is empty"),
    ],
)  # fmt: skip
def test_p3_p4_what_is_no_front_matter_is_65_in_its_own_words(folder: Team, row: str, raw: str, what: str):
    assert f"{PATH}{what}" in refused(folder, raw), row
    skipped(folder)


# P5 and P6: bytes


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("closer", ["---", "..."])
def test_p5_bom_and_line_ends_are_read_and_kept_byte_for_byte(own: Team, line_end: str, bom: bytes, closer: str):
    text = note_text(body="- pain: x\n  - quote: y").replace("\n---\n", f"\n{closer}\n")
    content = bom + text.replace("\n", line_end).encode()
    put(own, content)
    saved = own.run("save", PATH)

    assert (saved.code, saved.lines) == (0, [PATH])
    assert (own.top / PATH).read_bytes() == content
    assert json.loads(own.run("show", NAME, "--json").stdout)["customer"] == "Acme Freight"


@pytest.mark.parametrize("body", ["  first\n", "\n\n  x \n\n\n", "\t- pain: x", "x\r\n \r", "", "\ufeff---\n---\n"])
def test_p6_the_body_stays_as_it_is(body: str):
    note = parse(PATH, note_text(body=body).encode())

    assert isinstance(note, Interview)
    assert note.text == body
    assert split(set_field(note_text(body=body).encode(), "tldr", "new")).body == body.encode()


# P7 and P8: what YAML would do with it


def test_p7_a_duplicate_key_names_both_lines(folder: Team):
    said = refused(folder, note_text().replace("type:", "customer: B\ntype:"))

    assert f"{PATH}:6: the key customer stands twice, in lines 4 and 6; delete one of them\n" in said
    skipped(folder)


@pytest.mark.parametrize("value", ["!!python/object/apply:os.system [id]", "!foo x", "!!binary aGk=", "!"])
def test_p8_a_tag_is_65(folder: Team, value: str):
    assert "for a tag" in refused(folder, note_text(customer=value), "show")


# P9 to P13: values are text first


TEXTS = [
    "no", "on", "NO", "y", "Null", "null", "~", "true", "True", "12:30", "12:30:45", "014", "007", "0o17", "1_000", "1.10",
    "3.10", "1e5", "1e400", ".inf", "-.NaN", "+1", "7-11", "0xfff", "0x" + "f" * 300, "0b101", "9223372036854775808", "9" * 5000,
    "2026-02-30", "2026-13-01", "0000-01-01", "2026-11-18T10:00:00Z", "2026-11-18 10:00:00 +99:00", "2001-12-14t21:59:43.10-05:00",
    "=1+1", "<<", "-1", "-", "$HOME", "a@b.c", "50%", "C#", "a - b", "a, b", "(x)", "it's", 'the "x"', "x]", "…", "a:b", "http://x/y#z",
]  # fmt: skip


@pytest.mark.parametrize("typed", TEXTS)
@pytest.mark.parametrize("shape", ["{}", '"{}"', "'{}'", "  {}  ", "{}  # a comment"])
def test_p9_p10_p12_a_value_is_the_text_that_was_typed(typed: str, shape: str):
    if shape.startswith(("'", '"')) and shape[0] in typed:
        return  # to be escaped in there
    if typed == "-" and shape[0] not in "'\"":
        return  # a list of one empty item
    assert value_of(shape.format(typed)) == typed


def test_p9_p12_typed_fields_take_only_what_is_theirs():
    for key, values in {
        "minutes": ["1_000", "0x10", "3.10", "12:30", "007", "1e2", "+35", "9" * 5000, "９", "no", "~", "-5"],
        "imported": ["yes", "no", "on", "1", "~", "y"],
        "retain_until": ["2026-02-30", "2026-11-18T10:00", "20261118", "18.11.2026", "~"],
        "relationship": ["no", "~", "Null", "1"],
        "segments": ["No Slug", "~", "@x1", "Big"],
    }.items():
        for value in values:
            quoted = json.dumps(value)
            note = parse(PATH, note_text(**{key: quoted}).encode())
            assert isinstance(note, Interview)
            assert not getattr(note, key), (key, value)
            assert [each.code for each in note.findings] == [f"field-{key.replace('_', '-')}"], (key, value)


@pytest.mark.parametrize(
    "typed",
    ["2026-02-30", "2026-13-01", "2026-00-10", "0000-01-01", "1989-12-31", "9" * 5000, "2026-11-18T10:00+99:00", "2026-11-18 10:00", "~",
     "2026-11-18T23:30-08:00", "2026-11-18Z", "no", "today", "2026-W47", "２０２６-１１-１８", "2026-1-2", "0x7ea-11-18", "[2026-11-18]"],
)  # fmt: skip
def test_p10_p11_a_date_that_is_no_day_is_65_at_its_line(folder: Team, typed: str):
    said = refused(folder, note_text(date=typed), "show", "why")

    assert f"{PATH}:2: date" in said
    assert len(said) < 1000
    skipped(folder)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_p11_no_zone_shifts_a_day(folder: Team, zone: str):
    put(folder, note_text(date="2026-11-18"))

    assert json.loads(folder.process("show", NAME, "--json", TZ=zone).stdout)["date"] == "2026-11-18"


def test_p12_numbers_of_any_size_reach_every_sink_as_text(own: Team):
    numbers = ["0x" + "f" * 300, "9223372036854775808", "1e400", "9" * 5000]
    put(own, note_text(customer=f'"{numbers[1]}"', code=numbers))
    saved = own.run("save", PATH)
    shown = json.loads(own.run("show", NAME, "--json").stdout)
    rows = list(csv.reader(io.StringIO(own.run("list", "--format", "csv").stdout)))

    assert saved.code == 0
    assert (shown["customer"], shown["extra"]) == (numbers[1], {"code": numbers})
    assert numbers[1] in {cell for row in rows for cell in row}


@pytest.mark.parametrize(
    "typed", ["Acme #1", "@acme", "Acme: North", "*acme", "&acme", "`acme", "%acme", "- acme", "? acme", "!acme x"]
)
def test_p13_a_value_that_wants_quotes_is_65_with_the_line_to_type(folder: Team, typed: str):
    said = refused(folder, note_text(customer=typed), "show", "save")

    assert said.startswith(f"ilog: {PATH}:4: ")
    assert f'; put it in quotes: customer: "{typed}"\n  4 | customer: {typed}\n    |           ' in said
    mended = parse(PATH, note_text(customer=f'"{typed}"').encode())
    assert isinstance(mended, Interview)
    assert mended.customer == typed


one_line = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\r\n"), st.sampled_from(" \t:#,'\"[]{}&*!|>-?%@`~\\0nN")
    ),
    max_size=25,
)


@given(one_line)
@example("Acme #1")
@example("a ## b # c")
@example("> #5 is slow")
@example(">5")
@example("|2-")
@example("a\u2028b")
@example("a\x85b: c")
@example("\ufeff")
@example("-")
@settings(max_examples=1500, deadline=None)
def test_p9_a_line_typed_bare_is_read_as_it_is_or_not_at_all(typed: str):
    value = value_of(typed)
    if isinstance(value, str) and typed.strip(" \t")[:1] not in {'"', "'", "|", ">"}:
        assert value == _first_comment_cut(typed).strip(" \t")
    elif not isinstance(value, Problem | str):
        assert typed.strip(" \t")[:1] in {"[", "{", "-"}
    elif isinstance(value, str) and typed.strip(" \t")[:1] in {"|", ">"}:
        assert not _first_comment_cut(typed).strip(" \t|>+-")


def _first_comment_cut(typed: str) -> str:
    ends = (found.start() for found in re.finditer(r"(?:^|(?<=[ \t]))#(?=[ \t#]|$)", typed))
    return typed[: next(ends, len(typed))]


# P14: bombs, depth, recursion; P17: size. All in a process of its own, with half a gigabyte and five seconds.


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))


def run_limited(team: Team, *words: str) -> tuple[int, str, str, int]:
    """Run ilog in a process of its own under limits; gives its code, both outputs, and its own peak in KiB."""
    with (team.top.parent / "out").open("w+b") as out, (team.top.parent / "err").open("w+b") as err:
        child = subprocess.Popen(
            [ILOG, *words], cwd=team.top, stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=limited,  # noqa: PLW1509
            env={**os.environ, "EDITOR": "true"},
        )  # fmt: skip
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return child.returncode, out.read().decode(), err.read().decode(), usage.ru_maxrss


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{later}: &{later} [{','.join([f'*{earlier}'] * 9)}]\n"
    for earlier, later in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{later}: &{later}\n  <<: [{','.join([f'*{earlier}'] * 9)}]\n"
    for earlier, later in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "200 kB of [": ("[" * 200_000, "more than 64 KiB"),
    "60 kB of [": ("[" * 60_000, "nested deeper than 8 levels"),
    "60 kB of {a: ": ("{a: " * 15_000, "nested deeper than 8 levels"),
    "60 kB of dashes": ("- " * 30_000, "nested deeper than 8 levels"),
    "60 kB of question marks": ("? " * 30_000, ""),
    "nine levels": ("a: " + "[" * 9 + "]" * 9, "nested deeper than 8 levels"),
    "aliases": (LAUGHS, "for an anchor"),
    "merge keys": (MERGES, "for an anchor"),
    "recursion": ("a: &a [*a]", "for an anchor"),
    "recursion by key": ("? &a [*a]\n: x", "for an anchor"),
    "10,000 keys": ("".join(f"k{number}: x\n" for number in range(10_000)), "more than 64 KiB"),
    "9,000 short keys": ("".join(f"{number:x}:\n" for number in range(9_000)), "more than 2000 values"),
    "2,500 plain keys": ("".join(f"k{number}: x\n" for number in range(2_500)), "more than 2000 values"),
    "60 kB of one tag": (f"a: !{'x' * 60_000}", "for a tag"),
    "60 kB of one anchor": (f"a: &{'x' * 60_000} b", "for an anchor"),
    "60 kB of backslashes": ('a: "' + "\\" * 60_000, "a quote is opened here"),
    "8,000 documents": ("a: b\n" + "--- x\n" * 8_000, "a second YAML document"),
    "an endless directive": ("%TAG ! " + "x" * 60_000, ""),
    "a key of 60 kB": ("k" * 60_000 + ": x", ""),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in this way on Linux only")
@pytest.mark.parametrize("name", BOMBS)
def test_p14_a_bomb_is_65_and_kills_nothing(folder: Team, name: str):
    bomb, what = BOMBS[name]
    put(folder, front(f"{bomb}\n"))
    code, out, err, peak = run_limited(folder, "show", NAME)

    assert (code, out) == (65, ""), err
    assert err.startswith(f"ilog: {PATH}:")
    assert what in err
    assert len(err) < 1500
    assert peak < 150 * 1024
    assert run_limited(folder, "list", "--format", "paths")[:2] == (0, f"prod/interviews/reseller-portal/{GOOD}.md\n")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in this way on Linux only")
def test_p17_a_note_of_100_mb_is_65_is_skipped_and_costs_no_memory(own: Team):
    put(own, note_text(body=""))
    os.truncate(own.top / PATH, 100_000_000)
    for command in ("show", "why", "summary", "save"):
        code, out, err, peak = run_limited(own, command, PATH)
        assert (code, out) == (65, ""), err
        assert f"{PATH}:1: more than 10 MiB" in err
        assert peak < 150 * 1024
    skipped(own)
    own.repo.git("add", "-A")
    own.repo.git("commit", "-q", "-m", "A recording")
    for command, good in (("list", "Good"), ("stats", "Caroline")):
        code, out, err, peak = run_limited(own, command)
        assert (code, good in out, PATH in out + err, "more than 10 MiB" in out + err) == (0, True, True, True), err
        assert peak < 150 * 1024


# P15 and P16: what git or an editor left there


def test_p15_conflict_markers_are_an_unresolved_merge_that_is_counted_as_skipped(own: Team):
    conflict = "<<<<<<< HEAD\npm: caroline\n=======\npm: dev\n>>>>>>> theirs\n"
    content = note_text().replace("pm: caroline\n", conflict)

    assert f"{PATH}:5: unresolved merge; keep one side" in refused(own, content)
    skipped(own)
    own.repo.commit({PATH: content}, message="Oh")
    assert f"{PATH}:5" in own.run("check").stdout
    assert "unresolved merge" in own.run("stats").stdout


def test_p16_a_note_that_is_not_utf_8_hides_no_other(folder: Team):
    latin = note_text(customer='"Café"', body="- pain: Übersicht\n").encode("latin-1")

    assert (
        f'{PATH}:4: not UTF-8; save it again as UTF-8\n  4 | customer: "Caf\ufffd"\n    |               ^\n'
        in refused(folder, latin)
    )
    skipped(folder)
    assert f"{PATH}:8: not UTF-8" in refused(folder, note_text(body="- pain: Übersicht\n").encode("latin-1"), "show")


# P18: what escapes may bring in


def test_p18_escapes_in_yaml_reach_no_sink_raw(own: Team):
    put(
        own,
        note_text(customer='"Acme\\0\\e[31m\\u202e\\u200b\\x9b"', tldr='"heard \\e]0;x\\a"', **{'"k\\e"': '"\\e"'}),
    )
    assert own.run("save", PATH).code == 0
    for words in (
        ["show", NAME],
        ["show", NAME, "--json"],
        ["list"],
        ["list", "--format", "csv"],
        ["list", "--json"],
        ["summary", NAME],
        ["check"],
    ):
        done = own.run(*words)
        assert "Acme" in done.stdout + done.stderr
        assert not FORBIDDEN.search(done.stdout + done.stderr), words


# P19 and P20: writing


KEPT = """\
---
# about this call
type: learning   # the first one
customer:   'Acme  Freight'
date: 2026-11-18

roles: [ user,buyer ]  # who was there
tldr: >-
  heard
  raves
pm: caroline
---
body
"""


@pytest.mark.parametrize("key", ["type", "customer", "roles", "tldr", "pm", "minutes"])
def test_p19_a_change_keeps_comments_order_and_quoting_of_all_else(key: str):
    before, after = KEPT.encode(), set_field(KEPT.encode(), key, "sales")
    lost = set(before.decode().splitlines()) - set(after.decode().splitlines())

    assert all(line.startswith((key, "  ")) for line in lost), lost
    for comment in ("# about this call", "# the first one", "# who was there"):
        assert comment in after.decode()
    keys = re.findall(r"^([a-z]+):", KEPT, re.MULTILINE)
    assert re.findall(r"^([a-z]+):", after.decode(), re.MULTILINE) == [*keys, *([key] if key not in keys else [])]


REPLACE = """
import resource, sys
from pathlib import Path
from interviewlog.errors import IlogError
from interviewlog.store.folder import open_folder
from interviewlog.store.git import Git
folder = open_folder(Git.open(Path(sys.argv[1])))
old = folder.read(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    folder.replace(sys.argv[2], old, old * 50)
except IlogError as error:
    sys.exit(int(error.code))
"""


def test_p20_a_disk_that_is_full_leaves_the_old_note_whole(folder: Team):
    content = put(folder, note_text())
    done = subprocess.run(
        [sys.executable, "-c", REPLACE, folder.top, PATH], check=False, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (74, "")
    assert (folder.top / PATH).read_bytes() == content


# The place, as far as people see it


def test_a_bad_note_is_shown_with_its_line_and_a_caret_also_once_it_is_committed(own: Team):
    raw = note_text(customer="Acme: North").encode()
    expected = (
        f'ilog: {PATH}:4: a colon inside the value; put it in quotes: customer: "Acme: North"\n'
        "  4 | customer: Acme: North\n"
        "    |               ^\n"
        f"  kept: {PATH}\n"
        f"  next: ilog edit {PATH}\n"
    )
    assert refused(own, raw) == expected
    own.repo.commit({PATH: raw.decode()}, message="Oh")
    assert own.run("show", NAME).stderr == expected


def test_who_still_writes_sees_the_place_before_they_edit_again(own: Team):
    raw = note_text(customer="@acme")
    put(own, note_text())
    done = own.run("edit", NAME, ask=ScriptedAsk("n"), edit=replacing('"Acme Freight"', "@acme"))

    assert own.read(PATH) == raw
    assert done.stderr.startswith(
        f"{PATH}:4: a value cannot begin with @\n"
        '  put it in quotes: customer: "@acme"\n'
        "  4 | customer: @acme\n"
        "    |           ^\n"
    )


def test_the_index_keeps_where_a_problem_stands(own: Team):
    for place, raw in enumerate(
        (note_text(date="2026-02-30", pm="[a, b]"), note_text(type="@x"), "# none\n", b"---\na: caf\xe9\n---\n")
    ):
        name = PATH.replace("bad", f"bad{place}")
        (own.top / name).parent.mkdir(parents=True, exist_ok=True)
        (own.top / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    own.repo.git("add", "-A")
    own.repo.git("commit", "-q", "-m", "Four bad notes")
    git = Git.open(own.top)
    assert git
    found = index.interviews(open_folder(git), Selection()).problems

    assert len(found) == 4
    assert found == [parse(each.path, (own.top / each.path).read_bytes()) for each in found]
    assert all(each.source for each in found)
