"""`ilog away`: weeks in which somebody, or everybody, has no goal."""

from typing import Annotated

import typer

from interviewlog.cli.options import JsonOption, complete_pms, format_option, one_of
from interviewlog.cli.session import Session, current
from interviewlog.errors import Code, IlogError

FORMATS = ("table", "json")
EXAMPLES = [
    "ilog away W52..W01              you, over the turn of the year",
    "ilog away caroline 2026-W33..2026-W34",
    "ilog away --everybody W52 W53",
    "ilog away caroline W34 --remove",
    "ilog away                       who is away when",
]


def command(
    ctx: typer.Context,
    pm: Annotated[
        str | None,
        typer.Argument(metavar="[PM]", autocompletion=complete_pms, help="Handle, e-mail or name; else it is you."),
    ] = None,
    weeks: Annotated[
        list[str] | None, typer.Argument(metavar="[WEEKS]...", help="W52, W52..W01, 2026-W52, this, next.")
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="Nobody has a goal then.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take weeks away again.")] = False,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit the change.")] = True,
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share it at once.")] = None,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """Record weeks in which you, a PM or everybody is away: they do not count against the goal.

    The weeks are added to ilog.yaml, where every other byte stays, and the file is committed. Without weeks it lists
    who is away when. A week without a year is this year's; next year's if that is half a year past.
    """
    from interviewlog.cli import absent

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "table", FORMATS)
    handle, words = absent.whose(session, [*([] if pm is None else [pm]), *(weeks or [])], everybody=everybody)
    if words:
        absent.record(session, handle or "", words, remove=remove, commit=commit, push=push, form=form)
    elif remove:
        raise IlogError("which weeks?", hint="ilog away W52..W53 --remove", code=Code.USAGE)
    else:
        _list(session, handle, form)


def _list(session: Session, handle: str | None, form: str) -> None:
    from interviewlog.render import absence, data
    from interviewlog.weeks import Week

    config = session.config
    handles = list(config.pms) if handle is None else [handle] if handle else []
    if form == "json":
        session.answer(data.dumps(absence.answer(config, handles)))
        return
    now = Week.of(session.today())
    found = absence.table(config, handles, now, columns=session.width, colour=session.has_colour)
    session.answer(found)
    if not found:
        session.say("no away weeks are recorded: ilog away W52..W53")
