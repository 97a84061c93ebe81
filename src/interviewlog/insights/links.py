"""Links that open a door: webhooks, by which anybody could post, and links with a password or key in them."""

import re
from collections.abc import Iterator

from interviewlog.insights.spots import Spot

_HOOK = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:(?P<host>"
    r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/"
    r"|(?:ptb\.|canary\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/"
    r"|[\w.-]{1,100}\.webhook\.office\.com/|outlook\.office(?:365)?\.com/webhook/"
    r"|[\w.-]{1,100}\.(?:logic\.azure\.com|api\.powerplatform\.com)(?::\d+)?/(?=\S{0,300}(?:workflows|triggers)/)"
    r"|chat\.googleapis\.com/v1/spaces/|hooks\.zapier\.com/hooks/|maker\.ifttt\.com/trigger/"
    r"|hook\.[\w.-]{1,40}\.make\.com/"
    r")[^\s<>\"'`)\]…]{8,}"
    r"|[\w.-]{1,100}(?::\d{1,5})?(?:/[\w.-]{1,40}){0,2}/hooks/[a-z\d]{26}(?![a-z\d]))",  # Mattermost
    re.IGNORECASE | re.ASCII,
)
_SHOWN = ("hooks.slack.com", "discord.com", "discordapp.com", "outlook.office.com", "chat.googleapis.com")
# Words that say by themselves what they hold, and words that may be the end of others, as in `sort_key`.
_NAMES = "token|key|api_?key|access_token|auth_token|pwd|passwd|password|passcode|passwort|pass|pw|secret|sig|signature"
_PARAMETER = re.compile(rf"(?<=\S)[?&;#](?:{_NAMES})=(?P<value>[^\s&#\"'<>`)\]}}…]{{3,}})", re.IGNORECASE)
_LONGER = re.compile(
    r"(?<=\S)[?&;#][\w.-]{1,40}(?:[_.-](?i:token|key|secret|password|sig|signature|credential)|Token|Key|Secret|Password)="
    r"(?P<value>(?=[^\s&#\"'<>`)\]}…]*\d)[^\s&#\"'<>`)\]}…]{6,})"
)
_MEETING = re.compile(r"teams\.(?:microsoft|live)\.com/meet/\d+\?p=(?P<value>\w{4,})", re.IGNORECASE)
_LOGIN = re.compile(
    r"\b[a-z][a-z\d+.-]{1,15}://[^\s/:@<>\"'`]{0,100}:(?!pass(?:word)?@)(?P<value>[^\s/@<>\"'`…]{3,100})@(?=[\w.\[-])",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[<{$%*\[].*|x+|\.+|(?:your|my|the)[_-].*|value|null|none|true|false", re.IGNORECASE)


def webhooks(text: str) -> Iterator[Spot]:
    """Yield the addresses of webhooks, of the chats and automations that teams use."""
    for found in _HOOK.finditer(text):
        host = (found["host"] or "").partition("/")[0].casefold()
        yield Spot("webhook", *found.span(), f"https://{host}/…" if host in _SHOWN else "https://…")


def secrets_in_links(text: str) -> Iterator[Spot]:
    """Yield what opens a link: values of `token=`, `pwd=` and their like, and passwords before a host."""
    for rule in (_PARAMETER, _LONGER, _MEETING, _LOGIN):
        for found in rule.finditer(text):
            if not _PLACEHOLDER.fullmatch(found["value"]):
                yield Spot("url-secret", *found.span("value"), "…")
