"""Two systems compared: what is paired, what is tested, and what is said where nothing can be."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest
from gated import CRITICAL, MAJOR, MINOR, article, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc import signals
from mtqc.cli import main
from mtqc.corpus import systems_writer
from mtqc.corpus.systems import FEW, RuleDifference, compare, differs, system
from mtqc.errors import InputError
from mtqc.model import BackTranslation, NotMeasured, Severity
from mtqc.report import json_writer
from mtqc.signals import Paired, chrf_statistics, paired_chrf, paired_penalty


def scored(name, points, words=600, found=(), back=""):
    """An article with so many penalty points; `back`: the back-translation of each sentence."""
    made = article(name, found, words=words)
    score = replace(made.score, mqm_per_1000_words=1000 * points / words)
    sentences = tuple(
        replace(s, signals=replace(s.signals, back_translation=BackTranslation(back, 0, 0, 0))) if back else s
        for s in made.sentences
    )
    return replace(made, score=score, sentences=sentences)


def compared(first, second, **fields):
    return compare(system("A", corpus(*first, **fields)), system("B", corpus(*second, **fields)))


MANY = range(FEW + 2)
WORSE = [scored(f"a{n}", 20 + n % 3) for n in MANY]
BETTER = [scored(f"a{n}", 10 + n % 4) for n in MANY]


def test_the_better_system_is_named():
    found = compared(WORSE, BETTER)
    assert isinstance(found.penalty, Paired)
    assert found.penalty.p < 0.05
    assert found.penalty.difference < 0
    assert found.penalty.interval[0] < found.penalty.difference < found.penalty.interval[1] < 0
    assert found.quality[1] > found.quality[0]
    assert "MQM penalty: B is better (p < .001)." in systems_writer.text(found)
    assert "MQM penalty: A is better (p < .001)." in systems_writer.text(compared(BETTER, WORSE))


def test_a_system_and_itself():
    found = compared(WORSE, WORSE)
    assert found.penalty.p == 1
    assert found.penalty.interval == (0, 0)
    assert "no difference that could not be chance (p = 1, 95 % +0.0 to +0.0)" in systems_writer.text(found)


def test_few_articles_cannot_tell():
    found = compared(WORSE[: FEW - 1], BETTER[: FEW - 1])
    assert found.penalty == NotMeasured(f"too few articles to tell: {FEW - 1} of {FEW}")
    text = systems_writer.text(found)
    assert f"MQM penalty: not tested (too few articles to tell: {FEW - 1} of {FEW})." in text
    assert " is better" not in text


def test_no_difference_where_it_changes_from_article_to_article():
    mixed = [scored(f"a{n}", 20 + (3 if n % 2 else -3)) for n in MANY]
    found = compared([scored(f"a{n}", 20) for n in MANY], mixed)
    assert found.penalty.p > 0.05


def test_p_alone_makes_no_difference():
    assert differs(Paired(1, 2, (0.1, 1.9), 0.01, ""))
    assert not differs(Paired(1, 2, (-0.1, 1.9), 0.01, "")), "the interval holds 0"
    assert not differs(Paired(1, 2, (0.1, 1.9), 0.06, ""))


def test_findings_by_severity_and_rule():
    first = [scored(f"a{n}", 5, found=[(1, MAJOR, "ACC301"), (2, MINOR, "FLU101")]) for n in MANY]
    second = [scored(f"a{n}", 5, found=[(1, CRITICAL, "ACC301")]) for n in MANY]
    found = compared(first, second)
    count = len(MANY)
    assert found.severities[Severity.CRITICAL] == (0, count)
    assert found.severities[Severity.MINOR] == (count, 0)
    assert found.rules == (
        RuleDifference("FLU101", "rule-flu101", count, 0),
        RuleDifference("ACC301", "rule-acc301", count, count),
    )


def test_what_has_no_partner_is_left_out_and_named():
    second = [*BETTER[1:], scored("new", 1)]
    found = compared(WORSE, second)
    assert found.articles == len(MANY) - 1
    assert found.unpaired.only_first == ("a0",)
    assert found.unpaired.only_second == ("new",)
    assert "Only in B: 1 article (new)" in systems_writer.text(found)


def test_another_original_of_the_same_id_is_no_partner():
    other = replace(scored("b", 1), pair=replace(scored("b", 1).pair, id="a0"))
    found = compared(WORSE, [other, *BETTER[1:]])
    assert found.unpaired.other_original == ("a0",)
    assert found.articles == len(MANY) - 1


def test_incomplete_articles_are_left_out():
    broken = replace(BETTER[0], failures=("A check crashed.",))
    found = compared(WORSE, [broken, *BETTER[1:]])
    assert not found.complete
    assert found.unpaired.incomplete == ("a0",)
    unread = compare(system("A", corpus(*WORSE)), system("B", corpus(*BETTER[1:], unread=(("a0", "no text"),))))
    assert unread.unpaired.incomplete == ("a0",)
    assert unread.unpaired.only_first == (), "it is named once"


def test_sentences_are_paired_by_their_place():
    fewer = replace(BETTER[0], sentences=BETTER[0].sentences)
    assert compared(WORSE, [fewer, *BETTER[1:]]).sentences == (10 * len(MANY), 0, 0)


def test_back_translations_are_compared_where_both_have_them():
    first = [scored(f"a{n}", 5, back=f"Sentence speaks of water {n}.") for n in MANY]
    second = [scored(f"a{n}", 5, back=f"Sentence 1 of a{n} speaks of the sea.") for n in MANY]
    found = compared(first, second)
    assert found.chrf_articles == len(MANY)
    assert found.chrf.difference > 10
    assert "chrF++ of back-translations: B is better" in systems_writer.text(found)
    assert compared(first, BETTER).chrf == NotMeasured("no back-translations")


def test_other_signatures_are_refused():
    other = replace(corpus(*BETTER), signature="mtqc:1|other")
    with pytest.raises(InputError, match="different models, thresholds or versions"):
        compare(system("A", corpus(*WORSE)), system("B", other))


def test_nothing_in_common_is_refused():
    with pytest.raises(InputError, match="A and B have no article in common"):
        compared(WORSE, [scored("z", 1)])


@given(st.permutations(range(len(MANY))))
@settings(max_examples=5, deadline=None)
def test_the_order_of_articles_in_the_second_run_changes_nothing(order):
    assert compared(WORSE, [BETTER[n] for n in order]) == compared(WORSE, BETTER)


def test_json_holds_everything_and_is_ascii():
    found = compared(WORSE, BETTER)
    data = json.loads(systems_writer.as_json(found))
    assert data["schema"] == "mtqc-compare/1"
    assert data["paired"] == {"articles": len(MANY), "words": 600 * len(MANY), "sentences": 10 * len(MANY)}
    assert data["tests"]["mqm_per_1000_words"]["p"] == found.penalty.p
    assert "seed:12345" in data["tests"]["mqm_per_1000_words"]["signature"]
    assert data["tests"]["back_translation_chrf"]["not_tested"] == "no back-translations"
    assert len(data["articles"]) == len(MANY)


def test_markdown_has_whole_tables():
    for block in systems_writer.markdown(compared(WORSE, BETTER)).split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1


def run(tmp_path, name, articles, **fields):
    path = tmp_path / f"{name}.json"
    path.write_text(json_writer.render(corpus(*articles, **fields)), encoding="utf-8")
    return str(path)


@pytest.fixture
def told(monkeypatch, capsys):
    """Exit code, standard output and standard error of `mtqc compare`."""

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["mtqc", "compare", *args])
        with pytest.raises(SystemExit) as stopped:
            main()
        return int(stopped.value.code or 0), *capsys.readouterr()

    return call


def test_the_command(tmp_path, told):
    first, second = run(tmp_path, "one", WORSE), run(tmp_path, "two", BETTER)
    code, out, _ = told(first, second)
    assert code == 0
    assert out.startswith(f"one and two: {len(MANY)} articles")
    assert told(first, second, "--names", "old,new")[1].startswith("old and new")
    code, out, _ = told(first, second, "-f", "json", "-o", str(tmp_path / "c.json"))
    assert (code, out) == (0, "")
    assert json.loads((tmp_path / "c.json").read_text())["systems"] == ["one", "two"]


def test_the_command_says_what_is_wrong(tmp_path, told):
    first, second = run(tmp_path, "one", WORSE), run(tmp_path, "two", BETTER)
    assert told(first, second, "-f", "xml")[0] == 2
    assert told(first, second, "--names", "old")[0] == 2
    code, _, err = told(first, str(tmp_path / "none"))
    assert code == 2
    assert "no such report" in err
    broken = [replace(BETTER[0], failures=("A check crashed.",)), *BETTER[1:]]
    assert told(first, run(tmp_path, "three", broken))[0] == 3


class TestSacrebleu:
    """Pins what we use of its inside: underscored methods of its metrics, and how it tests."""

    def test_the_sum_of_articles_is_the_corpus(self):
        texts = [("the ship sails", "the ship sailed"), ("a quiet harbour", "the quiet harbour")] * 6
        parts = [chrf_statistics([h], [r]) for h, r in texts]
        whole = signals.score_corpus(*zip(*texts, strict=True))[1]
        assert paired_chrf(parts, parts).first == pytest.approx(whole)

    def test_a_penalty_is_points_over_words(self):
        assert paired_penalty([(5, 100), (0, 400)], [(0, 100), (1, 400)]).first == pytest.approx(10)

    def test_equal_systems_are_equal(self):
        same = [(float(n), 100.0) for n in range(12)]
        assert paired_penalty(same, same).p == 1

    def test_the_seed_stands_in_the_signature_and_fixes_the_result(self, monkeypatch):
        one, two = [(float(n % 5), 100.0) for n in range(20)], [(float(n % 7), 100.0) for n in range(20)]
        first = paired_penalty(one, two)
        assert first == paired_penalty(one, two)
        assert "seed:12345" in first.signature
        assert "bs:1000" in first.signature
        monkeypatch.setenv("SACREBLEU_SEED", "7")
        other = paired_penalty(one, two)
        assert "seed:7" in other.signature
        assert other.interval != first.interval

    def test_few_come_out_as_different_where_sides_are_swapped_at_random(self):
        """Of 40 comparisons of what differs by chance alone, fewer than 8 may come out as a difference."""
        from random import Random

        random = Random(3)
        small = 0
        for _ in range(40):
            pairs = [(random.random() * 20, random.random() * 20) for _ in range(25)]
            sides = [random.sample(p, 2) for p in pairs]
            small += differs(paired_penalty([(a, 400) for a, _ in sides], [(b, 400) for _, b in sides]))
        assert small < 8
