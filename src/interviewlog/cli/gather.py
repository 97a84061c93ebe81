"""Brings together what the counts need: notes, history, identities and rules, of now or of a commit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from interviewlog.card import card_of
from interviewlog.cli.progress import watched
from interviewlog.cli.session import Session
from interviewlog.commit import Origin
from interviewlog.config import FILE_NAME, Config
from interviewlog.errors import Code, IlogError
from interviewlog.insights import notices
from interviewlog.insights.counting import (
    Bundle,
    Introduction,
    Ours,
    Verdict,
    bundled,
    is_import,
    judge,
    reason_of,
    repeated,
)
from interviewlog.insights.notices import Notice
from interviewlog.insights.people import People
from interviewlog.insights.stats import from_history
from interviewlog.problem import Problem
from interviewlog.store import index
from interviewlog.store.folder import Folder, config_at, config_text, decoded_config
from interviewlog.store.git import Git
from interviewlog.weeks import LATEST, Week

Weeks = tuple[Week | None, Week]
ALL: Weeks = (None, Week.of(LATEST))


@dataclass(frozen=True)
class Moment:
    """What the counts are true of: a commit, its rules, and the day that is "today" there."""

    folder: Folder
    commit: str | None
    today: date
    is_now: bool


@dataclass(frozen=True)
class Gathered:
    """Verdicts of the weeks asked for, with the people and rules by which they were reached.

    `earlier` are the interviews of the weeks before, `traces` how git and notes name people: their authors, and
    the words of their `pm` lines.
    """

    moment: Moment
    people: People
    verdicts: list[Verdict]
    earlier: tuple[Bundle, ...] = ()
    notices: tuple[Notice, ...] = ()
    drafts: index.Drafts = field(default_factory=index.Drafts)
    traces: "Traces | None" = None

    @property
    def config(self) -> Config:
        return self.moment.folder.config


def moment(session: Session, at: str = "") -> Moment:
    """Give the moment asked for: now, or the commit `at` with its own rules and date. Raises IlogError (2)."""
    folder = session.folder
    if not at:
        return Moment(folder, folder.git.head(), session.today(), is_now=True)
    commit = folder.git.resolve(at)
    if not commit:
        raise IlogError(f"no such commit: {at}", hint="git log --oneline", code=Code.USAGE)
    rules = replace(folder, config=config_at(folder.git, commit))
    from interviewlog.store import history

    return Moment(rules, commit, history.committed_on(folder.git, commit), is_now=False)


def gather(session: Session, when: Moment | None = None, *, weeks: Weeks = ALL, with_drafts: bool = True) -> Gathered:
    """Judge the notes of a moment by the counting rule, one by one those of `weeks` (first, last)."""
    when = when or moment(session)
    drafts = index.drafts(when.folder) if with_drafts and when.is_now else index.Drafts()
    ours, horizon = Ours.of(when.folder.config), when.folder.git.horizon()
    rules = index.Rules(
        counts=lambda type_, source, is_empty: not reason_of(type_, source, is_empty=is_empty),
        stems=ours.stems,
        domains=ours.domains,
        is_apart=ours.has,
        is_nobodys=lambda commit: is_import(commit, when.folder.config) or commit in horizon,
        repeated=repeated,
    )
    with watched(session, "reading notes") as watch:
        found, authors, words = index.counted(when.folder, when.commit, weeks, rules, watch)
    traces = Traces(when.folder, authors, [*words, *(note.pm for note in drafts.new)])
    people = traces.people()

    def judged(filed: Iterable[index.Filed], new: Iterable[index.Note] = ()) -> list[Verdict]:
        introductions = {each.note.path: traces.introduction(each.origin) for each in filed if each.origin}
        cards = [note if isinstance(note, Problem) else card_of(note) for note in new]
        return judge([each.note for each in filed], cards, introductions, people, found.is_same)

    earlier = tuple(bundled(stack, stack.author and traces.meant(stack.author), people) for stack in found.stacks)
    warnings = _warnings(session, when, found)
    return Gathered(when, people, judged(found.filed, drafts.new), earlier, warnings, drafts, traces)


def gather_commits(
    session: Session, when: Moment | None = None, *, weeks: Weeks = ALL, only_existing: bool = False
) -> Gathered:
    """Give the audit view's verdicts: every note that history ever introduced, or those that still exist."""
    when = when or moment(session)
    first, last = weeks
    if when.folder.git.is_shallow:
        first = None  # whoever brought in what lies at the horizon is not known, and stacks are made by author
    with watched(session, "reading history") as watch:
        found, authors = index.arrived(when.folder, when.commit, (first, last), watch, only_existing=only_existing)
    traces = Traces(when.folder, authors, [])
    people = traces.people()
    arrived = [(each.path, traces.introduction(each.origin)) for each in found.arrivals]
    earlier = tuple(bundled(stack, stack.author and traces.meant(stack.author), people) for stack in found.stacks)
    return Gathered(
        when, people, from_history(arrived, people), earlier, _warnings(session, when, found), traces=traces
    )


class Traces:
    """How git and notes name people, and the mailmap, asked once for all of them."""

    def __init__(self, folder: Folder, authors: Sequence[tuple[str, str]], lines: Iterable[tuple[str, ...]]) -> None:
        self.words = sorted({word for line in lines for word in line})
        self._folder = folder
        self._addresses = [word for word in self.words if "@" in word]
        self._known = folder.git.identities([*authors, *(("", word) for word in self._addresses)])
        self._authors = authors
        self._horizon = folder.git.horizon()

    @property
    def authors(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Give whoever brought a note in, as git has them, and as the mailmap has them."""
        return {author: self._known[author] for author in self._authors}

    def meant(self, author: tuple[str, str]) -> tuple[str, str]:
        """Give the name and e-mail that the mailmap has for an author."""
        return self._known.get(author, author)

    def introduction(self, origin: Origin) -> Introduction:
        # A shallow clone cannot say who introduced what lies at its horizon.
        name, email = ("", "") if origin.commit in self._horizon else self.meant(origin.author)
        return Introduction(origin.commit, name, email, origin.day, origin.order, bool(name or email))

    def people(self) -> People:
        return People(self._folder.config, self._aliases(), self._spellings())

    def _spellings(self) -> dict[str, str]:
        """Give each e-mail, without regard to case, as it was first spelt."""
        found: dict[str, str] = {}
        for _, email in self._known.values():
            found.setdefault(email.casefold(), email)
        return found

    def _aliases(self) -> dict[str, tuple[str, str]]:
        """Give, for every e-mail in a note's `pm`, the name and e-mail that stand for it."""
        names = {email.casefold(): name for name, email in self._known.values() if name}
        found = {}
        for word in self._addresses:
            name, email = self._known.get(("", word), ("", word))
            found[word.casefold()] = (name or names.get(email.casefold(), ""), email)
        return found


def _warnings(session: Session, when: Moment, found: index.Counted | index.Arrived) -> tuple[Notice, ...]:
    git = when.folder.git
    said = notices.about_settings(when.folder.config.warnings)
    if git.is_shallow:
        said.append(notices.shallow())
    if git.is_partial():
        said.append(notices.partial_clone())
    if replaced := git.replaced():
        said.append(notices.replaced_refs(len(replaced)))
    said += map(notices.submodule, found.submodules)
    if not git.is_bare and (git.top / ".mailmap").is_symlink():
        said.append(notices.linked_mailmap())
    said += notices.about_clocks(session.today(), *found.latest)
    if when.is_now and not git.is_bare and when.commit:
        said += _uncommitted(git, when.commit)
    return tuple(said)


def _uncommitted(git: Git, commit: str) -> Iterator[Notice]:
    """Say which of the files that figures follow are not what a commit has; line ends are told apart by nobody."""
    rules, mailmap = git.contents([f"{commit}:{name}" for name in (FILE_NAME, ".mailmap")])
    ours = config_text(git).removeprefix("\ufeff")
    if decoded_config(rules or b"").replace("\r\n", "\n") != ours.replace("\r\n", "\n"):
        yield notices.uncommitted_settings()
    mine = git.mailmap()
    if mine is not None and mine.replace(b"\r\n", b"\n") != (mailmap or b"").replace(b"\r\n", b"\n"):
        yield notices.uncommitted_mailmap()
