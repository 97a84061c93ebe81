"""A folder in which everything that can hold a text holds one that means harm: notes, names, history, settings."""

import shutil
import sys
from pathlib import Path

from cli import ROOT, Team
from interviewlog.draft import draft, quoted

LINE = "INJECTED"
"""Stands at the beginning of a line of its own in every text below: no answer may have a line that begins so."""

CALLS = "<!channel> <!here|x> @here @Everyone <@U1> <https://evil.example|ok> [ok](https://evil.example) *b* _i_ ~s~ `c` | <b>x</b>"
SIGNS = "\x1b[2J\x1b]0;t\x07\x08\x7f\x9b31m\u202e\u2066\u200b\u200d\ufeff\u2028\u0085\U000e0041"
TEXT = f"=1+1{SIGNS}\r\n{LINE}\t{CALLS}"
NAMED = TEXT.replace("/", ":")  # a file's name holds anything but this, and bytes that are no UTF-8
BROKEN = "\udcff\udc9b31m"
WHO = f"=Eve {SIGNS}\t{CALLS}".replace("<", "(").replace(">", ")")  # git takes < > and line ends out of names
MAIL = "eve\x1b[2J\u202e\x9b@evil.example"
EVE = f"{WHO} <{MAIL}>"
BRANCH = "<!channel>-@here\u202e\u200b\x9b31m=1"

SETTINGS = f"""\
schema: 1
pms:
  caroline: {{name: {quoted(TEXT)}, emails: [caroline@example.com], products: [reseller-portal]}}
  {quoted("dev" + SIGNS)}: {{name: Dev Patel, emails: [{quoted(MAIL)}]}}
  eve: {{name: {quoted(WHO)}, away: [2026-W40..2026-W41]}}
products: {{reseller-portal: {{title: {quoted(TEXT)}}}, checkout: {{title: Checkout}}}}
segments: [enterprise, {quoted("smb")}]
own: {{domains: [example.com], companies: [{quoted(TEXT)}]}}
links: {{web: {quoted("https://git.example.com/" + SIGNS + "/{path}")}}}
hypotheses: {{h1: {quoted(TEXT)}}}
{quoted("unknown " + TEXT)}: x
goal: {{interviews: 1, {quoted(TEXT)}: 2}}
"""
ACME = f"{ROOT}/reseller-portal/acme-2026-11-18.md"
DRAFT = f"{ROOT}/reseller-portal/draft{NAMED}-2026-11-19.md"
GONE = f"{ROOT}/reseller-portal/gone{SIGNS}.md"
BODY = f"""\
# {CALLS}

- pain: {SIGNS} slow {CALLS} #sso !3 (P1)
  - quote: "{SIGNS} x" (P1)
- delight: {SIGNS} fast {CALLS}
- pian: {SIGNS}
- [ ] call {SIGNS} again
<!-- {SIGNS}
"""


def note(customer: str = f"Acme {TEXT}", day: str = "2026-11-18", body: str = BODY, **fields: str | list[str]) -> bytes:
    """Give a note that can be read and says nothing harmless but its day."""
    said = {
        "date": day, "product": "reseller-portal", "customer": customer, "pm": ["caroline", f"x{TEXT}"], "type": "learning",
        "relationship": TEXT, "segments": [TEXT], "participants": [TEXT], "consent": "quotes", "retain_until": "2026-01-01", "tldr": TEXT, "nugget": TEXT,
        "crm": TEXT, TEXT: TEXT,
    }  # fmt: skip
    return draft({**said, **fields}, body).encode()


NOTES: dict[str, bytes] = {
    ACME: note(),
    f"{ROOT}/reseller-portal/acme-2026-11-10.md": note(day="2026-11-10", pm=f"x{TEXT}", type="win-loss"),
    f"{ROOT}/reseller-portal/{NAMED}-2026-11-11.md": note(day="2026-11-11", customer="Globex"),
    f"{ROOT}/reseller-portal/{BROKEN}.md": note(day="2026-11-12"),
    f"{ROOT}/{NAMED}/hooli-2026-11-12.md": note("Hooli", "2026-11-12", pm=MAIL, segments=["smb"]),
    f"{ROOT}/reseller-portal/nobody-2026-11-13.md": note(
        "Nobody", "2026-11-13", pm="", tldr="", nugget="", type="sales"
    ),
    f"{ROOT}/reseller-portal/unreadable-2026-11-12.md": f"---\ndate: 2026-11-12\n{quoted(TEXT)}: @{CALLS}\n---\n".encode(),
    f"{ROOT}/reseller-portal/twice-2026-11-12.md": f"---\n{quoted(TEXT)}: 1\n{quoted(TEXT)}: 2\n---\n".encode(),
    f"{ROOT}/reseller-portal/day-2026-11-12.md": f"---\ndate: {quoted(TEXT)}\ncustomer: x\ntype: {quoted(TEXT)}\n---\n".encode(),
    f"{ROOT}/reseller-portal/{NAMED}-unreadable.md": b"---\n" + TEXT.encode() + b"\n---\n",
    f"{ROOT}/{NAMED}.txt": b"x",
    f"templates/notes/{NAMED}.md": TEXT.encode(),
    "templates/notes/hostile.md": f"# {{{{ customer }}}} {TEXT}\n".encode(),
}


def start(top: Path) -> Team:
    """Make the folder, with its history, its remote and its drafts."""
    team = Team.start(top, SETTINGS)
    repo = team.repo
    shutil.rmtree(top / ".git" / "hooks")  # git's samples; the folder is copied often
    for number, (path, raw) in enumerate(NOTES.items()):
        if BROKEN not in path or sys.platform == "linux":  # elsewhere every name is UTF-8
            repo.commit({path: raw}, author=EVE, when=f"2026-11-19T1{number % 10}:00:00+0000", message=TEXT)
    repo.commit(
        {ACME: note(day="2026-11-17"), ".mailmap": f"Proper {WHO} <p{MAIL}> <{MAIL}>\n"}, author=EVE, message=TEXT
    )
    repo.commit({GONE: note("Gone", "2026-11-16")}, message=TEXT)
    repo.commit({GONE: None}, author=EVE, message=TEXT)
    _share(team)
    repo.write({DRAFT: note("Draft", "2026-11-19"), ACME: note(minutes="35")})
    (team.top / ROOT / "reseller-portal" / f"link{SIGNS}.md").symlink_to("/etc/hostname")
    return team


def _share(team: Team) -> None:
    """Give the folder a branch and a remote of hostile names, which speaks when somebody pushes."""
    bare = team.top.parent / f"bare{SIGNS}.git"
    team.repo.git("init", "-q", "--bare", "--template=", str(bare))
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_bytes(f"#!/bin/sh\nprintf '%s\\n' 'remote says {SIGNS}' '{LINE}' >&2\n".encode())
    hook.chmod(0o755)
    team.repo.git("checkout", "-q", "-b", BRANCH)
    team.repo.git("remote", "add", "origin", str(bare))
    team.repo.git("push", "-q", "-u", "origin", BRANCH)
