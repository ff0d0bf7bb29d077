"""Which sentence a finding belongs to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sample

from mtqc.model import ArticlePair, Location, Severity, Span
from mtqc.pipeline import align_sentences
from mtqc.placing import homes, order
from mtqc.source import read_pairs

FERRY = sample.ferry()
BEADS = [s.bead for s in FERRY.sentences]


def test_every_finding_of_a_sentence_is_at_home_there():
    home = homes(BEADS)
    assert [home(f) for s in FERRY.sentences for f in s.findings] == [
        s.bead.index for s in FERRY.sentences for _ in s.findings
    ]


def test_a_place_between_sentences_belongs_to_the_one_before():
    f = FERRY.sentences[1].findings[0]
    end = BEADS[1].target_start + len(BEADS[1].target_text)
    between = replace(f, source=None, target=Location("target", Span(end, end), ""))
    assert homes(BEADS)(between) == 1


def test_before_everything_is_the_first():
    f = replace(FERRY.sentences[1].findings[0], source=None, target=Location("target", Span(0, 0), ""))
    assert homes([replace(b, target_start=b.target_start + 5) for b in BEADS])(f) == 0


def test_without_sentences_there_is_no_other_than_the_first():
    assert homes([])(FERRY.sentences[1].findings[0]) == 0


def test_in_the_order_of_the_text_and_worst_first_at_one_place():
    first, second, third = FERRY.sentences[1].findings
    mild = replace(first, severity=Severity.MINOR)
    assert sorted([third, second, mild, first], key=order) == sorted(
        [first, mild, second, third], key=lambda f: f.target.span.start
    )


@pytest.mark.parametrize("name", ["business", "wire"])
def test_beads_are_in_document_order_on_both_sides(name):
    """`homes` counts on it."""
    (pair,) = read_pairs(Path(__file__).parents[1] / "corpora" / name)
    assert isinstance(pair, ArticlePair)
    beads, _ = align_sentences(pair, None)
    for starts in ([b.target_start for b in beads], [b.source_start for b in beads]):
        assert starts == sorted(starts)
