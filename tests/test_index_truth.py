"""The index says what git says: however it came to its state, and whatever became of the repository meanwhile."""

import json
import random
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

import independent
from builders import note_text
from cli import Team
from gitrepo import ADA, BEA, Repo
from histories import ROOT, wild_repo
from interviewlog.insights.counting import reason_of, repeated
from interviewlog.query import parse_query
from interviewlog.selection import Selection
from interviewlog.store import catalogue, filing
from interviewlog.store.catalogue import Catalogue
from interviewlog.store.counts import Rules
from interviewlog.store.git import Git
from interviewlog.store.scenes import Scene
from interviewlog.store.shelf import Shelf
from interviewlog.weeks import LATEST, Week, parse_week

RULES = Rules(
    counts=lambda type_, source, is_empty: not reason_of(type_, source, is_empty=is_empty),
    stems={"acme", "example"},
    domains=("example.com",),
    is_apart=lambda customer, stem: stem in {"acme", "example"} or customer.endswith("example.com"),
    is_nobodys=lambda commit: commit[0] in "012",
    repeated=repeated,
)
LAST = Week.of(LATEST)
MIDDLE = parse_week("2026-W47", LATEST)
QUERIES = ("sso", "three days", "acme", "dash", "elsewhere", "moved", "東京", "navigation flow")


def said(db: sqlite3.Connection) -> dict[str, object]:
    """Give all that an index can be asked, in an order that does not depend on how its rows were numbered."""
    shelf = Shelf(db)
    some = {words: shelf.paths(Selection(query=parse_query(words))) for words in QUERIES}
    counts = {first: shelf.counted(first, LAST, RULES) for first in (None, MIDDLE)}
    arrived = {
        (first, only): shelf.arrived(first, LAST, only_existing=only)
        for first in (None, MIDDLE)
        for only in (False, True)
    }
    return {
        "counted": {first: found._replace(stacks=in_some_order(found.stacks)) for first, found in counts.items()},
        "arrived": {asked: found._replace(stacks=in_some_order(found.stacks)) for asked, found in arrived.items()},
        "paths": shelf.paths(Selection()),
        "cards": shelf.cards(Selection()),
        "interviews": shelf.interviews(Selection()),
        "problems": shelf.problems(),
        "strays": shelf.strays(),
        "authors": shelf.authors(),
        "words of pms": shelf.words_of_pms(),
        "latest": list(shelf.latest_by(lambda _, email: email.endswith("example.com"))),
        "found": some,
    }  # fmt: skip


def in_some_order(stacks: Iterable[object]) -> tuple[object, ...]:
    """Leave out the order of stacks, which says nothing."""
    return tuple(sorted(stacks, key=repr))


def truth(git: Git, commit: str) -> dict[str, object]:
    """Give what an index says that was made of nothing for this commit."""
    with catalogue.temporary() as db:
        filing.bring(db, Scene(git, ROOT, commit))
        return said(db)


def opened(top: Path) -> Git:
    git = Git.open(top)
    assert git
    return git


@pytest.fixture
def kept() -> Iterator[sqlite3.Connection]:
    """Keep an index over a whole test."""
    with catalogue.temporary() as db:
        yield db


# Brought along is made anew


@pytest.mark.parametrize("seed", range(4))
def test_an_index_brought_to_any_commit_from_any_other_says_what_one_made_for_it_says(tmp_path, kept, seed):
    ids = wild_repo(tmp_path / "wild", seed)
    git, chance = opened(tmp_path / "wild"), random.Random(seed)
    at = 0
    for _ in range(10):
        at = chance.choice([chance.randrange(len(ids)), min(at + 1, len(ids) - 1), min(at + 3, len(ids) - 1)])
        filing.bring(kept, Scene(git, ROOT, ids[at]))
        assert said(kept) == truth(git, ids[at]), at


@pytest.mark.parametrize("seed", range(100, 102))
def test_commit_by_commit_says_what_all_at_once_says(tmp_path, kept, seed):
    top = tmp_path / "messy"
    independent.messy_repo(top, seed)
    git, chance = opened(top), random.Random(seed)
    ids = Repo(top).git("rev-list", "--topo-order", "--reverse", "HEAD").split()
    for at in sorted({*chance.sample(range(len(ids)), 6), len(ids) - 1}):
        filing.bring(kept, Scene(git, ROOT, ids[at]))
        assert said(kept) == truth(git, ids[at]), at
        Repo(top).git("update-ref", "--no-deref", "HEAD", ids[at])
        for is_existing in (False, True):
            assert introductions(git, kept, is_existing) == independent.count_commits(top, existing=is_existing)


def introductions(git: Git, db: sqlite3.Connection, is_existing: bool) -> dict[tuple[str, str], int]:
    """Count as `independent` does: by mailmapped e-mail and week."""
    shelf = Shelf(db)
    known = git.identities(shelf.authors())
    arrived = shelf.arrived(None, LAST, only_existing=is_existing).arrivals
    weeks = ((known[each.origin.author][1], str(Week.of(each.origin.day))) for each in arrived)
    return dict(Counter(weeks))


@pytest.mark.parametrize("seed", range(2))
def test_another_commit_is_seen_as_by_whoever_has_it_checked_out_and_the_index_stays_true(tmp_path, seed):
    ids = wild_repo(tmp_path / "wild", seed + 50)
    git, chance = opened(tmp_path / "wild"), random.Random(seed)
    for number in range(6):
        head, other = chance.sample(ids, 2)
        with Catalogue(tmp_path / "ilog").written() as db:
            if number % 3 != 1:  # else what is asked for has nothing to do with what the index knows
                filing.bring(db, Scene(git, ROOT, head))
            filing.stage(db, Scene(git, ROOT, other))
            assert said(db) == truth(git, other)
        with Catalogue(tmp_path / "ilog").written() as db:
            filing.bring(db, Scene(git, ROOT, head))
            assert said(db) == truth(git, head)


def test_a_path_that_looks_untouched_may_hold_another_note_by_now(tmp_path, kept):
    """Renamed, and its text put back as a note of its own: no file changed, but whose it is did."""
    repo, path, other = Repo(tmp_path / "notes"), f"{ROOT}/checkout/acme.md", f"{ROOT}/checkout/other.md"
    text = note_text(pm=None)
    repo.commit({path: text}, author=ADA)
    git = opened(repo.top)
    filing.bring(kept, Scene(git, ROOT, repo.head))
    repo.move(path, other, author=BEA)
    repo.commit({path: text}, author=BEA)
    filing.bring(kept, Scene(git, ROOT, repo.head))
    assert said(kept) == truth(git, repo.head)
    filed = Shelf(kept).counted(None, LAST, RULES).filed
    assert [each.origin and each.origin.author[0] for each in filed] == ["Bea", "Ada"]


def test_whoever_breaks_off_finds_the_index_as_it_was_and_can_go_on(tmp_path):
    ids = wild_repo(tmp_path / "wild", 77)
    git, home = opened(tmp_path / "wild"), Catalogue(tmp_path / "ilog")

    def break_off(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with home.written() as db:
        filing.bring(db, Scene(git, ROOT, ids[20]))
    for other in (ids[-1], ids[15]):
        with pytest.raises(KeyboardInterrupt), home.written() as db:
            filing.bring(db, Scene(git, ROOT, other, break_off))
        with home.opened() as db:
            assert said(db) == truth(git, ids[20])
        with home.written() as db:
            filing.bring(db, Scene(git, ROOT, other))
            assert said(db) == truth(git, other)
            filing.bring(db, Scene(git, ROOT, ids[20]))


# Whatever becomes of the repository


@pytest.fixture(scope="module")
def wild(tmp_path_factory) -> Team:
    """Make, once, a folder with a messy past that is copied and then maltreated."""
    top = tmp_path_factory.mktemp("wild") / "notes"
    wild_repo(top, 7, 60)
    team = Team(Repo(top))
    team.be("caroline")
    return team


@pytest.fixture(scope="module")
def before(wild) -> dict[str, str]:
    """Give the answers about it, undisturbed."""
    found = answers(wild)
    assert all(len(text) > 300 for text in found.values())
    return found


@pytest.fixture
def copy(wild, tmp_path) -> Team:
    """Give a copy whose index has been used."""
    shutil.copytree(wild.top, tmp_path / "copy", symlinks=True)
    team = Team(Repo(tmp_path / "copy"))
    answers(team)
    return team


COMMANDS = {
    "calls": ("stats", "--weeks", "all", "--json"),
    "commits": ("stats", "--basis", "commits", "--weeks", "all", "--json"),
    "existing": ("stats", "--basis", "commits", "--existing", "--json"),
    "list": ("list", "--json"),
    "search": ("search", "sso", "--json"),
}


SOME = ("commits", "search")


def answers(team: Team, *names: str, **around) -> dict[str, str]:
    """Give what the commands say on stdout; on stderr, none may say that the index could not be used."""
    found = {}
    for name in names or COMMANDS:
        done = team.run(*COMMANDS[name], **around)
        assert (done.code, "without the index" in done.stderr) == (0, False), done.stderr
        found[name] = done.stdout
    return found


def test_housekeeping_changes_no_answer(copy, before):
    for work in (("repack", "-adq"), ("gc", "-q", "--prune=now"), ("pack-refs", "--all"),
                 ("commit-graph", "write", "--reachable", "--changed-paths"), ("reflog", "expire", "--expire=all", "--all")):  # fmt: skip
        copy.repo.git(*work)
        assert answers(copy) == before
    shutil.rmtree(copy.top / ".git" / "ilog")
    assert answers(copy) == before


def test_a_clone_a_linked_work_tree_and_a_bare_repository_give_the_same_answers(copy, before, tmp_path):
    copy.repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    copy.repo.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    for top in ("clone", "linked"):
        assert answers(Team(Repo(tmp_path / top))) == before
    copy.repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = answers(copy, start=tmp_path, ILOG_REPO=str(tmp_path / "bare.git"))
    assert bare == before


SETTINGS = """\
[diff]
    renames = false
    renameLimit = 1
    relative = true
    external = false
    noprefix = true
    mnemonicPrefix = true
    orderFile = /nonexistent
    submodule = log
    ignoreSubmodules = all
    algorithm = patience
    wsErrorHighlight = all
    colorMoved = zebra
[log]
    follow = true
    showRoot = false
    showSignature = true
    mailmap = false
    date = relative
    decorate = full
    abbrevCommit = true
    diffMerges = first-parent
    excludeDecoration = *
[core]
    quotePath = true
    abbrev = 4
    pager = false
    fsmonitor = false
    untrackedCache = true
    precomposeUnicode = true
[i18n]
    logOutputEncoding = ISO-8859-1
    commitEncoding = ISO-8859-1
[color]
    ui = always
    diff = always
    status = always
[status]
    short = true
    branch = true
    relativePaths = true
    renames = copies
    showUntrackedFiles = no
    showStash = true
[format]
    pretty = oneline
[pretty]
    oneline = %h
"""


@pytest.mark.parametrize("is_kept", [True, False])
def test_nothing_that_whoever_looks_has_set_changes_an_answer(copy, before, tmp_path, is_kept):
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(SETTINGS)
    if not is_kept:
        shutil.rmtree(copy.top / ".git" / "ilog")
    for zone, language in (("Pacific/Kiritimati", "C"), ("Pacific/Pago_Pago", "de_DE.UTF-8")):
        around = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "TZ": zone, "LANG": language, "LC_ALL": language}
        assert answers(copy, start=copy.top / ROOT, **around) == before


def test_the_same_commits_under_other_ids_give_the_same_answers(before, tmp_path):
    """As after a rebase that keeps authors and dates."""
    wild_repo(tmp_path / "other", 7, 60, message="said in other words")
    found = answers(Team(Repo(tmp_path / "other")))
    assert found != before
    assert [without_ids(text) for text in found.values()] == [without_ids(text) for text in before.values()]


def without_ids(text: str) -> str:
    return re.sub(r'"[0-9a-f]{40}"', '"id"', text)


def test_whatever_is_done_to_the_branch_the_answer_is_that_of_a_fresh_clone(copy, tmp_path):
    repo = copy.repo
    first = repo.git("rev-list", "--topo-order", "HEAD").split()[10]
    old, new = copy.path("Acme Freight"), copy.path("Globex")

    def amend():
        repo.git("commit", "-q", "--amend", "--no-edit", "--author=Zoe <zoe@example.com>")

    def rebase():
        repo.git("checkout", "-q", "-b", "topic", "HEAD~2")
        copy.note("Initech", "2026-11-17", pm="dev")
        repo.git("rebase", "-q", "main")

    def cherry_pick():
        repo.git("checkout", "-q", "-b", "other", "main~1")
        repo.git("cherry-pick", "topic")
        repo.merge("topic")

    deeds = [
        lambda: copy.note("Acme Freight"),
        lambda: repo.move(old, new, author="Zoe <zoe@example.com>"),
        amend,
        lambda: repo.git("reset", "-q", "--hard", "HEAD~3"),
        lambda: repo.git("reset", "-q", "--hard", "ORIG_HEAD"),
        lambda: repo.commit({old: copy.read(new)}),
        rebase,
        cherry_pick,
        lambda: repo.git("revert", "--no-edit", "-m", "1", "HEAD"),
        lambda: repo.git("checkout", "-q", first),
        lambda: repo.git("checkout", "-q", "main"),
    ]
    for number, deed in enumerate(deeds):
        deed()
        found = answers(copy, *SOME)
        repo.git("clone", "-q", "--no-local", ".", str(tmp_path / f"clone-{number}"))
        assert found == answers(Team(Repo(tmp_path / f"clone-{number}")), *SOME), number


def test_a_commit_that_is_asked_for_is_seen_as_in_a_clone_that_stands_there(copy, tmp_path, before):
    repo = copy.repo
    repo.git("checkout", "-q", "--orphan", "unrelated")
    repo.git("rm", "-rqf", ".")
    repo.commit({"ilog.yaml": "schema: 1\nroot: calls\n", "calls/checkout/acme.md": note_text(date="2026-11-02")})
    repo.git("checkout", "-q", "main")
    side = next(each for each in repo.git("rev-list", "--all").split() if not is_ancestor(repo, each, "main"))
    for number, rev in enumerate(["HEAD~20", side, "unrelated", "HEAD"]):
        where = tmp_path / f"clone-{number}"
        repo.git("clone", "-q", "--no-checkout", ".", str(where))
        clone = Team(Repo(where))
        clone.repo.git("fetch", "-q", "origin", f"{repo.git('rev-parse', rev).strip()}:refs/heads/there", check=False)
        clone.repo.git("checkout", "-q", "-f", "there")
        (where / ".mailmap").write_bytes((copy.top / ".mailmap").read_bytes())
        clone.repo.git("update-index", "--force-remove", ".mailmap")
        today = date.fromisoformat(repo.git("show", "-s", "--format=%cs", rev).strip())
        for args in (COMMANDS["calls"], COMMANDS["commits"], COMMANDS["existing"]):
            there = clone.run(*args, "--no-uncommitted", today=today)
            assert unwarned(copy.run(*args, "--at", rev, today=today).stdout) == unwarned(there.stdout), (rev, args)
        assert answers(copy) == before


def is_ancestor(repo: Repo, one: str, other: str) -> bool:
    return not repo.git("rev-list", "-1", one, "--not", other).strip()


def test_work_trees_on_different_branches_share_an_index_and_each_gets_its_own_answer(copy, tmp_path):
    copy.repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"), "HEAD~8")
    linked = Team(Repo(tmp_path / "linked"))
    copy.repo.git("clone", "-q", "-b", "side", ".", str(tmp_path / "clone"))
    theirs = answers(Team(Repo(tmp_path / "clone")))
    ours = answers(copy)
    assert ours != theirs
    for _ in range(2):
        assert answers(linked) == theirs
        assert answers(copy) == ours
    assert not (tmp_path / "linked" / ".git" / "ilog").exists()
    linked.note("Only there", "2026-11-18", pm="dev")
    assert "Only there" in answers(linked)["list"]
    assert answers(copy) == ours


def unwarned(answer: str) -> object:
    """Leave out the warnings: a .mailmap that was only laid there is one."""
    return {key: value for key, value in json.loads(answer).items() if key != "warnings"}
