"""Whom a team talks with: the code that notes say, and the names that only `people.yaml` holds."""

from typing import NamedTuple

FILE_NAME = "people.yaml"
IGNORED = f"/{FILE_NAME}"  # a line of .gitignore


class Person(NamedTuple):
    """One line of `people.yaml`. `code` is "" where the file is a list of names without codes."""

    code: str
    names: tuple[str, ...]
