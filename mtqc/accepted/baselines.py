"""The baseline: findings that stood there when it was made, by fingerprint."""

from __future__ import annotations

import json
from collections import Counter

from mtqc.accepted.entries import Accepted
from mtqc.errors import InputError
from mtqc.model import CorpusReport, Finding, NotMeasured
from mtqc.policy import pair_fingerprint

SCHEMA = "mtqc-baseline/1"


def baseline(report: CorpusReport, low_quality: float) -> str:
    """The baseline of a report, as JSON: its findings, and pairs of sentences of a quality below `low_quality`."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Finding] = {}
    for article in report.articles:
        for f in article.all_findings:
            key = (article.pair.id, f.fingerprint)
            counts[key] += 1
            if key not in first or f.severity > first[key].severity:
                first[key] = f
    entries = [_entry(article, first[article, print_], n) for (article, print_), n in counts.items()]
    data = {
        "schema": SCHEMA,
        "signature": report.signature,
        "low_quality": {"below": low_quality, "sentences": _low(report, low_quality)},
        "entries": entries,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _entry(article: str, f: Finding, count: int) -> dict[str, object]:
    return {
        "fingerprint": f.fingerprint,
        "article": article,
        "code": f.code,
        "severity": f.severity.label,
        "text": f.target.text,
        "message": f.message,
        "count": count,
    }


def _low(report: CorpusReport, below: float) -> list[str]:
    found = {
        pair_fingerprint(s.bead.source_text, s.bead.target_text)
        for a in report.articles
        for s in a.sentences
        if not isinstance(s.quality, NotMeasured) and round(s.quality, 2) < below
    }
    return sorted(found)


def require_signature(accepted: Accepted, signature: str, name: str, renew: str) -> None:
    """Raises InputError where a baseline was made under another signature: its findings are another measure's.

    `name`: its file; `renew`: the command that makes it anew.
    """
    if not accepted.signature or accepted.signature == signature:
        return
    then, now = accepted.signature.split("|"), signature.split("|")
    changed = dict.fromkeys(part.split(":", 1)[0] for part in [*then, *now] if (part in then) != (part in now))
    raise InputError(
        f"{name} was made under another signature (it differs in {', '.join(changed)}): what it accepts was measured"
        " in another way.",
        hint=f"Renew it with: {renew}",
    )
