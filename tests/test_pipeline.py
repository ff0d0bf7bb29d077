"""One article through the pipeline with replayed models: what is measured, skipped, placed, scored and signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.checks.structure import UNTRANSLATED, LostAndAdded, Untranslated
from mtqc.config import Settings
from mtqc.model import ArticlePair, BackTranslation, Document, NotMeasured, Severity, Span
from mtqc.pipeline import Direction, Models, check_article, corpus_report, signature
from mtqc.policy import Policy
from mtqc.testing import ReplayTranslator, assert_finding

EN = ["The mayor of Springvale resigned on Monday.", "Her deputy said that the new plan would be approved in May."]
FR = [
    "La maire de Springvale a démissionné lundi.",
    "Son adjoint a déclaré que the new plan would be approuvé en mai.",
]
NOTICE = "Cet article a été traduit automatiquement de l’anglais."
REPLAY = ReplayTranslator(dict(zip(FR, EN, strict=True)))
MODELS = Models(Direction(REPLAY, REPLAY))


def pair(en=EN, fr=FR):
    return ArticlePair("a", Document("\n".join(en), "en", "a.en.txt"), Document("\n".join(fr), "fr", "a.fr.txt"))


def test_each_sentence_gets_its_back_translation_and_its_findings():
    report = check_article(pair(), Settings(), MODELS)
    assert report.complete
    assert [s.bead.kind for s in report.sentences] == ["1-1", "1-1"]
    assert all(isinstance(s.signals.back_translation, BackTranslation) for s in report.sentences)
    assert report.sentences[0].findings == ()
    assert report.sentences[0].quality == 100
    finding = assert_finding(report.sentences[1].findings, "ACC103", "the new plan would be")
    assert len(finding.fingerprint) == 16
    assert report.sentences[1].quality < 100
    assert report.score.mqm_per_1000_words > 0
    assert not report.score.enough_text


def test_a_finding_s_span_is_the_document_s():
    article = pair()
    for f in check_article(article, Settings(), MODELS).all_findings:
        assert article.target.text[f.target.span.start : f.target.span.end] == f.target.text


def test_a_notice_is_set_apart():
    report = check_article(pair(fr=[*FR, NOTICE]), Settings(), MODELS)
    last = report.sentences[-1]
    assert last.bead.is_boilerplate
    assert [f.severity for f in last.findings] == [Severity.NEUTRAL]
    assert isinstance(last.quality, NotMeasured)


def test_what_could_not_be_measured_is_said():
    report = check_article(pair(), Settings(), Models(Direction(ReplayTranslator(), ReplayTranslator())))
    assert "replay table" in next(s.reason for s in report.skipped if s.code == "ACC601")
    half = ReplayTranslator({FR[0]: EN[0]})
    report = check_article(pair(), Settings(), Models(Direction(half, half)))
    assert next(s.reason for s in report.skipped if s.code == "ACC601").startswith("1 of 2 sentences")


def test_without_a_model_the_rest_still_runs():
    report = check_article(pair(), Settings(), None)
    assert_finding(report.all_findings, "ACC103", "the new plan would be")
    assert any(s.code == "ACC601" for s in report.skipped)
    assert isinstance(report.score.bleu, NotMeasured)


def test_unselected_rules_neither_run_nor_count_as_skipped():
    report = check_article(pair(), Settings(policy=Policy(select=("LOC",))), None)
    assert report.all_findings == ()
    assert report.skipped == ()


def test_a_severity_override_changes_the_score():
    policy = Policy(select=("ACC103",), severity={"ACC103": Severity.CRITICAL})
    plain = check_article(pair(), Settings(policy=Policy(select=("ACC103",))), None)
    harsh = check_article(pair(), Settings(policy=policy), None)
    assert harsh.score.mqm_per_1000_words == pytest.approx(5 * plain.score.mqm_per_1000_words)


@dataclass(frozen=True)
class Crashing:
    rules: ClassVar = (UNTRANSLATED,)

    def find(self, bead, signals):
        raise ValueError("boom")


def test_a_crashing_check_makes_the_report_incomplete_and_stops_nothing():
    report = check_article(pair(), Settings(checks=(Crashing(), Untranslated())), MODELS)
    assert not report.complete
    assert "crashing" in report.failures[0]
    assert "boom" in report.failures[0]
    assert_finding(report.all_findings, "ACC103", "the new plan would be")


def test_given_segments_are_kept_together():
    en, fr = "One of the mayors resigned.\nThe other stayed.", "L’une des maires a démissionné.\nL’autre est restée."
    cut_en, cut_fr = en.index("\n"), fr.index("\n")
    segments = (
        (Span(0, cut_en), Span(0, cut_fr)),
        (Span(cut_en + 1, len(en)), Span(cut_fr + 1, len(fr))),
    )
    given_pair = ArticlePair("a", Document(en, "en"), Document(fr, "fr"), segments)
    assert [s.bead.kind for s in check_article(given_pair, Settings(), None).sentences] == ["1-1", "1-1"]


def test_the_signature_changes_with_model_and_thresholds():
    base = signature(Settings(), MODELS)
    assert signature(Settings(), MODELS) == base
    assert signature(Settings(), None) != base
    other = tuple(replace(c, sure=0.5) if isinstance(c, LostAndAdded) else c for c in Settings().checks)
    assert signature(Settings(checks=other), MODELS) != base


def test_a_corpus_of_nothing_is_not_complete():
    assert not corpus_report([], Settings(), None).complete
    done = check_article(pair(), Settings(), None)
    assert corpus_report([done], Settings(), None).complete
    assert not corpus_report([done], Settings(), None, [("b", "missing")]).complete


LINES = st.lists(st.text(max_size=60), min_size=1, max_size=5).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(LINES, LINES)
def test_any_two_texts_are_judged_without_a_crash(en, fr):
    report = check_article(ArticlePair("x", Document(en, "en"), Document(fr, "fr")), Settings(), None)
    assert report.failures == () or all("translations of each other" in f for f in report.failures)
    for f in report.all_findings:
        text = fr if f.target.side == "target" else en
        assert text[f.target.span.start : f.target.span.end] == f.target.text
