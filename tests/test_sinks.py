"""Every command in every format, run in a folder where whatever can hold a text holds a hostile one.

What comes from notes, file names, authors, branches, messages, settings, remotes and arguments reaches people and
programs here. None of it may steer a terminal, begin a line of its own, be a formula or call anybody.
"""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import hostilefolder
from cli import Result, Team, typing
from hostilefolder import ACME, DRAFT, LINE, MAIL, SIGNS, TEXT
from interviewlog.cli.app import COMMANDS, load
from interviewlog.draft import quoted
from interviewlog.render.clean import FORBIDDEN

COLOUR = re.compile(r"\x1b\[(?:\d+(?:;\d+)*)?m")
GAP = re.compile(r"(?<=[@<*_~])\u200b")  # what a chat form puts behind a sign, so that it does not act
CALL = re.compile(r"@(?:here|channel|all|everyone|group)(?![^\W_])|(?<!\\)<[!@#]", re.IGNORECASE)
FENCED = re.compile(r"^```\n.*?^```$", re.DOTALL | re.MULTILINE)  # pasted, nothing in it acts
CHATS = {"plain", "slack", "markdown"}


@pytest.fixture(scope="module", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings that are written here, such as which folder is mine, from the tests that follow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, _own_settings: None) -> Team:
    """The folder, for tests that only read."""
    return hostilefolder.start(tmp_path_factory.mktemp("hostile") / "notes")


@pytest.fixture
def own(hostile: Team, tmp_path: Path) -> Team:
    """A copy of the folder and of its remote, to change."""
    return copied(hostile, tmp_path / "own")


@pytest.fixture(scope="module")
def spare(hostile: Team, tmp_path_factory: pytest.TempPathFactory) -> Team:
    """A copy for the many lines of which most are refused: what it holds is of no matter."""
    return copied(hostile, tmp_path_factory.mktemp("spare") / "all")


def copied(team: Team, place: Path) -> Team:
    shutil.copytree(team.top.parent, place, symlinks=True)
    copy = Team.start(place / team.top.name, None)
    copy.repo.git("remote", "set-url", "origin", str(remote_of(copy)))
    return copy


def remote_of(team: Team) -> Path:
    return next(team.top.parent.glob("bare*"))


def harmless(result: Result) -> Result:
    """Check what a command said, wherever it said it."""
    for text in (result.stdout, result.stderr):
        shown = GAP.sub("", COLOUR.sub("", text))
        assert not (found := FORBIDDEN.search(shown) or re.search("\r", shown)), (found, shown[:2000])
        assert not [line for line in shown.splitlines() if line.startswith(LINE)], shown
    return result


def inert(text: str, form: str) -> None:
    """Check what only some forms must not do."""
    if form == "json":
        json.loads(text)
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if re.match(r"[\s\xa0]*[=+\-@|%]", cell)]
    if form == "github":
        assert all(re.match("::(?:error|warning|notice) file=", line) for line in text.splitlines())
    prose = FENCED.sub("", text)
    assert form not in CHATS or not CALL.search(text), text
    assert form != "slack" or not re.search(r"<[^\s\u200b]", prose), prose


def forms(name: str, *others: str) -> list[tuple[str, ...]]:
    """Give a command's lines, one for each of its formats."""
    return [(name, *others, "--format", form) for form in import_module(f"interviewlog.cli.{name}").FORMATS]


def _commands(name: str) -> list[tuple[tuple[str, ...], Any]]:
    """Give a command, or the subcommands it has, each with the words by which it is called."""
    command = load(name)
    below = getattr(command, "commands", None)
    return [((word,), each) for word, each in below.items()] if below else [((), command)]


READING: list[tuple[str, ...]] = [
    (),
    *forms("list"),
    *forms("list", "--customer", f"Acme {TEXT}"),
    *forms("search", "pain"),
    *forms("search", "INJECTED evil"),
    *forms("show", ACME),
    *forms("show", "acme-2026-11-10"),
    *forms("why", ACME),
    *forms("why", "hooli-2026-11-12"),
    *forms("check"),
    ("check", "--schema"),
    ("retention", "--json"),
    ("product", "list"),
    *forms("audit", "--all"),
    *forms("away"),
    *forms("summary", ACME),
    *forms("summary", "--since", "2026-01-01"),
    *forms("summary", "--for", "execs", ACME),
    *forms("stats", "--weeks", "all"),
    *(line for by in ("pm", "product", "segment", "type", "relationship") for line in forms("stats", "--by", by)),
    *forms("stats", "--basis", "commits"),
    *(("stats", flag, "--format", form) for flag in ("--explain", "--show-identities") for form in ("table", "json")),
    ("summary", "--ascii", ACME),
    ("guide",),
    ("template", "list"),
]


@pytest.mark.parametrize("line", READING, ids=" ".join)
def test_no_answer_acts_on_who_reads_it(hostile: Team, line: tuple[str, ...]) -> None:
    result = harmless(hostile.run(*line))
    assert result.code in {0, 1}, result.stderr
    assert result.stdout
    inert(result.stdout, line[-1].removeprefix("--") if line else "")


@pytest.mark.parametrize("columns", [40, 120])
@pytest.mark.parametrize(
    "line",
    [line for line in READING if not {"json", "csv", "paths", "slack", "markdown", "github"} & {*line}],
    ids=" ".join,
)
def test_no_terminal_is_steered(hostile: Team, line: tuple[str, ...], columns: int) -> None:
    assert harmless(hostile.run(*line, columns=columns)).stdout


def test_a_template_is_shown_line_by_line_and_steers_no_terminal(hostile: Team) -> None:
    shown = hostile.run("template", "show", "hostile").stdout
    assert LINE in shown
    assert not FORBIDDEN.search(shown)


WRITING: list[tuple[str, ...]] = [
    ("save",),
    ("save", ACME),
    ("edit", DRAFT, "--commit"),
    ("new", "reseller-portal", f"Acme {TEXT}", "--date", "2026-11-18", "--no-edit"),
    ("new", "reseller-portal", f"New {TEXT}", "--no-edit", "--commit", "--observe", f"pain: {TEXT}", "--tldr", TEXT),
    ("new", TEXT, "--no-edit"),
    ("new", "reseller-portal", "Hostile", "--template", "hostile", "--edit", "--commit"),
    ("edit", ACME, "--commit"),
    ("edit", ACME, "--set", f"tldr={TEXT}", "--set", f"segments={TEXT}"),
    ("edit", ACME, "--set", f"{TEXT}={TEXT}"),
    ("fmt",),
    ("fmt", "--check"),
    ("check", "--fix"),
    ("check", "--staged"),
    ("mv", ACME, "--customer", f"Moved {TEXT}"),
    ("mv", ACME, "--product", TEXT),
    ("product", "mv", "reseller-portal", "other", "--title", TEXT),
    ("product", "mv", TEXT, "other"),
    ("redact", ACME, "--yes"),
    ("redact", "P1", "--in", ACME, "--yes"),
    ("redact", f"Acme {TEXT}", "--yes", "--json"),
    ("retention", "--apply", "--yes"),
    ("away", "eve", "W50"),
    ("away", "eve", "W40", "--remove"),
    ("sync",),
    ("template", "new", "more", "--from", "hostile"),
    ("demo", "--dir", f"demo{SIGNS}"),
    ("init", "made", "--pm", f"x=X{SIGNS} <{MAIL}>", "--own-company", TEXT),
    *((name, TEXT) for name in COMMANDS),
]


@pytest.mark.parametrize("line", WRITING, ids=" ".join)
def test_no_command_that_writes_repeats_what_acts(own: Team, line: tuple[str, ...]) -> None:
    harmless(own.run(*line, edit=typing(f"- pain: {SIGNS} {TEXT}")))


OPTIONS = [
    (name, *path, option.opts[-1])
    for name in COMMANDS
    for path, command in _commands(name)
    for option in command.params
    if option.param_type_name == "option" and not option.is_flag
]


@pytest.mark.parametrize("line", OPTIONS, ids=" ".join)
def test_no_value_of_an_option_is_repeated_as_it_was_typed(spare: Team, line: tuple[str, ...]) -> None:
    harmless(spare.run(*line, TEXT))


def test_a_product_of_hostile_notes_gets_another_name_without_harm(own: Team) -> None:
    own.repo.git("stash", "-q", "--include-untracked")
    result = harmless(own.run("product", "mv", "reseller-portal", "other", "--title", TEXT))
    assert result.code == 0, result.stderr


def test_what_a_remote_says_is_cleaned(own: Team) -> None:
    own.run("save")
    assert harmless(own.run("sync")).code == 0
    hook = remote_of(own) / "hooks" / "pre-receive"
    hook.write_bytes(hook.read_bytes() + b"exit 1\n")
    own.repo.commit({"plan.txt": "x"})
    refused = harmless(own.run("sync"))
    assert refused.code
    assert "remote says" in refused.stderr
    own.repo.git("remote", "set-url", "origin", f"/nowhere/{SIGNS}.git")
    for line in (("sync",), ("stats", "--fetch")):
        assert "nowhere" in harmless(own.run(*line)).stderr


def test_what_is_written_into_history_holds_no_sign_that_acts(own: Team) -> None:
    own.run("new", "reseller-portal", f"Other {TEXT}", "--no-edit", "--commit", "--observe", f"pain: {TEXT}")
    assert own.subject().startswith("Interview: Other")
    assert not FORBIDDEN.search(own.repo.git("log", "-1", "--format=%B"))


def test_a_real_terminal_is_not_steered(own: Team) -> None:
    for line in (["list"], ["search", "pain"], ["show", ACME]):
        shown = COLOUR.sub("", own.on_terminal(*line, columns=70))
        assert "Acme" in shown
        assert not FORBIDDEN.search(shown)


def test_what_a_hook_says_is_cleaned(own: Team) -> None:
    own.repo.hook("pre-commit", f"printf '%s\\n' 'no: {SIGNS}' '{LINE}' >&2; exit 1")
    result = harmless(own.run("save", ACME))
    assert result.code == 1
    assert "no: " in result.stderr


@pytest.mark.parametrize("settings", [f"{TEXT!r}", f"{quoted(TEXT)}: [", f"goal: {quoted(TEXT)}", f"root: {quoted(TEXT)}",
                                      f"pms: {{{quoted(TEXT)}: {quoted(TEXT)}}}", f"away: [{quoted(TEXT)}]"])  # fmt: skip
def test_settings_that_cannot_be_used_are_told_without_harm(own: Team, settings: str) -> None:
    own.repo.write({"ilog.yaml": settings})
    for line in ((), ("list",), ("stats", "--json"), ("check",), ("away", "eve", "W50")):
        harmless(own.run(*line))


def test_a_note_that_git_is_told_to_ignore_is_refused_without_harm(own: Team) -> None:
    own.repo.write({".gitignore": "*[.\x1b\x07\u202e]md\n"})
    result = harmless(own.run("new", "reseller-portal", "Ignored", "--no-edit", "--commit"))
    assert "ignored by" in result.stderr


def test_what_the_environment_and_the_personal_file_say_is_told_without_harm(own: Team, tmp_path: Path) -> None:
    mine = tmp_path / "home" / "ilog" / "config.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text(
        f"{quoted(TEXT)}: x\npush: {quoted(TEXT)}\neditor: {quoted(TEXT)}\nformat: {quoted(TEXT)}\n", "utf-8"
    )
    around = {"XDG_CONFIG_HOME": str(tmp_path / "home"), "ILOG_COMMIT": TEXT, "EDITOR": TEXT, "LANG": TEXT}
    for line in (("summary",), ("save", ACME), ("new", "reseller-portal", "Mine", "--edit")):
        harmless(own.run(*line, edit=typing(), **around))
    harmless(own.run("list", ILOG_REPO=f"/nowhere/{TEXT}"))


def test_what_must_not_enter_git_is_told_without_harm(own: Team) -> None:
    own.repo.write({"people.yaml": f"P1: {quoted('Zoe ' + SIGNS)}\n{quoted(TEXT)}: [{quoted(TEXT)}]\n", ".gitignore": "people.yaml\n",
                    "message": f"{TEXT}\n\nask zoe@somewhere.example {SIGNS}\n"})  # fmt: skip
    (own.top / "people.yaml").chmod(0o600)
    for line in (("check",), ("check", "--message", f"no{TEXT}"), ("redact", "P1", "--in", ACME, "--yes")):
        harmless(own.run(*line))
    found = harmless(own.run("check", "--message", "message"))
    assert (found.code, "leak-email" in found.stdout, "zoe@" in found.stdout) == (1, True, False)


def test_words_that_are_no_utf8_are_refused_without_harm(own: Team) -> None:
    result = harmless(own.process("show", b"\xff\x1b[2J\x9b31m"))
    assert result.code == 2


@pytest.mark.parametrize(
    "words", ["ilog show ", "ilog list --product ", "ilog list --pm ", "ilog new ", "ilog template show "]
)
def test_a_shell_is_offered_no_hostile_name(own: Team, words: str) -> None:
    around = {"_ILOG_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
    offered = own.process(**around).stdout
    assert not FORBIDDEN.search(offered)
    assert not re.search(r"[^\w./@+\n-]", offered)
