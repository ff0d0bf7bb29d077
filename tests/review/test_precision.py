"""The measured precision of rules: what counts, how often; and the file that changes confidences."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
import sample
from outcomes import ENGLISH, FRENCH, Editor, read, report

from mtqc import config, judgement, pipeline, precision
from mtqc.errors import InputError
from mtqc.evaluate.figures import Rate, wilson
from mtqc.precision import LEAST, Decided
from mtqc.review.decided import Decision, decisions
from mtqc.review.decided import render as decisions_file
from mtqc.review.outcome import Outcome
from mtqc.review.precision import measured, read_decisions, render_json, render_table


@pytest.fixture
def corpus():
    """The ferry article three times."""
    first = sample.ferry()
    articles = tuple(replace(first, pair=replace(first.pair, id=name)) for name in ("one", "two", "three"))
    return replace(sample.corpus(), articles=articles)


@pytest.fixture
def anna(corpus):
    return Editor(corpus)


def of(editor, code):
    """(right, decided) of a rule; the same read back from the decisions file."""
    outcome = Outcome(editor.report, editor.events)
    lines = {line.code: (line.decided.right, line.decided.total) for line in measured(decisions(outcome))}
    return lines.get(code, (0, 0))


def finding(editor, code, article=0):
    return next(f for f in editor.report.articles[article].all_findings if f.code == code)


def test_single_decisions_count_once_each(anna):
    for article, action in enumerate(("accept", "accept", "dismiss")):
        anna.decide(action, finding(anna, "ACC201"), article=article)
    assert of(anna, "ACC201") == (2, 3)
    assert of(anna, "ACC301") == (0, 0)


def test_the_last_decision_stands(anna):
    for action in ("accept", "dismiss", "accept", "dismiss"):
        anna.decide(action, finding(anna, "ACC201"))
    assert of(anna, "ACC201") == (0, 1)


def test_a_term_everywhere_counts_once_and_takes_in_what_says_the_same(anna):
    anna.decide("dismiss", finding(anna, "ACC201"))
    assert of(anna, "ACC201") == (0, 1)
    anna.decide("dismiss", finding(anna, "ACC201"), "everywhere", article=1)
    assert of(anna, "ACC201") == (0, 1)
    anna.decide("accept", finding(anna, "ACC201"), article=2)
    assert of(anna, "ACC201") == (1, 2)


def test_a_rule_in_an_article_counts_once_for_each_distinct_term(corpus):
    sentence = corpus.articles[0].sentences[1]
    name = sentence.findings[0]
    terms = [replace(name, target=replace(name.target, text=t), fingerprint=f"p{n}") for n, t in enumerate("aab")]
    article = replace(corpus.articles[0], sentences=(replace(sentence, findings=tuple(terms)),), findings=())
    anna = Editor(replace(corpus, articles=(article,)))
    anna.decide("dismiss", terms[0], "rule-in-article")
    assert of(anna, "ACC201") == (0, 2)


SCOPES = [("accept", "finding"), ("dismiss", "finding"), ("dismiss", "rule-in-article")]
SCOPES += [("accept", "everywhere"), ("dismiss", "everywhere")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_one_finding_is_one_decision_however_often_and_widely_it_was_decided_on(corpus, number):
    article = corpus.articles[0]
    for acts in itertools.product(SCOPES, repeat=number):
        anna = Editor(replace(corpus, articles=(article,)))
        for action, scope in acts:
            anna.decide(action, finding(anna, "ACC301"), scope)
        assert of(anna, "ACC301") == (int(acts[-1][0] == "accept"), 1), acts


def test_a_term_settled_everywhere_and_then_otherwise_in_each_place_is_counted_there(anna):
    anna.decide("dismiss", finding(anna, "ACC201"), "everywhere")
    for article in range(3):
        anna.decide("accept", finding(anna, "ACC201", article), article=article)
    assert of(anna, "ACC201") == (3, 3)


def test_marks_without_a_letter_count_each(corpus):
    sentence = corpus.articles[0].sentences[4]
    [space] = sentence.findings
    spaces = tuple(replace(space, fingerprint=f"p{n}") for n in range(3))
    article = replace(corpus.articles[0], sentences=(replace(sentence, findings=spaces),), findings=())
    anna = Editor(replace(corpus, articles=(article,)))
    anna.decide("dismiss", spaces[0], "rule-in-article")
    assert of(anna, "LOC101") == (0, 3)


def test_another_severity_alone_says_right_and_neutral_says_neither(anna):
    anna.decide("severity", finding(anna, "ACC201"), severity="minor")
    anna.decide("severity", finding(anna, "ACC301"), severity="neutral")
    assert (of(anna, "ACC201"), of(anna, "ACC301")) == ((1, 1), (0, 0))


def test_a_decisions_file_says_the_same_as_the_run_it_came_from(anna, tmp_path):
    for article, (action, scope) in enumerate(
        (("dismiss", "everywhere"), ("accept", "finding"), ("dismiss", "rule-in-article"))
    ):
        for code in ("ACC201", "LOC101", "TRM101", "FLU201"):
            anna.decide(action, finding(anna, code), scope, article)
    outcome = Outcome(anna.report, anna.events)
    path = tmp_path / "mtqc-decisions.json"
    path.write_text(decisions_file(outcome), encoding="utf-8")
    assert read_decisions(path) == decisions(outcome)
    assert measured(read_decisions(path)) == measured(decisions(outcome))


def test_the_same_decision_in_two_files_counts_once_the_later_one(anna):
    anna.decide("accept", finding(anna, "ACC201"))
    before = decisions(Outcome(anna.report, anna.events))
    anna.decide("dismiss", finding(anna, "ACC201"))
    after = decisions(Outcome(anna.report, anna.events))
    for order in ((*before, *after), (*after, *before)):
        assert [(line.decided.right, line.decided.total) for line in measured(order)] == [(0, 1)]


def some(right, total, code="ACC201"):
    """So many single decisions."""
    return [
        Decision(
            "a", f"p{n}", code, f"t{n}", "", "accepted" if n < right else "dismissed", "finding", "", "", "Anna", ""
        )
        for n in range(total)
    ]


def test_share_and_interval(tmp_path):
    [line] = measured(some(15, 20))
    assert (line.decided.share, line.is_used) == (0.75, True)
    assert line.interval == wilson(Rate(15, 20))
    assert line.interval.low > 0.5, "as precision.LEAST says"
    assert render_table([line], {"ACC201": "name-mistranslated"}).splitlines()[1] == (
        "ACC201  name-mistranslated     15  20    75%  53% to 89%"
    )
    [few] = measured(some(8, 10))
    assert few.interval.low < 0.5
    assert not few.is_used
    assert render_table([few], {}).endswith("80%  49% to 94%  fewer than 20: not used\n")


def test_twenty_is_where_the_interval_reaches_twenty_points():
    def reach(n):
        interval = wilson(Rate(n // 2, n))
        return (interval.high - interval.low) / 2

    assert round(reach(LEAST), 2) == 0.20
    assert round(reach(10), 2) == 0.26


# the file, and what it changes


def written(tmp_path, *lines):
    path = tmp_path / "desk.json"
    path.write_text(render_json(measured([d for line in lines for d in line]), {}, ["run"]), encoding="utf-8")
    return path


def test_the_file_holds_the_rules_and_only_those_decided_on_often_enough_are_used(tmp_path):
    path = written(tmp_path, some(15, 20), some(19, 19, "LOC110"))
    data = json.loads(path.read_text(encoding="utf-8"))
    assert (data["schema"], data["least"], data["from"]) == ("mtqc-precision/1", 20, ["run"])
    assert data["rules"][0] == {
        "code": "ACC201",
        "name": "",
        "right": 15,
        "decided": 20,
        "share": 0.75,
        "low": 0.5313,
        "high": 0.8881,
        "used": True,
    }
    assert precision.load(path) == {"ACC201": Decided(15, 20)}


def test_a_confidence_is_the_desks_share_and_five_of_what_was_known():
    known = judgement.calibrated("ACC301", 0.9)
    desk = {"ACC301": Decided(2, 20)}
    assert judgement.calibrated("ACC301", 0.9, desk) == pytest.approx((2 + 5 * known) / 25)
    assert judgement.calibrated("ACC999", 0.9, desk) == judgement.calibrated("ACC999", 0.9) == pytest.approx(0.9)


def test_the_configuration_reads_it_and_findings_and_signature_change(tmp_path):
    pair = read(tmp_path, ENGLISH, FRENCH)
    plain = report(pair)
    [before] = [f for f in plain.articles[0].all_findings if f.code == "ACC301"]
    written(tmp_path, some(2, 20, "ACC301"))
    (tmp_path / "mtqc.toml").write_text('precision = "desk.json"\n', encoding="utf-8")
    chosen = config.load(tmp_path / "mtqc.toml")
    assert chosen.desk == {"ACC301": Decided(2, 20)}
    after = pipeline.check_article(pair, chosen, None)
    [found] = [f for f in after.all_findings if f.code == "ACC301"]
    assert found.confidence == pytest.approx((2 + 5 * before.confidence) / 25)
    assert replace(found, confidence=before.confidence) == before
    assert pipeline.signature(chosen, None) != plain.signature
    written(tmp_path, some(3, 20, "ACC301"))
    again = config.load(tmp_path / "mtqc.toml")
    assert pipeline.signature(again, None) not in {plain.signature, pipeline.signature(chosen, None)}


def test_a_file_without_a_rule_that_is_used_leaves_the_signature(tmp_path):
    written(tmp_path, some(5, 10, "ACC301"))
    (tmp_path / "mtqc.toml").write_text('precision = "desk.json"\n', encoding="utf-8")
    chosen = config.load(tmp_path / "mtqc.toml")
    assert pipeline.signature(chosen, None) == pipeline.signature(config.Settings(), None)


RULE = {"code": "ACC201", "right": 20, "decided": 30}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "no such file"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not in the layout mtqc-precision/1"),
        ({"schema": "mtqc-decisions/1"}, "not in the layout mtqc-precision/1"),
        ({"schema": "mtqc-precision/1"}, "“rules” is not a list"),
        ({"schema": "mtqc-precision/1", "rules": [1]}, "entry 1 of “rules” needs"),
        ({"schema": "mtqc-precision/1", "rules": [RULE, {**RULE, "right": 31}]}, "entry 2 of “rules” needs"),
        ({"schema": "mtqc-precision/1", "rules": [{**RULE, "right": True}]}, "entry 1 of “rules” needs"),
        ({"schema": "mtqc-precision/1", "rules": [{**RULE, "right": 0, "decided": 0}]}, "entry 1 of “rules” needs"),
        ({"schema": "mtqc-precision/1", "rules": [{**RULE, "right": -1}]}, "entry 1 of “rules” needs"),
        ({"schema": "mtqc-precision/1", "rules": [RULE, RULE]}, "ACC201 stands there twice"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path, content, what):
    path = tmp_path / "desk.json"
    if content is not None:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=what) as raised:
        precision.load(path)
    assert str(path) in raised.value.message
    assert raised.value.hint.startswith("Write it with: mtqc precision")


def test_a_file_that_is_no_text_is_one_sentence(tmp_path):
    (tmp_path / "desk.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        precision.load(tmp_path / "desk.json")
    with pytest.raises(InputError, match="cannot be read"):
        precision.load(tmp_path)
