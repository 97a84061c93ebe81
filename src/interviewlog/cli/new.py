"""`ilog new`: a note for a call that has just ended."""

from typing import Annotated

import typer

from interviewlog.cli.options import (
    COMPLETE_CONSENT,
    COMPLETE_OUTCOME,
    COMPLETE_RELATIONSHIP,
    COMPLETE_ROLE,
    COMPLETE_SOURCE,
    COMPLETE_TYPE,
    COMPLETE_VIA,
    complete_customers,
    complete_pms,
    complete_products_or_customers,
    complete_segments,
    complete_templates,
)
from interviewlog.cli.session import current
from interviewlog.fields import CONSENTS, OUTCOMES, RELATIONSHIPS, ROLES, SOURCES, TYPES

EXAMPLES = [
    'ilog new reseller-portal "Acme Freight"',
    "ilog new --date yesterday --type win-loss --outcome won",
    'ilog new checkout Globex --no-edit --commit --observe "pain: two logins #sso !2"',
    '$EDITOR "$(ilog new checkout Globex --no-edit)"',
]


def command(
    ctx: typer.Context,
    product: Annotated[str, typer.Argument(metavar="[PRODUCT]", autocompletion=complete_products_or_customers)] = "",
    customer: Annotated[
        list[str] | None, typer.Argument(metavar="[CUSTOMER]", autocompletion=complete_customers)
    ] = None,
    type: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--type", "-t", metavar="TYPE", autocompletion=COMPLETE_TYPE, help=", ".join(TYPES))
    ] = "learning",
    day: Annotated[str, typer.Option("--date", "-d", metavar="DAY", help="The day of the call.")] = "today",
    pm: Annotated[str, typer.Option("--pm", autocompletion=complete_pms, help="Who led it; else you.")] = "",
    with_pm: Annotated[
        list[str] | None, typer.Option("--with", metavar="PM", autocompletion=complete_pms, help="A second PM.")
    ] = None,
    relationship: Annotated[
        str, typer.Option(autocompletion=COMPLETE_RELATIONSHIP, help=", ".join(RELATIONSHIPS))
    ] = "",
    role: Annotated[
        list[str] | None, typer.Option("--role", autocompletion=COMPLETE_ROLE, help=", ".join(ROLES))
    ] = None,
    source: Annotated[str, typer.Option(autocompletion=COMPLETE_SOURCE, help=", ".join(SOURCES))] = "",
    via: Annotated[str, typer.Option(autocompletion=COMPLETE_VIA, help="Who told you: second-hand notes.")] = "",
    outcome: Annotated[str, typer.Option(autocompletion=COMPLETE_OUTCOME, help=", ".join(OUTCOMES))] = "",
    consent: Annotated[str, typer.Option(autocompletion=COMPLETE_CONSENT, help=", ".join(CONSENTS))] = "",
    segment: Annotated[list[str] | None, typer.Option("--segment", autocompletion=complete_segments)] = None,
    minutes: Annotated[int | None, typer.Option(min=1, max=600, help="How long you talked.")] = None,
    tldr: Annotated[str, typer.Option(help='Completes "talked with X, …".')] = "",
    nugget: Annotated[str, typer.Option(help="One line that executives remember.")] = "",
    observe: Annotated[
        list[str] | None,
        typer.Option("--observe", "-o", metavar='"KIND: TEXT"', help="An observation; may be repeated."),
    ] = None,
    template: Annotated[str, typer.Option(autocompletion=complete_templates, help="Else the one of the type.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Show every field there is.")] = False,
    again: Annotated[bool, typer.Option("--again", help="A second talk with them on that day.")] = False,
    edit: Annotated[
        bool | None, typer.Option("--edit/--no-edit", help="Open the editor; default on a terminal.")
    ] = None,
    commit: Annotated[bool | None, typer.Option("--commit/--no-commit", help="Default on a terminal.")] = None,
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share it at once.")] = None,
    editor: Annotated[str, typer.Option("--editor", metavar="CMD", help="Another editor than yours.")] = "",
) -> None:
    """Scaffold a note, open your editor, commit the note. Prints the note's path and nothing else on stdout.

    Asks only on a terminal, and only for what is missing. Never overwrites a note.
    """
    from interviewlog.cli.begin import Call, begin

    call = Call(
        words=(product, " ".join(customer or ())),
        type=type,
        day=day,
        lead=pm,
        seconds=tuple(with_pm or ()),
        relationship=relationship,
        roles=tuple(role or ()),
        source=source,
        via=via,
        outcome=outcome,
        consent=consent,
        segments=tuple(segment or ()),
        minutes=minutes,
        tldr=tldr,
        nugget=nugget,
        observations=tuple(observe or ()),
        template=template,
        is_full=full,
        is_again=again,
        edit=edit,
        commit=commit,
        push=push,
        editor=editor,
    )
    begin(current(ctx), call)
