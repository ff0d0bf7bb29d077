"""The trainer: what it computes, what it writes, and that a run goes on where it stopped. Needs the [torch] extra."""

import argparse
import itertools
import json
import math
import random

import pytest

pytest.importorskip("torch", reason="needs mtqc[torch]")
pytest.importorskip("transformers", reason="needs mtqc[torch]")
pytestmark = pytest.mark.torch

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
import train  # noqa: E402
from checkpoints import average  # noqa: E402
from corpus import Batches, Corpus, encode, piece_links  # noqa: E402
from net import Marian, Shape, SmoothedLoss, alignment_loss  # noqa: E402
from transformers import MarianMTModel, MarianTokenizer  # noqa: E402
from vocabulary import vocabulary  # noqa: E402

from mtqc.translate.checkpoint import read_checkpoint  # noqa: E402
from mtqc.translate.convert import read_weights  # noqa: E402
from mtqc.translate.pieces import Pieces  # noqa: E402

SMALL = Shape(width=32, inner=64, encoder=2, decoder=2, heads=4)
ENGLISH = "one two three four five six seven eight nine ten red blue green old new big small good bad hot".split()
FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix rouge bleu vert vieux neuf grand petit bon mauvais chaud".split()
)


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    """Word for word translations, with their links."""
    path = tmp_path_factory.mktemp("text") / "pairs.tsv"
    chance = random.Random(3)
    with path.open("w", encoding="utf-8") as lines:
        for _ in range(400):
            at = [chance.randrange(len(ENGLISH)) for _ in range(chance.randint(2, 7))]
            links = " ".join(f"{i}-{i}" for i in range(len(at)))
            lines.write(f"{' '.join(ENGLISH[i] for i in at)}\t{' '.join(FRENCH[i] for i in at)}\t{links}\n")
    return path


@pytest.fixture(scope="module")
def pieces(text):
    return vocabulary(text.with_suffix(".spm"), [text], 400)


def asked(out, text, **changed):
    values = {
        "train": [text], "dev": text, "out": out, "direction": "en-fr", "size": "mid", "vocabulary": 400, "pieces": None,
        "init": None, "minutes": 60, "decay_minutes": 0, "save_minutes": 60, "dev_lines": 8, "longest": 60,
        "batch_tokens": 200, "lr": 2e-3, "warmup": 10, "dropout": 0.0, "smoothing": 0.1, "alignment": 1.0, "average": 0.9,
        "device": "cpu", "threads": 1, "seed": 1, "float32": True, "log_steps": 50, "encode_only": False, "keep": False,
    }  # fmt: skip
    return argparse.Namespace(**{**values, **changed})


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setitem(train.SHAPES, "mid", SMALL)


def steps(run, batches, count):
    state = run.state
    for epoch, position, _, batch in itertools.islice(batches.stream(state.epoch, state.position), count):
        figures = run.step(batch, train.rate(run.asked, state.step, 0.0))
        state.epoch, state.position = epoch, position
    return figures


def test_a_written_model_computes_in_transformers_what_it_computed_in_training(tmp_path, text, pieces):
    model = Marian(SMALL, len(pieces) + 1).eval()
    train.write_model(model, text.with_suffix(".spm"), tmp_path / "model", "en-fr")
    theirs = MarianMTModel.from_pretrained(tmp_path / "model", attn_implementation="eager").eval()
    source = torch.tensor([[5, 6, 7, 8, 0], [9, 10, 0, model.pad, model.pad]])
    given = torch.tensor([[model.pad, 11, 12], [model.pad, 13, 14]])
    with torch.no_grad():
        states, scores = model(source, given)
        logits = states @ model.model.shared.weight.T
        out = theirs(
            input_ids=source,
            attention_mask=(source != model.pad).long(),
            decoder_input_ids=given,
            output_attentions=True,
        )
    torch.testing.assert_close(logits[..., : model.pad], out.logits[..., : model.pad], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(scores.softmax(-1), out.cross_attentions[-1][:, 0], atol=1e-5, rtol=1e-4)


def test_a_written_model_has_one_tokenizer_for_both_libraries(tmp_path, text, pieces):
    train.write_model(Marian(SMALL, len(pieces) + 1), text.with_suffix(".spm"), tmp_path / "model", "en-fr")
    theirs = MarianTokenizer.from_pretrained(tmp_path / "model")
    ours = Pieces(read_checkpoint(tmp_path / "model", "en-fr"))
    sentence = "one old red three bad"
    assert theirs.convert_ids_to_tokens(theirs(sentence)["input_ids"]) == ours.source(sentence)
    assert read_checkpoint(tmp_path / "model", "en-fr").prefix == ""


def test_a_model_for_both_directions_names_the_target_language(tmp_path, text, pieces):
    train.write_model(Marian(SMALL, len(pieces) + 1), text.with_suffix(".spm"), tmp_path / "model", "both")
    assert read_checkpoint(tmp_path / "model", "fr-en").prefix == ">>en<<"
    assert read_checkpoint(tmp_path / "model", "en-fr").prefix == ">>fr<<"


@pytest.mark.parametrize("chunk", [3, 100])
def test_the_loss_is_pytorchs_label_smoothed_cross_entropy(chunk):
    torch.manual_seed(0)
    states, rows = torch.randn(10, 8, requires_grad=True), torch.randn(20, 8, requires_grad=True)
    gold = torch.randint(20, (10,))
    expected = F.cross_entropy(states @ rows.T, gold, label_smoothing=0.1, reduction="sum")
    gradients = torch.autograd.grad(expected, (states, rows))
    value = SmoothedLoss.apply(states, rows, gold, 0.1, chunk)
    torch.testing.assert_close(value, F.cross_entropy(states @ rows.T, gold, reduction="sum"))
    for mine, theirs in zip(torch.autograd.grad(value, (states, rows)), gradients, strict=True):
        torch.testing.assert_close(mine, theirs, atol=1e-5, rtol=1e-5)


def test_attention_on_the_linked_piece_costs_nothing_and_padding_counts_for_none():
    scores = torch.tensor([[[9.0, -9.0, 0.0], [-9.0, 9.0, 0.0]]]) * 10
    source, links = torch.tensor([[4, 5, 99]]), torch.tensor([[[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])
    assert alignment_loss(scores, source, 99, links) == pytest.approx(0, abs=1e-4)
    assert alignment_loss(scores, source, 99, links.roll(1, 2)) == pytest.approx(1e9, rel=0.1)
    assert alignment_loss(scores, source, 99, torch.tensor([[[0.0, 0, 0], [1.0, 0, 0]]])) == pytest.approx(
        180, rel=1e-3
    )


def test_links_between_words_become_links_between_their_pieces():
    spelt = (["▁Mus", "k", "▁spoke", "."], ["▁M", ".", "▁Mus", "k", "▁a", "▁parlé", "."])
    found = piece_links(spelt, ("Musk spoke.", "M. Musk a parlé."), "0-2 1-4")
    assert sorted(found) == [(0, 2), (0, 3), (1, 2), (1, 3), (2, 5)]
    assert piece_links((["▁1/2"], ["▁½"]), ("½", "½"), "0-0") == []


def test_every_pair_stands_once_in_an_epoch_each_way_and_batches_keep_their_size(text, pieces, tmp_path):
    corpus = encode([text], pieces, tmp_path / "corpus.npz", 60)
    batches = Batches(corpus, "both", {"en": [2], "fr": [3]}, len(pieces), tokens=200)
    epoch = [b for _, b in batches.epoch(0)]
    assert sorted(i for b in epoch for i in b) == list(range(2 * len(corpus)))
    assert all(batches.make(b).source.numel() <= 200 for b in epoch if len(b) > 1)
    assert [list(b) for b in epoch] == [list(b) for _, b in batches.epoch(0)]
    assert [list(b) for b in epoch] != [list(b) for _, b in batches.epoch(1)]


def test_a_batch_shifts_the_decoders_input_and_the_links_with_it(text, pieces, tmp_path):
    corpus = encode([text], pieces, tmp_path / "corpus.npz", 60)
    batches = Batches(corpus, "both", {"en": [2], "fr": [3]}, len(pieces), tokens=200)
    for index in (0, len(corpus)):
        batch = batches.make(torch.tensor([index]).numpy())
        source, target = ("fr", "en") if index == 0 else ("en", "fr")
        assert batch.source[0].tolist() == [2 if target == "en" else 3, *corpus.item(source, 0), 0]
        assert batch.target[0].tolist() == [*corpus.item(target, 0), 0]
        assert batch.decoder_input[0].tolist() == [len(pieces), *corpus.item(target, 0)]
        linked = batch.links[0].nonzero().tolist()
        assert [batch.decoder_input[0, t].item() for t, _ in linked[:1]] == [int(corpus.item(target, 0)[0])]
        assert linked[0] == [1, 1]
        assert set(batch.links[0].sum(1).tolist()) <= {0.0, 1.0}


def test_what_is_kept_of_a_padded_batch_is_every_piece_and_the_end(text, pieces, tmp_path):
    corpus = encode([text], pieces, tmp_path / "corpus.npz", 60)
    batches = Batches(corpus, "en-fr", {"en": [], "fr": []}, len(pieces), tokens=400, multiple=8)
    batch = batches.make(torch.arange(7).numpy())
    assert batch.target.shape[1] % 8 == batch.source.shape[1] % 8 == 0
    assert batch.keep.tolist() == (batch.target.flatten() != len(pieces)).nonzero()[:, 0].tolist()
    assert [row[row != len(pieces)].tolist() for row in batch.source] == [[*corpus.item("en", i), 0] for i in range(7)]


def test_encoded_text_is_kept_until_it_changes(text, pieces, tmp_path):
    first = encode([text], pieces, tmp_path / "corpus.npz", 60)
    again = encode([text], pieces, tmp_path / "corpus.npz", 60)
    shorter = encode([text], pieces, tmp_path / "corpus.npz", 5)
    assert isinstance(again, Corpus)
    assert (first.ids["links"] == again.ids["links"]).all()
    assert len(shorter) < len(first) == 400


def test_texts_encoded_elsewhere_are_put_together(text, pieces, tmp_path):
    kept = tmp_path / "corpus.npz"
    once = encode([text], pieces, kept, 60)
    twice = encode([kept, kept], pieces, tmp_path / "none.npz", 60)
    assert len(twice) == 2 * len(once)
    for side in ("en", "fr", "links"):
        assert (twice.item(side, len(once) + 3) == once.item(side, 3)).all()


def test_a_machine_without_texts_trains_on_what_was_encoded(tmp_path, text, monkeypatch, capsys):
    given = ["--out", str(tmp_path / "encoded"), "--vocabulary", "400", "--encode-only"]
    monkeypatch.setattr("sys.argv", ["train.py", str(text), str(text), "--dev", str(text), *given])
    train.main()
    assert "800 pairs encoded" in capsys.readouterr().out
    corpus, dev, spm = (tmp_path / "encoded" / name for name in ("corpus.npz", "dev.npz", "joint.spm"))
    plan = asked(tmp_path / "run", text, train=[corpus], dev=dev, pieces=spm)
    run, batches, held_out = train.prepared(plan)
    assert len(batches.corpus) == 2 * len(held_out.corpus) == 800
    steps(run, batches, 2)
    train.report(run, held_out, 5.0)
    line = json.loads((tmp_path / "run" / "progress.jsonl").read_text(encoding="utf-8"))
    assert line["dev_ppl"] > 1
    assert "dev_bleu" not in line  # which takes the texts
    with pytest.raises(SystemExit, match="name it with --pieces"):
        train.prepared(asked(tmp_path / "bare", text, train=[corpus]))


def test_validation_perplexity_is_the_words_loss_without_smoothing_and_dropout(tmp_path, text):
    run, _, held_out = train.prepared(asked(tmp_path / "run", text, dropout=0.5))
    total = count = 0.0
    run.model.eval()
    for _, indices in held_out.epoch(0):
        batch = held_out.make(indices)
        states, _ = run.model(batch.source, batch.decoder_input)
        logs = (states @ run.model.model.shared.weight[: run.model.pad].T).log_softmax(-1)
        for row, gold in zip(logs, batch.target, strict=True):
            real = gold != run.model.pad
            total -= float(row[real].gather(1, gold[real][:, None]).sum())
            count += int(real.sum())
    run.model.train()
    assert run.perplexity(held_out) == pytest.approx(math.exp(total / count), rel=1e-4)
    assert run.model.training


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(tmp_path, text):
    torch.manual_seed(1)
    whole, batches, _ = train.prepared(asked(tmp_path / "whole", text))
    steps(whole, batches, 8)
    torch.manual_seed(1)
    first, batches, _ = train.prepared(asked(tmp_path / "parts", text))
    steps(first, batches, 5)
    first.save(tmp_path / "parts" / "last.pt")
    second, batches, _ = train.prepared(asked(tmp_path / "parts", text))
    assert second.state == first.state
    steps(second, batches, 3)
    for mine, theirs in zip(second.average + second.parameters, whole.average + whole.parameters, strict=True):
        torch.testing.assert_close(mine, theirs)


def test_training_learns_the_words_and_the_links(tmp_path, text):
    torch.manual_seed(1)
    run, batches, held_out = train.prepared(asked(tmp_path / "run", text, lr=6e-3))
    before = steps(run, batches, 1)
    after = steps(run, batches, 500)
    assert after[0] < before[0] / 4
    assert after[1] < 0.2 < before[1]
    train.report(run, held_out, math.exp(after[0]))
    line = json.loads((tmp_path / "run" / "progress.jsonl").read_text(encoding="utf-8"))
    assert line["direction"] == "en-fr"
    assert line["dev_chrf"] > 50


def test_a_deeper_model_starts_from_a_shallower_one(tmp_path, text, pieces, monkeypatch):
    torch.manual_seed(2)
    small = Marian(SMALL, len(pieces) + 1)
    train.write_model(small, text.with_suffix(".spm"), tmp_path / "model", "en-fr")
    deeper = Marian(Shape(32, 64, 3, 2, 4), len(pieces) + 1)
    train.start_from(deeper, tmp_path / "model")
    layers = deeper.model.encoder.layers
    assert torch.equal(layers[2].fc1.weight, layers[1].fc1.weight)
    assert torch.equal(layers[1].fc1.weight, small.model.encoder.layers[1].fc1.weight)
    with pytest.raises(ValueError, match="another shape"):
        train.start_from(Marian(Shape(16, 64, 2, 2, 4), len(pieces) + 1), tmp_path / "model")


def test_kept_models_are_averaged(tmp_path, text, monkeypatch):
    run, batches, held_out = train.prepared(asked(tmp_path / "run", text, keep=True, average=0.5))
    monkeypatch.setattr(train, "evaluate", lambda *_: {"en-fr": {}})
    for minutes in (4, 8):
        steps(run, batches, 3)
        run.state.seconds = 60.0 * minutes
        train.report(run, held_out, 5.0)
    folders = [tmp_path / "run" / name for name in ("model-4", "model-8")]
    average(tmp_path / "mean", folders)
    first, second, mean = (read_weights(folder / "model.safetensors") for folder in (*folders, tmp_path / "mean"))
    name = "model.decoder.layers.1.fc1.weight"
    assert (first[name] != second[name]).any()
    torch.testing.assert_close(torch.tensor(mean[name]), torch.tensor((first[name] + second[name]) / 2))
    assert read_checkpoint(tmp_path / "mean", "en-fr").weights
    train.write_model(
        Marian(Shape(16, 64, 2, 2, 4), run.model.pad + 1), tmp_path / "run" / "joint.spm", tmp_path / "x", "en-fr"
    )
    with pytest.raises(ValueError, match="different shapes"):
        average(tmp_path / "mean", [folders[0], tmp_path / "x"])


def test_the_rate_rises_holds_and_falls(tmp_path, text):
    plan = asked(tmp_path, text, minutes=10, decay_minutes=4, warmup=100, lr=1.0)
    assert train.rate(plan, 49, 0) == pytest.approx(0.5)
    assert train.rate(plan, 500, 300) == 1.0
    assert train.rate(plan, 500, 480) == pytest.approx(0.5)
    assert train.rate(plan, 500, 700) == 0.0


def test_the_command_trains_stops_in_time_and_goes_on(tmp_path, text, monkeypatch, capsys):
    given = [str(text), "--dev", str(text), "--out", str(tmp_path / "run"), "--direction", "en-fr", "--vocabulary", "400",
             "--minutes", "0.03", "--decay-minutes", "0.01", "--batch-tokens", "200", "--dev-lines", "5",
             "--device", "cpu", "--log-steps", "5"]  # fmt: skip
    for _ in range(2):
        monkeypatch.setattr("sys.argv", ["train.py", *given])
        train.main()
    lines = (tmp_path / "run" / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    steps = [json.loads(line)["step"] for line in lines]
    assert 0 < steps[0] < steps[1]
    assert f"goes on from step {steps[0]}" in capsys.readouterr().out
    assert read_checkpoint(tmp_path / "run" / "model", "en-fr").converted
