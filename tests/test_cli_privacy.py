"""The stop before the commit: personal data is refused by every command that commits notes, and nothing is lost."""

import pytest

from cli import ScriptedAsk, Sittings, Team, replacing, typing

LEAK = "- pain: ask jane@acme.com or +49 151 23456789"
CLEAN = "- pain: ask P1"
ALLOW = "<!-- ilog: allow email because it is on their site -->"


def put_people(team: Team, text: str = "P1: Jane Doe\nP2: [Richard Roe, Dick]\n") -> None:
    """List people as `ilog init` and README say: ignored, and for nobody else to read."""
    team.repo.commit({".gitignore": "/people.yaml\n"})
    team.repo.write({"people.yaml": text})
    (team.top / "people.yaml").chmod(0o600)


def unchanged(team: Team, head: str) -> bool:
    return team.repo.head == head and not team.repo.git("diff", "--cached", "--name-only")


def test_save_refuses_a_note_with_personal_data_in_three_lines_that_do_not_say_it(team):
    path, head = team.draft("Acme Freight", consent="notes", body=f"{LEAK}\n"), team.repo.head
    before = (team.top / path).read_bytes()
    done = team.run("save")
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"ilog: must not enter git, so not committed: {path}:9:13: email j…@…, 9:30: phone +…",
        f"  kept: {path}",
        f"  next: ilog edit {path}; or say in the note why it may stay: <!-- ilog: allow email because … -->",
    ]
    assert unchanged(team, head)
    assert (team.top / path).read_bytes() == before


def test_save_of_many_saves_the_clean_ones_and_names_the_others_at_the_end(team):
    bad = [team.draft(name, consent="notes", body=f"{LEAK}\n") for name in ("Acme Freight", "Initech")]
    good = [team.draft(name, consent="notes") for name in ("Globex", "Hooli")]
    done = team.run("save")
    assert (done.code, done.lines) == (1, good)
    assert team.repo.status() == [f"?? {path}" for path in bad]
    assert done.stderr.splitlines()[-3].startswith("ilog: 2 notes not committed: ")
    assert done.stderr.splitlines()[-2] == f"  kept: {bad[0]}, {bad[1]}"
    assert "jane@" not in done.stderr


def test_what_is_saved_beside_a_refused_note_is_shared_when_asked_to(team, tmp_path):
    team.repo.git("clone", "-q", "--bare", str(team.top), str(tmp_path / "hub.git"))
    team.repo.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    team.repo.git("push", "-q", "-u", "origin", "main")
    bad, good = team.draft("Acme Freight", body=f"{LEAK}\n"), team.draft("Globex")
    assert team.run("save", "--push").code == 1
    shared = team.repo.git("ls-tree", "-r", "--name-only", "origin/main").splitlines()
    assert (good in shared, bad in shared) == (True, False)


def test_new_keeps_the_note_uncommitted_and_still_prints_its_path(team):
    head = team.repo.head
    done = team.run("new", "checkout", "Globex", "--no-edit", "--commit", "-o", "pain: ask jane@acme.com")
    path = team.path("Globex", "2026-11-20", "checkout")
    assert (done.code, done.lines) == (1, [path])
    assert "email j…@…" in done.stderr
    assert "jane@acme.com" in team.read(path)
    assert unchanged(team, head)


def test_without_a_commit_nothing_is_refused(team):
    assert team.run("new", "checkout", "Globex", "--no-edit", "-o", "pain: ask jane@acme.com").code == 0


def test_after_the_editor_it_is_shown_and_edited_again(team):
    ask = ScriptedAsk("y")
    sittings = Sittings([typing(LEAK), replacing(LEAK, CLEAN)])
    done = team.run("new", "checkout", "Globex", "--no-push", "--tldr", "logins", ask=ask, edit=sittings)
    path = team.path("Globex", "2026-11-20", "checkout")
    assert done.code == 0
    assert [question.partition("?")[0] for question in ask.questions] == ["Edit again"]
    assert "email j…@…" in done.stderr
    assert CLEAN in team.committed(path)


def test_after_the_editor_it_may_be_kept_as_it_is(team):
    head, ask = team.repo.head, ScriptedAsk("n")
    done = team.run("new", "checkout", "Globex", "--tldr", "logins", ask=ask, edit=typing(LEAK))
    path = team.path("Globex", "2026-11-20", "checkout")
    assert (done.code, done.lines) == (1, [path])
    assert f"  kept: {path}\n" in done.stderr
    assert LEAK in team.read(path)
    assert unchanged(team, head)


@pytest.mark.parametrize("answers", [("y",), ("n",)])
def test_edit_stops_too(team, answers):
    path = team.note("Acme Freight", consent="notes")
    head = team.repo.head
    sittings = Sittings([typing(LEAK), replacing(LEAK, CLEAN)])
    done = team.run("edit", path, ask=ScriptedAsk(*answers), edit=sittings)
    assert done.code == (0 if answers == ("y",) else 1)
    assert unchanged(team, head) == (answers == ("n",))
    assert "jane@" not in team.repo.git("log", "-p")


def test_a_field_set_without_an_editor_is_stopped_without_a_question(team):
    path = team.note("Acme Freight", consent="notes")
    done = team.run("edit", path, "--set", "crm=jane@acme.com", ask=ScriptedAsk())
    assert (done.code, "email j…@…" in done.stderr) == (1, True)


def test_a_listed_name_is_refused_in_text_file_name_and_message_and_told_by_its_code(team):
    put_people(team)
    head = team.repo.head
    path = team.draft("Jane Doe", consent="notes", body="- pain: DICK\n  gave up\n")
    done = team.run("save")
    assert done.code == 1
    shown = path.replace("jane-doe", "[P1]")
    assert f"{shown}:4:12: person [P1]" in done.stderr
    assert "person [P2]" in done.stderr
    assert "the file's name: person [P1]" in done.stderr
    folder, typed = path.rpartition("/")[0], path.replace("jane-doe", "*")
    assert f"  kept: in {folder}; its path is masked here\n" in done.stderr
    assert f'  next: ls {folder}; ilog mv {typed} --customer "Project Heron"; or ' in done.stderr
    assert not {"jane", "doe", "dick"} & {*done.stderr.casefold().replace("-", " ").split()}
    assert unchanged(team, head)


def test_a_message_that_says_what_the_note_allows_itself_in_one_line_is_refused(team):
    put_people(team)
    path = team.draft(
        path=team.path("Project Heron"),
        yaml="Jane Doe # ilog: allow person because the company is called so",
        consent="notes",
    )
    done = team.run("save")
    assert (done.code, "the commit's message: person [P1]" in done.stderr) == (1, True)
    team.repo.write(
        {path: team.read(path).replace("---\n", "---\n# ilog: allow person because the company is called so\n", 1)}
    )
    assert team.run("save").code == 0
    assert "Jane Doe" in team.subject()


@pytest.mark.parametrize("body", [f"{ALLOW}\n- pain: ask jane@acme.com\n", f"- pain: ask jane@acme.com {ALLOW}\n"])
def test_what_the_note_allows_itself_with_a_reason_is_committed(team, body):
    path = team.draft("Acme Freight", consent="notes", body=body)
    assert team.run("save").code == 0
    assert ALLOW in team.committed(path)


@pytest.mark.parametrize("way", ["---\n{}\ncrm: jane@acme.com", "---\ncrm: jane@acme.com {}"])
def test_what_is_found_in_front_matter_is_allowed_as_the_hint_says(team, way):
    path = team.draft("Acme Freight", consent="notes")
    for command in (("save", path), ("edit", path, "--set", "crm=jane@acme.com")):
        text = team.read(path)
        team.repo.write({path: text.replace("---\n", "---\ncrm: jane@acme.com\n", 1)} if command[0] == "save" else {})
        done = team.run(*command)
        assert done.code == 1
        hint = done.stderr.rpartition("why it may stay: ")[2].strip()
        assert hint == "# ilog: allow email because …"
        team.repo.write({path: text.replace("---", way.format(hint.replace("…", "it is their imprint")), 1)})
        assert team.run("save", path).code == 0, team.run("save", path).stderr
        team.repo.write({path: text})


def test_a_name_that_a_move_would_put_in_the_path_gives_a_command_to_type(team):
    put_people(team)
    old = team.note("Acme Freight", consent="notes")
    done = team.run("mv", old, "--customer", "Jane Doe")
    assert done.code == 1
    assert f'  kept: {old}\n  next: ilog mv {old} --customer "Project Heron"; or ' in done.stderr
    assert "jane" not in done.stderr.casefold()


def test_the_pattern_of_a_masked_path_leads_to_the_note(team):
    put_people(team)
    path = team.draft("Jane Doe", consent="notes")
    typed = team.run("save").stderr.partition("; ilog mv ")[2].partition(" --customer")[0]
    assert [str(found.relative_to(team.top)) for found in team.top.glob(typed)] == [path]


def test_a_password_is_refused_and_not_shown(team):
    path = team.draft("Acme Freight", consent="notes", body="- pain: the wiki says password = h7r2q9w\n")
    done = team.run("save")
    assert (done.code, f"{path}:9:34: token …" in done.stderr) == (1, True)
    assert "h7r2q9w" not in done.stderr + team.run("check").stdout


def test_without_a_reason_it_is_refused_and_said(team):
    team.draft(
        "Acme Freight", consent="notes", body=f"{ALLOW.partition(' because')[0]} -->\n- pain: ask jane@acme.com\n"
    )
    done = team.run("save")
    assert done.code == 1
    assert "email is not allowed, for there is no reason" in done.stderr


def test_a_warning_is_said_and_stops_nothing(team):
    path = team.draft("Acme Freight", consent="notes", body="- pain: Peter Miller said no, see new@example.com\n")
    done = team.run("save")
    assert done.code == 0
    assert f"{path}:9:9: perhaps a person's name: P… M…" in done.stderr
    assert f"{path}:9:35: an e-mail address of our own: n…@…" in done.stderr


def test_colleagues_may_be_named(team):
    team.draft(
        "Acme Freight",
        consent="notes",
        observers="[dev@example.com, al@partner.io]",
        body="- pain: told dev@example.com and al@partner.io\n",
    )
    assert team.run("save").code == 0


def test_notes_that_are_not_committed_now_are_not_looked_at(team):
    team.note("Acme Freight", body=f"{LEAK}\n")
    team.draft("Initech", body=f"{LEAK}\n")
    good = team.draft("Globex", consent="notes")
    assert team.run("save", good).code == 0
    assert team.run("new", "checkout", "Hooli", "--no-edit", "--commit", "-o", "pain: x").code == 0


def test_a_note_that_was_committed_before_is_stopped_when_it_changes(team):
    path = team.note("Acme Freight", body=f"{LEAK}\n")
    team.repo.write({path: f"{team.read(path)}- need: a trial\n"})
    assert team.run("save").code == 1


def test_a_broken_list_of_people_stops_the_commit_for_nobody_knows_the_names(team):
    put_people(team, "P1: [Richard Roe\n")
    path = team.draft("Acme Freight", consent="notes")
    done = team.run("save")
    assert (done.code, done.stdout) == (78, "")
    assert f"  kept: {path}\n" in done.stderr
    assert "Richard" not in done.stderr


def test_a_list_of_people_within_reach_of_git_is_said_and_stops_nothing(team):
    team.repo.write({"people.yaml": "P1: Jane Doe\n"})
    (team.top / "people.yaml").chmod(0o644)
    for name in ("Acme Freight", "Globex"):
        team.draft(name, consent="notes")
    done = team.run("save")
    assert done.code == 0
    for line in ("  next: echo /people.yaml >> .gitignore", "  next: chmod 600 people.yaml"):
        assert done.stderr.splitlines().count(line) == 1


def test_words_of_a_note_that_are_shown_before_are_masked(team):
    team.draft("Acme Freight", consent="notes", body="- pian: ask jane@acme.com\n")
    assert "jane@" not in team.run("save").stderr
    done = team.run(
        "new", "checkout", "Globex", "--tldr", "x", ask=ScriptedAsk("n", "n"), edit=replacing("<!--", f"<!-- {LEAK}\nx")
    )
    assert "jane@" not in done.stderr


def test_what_slips_in_while_it_is_committed_is_told_at_once(team):
    path = team.draft("Acme Freight", consent="notes")
    team.repo.hook("pre-commit", f"echo '{LEAK}' >> '{path}' && git add '{path}'")
    done = team.run("save")
    assert (done.code, "changed while it was being committed" in done.stderr) == (1, True)
    assert "git reset --soft HEAD~1" in done.stderr


def test_a_note_moved_by_hand_from_a_name_says_it_in_no_message(team):
    put_people(team)
    old = team.note("Jane Doe", consent="notes")
    new = team.path("Project Heron")
    team.repo.write({new: team.read(old).replace("Jane Doe", "Project Heron"), old: None})
    done = team.run("save")
    assert done.code == 0, done.stderr
    assert "jane" not in team.subject().casefold()


def test_in_the_middle_of_a_rebase_the_note_is_kept(team):
    path = team.draft("Acme Freight", consent="notes", body=f"{LEAK}\n")
    (team.top / ".git" / "rebase-merge").mkdir()
    done = team.run("save")
    assert done.code == 1
    assert f"  kept: {path}\n" in done.stderr


def test_at_a_terminal_it_looks_so(team):
    path = team.draft("Acme Freight", consent="notes", body=f"{LEAK}\n")
    shown = team.on_terminal("save", columns=200)
    assert f"{path}:9:13: email j…@…, 9:30: phone +…" in shown
    assert "jane@" not in shown


@pytest.mark.parametrize("command", ["show", "save", "why", "summary"])
def test_a_line_that_cannot_be_read_is_shown_without_what_is_personal_in_it(team, command):
    put_people(team)
    path = team.draft("Acme", tldr="Jane Doe (jane@acme.com): ask: her")
    done = team.run(command, path)
    assert done.code == 65
    assert "Jane" not in done.stderr
    assert "@acme" not in done.stderr
    line, caret = done.stderr.splitlines()[1:3]
    assert line.partition(" | ")[2] == "tldr: [P1] (j…@…): ask: her"
    assert line[caret.index("^")] == ":"
