"""The page as text: one HTML file that needs no network and no scripts, and prints on A4."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from experiments.figures.drawing import Drawn
from sim.messages import language, say

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, what hovering shows, whether it is a number, and a class that colours it."""

    text: str
    title: str = ""
    number: bool = False
    mark: str = ""
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table of the page."""

    caption: str
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def render(template: str, facts: Mapping[str, Any]) -> str:
    """A template filled with facts; every text in them is escaped. Raises UndefinedError for a missing fact."""
    css = Markup((HERE / "page.css").read_text(encoding="utf-8"))
    return _environment().get_template(template).render(facts, say=say, lang=language(), css=css)


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    made.filters["minus"] = lambda text: re.sub(r"(?<![\w.])-(?=\d)", "−", str(text))
    return made


def inline_figures(drawn: Sequence[Drawn]) -> list[dict[str, Any]]:
    """The figures as SVG for the page, with their captions."""
    return [{"svg": inline_svg(each), "caption": each.caption, "name": each.name} for each in drawn]


def inline_svg(drawn: Drawn) -> Markup:
    """The drawing of a figure's file, its ids made its own: two drawings on a page must not share one."""
    text = drawn.path.with_suffix(".svg").read_text(encoding="utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r'\bid="', f'id="{drawn.name}-', text)
    text = re.sub(r'((?:xlink:)?href="#|url\(#)', rf"\g<1>{drawn.name}-", text)
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    label = Markup.escape(drawn.caption)
    return Markup(re.sub(r"<svg\b", f'<svg role="img" aria-label="{label}"', text, count=1))
