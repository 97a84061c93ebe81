"""Checks of files as files: what they are, and how large."""

import re
from collections.abc import Iterator
from shlex import quote

from interviewlog.interview import Finding
from interviewlog.note import LARGEST
from interviewlog.rootfile import RootFile

LARGE = 1024 * 1024
_MEDIA = frozenset(
    {
        *("3ga", "aac", "ac3", "aif", "aiff", "amr", "ape", "caf", "flac", "m4a", "m4b", "mid", "mka", "mp2", "mp3"),
        *("oga", "ogg", "opus", "ra", "wav", "weba", "wma", "3g2", "3gp", "asf", "avi", "flv", "m2ts", "m4v", "mkv"),
        *("mov", "mp4", "mpeg", "mpg", "mts", "mxf", "ogv", "qt", "rm", "rmvb", "vob", "webm", "wmv"),
    }
)
# How recordings begin that go by another name; a photo in the same container (`heic`, `avif`) is none.
_BEGINS = re.compile(
    rb"ID3[\x02-\x04]|OggS\0|fLaC\0|#!AMR|caff\0|\x1aE\xdf\xa3|\xff[\xfb\xf3\xf2\xf1\xf9]"
    rb"|RIFF....(?:WAVE|AVI )|FORM....AIF[FC]|....ftyp(?!heic|heix|mif1|msf1|avif|avis)",
    re.DOTALL,
)


def file_findings(file: RootFile) -> Iterator[Finding]:
    """Give what there is to say of a file, whatever stands in it."""
    for check in _CHECKS:
        yield from check(file)


def is_recording(file: RootFile) -> bool:
    """Tell whether a file holds sound or moving pictures, by its name or its first bytes."""
    ending = file.path.rpartition("/")[2].rpartition(".")[2].casefold()
    return ending in _MEDIA or bool(_BEGINS.match(file.raw))


def _form(file: RootFile) -> Iterator[Finding]:
    if file.form == "unmerged":
        yield Finding(1, "unmerged", "unresolved merge", "keep one side, then git add it", is_error=True)
    elif file.form == "unreadable":
        yield Finding(1, "unreadable", "permission denied", f"ls -ld {quote(file.path)}", is_error=True)
    elif file.form == "link":
        yield Finding(1, "link", "a symbolic link, which is never followed", "put the file itself there")
    elif file.form == "special":
        what = "no regular file, and git keeps no pipes, sockets, devices or folders named like a note"
        yield Finding(1, "special", what, f"ls -ld {quote(file.path)}")
    elif file.form == "repository":
        what = "a repository of its own, so the notes in it never come into yours"
        yield Finding(1, "repository", what, "move its notes out of it")


def _recording(file: RootFile) -> Iterator[Finding]:
    if file.form == "file" and is_recording(file):
        what = "a recording: voices and faces must not enter git"
        yield Finding(1, "recording", what, "keep it elsewhere, and name it in recording:", is_error=True)


def _stray(file: RootFile) -> Iterator[Finding]:
    if file.form == "file" and not (file.is_note or file.is_hidden or is_recording(file)):
        what = "not a note: notes stand in <root>/<product>/<name>.md as regular files"
        yield Finding(1, "stray", what, "move it, or leave it: it is not counted")


def _size(file: RootFile) -> Iterator[Finding]:
    if file.is_note and LARGE < len(file.raw) <= LARGEST:  # beyond that it is no note, which is said of it already
        what = "more than 1 MiB: what lies beyond is not read, and every clone gets slower"
        yield Finding(1, "large", what, "keep what is long elsewhere, and name it in the note")


def _ignored(file: RootFile) -> Iterator[Finding]:
    if file.is_note and file.is_ignored:
        what = "git ignores this note, so it is never saved or counted"
        yield Finding(1, "ignored", what, f"git check-ignore -v {quote(file.path)}")


_CHECKS = (_form, _recording, _stray, _size, _ignored)
