"""The address of a shared repository: what may be asked of git, what may be shown, and where its pages are."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from interviewlog.errors import Code, IlogError

_SCP = re.compile(r"(?:(?P<user>[^@/\s]+)@)?(?P<host>\[[^\]]+\]|[^:/@\s]+):(?P<path>(?!//)[^\s].*)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HELPER = re.compile(r"(?:ext|fd)::", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SECRETS = (
    # A token may stand in the place of the user's name; up to the last @ before the path, as git reads it.
    (re.compile(r"(https?://)[^/\s]*@", re.IGNORECASE), r"\1"),
    (re.compile(r"(://[^/@:\s]+):[^/\s]*@"), r"\1@"),
)
_PAGES = {"github": "blob", "gitlab": "-/blob", "bitbucket": "src"}


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the network, in its parts."""

    scheme: str
    host: str
    port: int | None
    path: str


def check(url: str) -> None:
    """Refuse what git would take for an option or for a program to run; raises IlogError (2 or 77)."""
    if not url.strip():
        raise IlogError("no address given", hint="ilog join https://github.com/TEAM/NOTES.git", code=Code.USAGE)
    if url.startswith("-") or _HELPER.match(url) or _CONTROLS.search(url):
        message = f"not an address of a repository: {url}"
        raise IlogError(message, hint="ilog join https://github.com/TEAM/NOTES.git", code=Code.REFUSED)


def without_secret(text: str) -> str:
    """Take passwords and tokens out of every address in a text."""
    for pattern, kept in _SECRETS:
        text = pattern.sub(kept, text)
    return text


def parse(url: str) -> Address | None:
    """Read an address on the network, `https://…` or `git@host:path`; None for a path on this machine."""
    if _SCHEME.match(url):
        try:
            parts = urlsplit(url)
            found = Address(parts.scheme.lower(), parts.hostname or "", parts.port, _plain(parts.path))
        except ValueError:
            return None
        return found if found.host and found.scheme != "file" else None
    scp = _SCP.fullmatch(url)
    return Address("ssh", scp["host"].lower(), None, _plain(scp["path"])) if scp else None


def are_same(one: str, other: str) -> bool:
    """Tell whether two addresses name the same repository, by whichever of ssh and https it is reached."""
    first, second = parse(one), parse(other)
    if first and second:
        return (first.host, first.path) == (second.host, second.path)
    return not first and not second and _local(one) == _local(other)


def folder_name(url: str) -> str:
    """Give the name that a clone's folder gets; raises IlogError (2) when the address suggests none."""
    found = parse(url)
    name = re.split(r"[/\\]", found.path if found else _local(url))[-1]
    if name in {"", ".", "..", "~"} or name.startswith("-"):
        message = f"no name for the folder in {without_secret(url)}"
        raise IlogError(message, hint=f"ilog join {without_secret(url)} notes", code=Code.USAGE)
    return name


def web_link(url: str, branch: str) -> str:
    """Give the address of a note's page, with `{path}` in it, on GitHub, GitLab or Bitbucket; "" elsewhere."""
    found = parse(url)
    kind = _kind(found.host) if found else ""
    if not found or not kind or "/" not in found.path:
        return ""
    host = re.sub(r"^(?:alt)?ssh\.", "", found.host)
    is_web = found.scheme in {"http", "https"}
    port = f":{found.port}" if is_web and found.port else ""
    scheme = found.scheme if is_web else "https"
    return f"{scheme}://{host}{port}/{quote(found.path)}/{_PAGES[kind]}/{quote(branch)}/{{path}}"


def _kind(host: str) -> str:
    """Say whose pages a host serves. Bitbucket that a company runs itself has other addresses: it has none here."""
    labels = host.split(".")
    if host.endswith("bitbucket.org"):
        return "bitbucket"
    if "github" in labels or host.endswith(".ghe.com"):
        return "github"
    return "gitlab" if "gitlab" in labels else ""


def _local(url: str) -> str:
    return _plain(re.sub(r"^file://", "", url), start="")


def _plain(path: str, start: str = "/") -> str:
    """Give a path without what may as well be left out: slashes around it, and `.git` at its end."""
    bare = re.sub(r"(?:/?\.git)?/*$", "", path.rstrip("/"))
    return bare.lstrip(start) if start else bare
