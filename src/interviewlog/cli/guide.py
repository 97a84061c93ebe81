"""`ilog guide`: the interview basics."""

import sys

import typer

from interviewlog.cli.session import current
from interviewlog.store.shipped import guide

EXAMPLES = ["ilog guide", "ilog guide | less"]


def command(ctx: typer.Context) -> None:
    """Print the basics of a good interview: one page, as Markdown when piped."""
    session = current(ctx)
    text = guide()
    if not session.width:
        session.answer(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(file=sys.stdout, width=min(session.width, 88), no_color=not session.has_colour)
    console.print(Markdown(text))
