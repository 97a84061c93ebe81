"""`ilog redact`: what was said goes from the work tree, git's index and ilog's own files; what counted counts."""

import fcntl
import json
import os
import re

import pytest

import golden
from builders import note_text
from cli import CONFIG, ROOT, ScriptedAsk, Team, by
from interviewlog.errors import IlogError
from interviewlog.interview import REDACTED
from interviewlog.store import folder as folders
from interviewlog.store import redacting, remains
from interviewlog.store.rewriting import Rewrite
from test_completion import completed

WORDS = "their boss reads every mail"
BODY = f"# Acme Freight\n\n- pain: {WORDS} #mail (P1)\n- delight: new navigation (P2)\n"
NAME = "acme-freight-2026-11-18"


@pytest.fixture
def told(team: Team) -> Team:
    """A folder with two talks with one customer, and one with another."""
    team.note(
        body=BODY,
        consent="quotes",
        minutes="35",
        tldr=f'"heard that {WORDS}"',
        participants='["P1 – clerk", "P2 – lead"]',
    )
    team.note("Acme Freight", "2026-11-10", product="checkout", pm="dev", body="- need: a list\n- pain: slow (P1)\n")
    team.note("Globex", "2026-11-12", product="checkout", pm="dev", body="- pain: as Acme Freight says, it is slow\n")
    return team


def figures(team: Team) -> dict[str, object]:
    told = json.loads(team.run("stats", "--json").stdout)
    return {key: value for key, value in told.items() if key != "at"}


def why(team: Team, path: str) -> str:
    return team.run("why", path).stdout


def holds(team: Team, text: str = WORDS) -> list[str]:
    """Name the files of the folder, ilog's own among them, that hold a text; git's objects are packed and left out."""
    found = [path for path in team.top.rglob("*") if path.is_file() and "objects" not in path.parts]
    return [str(path.relative_to(team.top)) for path in found if text.encode() in path.read_bytes()]


def test_a_note_becomes_a_stub_that_counts_as_before_in_a_commit_of_its_own(told):
    path = told.path()
    told.repo.write({"other.txt": "mine"})
    told.repo.git("add", "other.txt")
    before = figures(told), why(told, path)

    done = told.run("redact", NAME, "--yes")

    assert (done.code, done.stderr) == (0, "")
    assert told.read(path).endswith("---\n[redacted]\n")
    assert (figures(told), why(told, path)) == before
    assert told.repo.files_of() == {path}
    assert told.subject() == "Redact: reseller-portal, 2026-11-18"
    assert told.repo.status() == ["A  other.txt"]


def test_what_people_see(told):
    told.repo.git("remote", "add", "origin", "git@git.example.com:team/notes.git")
    page = told.run("redact", NAME, "--yes").stdout
    golden.check(
        "redact.md", re.sub(r"[0-9a-f]{40}", "0123456789" * 4, re.sub(r"Commit [0-9a-f]{7}", "Commit 0123456", page))
    )


def test_json_has_all_that_the_page_says(told):
    told.repo.git("remote", "add", "origin", "git@git.example.com:team/notes.git")

    found = json.loads(told.run("redact", NAME, "--yes", "--json").stdout)

    assert found["redacted"] == [{"path": told.path(), "whole": None, "read": [], "led": []}]
    assert (found["commit"], found["subject"]) == (told.repo.head, "Redact: reseller-portal, 2026-11-18")
    assert found["remotes"] == [{"name": "origin", "url": "git@git.example.com:team/notes.git"}]
    assert found["mentions"] == [f"{ROOT}/checkout/acme-freight-2026-11-10.md", f"{ROOT}/checkout/globex-2026-11-12.md"]
    titles = [
        "Share",
        "Take a fresh clone",
        "Replace what they said",
        "Look whether they are gone",
        "Push",
        "The server",
    ]
    assert [step["title"] for step in found["steps"]] == [*titles, "Everybody clones anew"]
    assert {"kind": "reflog", "what": "the reflogs of this clone, for ninety days", "next": None} in found["remains"]


def test_a_customer_by_slug_or_name_is_all_their_notes_of_all_products_in_one_commit(told):
    odd = f"{ROOT}/checkout/acme-freight-2026-10-01.md"
    told.repo.commit({odd: "---\ncustomer: [broken\n---\nAnna said it\n"})
    before = figures(told)

    done = told.run("redact", "Acme Freight", "--yes")

    paths = {told.path(), f"{ROOT}/checkout/acme-freight-2026-11-10.md", odd}
    assert told.repo.files_of() == paths
    assert told.subject() == "Redact: 3 notes in checkout, reseller-portal"
    assert '`ilog mv NOTE --customer "Project Heron"`' in done.stdout
    assert f"These files name the customer, too:\n\n- `{ROOT}/checkout/globex-2026-11-12.md`" in done.stdout
    after = figures(told)
    assert all(told.read(path).endswith(f"{REDACTED}\n") for path in paths)
    assert (after["people"], after["team"]) == (before["people"], before["team"])
    assert told.run("redact", "acme-freight", "--yes").stderr.count("redacted already: ") == 3


def test_one_participant_goes_from_the_note_that_is_named(told):
    before = why(told, told.path())

    done = told.run("redact", "p2", "--in", NAME, "--yes")

    text = told.read(told.path())
    assert f"- pain: {WORDS} #mail (P1)\n- delight: [redacted] (P2)\n" in text
    assert 'participants: ["P1 – clerk", "P2 – [redacted]"]\n' in text
    assert "consent: quotes\n" in text
    assert told.subject() == "Redact: a participant, reseller-portal, 2026-11-18"
    assert "Lines that do not say who spoke may be by P2 too." in done.stdout
    assert why(told, told.path()) == before
    assert told.run("redact", "P2", "--in", NAME, "--yes").stderr == f"redacted already: {told.path()}\n"


def test_what_begins_with_a_code_goes_and_what_names_it_elsewhere_is_said_on_stderr(team):
    team.note(body="# Acme\n\nP2: first words\n\n- **P2**: second\n- pain: as P2 says, slow (P1)\n\n## P2\n\nthird\n")

    done = team.run("redact", "P2", "--in", NAME, "--yes")

    text = team.read(team.path())
    assert not any(word in text for word in ("first", "second", "third"))
    line = text.splitlines().index("- pain: as P2 says, slow (P1)") + 1
    assert done.stderr == (
        f"P2 is still named in line {line} of {team.path()}; read them\n  next: ilog edit {team.path()}\n"
    )
    assert f"- **P2 is still named in line {line}** of `{team.path()}`; read them\n" in done.stdout


def test_the_examples_of_an_untouched_scaffold_are_nobodys(team):
    team.run("new", "checkout", "Globex", "--no-edit", "--type", "learning", "--no-commit")
    scaffold = next((team.top / ROOT / "checkout").glob("*.md"))
    before = scaffold.read_bytes()
    assert b"(P2)" in before
    team.note(body=BODY)

    assert team.run("redact", "P2", "--yes").code == 0

    assert scaffold.read_bytes() == before
    done = team.run("redact", "P2", "--in", scaffold.stem, "--yes")
    assert (done.code, scaffold.read_bytes()) == (66, before)


def test_a_code_that_one_note_has_needs_no_name_and_one_that_several_have_is_asked_for(told):
    assert told.run("redact", "P2", "--yes").code == 0
    head = told.repo.head

    done = told.run("redact", "P1", "--yes")

    assert (done.code, told.repo.head) == (2, head)
    assert done.stderr == (
        "P1 is in 2 notes, and may be somebody else in each:\n"
        f"  ilog redact P1 --in {ROOT}/checkout/acme-freight-2026-11-10.md\n"
        f"  ilog redact P1 --in {told.path()}\n"
        f"ilog: which P1?\n  next: ilog redact P1 --in {ROOT}/checkout/acme-freight-2026-11-10.md\n"
    )
    assert told.run("redact", "P9", "--yes").code == 66
    assert told.run("redact", "P1", "--in", "acme-freight", "--yes").code == 0
    assert told.repo.files_of() == {told.path(), f"{ROOT}/checkout/acme-freight-2026-11-10.md"}


def test_on_a_terminal_it_asks_once_and_names_the_notes(told):
    head = told.repo.head
    told.repo.write({told.path(): told.read(told.path()) + "more\n"})

    ask = ScriptedAsk("n")
    done = told.run("redact", "acme-freight", ask=ask)

    assert (done.code, told.repo.head, done.stdout) == (0, head, "")
    assert done.stderr == (
        f"to be redacted:\n  {ROOT}/checkout/acme-freight-2026-11-10.md\n"
        f"  {told.path()}, with changes of yours\nnothing was redacted\n"
    )
    assert ask.questions == ["Redact 2 notes? What is taken out cannot be put back. [y/N]"]
    assert told.run("redact", "acme-freight", ask=ScriptedAsk("y")).code == 0
    assert holds(told) == []


def test_off_a_terminal_it_wants_yes(told):
    head = told.repo.head

    done = told.process("redact", "Acme Freight")

    assert (done.code, done.stdout, told.repo.head) == (2, "", head)
    assert done.stderr == (
        f"ilog: this takes out what was said in 2 notes: {ROOT}/checkout/acme-freight-2026-11-10.md, {told.path()}\n"
        "  kept: the notes, as before\n  next: ilog redact 'Acme Freight' --yes\n"
    )


def test_changes_that_are_not_committed_and_what_is_staged_go_with_it(told):
    path = told.path()
    told.repo.write({path: told.read(path) + "- need: staged words\n"})
    told.repo.git("add", path)
    told.repo.write({path: told.read(path) + "- need: later words\n"})

    assert told.run("redact", NAME, "--yes").code == 0

    assert told.repo.status() == []
    assert told.repo.git("diff", "HEAD~", "--stat").count("|") == 1
    assert told.repo.git("show", f":{path}") == told.read(path) == told.committed(path)


@pytest.mark.parametrize("is_staged", [False, True])
def test_a_draft_is_redacted_where_it_is_and_not_committed(team, is_staged):
    path, head = team.draft(body=BODY), team.repo.head
    if is_staged:
        team.repo.git("add", path)

    done = team.run("redact", NAME, "--yes")

    assert (done.code, team.repo.head) == (0, head)
    assert team.repo.status() == [f"{'A ' if is_staged else '??'} {path}"]
    assert team.read(path).endswith("---\n[redacted]\n")
    assert not is_staged or WORDS not in team.repo.git("show", f":{path}")
    assert "## Out of the history" not in done.stdout


def test_no_commit_keeps_it_back_and_the_same_again_commits_it(told):
    head = told.repo.head

    done = told.run("redact", NAME, "--yes", "--no-commit")

    assert (done.code, told.repo.head) == (0, head)
    assert "## Out of the history" not in done.stdout
    assert done.stderr == f"not committed: {told.path()}\n  next: ilog save {told.path()}, then the same again\n"
    done = told.run("redact", NAME, "--yes")
    assert (done.code, told.subject()) == (0, "Redact: reseller-portal, 2026-11-18")
    assert "## Out of the history" in done.stdout


def test_once_more_changes_nothing_and_prints_the_steps_again(told):
    first = told.run("redact", NAME, "--yes").stdout
    head = told.repo.head

    done = told.run("redact", NAME)

    assert (done.code, told.repo.head) == (0, head)
    assert done.stderr == f"redacted already: {told.path()}\n"
    assert done.stdout.partition("## Out of")[2] == first.partition("## Out of")[2] != ""


def test_a_note_that_was_never_anything_else_has_no_steps(team):
    team.note(consent="declined", body="[redacted]\n")
    assert team.run("redact", NAME).stdout == ""


def test_notes_that_tell_the_same_conversation_go_together(team):
    second = f"{ROOT}/reseller-portal/{NAME}-2.md"
    team.note(body=BODY)
    team.note(path=second, body=BODY, pm="dev")
    before = figures(team)

    done = team.run("redact", f"{NAME}.md", "--yes")

    assert done.stderr == f"the same conversation, told again: {second}\n"
    assert team.repo.files_of() == {team.path(), second}
    assert figures(team) == before
    assert before["not_counted"][0]["reason"] == "duplicate"


def test_a_note_that_cannot_be_read_can_be_redacted(team):
    path = team.path()
    team.repo.commit({path: f"<<<<<<< ours\n{note_text(body=BODY)}=======\n{WORDS}\n>>>>>>> theirs\n"})

    assert team.run("redact", path, "--yes").code == 0

    assert team.read(path) == (
        '---\ndate: 2026-11-18\nproduct: reseller-portal\ncustomer: "Acme Freight"\npm: [caroline]\ntype: learning\nconsent: withdrawn\n---\n[redacted]\n'
    )


@pytest.mark.parametrize(("word", "code"), [("nobody", 66), ("acme", 66), ("", 66), ("P1 P2", 66)])
def test_what_is_not_there_is_said_so(told, word, code):
    head = told.repo.head
    done = told.run("redact", word, "--yes")
    assert (done.code, told.repo.head) == (code, head)
    assert "next: " in done.stderr


def test_in_is_for_participants(told):
    done = told.run("redact", NAME, "--in", NAME)
    assert (done.code, done.stderr.splitlines()[0]) == (
        2,
        f"ilog: --in is for a participant such as P2, not for {NAME}",
    )


def test_a_link_is_not_followed(team, tmp_path):
    victim = tmp_path / "victim.md"
    victim.write_text(note_text(body=BODY))
    path = team.top / team.path()
    path.parent.mkdir(parents=True)
    path.symlink_to(victim)

    assert team.run("redact", team.path(), "--yes").code == 77

    assert WORDS in victim.read_text()


def state(team: Team) -> list[object]:
    tree = {path: path.read_bytes() for path in (team.top / ROOT).rglob("*.md")}
    return [team.repo.head, team.repo.staged(), team.repo.status(), tree]


@pytest.mark.parametrize("is_staged", [False, True])
def test_a_hook_that_refuses_leaves_everything_as_it_was(told, is_staged):
    draft = told.draft("Acme Freight", "2026-11-19")
    told.repo.write({told.path(): told.read(told.path()) + "- need: more\n"})
    if is_staged:
        told.repo.git("add", told.path(), draft)
    told.repo.hook("pre-commit", "echo not on a Friday >&2; exit 1")
    before = state(told)

    done = told.run("redact", "acme-freight", "--yes")

    assert (done.code, done.stdout, state(told)) == (1, "", before)
    assert done.stderr.startswith("ilog: a hook refused the commit: not on a Friday\n  kept: ")
    assert done.stderr.endswith("  next: ilog redact acme-freight --yes\n")


@pytest.mark.parametrize(
    ("begin", "code"),
    [
        (lambda repo: (repo.top / ".git" / "MERGE_HEAD").write_text(repo.head), 75),
        (lambda repo: (repo.top / ".git" / "rebase-merge").mkdir(), 75),
        (lambda repo: repo.git("checkout", "-q", "--detach"), 78),
        (lambda repo: (repo.top / ".git" / "index.lock").touch(), 75),
    ],
)
def test_where_no_commit_would_last_nothing_is_touched(told, begin, code):
    begin(told.repo)
    before = (told.repo.head, told.read(told.path()))

    done = told.run("redact", NAME, "--yes")

    assert (done.code, (told.repo.head, told.read(told.path()))) == (code, before)
    assert f"ilog redact {NAME} --yes" in done.stderr


def test_who_has_no_identity_is_told_so_before_anything_is_asked(told):
    told.be(None)
    done = told.run("redact", NAME, ask=ScriptedAsk())
    assert (done.code, WORDS in told.read(told.path())) == (78, True)


def test_a_disk_that_refuses_leaves_everything_as_it_was(told):
    (told.top / ".git" / f"ilog-tmp-{os.getuid()}").touch()
    before = state(told)

    done = told.run("redact", "acme-freight", "--yes")

    assert (done.code, state(told)) == (74, before)


def test_what_was_written_is_taken_back_when_a_later_note_was_changed_meanwhile(told):
    first, last = f"{ROOT}/checkout/acme-freight-2026-11-10.md", told.path()
    folder = folders.find(told.top, "")
    rewrites = [
        Rewrite(first, first, folder.read(first), b"stub"),
        Rewrite(last, last, b"what it was a moment ago", b"stub"),
    ]
    before = state(told)

    with pytest.raises(IlogError) as refused:
        redacting.redact(folder, rewrites, [first, last], "Redact: x", again="ilog redact x --yes")

    assert (refused.value.code, state(told)) == (75, before)


def test_a_bare_repository_cannot_be_written_to(told, tmp_path):
    told.repo.git("clone", "-q", "--bare", str(told.top), str(tmp_path / "bare.git"))
    assert told.run("redact", NAME, "--yes", "--repo", str(tmp_path / "bare.git")).code == 78


def test_ilogs_own_copies_are_deleted(told):
    told.run("search", "boss")
    aside = told.top / ".git" / "ilog-tmp-1234"
    aside.mkdir()
    (aside / f"{NAME}.md.999999999").write_text(BODY)
    (aside / "globex-2026-11-12.md.999999999").write_text("somebody else's")
    (aside / f"{NAME}.md.{os.getppid()}").write_text("an ilog at work")
    assert any("index.sqlite3" in name for name in holds(told))

    done = told.run("redact", NAME, "--yes")

    assert holds(told) == []
    assert sorted(path.name for path in aside.iterdir()) == [
        f"{NAME}.md.{os.getppid()}",
        "globex-2026-11-12.md.999999999",
    ]
    assert f"a copy that ilog put aside and could not delete: `{aside}/{NAME}.md.{os.getppid()}`" in done.stdout
    assert told.run("search", "boss").code == 1


def test_an_index_in_use_is_named_and_left(told):
    told.run("stats")
    lock = told.top / ".git" / "ilog" / "index.lock"
    with lock.open("rb") as another:
        fcntl.flock(another, fcntl.LOCK_EX)
        done = told.run("redact", NAME, "--yes")
    assert done.code == 0
    assert f"ilog's index, which another ilog is using: `{told.top}/.git/ilog/index.sqlite3`" in done.stdout


def test_places_on_this_machine_are_listed(told, tmp_path):
    path = told.path()
    told.repo.git("branch", "behind")
    told.repo.git("tag", "v1")
    told.repo.switch("apart", new_at="HEAD")
    told.repo.commit({"apart.txt": "x"})
    told.repo.switch("main")
    told.repo.git("worktree", "add", "-q", "--detach", str(tmp_path / "beside"))
    told.repo.write({path: told.read(path) + "- need: stashed\n"})
    told.repo.git("stash", "-q")
    (told.top / f"{path}~").write_text("old")
    (told.top / ROOT / "reseller-portal" / f".{NAME}.md.swp").write_text("old")
    told.repo.git("remote", "add", "origin", "https://bob:tok3n@git.example.com/notes.git")

    found = json.loads(told.run("redact", NAME, "--yes", "--json").stdout)

    assert {(each["kind"], each["what"]) for each in found["remains"]} == {
        ("branch", "apart"), ("behind", "behind"), ("tag", "v1"), ("stash", "stash@{0}"),
        ("reflog", "the reflogs of this clone, for ninety days"), ("worktree", f"{tmp_path}/beside/{path}"),
        ("file", f"{path}~"), ("file", f"{ROOT}/reseller-portal/.{NAME}.md.swp"),
    }  # fmt: skip
    assert found["remotes"] == [{"name": "origin", "url": "https://git.example.com/notes.git"}]


@pytest.mark.parametrize(
    ("customer", "text", "is_named"),
    [
        ("Acme Freight", "as ACME-freight says", True),
        ("Acme Freight", "AcmeFreight", True),
        ("Acme Freight Inc", "at Acme Freight, they", True),
        ("Acme Freight", "macme freight", False),
        ("Acme Freight", "freight of Acme", False),
        ("Bärenstark & Söhne", "bei Bärenstark und Söhne", False),
        ("Bärenstark & Söhne", "bei bärenstark & söhne", True),
        ("Bärenstark & Söhne", "see barenstark-sohne", True),
        ("日本 Parts", "日本 parts", True),
        ("A.*", "everything", False),
    ],
)
def test_files_that_name_a_customer_are_found_however_the_words_are_set_apart(team, customer, text, is_named):
    team.repo.commit({"reports/q3.md": text})
    found = remains.mentions(folders.find(team.top, ""), [customer], [])
    assert found == (["reports/q3.md"] if is_named else [])


def test_where_recordings_are_is_not_printed_but_can_be_looked_up(team):
    team.note(body=BODY, recording="https://video.example.com/anna", consent_ref="drawer-7")
    blob = team.repo.git("rev-parse", f"HEAD:{team.path()}").strip()

    page = team.run("redact", NAME, "--yes").stdout

    assert "video.example.com" not in page
    assert (
        f"what `recording` and `consent_ref` of `{team.path()}` led to, which `git cat-file -p {blob[:12]}` shows"
        in page
    )


def test_a_note_that_is_deleted_here_is_not_forgotten(told):
    told.repo.write({told.path(): None})
    done = told.run("redact", "acme-freight", "--yes")
    assert (
        f"deleted here, but committed: {told.path()}\n  next: git restore {told.path()}, then the same again\n"
        in done.stderr
    )


def test_a_clone_that_is_cut_off_says_so(told, tmp_path):
    shallow = tmp_path / "shallow"
    told.repo.git("clone", "-q", "--depth", "1", f"file://{told.top}", str(shallow))
    done = told.run("redact", NAME, "--yes", "--repo", str(shallow), GIT_AUTHOR_NAME="A", GIT_AUTHOR_EMAIL="a@example.com",
                    GIT_COMMITTER_NAME="A", GIT_COMMITTER_EMAIL="a@example.com")  # fmt: skip
    assert done.code == 0
    assert done.stderr.endswith(
        "may be missing from what follows\n  next: git fetch --unshallow, then the same again\n"
    )


def test_whoever_keeps_commits_back_keeps_these_back_too(told):
    told.repo.commit({"ilog.yaml": f"{CONFIG}commit: never\n"})
    assert "not committed: " in told.run("redact", NAME, "--yes").stderr


def test_the_summary_says_nothing_that_was_taken_back(told):
    told.run("redact", "P1", "--in", NAME, "--yes")
    assert told.run("summary", told.path()).lines[0] == "tl;dr – talked with Acme Freight. Raves: new navigation"


def test_names_are_shown_so_that_nothing_in_them_acts(team):
    path = f"{ROOT}/checkout/`x`\x1b[31m-2026-11-18.md"
    team.repo.commit({path: note_text(body=BODY, product="checkout", customer='"x"')}, author=by("dev"))

    done = team.run("redact", path, "--yes")

    assert done.code == 0
    assert "\x1b" not in done.stdout + done.stderr
    assert f"- `` {ROOT}/checkout/`x`\\x1b[31m-2026-11-18.md ``" in done.stdout


def test_customers_and_notes_are_offered(told):
    assert completed(told, "ilog redact acme") == ["acme-freight", "acme-freight-2026-11-10", "acme-freight-2026-11-18"]
    assert completed(told, "ilog redact P2 --in glob") == ["globex-2026-11-12"]


def test_a_note_whose_name_holds_a_line_end_is_redacted_as_any_other(team):
    path = f"{ROOT}/checkout/a\nb-2026-11-18.md"
    team.repo.commit({path: note_text(product="checkout", body=BODY)})
    told = team.committed(path)
    done = team.run("redact", path, "--yes")

    assert done.code == 0
    assert WORDS not in team.read(path)
    assert team.committed(path) == team.read(path) != told
    assert team.repo.status() == []
    assert team.subject().startswith("Redact: ")
    assert "### 1. Take a fresh clone" in done.stdout
    old, new = (team.repo.git("rev-parse", f"{rev}:{path}").strip() for rev in ("HEAD^", "HEAD"))
    assert f"    b'{old}': b'{new}'," in done.stdout


def test_without_a_commit_a_note_whose_name_holds_a_line_end_is_said_not_to_be_committed(team):
    path = f"{ROOT}/checkout/a\nb-2026-11-18.md"
    team.repo.commit({path: note_text(product="checkout", body=BODY)})
    done = team.run("redact", path, "--yes", "--no-commit")

    assert done.code == 0
    assert "not committed: " in done.stderr
    assert not team.subject().startswith("Redact")


def test_a_nugget_that_is_a_short_quote_nested_below_goes_with_it(team):
    team.note(
        nugget='"It is awful"', body='- pain: we lost two days (P2)\n  - quote: "It is awful" (P2)\n- pain: slow (P1)\n'
    )
    assert team.run("redact", "P2", "--in", "acme-freight-2026-11-18", "--yes").code == 0
    assert "awful" not in team.repo.git("show", f"HEAD:{ROOT}/reseller-portal/acme-freight-2026-11-18.md")
