"""The language that mtqc itself speaks, in reports and on the review page: English, or what a catalog holds of another.

Catalogs are gettext .po files, read as they are: there is no build step. `mtqc/locale/fr.po` has what every page needs
(severities, categories, names of rules and languages, each in a gettext context), `mtqc/report/locale/fr.po` and
`mtqc/review/locale/fr.po` the rest. Messages are English, with slots like `%(count)s`; a literal % is written %%.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from mtqc.model import Severity


@dataclass(frozen=True, eq=False)
class Interface:
    """One language, with one package's catalog and the shared one. What a catalog lacks is said in English."""

    lang: str
    catalog: NullTranslations

    def say(self, message: str, /, **slots: object) -> str:
        """A message in this language, its slots filled."""
        return self.catalog.gettext(message) % slots

    def count(self, one: str, many: str, number: int, /, **slots: object) -> str:
        """A message that depends on a number, which stands in its slot `%(n)s`, set as this language sets numbers."""
        return self.catalog.ngettext(one, many, number) % {"n": self.number(number), **slots}

    def label(self, context: str, name: str) -> str:
        """A name out of the shared catalog. `context`: severity, category, rule, summary (of a rule) or language."""
        return self.catalog.pgettext(context, name)

    def severity(self, severity: Severity | str, number: int = 1) -> str:
        """`critical`; in a language in which it agrees with a number of findings, that of `number`."""
        name = severity if isinstance(severity, str) else severity.label
        return self.catalog.npgettext("severity", name, name, number)

    def rule(self, name: str) -> str:
        """The rule's name in words: `name mistranslated`."""
        return self.label("rule", name.replace("-", " "))

    def knows_rule(self, name: str) -> bool:
        """Whether the rule has a name in this language; one of a house's own may have an English one only."""
        return self.lang == "en" or self.rule(name) != name.replace("-", " ")

    def category(self, path: str, between: str = " › ") -> str:
        """The category's path in words: `accuracy › mistranslation › named entity`."""
        return between.join(self.label("category", step.replace("-", " ")) for step in path.split("/"))

    def language(self, lang: str) -> str:
        """`French`, of "fr"; what mtqc has no name for stays as it is."""
        return self.label("language", LANGUAGES[lang]) if lang in LANGUAGES else lang

    def number(self, value: float, digits: int = 0) -> str:
        """`1,234.5`, as this language sets it."""
        plain = f"{value:,.{digits}f}"
        return plain if self.lang == "en" else plain.translate(_FRENCH_FIGURES)


LANGUAGES = {"en": "English", "fr": "French"}
_FRENCH_FIGURES = str.maketrans({",": "\u202f", ".": ","})


@cache
def translator(lang: str, package: str) -> Interface:
    """How mtqc says things in `lang`; `package`, "mtqc.report" say, has its own messages in `locale/`."""
    if lang == "en":
        return Interface(lang, NullTranslations())
    own = _catalog(lang, package)
    own.add_fallback(_catalog(lang, "mtqc"))
    return Interface(lang, own)


def _catalog(lang: str, package: str) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    path = files(package) / "locale" / f"{lang}.po"
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
