"""A run that was made anew, reviewed with the decisions that were there already: what of them still holds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mtqc.accepted import restored
from mtqc.errors import InputError
from mtqc.model import CorpusReport
from mtqc.report.json_reader import report_path
from mtqc.review.events import Event, live
from mtqc.review.state import fold
from mtqc.review.store import Belonging

_WHAT = {"accept": "accepted", "dismiss": "dismissed", "edit": "corrected", "comment": "comment"}


def digest(run: Path) -> str:
    """SHA-256 of a run's report. Raises InputError."""
    path = report_path(run)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", hint="Check its permissions.") from error


def reviewed(report: CorpusReport, events: Sequence[Event]) -> CorpusReport:
    """The report as it is reviewed: what a run left out because of these very decisions is in it again, so that they
    can be seen, taken back, and written out once more. Scores stay as they were measured.
    """
    decided = [s for s in report.suppressed if s.by == "decision"]
    if not decided or not events:
        return report
    whole = restored(replace(report, suppressed=tuple(decided)))
    judged = fold(whole, events).judged
    ours = {(article, fingerprint) for (article, fingerprint, _), j in judged.items() if j.status != "open"}
    back = tuple(s for s in decided if (s.article, s.finding.fingerprint) in ours)
    others = tuple(s for s in report.suppressed if s not in back)
    return replace(restored(replace(report, suppressed=back)), suppressed=others, unused=report.unused)


def told(report: CorpusReport, events: Sequence[Event], before: Belonging | None) -> str:
    """What became of the decisions made on an earlier report; "" where there is nothing to say."""
    standing = live(events)
    lost = fold(report, events).unmatched
    if not standing or (before is None and not lost):
        return ""
    kept = len(standing) - len(lost)
    text = f"the report is another one than when it was last reviewed ({before.at}): " if before else ""
    text += f"{kept:,} of {len(standing):,} decisions are about something that it holds"
    if not lost:
        return text + "."
    kinds = Counter(_WHAT.get(e.action, e.action) for e in lost)
    counted = ", ".join(f"{n:,} {what}" for what, n in kinds.most_common())
    done = sum(_is_in_the_text(report, e) for e in lost)
    text += f"; {len(lost):,} are about nothing in it ({counted}) and are kept, but count for nothing"
    return text + (f"; {done:,} of those corrections stand in the text now." if done else ".")


def _is_in_the_text(report: CorpusReport, event: Event) -> bool:
    """Whether a correction was taken over: the translation reads so by now."""
    if event.action != "edit":
        return False
    sentences = (s for a in report.articles if a.pair.id == event.article for s in a.sentences)
    return any(s.bead.target_text == event.text for s in sentences)
