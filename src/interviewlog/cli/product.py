"""`ilog product`: the products that conversations are about."""

from typing import Annotated

import typer

from interviewlog.cli.options import complete_products
from interviewlog.cli.session import current

EXAMPLES = [
    "ilog product mv partner-portal reseller-portal",
    'ilog product mv checkout pay --title "Pay & go"',
]
app = typer.Typer(invoke_without_command=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def top(ctx: typer.Context) -> None:
    """List products, and give one another name."""
    if ctx.invoked_subcommand is None:
        list_(ctx)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List the products: of ilog.yaml, and those that only have a directory of notes."""
    from interviewlog.render import products

    session = current(ctx)
    session.answer(products.table(session.folder.products(), session.config))


@app.command(epilog="\b\nExamples:\n" + "\n".join(f"  {line}" for line in EXAMPLES))
def mv(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", autocompletion=complete_products, help="The slug it has now.")],
    new: Annotated[str, typer.Argument(metavar="NEW", autocompletion=complete_products, help="The slug it gets.")],
    title: Annotated[str, typer.Option("--title", metavar="TITLE", help="What people call it from now on.")] = "",
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share it at once.")] = None,
) -> None:
    """Give a product another slug: its notes move, their fields and ilog.yaml follow, all in one commit.

    Old links, selectors and counts go on working, for ilog.yaml remembers what the product was. Where NEW has notes
    already, both become one product.
    """
    from interviewlog.cli import aftercall, reshelving

    session = current(ctx)
    aftercall.refuse_bare(session)
    if reshelving.reshelve(session, reshelving.renaming(session, old, new, title)):
        aftercall.share(session, push=push)
