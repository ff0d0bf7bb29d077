"""From a review to the gate, over the command line: what was dismissed passes, what was corrected is gone."""

from __future__ import annotations

import json
import sys

import pytest

from mtqc import cli
from mtqc.report.json_reader import load
from mtqc.review.events import Event
from mtqc.review.store import Store, beside
from mtqc.text.tokens import fold

PAIRS = {
    "cost": ("The plan would cost $3 billion.\n", "Le plan coûterait 3 millions de dollars.\n"),
    "debt": (
        "The debt is $7 billion.\nNobody was hurt.\n",
        "La dette est de 7 millions de dollars.\r\nIl n’y a aucun blessé.\r\n",
    ),
    "loss": ("The loss was $9 billion.\n", "La perte était de 9 millions de dollars.\n"),
}


@pytest.fixture
def mtqc(monkeypatch, capsys):
    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


@pytest.fixture
def run(tmp_path, monkeypatch, mtqc):
    """Three articles with a critical finding each, reviewed: one dismissed, one corrected, one accepted."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    for name, texts in PAIRS.items():
        for lang, text in zip(("en", "fr"), texts, strict=True):
            (tmp_path / f"texts/{name}.{lang}.txt").write_bytes(text.encode())
    mtqc("check", "texts", "--fast", "-f", "json", "-o", "run/mtqc-report.json")
    store = Store(beside(tmp_path / "run"))
    for article, (action, more) in zip(
        load(tmp_path / "run").articles,
        (("dismiss", ""), ("edit", "La dette est de 7 milliards de dollars."), ("accept", "")),
        strict=True,
    ):
        [f] = [f for f in article.all_findings if f.severity.label == "critical"]
        text, source = more or fold(f.target.text), fold(f.source.text)
        seen = len(store.events())
        store.append(
            Event(
                0, "", "Anna", action, "finding", article.pair.id, "s1", f.fingerprint, f.code, text, source, "", "", 0
            ),
            seen,
        )
    store.close()
    return tmp_path / "run"


def test_the_gate_passes_over_what_was_dismissed_and_nothing_else(run, mtqc, tmp_path):
    assert mtqc("gate", "run")[0] == 1
    assert mtqc("review", "run", "--export", "out", "-f", "decisions")[:2] == (0, "out/mtqc-decisions.json\n")
    code, out, _ = mtqc("gate", "run", "--decisions", "out/mtqc-decisions.json", "-f", "json", "-o", "gated.json")
    data = json.loads((tmp_path / "gated.json").read_text(encoding="utf-8"))
    assert [(s["article"], s["by"]) for s in data["suppressed"]] == [("cost", "decision")]
    assert data["unused"] == []
    assert code == 1
    assert "cost" not in out


def test_with_the_corrected_files_in_place_the_gate_passes_but_for_what_is_still_wrong(run, mtqc, tmp_path):
    assert mtqc("review", "run", "--export", "out")[0] == 0
    made = (tmp_path / "out/corrected/debt.fr.txt").read_bytes()
    assert made == PAIRS["debt"][1].replace("millions", "milliards").encode()
    assert [p.name for p in (tmp_path / "out/corrected").iterdir()] == ["debt.fr.txt"]
    (tmp_path / "texts/debt.fr.txt").write_bytes(made)
    code, out, _ = mtqc("gate", "texts", "--fast", "--decisions", "out/mtqc-decisions.json")
    assert (code, "loss" in out, "debt:" in out, "cost:" in out) == (1, True, False, False)
    for lang in ("en", "fr"):
        (tmp_path / f"texts/loss.{lang}.txt").unlink()
    assert mtqc("gate", "texts", "--fast", "--decisions", "out/mtqc-decisions.json")[0] == 0


def test_articles_called_after_other_places_stay_in_the_folder(run, mtqc, tmp_path):
    path = tmp_path / "run/mtqc-report.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"id": "debt"', '"id": "../../debt"'), encoding="utf-8")
    store = Store(beside(run))
    sentence = load(run).articles[1].sentences[1]
    assert sentence.id == "s2"
    store.append(Event(0, "", "Anna", "edit", "finding", "../../debt", "s2", "", "", "Personne.", "", "", "", 0), 9)
    store.close()
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert mtqc("review", "run", "--export", "out")[0] == 0
    new = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file() and p not in before}
    assert all(n.startswith("out/") for n in new)
    assert "out/corrected/debt.fr.txt" in new
