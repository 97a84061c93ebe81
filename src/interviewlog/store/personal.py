"""The personal file: one person's settings on one machine, under the environment's."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from interviewlog.errors import Code, IlogError
from interviewlog.nearest import did_you_mean

Manner: TypeAlias = Literal["ask", "auto", "never"]

KEYS = ("repo", "editor", "copy", "format", "commit", "push")
_SWITCH = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_MANNER = {"ask": "ask", "auto": "auto", "never": "never"}
_CHOICES: Mapping[str, Mapping[str, str | bool]] = {"copy": _SWITCH, "commit": _MANNER, "push": _MANNER}
_PLAIN = re.compile(r"[\w./~](?:[\w./~@+=, -]*[\w./~@+=-])?", re.ASCII)
_NOTE = re.compile(r"""\w+[ \t]*:(?:[ \t]+(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[^#\s].*?))?(?P<note>[ \t]+\#.*)?""")


@dataclass(frozen=True, slots=True)
class Personal:
    """What one person set; "" and None where they did not. `repo` has its `~` written out."""

    repo: str = ""
    editor: str = ""
    copy: bool | None = None
    format: str = ""
    commit: Manner | None = None
    push: Manner | None = None
    warnings: tuple[str, ...] = ()


def path(environ: Mapping[str, str] = os.environ) -> Path:
    """Say where the personal file is, or would be: in XDG_CONFIG_HOME on every platform if that is set."""
    home = environ.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(home):  # noqa: PTH117  a relative one is to be ignored
        return Path(home, "ilog", "config.yaml")
    if sys.platform == "linux":
        return Path(_home(environ), ".config", "ilog", "config.yaml")
    from platformdirs import user_config_path

    return user_config_path("ilog") / "config.yaml"


def read(environ: Mapping[str, str] = os.environ) -> Personal:
    """Read the personal file, with ILOG_REPO, ILOG_EDITOR and so on before it.

    A missing file says nothing; one that cannot be read, an unknown key or a value that does not fit becomes a
    warning, for a slip in it must not stop a note.
    """
    file = path(environ)
    values, warnings = _values(file)
    said: dict[str, Any] = {}
    for key, value in values.items():
        if key not in KEYS:
            warnings.append(_unknown(f"{file}: unknown setting {key}", key))
        elif value != "":
            _take(said, warnings, key, value, f"{file}: {key}")
    for key, name in ((key, f"ILOG_{key.upper()}") for key in KEYS):
        if environ.get(name, "").strip():
            _take(said, warnings, key, environ[name], name)
    if "repo" in said:
        said["repo"] = re.sub(r"^~(?=/|$)", lambda _: _home(environ), said["repo"])
    return Personal(**said, warnings=tuple(warnings))


def remember(key: str, value: str | bool, environ: Mapping[str, str] = os.environ) -> Path:
    """Set one key in the personal file, which is made if need be, and give its path.

    Only the line concerned changes. Raises IlogError: 2 for a key or value that is not known, 78 if the file is
    not YAML that can be changed by the line, 74 if it cannot be written.
    """
    file = path(environ)
    text = _written(key, value)
    try:
        before = file.read_bytes().decode() if file.exists() else ""
        after = _with_line(before, key, text)
        _prove(before, after, key, text, file)
        _write(file.resolve(), after.encode())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        hint = f"look at {file.parent}, or export ILOG_{key.upper()}"
        raise IlogError(f"cannot write {file}: {reason}", hint=hint, code=Code.IO) from None
    return file


def _home(environ: Mapping[str, str]) -> str:
    return environ.get("HOME") or str(Path.home())


def _values(file: Path) -> tuple[Mapping[str, Any], list[str]]:
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except OSError as error:
        return {}, [f"{file}: cannot be read: {error.strerror}"]
    from interviewlog.yamltext import YamlError, load

    try:
        value = load(raw.decode("utf-8-sig")).value
    except UnicodeDecodeError:
        return {}, [f"{file}: not UTF-8, save it again as UTF-8"]
    except YamlError as error:
        return {}, [f"{file}:{error.line}: {error.what}; {error.mend}"]
    if value and not isinstance(value, dict):
        return {}, [f"{file}: not a mapping of settings, write lines such as push: ask"]
    return value or {}, []


def _fitting(key: str, value: Any) -> str | bool:
    """Give the value as the key's own type, or raise ValueError with what it should be."""
    if not isinstance(value, str):
        raise ValueError("should be one value")  # noqa: TRY004  what is wrong is the file, not the program
    choices = _CHOICES.get(key)
    if choices is None:
        return value.strip()
    if value.strip().lower() not in choices:
        wanted = "true or false" if choices is _SWITCH else "ask, auto or never"
        raise ValueError(f"should be {wanted}, not {value.strip()}")
    return choices[value.strip().lower()]


def _take(said: dict[str, Any], warnings: list[str], key: str, value: Any, where: str) -> None:
    try:
        said[key] = _fitting(key, value)
    except ValueError as misfit:
        warnings.append(f"{where} {misfit}")


def _unknown(message: str, key: str) -> str:
    near = did_you_mean(key, KEYS)
    return f"{message}, {near}" if near else message


def _written(key: str, value: str | bool) -> str:
    """Give the value as it stands in YAML, checked as it will be when read."""
    if key not in KEYS:
        raise IlogError(_unknown(f"unknown setting {key}", key), hint=f"use {', '.join(KEYS)}", code=Code.USAGE)
    text = str(value).lower() if isinstance(value, bool) else value.strip()
    try:
        _fitting(key, text)
    except ValueError as misfit:
        raise IlogError(f"{key} {misfit}", hint=f"write {key}: {next(iter(_CHOICES[key]))}", code=Code.USAGE) from None
    if _PLAIN.fullmatch(text):
        return text
    from json import dumps

    return dumps(text, ensure_ascii=False)


def _with_line(before: str, key: str, text: str) -> str:
    """Change or add the key's line; its comment, its line end and every other line stay as they are."""
    lines = before.splitlines(keepends=True)
    place = next((at for at, line in enumerate(lines) if re.match(rf"{key}[ \t]*:", line)), None)
    if place is None:
        end = "\r\n" if "\r\n" in before else "\n"
        gap = "" if not before or before.endswith("\n") else end
        return f"{before}{gap}{key}: {text}{end}"
    bare = lines[place].rstrip("\r\n")
    note = ((found := _NOTE.fullmatch(bare)) and found["note"]) or ""
    lines[place] = f"{key}: {text}{note}{lines[place][len(bare) :]}"
    return "".join(lines)


def _prove(before: str, after: str, key: str, text: str, file: Path) -> None:
    """Refuse an edit by the line that YAML would not read as this one change: a value of many lines, braces."""
    from interviewlog.yamltext import YamlError, load

    try:
        old, new = load(before).value, load(after).value
        wanted = load(f"{key}: {text}\n").value
        if {**old, **wanted} == new:
            return
        where, what = str(file), f"{key} stands there in a form that cannot be changed by the line"
    except YamlError as error:
        where, what = f"{file}:{error.line}", error.what
    except TypeError:
        where, what = str(file), "not a mapping of settings"
    raise IlogError(f"cannot change {where}: {what}", hint=f"write {key}: {text} there yourself", code=Code.CONFIG)


def _write(file: Path, raw: bytes) -> None:
    """Put the file in place whole or not at all; what a link points to is written, and the link stays."""
    from tempfile import NamedTemporaryFile

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=".config-", delete=False) as draft:
        try:
            draft.write(raw)
            draft.flush()
            os.fsync(draft.fileno())
            if file.exists():
                Path(draft.name).chmod(file.stat().st_mode & 0o777)
            Path(draft.name).replace(file)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
