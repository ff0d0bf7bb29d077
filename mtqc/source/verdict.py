"""Are these two texts an original and its translation, each in its language, the right way round?"""

from __future__ import annotations

from mtqc.errors import InputError
from mtqc.model import Document
from mtqc.text.language import MIN_LETTERS, UNKNOWN, Languages, languages, letters

SURE_SHARE = 0.9
SURE_LETTERS = 100
"""From here on, the measured answers were right without exception (reports/language.md)."""


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
    if (found_source.main, found_target.main) == (target.lang, source.lang):
        own, other = _name(source.lang), _name(target.lang)
        message = f"The original, {source.path}, is in {other} and the translation, {target.path}, in {own}."
        way = f"if the {other} is the original, give --source-lang {target.lang} --target-lang {source.lang}"
        raise InputError(message, hint=f"Swap them: the {own} original comes first; {way}.")
    sides = (("original", source, found_source), ("translation", target, found_target))
    return tuple(w for side in sides for w in _check(*side, source.lang, target.lang))


def _check(what: str, document: Document, found: Languages, *langs: str) -> tuple[str, ...]:
    if found.main in {document.lang, UNKNOWN}:
        return ()
    name, wanted = _name(found.main), _name(document.lang)
    message = f"The {what}, {document.path}, is in {name}, not in {wanted}."
    way = " into ".join(map(_name, langs))
    if found.share(found.main) >= SURE_SHARE and letters(document.text) >= SURE_LETTERS:
        raise InputError(message, hint=f"mtqc was to judge a translation from {way}: give the {wanted} text.")
    return (f"The {what}, {document.path}, looks like {name}, not {wanted}; its findings may mean little.",)


def _name(lang: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(lang, lang))
