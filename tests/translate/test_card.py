"""The shipped model's card and docs/models.md say the same, and the same as the files."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from translate_fixtures import SHIPPED

ROOT = Path(__file__).resolve().parents[2]
CARD = json.loads((SHIPPED / "card.json").read_text())


@pytest.fixture
def export_card(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    monkeypatch.delitem(sys.modules, "export_card", raising=False)
    import export_card

    return export_card


def test_the_page_holds_the_card(export_card):
    assert export_card.markdown(CARD) in (ROOT / "docs" / "models.md").read_text(encoding="utf-8")


def test_the_page_is_rewritten_only_between_its_marks(export_card, tmp_path):
    page = tmp_path / "models.md"
    begin, end = export_card.BEGIN.format("fr-en"), export_card.END.format("fr-en")
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n")
    export_card.write_into(page, CARD)
    assert page.read_text() == f"before\n{begin}\n{export_card.markdown(CARD)}\n{end}\nafter\n"
    page.write_text("no marks")
    with pytest.raises(ValueError, match="no marks for fr-en"):
        export_card.write_into(page, CARD)


def test_the_card_is_complete():
    assert CARD["direction"] == "fr-en"
    assert CARD["cut_at"] <= CARD["positions"]
    assert {f["set"].split(",")[0] for f in CARD["figures"]} == {"wmt13", "flores-dev"}
    assert all(0 < f["bleu"] < 100 and 0 < f["chrf"] < 100 and f["sentences"] for f in CARD["figures"])
    assert all(d["text"] and d["whose"] and d["licence"] for d in CARD["data"])
    assert CARD["licence"]
    assert CARD["weaknesses"]


def test_the_weights_are_half_precision_and_of_the_shape_that_the_card_says():
    weights = load_file(SHIPPED / "model.safetensors")
    assert {w.dtype for w in weights.values()} == {np.dtype(np.float16)}
    assert weights["model.shared.weight"].shape == (CARD["shape"]["vocabulary"], CARD["shape"]["d_model"])
    assert sum(w.size for n, w in weights.items() if n != "final_logits_bias") == CARD["shape"]["parameters"]


def test_the_folder_stays_small():
    assert sum(p.stat().st_size for p in SHIPPED.rglob("*") if p.is_file()) < 60e6
