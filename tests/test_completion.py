"""Completion in bash, zsh and fish: of commands, options and values, and never an error text."""

import os
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

from cli import CONFIG, ILOG, ROOT, Team
from interviewlog.selection import Selection
from interviewlog.store import folder as folders
from interviewlog.store import index, names


def completed(team: Team, line: str, shell: str = "bash", **environ: str) -> list[str]:
    """Give what the shell would be offered at the end of a line."""
    words = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - (not line.endswith(" ")))},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = team.process(_ILOG_COMPLETE=f"complete_{shell}", **words, **environ)
    assert (done.code, done.stderr) == (0, "")
    return [word for word in done.stdout.split("\n") if word]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ilog s", ["save", "sync", "summary", "show", "search", "stats"]),
        ("ilog new ", ["reseller-portal", "checkout", "acme-freight", "barenstark-sohne", "globex", "hooli"]),
        ("ilog new checkout ", ["globex", "hooli", "initech"]),
        ("ilog new checkout g", ["globex"]),
        ("ilog new --type ", ["learning", "win-loss", "site-visit", "support-listen", "sales"]),
        ("ilog new --pm ", ["caroline", "dev", "eve"]),
        ("ilog new --with d", ["dev"]),
        ("ilog new --segment ", ["enterprise", "mid-market", "smb"]),
        ("ilog new --relationship p", ["prospect", "partner"]),
        ("ilog new --role u", ["user"]),
        ("ilog new --outcome lost", ["lost-competitor", "lost-no-decision"]),
        ("ilog new --consent q", ["quotes"]),
        ("ilog new --template s", ["site-visit", "support-listen", "sales"]),
        ("ilog new --te", ["--template"]),
        ("ilog show acme", ["acme-freight-2026-11-10", "acme-freight-2026-11-18"]),
        ("ilog edit globex-", ["globex-2026-11-12"]),
        (f"ilog why {ROOT}/checkout/gl", [f"{ROOT}/checkout/globex-2026-11-12.md"]),
        ("ilog summary soy", ["soylent-2026-11-19"]),
        ("ilog list --product ", ["reseller-portal", "checkout"]),
        ("ilog list --customer ba", ["barenstark-sohne"]),
        ("ilog search sso --product ", ["reseller-portal", "checkout"]),
        ("ilog search --pm ", ["caroline", "dev", "eve"]),
        ("ilog search sso --format ", ["table", "paths", "json"]),
        ("ilog stats --format ", ["table", "markdown", "slack", "csv", "json"]),
        ("ilog stats --by ", ["pm", "product", "segment", "type", "relationship"]),
        ("ilog stats --basis ", ["calls", "commits"]),
        ("ilog summary --for ", ["team", "execs"]),
        ("ilog template ", ["list", "show", "new"]),
        ("ilog template show w", ["win-loss"]),
        ("ilog edit globex-2026-11-12 --set t", ["type=", "tldr="]),
        ("ilog edit globex-2026-11-12 --set sou", ["source=direct", "source=second-hand"]),
        ("ilog edit globex-2026-11-12 --set type=s", ["type=site-visit", "type=support-listen", "type=sales"]),
        ("ilog edit globex-2026-11-12 --set pm=caroline,d", ["pm=caroline,dev"]),
        ("ilog edit globex-2026-11-12 --set segments=", ["segments=enterprise", "segments=mid-market", "segments=smb"]),
        ("ilog edit globex-2026-11-12 --set also_products=c", ["also_products=checkout"]),
        ("ilog edit globex-2026-11-12 --set nonsense=", []),
        ("ilog mv globex-2026-11-12 --product ", ["reseller-portal", "checkout"]),
        ("ilog mv globex-2026-11-12 --customer ba", ["barenstark-sohne"]),
        ("ilog fmt globex-", ["globex-2026-11-12"]),
        ("ilog product ", ["list", "mv"]),
        ("ilog product mv ch", ["checkout"]),
    ],
)
def test_what_exists_is_offered(shelf, line, offered):
    found = completed(shelf, line)
    assert found == offered or set(offered) <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("line", ["ilog new checkout ", "ilog stat"])
def test_every_shell_is_offered_the_same(shelf, line):
    wanted = completed(shelf, line)
    assert completed(shelf, line, "fish") == wanted
    (first, *others) = completed(shelf, line, "zsh")
    shown = [word.strip("\"')") for word in [first.partition(":((")[2], *others]]
    assert [word for word in shown if word] == wanted


def test_another_folder_on_the_line_is_where_it_looks(shelf, team):
    team.note("Elsewhere")
    assert completed(shelf, f"ilog --repo {team.top} new reseller-portal ") == ["elsewhere"]
    assert completed(shelf, "ilog new reseller-portal ", ILOG_REPO=str(team.top)) == ["elsewhere"]


@pytest.mark.parametrize("line", ["ilog new ", "ilog list --pm "])
def test_where_there_is_nothing_to_offer_nothing_is_said(team, tmp_path, line):
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    away = Team.start(tmp_path / "broken")
    away.repo.write({"ilog.yaml": "pms: ["})
    settings = tmp_path / "settings" / "ilog"
    settings.mkdir(parents=True)
    (settings / "config.yaml").write_text("push: sometimes\n", encoding="utf-8")
    assert completed(away, line) == []
    for place in (nowhere, team.top):
        environ = {"_ILOG_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()))}
        done = team.process(cwd=place, XDG_CONFIG_HOME=str(settings.parent), **environ)
        assert (done.code, done.stderr) == (0, "")
    assert "list" in completed(team, "ilog nosuch ")


def test_a_bare_repository_offers_its_products_and_people(shelf, tmp_path):
    shelf.repo.git("clone", "-q", "--bare", str(shelf.top), str(tmp_path / "bare.git"))
    bare = str(tmp_path / "bare.git")
    assert completed(shelf, f"ilog --repo {bare} list --pm ") == ["caroline", "dev", "eve"]


def test_hostile_names_cannot_type_for_you(team):
    team.repo.write({f"{ROOT}/checkout/$(touch x)-2026-11-16.md": "x", f"{ROOT}/checkout/a\x1b[31m-2026-11-16.md": "x",
                     f"{ROOT}/checkout/b\nc-2026-11-16.md": "x"})  # fmt: skip
    for line in ("ilog new checkout ", "ilog show "):
        assert completed(team, line) == []


# The shells themselves


def shell(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not here")
    return found


def environment(team: Team) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{Path(ILOG).parent}:{os.environ['PATH']}",
        "TERM": "vt100",
        "PS1": "% ",
        "ZDOTDIR": str(team.top),
    }


SETUP = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
}


@pytest.mark.parametrize("name", SETUP)
def test_tab_completes_in_a_real_shell(shelf, name):
    child = pexpect.spawn(shell(name), SETUP[name], cwd=str(shelf.top), env=environment(shelf), encoding="utf-8", timeout=20,
                          dimensions=(24, 200))  # fmt: skip
    if name == "zsh":
        child.sendline("autoload -Uz compinit; compinit -u -D")
    child.sendline('eval "$(ilog --show-completion)"; echo rea""dy')
    child.expect("ready")
    for typed, wanted in {
        "ilog stat\t--by prod\t": "ilog stats --by product",
        "ilog new checkout ini\t": "ilog new checkout initech",
        "ilog show globex\t": "ilog show globex-2026-11-12",
        "ilog edit x --set type=le\t": "ilog edit x --set type=learning",
        "ilog edit x --set segments=smb,mid\t": "ilog edit x --set segments=smb,mid-market",
    }.items():
        child.send(typed)
        child.send("\x01echo this: \r")
        child.expect(f"[\r\n]this: {wanted} *\r")
    child.send("exit\r")
    child.expect(pexpect.EOF)
    child.close()


def test_fish_completes(shelf):
    script = 'ilog --show-completion | source; complete -C "ilog new checkout ini"; complete -C "ilog stats --by prod"'
    done = subprocess.run([shell("fish"), "--no-config", "-c", script], cwd=shelf.top, env=environment(shelf), capture_output=True,
                          text=True, timeout=30, check=False)  # fmt: skip
    assert done.stdout.split() == ["initech", "product"], done


def test_it_offers_the_products_of_a_folder_without_notes(tmp_path):
    team = Team.start(tmp_path / "notes", CONFIG)
    assert completed(team, "ilog new ") == ["reseller-portal", "checkout"]
    assert completed(team, "ilog show ") == []


def test_a_large_folder_is_asked_by_its_index_for_what_was_begun(team):
    acme, globex = team.note("Acme Freight"), team.note("Globex", "2026-11-10", product="checkout")
    team.note("Acme Freight", "2026-11-03")
    folder = folders.find(team.top, "")
    index.paths(folder, Selection())
    file = folder.git.common_dir / "ilog" / "index.sqlite3"
    stamp = file.with_suffix(".stamp")
    with file.open("r+b") as grown:  # as large as that of thousands of notes: SQLite minds no empty end
        grown.truncate(64 * 1024 * 1024)
    stamp.write_text(f"{stamp.read_text().rsplit(' ', 2)[0]} {file.stat().st_size} {file.stat().st_mtime_ns}")
    draft = team.draft("Initech")

    assert draft not in names.notes(folder, "")
    assert sorted(names.notes(folder, "")) == sorted(index.paths_at(folder, team.repo.head))
    assert names.customers(folder, "", "") == ["acme-freight", "globex"]
    assert names.customers(folder, "checkout", "g") == ["globex"]
    assert names.customers(folder, "checkout", "a") == []
    stem = acme.rpartition("/")[2].removesuffix(".md")
    for begun in ("acm", stem, stem[:-2], acme[:-4]):
        found = names.notes(folder, begun)
        assert (acme in found, globex in found) == (True, False), begun
    file.write_bytes(b"damaged")
    assert draft in names.notes(folder, "")
