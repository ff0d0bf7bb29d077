"""Templates filled in a visitor's language, and the files that a page may load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mtqc.interface import LANGUAGES, Interface, translator
from mtqc.report import phrases
from mtqc.review import keys

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE, SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
ASSETS = {
    "review.css": STYLE,
    "review.js": SCRIPT,
    "writing.js": SCRIPT,
    "outbox.js": SCRIPT,
    "overview.js": SCRIPT,
}
"""All files that the page may load: by name, out of the package."""
POLL = 2000
"""Milliseconds between two looks at what others did."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page, and how. `form_token`: what the forms must carry."""

    editor: str
    lang: str
    keys_on: bool
    form_token: str

    @property
    def say(self) -> Interface:
        """The interface in the visitor's language."""
        return translator(self.lang, "mtqc.review")


@cache
def asset(name: str) -> bytes:
    """A file of ASSETS."""
    return (files("mtqc.review") / "templates" / name).read_bytes()


def message(visitor: Visitor, text: str, *, home: bool) -> str:
    """A page of one text. `home`: with a link to the articles."""
    return render("message.html.j2", visitor, title=visitor.say.say("Review"), message=text, home=home)


def render(template: str, visitor: Visitor, **given: object) -> str:
    """A page for a visitor."""
    page = _environment(visitor.lang).get_template(template)
    return page.render(
        editor=phrases.harmless(visitor.editor), keys_on=visitor.keys_on, form_token=visitor.form_token, **given
    )


@cache
def _environment(lang: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("mtqc.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    say = translator(lang, "mtqc.review")
    install: Callable[..., None] = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(say.catalog, newstyle=True)
    environment.filters["harmless"] = phrases.harmless
    environment.filters["unbroken"] = phrases.unbroken
    environment.globals.update(
        say=say,
        lang=lang,
        languages=LANGUAGES,
        severities=phrases.SEVERITIES,
        keys=keys.KEYS,
        key_of=keys.of,
        show_key=keys.shown,
        phrase=phrases,
    )
    return environment
