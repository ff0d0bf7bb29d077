"""The interface's languages: every message has a translation, every translation is used, every rule has a name."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from mtqc.checks import CHECKS, OPTIONAL
from mtqc.interface import LANGUAGES, translator
from mtqc.model import Category, Severity

ROOT = Path(__file__).parent.parent / "mtqc"
KEYWORDS = {"say": None, "count": (1, 2), "_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
CALLS = {"say": (1, None), "count": (1, 2)}
PACKAGES = [p for p in ("report", "review") if (ROOT / p / "locale").is_dir()]
RULES = [r for c in CHECKS + OPTIONAL for r in c.rules]
SLOT = re.compile(r"%\((\w+)\)s")


def messages(package: str):
    """Every message of a package's Python files and templates, as babel's own extractors find them."""
    for path in sorted((ROOT / package).rglob("*")):
        method = {".py": "python", ".j2": "jinja2.ext:babel_extract", ".html": "jinja2.ext:babel_extract"}.get(
            path.suffix
        )
        if method is None:
            continue
        options = {"newstyle_gettext": "true"} if "jinja2" in method else {"encoding": "utf-8"}
        for _, message, _, _ in extract(method, BytesIO(path.read_bytes()), KEYWORDS, (), options):
            yield (message[:2] if isinstance(message, tuple) else message), path.name


def catalog(path: Path):
    with path.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_message_has_a_translation_and_every_translation_is_used(package):
    said = {message for message, _ in messages(package) if "".join(message)}
    entries = {m.id for m in catalog(ROOT / package / "locale" / "fr.po") if m.id}
    assert len(said) > 20
    assert said - entries == set(), "not in fr.po"
    assert entries - said == set(), "in fr.po, but said nowhere"


@pytest.mark.parametrize(
    "path", [ROOT / "locale" / "fr.po", *(ROOT / p / "locale" / "fr.po" for p in PACKAGES)], ids=str
)
def test_translations_are_whole(path):
    for message in catalog(path):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy, message.id
        for text in strings:
            assert set(SLOT.findall(text)) == set(SLOT.findall(ids[-1])), message.id
            if message.context is None:
                assert text % dict.fromkeys(SLOT.findall(text), "x"), "a literal % is written %%"
            assert not re.search(r"'| [;:!?»]|« ", text), f"an apostrophe or a space that French does not set: {text}"


def test_every_rule_has_a_french_name_and_summary_every_category_and_language_a_name():
    french = translator("fr", "mtqc.report")
    assert [r.name for r in RULES if not french.knows_rule(r.name)] == []
    names = [french.rule(r.name) for r in RULES]
    assert len(names) == len(set(names)), "two rules have one name"
    shared = {(m.context, m.id) for m in catalog(ROOT / "locale" / "fr.po") if m.id}
    steps = {("category", step.replace("-", " ")) for c in Category for step in c.split("/")}
    severities = {("severity", (s.label, s.label)) for s in Severity}
    rules = {("rule", r.name.replace("-", " ")) for r in RULES}
    summaries = {("summary", r.summary) for r in RULES}
    languages = {("language", name) for name in LANGUAGES.values()}
    assert shared == steps | severities | rules | summaries | languages


def test_french_and_english():
    french, english = translator("fr", "mtqc.report"), translator("en", "mtqc.report")
    assert french.severity(Severity.MAJOR, 2) == "majeures"
    assert english.severity(Severity.MAJOR, 2) == "major"
    assert french.number(1234.56, 1) == "1\u202f234,6"
    assert english.number(1234.56, 1) == "1,234.6"
    assert french.category("accuracy/omission") == "exactitude › omission"
    assert (french.language("fr"), english.language("fr"), french.language("de")) == ("français", "French", "de")
    assert french.rule("of-our-house") == "of our house"
    assert not french.knows_rule("of-our-house")
    assert english.knows_rule("of-our-house")
    assert french.say("Summary") == "Résumé"
    assert french.count("%(n)s article", "%(n)s articles", 1500) == "1\u202f500 articles"
    assert french.say("something %(what)s that no catalog holds", what="new") == "something new that no catalog holds"


def test_text_with_slots_in_it_is_not_filled_again():
    assert (
        translator("fr", "mtqc.report").say("%(place)s: %(text)s", place="%(x)s", text="100 %") == "%(x)s\u00a0: 100 %"
    )
