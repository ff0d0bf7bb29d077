"""English translations of French originals: the same job the other way round."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from mtqc import judgement
from mtqc.checks import CHECKS
from mtqc.checks.base import directions, judges
from mtqc.checks.mirror import mirrored, mirrored_signals
from mtqc.cli.app import app
from mtqc.cli.common import Options, settings
from mtqc.errors import ConfigError, InputError
from mtqc.evaluate import find_gold
from mtqc.features import SENTENCE_FACTS
from mtqc.measuring import Direction, Models
from mtqc.model import (
    ArticlePair,
    BackTranslation,
    Document,
    ForcedScore,
    LinkTable,
    PseudoReference,
    Severity,
    Signals,
)
from mtqc.pipeline import check_article, signature
from mtqc.report import phrases
from mtqc.source import read_pairs
from mtqc.testing import ReplayTranslator, make_pair
from mtqc.text.english_words import is_english, slip
from mtqc.text.numbers import quantities
from mtqc.text.numbers.render import written

FRENCH = [
    "Le conseil municipal de Vannes a rejeté lundi le projet de port de plaisance.",
    "La maire, Solène Kervadec, n’a pas renouvelé le contrat de la société bretonne.",
    "Le chantier devait coûter 4,2 millions d’euros et créer 35 emplois.",
    "Les associations de riverains avaient déposé un recours en mars.",
    "Une nouvelle réunion publique se tiendra le 12 octobre à la mairie, pour les habitants de la ville.",
]
ENGLISH = [
    "The Vannes town council on Monday rejected the marina project.",
    "The mayor, Solène Kervadec, has renewed the contract of the Breton company.",
    "The works were to cost 4.2 billion euros and create 35 jobs jobs.",
    "A new public meeting will be held on 12 November at the town hall, pour les habitants de la ville.",
]
BACK = [
    "Le conseil municipal de Vannes a rejeté lundi le projet de port de plaisance.",
    "La maire, Solène Kervadec, a renouvelé le contrat de la société bretonne.",
    "Le chantier devait coûter 4,2 milliards d’euros et créer 35 emplois.",
    "Une nouvelle réunion publique se tiendra le 12 novembre à la mairie, pour les habitants de la ville.",
]
OWN = [
    "The town council of Vannes rejected the marina project on Monday.",
    "The mayor, Solène Kervadec, did not renew the contract of the Breton company.",
    "The works were to cost 4.2 million euros and create 35 jobs.",
    "The residents’ associations had lodged an appeal in March.",
    "A new public meeting will be held on 12 October at the town hall.",
]
REVERSE = ["--source-lang", "fr", "--target-lang", "en"]


class Linker:
    """Every word with the one at its place."""

    def links(self, pairs, progress=None):
        return [
            LinkTable(tuple(tuple(float(i == j) for i in range(len(s.spans))) for j in range(len(t.spans))))
            for s, t in pairs
        ]


def pair(source=FRENCH, target=ENGLISH):
    texts = "\n".join(source), "\n".join(target)
    return ArticlePair("vannes", Document(texts[0], "fr", "a.fr.txt"), Document(texts[1], "en", "a.en.txt"))


@pytest.fixture(scope="module")
def report():
    backward = ReplayTranslator(dict(zip(ENGLISH, BACK, strict=True)))
    forward = ReplayTranslator(dict(zip(FRENCH, OWN, strict=True)))
    models = Models(Direction(backward, backward, Linker()), Direction(forward, forward, Linker()))
    return check_article(pair(), settings(Options(source_lang="fr", target_lang="en")), models)


def test_back_translations_are_french_and_scored_against_the_original(report):
    first = report.sentences[0].signals.back_translation
    assert isinstance(first, BackTranslation)
    assert first.text == BACK[0]
    assert first.chrf == pytest.approx(100)


def test_signals_go_the_right_way(report):
    signals = report.sentences[0].signals
    assert isinstance(signals.pseudo_reference, PseudoReference)
    assert signals.pseudo_reference.text == OWN[0]
    assert isinstance(signals.forced_source, ForcedScore)
    assert isinstance(signals.forced_target, ForcedScore)
    assert [w.text for w in signals.forced_source.words][:2] == ["Le", "conseil"]
    assert [w.text for w in signals.forced_target.words][:2] == ["The", "Vannes"]


def test_the_aligner_finds_the_lost_sentence(report):
    assert [s.bead.kind for s in report.sentences] == ["1-1", "1-1", "1-1", "1-0", "1-1"]
    (lost,) = [f for f in report.all_findings if f.code == "ACC101"]
    assert lost.message.startswith("« Les associations de riverains")


@pytest.mark.parametrize(
    ("code", "marks", "severity"),
    [
        ("ACC301", "4.2 billion euros", Severity.CRITICAL),
        ("ACC310", "November", Severity.CRITICAL),
        ("FLU501", "jobs jobs", Severity.MINOR),
        ("ACC103", "pour les habitants de la ville", Severity.MAJOR),
        ("ACC701", "", Severity.MINOR),
    ],
)
def test_what_is_wrong_is_found_in_the_english(report, code, marks, severity):
    (found,) = [f for f in report.all_findings if f.code == code]
    assert found.target.side == "target"
    assert found.target.text == marks
    assert found.severity >= severity
    place = found.target.span
    assert "\n".join(ENGLISH)[place.start : place.end] == marks


def test_nothing_else_is_found(report):
    expected = {"ACC101", "ACC103", "ACC301", "ACC310", "ACC701", "FLU501"}
    assert {f.code for f in report.all_findings if f.severity >= Severity.MAJOR} <= expected


def test_a_sentence_that_is_right_scores_higher_than_one_that_is_wrong(report):
    quality = [s.quality for s in report.sentences if s.bead.is_pair]
    assert max(quality) == quality[0]


def test_rules_of_french_are_skipped_and_say_so(report):
    codes = {s.code for s in report.skipped if s.reason == "only French translations are judged"}
    assert codes == {r.code for c in CHECKS if directions(c) == ("en-fr",) for r in c.rules} - _off()
    assert "FLU401" in codes
    assert not codes & {"ACC101", "ACC301", "ACC701", "FLU501"}


def _off():
    from mtqc.policy import OFF

    return set(OFF)


def test_the_report_tells_of_skipped_rules_in_one_line(report):
    lines = [x for x in phrases.ENGLISH.skipped(report) if "only French translations" in x[1]]
    assert len(lines) == 1
    assert "more rules" in lines[0][0]


def test_a_check_that_says_nothing_judges_french():
    class Silent:
        rules = ()

    assert directions(Silent()) == ("en-fr",)
    assert judges(Silent(), make_pair("A.", "B."))
    assert not judges(Silent(), make_pair("A.", "B.", langs=("fr", "en")))


def test_a_mirrored_bead_has_everything_on_the_other_side():
    article = make_pair("Il part.", "He leaves.", langs=("fr", "en"))
    bead, _ = article.pairs[0]
    other = mirrored(bead)
    assert (other.source_text, other.target_text, other.langs) == ("He leaves.", "Il part.", ("en", "fr"))
    assert not other.is_reversed
    assert mirrored(other) == bead
    own = PseudoReference("He is leaving.", 50.0)
    turned = mirrored_signals(Signals(pseudo_reference=own))
    assert isinstance(turned.back_translation, BackTranslation)
    assert turned.back_translation.text == "He is leaving."


@pytest.mark.parametrize("langs", [("fr", None), (None, "en"), ("de", "en"), ("en", "en"), ("fr", "es")])
def test_another_pair_of_languages_is_one_clear_error(langs):
    with pytest.raises(ConfigError, match="does not judge translations from") as caught:
        settings(Options(source_lang=langs[0], target_lang=langs[1]))
    assert "--source-lang" in str(caught.value) or "source-lang" in caught.value.hint


def test_the_command_reads_french_originals(tmp_path):
    (tmp_path / "a.fr.txt").write_text("\n".join(FRENCH), encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(tmp_path), "--no-model", "--format", "json", *REVERSE])
    assert done.exit_code == 0, done.output
    (article,) = json.loads(done.stdout)["articles"]
    assert (article["source"]["lang"], article["target"]["lang"]) == ("fr", "en")
    assert article["source"]["path"].endswith("a.fr.txt")


def test_the_configuration_sets_the_direction(tmp_path, monkeypatch):
    (tmp_path / "mtqc.toml").write_text('source-lang = "fr"\ntarget-lang = "en"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert settings(Options()).langs == ("fr", "en")
    assert settings(Options(source_lang="en", target_lang="fr")).langs == ("en", "fr")


def test_swapped_texts_are_told_with_the_option_that_helps(tmp_path):
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text("\n".join(FRENCH), encoding="utf-8")
    target.write_text("\n".join(ENGLISH), encoding="utf-8")
    (entry,) = read_pairs(source, target)
    assert isinstance(entry, tuple)
    assert isinstance(entry[1], InputError)
    assert "--source-lang fr --target-lang en" in entry[1].hint
    (found,) = read_pairs(source, target, ("fr", "en"))
    assert isinstance(found, ArticlePair)
    assert found.source.lang == "fr"


@pytest.mark.parametrize("text", ["fr\ten\nBonjour.\tHello.\n", "source\ttarget\nBonjour.\tHello.\n"])
def test_columns_are_named_by_language_or_by_role(tmp_path, text):
    path = tmp_path / "rows.tsv"
    path.write_text(text, encoding="utf-8")
    (found,) = read_pairs(path, None, ("fr", "en"))
    assert isinstance(found, ArticlePair)
    assert (found.source.text, found.target.text) == ("Bonjour.", "Hello.")


def test_align_prints_the_original_first(tmp_path):
    (tmp_path / "a.fr.txt").write_text("\n".join(FRENCH), encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    args = ["align", str(tmp_path), "--no-model", "--words", "--format", "jsonl", *REVERSE]
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout.splitlines()[0])
    assert row["fr"] == FRENCH[0]
    assert row["en"] == ENGLISH[0]
    assert {"Vannes"} & {w["fr"]["text"] for w in row["words"]}


@pytest.mark.parametrize("word", ["houses", "denuclearised", "unpresidential", "policymakers", "re-elected", "the"])
def test_english_words_are_known(word):
    assert is_english(word)
    assert not slip(word)


@pytest.mark.parametrize(("word", "meant"), [("thier", "their"), ("folowing", "following"), ("governer", "governed")])
def test_a_slip_is_told_from_a_rare_word(word, meant):
    assert slip(word) == meant


def test_errors_are_planted_into_english(tmp_path):
    (tmp_path / "a.fr.txt").write_text("\n".join(FRENCH), encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("\n".join(OWN), encoding="utf-8")
    out = tmp_path / "planted"
    done = CliRunner().invoke(app, ["plant", str(tmp_path), "-o", str(out), "--rate", "1", *REVERSE])
    assert done.exit_code == 0, done.output
    gold = [json.loads(x) for x in (out / "a" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = (out / "a" / "target.en.txt").read_text(encoding="utf-8").split("\n")
    assert gold
    assert all(e["target_text"] in lines[e["target_line"] - 1] for e in gold)
    assert (out / "a" / "source.fr.txt").read_text(encoding="utf-8") == "\n".join(FRENCH)


def test_gold_lies_beside_an_english_translation(tmp_path):
    (tmp_path / "a.gold.jsonl").write_text("", encoding="utf-8")
    assert find_gold(str(tmp_path / "a.en.txt")) == tmp_path / "a.gold.jsonl"


def test_what_speaks_of_an_error_only_raises_its_probability():
    model = judgement.fitted("sentence", "en")
    assert set(model.weights) == {*SENTENCE_FACTS, "suspicion", "minor"}
    assert min(model.weights.values()) >= 0
    assert model != judgement.fitted("sentence")


def test_the_signature_tells_the_direction():
    forward, reverse = settings(Options()), settings(Options(source_lang="fr", target_lang="en"))
    assert signature(forward, None) != signature(reverse, None)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("4,2 millions d’euros", "4.2 million euros"),
        ("7,16 %", "7.16%"),
        ("1 500 habitants", "1,500"),
        ("15 h 30", None),
    ],
)
def test_figures_are_written_as_english_does(french, english):
    assert written(quantities(french, "fr")[0], "en") == english
