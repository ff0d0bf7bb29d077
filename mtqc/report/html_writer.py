"""One self-contained HTML page: both texts side by side, spans marked, notes beside them. Nothing is fetched.

The page's own style and script are allowed by their hashes (Content-Security-Policy), so that nothing else can run.
Every sentence stands in the page, so that the browser's own search, printing and a reader without script reach it; the
style lets the browser leave undrawn what is not on screen (reports/interfaces.md has the measurement).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mtqc.model import CorpusReport, NotMeasured
from mtqc.report import html_summary as summary
from mtqc.report import phrases, standing
from mtqc.report.html_rows import page
from mtqc.report.plots import along_the_text
from mtqc.report.view import PLAIN, View

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = "templates"


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """The page."""
    words = phrases.phrases(view.lang)
    style, script = asset("report.css"), asset("report.js")
    pages = [page(n, article, words) for n, article in enumerate(report.articles)]
    notes = [note for p in pages for note in p.notes]
    text = (
        environment(view.lang)
        .get_template("report.html.j2")
        .render(
            report=report,
            view=view,
            pages=pages,
            single=len(pages) == 1,
            notes=notes,
            counts=phrases.count(n.finding for n in notes),
            summary=summary,
            standing=standing,
            trend=standing.trend(report, view.previous),
            style=style,
            script=script,
            policy=policy(style, script),
        )
    )
    return text.lstrip()


@cache
def environment(lang: str) -> Environment:
    """The templates, in one language."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    words = phrases.phrases(lang)
    made = Environment(
        loader=FunctionLoader(template), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_translations(words.say.catalog, newstyle=True)  # type: ignore[attr-defined]
    made.filters["measured"] = lambda value: not isinstance(value, NotMeasured)
    made.filters["harmless"] = phrases.harmless
    made.filters["unbroken"] = phrases.unbroken
    made.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    made.globals |= {"say": words, "evidence": phrases.evidence, "plot": along_the_text}
    return made


def template(name: str) -> str:
    """A template without the white space of its own lines: on ten thousand sentences that is a third of the page."""
    return re.sub(r"\n\s*", "", asset(name)) if name != "report.html.j2" else asset(name)


@cache
def asset(name: str) -> str:
    """The text of a file of templates/."""
    return (files("mtqc.report") / TEMPLATES / name).read_text(encoding="utf-8")


def policy(style: str, script: str = "") -> str:
    """The Content-Security-Policy of a page that has this style and script and fetches nothing."""
    allowed = f"style-src {_hash(style)}" + (f"; script-src {_hash(script)}" if script else "")
    return f"default-src 'none'; img-src data:; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
