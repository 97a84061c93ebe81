"""`ilog save`: notes are checked and committed, each path exactly."""

import pytest

from cli import ROOT, Team, by

BROKEN = "---\ndate: 2026-11-16\ncustomer: [\n---\n"


def test_every_new_and_changed_note_is_saved_as_a_commit_of_its_own(team):
    old = team.note("Globex", "2026-11-16")
    team.repo.write({old: team.read(old) + "- need: a trial\n"})
    new = team.draft("Acme Freight", "2026-11-18", consent="notes")
    done = team.run("save")
    assert (done.code, done.lines) == (0, [new, old])
    assert team.subject("HEAD~1") == "Interview: Acme Freight, reseller-portal, 2026-11-18"
    assert team.subject() == "Edit: Globex, reseller-portal, 2026-11-16"
    assert (team.repo.files_of("HEAD~1"), team.repo.files_of()) == ({new}, {old})
    assert team.repo.status() == []


def test_nothing_to_save_is_fine(team):
    path = team.note("Acme Freight")
    for args in ((), (path,)):
        done = team.run("save", *args)
        assert (done.code, done.stdout, done.stderr) == (0, "", "nothing to save\n")


def test_only_the_notes_named_are_saved(team):
    acme, globex = team.draft("Acme Freight"), team.draft("Globex")
    done = team.run("save", "acme-freight-2026-11-18")
    assert (done.code, done.stdout) == (0, f"{acme}\n")
    assert team.repo.status() == [f"?? {globex}"]


@pytest.mark.parametrize("name", ["/{path}", "{path}", "{top}/{path}", "./{path}", "acme-freight-2026-11-18.md",
                                  "reseller-portal/acme-freight-2026-11-18"])  # fmt: skip
def test_a_note_can_be_named_as_people_name_it(team, name):
    path = team.draft("Acme Freight")
    assert team.run("save", name.format(path=path, top=team.top)).stdout == f"{path}\n"


def test_a_note_can_be_named_from_where_one_stands(team):
    path = team.draft("Acme Freight")
    assert team.run("save", "acme-freight-2026-11-18.md", start=(team.top / path).parent).stdout == f"{path}\n"
    assert team.run("save", f"../../../{path}", start=(team.top / path).parent).code == 0


def test_one_note_saved_hears_its_two_lines_and_whether_it_counts(team):
    team.draft("Acme Freight", consent="notes")
    assert team.run("save").stderr.splitlines() == [
        "tl;dr – talked with Acme Freight. Frustration: SSO setup took three days",
        f"Full interview notes at /{team.path()}",
        "counts for 2026-W47: yes, 1 of 1",
    ]


def test_whatever_else_is_staged_or_changed_stays(team):
    team.repo.commit({"plan.txt": "1", "other.txt": "1"})
    path = team.draft("Acme Freight")
    team.repo.write(
        {"plan.txt": "2", "other.txt": "2", f"{ROOT}/reseller-portal/deck.pdf": "x", f"{ROOT}/README.md": "x"}
    )
    team.repo.git("add", "plan.txt")
    assert team.run("save").stdout == f"{path}\n"
    assert team.repo.files_of() == {path}
    assert sorted(team.repo.status()) == [
        " M other.txt", f"?? {ROOT}/README.md", f"?? {ROOT}/reseller-portal/deck.pdf", "M  plan.txt",
    ]  # fmt: skip


def test_findings_are_said_and_do_not_stop_it(team):
    path = team.draft("Acme Freight", segments="[giants]", body="# Acme\n\n- pian: x\n- pain: y\n")
    done = team.run("save")
    assert (done.code, done.stdout) == (0, f"{path}\n")
    assert "segment giants is not in ilog.yaml" in done.stderr
    assert "not read as an observation: " in done.stderr


def test_that_consent_is_open_is_no_news_on_the_day_a_note_is_made(team):
    path = team.draft("Acme Freight", consent="pending")
    assert "consent is not settled" not in team.run("save").stderr
    team.repo.write({path: team.read(path) + "- pain: more\n"})
    assert "consent is not settled; ask, then write consent: " in team.run("save").stderr


def test_a_note_that_cannot_be_read_stays_behind_named_and_the_others_go(team):
    bad = f"{ROOT}/checkout/bad-2026-11-16.md"
    team.repo.write({bad: BROKEN, f"{ROOT}/checkout/latin-2026-11-16.md": b"---\ncustomer: M\xfcller\n---\n"})
    good = team.draft("Acme Freight")
    done = team.run("save")
    assert (done.code, done.stdout) == (0, f"{good}\n")
    assert f"skipped: {bad}:" in done.stderr
    assert "2 notes were skipped: ilog check" in done.stderr
    assert team.run("save").code == 0


def test_a_note_that_cannot_be_read_but_was_named_is_65_and_nothing_is_saved(team):
    bad = f"{ROOT}/checkout/bad-2026-11-16.md"
    team.repo.write({bad: BROKEN})
    good, head = team.draft("Acme Freight"), team.repo.head
    done = team.run("save", good, bad)
    assert (done.code, done.stdout) == (65, "")
    assert done.stderr.startswith(f"ilog: {bad}:")
    assert f"  kept: {bad}\n  next: ilog edit {bad}\n" in done.stderr
    assert team.repo.head == head


def test_a_note_that_is_not_there_is_66_with_what_was_meant(team):
    path = team.draft("Acme Freight")
    done = team.run("save", "acme")
    assert (done.code, done.lines) == (66, [])
    assert done.stderr.startswith("ilog: no such note: acme\n  next: ")
    assert path in done.stderr
    assert team.run("save", "nothing").stderr == "ilog: no such note: nothing\n  next: ilog list\n"


def test_a_deleted_note_is_left_alone_and_said(team):
    path = team.note("Acme Freight")
    (team.top / path).unlink()
    done = team.run("save")
    assert (done.code, done.stdout) == (0, "")
    assert f"deleted, which save leaves alone: {path}" in done.stderr
    assert team.repo.status() == [f" D {path}"]


def test_the_author_is_who_saves(team):
    team.be("dev")
    team.draft("Acme Freight")
    team.run("save")
    assert team.repo.git("log", "-1", "--format=%an <%ae>").strip() == by("dev")


def test_a_path_that_git_takes_for_a_pattern_is_only_itself(team):
    odd = [team.draft("Acme", path=f"{ROOT}/checkout/{name}.md") for name in ("[ab]-2026-11-16", ":(top)x", "-x")]
    other = team.draft("Acme", path=f"{ROOT}/checkout/a-2026-11-16.md")
    done = team.run("save", "--", *odd)
    assert (done.code, sorted(done.lines)) == (0, sorted(odd))
    assert team.repo.status() == [f"?? {other}"]


def test_without_identity_it_is_78_with_the_two_lines_and_the_note_stays(team):
    team.be(None)
    path = team.draft("Acme Freight")
    done = team.run("save")
    assert done.code == 78
    assert 'git config --global user.name "Your Name" && git config --global user.email you@example.com' in done.stderr
    assert f"kept: {path}" in done.stderr
    assert team.repo.status() == [f"?? {path}"]


def test_an_ignored_note_that_is_named_is_78(team):
    team.repo.commit({".gitignore": "*.md\n"})
    path = team.draft("Acme Freight")
    for command in ("save", "edit"):
        done = team.run(command, path, edit=lambda _path: 60.0)
        assert (done.code, "ignored by .gitignore:1" in done.stderr) == (78, True), command


def test_a_link_is_refused_and_what_it_points_to_untouched(team, tmp_path):
    victim = tmp_path / "victim.md"
    victim.write_text("mine", encoding="utf-8")
    path = f"{ROOT}/checkout/acme-2026-11-16.md"
    (team.top / path).parent.mkdir(parents=True)
    (team.top / path).symlink_to(victim)
    done = team.run("save", path)
    assert (done.code, "not a regular file" in done.stderr) == (77, True)
    assert team.run("save").code == 0
    assert (victim.read_text("utf-8"), team.repo.status()) == ("mine", [f"?? {path}"])


def test_a_nested_repository_is_refused(team):
    path = team.draft("Acme Freight", product="checkout")
    team.repo.git("init", "-q", str((team.top / path).parent))
    done = team.run("save", path)
    assert (done.code, "a repository of its own" in done.stderr) == (77, True)


def test_git_in_the_environment_points_it_nowhere_else(team, tmp_path):
    other = Team.start(tmp_path / "other")
    path, head = team.draft("Acme Freight"), other.repo.head
    done = team.process("save", GIT_DIR=str(other.top / ".git"), GIT_INDEX_FILE=str(tmp_path / "index"))
    assert (done.code, done.stdout) == (0, f"{path}\n")
    assert (other.repo.head, team.repo.files_of()) == (head, {path})


def test_a_note_that_tells_a_conversation_again_is_not_said_to_count(team):
    first = team.note("Acme Freight", "2026-11-18", participants='["P1"]')
    team.repo.write({first.replace(".md", "-2.md"): team.read(first)})
    done = team.run("save")
    assert (done.code, "no: duplicate" in done.stderr) == (0, True)
    assert "no: duplicate" in team.run("why", first.replace(".md", "-2.md")).stdout
