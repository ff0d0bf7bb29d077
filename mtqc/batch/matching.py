"""Two folders whose file names say nothing: which text translates which, by what they say."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mtqc.align.document_terms import Features, Vocabulary, joined
from mtqc.align.documents import CONFIDENT, DOUBT, Assignment, assign
from mtqc.batch.outputs import put
from mtqc.errors import InputError
from mtqc.model import NotMeasured
from mtqc.source import Read
from mtqc.source.articles import Last, judged
from mtqc.source.documents import require_path
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs, Match, listing, own_name
from mtqc.source.manner import own
from mtqc.source.names import Names
from mtqc.source.single import read_document_or_page, read_match, require_regular, told
from mtqc.text.sentences import spans

COLUMNS = ("id", "source", "target", "confidence", "reason")
"""Of the list of pairs."""
MOST_SENTENCES = 30
"""Of a text that is back-translated: what is longer says enough by itself."""
_LANGUAGE = {"en": "English", "fr": "French"}

Back = Callable[[Sequence[str]], Sequence[str | NotMeasured]]
"""Translates French sentences into English."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two files that belong together, or one that has no sure counterpart, and why. It can be pickled.

    `confidence`: how likely they belong together, 0 to 1; of a file alone, it and the `likeliest` of the other side.
    """

    id: str
    source: Path | None
    target: Path | None
    confidence: float = 0.0
    error: InputError | None = None
    likeliest: Path | None = None

    @property
    def match(self) -> Match:
        """As mtqc.source.folders has it."""
        if self.error is None and self.source is not None and self.target is not None:
            return self.id, self.source, self.target
        return self.id, self.error or InputError(f"{self.id} has no counterpart.", hint="Add it, or remove the file.")


def pairings(
    source: Path, target: Path | None, langs: Langs = ENGLISH_TO_FRENCH, back: Back | None = None
) -> tuple[Pairing, ...]:
    """The originals in order of their paths, each with its translation or why it has none; then the translations that
    are left.

    `back` is asked about texts of which names, numbers and the lexicon leave a doubt. Features of the texts are kept in
    memory, not the texts. Raises InputError where these are not two folders with texts.
    """
    for path in filter(None, (source, target)):
        require_path(path)
    if target is None or not (source.is_dir() and target.is_dir()):
        message = "Texts are matched by content where they are in two folders, one for each language."
        raise InputError(message, hint="Give both folders, or leave out --match content.")
    vocabulary = Vocabulary()
    sides = _read(source, langs[0], vocabulary), _read(target, langs[1], vocabulary)
    english, french = sides if langs[0] == "en" else sides[::-1]
    found = assign(vocabulary, english.features, french.features)
    doubtful = [pair.french for pair in found.pairs if DOUBT <= pair.confidence < CONFIDENT]
    if back is not None and doubtful:
        found = assign(vocabulary, english.features, _asked(french, doubtful, vocabulary, back))
    partners = _partners(found) if langs[0] == "en" else _partners(found)[::-1]
    left = (one for one in _told(*sides[::-1], *partners[::-1]) if one.error is not None)
    return (*_told(*sides, *partners), *(replace(one, source=None, target=one.source) for one in left))


def matched(source: Path, target: Path | None, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Match]:
    """As mtqc.source.folders.match_two, by content."""
    return (pairing.match for pairing in pairings(source, target, langs))


def read(found: Iterable[Pairing], langs: Langs, last: Last = judged) -> Iterator[Read]:
    """The articles, each with an id that no other has; `last` is done to each last."""
    names = Names()
    return (told(own(read_match(pairing.match, langs, last), names)) for pairing in found)


def write_manifest(found: Iterable[Pairing], path: Path) -> None:
    """The list of pairs, and of what has none, as CSV that --manifest reads again. Raises InputError."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in found:
        files = (str(side.absolute()) if side else "" for side in (one.source, one.target))
        table.writerow([one.id, *files, f"{one.confidence:.4f}", one.error.message if one.error else ""])
    put(path, text.getvalue().encode("utf-8", "backslashreplace"))


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a side that could be read, and those that could not."""

    root: Path
    lang: str
    names: list[str]
    features: list[Features]
    unread: list[tuple[str, InputError]]

    def path(self, place: int) -> Path:
        return self.root / self.names[place]

    def all(self) -> list[tuple[str, int | InputError]]:
        """Every file in order: its place, or why it could not be read."""
        read: list[tuple[str, int | InputError]] = [(name, place) for place, name in enumerate(self.names)]
        return sorted([*read, *self.unread], key=lambda item: item[0])


def _read(root: Path, lang: str, vocabulary: Vocabulary) -> _Texts:
    found = listing(root)
    texts = _Texts(root, lang, [], [], list(found.refused))
    for name in found.names:
        try:
            features = vocabulary.features(_text(root / name, lang), lang)
        except InputError as error:
            texts.unread.append((name, error))
        else:
            texts.names.append(name)
            texts.features.append(features)
    return texts


def _text(path: Path, lang: str) -> str:
    require_regular(path)
    return read_document_or_page(path, lang).document.text


def _asked(texts: _Texts, doubtful: Sequence[int], vocabulary: Vocabulary, back: Back) -> list[Features]:
    """All features, those of the doubtful French texts with what their back-translation says."""
    sentences = {place: _sentences(texts, place) for place in doubtful}
    sentences = {place: found for place, found in sentences.items() if 0 < len(found) <= MOST_SENTENCES}
    hypotheses = iter(back([sentence for found in sentences.values() for sentence in found]))
    features = list(texts.features)
    for place, found in sentences.items():
        english = [h for h in (next(hypotheses) for _ in found) if isinstance(h, str)]
        if english:
            features[place] = joined(features[place], vocabulary.features("\n".join(english), "en"))
    return features


def _sentences(texts: _Texts, place: int) -> list[str]:
    try:
        text = _text(texts.path(place), texts.lang)
    except InputError:  # it changed meanwhile: whoever reads it next says so
        return []
    return [line[start:stop] for line in text.splitlines() for start, stop in spans(line, "fr")]


@dataclass(frozen=True, slots=True)
class _Partner:
    """The counterpart of a text, by its place, and how likely it is; 0 where it was given to another."""

    place: int
    confidence: float


_Partners = dict[int, _Partner]


def _partners(found: Assignment) -> tuple[_Partners, _Partners]:
    """Of the English texts, and of the French: whom they were assigned, else whom they resemble most."""
    english = {i: _Partner(j, 0.0) for i, j in found.nearest_french.items()}
    french = {j: _Partner(i, 0.0) for j, i in found.nearest_english.items()}
    for pair in found.pairs:
        english[pair.english] = _Partner(pair.french, pair.confidence)
        french[pair.french] = _Partner(pair.english, pair.confidence)
    return english, french


def _told(own: _Texts, others: _Texts, partners: _Partners, theirs: _Partners) -> Iterator[Pairing]:
    """Every file of `own`, as if these were the originals."""
    for name, place in own.all():
        path, called = own.root / name, own_name(name) or own.root.absolute().name
        if isinstance(place, InputError):
            yield Pairing(called, path, None, error=place)
            continue
        partner = partners.get(place, _Partner(-1, 0.0))
        likeliest = others.path(partner.place) if place in partners else None
        if partner.confidence >= CONFIDENT:
            yield Pairing(called, path, likeliest, partner.confidence)
            continue
        taker = theirs.get(partner.place)
        taken = own.path(taker.place) if taker and taker.confidence >= CONFIDENT else None
        error = _alone(path, others, likeliest, taken, partner.confidence)
        yield Pairing(called, path, None, partner.confidence, error, likeliest)


def _alone(path: Path, others: _Texts, likeliest: Path | None, taken: Path | None, confidence: float) -> InputError:
    language, hint = _LANGUAGE[others.lang], "Add it, or remove the file."
    if likeliest is None:
        why = "no text there shares its names, numbers and words"
        return InputError(f"{path} has no {language} counterpart in {others.root}: {why}.", hint=hint)
    if taken is not None:
        why = f"the likeliest, {likeliest}, belongs to {taken}"
        return InputError(f"{path} has no {language} counterpart in {others.root}: {why}.", hint=hint)
    if confidence < DOUBT:
        why = f"even what is nearest, {likeliest}, is another article"
        return InputError(f"{path} has no {language} counterpart in {others.root}: {why}.", hint=hint)
    sure = f"the likeliest is {likeliest}, with a confidence of {math.floor(100 * confidence)} %"
    hint = "If they belong together, say so in a manifest (--manifest)."
    return InputError(f"{path} has no sure {language} counterpart in {others.root}: {sure}.", hint=hint)
