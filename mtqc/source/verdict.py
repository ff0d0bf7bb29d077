"""Are these two texts an English original and its French translation, the right way round?"""

from __future__ import annotations

from mtqc.errors import InputError
from mtqc.model import Document
from mtqc.text.language import MIN_LETTERS, UNKNOWN, Languages, languages, letters

SURE_SHARE = 0.9
SURE_LETTERS = 100
"""From here on, the measured answers were right without exception (reports/language.md)."""

ENGLISH, FRENCH = "en", "fr"


def check_languages(source: Document, target: Document) -> tuple[str, ...]:
    """Warnings where one side may be in a language that mtqc does not judge; none where both are as they should be.

    Raises InputError where the sides are swapped, are the same text, or one of them is surely in another language.
    A text too short to tell is let through. Of a mixed text the larger part counts.
    """
    if "".join(source.text.split()) == "".join(target.text.split()) and letters(source.text) >= MIN_LETTERS:
        raise InputError(
            f"{source.path} and {target.path} hold the same text.",
            hint="Give the original first, its translation second.",
        )
    found_source, found_target = languages(source.text), languages(target.text)
    if found_source.main == FRENCH and found_target.main == ENGLISH:
        message = f"The original, {source.path}, is in French and the translation, {target.path}, in English."
        raise InputError(message, hint="Swap them: the English original comes first.")
    sides = (("original", source, found_source, ENGLISH), ("translation", target, found_target, FRENCH))
    return tuple(w for side in sides for w in _check(*side))


def _check(what: str, document: Document, found: Languages, expected: str) -> tuple[str, ...]:
    if found.main in {expected, UNKNOWN}:
        return ()
    name, wanted = _name(found.main), _name(expected)
    message = f"The {what}, {document.path}, is in {name}, not in {wanted}."
    if found.share(found.main) >= SURE_SHARE and letters(document.text) >= SURE_LETTERS:
        raise InputError(message, hint=f"mtqc judges translations from English into French: give the {wanted} text.")
    return (f"The {what}, {document.path}, looks like {name}, not {wanted}; its findings may mean little.",)


def _name(lang: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(lang, lang))
