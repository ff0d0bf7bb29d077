"""Our figures are those of shared/tools/score_gold.py, an implementation of its own, on the pairs of corpora/."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mtqc.config import Settings
from mtqc.evaluate import figures, judge, output, read_gold
from mtqc.model import ArticlePair, Severity
from mtqc.pipeline import check_article, corpus_report
from mtqc.report.json_writer import as_dict
from mtqc.source import read_pairs

ROOT = Path(__file__).parents[2]
TOOL = Path(os.environ.get("MTQC_SHARED", ROOT.parent / "shared")) / "tools" / "score_gold.py"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not TOOL.is_file(), reason=f"there is no {TOOL}")]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """What the tool prints, and our figures, of the same JSON reports (the checks that need no model)."""
    settings, folder, arguments, lines = Settings(), tmp_path_factory.mktemp("reports"), [], []
    for pair in read_pairs(ROOT / "corpora"):
        assert isinstance(pair, ArticlePair)
        report = as_dict(corpus_report([check_article(pair, settings, None)], settings, None))
        path, gold = folder / f"{pair.id}.json", Path(pair.target.path).with_name("gold.jsonl")
        path.write_text(json.dumps(report), encoding="utf-8")
        arguments += [str(path), str(gold)]
        lines += judge(output(report["articles"][0]), read_gold(gold))
    done = subprocess.run([sys.executable, str(TOOL), *arguments], check=True, capture_output=True, text=True)
    return done.stdout, figures(lines)


def test_recall(both):
    said, ours = both
    for label in ("critical", "major", "minor"):
        rows = re.findall(rf"^recall \S+ +{label} +(\d+)/(\d+)", said, re.MULTILINE)
        rate = ours.by_severity[Severity[label.upper()]]
        assert (rate.hits, rate.total) == (sum(int(h) for h, _ in rows), sum(int(t) for _, t in rows))
    for required in ("must", "should", "may"):
        rows = re.findall(rf"^recall {required} +\S+ +(\d+)/(\d+)", said, re.MULTILINE)
        assert ours.by_requirement[required].hits == sum(int(h) for h, _ in rows)


def test_precision_of_critical_and_major(both):
    said, ours = both
    assert f"critical and major findings {ours.serious.hits}/{ours.serious.total} " in said


def test_characters(both):
    said, ours = both
    assert f"P {ours.precision:.3f} R {ours.recall:.3f} F1 {ours.f1:.3f}" in said
    assert ours.f1 > 0


def test_auc(both):
    said, ours = both
    assert re.search(rf"error: {ours.auc:.3f} \({ours.bad_lines} bad", said), said
