"""What was accepted beforehand: the three files, what they match, and what is left of a report."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
import sample
from gated import CRITICAL, MAJOR, MINOR, WORDS, article, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.accepted import Accepted, Entry, apply, baseline, load, merged, require_signature, restored
from mtqc.errors import InputError
from mtqc.gate import GateSettings, judge
from mtqc.model import NotMeasured
from mtqc.report import json_reader, json_writer

DAY = datetime.date(2026, 11, 28)


def made(report, tmp_path, name="mtqc-baseline.json") -> Accepted:
    path = tmp_path / name
    path.write_text(baseline(report, 5.0), encoding="utf-8")
    return load(path)


def suppress(tmp_path, text) -> Accepted:
    path = tmp_path / "mtqc-suppressions.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def entry(found="rule = 'ACC'", more="reason = 'It is so.'\ndate = 2026-11-01") -> str:
    return f"[[suppress]]\n{found}\n{more}\n"


def decided(tmp_path, *entries) -> Accepted:
    base = {
        "article": "a", "fingerprint": "x", "code": "ACC301", "text": "", "source_text": "", "decision": "dismissed",
        "scope": "finding", "severity": "", "comment": "", "editor": "ana", "at": "2026-11-27T10:00:00+00:00",
    }  # fmt: skip
    path = tmp_path / "mtqc-decisions.json"
    data = {"schema": "mtqc-decisions/1", "entries": [{**base, **e} for e in entries]}
    path.write_text(json.dumps(data), encoding="utf-8")
    return load(path)


def left(report) -> list[str]:
    return [f"{a.pair.id}:{f.code}:{f.target.text}" for a in report.articles for f in a.all_findings]


# The baseline


def test_a_baseline_accepts_what_it_was_made_of(tmp_path):
    report = corpus(article("a", [(1, CRITICAL), (2, MAJOR)]), article("b", [(3, MINOR, "LOC101")]))
    found = apply(report, made(report, tmp_path))
    assert left(found) == []
    assert [(s.article, s.by, s.finding.code) for s in found.suppressed] == [
        ("a", "baseline", "ACC301"),
        ("a", "baseline", "ACC301"),
        ("b", "baseline", "LOC101"),
    ]
    assert found.unused == ()
    assert judge(found, GateSettings()).verdict == "passed"


def test_a_new_finding_is_left_and_its_score_is_its_own(tmp_path):
    old = corpus(article("a", [(1, CRITICAL)]))
    found = apply(corpus(article("a", [(1, CRITICAL), (2, MAJOR)])), made(old, tmp_path))
    assert left(found) == [f"a:ACC301:{WORDS[1]}"]
    assert found.articles[0].score.mqm_per_1000_words == pytest.approx(5 * 1000 / 600)
    assert found.articles[0].score.quality == pytest.approx(100 - 5 * 100 / 600)


def test_twice_the_same_finding_is_two(tmp_path):
    once = corpus(article("a", [(1, MAJOR)]))
    twice = corpus(article("a", [(1, MAJOR), (1, MAJOR)]))
    assert len(left(apply(twice, made(once, tmp_path)))) == 1
    found = apply(once, made(twice, tmp_path))
    assert left(found) == []
    assert found.unused[0].endswith("matched only 1 of 2 findings in a.")


def test_a_graver_finding_than_was_accepted_is_new(tmp_path):
    accepted = made(corpus(article("a", [(1, MAJOR)])), tmp_path)
    assert len(left(apply(corpus(article("a", [(1, CRITICAL)])), accepted))) == 1
    assert left(apply(corpus(article("a", [(1, MINOR)])), accepted)) == []


def test_an_article_may_be_renamed(tmp_path):
    one = article("a", [(1, MAJOR), (2, CRITICAL)])
    renamed = replace(one, pair=replace(one.pair, id="z"))
    found = apply(corpus(renamed), made(corpus(one), tmp_path))
    assert (left(found), found.unused) == ([], ())


def test_an_entry_serves_its_own_article_first(tmp_path):
    one = article("a", [(1, MAJOR)])
    copy = replace(one, pair=replace(one.pair, id="0-copy"))
    found = apply(corpus(copy, one), made(corpus(one), tmp_path))
    assert [s.article for s in found.suppressed] == ["a"]
    assert len(left(found)) == 1


def test_unused_entries_are_named_and_those_of_other_articles_counted(tmp_path):
    old = corpus(article("a", [(1, MAJOR)]), article("b", [(1, MAJOR), (2, MAJOR)]))
    found = apply(corpus(article("a")), made(old, tmp_path))
    assert found.unused[0].startswith("mtqc-baseline.json, entry 1 (rule ACC301, fingerprint ")
    assert found.unused[0].endswith(f"“{WORDS[0]}”) matched nothing in a.")
    assert found.unused[1] == "2 entries are about articles that were not checked."


def test_sentences_of_low_quality_are_known(tmp_path):
    low = corpus(article("a", quality=1.0))
    accepted = made(low, tmp_path)
    assert judge(low, GateSettings()).verdict == "failed"
    assert judge(apply(low, accepted), GateSettings(), accepted.known).verdict == "passed"
    edited = corpus(article("b", quality=1.0))
    assert judge(apply(edited, accepted), GateSettings(), accepted.known).verdict == "failed"


def test_another_signature_is_refused_with_what_differs_and_the_command(tmp_path):
    accepted = made(corpus(article("a")), tmp_path)
    require_signature(accepted, accepted.signature, "x.json", "mtqc baseline a b")
    require_signature(Accepted(), "anything", "x.json", "")
    with pytest.raises(InputError, match="differs in checks") as error:
        require_signature(accepted, "mtqc:0|checks:2|model:none", "x.json", "mtqc baseline a b")
    assert error.value.hint == "Renew it with: mtqc baseline a b"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not valid JSON"),
        ("[1]", "names none"),
        ("[" * 100_000, "not valid JSON"),
        ('{"schema": "mtqc-report/1"}', "it says 'mtqc-report/1'"),
        ('{"schema": "mtqc-baseline/2", "entries": []}', "mtqc-baseline/2"),
        ('{"schema": "mtqc-baseline/1", "entries": []}', "signature"),
        ('{"schema": "mtqc-baseline/1", "signature": "", "entries": {}}', "“entries” is not a list"),
        ('{"schema": "mtqc-baseline/1", "signature": "", "entries": [3]}', "entry 1: it is no object"),
        ('{"schema": "mtqc-baseline/1", "signature": "", "entries": [{}]}', "is missing"),
        ('{"schema": "mtqc-baseline/1", "signature": "", "entries": [], "low_quality": 3}', "damaged"),
        (
            '{"schema": "mtqc-baseline/1", "signature": "", "entries": [{"fingerprint": "x", "article": "a",'
            ' "code": "ACC1", "severity": "grave", "count": 1}]}',
            "severity = 'grave'",
        ),
        (
            '{"schema": "mtqc-baseline/1", "signature": "", "entries": [{"fingerprint": "x", "article": "a",'
            ' "code": "ACC1", "severity": "major", "count": 0}]}',
            "count = 0",
        ),
        (
            '{"schema": "mtqc-decisions/1", "entries": [{"scope": "all", "decision": "dismissed", "code": "A"}]}',
            "scope = 'all'",
        ),
        (
            '{"schema": "mtqc-decisions/1", "entries": [{"scope": "finding", "decision": "maybe", "code": "A"}]}',
            "decision = 'maybe'",
        ),
        (
            '{"schema": "mtqc-decisions/1", "entries": [{"scope": "finding", "decision": "dismissed", "code": "A"}]}',
            "is missing",
        ),
    ],
)
def test_bad_json_files(tmp_path, text, said):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as error:
        load(path)
    assert str(path) in error.value.message
    assert error.value.hint


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(InputError, match="no such file") as error:
        load(tmp_path / "mtqc-baseline.json")
    assert "mtqc baseline SOURCE TARGET --output" in error.value.hint
    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "x.toml")
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "latin.json").write_bytes(b'{"schema": "\xe9"}')
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "latin.json")


# Suppressions


@pytest.mark.parametrize(
    ("found", "stays"),
    [
        ("rule = 'ACC301'", ["a:FLU101:capitaine", "b:FLU101:equipage"]),
        ("rule = 'FLU'", ["a:ACC301:bateau"]),
        ("rule = 'rule-flu101'", ["a:ACC301:bateau"]),
        ("path = 'fr/b.*'", ["a:ACC301:bateau", "a:FLU101:capitaine"]),
        ("path = 'b.fr.txt'", ["a:ACC301:bateau", "a:FLU101:capitaine"]),
        ("text = 'equipage'", ["a:ACC301:bateau", "a:FLU101:capitaine"]),
        ("rule = 'FLU'\npath = '*/a.*'", ["a:ACC301:bateau", "b:FLU101:equipage"]),
        ("rule = 'LOC'", ["a:ACC301:bateau", "a:FLU101:capitaine", "b:FLU101:equipage"]),
    ],
)
def test_a_suppression_takes_what_agrees_with_all_of_it(tmp_path, found, stays):
    report = corpus(article("a", [(1, CRITICAL), (2, MINOR, "FLU101")]), article("b", [(3, MINOR, "FLU101")]))
    applied = apply(report, suppress(tmp_path, entry(found)), today=DAY)
    assert left(applied) == stays
    assert all((s.by, s.reason, s.date) == ("suppression", "It is so.", "2026-11-01") for s in applied.suppressed)
    assert bool(applied.unused) is (len(stays) == 3)


def test_a_suppression_by_fingerprint(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, MAJOR)]))
    print_ = report.articles[0].all_findings[1].fingerprint
    found = apply(report, suppress(tmp_path, entry(f"fingerprint = '{print_}'")), today=DAY)
    assert left(found) == [f"a:ACC301:{WORDS[0]}"]


def test_an_expired_suppression_holds_no_more_and_is_reported(tmp_path):
    report = corpus(article("a", [(1, MAJOR)]))
    accepted = suppress(tmp_path, entry(more="reason = 'x'\ndate = 2026-01-01\nuntil = 2026-11-28"))
    assert left(apply(report, accepted, today=DAY)) == []
    late = apply(report, accepted, today=DAY + datetime.timedelta(days=1))
    assert len(left(late)) == 1
    assert late.unused == (
        "mtqc-suppressions.toml, entry 1 (rule ACC) held until 2026-11-28: it is not applied any more.",
    )


def test_a_file_without_entries_accepts_nothing(tmp_path):
    assert suppress(tmp_path, "# nothing yet\n").entries == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[suppress]", "not valid TOML"),
        ("a = " + "[" * 5000, "not valid TOML"),
        ("a = " + "9" * 5000, "not valid TOML"),
        ("[[supress]]\n", "unknown key “supress”"),
        ("suppress = 3", "“suppress” is not a list"),
        ("suppress = [3]", "entry 1: not a table"),
        (entry("rull = 'ACC'"), "unknown key “rull”"),
        (entry("rule = ''"), "rule = '' is not a text"),
        (entry("rule = 3"), "rule = 3 is not a text"),
        (entry("# nothing"), "does not say what it suppresses"),
        (entry(more="date = 2026-11-01"), "no reason"),
        (entry(more="reason = ' '\ndate = 2026-11-01"), "reason"),
        (entry(more="reason = 'x'"), "it has no date"),
        (entry(more="reason = 'x'\ndate = '2026-11-01'"), "not a date"),
        (entry(more="reason = 'x'\ndate = 2026-11-01T10:00:00"), "not a date"),
        (entry(more="reason = 'x'\ndate = 2026-11-02\nuntil = 2026-11-01"), "until lies before date"),
    ],
)
def test_bad_suppressions(tmp_path, text, said):
    with pytest.raises(InputError, match=said) as error:
        suppress(tmp_path, text)
    assert error.value.hint


# Decisions


def test_a_dismissed_finding_is_passed_over(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, MAJOR)]))
    print_ = report.articles[0].all_findings[0].fingerprint
    found = apply(report, decided(tmp_path, {"fingerprint": print_, "comment": "A name."}))
    assert left(found) == [f"a:ACC301:{WORDS[1]}"]
    (s,) = found.suppressed
    assert (s.by, s.reason, s.date) == ("decision", "A name. – ana", "2026-11-27")


def test_a_rule_dismissed_in_an_article_is_passed_over_there_only(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, MAJOR, "FLU1")]), article("b", [(1, MAJOR)]))
    found = apply(report, decided(tmp_path, {"scope": "rule-in-article"}))
    assert left(found) == [f"a:FLU1:{WORDS[1]}", f"b:ACC301:{WORDS[0]}"]


def test_a_text_dismissed_everywhere_is_passed_over_in_every_article(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, MAJOR)]), article("b", [(1, MAJOR)]))
    wide = {"scope": "everywhere", "text": WORDS[0], "source_text": "Sentence"}
    assert left(apply(report, decided(tmp_path, wide))) == [f"a:ACC301:{WORDS[1]}"]
    assert len(left(apply(report, decided(tmp_path, {**wide, "source_text": "Else"})))) == 3


def test_what_is_said_of_one_finding_goes_before_what_is_said_of_many(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, MAJOR)]))
    print_ = report.articles[0].all_findings[0].fingerprint
    wide, one = {"scope": "rule-in-article"}, {"fingerprint": print_, "decision": "accepted"}
    for entries in ([wide, one], [one, wide]):
        assert left(apply(report, decided(tmp_path, *entries))) == [f"a:ACC301:{WORDS[0]}"]


def test_a_decision_on_one_finding_is_about_its_own_article_unless_that_has_another_name_now(tmp_path):
    one = article("a", [(1, MAJOR)])
    copy = replace(one, pair=replace(one.pair, id="copy"))
    accepted = decided(tmp_path, {"fingerprint": one.all_findings[0].fingerprint})
    assert left(apply(corpus(one, copy), accepted)) == [f"copy:ACC301:{WORDS[0]}"]
    assert left(apply(corpus(copy), accepted)) == []


def test_a_changed_severity_takes_the_place_of_the_findings_own(tmp_path):
    report = corpus(article("a", [(1, CRITICAL)]))
    print_ = report.articles[0].all_findings[0].fingerprint
    accepted = decided(tmp_path, {"fingerprint": print_, "decision": "accepted", "severity": "minor"})
    found = apply(report, accepted)
    assert [f.severity for f in found.articles[0].all_findings] == [MINOR]
    assert found.articles[0].score.mqm_per_1000_words == pytest.approx(1000 / 600)
    assert found.suppressed == ()


def test_unused_decisions_are_reported_but_not_those_that_keep_or_hold_everywhere(tmp_path):
    accepted = decided(
        tmp_path,
        {"fingerprint": "gone", "text": "disparu"},
        {"fingerprint": "kept", "decision": "accepted"},
        {"scope": "everywhere", "text": "ailleurs"},
        {"fingerprint": "far", "article": "elsewhere"},
    )
    assert apply(corpus(article("a")), accepted).unused == (
        "mtqc-decisions.json, entry 1 (rule ACC301, fingerprint gone, “disparu”) matched nothing in a.",
        "1 entry is about an article that was not checked.",
    )


# All of them


def test_decisions_go_first_then_suppressions_then_the_baseline(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, MAJOR), (3, MAJOR)]))
    print_ = report.articles[0].all_findings[0].fingerprint
    files = [
        made(report, tmp_path),
        suppress(tmp_path, entry(f"text = '{WORDS[1]}'")),
        decided(tmp_path, {"fingerprint": print_}),
    ]
    found = apply(report, merged(files), today=DAY)
    assert [s.by for s in found.suppressed] == ["decision", "suppression", "baseline"]
    assert len(found.unused) == 2


def test_what_an_earlier_run_took_out_is_put_back_first(tmp_path):
    report = corpus(article("a", [(1, MAJOR), (2, CRITICAL)]), article("b", [(3, MINOR)]))
    once = apply(report, made(report, tmp_path))
    assert left(once) == []
    again = apply(json_reader.parse(json_writer.as_dict(once)), Accepted())
    assert left(again) == left(report)
    assert again.suppressed == ()
    assert again.articles[0].score.mqm_per_1000_words == pytest.approx(30 * 1000 / 600)


def test_a_score_that_was_not_measured_stays_so(tmp_path):
    one = replace(article("a", [(1, MAJOR)]), score=NotMeasured("no words"))
    assert apply(corpus(one), made(corpus(one), tmp_path)).articles[0].score == NotMeasured("no words")


def test_everything_nasty_can_be_accepted_and_put_back(tmp_path):
    report = sample.corpus()
    found = apply(report, made(report, tmp_path))
    assert left(found) == []
    assert len(found.suppressed) == len(left(report))
    assert left(restored(found)) == left(report)


FOUND = st.lists(
    st.tuples(
        st.integers(1, 10),
        st.sampled_from([CRITICAL, MAJOR, MINOR]),
        st.sampled_from(["ACC1", "FLU2"]),
        st.integers(0, 3),
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(FOUND, FOUND)
def test_a_baseline_takes_no_more_and_no_less(tmp_path_factory, old, more):
    path = tmp_path_factory.mktemp("b")
    before, after = corpus(article("a", old)), corpus(article("a", old + more))
    accepted = made(before, path)
    assert left(apply(before, accepted)) == []
    found = apply(after, accepted)
    assert len(found.suppressed) >= len(old)
    assert len(left(found)) + len(found.suppressed) == len(old + more)
    assert sorted(left(restored(found))) == sorted(left(after))
    assert len(found.unused) == 0


def test_an_entry_says_what_it_is():
    said = str(Entry("suppression", "s.toml, entry 2", rule="LOC", path="a/*", text="x"))
    assert said == "s.toml, entry 2 (rule LOC, path a/*, “x”)"


def attempt(path) -> Accepted | InputError:
    try:
        return load(path)
    except InputError as error:
        return error


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["schema", "signature", "entries", "code", "count", "scope", "low_quality", "sentences"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["mtqc-baseline/1", "mtqc-decisions/1"]), JSON, JSON)
def test_whatever_stands_in_a_file_it_is_read_or_refused(tmp_path_factory, schema, entries, more):
    path = tmp_path_factory.mktemp("f") / "x.json"
    data = {"signature": "s", **(more if isinstance(more, dict) else {}), "schema": schema, "entries": entries}
    path.write_text(json.dumps(data), encoding="utf-8")
    found = attempt(path)
    if isinstance(found, InputError):
        assert found.hint
    else:
        apply(corpus(article("a", [(1, MAJOR)])), found)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: ("[[suppress]]\n" + t).encode()))
def test_whatever_bytes_a_suppressions_file_holds(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("f") / "x.toml"
    path.write_bytes(data)
    found = attempt(path)
    assert isinstance(found, Accepted) or str(path) in found.message
