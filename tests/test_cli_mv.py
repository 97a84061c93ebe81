"""`ilog mv`: a note under another customer, product or day; or everything as it was."""

import pytest

from builders import note_text
from cli import ROOT, ScriptedAsk, Team, by, stocked
from golden import check
from refusals import counts, refusing, state

SHORT = "---\ndate: 2026-11-18\nproduct: reseller-portal\ncustomer: Acme Freight\ntype: learning\n---\n- pain: x\n"
WHERE = f"{ROOT}/reseller-portal/acme-freight-2026-11-18.md"


def short(team: Team, author: str = "eve") -> str:
    """Commit a note so short that git would not know it again under other fields; it names no PM."""
    team.repo.commit({WHERE: SHORT}, author=by(author), when="2026-11-18T18:00:00+0000")
    return WHERE


def test_path_and_fields_change_together_in_one_commit_and_nothing_else_does(team):
    old = team.note("Acme Freight", body="# Acme Freight\n\n- pain: SSO took three days #sso\n" + "- need: more\n" * 5)
    before, head = team.read(old), team.repo.head
    done = team.run(
        "mv", "acme-freight-2026-11-18", "--product", "checkout", "--customer", "Acme & Co", "--date", "2026-11-17"
    )
    new = f"{ROOT}/checkout/acme-co-2026-11-17.md"
    assert (done.code, done.stdout) == (0, f"{new}\n")
    wanted = before.replace("date: 2026-11-18", "date: 2026-11-17").replace(
        "product: reseller-portal", "product: checkout"
    )
    assert team.read(new) == team.committed(new) == wanted.replace("Acme Freight", "Acme & Co")
    assert not (team.top / ROOT / "reseller-portal").exists()
    assert team.subject() == "Move: reseller-portal/acme-freight-2026-11-18 to checkout/acme-co-2026-11-17"
    assert team.repo.git("rev-parse", "HEAD^").strip() == head
    assert (team.repo.files_of(), team.repo.status()) == ({old, new}, [])


def test_the_title_that_ilog_new_wrote_names_the_new_customer_and_no_other_line_does(team):
    body = "\r\n# Acme Freight\r\n\r\n# Acme Freight\r\n- pain: Acme Freight waits\r\n"
    old = team.note("Acme Freight", body=body)
    done = team.run("mv", old, "--customer", "Project Heron")
    moved = team.repo.git("show", f"HEAD:{done.stdout.strip()}")
    assert moved.split("---\n")[-1].replace("\r", "") == body.replace("\r", "").replace(
        "Acme Freight", "Project Heron", 1
    )


@pytest.mark.parametrize(
    "body", ["Acme Freight\n- pain: x\n", "## Acme Freight\n- pain: x\n", "# Acme Freight Ltd\n- pain: x\n"]
)
def test_what_is_not_the_title_stays(team, body):
    old = team.note("Acme Freight", body=body)
    new = team.run("mv", old, "--customer", "Project Heron").stdout.strip()
    assert team.read(new).endswith(f"---\n{body}")


def test_a_name_with_a_line_end_is_moved_and_edited_as_any_other(team):
    odd = f"{ROOT}/reseller-portal/a\nb-2026-11-18.md"
    text = note_text(customer="Acme", date="2026-11-18", body="# Acme\n\n- pain: SSO took three days #sso\n")
    team.repo.commit({odd: text}, author=by("caroline"))
    edited = team.run("edit", odd, "--set", "minutes=44")
    assert (edited.code, team.subject()) == (0, "Edit: Acme, reseller-portal, 2026-11-18")
    assert "counts for 2026-W47: yes" in edited.stderr
    moved = team.run("mv", odd, "--customer", "Acme", "--date", "2026-11-17")
    new = f"{ROOT}/reseller-portal/acme-2026-11-17.md"
    assert (moved.code, moved.stdout, team.repo.files_of()) == (0, f"{new}\n", {odd, new})


def test_the_product_alone_keeps_the_name_and_its_number(team):
    team.note("Acme Freight")
    team.draft(path=f"{ROOT}/reseller-portal/acme-freight-2026-11-18-2.md")
    team.run("save")
    done = team.run("mv", "acme-freight-2026-11-18-2", "--product", "checkout")
    assert done.stdout == f"{ROOT}/checkout/acme-freight-2026-11-18-2.md\n"


def test_a_file_of_another_name_keeps_it_unless_customer_or_day_change(team):
    team.draft("Acme Freight", path=f"{ROOT}/reseller-portal/Odd name.md")
    team.run("save")
    assert team.run("mv", "Odd name", "--product", "checkout").stdout == f"{ROOT}/checkout/Odd name.md\n"
    done = team.run("mv", "Odd name", "--date", "2026-11-17")
    assert done.stdout == f"{ROOT}/checkout/acme-freight-2026-11-17.md\n"


def test_a_note_that_leaves_its_product_to_the_folder_goes_on_doing_so(team):
    team.repo.commit({WHERE: note_text(product=None)})
    team.run("mv", WHERE, "--product", "checkout")
    assert "product:" not in team.read(WHERE.replace("reseller-portal", "checkout"))


def test_counts_are_the_same_before_and_after(team):
    stocked(team)
    calls, commits = counts(team), counts(team, "--basis", "commits")
    for note in ("barenstark-sohne-2026-11-03", "globex-2026-11-12", "stark-2026-11-19", "umbrella-2026-11-04"):
        assert team.run("mv", note, "--customer", f"Very much another name than {note[:4]}").code == 0
    after = counts(team)
    assert (after["people"], after["team"]) == (calls["people"], calls["team"])
    assert counts(team, "--basis", "commits") == commits


def test_a_short_note_is_renamed_first_and_changed_in_a_second_commit_so_that_its_author_stays(team):
    short(team, "eve")
    before = counts(team, "--basis", "commits")
    done = team.run(
        "mv", WHERE, "--customer", "Quite Another Long Name", "--date", "2026-11-02", "--product", "checkout"
    )
    new = f"{ROOT}/checkout/quite-another-long-name-2026-11-02.md"
    assert (done.code, done.stdout) == (0, f"{new}\n")
    assert team.subject() == "Edit: Quite Another Long Name, checkout, 2026-11-02"
    assert team.subject("HEAD^").startswith(
        "Move: reseller-portal/acme-freight-2026-11-18 to checkout/quite-another-long"
    )
    assert team.committed(new, "HEAD^") == SHORT
    assert counts(team, "--basis", "commits") == before
    assert "for Eve Okafor" in team.run("why", new).stdout


def test_changes_that_are_not_committed_go_along_and_that_is_said(team):
    old = team.note("Acme Freight")
    with (team.top / old).open("a") as file:
        file.write("- need: a trial\n")
    done = team.run("mv", old, "--product", "checkout")
    new = old.replace("reseller-portal", "checkout")
    assert "went along, and is committed now" in done.stderr
    assert team.committed(new).endswith("- need: a trial\n")
    assert team.repo.status() == []


def test_a_note_rewritten_before_it_moves_is_still_the_same_note(team):
    short(team, "eve")
    before = counts(team, "--basis", "commits")
    text = SHORT.replace("- pain: x", "- need: " + "something else entirely " * 20)
    team.repo.write({WHERE: text})
    assert team.run("mv", WHERE, "--product", "checkout").code == 0
    new = WHERE.replace("reseller-portal", "checkout")
    assert team.committed(new) == text.replace("product: reseller-portal", "product: checkout")
    assert counts(team, "--basis", "commits") == before


@pytest.mark.parametrize("is_staged", [False, True])
def test_a_note_that_was_never_committed_is_only_moved(team, is_staged):
    old = team.draft("Acme Freight")
    if is_staged:
        team.repo.git("add", old)
    head = team.repo.head
    done = team.run("mv", old, "--date", "2026-11-16")
    new = f"{ROOT}/reseller-portal/acme-freight-2026-11-16.md"
    assert (done.code, done.stdout, team.repo.head) == (0, f"{new}\n", head)
    assert f"moved, not committed: ilog save {new}" in done.stderr
    assert team.repo.status() == ([f"A  {new}"] if is_staged else [f"?? {new}"])
    assert "date: 2026-11-16" in team.read(new)


def test_a_note_is_never_overwritten(team):
    old, there = team.note("Acme Freight"), team.note("Globex")
    before = state(team)
    done = team.run("mv", old, "--customer", "globex")
    assert done.code == 73
    assert done.stderr == (
        f"ilog: the note exists: {there}\n  next: ilog show {there}, or ilog mv {old} --customer globex --again\n"
    )
    assert state(team) == before
    done = team.run("mv", old, "--customer", "globex", "--again")
    assert done.stdout == f"{ROOT}/reseller-portal/globex-2026-11-18-2.md\n"


def test_a_note_that_is_only_deleted_here_is_not_overwritten_either(team):
    old, there = team.note("Acme Freight"), team.note("Globex")
    (team.top / there).unlink()
    done = team.run("mv", old, "--customer", "Globex")
    assert (done.code, "only deleted here" in done.stderr) == (73, True)
    done = team.run("mv", old, "--customer", "Globex", "--again")
    assert done.stdout == f"{ROOT}/reseller-portal/globex-2026-11-18-2.md\n"
    assert team.repo.status() == [f" D {there}"]


def test_what_else_is_staged_or_changed_is_not_touched(team):
    old, other = team.note("Acme Freight"), team.note("Globex")
    team.repo.write({other: "changed", "staged.txt": "s", "loose.txt": "l"})
    team.repo.git("add", "staged.txt")
    before = [line for line in team.repo.git("ls-files", "-s").splitlines() if "acme" not in line]
    assert team.run("mv", old, "--date", "2026-11-17").code == 0
    after = [line for line in team.repo.git("ls-files", "-s").splitlines() if "acme" not in line]
    assert (after, team.read(other)) == (before, "changed")
    assert sorted(team.repo.status()) == sorted([f" M {other}", "A  staged.txt", "?? loose.txt"])


@pytest.mark.parametrize("how", ["hook", "detached", "nobody", "locked", "ignored", "rebase", "merge"])
def test_on_a_refusal_all_is_as_it_was(team, how):
    old = team.note("Acme Freight")
    with (team.top / old).open("a") as file:
        file.write("- need: a trial\n")
    team.repo.write({"staged.txt": "s"})
    team.repo.git("add", "staged.txt", old)
    (team.top / old).write_text(team.read(old) + "- need: another\n")
    code = refusing(team, how)
    before = state(team)
    done = team.run("mv", old, "--customer", "Zeta", "--product", "checkout")
    assert (done.code, done.stdout) == (code, "")
    assert done.stderr.startswith("ilog: ")
    assert state(team) == before
    assert not (team.top / ROOT / "checkout").exists()
    assert "ilog save" not in done.stderr
    assert how == "nobody" or f"ilog mv {old} --customer Zeta --product checkout" in done.stderr


def test_where_the_second_of_two_commits_is_refused_the_first_is_taken_back(team):
    short(team)
    team.repo.write({"staged.txt": "s"})
    team.repo.git("add", "staged.txt")
    team.repo.hook("commit-msg", 'grep -q "^Edit: " "$1" && { echo not today >&2; exit 1; }; exit 0')
    before = state(team)
    done = team.run(
        "mv", WHERE, "--customer", "Quite Another Long Name", "--date", "2026-11-02", "--product", "checkout"
    )
    assert (done.code, "not today" in done.stderr, f"  kept: {WHERE}\n" in done.stderr) == (1, True, True)
    assert state(team) == before


def test_what_a_hook_made_of_the_note_is_kept_when_it_refuses(team):
    old = team.note("Acme Freight")
    team.repo.hook("pre-commit", f"echo mended >> {ROOT}/checkout/acme-freight-2026-11-18.md; exit 1")
    done = team.run("mv", old, "--product", "checkout")
    assert (done.code, team.read(old).endswith("mended\n")) == (1, True)
    assert f"  kept: {old}\n" in done.stderr


def test_a_product_that_is_a_link_out_of_the_folder_is_refused(team, tmp_path):
    old = team.note("Acme Freight")
    (tmp_path / "outside").mkdir()
    (team.top / ROOT / "checkout").symlink_to(tmp_path / "outside")
    before = state(team)
    assert team.run("mv", old, "--product", "checkout").code == 77
    assert (state(team), list((tmp_path / "outside").iterdir())) == (before, [])


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ([], "move it where? "),
        (["--product", "chekout"], "unknown product: chekout"),
        (["--customer", "…"], "no letters or digits in the customer's name: …"),
        (["--date", "2026-11-21"], "--date: 2026-11-21 is still to come"),
        (["--date", "soon"], "not a date: soon"),
    ],
)
def test_words_that_mean_no_place_are_a_usage_error(team, flags, words):
    old = team.note("Acme Freight")
    done = team.run("mv", old, *flags)
    assert (done.code, done.stderr.startswith(f"ilog: {words}")) == (2, True)
    assert team.repo.status() == []


def test_the_flags_to_type_are_named_where_nobody_can_be_asked(team):
    old = team.note("Acme Freight")
    assert f'  next: ilog mv {old} --customer "NAME" --product PRODUCT --date DAY\n' in team.run("mv", old).stderr


def test_it_asks_on_a_terminal_only_if_nothing_was_given(team):
    old = team.note("Acme Freight")
    ask = ScriptedAsk("", "checkout", "yesterday")
    done = team.run("mv", old, ask=ask)
    assert ask.questions == ["Customer?", "Product?", "Day?"]
    assert done.stdout == f"{ROOT}/checkout/acme-freight-2026-11-19.md\n"
    assert team.run("mv", done.stdout.strip(), "--date", "2026-11-18", ask=ScriptedAsk()).code == 0


def test_a_note_that_is_there_already_is_left(team):
    old = team.note("Acme Freight")
    head = team.repo.head
    done = team.run("mv", old, "--date", "2026-11-18", "--customer", "Acme Freight")
    assert (done.code, done.stdout, team.repo.head) == (0, "", head)
    assert done.stderr == f"it is there already: {old}\n"


def test_another_spelling_changes_the_field_alone(team):
    old = team.note("Acme Freight")
    assert team.run("mv", old, "--customer", "ACME  freight").stdout == f"{old}\n"
    assert ('customer: "ACME freight"' in team.committed(old), team.subject()) == (
        True, "Edit: ACME freight, reseller-portal, 2026-11-18",
    )  # fmt: skip


def test_a_note_that_cannot_be_read_is_65_and_one_that_is_not_there_66(team):
    team.repo.commit({WHERE: "---\ntype: [\n---\n"})
    assert team.run("mv", WHERE, "--product", "checkout").code == 65
    assert team.run("mv", "globex", "--product", "checkout").code == 66


def test_a_link_to_the_old_place_still_finds_the_note(team):
    old = team.note("Acme Freight")
    team.run("mv", old, "--product", "checkout")
    new = old.replace("reseller-portal", "checkout")
    team.run("mv", new, "--customer", "Acme Inc")
    newest = f"{ROOT}/checkout/acme-inc-2026-11-18.md"
    for word in (f"/{old}", old, "reseller-portal/acme-freight-2026-11-18", "acme-freight-2026-11-18", new):
        done = team.run("why", word)
        assert (done.code, done.lines[0], done.stderr) == (0, newest, f"moved: {newest}\n"), word
    assert team.run("why", "freight-2026-11-18").code == 66


def test_line_ends_and_modes_stay(team):
    raw = note_text(body="# A\n\n- pain: x\n" + "- need: more of it\n" * 9).replace("\n", "\r\n").encode()
    team.repo.commit({WHERE: raw})
    (team.top / WHERE).chmod(0o600)
    team.run("mv", WHERE, "--product", "checkout")
    new = team.top / WHERE.replace("reseller-portal", "checkout")
    assert new.read_bytes() == raw.replace(b"product: reseller-portal", b"product: checkout")
    assert new.stat().st_mode & 0o777 == 0o600


def test_what_it_says(team):
    team.note("Acme Freight")
    team.note("Globex", product="checkout")
    said = []
    for words in (["--product", "checkout"], ["--customer", "Globex"], ["--customer", "Globex", "--again"], []):
        done = team.run("mv", "acme-freight-2026-11-18", *words)
        said.append(
            f"$ {' '.join(['ilog mv acme-freight-2026-11-18', *words])}\n{done.stdout}{done.stderr}-> {done.code}\n"
        )
    check("mv.txt", "\n".join(said))


# Moved without ilog


def test_a_note_moved_by_hand_is_saved_as_the_same_note(team):
    old = team.note("Acme Freight", author=by("eve"))
    before = counts(team, "--basis", "commits")
    new = f"{ROOT}/checkout/acme-freight-2026-11-18.md"
    (team.top / new).parent.mkdir()
    (team.top / old).rename(team.top / new)
    done = team.run("save")
    assert (done.code, done.stdout, team.repo.status()) == (0, f"{new}\n", [])
    assert f"moved: {old} to {new}" in done.stderr
    assert team.subject() == "Move: reseller-portal/acme-freight-2026-11-18 to checkout/acme-freight-2026-11-18"
    assert counts(team, "--basis", "commits") == before


def test_a_deleted_note_is_no_other_note_only_because_they_look_alike(team):
    body = "# Talk\n\n## Context\n\nSome of the same words in every note.\n\n## Observations\n\n- pain: x\n\n## Next\n"
    old = team.note("Acme Freight", "2026-11-10", body=body)
    (team.top / old).unlink()
    new = team.draft("Globex", "2026-11-18", body=body)
    done = team.run("save")
    assert done.stdout == f"{new}\n"
    assert f"deleted, which save leaves alone: {old}" in done.stderr
    assert (team.repo.status(), team.subject()) == ([f" D {old}"], "Interview: Globex, reseller-portal, 2026-11-18")


# What must not enter git


def test_what_was_added_and_must_not_enter_git_stops_the_move_and_the_note_stays(team):
    old = team.note("Acme Freight")
    with (team.top / old).open("a") as file:
        file.write("- need: call jane.roe@acme-freight.com\n")
    before = state(team)
    done = team.run("mv", old, "--product", "checkout")
    assert (done.code, state(team)) == (1, before)
    assert done.stderr.startswith(f"ilog: must not enter git, so not committed: {old}:")
    assert f"  kept: {old}\n  next: ilog edit {old}; or " in done.stderr
    assert "jane.roe" not in done.stderr


def test_a_name_in_the_path_goes_with_the_move_and_is_not_said_again(team):
    old = team.note("Jane Roe")
    team.repo.write({"people.yaml": "P1: Jane Roe\n", ".git/info/exclude": "people.yaml\n"})
    (team.top / "people.yaml").chmod(0o600)
    (team.top / old).write_text(team.read(old).replace("Acme Freight", "Project Heron"), "utf-8")
    done = team.run("mv", old, "--customer", "Project Heron")
    assert (done.code, done.stdout) == (0, f"{ROOT}/reseller-portal/project-heron-2026-11-18.md\n")
    assert "jane" not in team.subject().casefold()
