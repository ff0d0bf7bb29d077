"""The pairs of corpora/, as `mtqc eval corpora` measures them: a demonstration, written by whoever wrote the checks."""

from __future__ import annotations

from data import ROOT
from quality_job import Block, Job, of, table
from running import as_output, reports

from mtqc.evaluate import figures, find_gold, judge, read_gold
from mtqc.evaluate.writing import misses
from mtqc.model import ArticlePair
from mtqc.source import read_pairs


def corpora_block(job: Job) -> Block:
    pairs = [p for p in read_pairs(ROOT / "corpora") if isinstance(p, ArticlePair)]
    judged = []
    for pair, report in zip(pairs, reports(pairs, job.settings, job.models), strict=True):
        gold = find_gold(pair.target.path)
        assert gold is not None, pair.id
        judged += judge(as_output(report), read_gold(gold))
    found = figures(judged)
    rows = [[f"errors that {name} be found", of(rate)] for name, rate in found.by_requirement.items()]
    out = [
        "Not a measurement: written by the authors of the checks. `mtqc eval corpora` gives the same.",
        "",
        *table(["", ""], [["critical and major findings right", of(found.serious)], *rows]),
    ]
    if job.show:
        out += ["", *misses(judged)]
    return Block("Our own corpora", out)
