"""`ilog template`: the templates that notes start from."""

from pathlib import Path
from typing import Annotated

import typer

from interviewlog.cli.options import complete_templates
from interviewlog.cli.session import Session, current
from interviewlog.errors import IlogError
from interviewlog.render.clean import clean_block
from interviewlog.render.grid import Cell, draw
from interviewlog.store import templates

app = typer.Typer(
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)
_Name = Annotated[str, typer.Argument(metavar="NAME", autocompletion=complete_templates, help="A template's name.")]


@app.callback()
def top(ctx: typer.Context) -> None:
    """List, show and make note templates. A team's own stand in templates/notes/ of its folder."""
    if ctx.invoked_subcommand is None:
        list_(ctx)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List the templates, the team's own and the shipped ones."""
    session = current(ctx)
    rows = [[Cell(each.name), Cell("team" if each.is_team else "shipped")] for each in templates.names(_team(session))]
    session.answer(draw(rows))


@app.command()
def show(ctx: typer.Context, name: _Name) -> None:
    """Print a template as it is."""
    session = current(ctx)
    session.answer(clean_block(templates.load(name, _team(session)).text))


@app.command()
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new template's name, a slug.")],
    like: Annotated[
        str, typer.Option("--from", autocompletion=complete_templates, help="The template to start from.")
    ] = "learning",
) -> None:
    """Copy a template into the team's folder, to be changed there; prints its path.

    A template named like a shipped one takes its place.
    """
    from interviewlog.cli.aftercall import refuse_bare

    session = current(ctx)
    refuse_bare(session)
    folder = session.folder
    path = templates.new(name, folder.top / "templates" / "notes", like)
    session.answer(str(path.relative_to(folder.top)))
    session.say(f"edit it, then: git add {path.relative_to(folder.top)} && git commit")


def _team(session: Session) -> Path | None:
    """Give the team's templates; outside any folder there are only the shipped ones."""
    try:
        return session.folder.templates
    except IlogError:
        return None
