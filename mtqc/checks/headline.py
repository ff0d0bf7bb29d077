"""The headline against the body: where both say the same in English and not in French, the headline is wrong (TRM106).

Headlines are translated freely, and checks of one sentence forgive them much; the article itself is the witness. A
figure or a name is minor here, since the checks of those report it for what it is; a negation is major.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.document_rules import HEADLINE
from mtqc.checks.name_register import Name, Register, has_counterpart, register
from mtqc.checks.polarity_negation import Texts, french_negations, lost
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Location, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.name_data import key, word_use
from mtqc.text.numbers import Quantity, quantities
from mtqc.text.numbers.compare import compare, same_sort, says
from mtqc.text.tokens import words

_SENTENCE_END = re.compile(r"[.!?…][»”\"’')\]\s\u00a0]*\Z")
_DENIES = re.compile(
    r"(?<!\w)(?:pas|non|ni|aucune?s?|jamais|rien|nul|nulle|sans|personne|refus\w*|rejet\w*|échou\w*|interdi\w*|empêch\w*"
    r"|contre|incapables?|impossible|absence|manqu\w*|ni[ae]\w*|plus|dément\w*|faux|fausse|in\w{6,})(?!\w)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?<!\w)(?:not|no|never|none|\w+n't)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure, a name or a negation of the headline that the body's French has otherwise.

    `longest`: words from which on a first line is no headline. `shared`: share of the headline's longer English words
    that a sentence must have to be taken for the one that says the same.
    """

    longest: int = 25
    shared: float = 0.5
    rules: ClassVar[tuple[Rule, ...]] = (HEADLINE,)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings in the headline, if the article has one and a body."""
        at = _headline(article, self.longest)
        if at is None:
            return
        every = article.pairs
        bead, signals = every[at]
        body = [b for b, _ in every[at + 1 :]]
        yield from _figures(bead, body)
        yield from _names(register(article), at)
        yield from self._negation(bead, signals, body)

    def _negation(self, bead: Bead, signals: Signals, body: Sequence[Bead]) -> Iterator[Finding]:
        denied = _NEGATED.search(bead.source_text)
        if not denied or _DENIES.search(bead.target_text) or french_negations(bead.target_text):
            return
        candidate = lost(Texts(bead, signals))
        said = next((b for b in body if self._says_the_same(bead, b) and french_negations(b.target_text)), None)
        if candidate is None or said is None:
            return
        start, end = french_negations(said.target_text)[0]
        message = f"The headline drops “{denied.group()}”; the body, like the original, denies it: {_shown(said)}"
        yield HEADLINE.finding(
            bead.target_at(0, len(bead.target_text)),
            message,
            source=bead.source_at(candidate.start, candidate.end),
            related=(said.target_at(start, end),),
        )

    def _says_the_same(self, headline: Bead, other: Bead) -> bool:
        wanted, there = (_longer(b.source_text) for b in (headline, other))
        return (
            bool(wanted)
            and bool(_NEGATED.search(other.source_text))
            and len(wanted & there) >= self.shared * len(wanted)
        )


def _longer(text: str) -> frozenset[str]:
    return frozenset(w.norm.lower() for w in words(text) if len(w.norm) > 3)


def _shown(bead: Bead, limit: int = 80) -> str:
    text = " ".join(bead.target_text.split())
    return f"« {text if len(text) <= limit else text[: limit - 1].rstrip() + '…'} »"


def _headline(article: AlignedArticle, longest: int) -> int | None:
    """Index in `article.pairs`: of a web page its headline, else the first line where it does not end like a
    sentence and something follows.
    """
    blocks = [b.span for b in article.pair.target.blocks if b.kind == "headline"]
    for at, (bead, _) in enumerate(article.pairs):
        if blocks and not blocks[0].start <= bead.target_start < blocks[0].end:
            continue
        is_title = bool(blocks) or not _SENTENCE_END.search(bead.source_text)
        return at if is_title and len(words(bead.source_text)) < longest else None
    return None


def _figures(headline: Bead, body: Sequence[Bead]) -> Iterator[Finding]:
    english, french = quantities(headline.source_text, "en"), quantities(headline.target_text, "fr")
    if not english or not french:
        return
    found = compare(english, french)
    for i in found.missing:
        q = english[i]
        j = next((j for j in found.added if french[j].digits and _alike(q, french[j])), None)
        witness = _witness(q, body) if q.is_exact and j is not None else None
        if j is not None and witness is not None:
            said = headline.target_at(french[j].start, french[j].end)
            message = (
                f"« {said.text} » in the headline, « {witness.text} » in the body, which agrees with the original."
            )
            source = headline.source_at(q.start, q.end)
            yield HEADLINE.finding(
                said, message, source=source, related=(witness,), evidence=_proof(witness), severity=Severity.MINOR
            )


def _alike(a: Quantity, b: Quantity) -> bool:
    return same_sort(a, b) or (a.kind == b.kind == "number" and not (a.unit and b.unit))


def _witness(wanted: Quantity, body: Sequence[Bead]) -> Location | None:
    """The French of the same English figure in the body, where it says the same."""
    for bead in body:
        if not any(q.value == wanted.value and q.unit == wanted.unit for q in quantities(bead.source_text, "en")):
            continue
        for q in quantities(bead.target_text, "fr"):
            if says(wanted, [q]):
                return bead.target_at(q.start, q.end)
    return None


def _names(found: Register, at: int) -> Iterator[Finding]:
    headline = found.beads[at]
    for name in found.names.values():
        if not name.is_strong or len(name.norm) < 4 or not any(u.at == at for u in name.uses):
            continue
        witness = _kept(found, name, at)
        if witness is None or has_counterpart(name.norm, headline):
            continue
        for part in headline.target:
            if len(part.norm) > 3 and not part.initial and not found.stands_for_another(at, part.norm, name.norm):
                if word_use(part.norm, "fr").is_common or _is_elsewhere(found, at, part.norm):
                    continue
                said = headline.bead.target_at(part.start, part.end)
                message = f"« {said.text} » in the headline, « {witness.text} » in the body and in the original."
                yield HEADLINE.finding(
                    said, message, related=(witness,), fix=name.norm, evidence=_proof(witness), severity=Severity.MINOR
                )
                break


def _is_elsewhere(found: Register, at: int, form: str) -> bool:
    """True where the body's French has the word too: then it is another's name."""
    return any(key(form) in b.target_keys for i, b in enumerate(found.beads) if i != at)


def _kept(found: Register, name: Name, headline: int) -> Location | None:
    """The name as it stands in the French of the body."""
    for use in name.uses:
        if use.at != headline and use.kept:
            named = found.beads[use.at]
            part = next(p for p in named.target if p.norm == name.norm)
            return named.bead.target_at(part.start, part.end)
    return None


def _proof(witness: Location) -> tuple[Evidence, ...]:
    return (Evidence("in the body", witness.text, "", "this article"),)
