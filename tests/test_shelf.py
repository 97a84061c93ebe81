"""What is asked of the index is what reading every note would give."""

import sqlite3
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import note_text
from cli import CONFIG, ROOT, Team
from gitrepo import Repo
from histories import wild_repo
from interviewlog.card import card_of
from interviewlog.insights.people import People
from interviewlog.interview import Interview
from interviewlog.problem import Problem
from interviewlog.query import parse_query
from interviewlog.selection import Selection, is_wanted, select
from interviewlog.settings import parse_config
from interviewlog.store import folder as folders
from interviewlog.store import index
from interviewlog.store.catalogue import Catalogue
from interviewlog.store.folder import Folder
from interviewlog.store.shelf import Shelf

SEED = 11
WORDS = ("sso", "certificate", "three", "days", "acme", "globex", "bärenstark", "東京", "商", "dash", "said", "word",
         "smith", "seventeen", "draft", "navigation", "call", "back", "mine", "nosuchword", "a", "b", "new", "line")  # fmt: skip


@pytest.fixture(scope="module")
def team(tmp_path_factory) -> Team:
    """Make a folder of notes of all kinds, some of them new, changed, broken or deleted since the last commit."""
    top = tmp_path_factory.mktemp("shelf") / "notes"
    wild_repo(top, SEED, 60)
    team = Team(Repo(top))
    team.repo.commit({f"{ROOT}/checkout/many-{n}.md": note_text(date=f"2026-11-{n:02}", pm="dev" if n % 3 else "eve",
                      customer=f"Many {n % 4}", segments="[smb]" if n % 2 else None) for n in range(1, 28)})  # fmt: skip
    team.repo.commit({f"{ROOT}/{'p' * n}/same.md": note_text(customer="Same") for n in (1, 2)})
    team.repo.move(f"{ROOT}/p/same.md", f"{ROOT}/p/other-name.md")
    return team


@pytest.fixture(scope="module")
def drafted(team, tmp_path_factory) -> Team:
    """Give a copy of it that somebody works in."""
    top = tmp_path_factory.mktemp("drafted") / "notes"
    team.repo.git("clone", "-q", ".", str(top))
    team = Team(Repo(top))
    changed, broken, gone, later = (f"{ROOT}/checkout/many-{n}.md" for n in (3, 5, 7, 9))
    team.repo.write({
        changed: team.read(changed).replace("dev", "caroline") + "- need: mine alone #draft\n",
        later: note_text(date="2026-12-24", customer="Later", type="sales"),
        broken: "no front matter any more",
        gone: None,
        f"{ROOT}/checkout/draft-1.md": note_text(customer="Acme", segments="[enterprise]", date="2026-11-16"),
        f"{ROOT}/reseller-portal/draft-2.md": note_text(customer="Draft Two", body="- pain: mine\n", pm=None),
        f"{ROOT}/reseller-portal/unreadable.md": "---\n",
    })  # fmt: skip
    return team


def opened(team: Team) -> Folder:
    return folders.find(team.top, "", "")


ALL_PATHS = [f"{ROOT}/checkout/many-{n}.md" for n in range(1, 12)] + [f"{ROOT}/p/other-name.md", f"{ROOT}/p/same.md"]
PEOPLE = People(parse_config(CONFIG))
days = st.dates(date(2026, 10, 1), date(2027, 1, 10)) | st.just(date(2020, 12, 31))


def some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple)


@st.composite
def queries(draw: st.DrawFn) -> str:
    word = st.sampled_from(WORDS).map(lambda word: word[: draw(st.integers(1, 12))])
    phrase = st.lists(word, min_size=1, max_size=3).map(" ".join)
    return draw(st.lists(phrase | phrase.map('"{}"'.format), min_size=1, max_size=3).map(" ".join))


selections = st.builds(
    Selection,
    products=some(["checkout", "reseller-portal", "Öl und Gas", "p", "nosuch"]),
    customers=some(["Acme", "acme inc", "Many 1", "Same", "東京 商事", "Bärenstark & Söhne", "Draft Two", "nosuch"]),
    types=some(["learning", "win-loss", "sales", "support-listen"]),
    segments=some(["smb", "enterprise", "nosuch"]),
    tags=some(["sso", "#navigation", "#SSO", "draft", "nosuch"]),
    since=st.none() | days,
    until=st.none() | days,
    last=st.just(0) | st.integers(1, 12),
    paths=some(ALL_PATHS),
    is_by=st.none() | st.sampled_from([["caroline"], ["dev"], ["eve"], ["dev", "caroline"]]).map(PEOPLE.any_of),
    query=st.none() | queries().map(parse_query),
)


@pytest.fixture(scope="module")
def committed(team) -> tuple[list[Interview], Shelf]:
    """Give all notes at HEAD, each read by itself, and the index that holds them."""
    folder = opened(team)
    index.paths(folder, Selection())
    notes = index.committed_notes(folder, index.paths_at(folder, "HEAD"))
    db = sqlite3.connect(folder.git.common_dir / "ilog" / "index.sqlite3", isolation_level=None)
    assert len(notes) == len(index.everything(folder, team.repo.head).notes)
    return [note for note in notes if isinstance(note, Interview)], Shelf(db)


@given(wanted=selections)
@settings(max_examples=200, deadline=None)
@example(wanted=Selection(query=parse_query("other-name")))
@example(wanted=Selection(query=parse_query("same")))
@example(wanted=Selection(query=parse_query('"name same"')))
def test_any_selection_gives_what_choosing_from_all_notes_gives(committed, wanted):
    notes, shelf = committed
    expected = select(notes, wanted)
    assert shelf.interviews(wanted) == expected
    assert shelf.cards(wanted) == [card_of(note) for note in expected]
    assert shelf.paths(wanted) == [note.path for note in expected]
    assert shelf.number(wanted) == sum(is_wanted(note, wanted) for note in notes)


@pytest.fixture(scope="module")
def there(drafted) -> list[Interview | Problem]:
    """Give every note of the work tree."""
    return list(index.work_tree(opened(drafted)).notes)


@given(wanted=selections)
@settings(max_examples=25, deadline=None)
@example(wanted=Selection())
@example(wanted=Selection(last=1))
@example(wanted=Selection(last=1000))
@example(wanted=Selection(query=parse_query("mine")))
def test_what_is_not_committed_is_laid_over_it(drafted, there, wanted):
    folder = opened(drafted)
    notes = [note for note in there if isinstance(note, Interview)]
    expected = select(notes, wanted)
    problems = [note for note in there if isinstance(note, Problem)]
    more = sum(is_wanted(note, wanted) for note in notes) - len(expected)
    assert index.interviews(folder, wanted) == index.Found(expected, problems, more)
    assert index.cards(folder, wanted) == index.Found([card_of(note) for note in expected], problems, more)
    assert index.paths(folder, wanted) == index.Found([note.path for note in expected], problems, more)


@given(wanted=selections)
@settings(max_examples=60, deadline=None)
@example(wanted=Selection(query=parse_query("other-name")))
@example(wanted=Selection(query=parse_query("sso"), last=3))
def test_without_a_table_of_words_every_note_is_read_and_the_answer_is_the_same(committed, wordless, wanted):
    notes, _ = committed
    with Catalogue(wordless.top / ".git" / "ilog").opened() as db:
        assert Shelf(db).interviews(wanted) == select(notes, wanted)
        assert Shelf(db).number(wanted) == sum(is_wanted(note, wanted) for note in notes)


@pytest.fixture(scope="module")
def wordless(team, tmp_path_factory) -> Team:
    """Give a copy whose index is as if SQLite had no full-text search."""
    top = tmp_path_factory.mktemp("wordless") / "notes"
    team.repo.git("clone", "-q", ".", str(top))
    other = Team(Repo(top))
    assert other.run("list").code == 0
    with Catalogue(top / ".git" / "ilog").written() as db:
        db.execute("DROP TABLE words")
    return other


def test_without_a_table_of_words_the_index_is_brought_along_too(wordless):
    wordless.be("caroline")
    path = wordless.note("Umlaut Übel", "2026-11-19")
    assert path in wordless.run("search", "ubel", "--format", "paths").stdout
    wordless.repo.git("reset", "-q", "--hard", "HEAD~1")
    assert wordless.run("search", "ubel").code == 1
    with Catalogue(wordless.top / ".git" / "ilog").opened() as db:
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchall()


def test_questions_about_drafts_may_follow_each_other_on_one_connection(team):
    folder = opened(team)
    index.paths(folder, Selection())
    with Catalogue(folder.git.common_dir / "ilog").opened() as db:
        shelf = Shelf(db)
        assert ALL_PATHS[0] not in shelf.paths(Selection(), [ALL_PATHS[0]])
        assert ALL_PATHS[0] in shelf.paths(Selection(), [ALL_PATHS[1]])


def test_as_many_notes_can_be_named_as_a_command_line_holds(team):
    many = tuple(f"{ROOT}/checkout/many-{n}.md" for n in range(1, 40_000))
    found = index.paths(opened(team), Selection(paths=many), only_committed=True)
    assert len(found.notes) == 27


def test_a_renamed_note_is_found_by_its_new_name_and_no_more_by_its_old_one(team):
    assert f"{ROOT}/p/other-name.md" in team.run("search", "other-name", "--format", "paths").stdout
    found = team.run("search", "same", "--format", "paths").lines
    assert found == [f"{ROOT}/p/other-name.md", f"{ROOT}/pp/same.md"]  # the customer is called so
