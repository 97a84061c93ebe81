"""`ilog edit` and `ilog show`'s way of naming notes."""

from cli import ROOT, ScriptedAsk, Sittings, nobody_types, replacing, typing
from golden import check


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


# --set


def test_fields_are_set_without_an_editor_and_every_other_byte_stays(team):
    path = f"{ROOT}/reseller-portal/acme-freight-2026-11-18.md"
    raw = (
        b"\xef\xbb\xbf---\r\ndate: 2026-11-18 # day\r\n# who\r\ncustomer:   'Acme Freight'\r\ntype: 'learning'  # kind\r\n"
        b"roles:\r\n  - user # u\r\nodd: [ 1,2 ]\r\n---\r\n  \r\n- pain: x  \r\n\r\n"
    )
    team.repo.commit({path: raw})
    done = team.run(
        "edit", "acme-freight-2026-11-18", "--set", "type=win-loss", "--set", "roles=buyer,admin", "--set", "minutes=20"
    )
    assert (done.code, done.stdout) == (0, f"{path}\n")
    assert (team.top / path).read_bytes() == raw.replace(b"'learning'", b"win-loss").replace(
        b"roles:\r\n  - user # u", b"roles: [buyer, admin] # u"
    ).replace(b"2 ]\r\n", b"2 ]\r\nminutes: 20\r\n")
    assert team.subject() == "Edit: Acme Freight, reseller-portal, 2026-11-18"
    assert (team.repo.files_of(), team.repo.status()) == ({path}, [])
    assert "counts for 2026-W47: yes, 1 of 1" in done.stderr


def test_a_value_can_be_taken_away(team):
    path = team.note("Acme Freight", tldr='"heard much"', segments="[smb]")
    assert team.run("edit", path, "--set", "tldr=", "--set", "segments=", "--set", "nugget=").code == 0
    assert "\ntldr:\nsegments:\n---\n" in team.committed(path)


def test_what_is_set_can_be_kept_back(team):
    path = team.note("Acme Freight")
    done = team.run("edit", path, "--set", "minutes=20", "--no-commit")
    assert (team.repo.status(), f"ilog save {path}" in done.stderr) == ([f" M {path}"], True)
    done = team.run("edit", path, "--set", "minutes=20")
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr == f"nothing changed: {path}\nnot committed yet: ilog save {path}\n"


def test_setting_what_is_there_changes_nothing(team):
    path = team.note("Acme Freight", pm="[caroline]")
    head = team.repo.head
    words = ("pm=caroline", "customer=Acme Freight", "date=2026-11-18", "product=reseller-portal", "via=")
    done = team.run("edit", path, *(part for word in words for part in ("--set", word)))
    assert (done.code, done.stdout, done.stderr) == (0, "", f"nothing changed: {path}\n")
    assert (team.repo.head, team.repo.status()) == (head, [])


def test_a_draft_becomes_an_interview(team):
    path = team.draft("Acme Freight")
    assert team.run("edit", path, "--set", "consent=quotes").code == 0
    assert team.subject() == "Interview: Acme Freight, reseller-portal, 2026-11-18"


def test_a_note_that_cannot_be_read_is_mended_if_that_field_is_why(team):
    path = team.note("Acme Freight")
    for broken, word in {
        "type: lerning": "type=learning", "customer: Acme #1": "customer=Acme Freight", "type: [": "type=learning",
        "date: 18.11.2026": "date=2026-11-18",
    }.items():  # fmt: skip
        key = broken.partition(":")[0]
        text = "".join(
            f"{broken}\n" if line.startswith(f"{key}:") else line for line in team.read(path).splitlines(keepends=True)
        )
        team.repo.commit({path: text})
        assert team.run("show", path).code == 65, broken
        assert team.run("edit", path, "--set", word).code == 0, broken
        assert (team.run("show", path).code, team.repo.status()) == (0, []), broken


def test_a_note_that_would_stay_unreadable_is_not_touched(team):
    path = team.note("Acme Freight")
    team.repo.commit(
        {path: team.read(path).replace("type: learning", "type: lerning").replace("date: 2026", "date: 1826")}
    )
    before = team.read(path)
    done = team.run("edit", path, "--set", "type=learning")
    assert (done.code, done.stdout) == (65, "")
    assert (team.read(path), team.repo.status()) == (before, [])
    assert team.run("edit", path, "--set", "type=learning", "--set", "date=2026-11-18").code == 0


def test_what_would_part_a_note_from_its_path_names_the_move_to_type(team):
    path = team.note("Acme Freight")
    done = team.run("edit", path, "--set", "date=2026-11-17", "--set", "customer=Acme Inc", "--set", "minutes=20")
    move = f"ilog mv {path} --customer 'Acme Inc' --date 2026-11-17"
    assert (done.code, done.stderr) == (2, f"ilog: the path says another customer, date: {path}\n  next: {move}\n")
    assert team.repo.status() == []


def test_what_the_new_value_brings_along_is_said(team):
    path = team.note("Acme Freight", consent="quotes", body='# A\n\n- quote: "never again"\n')
    done = team.run("edit", path, "--set", "consent=notes")
    assert (done.code, f"{path}:" in done.stderr, "quote" in done.stderr) == (0, True, True)
    assert f"{path}:" not in team.run("edit", path, "--set", "minutes=20").stderr


def test_set_opens_no_editor(team):
    path = team.note("Acme Freight")
    done = team.run("edit", path, "--set", "minutes=20", "--editor", "vi")
    assert (done.code, done.stderr) == (2, f"ilog: --set opens no editor\n  next: ilog edit {path}\n")


def test_a_refused_commit_keeps_what_was_set_and_says_how_to_commit_it(team):
    path = team.note("Acme Freight")
    team.repo.hook("pre-commit", "exit 1")
    done = team.run("edit", path, "--set", "minutes=20")
    assert (done.code, f"  kept: {path}\n  next: ilog save {path}\n" in done.stderr) == (1, True)
    assert "minutes: 20\n" in team.read(path)


def test_what_set_says(team):
    team.note("Acme Freight", segments="[smb]")
    said = []
    for word in ("consent=quote", "segmnts=smb", "minutes", "consent=quotes", "consent=quotes"):
        done = team.run("edit", "acme-freight-2026-11-18", "--set", word)
        said.append(f"$ ilog edit acme-freight-2026-11-18 --set {word}\n{done.stdout}{done.stderr}-> {done.code}\n")
    check("edit-set.txt", "\n".join(said))


def test_nothing_is_set_where_it_could_not_be_committed(team):
    path = team.note("Acme Freight")
    (team.top / ".git" / "rebase-merge").mkdir()
    before = team.read(path)
    done = team.run("edit", path, "--set", "minutes=20")
    assert (done.code, f"then: ilog edit {path} --set minutes=20\n" in done.stderr) == (75, True)
    assert team.read(path) == before
    assert team.run("edit", path, "--set", "minutes=20", "--no-commit").code == 0


def test_what_set_cannot_change_is_left_to_an_editor(team):
    path = f"{ROOT}/checkout/acme-2026-11-16.md"
    for front in ("type: learning\n\tcrm: A-1", "type: learning\ntldr:\n ?"):
        text = f"---\ndate: 2026-11-16\ncustomer: Acme\n{front}\n---\nbody\n"
        team.repo.write({path: text})
        done = team.run("edit", path, "--set", "type=sales", "--set", "tldr=x")
        assert (done.code, done.stdout, team.read(path)) == (65, "", text)
        assert done.stderr.startswith(f"ilog: {path}: cannot set type, tldr: line ")
        assert done.stderr.endswith(f"; change it with an editor\n  kept: {path}\n  next: ilog edit {path}\n")
