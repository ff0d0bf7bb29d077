"""Articles measured once: beads and signals are kept on disk, outside the repository, and only the checks run again.

The folder is MTQC_MEASURE_CACHE, or mtqc-measure in the user's cache folder. What a stored article depends on is in its
name: the texts, the models' signature, and the code that aligns and measures.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from data import ROOT
from platformdirs import user_cache_path

from mtqc.config import Settings
from mtqc.evaluate import Output, output
from mtqc.model import AlignedArticle, ArticlePair, ArticleReport, CorpusReport
from mtqc.pipeline import Models, align_article, judge_article
from mtqc.report.json_writer import as_dict

CODE = ("model.py", "pipeline.py", "measuring.py", "signals.py", "align/*.py", "text/sentences.py", "text/tokens.py")


def folder() -> Path:
    return Path(os.environ.get("MTQC_MEASURE_CACHE") or user_cache_path("mtqc-measure"))


@cache
def code() -> str:
    files = sorted(p for pattern in CODE for p in (ROOT / "mtqc").glob(pattern))
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in files)).hexdigest()


def aligned(pair: ArticlePair, models: Models | None) -> AlignedArticle:
    """The article with its beads and signals, from disk where it was measured before."""
    parts = (pair.source, pair.target, pair.segments, models.signature if models else "", code())
    path = folder() / f"{hashlib.sha256(repr(parts).encode()).hexdigest()}.pickle"
    try:
        return pickle.loads(path.read_bytes())
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, TypeError):
        found = align_article(pair, models)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(pickle.dumps(found))
    temporary.replace(path)
    return found


def reports(pairs: Iterable[ArticlePair], settings: Settings, models: Models | None) -> Iterator[ArticleReport]:
    """Each article's report."""
    return (judge_article(aligned(p, models), settings) for p in pairs)


def as_output(report: ArticleReport) -> Output:
    """The report as `mtqc eval` reads it."""
    return output(as_dict(CorpusReport((report,), "", ""))["articles"][0])
