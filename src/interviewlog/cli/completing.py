"""Values for shell completion. A completion never fails and never reads more than names."""

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING

import typer

from interviewlog.cli.session import current

if TYPE_CHECKING:
    from interviewlog.store.folder import Folder

# Typer's script for zsh hands what is offered to `eval`, and a name comes from whoever wrote to the repository.
_HARMLESS = re.compile(r"\w[\w./@+-]*")
_DATED = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}(?:-\d+)?\.md")


def _quietly(find: Callable[[typer.Context], list[str]]) -> Callable[[typer.Context], list[str]]:
    """Offer nothing that a shell could run, and nothing at all without a folder: the command itself will say why."""

    @wraps(find)
    def found(ctx: typer.Context) -> list[str]:
        try:
            return [word for word in dict.fromkeys(find(ctx)) if _HARMLESS.fullmatch(word)]
        except Exception:  # noqa: BLE001 - an error text would be taken for a completion
            return []

    return found


@_quietly
def products(ctx: typer.Context) -> list[str]:
    return current(ctx).folder.products()


@_quietly
def customers(ctx: typer.Context) -> list[str]:
    folder = current(ctx).folder
    named = ctx.params.get("product") or ""
    return _customers(folder, [named] if isinstance(named, str) and named in folder.products() else folder.products())


@_quietly
def products_and_customers(ctx: typer.Context) -> list[str]:
    folder = current(ctx).folder
    return [*folder.products(), *_customers(folder, folder.products())]


def _customers(folder: "Folder", within: Iterable[str]) -> list[str]:
    found = (_DATED.fullmatch(name) for product in within for name in folder.names_in(product))
    return sorted({match[1] for match in found if match})


@_quietly
def pms(ctx: typer.Context) -> list[str]:
    return list(current(ctx).config.pms)


@_quietly
def segments(ctx: typer.Context) -> list[str]:
    return list(current(ctx).config.segments)


@_quietly
def notes(ctx: typer.Context) -> list[str]:
    return current(ctx).folder.work_tree_notes()


@_quietly
def templates(ctx: typer.Context) -> list[str]:
    from interviewlog.store.templates import names

    return [each.name for each in names(current(ctx).folder.templates)]
