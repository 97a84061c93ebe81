"""`ilog summary`: two lines per note, for a chat."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import (
    CustomerOption,
    JsonOption,
    LastOption,
    NotesArgument,
    PmOption,
    ProductOption,
    SegmentOption,
    SinceOption,
    TagOption,
    TypeOption,
    UntilOption,
    WeekOption,
    format_option,
    offering,
    one_of,
)
from interviewlog.cli.session import Session, current
from interviewlog.errors import Code, IlogError

if TYPE_CHECKING:
    from interviewlog.insights.summary import Audience, Summary
    from interviewlog.interview import Interview

FORMATS = ("plain", "slack", "markdown", "json")
AUDIENCES = ("team", "execs")
EXAMPLES = [
    "ilog summary                    the note you last began",
    "ilog summary --copy",
    "ilog summary --week last --format slack",
    "ilog summary --for execs acme-freight-2026-11-18",
]


def command(
    ctx: typer.Context,
    notes: NotesArgument = None,
    audience: Annotated[
        str,
        typer.Option(
            "--for", metavar="|".join(AUDIENCES), autocompletion=offering(AUDIENCES), help="Who will read it."
        ),
    ] = "team",
    copy: Annotated[bool, typer.Option("--copy", "-c", help="Put it on the clipboard too.")] = False,
    is_ascii: Annotated[bool, typer.Option("--ascii", help="Only ASCII, for terminals that cannot do more.")] = False,
    product: ProductOption = None,
    customer: CustomerOption = None,
    pm: PmOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    segment: SegmentOption = None,
    tag: TagOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    week: WeekOption = "",
    last: LastOption = 0,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """Print two lines per note, to paste into a chat. Without a note: the one you last began.

    Consent and visibility in the note decide what may leave it. Several notes name their PMs.
    """
    from interviewlog.cli.selecting import named, selected, selection
    from interviewlog.insights.summary import Audience
    from interviewlog.render import chat, data

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or _preferred(session), FORMATS)
    reader = Audience(one_of("--for", audience, AUDIENCES))
    wanted = selection(
        session, product=product, customer=customer, pm=pm, type=type, segment=segment, tag=tag, since=since,
        until=until, week=week, last=last, paths=named(session, notes or ()),
    )  # fmt: skip
    asked = any((product, customer, pm, type, segment, tag, since, until, week, last))
    found = selected(session, wanted) if asked else _named_or_latest(session, wanted.paths)
    summaries = list(_summaries(session, found, reader, is_picked=asked))
    text = data.dumps(chat.as_json(summaries)) if form == "json" else chat.several(summaries, form, is_ascii=is_ascii)
    session.answer(text)
    if not summaries:
        session.say("no notes found: ilog list")
    if summaries and (copy or session.preference("copy") == "true"):
        copy_out(session, text, asked=copy)


def _preferred(session: Session) -> str:
    mine = session.preference("format")
    return mine if mine in FORMATS else "plain"


def _named_or_latest(session: Session, paths: Sequence[str]) -> "list[Interview]":
    from interviewlog.cli import me
    from interviewlog.cli.selecting import readable

    if paths:
        return [readable(session, path) for path in paths]
    latest = me.latest_note(session)
    if not latest:
        raise IlogError("no notes yet", hint="ilog new", code=Code.NO_NOTE)
    session.say(f"{latest}{_not_yet(session, latest)}")
    return [readable(session, latest)]


def _not_yet(session: Session, path: str) -> str:
    from interviewlog.store import index

    git = session.folder.git
    if git.is_bare:
        return ""
    if git.blob_at("HEAD", path) is None:
        return " (not committed yet: ilog save)"
    return " (not shared yet: ilog sync)" if index.is_shared(session.folder, path) is False else ""


def _summaries(
    session: Session, found: "Sequence[Interview]", reader: "Audience", *, is_picked: bool
) -> "Iterator[Summary]":
    """Give the summaries; of notes that selectors picked, those that may not leave are left out, and that is said."""
    for note in found:
        try:
            yield _summary(session, note, reader, named=len(found) > 1)
        except IlogError as refusal:
            if not is_picked:
                raise
            session.warn(f"left out: {note.path}: {refusal.message}")


def _summary(session: Session, note: "Interview", reader: "Audience", *, named: bool) -> "Summary":
    from interviewlog.cli import me
    from interviewlog.insights.summary import Audience, summarise

    mine = reader is Audience.EXECS and me.is_mine(note, me.who_or_nobody(session), session)
    return summarise(note, config=session.config, audience=reader, named=named, is_mine=mine)


def copy_out(session: Session, text: str, *, asked: bool) -> None:
    """Put text on the clipboard and say how; raises IlogError (74) only if that was asked for."""
    from interviewlog.store import clipboard

    try:
        done = clipboard.copy(text, session.environ)
    except IlogError:
        if asked:
            raise
        return
    session.say("copied" if done.how == "copied" else "sent to the terminal's clipboard")
