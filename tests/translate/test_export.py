"""The export of a checkpoint into the shipped layout, on a small random one; the figures are not measured here."""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from translate_fixtures import write_checkpoint

from mtqc.translate import load_engine, pinned, pinned_sentences
from mtqc.translate.checkpoint import read_checkpoint

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def export(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    monkeypatch.setattr(sys, "argv", [])
    import export_model

    return export_model


def options(**changed):
    values = {"name": "new", "direction": "fr-en", "prefix": "", "positions": 128, "cut_at": 50, "shift": 1}
    return argparse.Namespace(**{**values, **changed})


def test_what_is_exported_is_whole_and_half_as_large(export, tmp_path):
    checkpoint = read_checkpoint(write_checkpoint(tmp_path / "a-fr-en"), "fr-en")
    export.copy(checkpoint, tmp_path / "out")
    card = export.describe(tmp_path / "out", checkpoint, options())
    export.write_json(tmp_path / "out" / "card.json", card)
    shipped = read_checkpoint(tmp_path / "out", "fr-en")
    assert (shipped.name, shipped.positions, shipped.cut_at) == ("new", 128, 50)
    assert card["alignment"] == {"shift": 1}
    assert "alignment" not in export.describe(tmp_path / "out", checkpoint, options(shift=-1))
    assert shipped.converted == tmp_path / "out" / "ct2"
    assert shipped.revision == card["revision"] != checkpoint.revision
    assert {w.dtype for w in load_file(shipped.weights).values()} == {np.dtype(np.float16)}
    assert load_engine(str(tmp_path / "out"), cache=False).signature.startswith(f"new@{card['revision'][:12]}/")


def test_a_prefix_goes_before_every_source(export, tmp_path):
    from mtqc.translate.pieces import Pieces

    checkpoint = read_checkpoint(write_checkpoint(tmp_path / "a-fr-en"), "fr-en")
    export.copy(checkpoint, tmp_path / "out")
    export.write_json(
        tmp_path / "out" / "card.json", export.describe(tmp_path / "out", checkpoint, options(prefix=">>en<<"))
    )
    assert Pieces(read_checkpoint(tmp_path / "out", "fr-en")).source("Oui.")[0] == ">>en<<"


def test_the_command_replaces_the_folder_and_the_page(export, tmp_path, monkeypatch, capsys):
    import export_card

    page = tmp_path / "models.md"
    page.write_text(f"{export_card.BEGIN.format('fr-en')}\n{export_card.END.format('fr-en')}\n")
    old = tmp_path / "models" / "fr-en"
    old.mkdir(parents=True)
    (old / "leftover").write_text("")
    rows = [{"en": "Yes.", "ref_fr": "Oui."}] * 201
    monkeypatch.setattr(export, "read_set", lambda name: rows)
    folder = write_checkpoint(tmp_path / "a-fr-en")
    monkeypatch.setattr(
        sys, "argv", ["export_model.py", str(folder), str(old), "--name", "better", "--docs", str(page)]
    )
    export.main()
    card = json.loads((old / "card.json").read_text())
    assert [p.name for p in old.parent.iterdir()] == ["fr-en"]
    assert not (old / "leftover").exists()
    assert len(pinned.read(old)) == len(pinned_sentences.PAIRS)
    assert [f["sentences"] for f in card["figures"]] == [1, 1, 1]
    assert export_card.markdown(card) in page.read_text()
    assert "wmt13, lines 201 to 700" in capsys.readouterr().out
