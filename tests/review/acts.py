"""Events as an editor makes them, on findings of a report."""

from __future__ import annotations

from dataclasses import replace

import sample

from mtqc.policy import pair_fingerprint
from mtqc.review.events import Event
from mtqc.review.index import Index


def twins():
    """The ferry article twice, and in the second one its second sentence's findings twice too."""
    report = sample.corpus()
    first = report.articles[0]
    again = replace(first, pair=replace(first.pair, id="ferry again"))
    sentence = again.sentences[1]
    doubled = replace(sentence, findings=(*sentence.findings, *sentence.findings))
    again = replace(again, sentences=(again.sentences[0], doubled, *again.sentences[2:]))
    return replace(report, articles=(*report.articles, again))


def on(report, key, action="dismiss", editor="Anna", scope="finding", **more):
    """An act on the finding that the page calls `key`."""
    place = Index(report).place(key)
    sentence = place.sentence
    given = {
        "article": report.articles[place.article].pair.id,
        "sentence": sentence.id if sentence else "",
        "fingerprint": place.finding.fingerprint,
        "ordinal": place.ordinal,
        "code": place.finding.code,
        "text": place.marked,
        "source_text": place.original,
    }
    return act(action, editor, scope=scope, **{**given, **more})


def act(action, editor="Anna", **more):
    """An act on anything."""
    empty = dict.fromkeys(
        ("at", "article", "sentence", "fingerprint", "code", "text", "source_text", "severity", "comment"), ""
    )
    return Event(**{**empty, "id": 0, "scope": "finding", "undoes": 0, "action": action, "editor": editor, **more})


def rewording(report, article, sentence, text, editor="Anna", **more):
    """A sentence written anew."""
    bead = next(s.bead for s in report.articles[article].sentences if s.id == sentence)
    base = pair_fingerprint(bead.source_text, bead.target_text)
    name = report.articles[article].pair.id
    return act("edit", editor, article=name, sentence=sentence, text=text, base=base, **more)


def numbered(*events):
    """As the store gives them back."""
    return tuple(replace(e, id=n, at=f"2026-11-28T10:00:{n % 60:02}Z") for n, e in enumerate(events, 1))
