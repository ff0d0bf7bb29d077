"""What comes out of a review: corrected articles, sentence pairs, decisions, ratings. Each is made whole, in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtqc.errors import UsageError
from mtqc.model import CorpusReport
from mtqc.review import decided, pairs, ratings
from mtqc.review.events import Event
from mtqc.review.files import File, corrected_file
from mtqc.review.outcome import Outcome, safe_names
from mtqc.review.tables import corrected_table, is_table
from mtqc.review.words import N_
from mtqc.review.writing import write_bytes

NOTES = "READ-ME.txt"
CORRECTED = "corrected"
"""The folder of corrected articles, and the archive's name."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name (safe, ours), what it is, what is in it. `notes`: what its reader should know, in English."""

    name: str
    media_type: str
    body: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file. `title` and `about`: messages for the page, to be translated."""

    name: str
    title: str
    about: str
    make: Callable[[Outcome], Made]


def make(name: str, report: CorpusReport, events: Sequence[Event]) -> Made | None:
    """The file of that kind, as the events leave it; None: there is no such kind."""
    found = next((e for e in EXPORTS if e.name == name), None)
    return None if found is None else found.make(Outcome(report, events))


def export(report: CorpusReport, events: Sequence[Event], folder: Path, kinds: Sequence[str] = ()) -> tuple[Path, ...]:
    """Everything, or the kinds of that name, into a folder, each file whole or not at all; corrected articles into one
    of their own. Returns what was written. Raises InputError where that cannot be, UsageError at an unknown kind.
    """
    wanted = [e for e in EXPORTS if not kinds or e.name in kinds]
    for kind in kinds:
        if kind not in {e.name for e in EXPORTS}:
            known = ", ".join(e.name for e in EXPORTS)
            raise UsageError(f"--format {kind}: no such kind of file.", hint=f"Known: {known}.")
    outcome = Outcome(report, events)
    made = [(folder / m.name, m.body) for e in wanted if e.name != CORRECTED for m in [e.make(outcome)]]
    if any(e.name == CORRECTED for e in wanted):
        corrected, notes = _corrected(outcome)
        made += [(folder / CORRECTED / name, file.body) for name, file in corrected]
        made += [(folder / NOTES, _lines(notes))] if notes else []
    for path, body in made:
        write_bytes(path, body)
    return tuple(path for path, _ in made)


def _corrected(outcome: Outcome) -> tuple[list[tuple[str, File]], tuple[str, ...]]:
    """The articles with corrections, each under its file name, and what should be known of them. Those of a table come
    as the table, where that can be.
    """
    articles = outcome.report.articles
    edits = {n: found for n in range(len(articles)) if (found := outcome.edits(n))}
    files, done = _tables(outcome, edits)
    for n, name in enumerate(safe_names(a.pair.id for a in articles)):
        if n in edits and n not in done:
            file = corrected_file(articles[n], edits[n])
            files.append((f"{name}.{articles[n].pair.target.lang}{file.suffix}", file))
    return files, tuple(f"{name}: {note}" for name, file in files for note in file.notes)


def _tables(outcome: Outcome, edits: Mapping[int, Mapping[str, str]]) -> tuple[list[tuple[str, File]], set[int]]:
    """The tables that could be put together, and the numbers of the articles in them."""
    of_path: dict[str, list[int]] = {}
    for n in edits:
        path = outcome.report.articles[n].pair.target.path
        if is_table(path):
            of_path.setdefault(path, []).append(n)
    files, done = [], set()
    for name, (path, numbers) in zip(safe_names(Path(p).stem for p in of_path), of_path.items(), strict=True):
        file = corrected_table(Path(path), [(outcome.report.articles[n], edits[n]) for n in numbers])
        if file is not None:
            files.append((name + file.suffix, file))
            done |= set(numbers)
    return files, done


def _articles(outcome: Outcome) -> Made:
    """One corrected article as it is; several, or one of which something must be known, as an archive."""
    found, notes = _corrected(outcome)
    if len(found) == 1 and not notes:
        name, file = found[0]
        kind = "text/plain" if file.suffix == ".txt" else "application/octet-stream"  # never a page of ours
        return Made(name, kind, file.body)
    if not found:
        notes = ("No sentence was corrected: the articles are as they were.",)
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in found:
            archive.writestr(_member(name), file.body)
        if notes:
            archive.writestr(_member(NOTES), _lines(notes))
    return Made(f"{CORRECTED}.zip", "application/zip", body.getvalue(), notes)


def _member(name: str) -> zipfile.ZipInfo:
    """Without the time, so that the same articles make the same archive."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _lines(notes: Sequence[str]) -> bytes:
    return "".join(f"{note}\n" for note in notes).encode("utf-8", "replace")


def _decisions(outcome: Outcome) -> Made:
    return Made(decided.NAME, "application/json", decided.render(outcome).encode("utf-8", "replace"))


def _tmx(outcome: Outcome) -> Made:
    return Made(pairs.TMX_NAME, "application/x-tmx+xml", pairs.tmx(outcome))


def _xliff(outcome: Outcome) -> Made:
    return Made(pairs.XLIFF_NAME, "application/xliff+xml", pairs.xliff(outcome))


def _ratings(outcome: Outcome) -> Made:
    return Made(ratings.NAME, "text/tab-separated-values", ratings.render(outcome).encode("utf-8", "replace"))


EXPORTS: tuple[Export, ...] = (
    Export(
        CORRECTED,
        N_("Corrected articles"),
        N_("The translations with your corrections in them; everything else is as it was, byte for byte."),
        _articles,
    ),
    Export(
        "decisions",
        N_("Decisions"),
        N_("What the gate reads to pass over dismissed findings, and mtqc precision to measure the rules."),
        _decisions,
    ),
    Export("tmx", N_("Sentence pairs (TMX)"), N_("A translation memory of original and corrected sentences."), _tmx),
    Export(
        "xliff",
        N_("Sentence pairs (XLIFF)"),
        N_("For a translation tool: each sentence with its state, and the findings as notes."),
        _xliff,
    ),
    Export(
        "marot",
        N_("Ratings (Marot)"),
        N_("Your judgements as a table of MQM ratings; what is still open is left out."),
        _ratings,
    ),
)
"""In the order of the page."""
