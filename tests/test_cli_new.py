"""`ilog new`: a note in the right place, nothing overwritten, committed when it is written."""

import datetime as dt
import subprocess

import pytest

from cli import CONFIG, ILOG, ROOT, TODAY, ScriptedAsk, Sittings, Team, by, replacing, typing
from gitrepo import Repo

ACME = f"{ROOT}/reseller-portal/acme-freight-2026-11-20.md"
PAIN = "pain: SSO setup took three days #sso !2"


@pytest.fixture
def remote(team, tmp_path):
    """Somewhere to share: a bare repository that the team's branch follows."""
    bare = Repo(tmp_path / "bare.git", "--bare", "-b", "main")
    team.repo.git("remote", "add", "origin", str(bare.top))
    team.repo.git("push", "-q", "-u", "origin", "main")
    return bare


def front(team: Team, path: str = ACME) -> list[str]:
    return team.read(path).split("---\n")[1].splitlines()


# Where a script stands: no terminal


def test_a_script_gets_the_path_and_nothing_else(team):
    done = team.run("new", "reseller-portal", "Acme Freight")
    assert (done.code, done.stdout, done.stderr) == (0, f"{ACME}\n", "")
    assert team.repo.status() == [f"?? {ACME}"]
    assert "- pain:" not in team.read(ACME).split("-->")[-1]


def test_the_scaffold_shows_what_is_needed_and_what_helps(team):
    team.run("new", "reseller-portal", "Acme Freight")
    assert front(team) == [
        "date: 2026-11-20",
        "product: reseller-portal",
        'customer: "Acme Freight"',
        "pm: caroline",
        "type: learning",
        "relationship:  # customer, prospect, lost, former, non-customer, partner",
        "roles:  # [user, buyer, admin, champion, decision-maker, evaluator]",
        "source: direct",
        "consent: pending",
    ]
    assert team.read(ACME).split("---\n")[2].startswith("# Acme Freight\n")


def test_the_same_arguments_give_the_same_bytes(team):
    team.run("new", "Acme Freight")
    before = team.read(ACME)
    (team.top / ACME).unlink()
    team.run("new", "Acme Freight")
    assert team.read(ACME) == before


def test_full_shows_every_field(team):
    team.run("new", "reseller-portal", "Acme Freight", "--full")
    shown = {line.partition(":")[0] for line in front(team)}
    assert {"tldr", "nugget", "segments", "outcome", "minutes", "visibility", "retain_until"} <= shown


def test_everything_can_be_said_on_the_line(team):
    done = team.run(
        "new", "checkout", "Globex", "--type", "win-loss", "--date", "yesterday", "--pm", "dev", "--with", "eve",
        "--relationship", "lost", "--role", "buyer", "--role", "user", "--source", "second-hand", "--via", "sales",
        "--outcome", "lost-competitor", "--consent", "notes", "--segment", "smb", "--minutes", "45",
        "--tldr", "chose the cheaper one", "--nugget", "It is: the price", "--observe", PAIN, "--observe", "need: a  trial",
    )  # fmt: skip
    path = f"{ROOT}/checkout/globex-2026-11-19.md"
    assert done.stdout == f"{path}\n"
    assert front(team, path) == [
        "date: 2026-11-19",
        "product: checkout",
        'customer: "Globex"',
        "pm: [dev, eve]",
        "type: win-loss",
        "relationship: lost",
        "roles: [buyer, user]",
        "source: second-hand",
        "consent: notes",
        "via: sales",
        "segments: [smb]",
        "minutes: 45",
        "outcome: lost-competitor",
        'tldr: "chose the cheaper one"',
        'nugget: "It is: the price"',
    ]
    below = team.read(path).split("## Observations\n")[1].split("\n## ")[0]
    assert below.split("-->\n")[1].strip() == f"- {PAIN}\n- need: a trial"


def test_text_stays_text_whatever_yaml_would_make_of_it(team):
    for customer in ("no", "007", "12:30", "2026-11-18", "null", "A: b #c", "@home", "[x"):
        done = team.run("new", "checkout", customer, "--observe", PAIN)
        assert team.run("show", done.stdout.strip(), "--json").stdout.count(f'"customer": "{customer}"') == 1


def test_a_script_is_never_asked(team):
    team.be("eve")
    for args, what in ((("new",), "which product?"), (("new", "Acme"), "which product?"),
                       (("new", "checkout"), "which customer?"), (("new", "checkout", ""), "which customer?")):  # fmt: skip
        done = team.run(*args)
        assert (done.code, done.stdout) == (2, "")
        assert done.stderr.startswith(f"ilog: {what}\n  next: ilog new ")


def test_a_script_commits_and_edits_only_when_told_to(team):
    before = team.repo.head
    team.run("new", "reseller-portal", "Acme Freight", "--observe", PAIN)
    assert team.repo.head == before
    done = team.run("new", "reseller-portal", "Globex", "--observe", PAIN, "--commit")
    assert team.repo.files_of() == {done.stdout.strip()}
    done = team.run("new", "reseller-portal", "Initech", "--edit", edit=typing("- need: a trial"))
    assert team.read(done.stdout.strip()).endswith("- need: a trial\n")


def test_a_script_keeps_the_untouched_scaffold_even_after_an_editor(team):
    done = team.run("new", "reseller-portal", "Acme Freight", "--edit", edit=typing(""))
    assert (done.code, done.stdout) == (0, f"{ACME}\n")
    assert team.exists(ACME)


def test_a_script_that_commits_hears_whether_it_counts(team):
    done = team.run("new", "reseller-portal", "Acme Freight", "--observe", PAIN, "--commit")
    assert done.stderr.splitlines() == [
        "tl;dr – talked with Acme Freight. Frustration: SSO setup took three days",
        f"Full interview notes at /{ACME}",
        "counts for 2026-W47: yes, 1 of 1",
    ]


# Which product, which customer, who


def test_one_argument_is_the_customer_if_it_is_no_product(team):
    assert team.run("new", "Acme Freight").stdout == f"{ACME}\n"
    team.be("dev")
    assert team.run("new", "Acme Freight").stdout == f"{ROOT}/checkout/acme-freight-2026-11-20.md\n"


def test_one_argument_is_the_product_if_it_is_one(team):
    ask = ScriptedAsk("Globex")
    done = team.run("new", "checkout", "--no-edit", ask=ask)
    assert done.stdout == f"{ROOT}/checkout/globex-2026-11-20.md\n"
    assert ask.questions == ["Customer?"]


def test_at_a_terminal_at_most_two_things_are_asked_with_what_exists_on_offer(team):
    team.be("eve")
    team.note("Globex", product="checkout", pm="dev")
    ask = ScriptedAsk("checkout", "Hooli")
    assert team.run("new", "--no-edit", ask=ask).stdout == f"{ROOT}/checkout/hooli-2026-11-20.md\n"
    assert ask.questions == ["Product? (reseller-portal, checkout)", "Customer?"]
    assert ask.offered == [["reseller-portal", "checkout"], ["globex"]]


def test_answers_that_mean_nothing_are_asked_again_with_what_was_meant(team):
    team.be("eve")
    ask = ScriptedAsk("", "chekout", "checkout", "!!!", "Acme")
    done = team.run("new", "--no-edit", ask=ask)
    assert done.stdout == f"{ROOT}/checkout/acme-2026-11-20.md\n"
    assert "did you mean checkout?" in done.stderr
    assert "name the company, or a code name for it" in done.stderr


@pytest.mark.parametrize("answer", ["reseller-portal", "Reseller Portal", "res"])
def test_a_product_may_be_answered_by_its_title_or_beginning(team, answer):
    team.be("eve")
    done = team.run("new", "--no-edit", ask=ScriptedAsk(answer, "Acme"))
    assert done.stdout == f"{ROOT}/reseller-portal/acme-2026-11-20.md\n"


def test_without_configured_products_any_slug_is_one(tmp_path):
    team = Team.start(tmp_path / "notes", "schema: 1\n")
    assert team.run("new", "web-shop", "Acme").stdout == f"{ROOT}/web-shop/acme-2026-11-20.md\n"
    assert team.run("new", "Globex").stdout == f"{ROOT}/web-shop/globex-2026-11-20.md\n"
    assert team.run("new", "Web Shop", "Acme").code == 2


@pytest.mark.parametrize(("given", "near"), [("reseler-portal", "reseller-portal"), ("Checkout", "checkout")])
def test_an_unknown_product_is_refused_with_the_one_that_was_meant(team, given, near):
    done = team.run("new", given, "Acme")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ilog: unknown product: {given}; did you mean {near}?\n  next: ilog new {near} ")


@pytest.mark.parametrize("name", ["!!!", "  ", "---", "\u200b", "…"])
def test_a_name_of_which_no_slug_can_be_made_is_refused(team, name):
    for args in (("reseller-portal", name), (name, "Acme")):
        done = team.run("new", *args)
        assert done.code == 2, args
        assert "Traceback" not in done.stderr
    assert team.repo.status() == []


def test_the_lead_is_who_git_says_by_the_roster(team):
    team.repo.git("config", "user.email", "DEV@example.com")
    team.run("new", "checkout", "Acme")
    assert "pm: dev" in front(team, f"{ROOT}/checkout/acme-2026-11-20.md")


def test_somebody_who_is_not_on_the_roster_is_named_by_e_mail_and_told(team):
    team.be("zoe")
    done = team.run("new", "checkout", "Acme")
    assert "pm: zoe@example.com" in front(team, f"{ROOT}/checkout/acme-2026-11-20.md")
    assert done.stderr == "zoe@example.com is not on the roster in ilog.yaml; the note says pm: zoe@example.com\n"


def test_an_unknown_pm_is_refused_with_the_flag_that_named_it(team):
    for flag in ("--pm", "--with"):
        done = team.run("new", "checkout", "Acme", flag, "carolin")
        assert (done.code, done.stderr) == (2, f"ilog: {flag}: carolin is not known\n  next: {flag} caroline\n")


def test_the_same_pm_twice_is_named_once(team):
    team.run("new", "Acme Freight", "--with", "caroline")
    assert "pm: caroline" in front(team)


def test_who_the_customer_is_comes_from_their_last_note_but_consent_never(team):
    team.note(
        "Acme Freight", "2026-10-01", relationship="prospect", roles="[buyer]", segments="[smb]", consent="quotes"
    )
    team.note("Acme Freight", "2026-11-02", relationship="customer", roles="[user, admin]", segments="[enterprise]",
              consent="recording", tldr="old", minutes="10")  # fmt: skip
    team.run("new", "Acme Freight")
    shown = front(team)
    assert {"relationship: customer", "roles: [user, admin]", "segments: [enterprise]", "consent: pending"} <= set(
        shown
    )
    assert not [line for line in shown if line.startswith(("tldr", "minutes"))]


def test_what_is_said_goes_before_the_last_note(team):
    team.note("Acme Freight", "2026-11-02", relationship="customer", roles="[user]", segments="[enterprise]")
    team.run("new", "Acme Freight", "--relationship", "former", "--role", "buyer", "--segment", "smb")
    assert {"relationship: former", "roles: [buyer]", "segments: [smb]"} <= set(front(team))


def test_a_last_note_that_cannot_be_read_is_no_hindrance(team):
    path = team.note("Acme Freight", "2026-11-02")
    team.repo.commit({path: "---\ndate: [\n"})
    assert team.run("new", "Acme Freight").stdout == f"{ACME}\n"


def test_a_slug_from_completion_becomes_the_name_people_write(team):
    team.note("Bärenstark & Söhne", "2026-11-02")
    team.run("new", "barenstark-sohne")
    assert 'customer: "Bärenstark & Söhne"' in front(team, f"{ROOT}/reseller-portal/barenstark-sohne-2026-11-20.md")


def test_a_customer_named_before_in_another_spelling_is_offered(team):
    team.note("Acme Inc", "2026-11-02", relationship="customer")
    ask = ScriptedAsk("y")
    done = team.run("new", "acme", "--no-edit", ask=ask)
    assert ask.questions == ["Is that Acme Inc, heard on 2026-11-02? [Y/n]"]
    assert done.stdout == f"{ROOT}/reseller-portal/acme-inc-2026-11-20.md\n"
    assert "relationship: customer" in front(team, done.stdout.strip())
    assert team.run("new", "acme", "--no-edit", ask=ScriptedAsk("n")).stdout.endswith("/acme-2026-11-20.md\n")


def test_a_script_is_told_of_the_other_spelling_and_gets_what_it_asked_for(team):
    team.note("Acme Inc", "2026-11-02")
    done = team.run("new", "Acme")
    assert done.stdout.endswith("/acme-2026-11-20.md\n")
    assert done.stderr == "a customer like it was heard before: Acme Inc (acme-inc)\n"


def test_a_customer_who_was_asked_often_is_a_warning(team):
    days = ["2026-08-21", "2026-09-10", "2026-10-10"]
    for day in days:
        team.note("Acme Freight", day)
    assert team.run("new", "Acme Freight", "--date", "2026-11-19").stderr == ""
    team.note("Acme Freight", "2026-11-10")
    done = team.run("new", "Acme Freight")
    assert done.code == 0
    assert done.stderr == "Acme Freight was asked 4 times in 90 days; give them a rest\n"


# The day


def test_a_day_to_come_an_impossible_one_and_one_before_our_time_are_refused(team):
    for day in ("2026-11-21", "2026-02-30", "2026-13-01", "1889-01-01", "tomorrow", "", "99999w"):
        done = team.run("new", "Acme Freight", "--date", day)
        assert done.code == 2, day
        assert done.stderr.count("\n") == 2, day
    assert team.repo.status() == []


def test_the_day_can_be_said_in_words(team):
    for word, day in (("today", 20), ("yesterday", 19), ("monday", 16), ("3d", 17), ("2w", 6), ("2026-11-01", 1)):
        assert team.run("new", "Acme", "--date", word).stdout.endswith(f"/acme-2026-11-{day:02d}.md\n")


@pytest.mark.parametrize(
    ("flag", "word", "hint"),
    [
        ("--type", "lerning", "--type learning"),
        ("--relationship", "custmer", "--relationship customer"),
        ("--role", "usr", "--role user"),
        ("--consent", "quote", "--consent quotes"),
        ("--segment", "Big Fish", "--segment big-fish"),
        ("--outcome", "xyz", "--outcome takes one of won, "),
        ("--template", "lerning", "did you mean learning?"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_what_was_meant(team, flag, word, hint):
    done = team.run("new", "Acme Freight", flag, word)
    assert done.code == 2
    assert f"  next: {hint}" in done.stderr
    assert team.repo.status() == []


@pytest.mark.parametrize("minutes", ["0", "601", "x"])
def test_a_call_lasts_1_to_600_minutes(team, minutes):
    assert team.run("new", "Acme Freight", "--minutes", minutes).code == 2


# Never overwrites


def test_a_note_that_exists_is_left_alone_and_named_with_the_way_on(team):
    path = team.note("Acme Freight", "2026-11-20")
    before = team.read(path)
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit")
    assert (done.code, done.stdout, team.read(path)) == (73, "", before)
    assert done.stderr == (
        f"ilog: the note exists: {ACME}\n  kept: {ACME}\n"
        f"  next: ilog edit {ACME}, or the same with --again for a second talk that day\n"
    )


def test_again_makes_the_next_note_of_the_day(team):
    team.note("Acme Freight", "2026-11-20")
    for number in (2, 3):
        assert team.run("new", "Acme Freight", "--again").stdout == ACME.replace(".md", f"-{number}.md") + "\n"
    assert team.run("new", "Globex", "--again").stdout.endswith("/globex-2026-11-20.md\n")


def test_two_customers_of_one_slug_are_told_apart_by_both_spellings(team):
    team.note("A B", "2026-10-01")
    team.note("A&B", "2026-11-20")
    team.note("a  b", "2026-11-19")
    done = team.run("new", "A+B")
    assert done.code == 73
    assert "(A&B, now A+B)" in done.stderr
    assert "--again" in done.stderr


def test_a_name_that_differs_only_in_case_is_taken(team):
    path = f"{ROOT}/reseller-portal/Acme-Freight-2026-11-20.md"
    team.draft("Acme Freight", path=path)
    done = team.run("new", "Acme Freight")
    assert done.code == 73
    assert path in done.stderr
    assert not team.exists(ACME)
    assert team.run("new", "Acme Freight", "--again").stdout == ACME.replace(".md", "-2.md") + "\n"


def test_a_note_that_is_deleted_here_but_committed_is_taken_too(team):
    for name in ("", "-2"):
        path = team.draft("Acme Freight", path=ACME.replace(".md", f"{name}.md"))
        team.repo.commit({path: team.read(path)})
        (team.top / path).unlink()
    done = team.run("new", "Acme Freight")
    assert done.code == 73
    assert f"git restore {ACME}" in done.stderr
    assert not team.exists(ACME)
    assert team.run("new", "Acme Freight", "--again").stdout == ACME.replace(".md", "-3.md") + "\n"


def test_at_a_terminal_the_existing_note_is_offered_to_be_opened(team):
    team.note("Acme Freight", "2026-11-20", tldr="heard raves")
    ask = ScriptedAsk("y")
    done = team.run("new", "Acme Freight", ask=ask, edit=typing("- need: a trial"))
    assert ask.questions == [f"{ACME} exists. Open it? [Y/n]"]
    assert (done.code, done.stdout, team.subject()) == (
        0,
        f"{ACME}\n",
        "Edit: Acme Freight, reseller-portal, 2026-11-20",
    )
    assert team.run("new", "Acme Freight", ask=ScriptedAsk("n")).code == 73


def test_a_deleted_note_is_not_offered_to_be_opened(team):
    path = team.note("Acme Freight", "2026-11-20")
    (team.top / path).unlink()
    assert team.run("new", "Acme Freight", ask=ScriptedAsk()).code == 73


# At a terminal: the editor and what follows


def test_a_note_is_written_committed_told_and_counted(team):
    ask = ScriptedAsk("  heard about three lost days ")
    sittings = Sittings([typing(f"- {PAIN}")])
    done = team.run("new", "reseller-portal", "Acme Freight", ask=ask, edit=sittings)
    assert (done.code, done.stdout) == (0, f"{ACME}\n")
    assert ask.questions == ["In one line, what did you hear?"]
    assert done.stderr.splitlines() == [
        "tl;dr – talked with Acme Freight, heard about three lost days",
        f"Full interview notes at /{ACME}",
        "counts for 2026-W47: yes, 1 of 1",
    ]
    assert 'tldr: "heard about three lost days"' in front(team)
    assert team.subject() == "Interview: Acme Freight, reseller-portal, 2026-11-20"
    assert team.committed(ACME) == team.read(ACME)
    assert team.repo.status() == []


def test_the_editor_gets_the_note_and_the_line_where_typing_starts(team):
    sittings = Sittings([typing(f"- {PAIN}")])
    team.run("new", "Acme Freight", ask=ScriptedAsk(""), edit=sittings, EDITOR="vim -u NONE")
    command, path, line = sittings.opened[0]
    assert (command, path) == ("vim -u NONE", team.top / ACME)
    lines = team.read(ACME).splitlines()
    assert lines[line - 1] == ""
    assert "## Context" in lines[:line]


def test_the_editor_is_the_flags_then_ones_own_then_gits(team):
    team.repo.git("config", "core.editor", "emacs -nw")
    for more, wanted in (((), "emacs -nw"), (("--editor", "nano -w"), "nano -w")):
        sittings = Sittings([typing("")])
        team.run("new", "Acme Freight", *more, ask=ScriptedAsk(), edit=sittings)
        assert sittings.opened[0][0] == wanted


def test_no_question_is_asked_when_the_tldr_is_there_or_nothing_may_be_written(team):
    ask = ScriptedAsk()
    assert team.run("new", "Acme", "--tldr", "raves", ask=ask, edit=typing()).code == 0
    assert team.run("new", "Globex", "--consent", "declined", ask=ask, edit=typing("")).code == 0


def test_an_empty_answer_leaves_the_tldr_out(team):
    team.run("new", "Acme Freight", ask=ScriptedAsk(""), edit=typing())
    assert not [line for line in front(team) if line.startswith("tldr")]


def test_an_untouched_scaffold_is_removed_and_said_so(team):
    done = team.run("new", "Acme Freight", ask=ScriptedAsk(), edit=typing(""))
    assert (done.code, done.stdout, done.stderr) == (0, "", f"nothing was written; removed {ACME}\n")
    assert not team.exists(f"{ROOT}/reseller-portal")
    assert team.repo.status() == []


@pytest.mark.parametrize("more", [("--observe", PAIN), ("--tldr", "raves about it"), ("--nugget", "a list on paper")])
def test_what_was_said_on_the_line_is_kept_even_if_the_editor_adds_nothing(team, more):
    done = team.run("new", "Acme Freight", *more, ask=ScriptedAsk(""), edit=typing(""))
    assert done.stdout == f"{ACME}\n"
    assert team.committed(ACME) == team.read(ACME)


def test_a_declined_call_is_a_note_without_words_and_counts(team):
    done = team.run("new", "Acme Freight", "--consent", "declined", ask=ScriptedAsk(), edit=typing(""))
    assert done.stdout == f"{ACME}\n"
    assert "counts for 2026-W47: yes, 1 of 1" in done.stderr


class Latecomer(ScriptedAsk):
    """Somebody whose editor has a window of its own, and who presses Enter when the note is written."""

    def __init__(self, team: Team, text: str, *answers: str) -> None:
        super().__init__("", *answers)
        self.team, self.said = team, text

    def text(self, question, *, default="", choices=()):
        if question.startswith("press Enter when done"):
            typing(self.said)(self.team.top / ACME)
        return super().text(question, default=default, choices=choices)


def test_an_editor_that_comes_back_at_once_is_waited_for(team):
    ask = Latecomer(team, f"- {PAIN}", "three lost days")
    done = team.run("new", "Acme Freight", ask=ask, edit=typing("", seconds=0.3))
    assert ask.questions[1:] == ["In one line, what did you hear?"]
    assert "the editor came back at once" in done.stderr
    assert team.committed(ACME) == team.read(ACME)


def test_an_editor_that_came_back_at_once_and_nothing_after_it_leaves_nothing(team):
    ask = Latecomer(team, "")
    assert team.run("new", "Acme Freight", ask=ask, edit=typing("", seconds=0.3)).stdout == ""
    assert not team.exists(ACME)


def test_a_note_that_cannot_be_read_is_shown_and_edited_again(team):
    sittings = Sittings([replacing("type: learning", "type: lerning"), replacing("type: lerning", "type: sales")])
    ask = ScriptedAsk("y", "")
    done = team.run("new", "Acme Freight", ask=ask, edit=sittings)
    assert ask.questions == ["Edit again? [Y/n]", "In one line, what did you hear?"]
    assert done.stderr.startswith(f"{ACME}:6: type: lerning is not known\n  did you mean learning?\n")
    assert len(sittings.opened) == 2
    assert "type: sales" in team.committed(ACME)


def test_a_note_that_cannot_be_read_can_be_kept_as_it_is(team):
    before = team.repo.head
    done = team.run("new", "Acme Freight", ask=ScriptedAsk("n"), edit=replacing("type: learning", "type: lerning"))
    assert (done.code, done.stdout) == (0, f"{ACME}\n")
    assert "kept as it is, not committed" in done.stderr
    assert f"next: ilog edit {ACME}" in done.stderr
    assert (team.repo.head, team.repo.status()) == (before, [f"?? {ACME}"])


def test_a_near_miss_is_said_and_the_note_kept(team):
    done = team.run("new", "Acme Freight", ask=ScriptedAsk(""), edit=typing("- pian: three days\n- pain: two days"))
    assert "not read as an observation: " in done.stderr
    assert "did you mean " in done.stderr
    assert team.run("new", "Globex", "--observe", "pains: x").stderr.count("did you mean") == 1


def test_words_typed_inside_a_comment_are_noticed_and_can_be_moved(team):
    asked, typed = "Who are you doing it for? -->", "- pain: nobody reads this"
    inside = replacing(asked, asked.replace(" -->", f"\n{typed}\n-->"))
    below = replacing(asked.replace(" -->", f"\n{typed}\n-->"), f"{asked}\n{typed}\n")
    sittings = Sittings([inside, below])
    done = team.run("new", "Acme Freight", ask=ScriptedAsk("y", ""), edit=sittings)
    assert f"inside a comment, so it is not read: {typed}" in done.stderr
    assert len(sittings.opened) == 2
    assert "counts for 2026-W47: yes" in done.stderr


def test_no_commit_keeps_the_note_back_and_says_how_to_save_it(team):
    for number, (more, said) in enumerate(((("--no-commit",), {}), ((), {"ILOG_COMMIT": "never"}))):
        before = team.repo.head
        done = team.run("new", f"Acme {number}", *more, ask=ScriptedAsk(""), edit=typing(), **said)
        path = done.stdout.strip()
        assert f"counts for 2026-W47: not yet, it is not committed: ilog save {path}" in done.stderr
        assert (team.repo.head, f"?? {path}" in team.repo.status()) == (before, True)


def test_a_commit_holds_the_note_alone_whatever_else_is_staged(team):
    team.repo.commit({"plan.txt": "1", "other.txt": "1"})
    team.repo.write({"plan.txt": "2", "other.txt": "2", "new.txt": "3"})
    team.repo.git("add", "plan.txt", "new.txt")
    before = team.repo.staged()
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit")
    assert done.code == 0
    assert team.repo.files_of() == {ACME}
    after = team.repo.staged().split("\0")
    assert "\0".join(entry for entry in after if ACME not in entry) == before
    assert sorted(team.repo.status()) == [" M other.txt", "A  new.txt", "M  plan.txt"]


def test_a_sales_call_is_work_of_its_own_and_an_empty_note_can_be_mended(team):
    done = team.run("new", "Acme", "--type", "sales", "--observe", PAIN, "--commit")
    assert "counts for 2026-W47: no: sales, a sales call is work of its own kind" in done.stderr
    done = team.run("new", "Globex", "--commit")
    assert "counts for 2026-W47: no: empty, " in done.stderr
    assert 'to mend it: add one observation, such as "- pain: …"' in done.stderr


def test_the_counts_line_knows_the_weeks_other_notes_as_committed(team):
    team.note("Globex", "2026-11-16")
    team.note("Initech", "2026-11-15")
    team.note("Hooli", "2026-11-17", pm="dev", product="checkout")
    team.draft("Umbrella", "2026-11-18")
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit")
    assert "counts for 2026-W47: yes, 2 of 1" in done.stderr


def test_another_note_of_the_week_that_became_a_link_spoils_nothing(team):
    path = team.note("Globex", "2026-11-16")
    (team.top / path).unlink()
    (team.top / path).symlink_to("/etc/hostname")
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit")
    assert done.code == 0
    assert "counts for 2026-W47: yes, 2 of 1" in done.stderr


def test_copy_true_puts_the_two_lines_on_the_clipboard(team, tmp_path):
    tool = tmp_path / "bin" / "wl-copy"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncat > {tmp_path}/clipboard\n", encoding="utf-8")
    tool.chmod(0o755)
    around = {"ILOG_COPY": "true", "WAYLAND_DISPLAY": "w", "PATH": f"{tool.parent}:/usr/bin:/bin"}
    done = team.run("new", "Acme Freight", "--tldr", "raves", "--observe", PAIN, "--commit", **around)
    assert "copied\n" in done.stderr
    assert (tmp_path / "clipboard").read_text("utf-8") == (
        f"tl;dr – talked with Acme Freight, raves\nFull interview notes at /{ACME}"
    )


def test_quiet_leaves_the_path_alone(team):
    done = team.run("new", "Acme Freight", "--quiet", "--observe", PAIN, "--commit")
    assert (done.stdout, done.stderr) == (f"{ACME}\n", "")


def test_the_teams_own_template_is_used(team):
    team.repo.write({"templates/notes/learning.md": "# {{ customer }} of {{ product_title }}\n\n## Our questions\n\n"})
    team.run("new", "Acme Freight")
    assert team.read(ACME).split("---\n")[2] == "# Acme Freight of Reseller portal\n\n## Our questions\n\n"


def test_the_very_first_note_can_be_the_first_commit(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.repo.write({"ilog.yaml": CONFIG})
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit")
    assert done.code == 0
    assert team.repo.files_of() == {ACME}
    assert "counts for 2026-W47: yes, 1 of 1" in done.stderr


# Sharing


def test_a_note_is_shared_when_the_writer_says_yes(team, remote):
    ask = ScriptedAsk("", "y")
    done = team.run("new", "Acme Freight", ask=ask, edit=typing())
    assert ask.questions[-1] == "Share it with the team now? [Y/n]"
    assert done.code == 0
    assert remote.head == team.repo.head


def test_a_note_is_not_shared_when_the_writer_says_no_and_the_way_is_told(team, remote):
    done = team.run("new", "Acme Freight", ask=ScriptedAsk("", "n"), edit=typing())
    assert "not shared yet: ilog sync" in done.stderr
    assert remote.head != team.repo.head


@pytest.mark.parametrize(("said", "more", "is_shared"), [
    ({}, (), False), ({"ILOG_PUSH": "never"}, (), False), ({"ILOG_PUSH": "auto"}, (), True), ({}, ("--push",), True),
    ({"ILOG_PUSH": "auto"}, ("--no-push",), False),
])  # fmt: skip
def test_a_script_shares_only_when_told_to(team, remote, said, more, is_shared):
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit", *more, **said)
    assert done.code == 0
    assert (remote.head == team.repo.head) is is_shared


def test_without_a_branch_to_share_with_nothing_is_asked(team):
    assert team.run("new", "Acme Freight", ask=ScriptedAsk(""), edit=typing()).code == 0


def test_a_remote_out_of_reach_costs_nothing_but_the_sharing(team, remote):
    remote.top.rename(remote.top.with_name("gone"))
    said = {"ILOG_PUSH": "auto"}
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit", **said)
    assert done.code == 0
    assert "not shared: " in done.stderr
    assert team.committed(ACME)
    done = team.run("new", "Globex", "--observe", PAIN, "--commit", "--push")
    assert (done.code, done.stderr.count("ilog: ")) == (69, 1)
    assert "\n  kept: " in done.stderr


# Where a commit cannot be made, the note stays


def kept(team: Team, code: int, what: str, *, is_kept: bool = True, **said: str) -> None:
    head = team.repo.git("rev-parse", "-q", "--verify", "HEAD", check=False)
    staged = team.repo.staged()
    done = team.run("new", "reseller-portal", "Acme Freight", "--observe", PAIN, "--commit", **said)
    assert (done.code, what in done.stderr) == (code, True), done
    assert "Traceback" not in done.stderr
    assert team.exists(ACME) is is_kept
    if is_kept:
        assert f"  kept: {ACME}\n" in done.stderr
        assert "\n  next: " in done.stderr
        assert PAIN in team.read(ACME)
    assert (team.repo.git("rev-parse", "-q", "--verify", "HEAD", check=False), team.repo.staged()) == (head, staged)


def test_on_a_detached_head(team):
    team.repo.git("checkout", "-q", "--detach")
    kept(team, 78, "HEAD is detached")


def test_in_the_middle_of_a_merge(team):
    team.repo.commit({"a.txt": "1"})
    team.repo.switch("side", new_at="HEAD~1")
    team.repo.commit({"a.txt": "2"})
    team.repo.git("merge", "main", check=False)
    kept(team, 75, "a merge is under way")


def test_where_an_ignore_rule_covers_the_notes(team):
    team.repo.commit({".gitignore": "prod/\n"})
    kept(team, 78, "ignored by .gitignore:1")


def test_where_a_hook_refuses(team):
    team.repo.hook("pre-commit", "echo 'no secrets here' >&2; exit 1")
    kept(team, 1, "no secrets here")


def test_where_nobody_is_known(team):
    team.be(None)
    kept(team, 78, "git does not know who you are", is_kept=False)
    done = team.run("new", "reseller-portal", "Acme Freight", "--pm", "caroline", "--observe", PAIN, "--commit")
    assert (done.code, team.exists(ACME)) == (78, True)
    assert 'git config --global user.name "Your Name" && git config --global user.email you@example.com' in done.stderr


def test_in_a_bare_repository_nothing_can_be_written(team, tmp_path):
    team.repo.git("clone", "-q", "--bare", str(team.top), str(tmp_path / "bare.git"))
    for args in (("new", "Acme"), ("save",), ("edit", "acme")):
        done = team.run(*args, "--repo", str(tmp_path / "bare.git"))
        assert done.code == 78
        assert "a bare repository cannot be written to" in done.stderr


def test_a_product_that_is_a_link_out_of_the_folder_is_refused(team, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (team.top / ROOT).mkdir(parents=True)
    (team.top / ROOT / "reseller-portal").symlink_to(outside)
    done = team.run("new", "Acme Freight", "--observe", PAIN)
    assert done.code == 77
    assert "a symbolic link or a file stands in the way" in done.stderr
    assert list(outside.iterdir()) == []


def test_a_note_that_is_a_link_is_not_written_through(team, tmp_path):
    victim = tmp_path / "victim.md"
    victim.write_text("mine", encoding="utf-8")
    (team.top / ROOT / "reseller-portal").mkdir(parents=True)
    (team.top / ACME).symlink_to(victim)
    assert team.run("new", "Acme Freight").code == 77
    assert team.run("new", "Acme Freight", "--again").code == 77
    assert victim.read_text("utf-8") == "mine"


def test_a_name_with_control_signs_is_shown_harmless_everywhere(team):
    done = team.run("new", "reseller-portal", "Acme\x1b[31m\u202eFreight\x07", "--observe", PAIN, "--commit")
    assert done.code == 0
    for text in (done.stdout, done.stderr, team.subject(), team.read(done.stdout.strip())):
        assert not {"\x1b", "\u202e", "\x07"} & set(text)


def test_it_does_not_read_the_other_notes(team):
    """What would make it slow in a folder of 100,000 notes would also make it stumble over these."""
    team.repo.write({f"{ROOT}/checkout/{n}-2026-11-{n:02d}.md": b"\xff" for n in range(1, 20)})
    done = team.run("new", "Acme Freight", "--observe", PAIN, "--commit")
    assert (done.code, done.stdout) == (0, f"{ACME}\n")


def test_of_several_at_once_exactly_one_gets_the_name(team):
    line = [ILOG, "new", "reseller-portal", "Acme Freight", "--date", "2026-11-20", "--observe"]
    started = [
        subprocess.Popen([*line, f"pain: {n}"], cwd=team.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for n in range(6)
    ]
    answers = [each.communicate()[0] for each in started]
    assert sorted(each.returncode for each in started) == [0, 73, 73, 73, 73, 73]
    winner = next(n for n, each in enumerate(started) if each.returncode == 0)
    assert (answers[winner], f"- pain: {winner}\n" in team.read(ACME)) == (f"{ACME}\n", True)


def test_a_note_with_an_odd_number_in_its_name_is_no_hindrance(team):
    team.draft("Acme Freight", path=f"{ROOT}/reseller-portal/acme-freight-2026-11-01-1.md")
    assert team.run("new", "Acme Freight").stdout == f"{ACME}\n"


def test_today_is_the_writers_own_day(team):
    assert team.run("new", "Acme Freight", today=TODAY - dt.timedelta(days=400)).stdout.endswith("-2025-10-16.md\n")


def test_a_person_at_a_terminal_gets_through_it_all(team, tmp_path):
    """The installed program on a real terminal, with an editor that is a script."""
    editor = tmp_path / "my editor.sh"
    editor.write_text('#!/bin/sh\nprintf -- "- pain: waited three days #sso\\n" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    with team.terminal("new", EDITOR=f'"{editor}"') as child:
        child.expect("Customer")
        child.send("Globex\r")
        child.expect("In one line, what did you hear")
        child.send("three lost days\r")
        child.expect("tl;dr – talked with Globex, three lost days")
        child.expect("counts for .*: yes, 1 of 1")
        child.expect("$")
        child.wait()
    assert team.subject().startswith("Interview: Globex, reseller-portal, ")
    assert by("caroline").startswith(team.repo.git("log", "-1", "--format=%an").strip())


def test_words_without_a_kind_are_kept_and_said_to_be_no_observation(team):
    done = team.run("new", "Globex", "--observe", "off to a good start", "--observe", "pain: no")
    assert "a list item, but no observation: off to a good start" in done.stderr
    assert "- off to a good start\n- pain: no\n" in team.read(done.stdout.strip())


def test_an_unreadable_note_that_was_opened_and_left_alone_is_65(team):
    path = f"{ROOT}/checkout/broken-2026-11-18.md"
    team.repo.commit({path: "---\ncustomer: Broken\n---\n"})
    assert team.run("edit", path, edit=lambda _path: 60.0).code == 65
