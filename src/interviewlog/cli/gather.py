"""Brings together what the counts need: notes, history, identities and rules, of now or of a commit."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from interviewlog.card import card_of
from interviewlog.cli.progress import counted
from interviewlog.cli.session import Session
from interviewlog.config import FILE_NAME, Config
from interviewlog.errors import Code, IlogError
from interviewlog.insights.counting import Introduction, Verdict, judge
from interviewlog.insights.notices import Notice
from interviewlog.insights.people import People
from interviewlog.insights.stats import from_history
from interviewlog.interview import Interview, Problem
from interviewlog.likeness import is_same_conversation
from interviewlog.lineage import Commit, Lineage, State, existing
from interviewlog.store import history, index
from interviewlog.store.folder import Folder, config_at, config_text, decoded_config


@dataclass(frozen=True)
class Moment:
    """What the counts are true of: a commit, its rules, and the day that is "today" there."""

    folder: Folder
    commit: str | None
    today: date
    is_now: bool


@dataclass(frozen=True)
class Gathered:
    """Verdicts, with the people and rules by which they were reached."""

    moment: Moment
    people: People
    verdicts: list[Verdict]
    notices: tuple[Notice, ...] = ()
    drafts: index.Drafts = field(default_factory=index.Drafts)

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
    return Moment(rules, commit, history.committed_on(folder.git, commit), is_now=False)


def gather(session: Session, *, at: str = "", with_drafts: bool = True) -> Gathered:
    """Judge the notes of a moment by the counting rule."""
    when = moment(session, at)
    with counted(session, "reading notes") as tell:
        notes = index.notes_at(when.folder, when.commit, tell)
    drafts = index.drafts(when.folder) if with_drafts and when.is_now else index.Drafts()
    with counted(session, "reading history") as tell:
        state = index.lineages(when.folder, when.commit, tell)
    found = {note.path: lineage for note in notes.notes if (lineage := state.lineage_of(note.path))}
    order = {id(lineage): number for number, lineage in enumerate(state.lineages)}
    everybody = _Identities(when.folder, [each.commit for each in found.values()], [*notes.notes, *drafts.new])
    introductions = {path: everybody.introduction(each, order[id(each)]) for path, each in found.items()}
    people = People(when.folder.config, everybody.aliases(), everybody.spellings())
    read = {note.path: note for note in notes.notes if isinstance(note, Interview)}
    cards = [card_of(note) if isinstance(note, Interview) else note for note in notes.notes]
    new = [card_of(note) if isinstance(note, Interview) else note for note in drafts.new]
    verdicts = judge(cards, new, introductions, people, lambda one, other: is_same_conversation(read[one], read[other]))
    return Gathered(when, people, verdicts, _warnings(session, when), drafts)


def gather_commits(session: Session, *, at: str = "", only_existing: bool = False) -> Gathered:
    """Give the audit view's verdicts: every note that history ever introduced, or those that still exist."""
    when = moment(session, at)
    with counted(session, "reading history") as tell:
        state = index.lineages(when.folder, when.commit, tell)
    chosen = _existing(when, state) if only_existing else state.lineages
    everybody = _Identities(when.folder, [each.commit for each in chosen], [])
    people = People(when.folder.config, {}, everybody.spellings())
    arrived = [(each.path, everybody.introduction(each, number)) for number, each in enumerate(chosen)]
    return Gathered(when, people, from_history(arrived, people), _warnings(session, when))


def _existing(when: Moment, state: State) -> tuple[Lineage, ...]:
    return existing(state, index.paths_at(when.folder, when.commit))


class _Identities:
    """The mailmap, asked once for everybody that matters."""

    def __init__(self, folder: Folder, commits: Iterable[Commit], notes: Iterable[Interview | Problem]) -> None:
        self._words = {word for note in notes for word in note.pm if "@" in word}
        authors = dict.fromkeys((commit.author, commit.email) for commit in commits)
        asked = [*authors, *(("", word) for word in sorted(self._words))]
        self._known = folder.git.identities(asked)
        self._horizon = folder.git.horizon()

    def introduction(self, lineage: Lineage, order: int) -> Introduction:
        commit = lineage.commit
        name, email = self._known.get((commit.author, commit.email), (commit.author, commit.email))
        if commit.id in self._horizon:  # a shallow clone cannot say who introduced these
            name, email = "", ""
        return Introduction(commit.id, name, email, commit.date, order, is_known=bool(name or email))

    def spellings(self) -> dict[str, str]:
        """Give each e-mail, without regard to case, as it was first spelt."""
        found: dict[str, str] = {}
        for _, email in self._known.values():
            found.setdefault(email.casefold(), email)
        return found

    def aliases(self) -> dict[str, tuple[str, str]]:
        """Give, for every e-mail in a note's `pm`, the name and e-mail that stand for it."""
        names = {email.casefold(): name for name, email in self._known.values() if name}
        found = {}
        for word in self._words:
            name, email = self._known.get(("", word), ("", word))
            found[word.casefold()] = (name or names.get(email.casefold(), ""), email)
        return found


def _warnings(session: Session, when: Moment) -> tuple[Notice, ...]:
    folder = session.folder
    warnings = [Notice("config", text) for text in when.folder.config.warnings]
    if folder.git.is_shallow:
        what = "the clone's history is cut off, so who introduced older notes is not known: git fetch --unshallow"
        warnings.append(Notice("shallow", what))
    if when.is_now and not folder.git.is_bare and when.commit:
        committed = decoded_config(folder.git.blob_at(when.commit, FILE_NAME) or b"")
        if committed != config_text(folder.git).removeprefix("\ufeff"):
            warnings.append(Notice("config-uncommitted", f"{FILE_NAME} differs from the committed one"))
    return tuple(warnings)
