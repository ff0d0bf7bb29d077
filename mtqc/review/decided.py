"""The decisions file, mtqc-decisions.json: what the gate, a baseline and `mtqc precision` read of a review.

What is said of one finding goes before what is said of a rule in an article, and that before everywhere
(mtqc.accepted). A review goes by time: where both differ, the finding gets an entry of its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from mtqc.review.events import Event
from mtqc.review.index import Place
from mtqc.review.outcome import Outcome
from mtqc.review.state import Judgement

SCHEMA = "mtqc-decisions/1"
NAME = "mtqc-decisions.json"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry. `text` and `source_text` are folded. `cases`: distinct things decided on (see cases_of), 0 where
    another entry has them.

    `decision`: accepted or dismissed; `scope`: finding, rule-in-article or everywhere; `severity`: the editor's, or "".
    """

    article: str
    fingerprint: str
    code: str
    text: str
    source_text: str
    decision: str
    scope: str
    severity: str
    comment: str
    editor: str
    at: str
    cases: int = 1


def render(outcome: Outcome) -> str:
    """The file."""
    entries = [asdict(d) for d in decisions(outcome)]
    return json.dumps({"schema": SCHEMA, "entries": entries}, ensure_ascii=False, indent=1) + "\n"


def decisions(outcome: Outcome) -> tuple[Decision, ...]:
    """Everything that was decided, each once: of single findings, of rules in articles, of terms everywhere."""
    wide = _wide(outcome)
    alike: dict[tuple[int, str], list[Place]] = {}
    for places in outcome.index.by_article:
        for place in places:
            alike.setdefault((place.article, place.finding.fingerprint), []).append(place)
    single = (_single(outcome, places, wide) for places in alike.values())
    return (*(d for d in single if d is not None), *wide.values())


def _wide(outcome: Outcome) -> dict[Key, Decision]:
    """Decisions on more than one finding. What is decided everywhere holds also where nothing is found now."""
    said = {_key_of(e): e for e in outcome.standing if e.scope != "finding" and e.is_verdict}
    found = {key: _of_event(event) for key, event in said.items()}
    settled: dict[Key, list[Place]] = {}
    for places in outcome.index.by_article:
        for place in places:
            for scope in ("rule-in-article", "everywhere"):
                of_scope = settled.setdefault(_key(outcome, place, scope), [])
                if outcome.judgement(place).settled_by == scope:
                    of_scope.append(place)
    return {key: replace(d, cases=cases_of(settled[key], key[0]) if key in settled else 1) for key, d in found.items()}


def cases_of(places: list[Place], scope: str = "rule-in-article") -> int:
    """Distinct things among the findings that a decision still settles: a name or term once, of a rule also a mark
    without a letter or digit each time.
    """
    if scope == "everywhere":
        return min(len(places), 1)
    terms = {p.same for p in places if _is_term(p)}
    return len(terms) + sum(not _is_term(p) for p in places)


def _is_term(place: Place) -> bool:
    return any(c.isalnum() for c in place.marked + place.original)


def _key_of(event: Event) -> Key:
    if event.scope == "everywhere":
        return event.scope, event.code, event.text, event.source_text
    return event.scope, event.code, event.article


def _key(outcome: Outcome, place: Place, scope: str) -> Key:
    if scope == "everywhere":
        return scope, *place.same
    return scope, place.finding.code, outcome.report.articles[place.article].pair.id


def _of_event(event: Event) -> Decision:
    return Decision(
        article=event.article,
        fingerprint=event.fingerprint,
        code=event.code,
        text=event.text,
        source_text=event.source_text,
        decision="dismissed" if event.action == "dismiss" else "accepted",
        scope=event.scope,
        severity="",
        comment=event.comment,
        editor=event.editor,
        at=event.at,
    )


def _single(outcome: Outcome, places: list[Place], wide: dict[Key, Decision]) -> Decision | None:
    """What must be said of a finding itself: what was decided on it alone, or what the wider entries do not say.

    `places`: the same mark in the same sentence, most often once. A file cannot tell them apart: where not all of them
    are dismissed, none is.
    """
    judged = [(place, outcome.judgement(place)) for place in places]
    place, own = min(judged, key=lambda pj: _ORDER[_decision(pj[1])])
    decision = _decision(own)
    if decision == "open":
        return None
    others = [wide[k] for s in ("rule-in-article", "everywhere") if (k := _key(outcome, place, s)) in wide]
    is_said = bool(others) and others[0].decision == decision and not own.severity
    if is_said and own.settled_by not in {"", "finding"}:
        return None
    return _of(outcome, place, own, decision)


def _decision(judged: Judgement) -> str:
    """open, accepted or dismissed; who changes a severity says that there is something."""
    return "accepted" if judged.status == "open" and judged.severity else judged.status


_ORDER = {"accepted": 0, "open": 1, "dismissed": 2}


def _of(outcome: Outcome, place: Place, judged: Judgement, decision: str) -> Decision:
    return Decision(
        article=outcome.report.articles[place.article].pair.id,
        fingerprint=place.finding.fingerprint,
        code=place.finding.code,
        text=place.marked,
        source_text=place.original,
        decision=decision,
        scope="finding",
        severity=judged.severity,
        comment=judged.comment,
        editor=judged.editor,
        at=judged.at,
        cases=int(judged.settled_by in {"", "finding"}),
    )
