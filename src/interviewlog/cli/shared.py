"""The options that every command has: which folder, colour, quiet. Light, for `--help` loads them."""

import copy
from collections.abc import Iterable
from typing import Annotated, Any

import typer


def _remember(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Keep a shared option's value where the session finds it, wherever on the line it stood."""
    if value:
        ctx.meta[f"ilog.{param.name}"] = value
    return value


def tell_version(asked: bool) -> None:
    """Print the version and end, when asked to."""
    if asked:
        from interviewlog import __version__

        typer.echo(f"ilog {__version__}")
        raise typer.Exit


RepoOption = Annotated[
    str,
    typer.Option("--repo", metavar="DIR", callback=_remember, help="The folder of notes; else it is looked for."),
]
NoColorOption = Annotated[bool, typer.Option("--no-color", callback=_remember, help="No colour.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", callback=_remember, help="Only the answer.")]

_SHARED = ("repo", "no_color", "quiet")


def shared_options(params: Iterable[Any]) -> list[Any]:
    """Give copies of the top's shared options for a command, so that they may stand after its name too."""
    shared = [copy.copy(param) for param in params if param.name in _SHARED]
    for param in shared:
        param.expose_value = False
    return shared
