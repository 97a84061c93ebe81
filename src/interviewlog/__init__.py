"""Log customer interviews as Markdown in git."""

__version__ = "0.1.0"
