"""An editor's judgements as Marot's table of MQM ratings: the editor is the rater.

An accepted finding is an error, with the severity that the editor gave it. A sentence all of whose findings were
dismissed has no error. What is still open was judged by nobody and is left out; so is a sentence without findings,
and an error that the editor mended without a finding: its category is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtqc.model import ArticleReport, SentenceReport, Severity
from mtqc.report import marot
from mtqc.review.index import Place
from mtqc.review.outcome import Outcome, milliseconds
from mtqc.review.state import Judgement

NAME = "mtqc-ratings.marot.tsv"
NOBODY = "editor"
"""The rater where the page was given no name."""
Found = list[tuple[Place, Judgement]]


def render(outcome: Outcome) -> str:
    """The table; a header alone where nothing was decided."""
    return marot.table(_rows(outcome))


def _rows(outcome: Outcome) -> Iterator[marot.Row]:
    first = 1
    for number, article in enumerate(outcome.report.articles):
        edits = outcome.edits(number)
        for n, (sentence, found) in enumerate(outcome.judged(number)):
            yield from _sentence(article, sentence, found, edits.get(sentence.id, ""), first + n)
        first += len(article.sentences)


def _sentence(
    article: ArticleReport, sentence: SentenceReport, found: Found, corrected: str, global_id: int
) -> Iterator[marot.Row]:
    accepted = [(p, j) for p, j in found if j.status == "accepted"]
    for place, judged in accepted:
        yield marot.row(
            article,
            sentence,
            place.finding,
            rater=judged.editor or NOBODY,
            severity=Severity[judged.severity.upper()] if judged.severity else None,
            note=judged.comment,
            corrected=corrected,
            timestamp=milliseconds(judged.at),
            global_id=global_id,
        )
    if found and not corrected and all(j.status == "dismissed" for _, j in found):
        last = found[-1][1]
        yield marot.row(
            article,
            sentence,
            None,
            rater=last.editor or NOBODY,
            note=last.comment,
            timestamp=milliseconds(last.at),
            global_id=global_id,
        )
