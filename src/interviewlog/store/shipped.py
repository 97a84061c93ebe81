"""The texts that come with ilog."""

from pathlib import Path


def shipped() -> Path:
    """A wheel carries the templates beside the code, a checkout at its top. (importlib.resources costs 30 ms.)"""
    package = Path(__file__).parents[1]
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parents[1] / "templates"


def guide() -> str:
    """Give the interview basics, in Markdown."""
    return (shipped() / "guide.md").read_text("utf-8")
