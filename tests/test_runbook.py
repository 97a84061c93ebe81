"""The steps that are printed do what they say: they are run here, by git and git-filter-repo, on a shared folder."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli import ROOT, TODAY, Team, by
from gitrepo import Repo

BIN = str(Path(sys.executable).parent)
WORDS = "their boss reads every mail"
BODY = f"# Acme Freight\n\n- pain: {WORDS} #mail (P1)\n- delight: navigation (P2)\n"


def share(team: Team, where: Path) -> Path:
    """Give the folder a bare repository that it is shared through."""
    team.repo.git("clone", "-q", "--bare", str(team.top), str(where))
    team.repo.git("remote", "add", "origin", str(where))
    team.repo.git("fetch", "-q", "origin")
    team.repo.git("branch", "-q", "-u", "origin/main")
    return where


def push_unseen(team: Team, remote: Path, where: Path) -> None:
    """Push what our clone has not seen: another text of the note, on a colleague's branch."""
    team.repo.git("clone", "-q", str(remote), str(where))
    colleague = Repo(where)
    colleague.switch("unseen", new_at="HEAD")
    colleague.commit({team.path(): f"---\n---\n- {WORDS} unseen\n"})
    colleague.git("push", "-q", "origin", "unseen")


def commands(page: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def follow(page: str, team: Team, where: Path) -> Path:
    """Type all that a page says, the first step in the old folder and the others in another; gives the new clone."""
    where.mkdir()
    share_first, *others = commands(page)
    for script, place in ((share_first, team.top), ("\n".join(others), where)):
        done = subprocess.run(
            ["sh", "-e", "-c", script], cwd=place, env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    return where / "notes-redacted"


def objects(top: Path) -> str:
    """Give all that a repository has, reachable or not."""
    asked = ["git", "-C", str(top), "cat-file", "--batch-all-objects", "--batch"]
    done = subprocess.run(asked, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def told(team: Team, top: Path) -> list[object]:
    """Give what a folder's notes and history say: the figures, in both bases, and who brought in what and when."""
    figures = [json.loads(team.run("stats", "--json", "--weeks", "all", "--repo", str(top), *more).stdout)
               for more in ((), ("--basis", "commits"))]  # fmt: skip
    for each in figures:
        each.pop("at"), each.pop("warnings")
    came = Repo.git(
        team.repo, "-C", str(top), "log", "-M", "--diff-filter=AR", "--name-status", "--format=%an %ad", "--", ROOT
    )
    return [*figures, re.sub(r"R[0-9]+", "R", came)]


@pytest.fixture
def past(team: Team) -> Team:
    """A folder in which one note has been edited, renamed, branched off, tagged and merged, and others stand beside it."""
    old, new = f"{ROOT}/reseller-portal/acme-2026-11-18.md", team.path()
    team.note("Globex", "2026-11-12", product="checkout", pm="dev")
    team.note(path=old, pm="dev", body=BODY, consent="quotes", author=by("dev"), when="2026-11-18T17:00:00+0000")
    team.repo.commit({old: team.read(old) + "- need: a list\n"}, author=by("eve"))
    team.repo.git("tag", "v1")
    team.repo.git("branch", "aside")
    team.repo.move(old, new, author=by("caroline"))
    team.repo.switch("aside")
    team.repo.commit({old: team.read(old) + f"- need: {WORDS} no more\n"}, author=by("eve"))
    team.repo.switch("main")
    team.repo.switch("joined", new_at="main")
    team.repo.commit({new: team.read(new) + f"- goal: {WORDS} less\n"}, author=by("eve"))
    team.repo.switch("main")
    team.note("Initech", "2026-11-13", product="checkout", pm="eve")
    team.repo.merge("joined")
    team.note("Hooli", "2026-11-14", product="checkout", pm="eve", body="# Hooli\n\n- pain: waits for days\n")
    return team


def test_typed_as_printed_the_steps_take_every_word_out_and_the_figures_stay(past, tmp_path):
    remote = share(past, tmp_path / "remote.git")
    before = told(past, past.top)
    assert WORDS in objects(remote)

    done = past.run("redact", "acme-freight-2026-11-18", "--yes")

    assert done.code == 0
    assert WORDS not in done.stdout + done.stderr
    push_unseen(past, remote, tmp_path / "colleague")
    clone = follow(done.stdout, past, tmp_path / "work")
    for place in (clone, remote, clone.parent / "notes-new"):
        assert WORDS not in objects(place)
        assert "navigation (P2)" not in objects(place)
    assert told(past, clone) == before
    assert "Redact: reseller-portal, 2026-11-18" in past.repo.git("-C", str(clone), "log", "--format=%s")
    assert past.repo.git("-C", str(clone), "tag").split() == ["v1"]
    assert "waits for days" in objects(remote)


def test_notes_that_came_in_from_outside_the_root_are_followed_there(team, tmp_path):
    old, path = "interviews/reseller-portal/acme-freight-2026-11-18.md", team.path()
    team.draft(path=old, body=f"- need: {WORDS} and more\n")
    team.repo.commit({old: team.read(old)}, author=by("dev"))
    team.repo.commit({old: team.read(old).replace("and more", "and less")}, author=by("eve"))
    team.repo.move(old, path)
    remote = share(team, tmp_path / "remote.git")

    follow(team.run("redact", path, "--yes").stdout, team, tmp_path / "work")

    assert WORDS not in objects(remote)


def test_another_note_at_a_name_that_was_given_up_keeps_its_history(team, tmp_path):
    team.note("Acme Freight", body=BODY, pm="dev")
    renamed = team.path("Project Heron")
    team.repo.move(team.path(), renamed)
    team.note("Acme Freight", body="- pain: another talk altogether\n", pm="eve")
    team.note("Acme Freight", body="- pain: another talk, retold\n", pm="eve")
    remote = share(team, tmp_path / "remote.git")

    clone = follow(team.run("redact", "project-heron-2026-11-18", "--yes").stdout, team, tmp_path / "work")

    assert WORDS not in objects(remote)
    assert "another talk altogether" in objects(remote)
    assert "another talk, retold" in (clone / team.path()).read_text("utf-8")


def test_a_participants_words_go_and_the_others_stay(past, tmp_path):
    remote = share(past, tmp_path / "remote.git")

    clone = follow(past.run("redact", "P1", "--yes").stdout, past, tmp_path / "work")

    assert WORDS not in objects(remote).replace(f"{WORDS} less", "")
    assert "- delight: navigation (P2)" in (clone / past.path()).read_text("utf-8")


def test_notes_shared_with_nobody_need_no_push(team, tmp_path):
    team.note("Acme Freight", body=BODY)
    page = team.run("redact", "acme-freight", "--yes").stdout
    assert "git push" not in page
    assert (
        f"Go on in notes-redacted, and delete the old one: it has all of it still, and so have its backups: {team.top}"
        in page
    )

    (tmp_path / "work").mkdir()
    script = "\n".join(commands(page))
    subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path / "work", env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"},
                   capture_output=True, check=True)  # fmt: skip

    assert WORDS not in objects(tmp_path / "work" / "notes-redacted")


def test_commits_that_credit_nobody_are_looked_up_by_their_new_names(team, tmp_path):
    team.note("Acme Freight", body=BODY)
    team.repo.commit({"ilog.yaml": team.read("ilog.yaml") + f"imports: [{team.repo.head[:12]}]\n"})
    share(team, tmp_path / "remote.git")
    page = team.run("redact", "acme-freight", "--yes").stdout

    (lookup,) = [each for each in commands(page) if "commit-map" in each]

    assert lookup == f"grep ^{team.repo.git('rev-parse', 'HEAD~2').strip()[:12]} .git/filter-repo/commit-map\n"


def test_many_notes_are_no_longer_than_a_shell_can_take(team):
    paths = [team.draft(f"Customer {number}", body=f"- pain: {WORDS} {number}\n") for number in range(400)]
    team.repo.commit({path: team.read(path) for path in paths})

    page = team.run("retention", "--apply", "--yes", today=TODAY.replace(year=2030)).stdout

    assert max(map(len, "\n".join(commands(page)).splitlines())) < 400
    assert page.count("customer-399-2026-11-18") == 2


def test_addresses_show_no_password(team):
    team.note()
    team.repo.git("remote", "add", "origin", "https://bob:tok3n@git.example.com/team/notes.git")

    done = team.run("redact", "acme-freight", "--yes")

    assert "git clone --no-local https://git.example.com/team/notes.git notes-redacted" in done.stdout
    assert "tok3n" not in done.stdout + team.run("redact", "acme-freight", "--json").stdout
