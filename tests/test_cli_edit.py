"""`ilog edit` and `ilog show`'s way of naming notes."""

from cli import ROOT, ScriptedAsk, Sittings, nobody_types, replacing, typing


def test_a_change_is_committed_as_an_edit(team):
    path = team.note("Acme Freight")
    done = team.run("edit", "acme-freight-2026-11-18", edit=typing("- need: a trial"))
    assert (done.code, done.stdout) == (0, f"{path}\n")
    assert team.subject() == "Edit: Acme Freight, reseller-portal, 2026-11-18"
    assert (team.repo.files_of(), team.repo.status()) == ({path}, [])
    assert "counts for 2026-W47: yes, 1 of 1" in done.stderr


def test_no_change_is_no_commit(team):
    team.note("Acme Freight")
    head = team.repo.head
    assert team.run("edit", "acme-freight-2026-11-18", edit=typing("")).code == 0
    assert team.repo.head == head


def test_a_note_that_was_never_committed_becomes_an_interview_and_may_be_asked_about(team):
    team.draft("Acme Freight")
    ask = ScriptedAsk("three lost days")
    done = team.run("edit", "acme-freight-2026-11-18", ask=ask, edit=typing())
    assert ask.questions == ["In one line, what did you hear?"]
    assert team.subject() == "Interview: Acme Freight, reseller-portal, 2026-11-18"
    assert "talked with Acme Freight, three lost days" in done.stderr


def test_no_commit_leaves_it_in_the_work_tree(team):
    path = team.note("Acme Freight")
    done = team.run("edit", path, "--no-commit", edit=typing("- need: a trial"))
    assert team.repo.status() == [f" M {path}"]
    assert f"not yet, it is not committed: ilog save {path}" in done.stderr


def test_the_rest_of_the_note_stays_to_the_byte(team):
    path = f"{ROOT}/checkout/acme-2026-11-16.md"
    head = (
        b'\xef\xbb\xbf---\r\ndate: 2026-11-16\r\ncustomer:   "Acme" # ours\r\ntype: learning\r\nodd: [ 1,2 ]\r\n---\r\n'
    )
    team.repo.write({path: head + b"  \r\n- pain: x  \r\n\r\n\r\n"})
    team.run("edit", path, ask=ScriptedAsk("heard x"), edit=typing("- need: y"))
    before, after = (head.split(b"---\r\n")[1], (team.top / path).read_bytes())
    assert after.startswith(b"\xef\xbb\xbf---\r\n" + before)
    assert after.endswith(b"---\r\n  \r\n- pain: x  \r\n\r\n\r\n- need: y\n")
    assert after.count(b'tldr: "heard x"\r\n') == 1


def test_a_note_that_cannot_be_read_can_be_opened_and_mended(team):
    path = team.note("Acme Freight")
    team.repo.commit({path: "---\ndate: 2026-11-18\ncustomer: [\ntype: learning\n---\n- pain: x\n"})
    done = team.run("edit", path, edit=replacing("customer: [", "customer: Acme Freight"))
    assert (done.code, done.stdout) == (0, f"{path}\n")


def test_a_note_that_cannot_be_read_afterwards_is_65_and_kept(team):
    path = team.note("Acme Freight")
    head = team.repo.head
    done = team.run("edit", path, edit=replacing("type: learning", "type: lerning"))
    assert (done.code, done.stdout) == (65, "")
    assert f"{path}:6: type: lerning is not known; did you mean learning?" in done.stderr
    assert f"  kept: {path}\n" in done.stderr
    assert (team.repo.head, "lerning" in team.read(path)) == (head, True)


def test_it_is_offered_to_edit_again_at_a_terminal(team):
    path = team.note("Acme Freight")
    sittings = Sittings([replacing("type: learning", "type: lerning"), replacing("lerning", "learning")])
    assert team.run("edit", path, ask=ScriptedAsk("y"), edit=sittings).code == 0
    assert len(sittings.opened) == 2


def test_the_answer_may_not_overwrite_what_somebody_wrote_meanwhile(team):
    path = team.draft("Acme Freight")

    class Slow(ScriptedAsk):
        def text(self, question, *, default="", choices=()):
            typing("- need: from elsewhere")(team.top / path)
            return super().text(question, default=default, choices=choices)

    done = team.run("edit", path, ask=Slow("heard x"), edit=typing())
    assert done.code == 0
    assert "- need: from elsewhere" in team.committed(path)
    assert 'tldr: "heard x"' in team.committed(path)


def test_a_note_that_is_not_there_opens_nothing(team):
    assert team.run("edit", "acme", edit=nobody_types).code == 66


def test_a_name_that_fits_two_notes_is_not_guessed(team):
    team.note("Acme Freight", product="checkout")
    last = team.note("Acme Freight")
    done = team.run("edit", "acme-freight-2026-11-18.md")
    assert done.code == 66
    assert done.stderr.startswith("ilog: more than one note ends so: acme-freight-2026-11-18.md\n  next: ")
    assert last in done.stderr
    assert team.run("edit", "checkout/acme-freight-2026-11-18", edit=typing("")).code == 0


def test_an_editor_that_fails_leaves_the_note_and_says_so(team):
    path = team.note("Acme Freight")
    before = team.read(path)
    done = team.process("edit", path, EDITOR="false")
    assert done.code == 74
    assert f"kept: {team.top / path}" in done.stderr
    assert team.read(path) == before
    assert team.process("edit", path, EDITOR="/nonexistent/editor").code == 78
