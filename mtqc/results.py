"""What the Python interface hands out beside reports: the record of an article that could not be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mtqc.errors import MtqcError
from mtqc.model import ArticleReport, CorpusReport


@dataclass(frozen=True, slots=True)
class Unchecked:
    """In place of a report: the article `id` could not be checked, and `error` says why and what to do."""

    id: str
    error: MtqcError

    @property
    def complete(self) -> Literal[False]:
        """As ArticleReport.complete; never True."""
        return False


Result = ArticleReport | Unchecked
Results = CorpusReport | Result | Iterable[Result]


def each(results: Results) -> Iterator[ArticleReport | tuple[str, str]]:
    """The reports one by one; of what could not be read or checked (id, why)."""
    if isinstance(results, CorpusReport):
        yield from results.articles
        yield from results.unread
        return
    for result in [results] if isinstance(results, ArticleReport | Unchecked) else results:
        yield (result.id, str(result.error)) if isinstance(result, Unchecked) else result
