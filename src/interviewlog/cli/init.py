"""`ilog init`: make a folder ready for a team's notes."""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from interviewlog import address, charter
from interviewlog.charter import Charter
from interviewlog.cli import founding, home
from interviewlog.cli.session import Session, current
from interviewlog.config import DEFAULT_ROOT, FILE_NAME, Config
from interviewlog.settings import parse_config
from interviewlog.store import folder as folders
from interviewlog.store import foundation
from interviewlog.store.foundation import Ground, Laid
from interviewlog.store.git import Git
from interviewlog.weeks import Week

EXAMPLES = [
    "ilog init",
    f'ilog init interviews --pm "{charter.PM_EXAMPLE}" --product reseller-portal',
    'ilog init --pm "dev=Dev Patel <dev@example.com>"    later, to add somebody',
    "ilog init --hooks    to have every commit checked, whatever git client makes it",
]


def command(
    ctx: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="[DIR]", help="The folder; else the one you are in.")] = "",
    pm: Annotated[list[str] | None, typer.Option("--pm", metavar="H=NAME <MAIL>", help="A product manager.")] = None,
    product: Annotated[list[str] | None, typer.Option("--product", metavar="SLUG[=TITLE]", help="A product.")] = None,
    segment: Annotated[list[str] | None, typer.Option("--segment", help="A kind of customers.")] = None,
    own_domain: Annotated[list[str] | None, typer.Option("--own-domain", help="A mail domain of your own.")] = None,
    own_company: Annotated[list[str] | None, typer.Option("--own-company", help="A name of your company.")] = None,
    root: Annotated[str, typer.Option("--root", metavar="PATH", help=f"Where notes live: {DEFAULT_ROOT}.")] = "",
    hooks: Annotated[
        bool | None, typer.Option("--hooks/--no-hooks", help="Have git ask ilog before each commit, or no longer.")
    ] = None,
) -> None:
    """Make a folder ready for a team's notes: a git repository with ilog.yaml, .gitattributes, .gitignore and the root.

    A repository that is there already is adopted: only these files are committed, whatever else is staged or
    changed. On a terminal it asks who the PMs are and which products there are, unless flags say so. Run it
    again to add PMs and products; what is there already is left as it is.

    With --hooks, git has each commit checked for personal data, secrets and notes that cannot be read: see ilog check
    --staged. Hooks are yours alone, so everybody types it once. In a folder that is ready it does only that.
    """
    session = current(ctx)
    wanted = _wanted(pm or [], product or [], segment or [], charter.read_root(root) if root else "")
    wanted = replace(wanted, own_domains=tuple(own_domain or ()), own_companies=tuple(own_company or ()))
    path = session.start / Path(directory or ctx.meta.get("ilog.repo", "")).expanduser()
    ready = foundation.ready(path, must_be=hooks is False) if hooks is not None and wanted == Charter(root="") else None
    if ready:
        _hook(session, ready, wanted=hooks)
        return
    ground = foundation.survey(path)
    if session.ask and wanted == Charter(root="") and not ground.config_text:
        wanted = founding.ask(session, ground.author, ground.email)
    git = ground.git or _made(session, ground)
    laid = _laid(session, git, ground, wanted)
    _say(session, git, ground, laid)
    _hook(session, git, wanted=hooks, is_new=bool(laid.committed))


def _hook(session: Session, git: Git, *, wanted: bool | None, is_new: bool = False) -> None:
    """Say where the folder is, and install the hooks, take them out, or say of a new folder how to install them."""
    from interviewlog.cli import hooking

    if is_new and wanted is None:
        hooking.offer(session, git)
    session.answer_path(str(git.top))
    if wanted is not None:
        hooking.put(session, git, wanted=wanted, may_fail=is_new)


def _wanted(pms: list[str], products: list[str], segments: list[str], root: str) -> Charter:
    members: list[charter.Member] = []
    for text in pms:
        members.append(charter.read_member(text, [member.handle for member in members]))
    return Charter(
        root=root,
        members=tuple(members),
        products=tuple(charter.read_product(text) for text in products),
        segments=tuple(charter.read_segment(text) for text in segments),
    )


def _made(session: Session, ground: Ground) -> Git:
    from interviewlog.store import repo

    git = repo.init(ground.path)
    session.say(f"made a git repository: {git.top}")
    return git


def _laid(session: Session, git: Git, ground: Ground, wanted: Charter) -> Laid:
    """Write what is missing, commit it, and say what was left."""
    url = (git.try_read("remote", "get-url", "origin") or b"").decode("utf-8", "replace").strip()
    wanted = replace(wanted, web=address.web_link(url, git.branch() or "main"))
    if not ground.config_text:
        wanted = replace(wanted, root=wanted.root or DEFAULT_ROOT)
        # Who takes over a folder that holds notes already has conversations to show for the weeks before.
        is_new = not folders.Folder(git, Config(root=wanted.root)).work_tree_notes()
        since = Week.of(session.today()).monday if is_new else None
        text, subject = charter.new_text(replace(wanted, since=since)), "Set up ilog"
        return foundation.lay(git, foundation.files(git, wanted.root, text), subject)
    root = parse_config(ground.config_text).root
    if wanted.root not in {"", root}:
        session.warn(f"left as it is: root: {root} in {FILE_NAME}; notes would have to move with it")
    text, added = charter.extended(ground.config_text, replace(wanted, since=session.today()))
    if added:
        session.say(f"added to {FILE_NAME}: {', '.join(added)}")
    subject = f"Add to {FILE_NAME}: {', '.join(added)}" if added else "Set up ilog"
    return foundation.lay(git, foundation.files(git, root, text), subject)


def _say(session: Session, git: Git, ground: Ground, laid: Laid) -> None:
    """Say what was done, which folder commands will use from now on, and what to type next."""
    if laid.committed:
        session.say(f"committed: {', '.join(laid.committed)}")
    for path in laid.left:
        session.warn(f"changed, but not committed, for it holds changes of yours: {path}", f"next: git commit {path}")
    is_found = home.keep(session, git.top, only_if_none=True)
    if not laid.committed and not laid.left:
        session.say(f"nothing to do, {git.top} is ready")
        return
    config = folders.open_folder(git).config
    product = next(iter(config.products), "PRODUCT")
    first = "" if is_found or session.start.is_relative_to(git.top) else f"cd {shlex.quote(str(git.top))} && "
    session.say(f'next: {first}ilog new {product} "Acme Freight"')
    if not ground.git or not git.read("remote"):
        session.say("to share it: git remote add origin URL, then ilog sync; colleagues type: ilog join URL")
    elif not git.upstream_state() or laid.committed:
        session.say("to share it: ilog sync; colleagues type: ilog join URL")
