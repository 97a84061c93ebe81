"""`ilog join`: a second person comes to a folder that others share."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import CONFIG, TODAY, Result, ScriptedAsk, Team
from gitrepo import Repo, isolate
from interviewlog.cli.app import app
from interviewlog.cli.session import Session
from interviewlog.errors import Code
from interviewlog.settings import parse_config
from interviewlog.store import personal

NOBODY = "[user]\n\tuseConfigOnly = true\n[init]\n\tdefaultBranch = main\n"
HOLDS = f"""\
# The team's own words stay.
{CONFIG}
away: [2026-W52]
"""


class Desk(Team):
    """A person at a machine without a folder; `shared` is the repository that the team shares."""

    def __init__(self, top: Path, shared: Repo) -> None:
        top.mkdir()
        self.top = top
        self.shared = shared
        self.url = str(shared.top)
        self.editors()

    def editors(self, *names: str) -> None:
        """Have these editors on the PATH, and no other."""
        self.bin = self.top.parent / "bin"
        self.bin.mkdir(exist_ok=True)
        for name in names:
            (self.bin / name).write_text("#!/bin/sh\n")
            (self.bin / name).chmod(0o755)

    def join(self, *args: str, ask: ScriptedAsk | None = None, **environ: str) -> Result:
        """Run `ilog join` with these editors at hand; git itself is found as ever."""
        around = {**os.environ, "PATH": str(self.bin), "EDITOR": "", **environ}
        session = Session(start=self.top, environ=around, ask=ask, today=lambda: TODAY)
        done = CliRunner().invoke(app, ["join", self.url, *args], obj=session, prog_name="ilog")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    @property
    def folder(self) -> Repo:
        return Repo(self.top / "shared")

    def shared_config(self) -> str:
        return self.shared.git("show", "main:ilog.yaml")

    def emails(self, handle: str) -> tuple[str, ...]:
        return parse_config(self.shared_config()).pms[handle].emails

    def mine(self) -> personal.Personal:
        return personal.read(os.environ)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def shared(tmp_path):
    bare = Repo(tmp_path / "shared.git", "--bare", "-b", "main")
    founder = Repo(tmp_path / "founder")
    founder.git("remote", "add", "origin", str(bare.top))
    founder.commit({"ilog.yaml": HOLDS, "prod/interviews/.gitkeep": ""}, message="Set up ilog")
    founder.git("push", "-q", "-u", "origin", "main")
    return bare


@pytest.fixture
def desk(tmp_path, shared):
    return Desk(tmp_path / "desk", shared)


def am(home: Path, name: str, email: str) -> None:
    """Have git know the person by this name and e-mail."""
    (home / ".gitconfig").write_text(f"[user]\n\tname = {name}\n\temail = {email}\n[init]\n\tdefaultBranch = main\n")


# ── the folder ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_folder_is_cloned_beside_the_person_and_remembered(desk):
    done = desk.join()
    assert (done.code, done.stdout) == (0, f"{desk.top}/shared\n")
    assert desk.folder.head == desk.shared.head
    assert desk.mine().repo == f"{desk.top}/shared"
    assert desk.run("list", start=desk.top, EDITOR="").code == 0


def test_the_folder_may_be_given_a_name_and_a_path_may_be_relative(desk):
    done = desk.run("join", "../shared.git", "deep/er/notes")
    assert done.stdout == f"{desk.top}/deep/er/notes\n"


def test_a_folder_remembered_before_is_replaced(desk):
    personal.remember("repo", str(desk.top), os.environ)
    desk.join()
    assert desk.mine().repo == f"{desk.top}/shared"


def test_joining_again_goes_on_where_it_was(desk):
    desk.join()
    head = desk.folder.head
    for url in (desk.url, f"file://{desk.url}", "../shared"):
        done = desk.run("join", url, "shared", "--pm", "caroline")
        assert (done.code, done.stdout) == (0, f"{desk.top}/shared\n"), done.stderr
        assert "already here" in done.stderr
    assert desk.emails("caroline") == ("caroline@example.com", "ada@example.com")
    assert desk.folder.git("rev-list", "--count", f"{head}..HEAD") == "1\n"


@pytest.mark.parametrize("kind", ["file", "full", "clone", "below"])
def test_what_is_in_the_way_is_73_and_stays(desk, tmp_path, kind):
    place = desk.top / "shared"
    if kind == "file":
        place.write_text("x")
    elif kind == "clone":
        Repo(place).git("remote", "add", "origin", str(tmp_path / "other.git"))
    else:
        (place / "inner").mkdir(parents=True)
    if kind == "below":  # in a clone of the same repository, but not at its top
        Repo(desk.top).git("remote", "add", "origin", desk.url)
    before = sorted(desk.top.rglob("*"))
    done = desk.join()
    assert done.code == Code.EXISTS
    assert f"  next: ilog join {desk.url} ANOTHER-NAME" in done.stderr
    assert sorted(desk.top.rglob("*")) == before
    assert desk.mine().repo == ""


def test_an_empty_folder_is_filled(desk):
    (desk.top / "shared").mkdir()
    assert desk.join().code == 0


def test_a_folder_that_nobody_set_up_can_be_joined_and_says_how(desk, tmp_path):
    other = Repo(tmp_path / "other.git", "--bare", "-b", "main")
    done = desk.run("join", str(other.top), "notes")
    assert (done.code, done.stdout) == (0, f"{desk.top}/notes\n")
    assert f"next: ilog init {desk.top}/notes" in done.stderr
    assert desk.run("init", "notes", "--pm", "ada=Ada <ada@example.com>").code == 0
    assert desk.run("sync", start=desk.top / "notes").code == 0
    assert other.git("log", "--format=%s", "main") == "Set up ilog\n"


@pytest.mark.parametrize("url", ["--", "ext::sh -c id", "a\nb"])
def test_what_is_no_address_is_refused(desk, url):
    done = desk.run("join", "--", url, "x")
    assert done.code == Code.REFUSED
    assert list(desk.top.iterdir()) == []


def test_an_unreachable_address_is_69_and_no_token_is_shown(desk):
    done = desk.run("join", "https://me:s3cret@127.0.0.1:1/notes.git")
    assert done.code == Code.UNREACHABLE
    assert "s3cret" not in done.stderr
    assert "  next: ilog join https://127.0.0.1:1/notes.git" in done.stderr
    assert list(desk.top.iterdir()) == []
    assert desk.mine().repo == ""


# ── who are you ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_off_a_terminal_the_roster_is_left_alone_and_the_way_is_told(desk):
    done = desk.join()
    assert desk.folder.head == desk.shared.head
    assert f"to add it: ilog join {desk.url} --pm HANDLE (one of: caroline, dev, eve)" in done.stderr


def test_who_is_in_the_roster_already_is_greeted(desk, home):
    am(home, "C. Ruiz", "Caroline@Example.com")
    assert "you are Caroline Ruiz in the roster" in desk.join(ask=ScriptedAsk()).stderr
    assert desk.folder.head == desk.shared.head


def test_ones_e_mail_is_added_to_ones_line_and_shared_as_a_commit(desk):
    done = desk.join("--pm", "dev")
    assert done.code == 0
    assert desk.emails("dev") == ("dev@example.com", "ada@example.com")
    assert desk.shared.git("log", "-1", "--format=%s|%an", "main") == "Roster: Dev Patel is ada@example.com|Ada\n"
    assert desk.shared_config() == HOLDS.replace("[dev@example.com]", "[dev@example.com, ada@example.com]")
    assert desk.folder.files_of() == {"ilog.yaml"}


def test_the_likeliest_pm_is_offered_first(desk, home):
    am(home, "Eve Okafor", "eve@home.example")
    ask = ScriptedAsk("")
    desk.join(ask=ask)
    assert ask.questions[0].splitlines()[1:] == [
        "  1  Eve Okafor",
        "  2  Caroline Ruiz",
        "  3  Dev Patel",
        "  4  none of these: add me as a new one",
        "  5  I am no PM: leave the list as it is",
    ]
    assert desk.emails("eve") == ("eve@example.com", "eve@home.example")


def test_who_only_presses_enter_does_not_become_somebody_else(desk):
    ask = ScriptedAsk("", "n", "5")
    desk.join(ask=ask)
    assert ask.questions[1] == "So Ada <ada@example.com> is Caroline Ruiz? [Y/n]"
    assert desk.folder.head == desk.shared.head


def test_a_new_pm_gets_a_line_that_holds_from_today(desk):
    desk.join(ask=ScriptedAsk("4"))
    assert "  ada: {name: Ada, emails: [ada@example.com], from: 2026-11-20}\n" in desk.shared_config()
    assert desk.shared.git("log", "-1", "--format=%s", "main") == "Roster: Ada is ada@example.com\n"


def test_a_new_pm_can_be_described_by_the_flag(desk):
    assert desk.join("--pm", "kim=Kim Lund").code == 0
    pm = parse_config(desk.shared_config()).pms["kim"]
    assert (pm.name, pm.emails) == ("Kim Lund", ("ada@example.com",))


def test_an_unknown_pm_is_2_with_the_one_that_was_meant(desk):
    done = desk.join("--pm", "carolin")
    assert done.code == Code.USAGE
    assert f"  next: ilog join {desk.url} --pm caroline\n" in done.stderr


def test_an_e_mail_that_stands_with_somebody_else_is_left_there(desk, home):
    am(home, "Dev", "dev@example.com")
    done = desk.join("--pm", "caroline")
    assert (done.code, desk.folder.head) == (0, desk.shared.head)
    assert "left as it is: dev@example.com stands in the roster as Dev Patel already" in done.stderr


def test_a_person_whom_git_does_not_know_is_asked_and_remembered_in_this_clone_only(desk, home):
    (home / ".gitconfig").write_text(NOBODY)
    done = desk.join(ask=ScriptedAsk("Eve Okafor", "eve@example.com"))
    assert done.code == 0
    assert "you are Eve Okafor in the roster" in done.stderr
    assert desk.folder.git("config", "--local", "user.email") == "eve@example.com\n"
    assert (home / ".gitconfig").read_text() == NOBODY


def test_off_a_terminal_flags_say_who_it_is(desk, home):
    (home / ".gitconfig").write_text(NOBODY)
    assert desk.join("--name", "Kim", "--email", "kim@example.com", "--pm", "dev").code == 0
    assert desk.shared.git("log", "-1", "--format=%an %ae", "main") == "Kim kim@example.com\n"


def test_an_identity_is_needed_only_for_a_commit(desk, home):
    (home / ".gitconfig").write_text(NOBODY)
    done = desk.join()
    assert done.code == 0
    hint = f'next: ilog join {desk.url} --name "Your Name" --email you@example.com'
    assert hint in done.stderr
    done = desk.join("--pm", "dev")
    assert done.code == Code.CONFIG
    assert f"  kept: the folder, in {desk.top}/shared\n  {hint}" in done.stderr


def test_an_e_mail_that_is_none_is_2(desk):
    assert desk.join("--email", "nobody").code == Code.USAGE


def test_an_empty_roster_offers_to_be_the_first(desk, tmp_path):
    founder = Repo(tmp_path / "founder")
    founder.commit({"ilog.yaml": "schema: 1\npms:\n"})
    founder.git("push", "-q")
    desk.join(ask=ScriptedAsk(""))
    assert desk.emails("ada") == ("ada@example.com",)


# ── sharing it ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_if_it_cannot_be_shared_the_commit_stands_and_the_person_goes_on(desk):
    hook = desk.shared.top / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho main is protected >&2\nexit 1\n")
    hook.chmod(0o755)
    done = desk.join("--pm", "dev", "--editor", "vim")
    assert (done.code, done.stdout) == (0, f"{desk.top}/shared\n")
    assert "not shared yet: " in done.stderr
    assert "main is protected" in done.stderr
    assert f"  kept: 1 commit of yours on main, in {desk.top}/shared\n" in done.stderr
    assert desk.folder.files_of() == {"ilog.yaml"}
    assert desk.mine().editor == "vim"


def test_two_who_join_at_once_both_stand_in_the_roster(desk, tmp_path):
    desk.join()
    other = Desk(tmp_path / "other", desk.shared)
    assert other.join("--pm", "eve", "--name", "Eve", "--email", "eve@home.example").code == 0
    assert desk.join("--pm", "caroline").code == 0
    assert desk.emails("eve") == ("eve@example.com", "eve@home.example")
    assert desk.emails("caroline") == ("caroline@example.com", "ada@example.com")


# ── the editor ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_editors_that_are_there_are_offered_and_made_to_wait(desk, home):
    am(home, "Dev", "dev@example.com")
    desk.editors("code", "nano")
    ask = ScriptedAsk("2")
    desk.join(ask=ask, DISPLAY=":0", EDITOR="nano")
    assert ask.questions[0].splitlines()[1:] == ["  1  nano", "  2  code --wait"]
    assert desk.mine().editor == "code --wait"


def test_a_single_editor_is_no_question(desk, home):
    am(home, "Dev", "dev@example.com")
    desk.editors("nano")
    assert desk.join(ask=ScriptedAsk()).code == 0
    assert desk.mine().editor == ""


def test_no_editor_at_all_is_told(desk, home):
    am(home, "Dev", "dev@example.com")
    done = desk.join(ask=ScriptedAsk())
    assert done.code == 0
    assert "no editor found\n  next: git config --global core.editor nano" in done.stderr


def test_an_editor_chosen_before_is_not_asked_for_again(desk, home):
    am(home, "Dev", "dev@example.com")
    personal.remember("editor", "vim", os.environ)
    desk.editors("code", "nano")
    assert desk.join(ask=ScriptedAsk()).code == 0
    assert desk.mine().editor == "vim"


def test_an_editor_may_be_named_and_is_made_to_wait(desk):
    desk.join("--editor", "code")
    assert desk.mine().editor == "code --wait"
