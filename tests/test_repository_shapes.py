"""Repositories of every shape are counted right through the index, and what cannot be known is said."""

import json
import os
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import ledgerfolder
from builders import note_text
from cli import CONFIG, ROOT, Team, by
from gitrepo import Repo

ALL = ("--weeks", "all", "--until", "2026-W47", "--json")


def stats(team: Team, *args: str, **around) -> dict:
    done = team.run("stats", *args, "--json", **around)
    assert done.code == 0, done.stderr
    return json.loads(done.stdout)


def counts(found: dict) -> dict[str, dict[str, int]]:
    """Give the interviews of everybody who has any, by week."""
    return {
        each["pm"]: {week: n for week, n in each["counts"].items() if n} for each in found["people"] if each["total"]
    }


def warnings(found: dict) -> set[str]:
    return {each["code"] for each in found["warnings"]} - {"unknown-person", "future-clock"}


def cached(team: Team, *args: str, **around) -> dict:
    """Give an answer twice: from an index made for it, and from the index as it was left."""
    first = stats(team, *args, **around)
    assert stats(team, *args, **around) == first
    return first


# Names of files and people, and times


NAMES = [b"two words", b'said "x"', b"it's", b"back\\slash", b"tab\tx", b"new\nline", b"{a => b}", b"=cell", b"-dash", b"\xc3\xbc",
         "u\u0308 東京".encode(), b"\xff\xfe", b"caf\xe9", b"\x01bell\x07", b"a => b", b":(top)x", b"*", b"[x]", b"%s", b" "]  # fmt: skip


def quoted(path: bytes) -> bytes:
    return b'"' + b"".join(b"\\%03o" % sign for sign in path) + b'"'


def stream(commits: list[tuple[bytes, bytes, dict[bytes, bytes]]]) -> bytes:
    """Write commits for fast-import: author, date, files."""
    parts = []
    for number, (author, when, files) in enumerate(commits, 1):
        parts.append(b"commit refs/heads/main\nmark :%d\nauthor %s %s\n" % (number, author, when))
        parts.append(b"committer Carl <carl@example.com> %d +0000\ndata 0\n" % (1_760_000_000 + number))
        parts.append(b"from :%d\n" % (number - 1) if number > 1 else b"")
        parts += [
            b"M 100644 inline %s\ndata %d\n%s\n" % (quoted(path), len(text), text) for path, text in files.items()
        ]
    return b"".join(parts)


def imported(top: Path, commits: list[tuple[bytes, bytes, dict[bytes, bytes]]], *init: str) -> Team:
    """Make a repository of commits that no git of today would make."""
    repo = Repo(top, "-b", "main", *init)
    repo.git("fast-import", "--quiet", "--force", stdin=stream([
        (b"Carl <carl@example.com>", b"1760000000 +0000", {b"ilog.yaml": CONFIG.encode()}), *commits]))  # fmt: skip
    repo.git("reset", "-q", "--hard", "main")
    return Team(repo)


def test_no_name_of_a_file_keeps_it_from_being_counted_renamed_and_found(tmp_path):
    text = {name: note_text(customer=f"Customer {number}", pm="dev").encode() for number, name in enumerate(NAMES)}
    files = {f"{ROOT}/checkout/".encode() + name + b".md": text[name] for name in NAMES}
    team = imported(tmp_path / "notes", [(b"Dev <dev@example.com>", b"1763460000 +0000", files)])
    for args, week in (((), "2026-W47"), (("--basis", "commits"), "2025-W47")):
        assert counts(cached(team, *args, *ALL)) == {"dev": {week: len(NAMES)}}
    moved = {path: path.replace(b"/checkout/", b"/reseller-portal/") for path in files}
    for old, new in moved.items():
        source, target = team.top / os.fsdecode(old), team.top / os.fsdecode(new)
        target.parent.mkdir(exist_ok=True)
        source.rename(target)
    team.repo.git("add", "-A")
    team.repo.commit(author=by("eve"))
    for args, week in (((), "2026-W47"), (("--basis", "commits"), "2025-W47")):
        assert counts(cached(team, *args, *ALL)) == {"dev": {week: len(NAMES)}}
    listed = json.loads(team.run("list", "--json").stdout)
    assert {each["product"] for each in listed} == {"reseller-portal"}
    assert len({each["path"] for each in listed}) == len(NAMES)
    assert len(json.loads(team.run("search", "sso", "--product", "reseller-portal", "--json").stdout)) == len(NAMES)


AUTHORS = [b"\x1b[31mRed\x07 <red@example.com>", b"\xff\xfe <latin@example.com>", "Ünï 東京 <uni@example.com>".encode(),
           b'a | b, "c" <=cmd@example.com>', b"<nobody@example.com>", b"x" * 3000 + b" <long@example.com>",
           b"tab\tname <tab\x01@example.com>"]  # fmt: skip


def test_no_name_of_an_author_confuses_the_audit(tmp_path):
    commits = [(author, b"1763460000 +0000", {f"{ROOT}/checkout/{number}-{copy}.md".encode(): f"{number} {copy}".encode() * 50})
               for number, author in enumerate(AUTHORS) for copy in range(number + 1)]  # fmt: skip
    team = imported(tmp_path / "notes", commits)
    found = cached(team, "--basis", "commits", *ALL)
    assert sorted(each["total"] for each in found["people"] if each["total"]) == [*range(1, len(AUTHORS) + 1)]


WEEKS = {
    b"1767571200 +0000": "2026-W02",  # Monday 5 January 2026, midnight
    b"1767571199 +0000": "2026-W01",
    b"1767571199 +1400": "2026-W02",
    b"1767571200 -1200": "2026-W01",
    b"1767571199 +0001": "2026-W02",
    b"1609459200 +0000": "2020-W53",
    b"1704067199 +0000": "2023-W52",
    b"1735516800 -0030": "2024-W52",
    b"1735516800 +0530": "2025-W01",
    b"1767571200 +9999": "2026-W02",
    b"1767571200 -9999": "2026-W01",
}


def test_the_week_of_a_commit_is_that_of_its_author_by_whatever_zone(tmp_path):
    team = imported(tmp_path / "notes", [])
    for number, when in enumerate(WEEKS):
        path = f"{ROOT}/checkout/{number}.md"
        committed(team, path, note_text(), b"author Number <%d@example.com> %s" % (number, when))
    expected = {f"{number}@example.com": {week: 1} for number, week in enumerate(WEEKS.values())}
    assert counts(cached(team, "--basis", "commits", *ALL)) == expected


def committed(team: Team, path: str, text: str, author: bytes) -> None:
    """Commit a file with an author line that git itself would not write."""
    blob = team.repo.git("hash-object", "-w", "--stdin", stdin=text.encode()).strip()
    team.repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    about = [f"tree {team.repo.git('write-tree').strip()}".encode(), f"parent {team.repo.head}".encode(), author]
    about += [b"committer Carl <carl@example.com> 1767571200 +0000", b"", b"x"]
    made = team.repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=b"\n".join(about)).strip()
    team.repo.git("update-ref", "HEAD", made)


ODD_DATES = (b"", b" never", b" 99999999999999999999 +0000", b" -5 +0000", b" 1767571200", b" 1767571200 +99999999999")


def test_a_date_that_makes_no_sense_takes_no_note_away(tmp_path):
    team = imported(tmp_path / "notes", [])
    for number, when in enumerate(ODD_DATES, 1):
        path, text = f"{ROOT}/checkout/{number}.md", note_text(customer=f"Customer {number}", pm="eve")
        committed(team, path, text, b"author Eve <eve@example.com>" + when)
        assert counts(cached(team, *ALL, "--no-uncommitted")) == {"eve": {"2026-W47": number}}
        assert cached(team, "--basis", "commits")["at"] == team.repo.head
    team.repo.git("reset", "-q", "--hard")
    team.note("Acme", pm="dev")
    assert counts(stats(team, *ALL)) == {"dev": {"2026-W47": 1}, "eve": {"2026-W47": len(ODD_DATES)}}


# Kinds of repositories


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Team:
    """Make a folder that others clone: moved, edited and deleted notes of three people."""
    team = Team.start(tmp_path_factory.mktemp("source") / "notes")
    for number in range(6):
        team.note(f"Customer {number}", f"2026-11-{10 + number}", pm=("dev", "eve", "caroline")[number % 3])
    old = team.path("Customer 1", "2026-11-11")
    team.repo.move(old, team.path("Moved", "2026-11-11"), text=team.read(old) + "- need: more\n", author=by("dev"))
    team.repo.commit({team.path("Customer 2", "2026-11-12"): None})
    team.repo.git("config", "uploadpack.allowFilter", "true")
    return team


@pytest.fixture(scope="module")
def expected(source) -> list[dict]:
    return answers(source)


def answers(team: Team, **around) -> list[dict]:
    return [
        counts(cached(team, *args, *ALL, **around))
        for args in ((), ("--basis", "commits"), ("--basis", "commits", "--existing"))
    ]


def test_a_sha256_repository_is_counted(source, expected, tmp_path):
    top = tmp_path / "notes"
    exported = subprocess.run(
        ["git", "-C", source.top, "fast-export", "main"], stdout=subprocess.PIPE, check=True
    ).stdout
    repo = Repo(top, "-b", "main", "--object-format=sha256")
    repo.git("fast-import", "--quiet", "--force", stdin=exported)
    repo.git("reset", "-q", "--hard", "main")
    assert answers(Team(repo)) == expected
    assert stats(Team(repo), "--at", "HEAD~2")["at"] == repo.git("rev-parse", "HEAD~2").strip()


def test_a_shallow_clone_says_so_and_once_it_is_whole_everybody_is_known(source, expected, tmp_path):
    source.repo.git("clone", "-q", "--depth", "2", f"file://{source.top}", str(tmp_path / "shallow"))
    team = Team(Repo(tmp_path / "shallow"))
    cut = cached(team, "--basis", "commits", *ALL)
    assert (warnings(cut), counts(cut) == expected[1]) == ({"shallow"}, False)
    team.repo.git("fetch", "-q", "--deepen", "2")
    assert warnings(cached(team, "--basis", "commits", *ALL)) == {"shallow"}
    team.repo.git("fetch", "-q", "--unshallow")
    assert answers(team) == expected
    assert warnings(stats(team)) == set()


def test_what_git_replaces_in_one_clone_is_said_and_changes_nothing(source, expected, tmp_path):
    source.repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    team = Team(Repo(tmp_path / "clone"))
    assert answers(team) == expected
    team.repo.git("replace", "--graft", "HEAD~1")
    assert answers(team) == expected
    assert warnings(stats(team)) == {"replaced-refs"}
    team.repo.git("pack-refs", "--all")
    assert (answers(team), warnings(stats(team))) == (expected, {"replaced-refs"})


def test_a_submodule_and_a_linked_mailmap_are_said(source, expected, tmp_path):
    source.repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    team = Team(Repo(tmp_path / "clone"))
    team.be("caroline")
    team.repo.git("update-index", "--add", "--cacheinfo", f"160000,{source.repo.head},{ROOT}/theirs")
    team.repo.git("commit", "-q", "-m", "link")
    (team.top / "real.mailmap").write_text("Zoe <zoe@example.com> <dev@example.com>\n")
    (team.top / ".mailmap").symlink_to("real.mailmap")
    assert warnings(cached(team, *ALL)) == {"submodule", "mailmap-symlink"}
    assert answers(team) == expected
    team.repo.git("rm", "-q", "--cached", f"{ROOT}/theirs")
    team.repo.git("commit", "-q", "-m", "unlink")
    team.repo.commit({f"{ROOT}/readme.txt": "a file that is no note is no submodule"})
    assert warnings(cached(team, *ALL)) == {"mailmap-symlink"}


def test_where_the_whole_root_is_another_repository_it_is_said(source, tmp_path):
    repo = Repo(tmp_path / "outer", "-b", "main")
    repo.commit({"ilog.yaml": "schema: 1\n"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{source.repo.head},{ROOT}")
    repo.commit()
    found = cached(Team(repo), *ALL)
    assert (counts(found), warnings(found)) == ({}, {"submodule"})


def test_a_partial_clone_says_so_and_counts_or_says_what_to_fetch(source, tmp_path):
    for renames in (False, True):
        top = tmp_path / f"source-{renames}"
        source.repo.git("clone", "-q", ".", str(top))
        origin = Team(Repo(top))
        origin.repo.git("config", "uploadpack.allowFilter", "true")
        if not renames:  # whoever renamed and edited what can be told without its contents only where nothing was
            origin.repo.git("checkout", "-q", "-B", "main", "HEAD~2")
        old = origin.path("Customer 0", "2026-11-10")
        origin.repo.commit({old: origin.read(old) + "- need: edited\n"}, author=by("eve"))
        origin.repo.git("clone", "-q", "--filter=blob:none", f"file://{top}", str(tmp_path / f"partial-{renames}"))
        team = Team(Repo(tmp_path / f"partial-{renames}"))
        if renames:
            refused = team.run("stats")
            assert (refused.code, "git fetch --refetch --no-filter" in refused.stderr) == (69, True)
        else:
            assert warnings(cached(team, *ALL)) == {"partial-clone"}
            assert answers(team) == answers(origin)
        team.repo.git("fetch", "-q", "--refetch", "--no-filter")
        assert answers(team) == answers(origin)


def test_notes_that_were_never_fetched_count_as_soon_as_they_are(source, expected, tmp_path):
    """A note whose content is missing is not in the index, and HEAD need not move for it to arrive."""
    source.repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    team = Team(Repo(tmp_path / "clone"))
    team.repo.git("config", "remote.origin.promisor", "true")
    path = team.path("Customer 0", "2026-11-10")
    blob = team.repo.git("rev-parse", f"HEAD:{path}").strip()
    loose = team.top / ".git" / "objects" / blob[:2] / blob[2:]
    away = tmp_path / "away"
    loose.rename(away)
    found = stats(team, *ALL, "--no-uncommitted")
    assert counts(found) != expected[0]
    away.rename(loose)
    assert counts(stats(team, *ALL, "--no-uncommitted")) == expected[0]


def test_a_clock_far_ahead_is_said_and_takes_no_week_away(tmp_path):
    team = Team.start(tmp_path / "notes")
    team.note("Acme", "2026-11-18", pm="dev")
    team.note("Later", "2099-01-01", pm="dev", when="2099-01-01T10:00:00+0000")
    found = cached(team, *ALL)
    assert [each["code"] for each in found["warnings"]] == ["future-clock", "future-clock"]
    assert counts(found) == {"dev": {"2026-W47": 1}}
    assert counts(cached(team, "--basis", "commits", "--weeks", "all", today=date(2099, 1, 5))) == {
        "dev": {"2026-W47": 1, "2099-W01": 1}
    }


def test_on_a_head_without_a_branch_and_on_a_branch_without_a_commit_it_counts_what_is_there(
    source, expected, tmp_path
):
    source.repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    team = Team(Repo(tmp_path / "clone"))
    assert answers(team) == expected
    team.repo.git("checkout", "-q", "--orphan", "new")
    assert cached(team, *ALL, "--no-uncommitted")["team"]["total"] == 0
    assert counts(stats(team, *ALL, "--at", "main", "--no-uncommitted")) == expected[0]
    team.repo.git("checkout", "-q", "-f", "--detach", "main")
    assert answers(team) == expected


def test_other_templates_make_other_words_ones_own_and_are_changed_back_again(tmp_path):
    team = Team.start(tmp_path / "notes")
    line = "This very line stands in the template of the team and says nothing about any customer at all, however long it may be, really."
    team.note("Acme", body=f"# Acme\n\n{line}\n", pm="dev")
    assert counts(cached(team, *ALL)) == {"dev": {"2026-W47": 1}}
    template = {"templates/notes/learning.md": f"---\n---\n{line}\n"}
    team.repo.commit(template)
    assert counts(cached(team, *ALL)) == {}
    assert counts(cached(team, *ALL, "--at", "HEAD~1")) == {"dev": {"2026-W47": 1}}
    team.note("Globex", body=f"# Globex\n\n{line}\n", pm="dev")
    assert counts(cached(team, *ALL)) == {}
    team.repo.commit(dict.fromkeys(template))
    assert counts(cached(team, *ALL)) == {"dev": {"2026-W47": 2}}


def test_a_root_that_moves_takes_its_notes_along(tmp_path):
    team = Team.start(tmp_path / "notes")
    team.note("Acme", pm="dev")
    before = answers(team)
    team.repo.git("mv", "prod", "calls")
    team.repo.commit({"ilog.yaml": CONFIG + "root: calls/interviews\n"}, author=by("eve"))
    assert counts(cached(team, *ALL)) == before[0]
    assert len(json.loads(team.run("list", "--json").stdout)) == 1
    assert counts(cached(team, "--basis", "commits", *ALL)) == {"eve": {"2026-W02": 1}}  # who moved it there
    assert counts(cached(team, "--basis", "commits", *ALL, "--at", "HEAD~1")) == before[1]
    team.repo.write({"ilog.yaml": CONFIG + "root: elsewhere\n"})
    assert cached(team, *ALL)["team"]["total"] == 0
    team.repo.git("checkout", "-q", "ilog.yaml")
    team.repo.git("checkout", "-q", "HEAD~1")
    assert answers(team) == before


# Many


def test_three_thousand_notes_renamed_and_edited_in_one_commit_stay_three_thousand_of_their_authors(tmp_path):
    number = 3000
    texts = [note_text(customer=f"Customer {n}", pm="dev", minutes=n % 500 + 1, body="".join(
        f"- pain: sentence {n * 7 + line} about {n}-{line}\n" for line in range(6))) for n in range(number)]  # fmt: skip
    commits = [(f"{who.title()} <{who}@example.com>".encode(), b"1763460000 +0000", {
        f"{ROOT}/checkout/c{n}.md".encode(): texts[n].encode() for n in range(number) if n % 3 == which})
        for which, who in enumerate(("dev", "eve", "caroline"))]  # fmt: skip
    team = imported(tmp_path / "notes", commits)
    before = counts(stats(team, "--basis", "commits", *ALL))
    assert before == {who: {"2025-W47": number // 3} for who in ("dev", "eve", "caroline")}
    more = b"- need: more\n"
    moved = b"".join(b"D %s\nM 100644 inline %s\ndata %d\n%s%s\n" % (
        quoted(f"{ROOT}/checkout/c{n}.md".encode()), quoted(f"{ROOT}/checkout/client-{n}-2026-11-18.md".encode()),
        len(texts[n]) + len(more), texts[n].encode(), more) for n in range(number))  # fmt: skip
    head = b"commit refs/heads/main\nauthor Zoe <zoe@example.com> 1763460000 +0000\ncommitter Zoe <zoe@example.com> 1763460000 +0000\ndata 0\nfrom refs/heads/main^0\n"
    team.repo.git("fast-import", "--quiet", stdin=head + moved)
    assert counts(stats(team, "--basis", "commits", "--existing", *ALL)) == before
    assert stats(team, *ALL, "--no-uncommitted")["team"]["total"] == number


@pytest.fixture(scope="module")
def ledgered(tmp_path_factory) -> tuple[Team, dict]:
    """Make a folder with a known past."""
    top = tmp_path_factory.mktemp("ledgered") / "notes"
    ledger = ledgerfolder.make(top, 1000, seed=3)
    return Team(Repo(top)), ledger


def tells(team: Team, ledger: dict, *args: str) -> None:
    """Find the ledger's figures, cell by cell, in every view."""
    around = {"today": ledgerfolder.TODAY}
    calls = stats(team, *ALL, "--no-uncommitted", *args, **around)
    assert counts(calls) == ledger["calls"]["counts"]
    assert {each["pm"]: each["minutes"] for each in calls["people"] if each["total"]} == ledger["calls"]["minutes"]
    assert Counter(each["reason"] for each in calls["not_counted"]) == ledger["calls"]["not_counted"]
    for key, more in (("counts", ()), ("existing", ("--existing",))):
        assert counts(stats(team, "--basis", "commits", *more, *ALL, *args, **around)) == ledger["commits"][key]


def test_the_ledger_is_found_cold_warm_brought_along_and_from_elsewhere(ledgered):
    team, ledger = ledgered
    tells(team, ledger)
    end = team.repo.head
    trunk = team.repo.git("rev-list", "--first-parent", "HEAD").split()
    for step in (600, 300, 299, 40, 10, 1, 0):
        team.repo.git("update-ref", "--no-deref", "HEAD", trunk[step])
        stats(team, "--no-uncommitted")
        if step == 40:
            tells(team, ledger, "--at", end)
    tells(team, ledger)
