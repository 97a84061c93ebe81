"""A new note, from the words of `ilog new` to the note on disk, in git, and told."""

from dataclasses import dataclass
from datetime import date

from interviewlog.cli import aftercall, me
from interviewlog.cli.naming import clash, free
from interviewlog.cli.options import one_of, past_day
from interviewlog.cli.session import Session
from interviewlog.cli.whom import Whom, product_and_customer
from interviewlog.draft import draft
from interviewlog.errors import Code, IlogError
from interviewlog.fields import CONSENTS, OUTCOMES, RELATIONSHIPS, ROLES, SOURCES, TYPES, VIAS
from interviewlog.insights.opening import Asked, fields, over_cap, with_observations
from interviewlog.kinds import KINDS, kind_of
from interviewlog.notepath import FileName, next_free, path_of
from interviewlog.problem import Problem
from interviewlog.render.clean import clean
from interviewlog.slugs import slug
from interviewlog.store import blanks, index, templates


@dataclass(frozen=True)
class Call:
    """The command line of `ilog new` as it was typed; None leaves a choice to whether somebody sits at a terminal."""

    words: tuple[str, str] = ("", "")
    type: str = "learning"
    day: str = "today"
    lead: str = ""
    seconds: tuple[str, ...] = ()
    relationship: str = ""
    roles: tuple[str, ...] = ()
    source: str = ""
    via: str = ""
    outcome: str = ""
    consent: str = ""
    segments: tuple[str, ...] = ()
    minutes: int | None = None
    tldr: str = ""
    nugget: str = ""
    observations: tuple[str, ...] = ()
    template: str = ""
    is_full: bool = False
    is_again: bool = False
    edit: bool | None = None
    commit: bool | None = None
    push: bool | None = None
    editor: str = ""

    @property
    def has_words(self) -> bool:
        """True when the line told something of the conversation, or that nothing of it may be told."""
        return bool(self.observations or self.tldr or self.nugget or self.consent in {"declined", "withdrawn"})


def begin(session: Session, call: Call) -> None:
    """Write the note that a command line asks for, or open the one that is there; prints its path."""
    aftercall.refuse_bare(session)
    asked = _asked(call)
    day = past_day(call.day, session.today())
    pms = _pms(session, call)
    whom = product_and_customer(session, *call.words)
    name = FileName(slug(whom.customer), day)
    if call.is_again:
        name = free(session, whom.product, whom.names, name)
    elif taken := clash(session, whom.product, whom.names, name):
        from interviewlog.cli.edit import change

        existing = _open_instead(session, whom, taken)
        change(session, existing, editor=call.editor, commit=call.commit is not False, push=call.push)
        return
    text = _text(session, call, asked, whom, day, pms)
    path = _put(session, whom, name, text, is_again=call.is_again)
    with aftercall.keeping(path):
        _finish(session, path, call)


def _put(session: Session, whom: Whom, name: FileName, text: str, *, is_again: bool) -> str:
    """Write the note and give its path; with --again, past whatever somebody else writes there at this moment."""
    names = list(whom.names)
    while True:
        path = path_of(session.folder.root, whom.product, name)
        try:
            session.folder.write_new(path, text)
        except IlogError as error:
            if error.code is not Code.EXISTS or not is_again:
                raise
            names.append(str(name))
            name = next_free(names, name)
        else:
            return path


def _asked(call: Call) -> Asked:
    """Check the words that have a vocabulary; raises IlogError (usage) with "did you mean"."""
    return Asked(
        type=one_of("--type", call.type, TYPES),
        relationship=_maybe("--relationship", call.relationship, RELATIONSHIPS),
        roles=tuple(one_of("--role", word, ROLES) for word in call.roles),
        source=_maybe("--source", call.source, SOURCES),
        via=_maybe("--via", call.via, VIAS),
        outcome=_maybe("--outcome", call.outcome, OUTCOMES),
        consent=_maybe("--consent", call.consent, CONSENTS),
        segments=tuple(_segment(word) for word in call.segments),
        minutes=call.minutes,
        tldr=" ".join(call.tldr.split()),
        nugget=" ".join(call.nugget.split()),
        observations=call.observations,
    )


def _maybe(flag: str, word: str, known: tuple[str, ...]) -> str:
    return one_of(flag, word, known) if word else ""


def _segment(word: str) -> str:
    if slug(word) != word:
        raise IlogError(f"--segment: {word} is not a slug", hint=f"--segment {slug(word) or 'smb'}", code=Code.USAGE)
    return word


def _pms(session: Session, call: Call) -> list[str]:
    """Give the roster's handles where it knows the people; by default the lead is whoever git says is here."""
    lead = call.lead or _me(session)
    named = [_pm(session, "--pm", lead), *(_pm(session, "--with", word) for word in call.seconds)]
    return list(dict.fromkeys(named))


def _pm(session: Session, flag: str, word: str) -> str:
    pm, handles = session.config.pm_of(word), tuple(session.config.pms)
    if pm:
        return pm.handle
    return word if "@" in word or not handles else one_of(flag, word, handles)


def _me(session: Session) -> str:
    person = me.who(session)
    if session.config.pms and not person.on_roster:
        session.say(f"{person.pm} is not on the roster in ilog.yaml; the note says pm: {person.pm}")
    return person.pm


def _text(session: Session, call: Call, asked: Asked, whom: Whom, day: date, pms: list[str]) -> str:
    """Give the scaffold's text; it depends on nothing but the words, the day, the rules and the template."""
    folder = session.folder
    body = blanks.render(
        templates.load(call.template or asked.type, folder.templates),
        customer=clean(whom.customer),
        product=whom.product,
        product_title=session.config.product_title(whom.product),
        date=day,
        pm=pms[0],
        type=asked.type,
    )
    heard = over_cap(whom.talks, day, session.config)
    if heard:
        session.say(f"{whom.customer} was asked {heard} times in {session.config.cap_days} days; give them a rest")
    head = fields(asked, product=whom.product, customer=whom.customer, day=day, pms=pms, last=whom.last)
    return draft(head, with_observations(body, asked.observations), full=call.is_full)


def _open_instead(session: Session, whom: Whom, taken: str) -> str:
    """Offer to open the note that stands in the way; raises IlogError (73) when that is not wanted."""
    path = path_of(session.folder.root, whom.product, taken)
    again = "or the same with --again for a second talk that day"
    if taken not in whom.names:
        what = f"the note exists, and is only deleted here: {path}"
        raise IlogError(what, hint=f"git restore {path}, {again}", code=Code.EXISTS)
    spelt = _other_name(session, path, whom.customer)
    if session.ask and session.ask.yes(f"{path}{spelt} exists. Open it?"):
        return path
    raise IlogError(f"the note exists: {path}{spelt}", hint=f"ilog edit {path}, {again}", kept=path, code=Code.EXISTS)


def _other_name(session: Session, path: str, customer: str) -> str:
    """Give both spellings where two names of customers make one slug."""
    note = index.read_note(session.folder, path)
    if isinstance(note, Problem) or note.customer == customer:
        return ""
    return f" ({note.customer}, now {customer})"


def _finish(session: Session, path: str, call: Call) -> None:
    """Edit, mend, commit and share as was asked; prints the path, or says that nothing was written."""
    at_terminal = session.ask is not None
    edits = at_terminal if call.edit is None else call.edit
    is_touched = (edits and aftercall.write(session, path, call.editor)) or call.has_words
    if edits and at_terminal and not is_touched:
        session.folder.remove(path)
        session.say(f"nothing was written; removed {path}")
        return
    note = aftercall.mended(session, path, call.editor)
    if isinstance(note, Problem):
        session.answer_path(path)
        session.warn(f"kept as it is, not committed: {path}:{note.line}: {note.what}", f"next: ilog edit {path}")
        return
    aftercall.say_unread(session, note)
    for text in call.observations:
        if not kind_of(text.strip()) and not note.body.near_misses:
            session.say(f"a list item, but no observation: {text}", f"one begins with {', '.join(KINDS)}, and a colon")
    if edits:
        aftercall.ask_tldr(session, note)
    session.answer_path(path)
    wants = _commits(session, call, edits=edits)
    if wants:
        aftercall.commit(session, note, editor=call.editor if edits else None)
        aftercall.share(session, push=call.push)
    if at_terminal or wants:
        from interviewlog.cli.telling import tell

        tell(session, path, is_committed=wants)


def _commits(session: Session, call: Call, *, edits: bool) -> bool:
    if call.commit is not None:
        return call.commit
    return session.ask is not None and (edits or call.has_words) and session.preference("commit") != "never"
