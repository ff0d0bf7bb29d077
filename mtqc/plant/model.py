"""What a kind of planted error is, what it sees of an article, and what comes out of planting."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mtqc.model import ArticlePair, Bead, Category, Severity, Span

BOTH: frozenset[str] = frozenset({"en", "fr"})
FRENCH: frozenset[str] = frozenset({"fr"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a kind sees: one pair of sentences, and the article around it.

    `target` and `source` are the bead's texts. `after` is the text of the translation from the bead's end on; `next`
    the next pair of sentences, None where there is none or it already has an error. `lang`: of the translation.
    """

    source: str
    target: str
    lang: str
    after: str = ""
    next: Bead | None = None
    earlier: tuple[Bead, ...] = ()
    later: tuple[Bead, ...] = ()
    bead: Bead | None = None

    @property
    def source_lang(self) -> str:
        """The other language."""
        return "en" if self.lang == "fr" else "fr"

    @property
    def english(self) -> str:
        """The side that is English."""
        return self.source if self.lang == "fr" else self.target

    @property
    def french(self) -> str:
        """The side that is French."""
        return self.target if self.lang == "fr" else self.source


@dataclass(frozen=True, slots=True)
class Edit:
    """`target[start:end]` becomes `text`; offsets count in the sentence, `end` may lie beyond it (`Scene.after`).

    `marks`: where the error stands in `text`, in its code points, an empty stretch being the place of an omission;
    without it, all of `text` but the white space around it. `source`: the original's words that the error concerns.
    `severity`: where it is not the kind's own.
    """

    start: int
    end: int
    text: str
    marks: tuple[int, int] | None = None
    source: str = ""
    note: str = ""
    severity: Severity | None = None
    takes_next: bool = False

    @property
    def marked(self) -> Span:
        """`marks`, or all of `text` but the white space around it."""
        if self.marks is not None:
            return Span(*self.marks)
        inner = self.text.strip()
        start = self.text.find(inner)
        return Span(start, start + len(inner))


Find = Callable[[Scene, random.Random], Iterable[Edit]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error. `find` yields every place where it can be planted, nothing where it would be no error.

    `codes`: prefixes of the rules that should find it. `languages`: of translations that it can be planted in.
    """

    name: str
    category: Category
    severity: Severity
    codes: tuple[str, ...]
    summary: str
    find: Find
    languages: frozenset[str] = FRENCH


@dataclass(frozen=True, slots=True)
class PlantedError:
    """One planted error. `span` counts in the planted translation and is empty where something was left out.

    `edited` is all that was written anew, `original` what stood there before; `text` is what stands at `span`.
    `source_text` is the original's sentence, or the words of it that the error concerns; `sentence` the span of the
    whole planted sentence.
    """

    kind: Kind
    span: Span
    text: str
    edited: Span
    original: str
    source_text: str
    severity: Severity
    sentence: Span
    bead: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair whose translation has errors, and these, in document order; `clean` is the pair as it was."""

    pair: ArticlePair
    errors: tuple[PlantedError, ...]
    clean: ArticlePair
    sentences: int = 0
