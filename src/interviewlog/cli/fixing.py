"""`ilog check --fix`: mending the notes that mean one thing only, and saying how much of a check it would mend."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from shlex import join
from typing import TYPE_CHECKING

from interviewlog.cli.session import Session
from interviewlog.errors import IlogError

if TYPE_CHECKING:
    from interviewlog.insights.report import Report

_ENOUGH = 200  # notes that are tried; whoever has more of them to mend hears of it all the same


def fix(session: Session, is_wanted: Callable[[str], bool]) -> None:
    """Mend the notes wanted, as text, and say which were changed."""
    from interviewlog.cli.aftercall import refuse_bare
    from interviewlog.mending import mended
    from interviewlog.store import worksite

    refuse_bare(session)
    stock = worksite.stock(session.folder, is_wanted)
    for file in stock.wanted:
        new = mended(file.path, file.raw, stock.template) if file.is_note and file.form == "file" else file.raw
        if new != file.raw:
            session.folder.replace(file.path, file.raw, new)
            session.say(f"mended: {file.path}")


def offer(session: Session, found: "Iterable[Report]", words: Sequence[str]) -> None:
    """Say how many of the findings `fix` would mend: it is tried on the notes concerned, in memory."""
    if session.folder.git.is_bare:
        return
    concerned = dict.fromkeys(report.path for report in found if _may_be_fixed(report.code))
    tried = [path for path in concerned if session.folder.is_note(path)][:_ENOUGH]
    number = sum(_fixed(session, path) for path in tried)
    if number:
        command = join(["ilog", "check", *words, "--fix"])
        session.say(f"{number} of these {'is' if number == 1 else 'are'} mended by: {command}")


def _may_be_fixed(code: str) -> bool:
    return code in {"near-miss", "invalid", "product-differs"} or code.startswith("field-")


def _fixed(session: Session, path: str) -> int:
    """Tell how many findings on a note are gone once it is mended."""
    from interviewlog.mending import mended
    from interviewlog.store.templates import boilerplate

    template = boilerplate(session.folder.templates)
    with suppress(IlogError):  # its name is masked in the report, or it has gone since
        raw = session.folder.read(path)
        new = mended(path, raw, template)
        if new != raw:
            before, after = (Counter(_codes(session, path, text, template)) for text in (raw, new))
            return (before - after).total()
    return 0


def _codes(session: Session, path: str, raw: bytes, template: frozenset[str]) -> Iterator[str]:
    from interviewlog.insights.check import check
    from interviewlog.note import parse

    found: Sequence[Report] = check([parse(path, raw, template)], session.config, session.today())
    return (report.code for report in found)
