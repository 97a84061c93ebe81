"""`ilog init`: new folders, adopted ones, and the same again."""

import datetime as dt
import os
from pathlib import Path

import pytest

from builders import note_text
from cli import Result, ScriptedAsk, Team
from gitrepo import Repo, isolate
from interviewlog import charter
from interviewlog.charter import Charter, Member
from interviewlog.config import DEFAULT_ROOT, Product
from interviewlog.errors import Code, IlogError
from interviewlog.settings import parse_config
from interviewlog.store import foundation, personal
from interviewlog.store.git import Git

CAROLINE = "caroline=Caroline Ruiz <caroline@example.com>"
DEV = "dev=Dev Patel <dev@example.com>"
LAID = {"ilog.yaml", ".gitattributes", ".gitignore", f"{DEFAULT_ROOT}/.gitkeep"}
NOBODY = "[user]\n\tuseConfigOnly = true\n"


class Desk(Team):
    """A person at a machine: `top` is where they are, and `folder` a folder below it."""

    def __init__(self, top: Path) -> None:
        top.mkdir(exist_ok=True)
        self.top = top

    @property
    def folder(self) -> Repo:
        return Repo(self.top / "notes")

    def init(self, *args: str, **extra: object) -> Result:
        return self.run("init", "notes", *args, **extra)  # type: ignore[arg-type]

    def config(self) -> str:
        return (self.top / "notes/ilog.yaml").read_text()

    def remembered(self) -> str:
        return personal.read(os.environ).repo


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    isolate(monkeypatch, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "desk")


# ── a new folder ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_folder_is_a_repository_with_one_commit_of_four_files(desk):
    done = desk.init("--pm", CAROLINE, "--pm", DEV, "--product", "reseller-portal", "--product", "Field app")
    assert (done.code, done.stdout) == (0, f"{desk.folder.top}\n")
    assert desk.folder.git("log", "--format=%s|%an") == "Set up ilog|Ada\n"
    assert desk.folder.files_of() == LAID
    assert desk.folder.status() == []
    assert (desk.folder.top / ".gitattributes").read_text() == "prod/interviews/**/*.md text eol=lf\n"
    assert (desk.folder.top / ".gitignore").read_text() == "/people.yaml\n"


def test_its_rules_are_those_that_were_said(desk):
    desk.init("--pm", CAROLINE, "--product", "Field app", "--segment", "Mid market", "--own-domain", "example.com",
              "--own-company", "Example: Inc", "--root", "research/calls/")  # fmt: skip
    config = parse_config(desk.config())
    assert config.warnings == ()
    assert config.root == "research/calls"
    assert config.pm_of("caroline@example.com").since == dt.date(2026, 11, 16)  # the Monday of this week
    assert config.products == {"field-app": Product("field-app", "Field app")}
    assert (config.segments, config.own_domains, config.own_companies) == (
        ("mid-market",),
        ("example.com",),
        ("Example: Inc",),
    )
    assert (desk.folder.top / "research/calls/.gitkeep").is_file()


def test_what_to_type_next_can_be_typed(desk):
    done = desk.init("--pm", CAROLINE, "--product", "reseller-portal")
    assert 'next: ilog new reseller-portal "Acme Freight"' in done.stderr
    new = desk.run("new", "reseller-portal", "Acme Freight", "--no-edit", start=desk.top)
    assert (new.code, new.stdout) == (0, "prod/interviews/reseller-portal/acme-freight-2026-11-20.md\n")


def test_notes_have_unix_line_ends_whatever_the_machine_is_set_to(desk, home):
    with (home / ".gitconfig").open("a") as file:
        file.write("[core]\n\tautocrlf = true\n")
    desk.init()
    path = f"{DEFAULT_ROOT}/portal/acme-2026-11-18.md"
    assert desk.folder.git("check-attr", "text", "eol", "--", path).split() == [
        f"{path}:", "text:", "set", f"{path}:", "eol:", "lf"
    ]  # fmt: skip
    desk.folder.commit({path: note_text().replace("\n", "\r\n")})
    assert "\r" not in desk.folder.git("show", f"HEAD:{path}")
    assert desk.folder.status() == []


@pytest.mark.parametrize("root", ["kunden notes", "a[b]/*", 'q"x', "é"])
def test_the_line_for_line_ends_means_exactly_the_root(desk, root):
    done = desk.init("--root", root)
    assert done.code == 0, done.stderr
    said = desk.folder.git("-c", "core.quotePath=false", "check-attr", "-z", "eol", "--", f"{root}/p/n.md", "ab/p/n.md")
    assert [said.split("\0")[at] for at in (2, 5)] == ["lf", "unspecified"]


def test_the_folder_one_is_in_is_meant_without_a_name(desk):
    done = desk.run("init")
    assert done.stdout == f"{desk.top}\n"
    assert Repo(desk.top).files_of() == LAID


def test_off_a_terminal_nothing_is_asked_and_the_rules_can_be_filled_in_later(desk):
    assert desk.init().code == 0
    config = parse_config(desk.config())
    assert (config.pms, config.products, config.root) == ({}, {}, DEFAULT_ROOT)
    desk.init("--pm", DEV, "--product", "checkout")
    assert list(parse_config(desk.config()).pms) == ["dev"]


def test_quiet_prints_the_path_only(desk):
    assert desk.init("--quiet") == Result(0, f"{desk.top}/notes\n", "")


# ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_a_terminal_it_asks_who_and_what_until_nothing_is_answered(desk):
    ask = ScriptedAsk("", "Dev Patel <dev@example.com>", "", "Reseller portal", "checkout=Check it out", "")
    assert desk.init(ask=ask).code == 0
    config = parse_config(desk.config())
    assert [(pm.handle, pm.name, pm.emails) for pm in config.pms.values()] == [
        ("ada", "Ada", ("ada@example.com",)),
        ("dev", "Dev Patel", ("dev@example.com",)),
    ]
    assert {slug: product.title for slug, product in config.products.items()} == {
        "reseller-portal": "Reseller portal",
        "checkout": "Check it out",
    }


def test_who_founds_a_folder_need_not_be_a_pm(desk):
    desk.init(ask=ScriptedAsk("n", "", ""))
    assert parse_config(desk.config()).pms == {}


def test_what_cannot_be_read_is_asked_again(desk):
    done = desk.init(ask=ScriptedAsk("n", "dev", "Dev Patel", "", "+++", "Checkout", ""))
    assert "not a PM: dev, write it as in the example" in done.stderr
    config = parse_config(desk.config())
    assert (list(config.pms), list(config.products)) == (["dev"], ["checkout"])


def test_two_of_one_first_name_get_two_handles(desk):
    desk.init(ask=ScriptedAsk("n", "Eve Okafor", "Eve Stone", "Eve Stone", "", ""))
    assert list(parse_config(desk.config()).pms) == ["eve", "eve-stone", "eve-2"]


def test_nothing_is_asked_when_flags_say_something_or_the_rules_are_there(desk):
    nobody = ScriptedAsk()
    assert desk.init("--product", "checkout", ask=nobody).code == 0
    assert desk.init(ask=nobody).code == 0


def test_an_interruption_leaves_nothing_behind(desk):
    class Interrupted(ScriptedAsk):
        def text(self, *_, **__):
            raise IlogError("no answer", code=Code.INTERRUPTED)

    assert desk.init(ask=Interrupted()).code == Code.INTERRUPTED
    assert list(desk.top.iterdir()) == []


# ── a repository that is there ───────────────────────────────────────────────────────────────────────────────────


def test_a_repository_of_other_things_is_adopted_and_nothing_else_is_committed(desk):
    repo = desk.folder
    repo.commit({"one.txt": "1", "two.txt": "1"})
    repo.write({"one.txt": "2", "two.txt": "2", "new.txt": "n"})
    repo.git("add", "one.txt")
    before = repo.status()
    staged = repo.staged()
    done = desk.init("--pm", CAROLINE)
    assert done.code == 0
    assert repo.files_of() == LAID
    assert repo.status() == before
    assert set(staged.split("\0")) < set(repo.staged().split("\0"))


def test_the_top_of_the_repository_is_adopted_from_below(desk):
    repo = desk.folder
    repo.commit({"src/main.c": "x"})
    done = desk.run("init", start=repo.top / "src")
    assert done.stdout == f"{repo.top}\n"
    assert repo.files_of() == LAID


def test_an_empty_folder_in_a_repository_becomes_one_of_its_own(desk):
    outer = Repo(desk.top)
    (desk.top / "notes").mkdir()
    assert desk.init().stdout == f"{desk.top}/notes\n"
    assert outer.git("ls-files") == ""


def test_lines_that_are_there_stay(desk):
    repo = desk.folder
    repo.commit({".gitattributes": "*.png binary\r\n*.txt text"})
    desk.init()
    assert (repo.top / ".gitattributes").read_bytes() == (
        b"*.png binary\r\n*.txt text\r\nprod/interviews/**/*.md text eol=lf\r\n"
    )


def test_notes_that_are_there_need_no_file_to_keep_the_root_and_count_for_the_weeks_before(desk):
    repo = desk.folder
    repo.commit({f"{DEFAULT_ROOT}/portal/acme-2026-05-04.md": note_text(date="2026-05-04")})
    desk.init("--pm", CAROLINE)
    assert repo.files_of() == {"ilog.yaml", ".gitattributes", ".gitignore"}
    assert parse_config(desk.config()).pms["caroline"].since == dt.date.min


def test_rules_written_by_hand_are_committed_as_they_are(desk):
    text = "# ours\nroot: calls\npms:\n  dev: {name: Dev}\n"
    desk.folder.write({"ilog.yaml": text})
    assert desk.init().code == 0
    assert desk.folder.git("show", "HEAD:ilog.yaml") == text
    assert desk.folder.files_of() == {"ilog.yaml", ".gitattributes", ".gitignore", "calls/.gitkeep"}


def test_a_file_that_holds_changes_of_ones_own_is_changed_but_not_committed(desk):
    desk.init("--pm", CAROLINE)
    head = desk.folder.head
    desk.folder.write({"ilog.yaml": desk.config() + "away: [2026-W52]\n"})
    done = desk.init("--pm", DEV)
    assert done.code == 0
    assert desk.folder.head == head
    assert parse_config(desk.config()).pm_of("dev@example.com")
    assert (
        "changed, but not committed, for it holds changes of yours: ilog.yaml\n  next: git commit ilog.yaml"
        in done.stderr
    )


def test_a_linked_work_tree_is_adopted_like_any_other(desk):
    repo = desk.folder
    repo.commit({"a.txt": "a"})
    repo.git("worktree", "add", "-q", "../linked", "-b", "linked")
    assert desk.run("init", "linked").code == 0
    assert Repo(desk.top / "linked").files_of() == LAID


# ── the same again ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_again_does_nothing(desk):
    args = ("--pm", CAROLINE, "--product", "reseller-portal", "--segment", "smb", "--own-domain", "example.com")
    desk.init(*args)
    head = desk.folder.head
    for again in (args, ()):
        done = desk.init(*again)
        assert (done.code, done.stderr) == (0, f"nothing to do, {desk.top}/notes is ready\n")
    assert desk.folder.head == head
    assert desk.folder.status() == []


def test_later_pms_and_products_are_added_as_text(desk):
    desk.init("--pm", CAROLINE, "--product", "reseller-portal")
    desk.folder.commit({"ilog.yaml": desk.config() + "# our own words\nretention_months: 12\n"})
    before = desk.config().splitlines()
    done = desk.init("--pm", DEV, "--product", "Field app", "--segment", "smb")
    after = desk.config().splitlines()
    assert [line for line in after if line not in before] == [
        "  dev: {name: Dev Patel, emails: [dev@example.com], from: 2026-11-20}",
        "  field-app: {title: Field app}",
        "segments: [smb]",
    ]
    assert [line for line in before if line not in after] == ["segments: []"]
    assert "added to ilog.yaml: PM dev, product field-app, segments smb" in done.stderr
    assert desk.folder.files_of() == {"ilog.yaml"}


def test_a_second_e_mail_is_added_to_the_line_of_its_pm(desk):
    desk.init("--pm", CAROLINE)
    desk.init("--pm", "caroline=Caroline Ruiz <caro@example.com>")
    assert parse_config(desk.config()).pms["caroline"].emails == ("caroline@example.com", "caro@example.com")


def test_another_root_is_not_taken_and_said(desk):
    desk.init()
    done = desk.init("--root", "elsewhere")
    assert (done.code, parse_config(desk.config()).root) == (0, DEFAULT_ROOT)
    assert "left as it is: root: prod/interviews" in done.stderr


def test_a_commit_that_a_hook_refused_is_made_the_next_time(desk):
    desk.folder.hook("pre-commit", "echo not today >&2; exit 1")
    refused = desk.init("--pm", CAROLINE)
    assert refused.code == Code.NOTHING
    assert "not today" in refused.stderr
    assert refused.stderr.endswith("next: ilog init\n")
    (desk.folder.top / ".git/hooks/pre-commit").unlink()
    assert desk.init().code == 0
    assert desk.folder.files_of() == LAID


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("is_late", [False, True])
def test_the_web_address_of_notes_is_taken_from_the_remote(desk, is_late):
    if is_late:
        desk.init("--pm", CAROLINE)
    desk.folder.git("remote", "add", "origin", "https://me:s3cret@github.com/team/notes.git")
    done = desk.init()
    assert parse_config(desk.config()).web_link == "https://github.com/team/notes/blob/main/{path}"
    assert "s3cret" not in desk.config() + done.stderr + done.stdout


def test_a_web_address_that_is_there_stays(desk):
    desk.init()
    web = desk.config() + 'links: {web: "https://wiki.example.com/{path}"}\n'
    desk.folder.commit({"ilog.yaml": web})
    desk.folder.git("remote", "add", "origin", "git@github.com:team/notes.git")
    desk.init()
    assert desk.config() == web


# ── the personal file ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_folder_is_remembered_and_the_second_is_not(desk):
    desk.init()
    assert desk.remembered() == f"{desk.top}/notes"
    done = desk.run("init", "other")
    assert desk.remembered() == f"{desk.top}/notes"
    assert f"called from elsewhere, ilog still uses {desk.top}/notes" in done.stderr
    assert f'next: cd {desk.top}/other && ilog new PRODUCT "Acme Freight"' in done.stderr


def test_a_remembered_folder_that_is_gone_is_replaced(desk):
    personal.remember("repo", str(desk.top / "gone"), os.environ)
    desk.init()
    assert desk.remembered() == f"{desk.top}/notes"


def test_a_personal_file_that_cannot_be_changed_hinders_nothing(desk):
    file = personal.path(os.environ)
    file.parent.mkdir(parents=True)
    file.write_text("repo: [a\n")
    done = desk.init()
    assert done.code == 0
    assert "not remembered, repo: " in done.stderr
    assert file.read_text() == "repo: [a\n"


# ── what it refuses ──────────────────────────────────────────────────────────────────────────────────────────────


def test_without_an_identity_nothing_is_written(desk, home):
    (home / ".gitconfig").write_text(NOBODY)
    done = desk.init("--pm", CAROLINE)
    assert done.code == Code.CONFIG
    assert "git config --global user.name" in done.stderr
    assert list(desk.top.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["", "caroline", "caroline=", "=Caroline Ruiz", "caroline@example.com", "caroline=caroline@example.com",
     "caroline=Caroline <caroline", "caroline=Caroline <example.com>", "caroline=Caroline <a@b> x", "a=b=c <a@b>"],
)  # fmt: skip
def test_a_pm_that_cannot_be_read_is_2_with_an_example(desk, text):
    done = desk.init("--pm", text)
    assert done.code == Code.USAGE
    assert '  next: ilog init --pm "caroline=Caroline' in done.stderr
    assert list(desk.top.iterdir()) == []


@pytest.mark.parametrize(
    ("flag", "word"),
    [("--product", "+++"), ("--product", "a b=x"), ("--product", "a="), ("--segment", "!"), ("--root", "../x"),
     ("--root", ".git/x"), ("--root", "/"), ("--root", "-x")],
)  # fmt: skip
def test_other_words_that_cannot_be_used_are_2_with_an_example(desk, flag, word):
    done = desk.init(f"{flag}={word}")
    assert done.code == Code.USAGE
    assert f"  next: ilog init {flag} " in done.stderr
    assert list(desk.top.iterdir()) == []


def test_a_bare_repository_is_78(desk):
    desk.folder.git("clone", "-q", "--bare", ".", "../bare.git")
    done = desk.run("init", "bare.git")
    assert (done.code, "bare repository" in done.stderr) == (Code.CONFIG, True)


def test_a_merge_under_way_is_75_and_nothing_is_written(desk):
    desk.folder.commit({"a.txt": "a"})
    desk.folder.git("update-ref", "MERGE_HEAD", "HEAD")
    assert desk.init().code == Code.RETRY
    assert not (desk.folder.top / "ilog.yaml").exists()


def test_a_detached_head_is_78(desk):
    desk.folder.commit({"a.txt": "a"})
    desk.folder.git("checkout", "-q", "--detach")
    assert desk.init().code == Code.CONFIG


def test_a_file_in_the_way_is_73(desk):
    (desk.top / "notes").write_text("")
    assert desk.init().code == Code.EXISTS


def test_rules_that_cannot_be_read_are_78_and_stay(desk):
    desk.folder.write({"ilog.yaml": "pms: [unclosed\n"})
    done = desk.init("--pm", CAROLINE)
    assert (done.code, desk.config()) == (Code.CONFIG, "pms: [unclosed\n")


def test_a_link_in_the_place_of_a_file_is_not_followed(desk):
    outside = desk.top / "outside"
    outside.write_text("*.txt text\n")
    (desk.folder.top / ".gitattributes").symlink_to(outside)
    assert desk.init().code == Code.REFUSED
    assert outside.read_text() == "*.txt text\n"


def test_an_ignored_root_is_78_with_the_rule(desk):
    desk.folder.write({".gitignore": "prod/\n"})
    done = desk.init()
    assert done.code == Code.CONFIG
    assert "ignored by .gitignore:1 (prod/)" in done.stderr
    assert "ilog init" in done.stderr


def test_another_repository_in_the_environment_is_not_touched(desk, monkeypatch, tmp_path):
    other = Repo(tmp_path / "other")
    other.commit({"a.txt": "a"})
    before = other.head
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    assert desk.init().stdout == f"{desk.top}/notes\n"
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_WORK_TREE")
    assert other.head == before


# ── the text ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["no", "O'Neil, Søren", "#hash", "a: b", "[x]", "x # y", "  padded  ", "日本 太郎", "@at", "1"]
)
def test_a_name_is_read_back_as_it_was_said(name):
    text = charter.new_text(Charter(members=(Member("x", name.strip(), "x@example.com"),)))
    assert parse_config(text).pms["x"].name == name.strip()


def test_a_charter_read_back_is_the_charter():
    full = Charter(
        root="a b", members=(Member("no", "No One"), Member("e-2", "Eve", "e+x@example.com")),
        products=(Product("on", "On: off"), Product("x1", "X")), segments=("smb", "no"), own_domains=("a.b",),
        own_companies=("A, Inc", "B"), web="https://h/{path}", since=dt.date(2026, 1, 5),
    )  # fmt: skip
    for text in (charter.new_text(full), charter.extended(charter.new_text(Charter(root="a b")), full)[0]):
        config = parse_config(text)
        assert config.warnings == ()
        assert (config.root, config.segments, config.own_domains, config.own_companies) == (
            "a b", ("smb", "no"), ("a.b",), ("A, Inc", "B")
        )  # fmt: skip
        assert [(pm.name, pm.emails, pm.since) for pm in config.pms.values()] == [
            ("No One", (), dt.date(2026, 1, 5)),
            ("Eve", ("e+x@example.com",), dt.date(2026, 1, 5)),
        ]
        assert tuple(config.products.values()) == full.products
        assert charter.extended(text, full) == (text, [])


def test_products_that_are_a_list_stay_one():
    text, added = charter.extended("products: [checkout]\n", Charter(products=(Product("field-app", "Field app"),)))
    assert (text, added) == ("products: [checkout, field-app]\n", ["product field-app"])


def test_laying_what_is_there_commits_nothing(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.txt": "a"})
    git = Git.open(repo.top)
    assert foundation.lay(git, {"a.txt": "a"}, "x") == foundation.Laid((), ())


def test_only_yes_and_no_answer_a_question_that_asks_for_them():
    ask = ScriptedAsk("Dev Patel", "no")
    assert not ask.yes("Are you one of them?")
    assert ask.answers == []
