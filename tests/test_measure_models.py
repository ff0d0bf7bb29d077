"""The script that measures the models: its counting and comparing. What it measures is none of a test's business."""

import json
import random

import model_outputs
import models
import pytest
from model_forced import Scores, neighbours
from model_kept import Share, brackets, has_name, kept, marks_kept, names, numbers_kept, quotations
from model_outputs import fault_kind, faults
from model_statistics import auc, block, blocks, curve, in_order, per_10000, read_progress, wilson

from mtqc.model import ForcedScore, NotMeasured
from mtqc.translate import load_engine
from mtqc.translate.validity import Validity


def test_names_are_capitals_that_mean_something():
    text = "Then Mr Kovalenko told Reuters that the Ministers of Portugal would meet on Monday."
    assert names(text, "en") == ["Kovalenko", "Reuters", "Portugal"]
    assert names("Hier M. Kovalenko a dit à Reuters que le XIXe siècle a changé le Portugal.", "fr") == [
        "Kovalenko",
        "Reuters",
        "Portugal",
    ]


@pytest.mark.parametrize(
    ("name", "lang", "translation", "is_there"),
    [
        ("Germany", "en", "Cela vaut aussi pour l'Allemagne.", True),
        ("Allemagne", "fr", "This goes for Germany too.", True),
        ("Germans", "en", "Les électeurs allemands ont voté.", True),
        ("Gorbachev", "en", "C'est ce que dit Gorbatchev.", True),
        ("Gorbatchev", "fr", "So says Gorbachev.", True),
        ("Kovalenko", "fr", "Kovalenk said so.", False),
        ("Kovalenko", "fr", "The minister said so.", False),
        ("Germany", "en", "Cela vaut aussi pour l'Espagne.", False),
    ],
)
def test_a_name_is_kept_in_the_other_languages_form(name, lang, translation, is_there):
    assert has_name(name, lang, translation) is is_there


@pytest.mark.parametrize(
    ("source", "lang", "translation", "kept_"),
    [
        ("It cost 1,500 euros in 2012.", "en", "Cela a coûté 1 500 euros en 2012.", (2, 2)),
        ("Cela a coûté 1 500 euros en 2012.", "fr", "It cost 1,500 euros in 2012.", (2, 2)),
        ("Une croissance de 1,5 %.", "fr", "A growth of 1.5%.", (1, 1)),
        ("Une croissance de 1,5 %.", "fr", "A growth of 215%.", (0, 1)),
        ("It cost 2.5 billion.", "en", "Cela a coûté 2,5 millions.", (0, 1)),
        ("No figure at all.", "en", "Il y en a 12.", (0, 0)),
    ],
)
def test_numbers_are_compared_by_value(source, lang, translation, kept_):
    assert numbers_kept(source, lang, translation) == Share(*kept_)


def test_marks_count_in_pairs_only():
    assert quotations("Il a dit « oui » puis “non”.") == 2
    assert quotations('He said "yes and left.') is None
    assert quotations("None here.") == 0
    assert brackets("A (b [c]) d.") == 2
    assert brackets("A (b.") is None
    assert brackets("A b) (c.") is None


def test_marks_are_kept_whatever_their_make():
    assert marks_kept("Il a dit « oui ».", 'He said "yes".', quotations) == Share(1, 1)
    assert marks_kept("Il a dit « oui ».", "He said yes.", quotations) == Share(0, 1)
    assert marks_kept("Il a dit « oui.", 'He said "yes".', quotations) == Share()
    assert marks_kept("Il a dit oui.", 'He said "yes".', quotations) == Share()


def test_what_the_human_dropped_is_not_asked_for_again():
    found = kept(
        ["Hier, Kovalenko a quitté Reuters."], ["Yesterday Kovalenko left."], ["Kovalenko left Reuters."], "fr"
    )
    assert (found.names, found.confirmed) == (Share(2, 2), Share(1, 1))
    assert found + found == kept(
        ["Hier, Kovalenko a quitté Reuters."] * 2,
        ["Yesterday Kovalenko left."] * 2,
        ["Kovalenko left Reuters."] * 2,
        "fr",
    )


def test_wilson_has_the_published_values():
    # 10 of 50, 95 %: 0.112–0.330; none of 10: up to 0.278 (Newcombe 1998 and any table of Wilson's).
    assert wilson(10, 50) == pytest.approx((0.1124, 0.3304), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert per_10000(1, 10_000) == "1.0 (0.2–5.7)"


def test_auc_counts_pairs():
    rng = random.Random(3)
    good, bad = [rng.randint(0, 9) for _ in range(40)], [rng.randint(-3, 7) for _ in range(30)]
    slow = sum((g > b) + (g == b) / 2 for g in good for b in bad) / (len(good) * len(bad))
    assert auc(good, bad)[0] == pytest.approx(slow)
    assert auc([2, 3], [0, 1]) == (1.0, 0.0)
    assert auc([0, 1], [0, 1])[0] == 0.5
    assert in_order([1, 5, 2], [0, 6, 2]) == 0.5


def test_every_fault_has_its_kind():
    say = Validity().fault
    source = "Le conseil municipal se réunit jeudi à la mairie."
    assert fault_kind(say(source, "")) == "empty"
    assert fault_kind(say(source, "The council meets the council meets the council meets the council meets")) == "loop"
    assert fault_kind(say(source, "The council meets on", truncated=True)) == "truncated"
    assert fault_kind(say(source, "Council")) == "length"
    assert fault_kind(say(source, "The town council meets on Thursday.")) is None
    assert faults([source], ["Council"]) == ["length"]
    with pytest.raises(ValueError, match="unknown fault"):
        fault_kind("the model is on holiday")


@pytest.mark.model
def test_the_search_is_the_translators_own():
    marian = load_engine(cache=False).translator
    long = "Le maire a dit, devant les habitants réunis, que les travaux du pont commenceraient jeudi ; " * 3
    texts = ["Le conseil municipal se réunit jeudi.", "", long.strip(), "ouioui " * 40, "Il a neigé (un peu) hier."]
    made = model_outputs.search(marian, texts)
    wanted = marian.translate(texts)
    assert ["" if isinstance(w, NotMeasured) else w for w in wanted] == made.texts
    assert [isinstance(w, NotMeasured) for w in wanted] == [f is not None for f in made.final]
    assert made.final[1] == "empty"


def test_neighbours_stay_in_their_document():
    lines = [{"doc": d, "en": f"e{i}", "ref_fr": f"f{i}"} for i, d in enumerate("aab")]
    assert neighbours(lines) == ([("e0", "f0")], [("e1", "f0")])


class Counter:
    signature = "counter"

    def __init__(self):
        self.seen = []

    def score(self, pairs, progress=None):
        self.seen += pairs
        return [ForcedScore((), -len(t), 2) if t else NotMeasured("there is no text") for _, t in pairs]


def test_scores_go_in_the_models_direction_and_once():
    forward, back = Counter(), Counter()
    assert Scores(forward, "en-fr").of([("dog", "chien"), ("dog", "chien")]) == [-2.5, -2.5]
    assert forward.seen == [("dog", "chien")]
    scores = Scores(back, "fr-en").of([("dog", "chien"), ("", "chat")])
    assert scores[0] == -1.5
    assert scores[1] != scores[1]
    assert back.seen == [("chien", "dog"), ("chat", "")]


def progress(path, *entries):
    path.write_text("\n".join(json.dumps(e) for e in entries), encoding="utf-8")
    return path


def test_a_progress_file_is_read_in_order_of_time(tmp_path):
    file = progress(
        tmp_path / "progress.jsonl",
        {"minutes": 20, "dev_bleu": 14.0, "direction": "en-fr"},
        {"minutes": 10, "dev_bleu": 10.0},
        {"minutes": 15, "dev_bleu": 12.0, "direction": "fr-en"},
    )
    assert [e["minutes"] for e in read_progress(file, "en-fr")] == [10, 20]
    file.write_text('{"minutes": 1}\nnot JSON\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: a JSON object"):
        read_progress(file, "en-fr")


def test_the_curve_keeps_its_end_and_says_how_it_rises():
    entries = [
        {"minutes": m, "step": 100 * m, "tokens": 2e5 * m, "ppl": 5 - m / 50, "dev_ppl": 2.5, "dev_bleu": m / 5}
        for m in range(1, 101)
    ]
    lines = curve([*entries, {"minutes": 101, "ppl": 3.0}], most=5)
    assert len(lines) == 2 + 5 + 2
    assert lines[6] == "| 100 | 10000 | 20.0 | 3.00 | 2.50 | 20.0 | – |"
    assert lines[-1] == "Over the last 25 minutes: +5.0 BLEU."
    assert curve([]) == ["The progress file has no entry of this direction."]


def test_blocks_are_found_again():
    text = "# T\n\n" + block("engines", "fr-en", "m@1", "a\n\nb") + "\n" + block("curve", "en-fr", "n@2", "c") + "\n"
    assert blocks(text) == {"engines fr-en": ("m@1", "a\n\nb"), "curve en-fr": ("n@2", "c")}


@pytest.mark.model
def test_a_report_keeps_only_what_belongs_to_its_model(monkeypatch):
    engine = load_engine(cache=False)
    label = engine.checkpoint.label
    part = models.Part("failures", "Failures", lambda _: ["measured now"])
    monkeypatch.setattr(models, "PARTS", tuple(part if p.name == "failures" else p for p in models.PARTS))
    before = block("engines", "fr-en", label, "kept") + block("curve", "fr-en", "another@1", "dropped")
    text = models.report(
        {"fr-en": models.Subject(engine, "fr-en", ["failures"]), "en-fr": "Not measured: none."}, before
    )
    found = {name: body for name, (_, body) in blocks(text).items()}
    assert found["failures fr-en"] == "measured now"
    assert found["engines fr-en"] == "kept"
    assert found["curve fr-en"] == "Not measured for this model."
    assert "Not measured: none." in text


def test_marks_alike():
    assert models.alike("Il a dit « c’est fini ».") == models.alike('Il a dit "c\'est fini".')


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "x"], "need --direction"),
        (["--parts", "curve"], "needs --progress"),
        (["--direction", "de-fr"], "invalid choice"),
    ],
)
def test_bad_arguments_are_told(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        models.parse(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err
