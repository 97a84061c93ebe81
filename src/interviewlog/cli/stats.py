"""`ilog stats`: interviews per PM and week."""

from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import CommittedOption, JsonOption, format_option, offering, one_of
from interviewlog.cli.session import Session, current
from interviewlog.errors import Code, IlogError
from interviewlog.weeks import parse_week

if TYPE_CHECKING:
    from interviewlog.cli.gather import Gathered, Moment
    from interviewlog.insights.identities import Identities
    from interviewlog.insights.stats import Stats, Window

FORMATS = ("table", "markdown", "slack", "csv", "json")
BASES = ("calls", "commits")
GROUPS = ("pm", "product", "segment", "type", "relationship")
EXAMPLES = [
    "ilog stats",
    "ilog stats --weeks 12 --by product",
    "ilog stats --format json | jq '.people[] | {pm, total}'",
    "ilog stats --at HEAD~50        what we knew then",
    "ilog stats --basis commits --weeks all --format csv",
    "ilog stats --show-identities   who was taken for whom",
]


def command(
    ctx: typer.Context,
    weeks: Annotated[str, typer.Option("--weeks", metavar="N|all", help="How many weeks, the running one too.")] = "8",
    until: Annotated[str, typer.Option("--until", metavar="WEEK", help="The last week: last, 2026-W40.")] = "",
    basis: Annotated[
        str,
        typer.Option(
            "--basis", metavar="|".join(BASES), autocompletion=offering(BASES), help="What is counted, and when."
        ),
    ] = "calls",
    existing: Annotated[
        bool, typer.Option("--existing", help="With --basis commits: leave out deleted notes.")
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="|".join(GROUPS), autocompletion=offering(GROUPS), help="Group the counted notes too."
        ),
    ] = "",
    at: Annotated[str, typer.Option("--at", metavar="REV", help="As of a commit: notes, roster and rules.")] = "",
    goal: Annotated[int | None, typer.Option("--goal", min=0, metavar="N", help="Against another goal.")] = None,
    only_committed: CommittedOption = False,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch what others shared first.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the counting rule, and why notes do not count.")
    ] = False,
    show_identities: Annotated[
        bool, typer.Option("--show-identities", help="Who was taken for whom, and who may be the same person.")
    ] = False,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """Show interviews per PM and week against the goal, from the git history.

    A table is headed by what it is true of. Zeros are shown, nobody is ranked; `ilog why NOTE` tells why a note
    does or does not count.
    """
    from interviewlog.cli import gather, standing
    from interviewlog.insights.counting import RULE
    from interviewlog.insights.stats import Window, tally
    from interviewlog.render import terminal

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "table", FORMATS)
    if fetch:
        standing.fetch(session)
    if existing and basis != "commits":
        hint = "ilog stats --basis commits --existing"
        raise IlogError("--existing goes with --basis commits", hint=hint, code=Code.USAGE)
    when = gather.moment(session, at)
    window = Window(when.today, _weeks(weeks), parse_week(until, when.today) if until else None)
    if basis == "calls":
        _look_first(session, when, window)
    found = _gather(
        session, when, one_of("--basis", basis, BASES), window, existing=existing, with_drafts=not only_committed
    )
    grouped = one_of("--by", by, GROUPS) if by else ""
    result = tally(
        found.verdicts, found.people, window, by=grouped, goal=goal, basis=basis, earlier=found.earlier,
        called=session.config.current_product,
    )  # fmt: skip
    who = _identities(found) if show_identities else None
    session.answer(_shown(session, found, result, form, who))
    if form != "table" or not session.width:
        _say_skipped(session, result)
    if who and form != "json":
        from interviewlog.render import identities

        _add(session, form, identities.text(who))
    if explain:
        _add(session, form, terminal.explained(RULE, result))


def _add(session: Session, form: str, text: str) -> None:
    """Write a text below the table: beside JSON and CSV, which it would break, and as a block into what is pasted."""
    if form in {"json", "csv"}:
        session.recite(text)
    elif form in {"markdown", "slack"}:
        from interviewlog.render.markdown import fenced

        session.answer(fenced(text))
    else:
        session.answer(text)


def _look_first(session: Session, when: "Moment", window: "Window") -> None:
    from interviewlog.store import index

    if session.width and when.is_now and index.is_unread(when.folder):
        from interviewlog.cli import firstlook

        firstlook.show(session, when, window)


def _identities(found: "Gathered") -> "Identities":
    from interviewlog.cli import identities

    return identities.of(found)


def _gather(
    session: Session, when: "Moment", basis: str, window: "Window", *, existing: bool, with_drafts: bool
) -> "Gathered":
    from interviewlog.cli import gather

    weeks = (window.first, window.last)
    if basis == "commits":
        return gather.gather_commits(session, when, weeks=weeks, only_existing=existing)
    return gather.gather(session, when, weeks=weeks, with_drafts=with_drafts)


def _weeks(text: str) -> int | None:
    if text == "all":
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 1_000:  # noqa: PLR2004 - two decades
        return int(text)
    raise IlogError(f"--weeks: {text} is not a number of weeks", hint="ilog stats --weeks all", code=Code.USAGE)


def _say_skipped(session: Session, result: "Stats") -> None:
    """Name the notes that cannot be read where not everybody sees the part of the table that does."""
    from interviewlog.cli.selecting import MOST_NAMED, told

    broken = [verdict for verdict in result.not_counted if verdict.reason == "invalid"]
    for verdict in broken[:MOST_NAMED]:
        session.warn(f"skipped: {verdict.path}: {told(session, verdict.mend)}")
    if len(broken) > MOST_NAMED:
        session.warn(f"{len(broken)} notes were skipped: ilog check")


def _shown(session: Session, found: "Gathered", result: "Stats", form: str, who: "Identities | None") -> str:
    from interviewlog.cli import standing
    from interviewlog.insights.notices import about_strangers
    from interviewlog.render import data, terminal
    from interviewlog.render.grid import Screen

    notices = [*found.notices, *about_strangers(result.strangers, found.config)]
    if form in {"json", "csv"}:
        from interviewlog.render import tallies
    if form == "json":
        return data.dumps(tallies.as_json(result, found.moment.commit, notices, who))
    for notice in notices if form != "table" else ():
        session.warn(notice.message)
    if form == "csv":
        return tallies.as_csv(result)
    about = standing.of(session, found)
    if form in {"markdown", "slack"}:
        from interviewlog.render import markdown

        return markdown.stats(result, about, is_slack=form == "slack")
    return terminal.stats(result, about, notices, Screen(session.width, session.has_colour))
