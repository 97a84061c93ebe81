"""Options that several commands share, and the completion of their values."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from interviewlog.errors import Code, IlogError
from interviewlog.fields import CONSENTS, OUTCOMES, RELATIONSHIPS, ROLES, SOURCES, TYPES, VIAS
from interviewlog.nearest import nearest


def _starting(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def offering(words: Iterable[str]) -> Any:
    """Give a completion that offers these words."""
    known = tuple(words)

    def complete(incomplete: str) -> list[str]:
        return _starting(known, incomplete)

    return complete


def complete_products(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete product slugs from the roster of products and the folders that exist."""
    from interviewlog.cli.completing import products

    return _starting(products(ctx), incomplete)


def complete_customers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete customer slugs from the names of notes, of the product named before if there is one."""
    from interviewlog.cli.completing import customers

    return _starting(customers(ctx, incomplete.lower()), incomplete.lower())


def complete_products_or_customers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the first word of `ilog new`: a product, or a customer where the product is understood."""
    from interviewlog.cli.completing import products_and_customers

    return _starting(products_and_customers(ctx, incomplete), incomplete)


def complete_pms(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete roster handles."""
    from interviewlog.cli.completing import pms

    return _starting(pms(ctx), incomplete)


def complete_segments(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the segments of `ilog.yaml`."""
    from interviewlog.cli.completing import segments

    return _starting(segments(ctx), incomplete)


def complete_notes(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the ends of note paths, which name a note well enough, or whole paths for who begins to type one."""
    from interviewlog.cli.completing import notes

    paths = notes(ctx, incomplete)
    if not incomplete or "/" in incomplete:
        ends = {} if incomplete else {path.rpartition("/")[2].removesuffix(".md"): None for path in paths}
        return list(ends) or _starting(paths, incomplete)
    return _starting([*(path.rpartition("/")[2].removesuffix(".md") for path in paths), *paths], incomplete)


def complete_places(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete notes, and the folders of products."""
    from interviewlog.cli.completing import folders

    return [*_starting(folders(ctx, incomplete), incomplete), *complete_notes(ctx, incomplete)]


def complete_redactable(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete what can be redacted: a customer, all of whose notes are meant, or a note."""
    return list(dict.fromkeys([*complete_customers(ctx, incomplete), *complete_notes(ctx, incomplete)]))


def complete_templates(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete template names, the team's and the shipped ones."""
    from interviewlog.cli.completing import templates

    return _starting(templates(ctx), incomplete)


def complete_assignments(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete `KEY=`, and then the values that are known of a field; of a list the last item."""
    from interviewlog.cli.completing import known_values
    from interviewlog.fields import FIELDS

    key, equals, text = incomplete.partition("=")
    if not equals:
        names = [f"{name}=" for name in FIELDS if name.startswith(key)]
        return (
            names if len(names) > 1 else [found for name in names for found in complete_assignments(ctx, name)] or names
        )
    items, comma, last = text.rpartition(",")
    return [f"{key}={items}{comma}{word}" for word in _starting(known_values(ctx, key), last)]


NotesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[NOTE]...", autocompletion=complete_notes, help="Paths of notes.")
]
NoteArgument = Annotated[
    str, typer.Argument(metavar="NOTE", autocompletion=complete_notes, help="Path of a note, or the end of one.")
]
ProductOption = Annotated[
    list[str] | None, typer.Option("--product", autocompletion=complete_products, help="Only this product.")
]
CustomerOption = Annotated[
    list[str] | None, typer.Option("--customer", autocompletion=complete_customers, help="Only this customer.")
]
PmOption = Annotated[
    list[str] | None, typer.Option("--pm", autocompletion=complete_pms, help="Only this PM: handle or e-mail.")
]
TypeOption = Annotated[
    list[str] | None, typer.Option("--type", autocompletion=offering(TYPES), help="Only this type of note.")
]
SegmentOption = Annotated[
    list[str] | None, typer.Option("--segment", autocompletion=complete_segments, help="Only this segment.")
]
TagOption = Annotated[list[str] | None, typer.Option("--tag", help="Only notes with an observation tagged so.")]
SinceOption = Annotated[str, typer.Option("--since", metavar="DAY", help="From this day or week on: 2w, 2026-W40.")]
UntilOption = Annotated[str, typer.Option("--until", metavar="DAY", help="Up to this day or week.")]
WeekOption = Annotated[str, typer.Option("--week", metavar="WEEK", help="In this week: this, last, 2026-W47.")]
LastOption = Annotated[int, typer.Option("--last", metavar="N", min=0, help="The N latest only.")]
CommittedOption = Annotated[
    bool, typer.Option("--no-uncommitted", help="Only what is committed: faster in a huge folder.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def format_option(*formats: str) -> Any:
    """Give the --format option of a command that knows these formats; "" leaves the choice to the command."""
    return typer.Option("--format", metavar="|".join(formats), autocompletion=offering(formats), help="How to print.")


COMPLETE_TYPE = offering(TYPES)
COMPLETE_RELATIONSHIP = offering(RELATIONSHIPS)
COMPLETE_ROLE = offering(ROLES)
COMPLETE_SOURCE = offering(SOURCES)
COMPLETE_CONSENT = offering(CONSENTS)
COMPLETE_OUTCOME = offering(OUTCOMES)
COMPLETE_VIA = offering(VIAS)


def one_of(flag: str, word: str, known: tuple[str, ...]) -> str:
    """Check a flag's word against those it knows; raises IlogError (usage) with "did you mean"."""
    if word in known:
        return word
    near = nearest(word, known)
    hint = f"{flag} {near}" if near else f"{flag} takes one of {', '.join(known)}"
    raise IlogError(f"{flag}: {word} is not known", hint=hint, code=Code.USAGE)


def past_day(word: str, today: date) -> date:
    """Read the day of a call for `--date`; raises IlogError (usage) for one that is still to come, or long ago."""
    from interviewlog.weeks import EARLIEST, parse_day

    day = parse_day(word, today)
    if day > today:
        raise IlogError(f"--date: {day} is still to come", hint="log the call when it has happened", code=Code.USAGE)
    if day < EARLIEST:
        raise IlogError(f"--date: {day} is before {EARLIEST.year}", hint=f"--date {today}", code=Code.USAGE)
    return day
