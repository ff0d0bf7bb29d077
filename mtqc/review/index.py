"""What the page's short names stand for: `3` an article, `2-17` a finding. A name is looked up here, and nowhere else.

So nothing that a browser sends is ever part of a path, a query or a key of anything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mtqc.model import ArticleReport, CorpusReport, Finding, SentenceReport
from mtqc.text.tokens import fold


@dataclass(frozen=True, slots=True)
class Place:
    """A finding in its article. `number` counts from 1, in the order of `all_findings`.

    `ordinal`: how many findings of the same fingerprint stand before it in the article.
    """

    key: str
    article: int
    number: int
    finding: Finding
    sentence: SentenceReport | None
    ordinal: int

    @property
    def marked(self) -> str:
        """The marked text, folded: what a decision on the same name or term everywhere goes by."""
        return fold(self.finding.target.text)

    @property
    def original(self) -> str:
        """The counterpart in the original, folded."""
        return fold(self.finding.source.text) if self.finding.source else ""

    @property
    def same(self) -> tuple[str, str, str]:
        """What all occurrences of the same name or term have in common."""
        return self.finding.code, self.marked, self.original

    @property
    def is_term(self) -> bool:
        """Whether there is a name or term to speak of everywhere."""
        return bool(self.marked or self.original)


class Index:
    """All articles, sentences and findings of a report, by the names that they have in the page."""

    def __init__(self, report: CorpusReport) -> None:
        self.report = report
        self.by_article = tuple(_places(n, article) for n, article in enumerate(report.articles))
        self._places = {place.key: place for places in self.by_article for place in places}
        self._same = Counter(place.same for place in self._places.values())
        self._rules = Counter((place.article, place.finding.code) for place in self._places.values())
        self._sentences = [{s.id: s for s in article.sentences} for article in report.articles]
        self._numbers = {article.pair.id: n for n, article in reversed(list(enumerate(report.articles)))}

    def article(self, number: int) -> ArticleReport | None:
        """The article with that number, from 0; None: there is none."""
        return self.report.articles[number] if 0 <= number < len(self.report.articles) else None

    def number(self, article: str) -> int | None:
        """The number of the article with that id."""
        return self._numbers.get(article)

    def place(self, key: str) -> Place | None:
        """The finding with that key; None: there is none."""
        return self._places.get(key)

    def sentence(self, number: int, name: str) -> SentenceReport | None:
        """The sentence `s12` of an article."""
        return self._sentences[number].get(name) if 0 <= number < len(self._sentences) else None

    def occurrences(self, place: Place) -> int:
        """How often the same name or term was found, this one included."""
        return self._same[place.same] if place.is_term else 1

    def of_rule(self, place: Place) -> int:
        """How many findings of its rule its article has, this one included."""
        return self._rules[place.article, place.finding.code]


def _places(number: int, article: ArticleReport) -> tuple[Place, ...]:
    owners: list[SentenceReport | None] = [s for s in article.sentences for _ in s.findings]
    owners += [None] * len(article.findings)
    met: Counter[str] = Counter()
    places = []
    for n, (finding, owner) in enumerate(zip(article.all_findings, owners, strict=True), 1):
        places.append(Place(f"{number}-{n}", number, n, finding, owner, met[finding.fingerprint]))
        met[finding.fingerprint] += 1
    return tuple(places)
