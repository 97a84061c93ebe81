"""Values for shell completion. A completion never fails and never reads more than names."""

import re
from collections.abc import Callable
from functools import wraps

import typer

from interviewlog.cli.session import current
from interviewlog.store import names

# Typer's script for zsh hands what is offered to `eval`, and a name comes from whoever wrote to the repository.
_HARMLESS = re.compile(r"\w[\w./@+-]*")
_Find = Callable[[typer.Context, str], list[str]]


def _quietly(find: _Find) -> Callable[..., list[str]]:
    """Offer nothing that a shell could run, and nothing at all without a folder: the command itself will say why."""

    @wraps(find)
    def found(ctx: typer.Context, begun: str = "") -> list[str]:
        try:
            return [word for word in dict.fromkeys(find(ctx, begun)) if _HARMLESS.fullmatch(word)]
        except Exception:  # noqa: BLE001 - an error text would be taken for a completion
            return []

    return found


@_quietly
def products(ctx: typer.Context, _begun: str) -> list[str]:
    return current(ctx).folder.products()


@_quietly
def customers(ctx: typer.Context, begun: str) -> list[str]:
    named = ctx.params.get("product") or ""
    return names.customers(current(ctx).folder, named if isinstance(named, str) else "", begun)


@_quietly
def products_and_customers(ctx: typer.Context, begun: str) -> list[str]:
    folder = current(ctx).folder
    return [*folder.products(), *names.customers(folder, "", begun)]


@_quietly
def pms(ctx: typer.Context, _begun: str) -> list[str]:
    return list(current(ctx).config.pms)


@_quietly
def segments(ctx: typer.Context, _begun: str) -> list[str]:
    return list(current(ctx).config.segments)


@_quietly
def known_values(ctx: typer.Context, key: str) -> list[str]:
    from interviewlog.fields import FIELDS

    field, config = FIELDS[key], current(ctx).config
    listed = {"pm": config.pms, "segments": config.segments, "hypotheses": config.hypotheses}
    if key in {"product", "also_products"}:
        return current(ctx).folder.products()
    return [*field.choices, *listed.get(key, ())]


@_quietly
def notes(ctx: typer.Context, begun: str) -> list[str]:
    return names.notes(current(ctx).folder, begun)


@_quietly
def folders(ctx: typer.Context, _begun: str) -> list[str]:
    folder = current(ctx).folder
    return [f"{folder.root}/{product}" for product in folder.products()]


@_quietly
def templates(ctx: typer.Context, _begun: str) -> list[str]:
    from interviewlog.store import templates as shipped

    return [each.name for each in shipped.names(current(ctx).folder.templates)]
