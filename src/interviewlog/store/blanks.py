"""A template's text with its blanks filled in: nothing a template says can read, loop or reach further."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from interviewlog.errors import Code, IlogError
from interviewlog.nearest import did_you_mean
from interviewlog.store.templates import Template

if TYPE_CHECKING:
    from jinja2 import nodes

BLANKS = ("customer", "product", "product_title", "date", "pm", "type")

# The whole of what most templates need, so that they cost no import of Jinja (50 ms). `{{{` is left to it.
_BLANK = re.compile(rf"(?<!\{{)\{{\{{[ \t]*({'|'.join(BLANKS)})[ \t]*\}}\}}")
_OPENER = re.compile(r"\s*(?:-{3,}|\+{3,})[ \t]*(?:\n|\Z)")


def render(
    template: Template,
    *,
    customer: str,
    product: str,
    product_title: str,
    date: dt.date,
    pm: str,
    type: str,  # noqa: A002
) -> str:
    """Give a note's body: the template with its blanks filled in, each value on one line and taken literally.

    Raises IlogError (78) naming file and line for a template that is wrong, does more than fill in blanks and
    choose with `{% if %}`, or would start a second front matter.
    """
    given = (customer, product, product_title, date.isoformat(), pm, type)
    values = {name: _one_line(value) for name, value in zip(BLANKS, given, strict=True)}
    beyond = _BLANK.sub("", template.text)
    if "{{" in beyond or "{%" in beyond:
        text = _fill(template, values)
    else:
        text = _BLANK.sub(lambda blank: values[blank[1]], template.text)
    if _OPENER.match(text):
        hint = "delete the lines from --- to ---: ilog writes the fields itself"
        raise IlogError(f"{template.source}:1: starts with front matter", hint=hint, code=Code.CONFIG)
    return text


def _one_line(value: str) -> str:
    """Nobody's name may open or close a comment, and hide what is typed below it."""
    return " ".join(value.split()).replace("<!--", "&lt;!--").replace("-->", "--&gt;")


# What a template may do: a list of what is harmless, since Jinja's sandbox bounds neither time nor memory.
_BLANKS_AND_WORDS = ("Template", "TemplateData", "Output", "Name", "Const", "Concat", "Filter", "Keyword")
_CHOICES = ("If", "CondExpr", "Test", "Compare", "Operand", "And", "Or", "Not")
_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "default")


def _fill(template: Template, values: Mapping[str, str]) -> str:
    """Fill in with Jinja, which knows `{% if %}` and filters. `{#` stays text: headings have such anchors."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    jinja = ImmutableSandboxedEnvironment(
        comment_start_string="\0#",
        comment_end_string="#\0",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # a note is Markdown, not HTML
    )
    try:
        tree = jinja.parse(template.text)
        for node in _below(tree):
            _refuse_harm(node, template.source)
        return jinja.from_string(tree).render(values)
    except IlogError:
        raise
    except Exception as error:  # noqa: BLE001  a template is a program: it can fail in every way
        raise _wrong(template.source, _line_of(error), str(error) or type(error).__name__) from None


def _below(node: "nodes.Node") -> Iterator["nodes.Node"]:
    for child in node.iter_child_nodes():
        yield child
        yield from _below(child)


def _refuse_harm(node: "nodes.Node", source: str) -> None:
    kind, name = type(node).__name__, getattr(node, "name", "")
    if kind not in _BLANKS_AND_WORDS + _CHOICES:
        raise _wrong(source, node.lineno, f"{kind.lower()} is more than a template may do")
    if kind == "Name" and name not in BLANKS:
        raise _wrong(source, node.lineno, f"no such blank: {{{{ {name} }}}}", did_you_mean(name, BLANKS))
    if kind == "Filter" and name not in _FILTERS:
        raise _wrong(source, node.lineno, f"no such filter: {name}", did_you_mean(name, _FILTERS))


def _line_of(error: Exception) -> int:
    """Find the template's line in the traceback, where Jinja puts frames of its own making."""
    line, step = 1, error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = step.tb_lineno
        step = step.tb_next
    return line


def _wrong(source: str, line: int, what: str, hint: str = "") -> IlogError:
    hint = hint or f"use {{{{ {' }}, {{ '.join(BLANKS)} }}}} and {{% if %}}"
    return IlogError(f"cannot use {source}:{line}: {what}", hint=hint, code=Code.CONFIG)
