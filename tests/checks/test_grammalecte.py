from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from mtqc.checks.grammalecte_check import GRAMMALECTE, Grammar
from mtqc.model import NotMeasured, Span
from mtqc.testing import make_pair, run_example
from mtqc.text.grammalecte import Grammalecte, Remark


def executable(folder: Path, body: str) -> str:
    """A fake interpreter: a shell script that takes the place of Python and Grammalecte."""
    path = folder / "fake-python"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_remarks_are_read(tmp_path):
    answer = json.dumps([[[4, 12, "gn", "Accord.", ["décisions"]], [90, 99, "gn", "Hors du texte.", []]], []])
    runner = Grammalecte(executable(tmp_path, f"cat > /dev/null; printf '%s' '{answer}'"))
    first, second = runner.remarks(["Les décision.", "Rien."])
    assert first == (Remark(Span(4, 12), "gn", "Accord.", ("décisions",)),)
    assert second == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("exit 3", "Grammalecte is not installed"),
        ("echo boom >&2; exit 1", "exit status 1: boom"),
        ("exit 1", "it said nothing"),
        ("echo no json", "cannot be read"),
        ("echo '[[[1]]]'", "cannot be read"),
        ("echo '[[]]'", "answered on 1 of 2 sentences"),
        ("exec sleep 30", "took more than 0.3 s"),
    ],
)
def test_a_failure_is_a_reason(tmp_path, body, reason):
    runner = Grammalecte(executable(tmp_path, body), timeout_s=0.3 if "sleep" in body else 20)
    found = runner.remarks(["Un.", "Deux."])
    assert isinstance(found, NotMeasured)
    assert reason in found.reason


def test_a_missing_interpreter_is_a_reason(tmp_path):
    found = Grammalecte(str(tmp_path / "nowhere")).remarks(["Un."])
    assert isinstance(found, NotMeasured)
    assert "could not be started" in found.reason


class Replay:
    """Remarks from a table; what is not in it has none."""

    def __init__(self, table):
        self.table = table

    def remarks(self, texts):
        return tuple(self.table.get(t, ()) for t in texts)


TABLE = {
    "Les chiffres était faux.": (Remark(Span(13, 18), "conj", "Accord avec « les chiffres ».", ("étaient",)),),
    "Le festival des Global Citizens.": (Remark(Span(16, 22), "gn", "Accord de nombre.", ("Globaux",)),),
}


@pytest.mark.parametrize("example", GRAMMALECTE.examples, ids=lambda e: e.target)
def test_examples(example):
    found = run_example(Grammar(Replay(TABLE)), GRAMMALECTE, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def test_typography_is_left_out_and_off_is_off():
    article = make_pair("He left.", "Il est parti !")
    remark = Remark(Span(12, 14), "nbsp", "Espace insécable.", ())
    assert Grammar(Replay({"Il est parti !": (remark,)})).judge(article) == ()
    assert isinstance(Grammar().judge(article), NotMeasured)
    assert list(Grammar().find_in_article(article)) == []


def test_the_reason_is_passed_on(tmp_path):
    article = make_pair("He left.", "Il est parti.")
    judged = Grammar(Grammalecte(executable(tmp_path, "exit 3"))).judge(article)
    assert isinstance(judged, NotMeasured)
    assert "not installed" in judged.reason


def test_the_real_one_where_it_is_installed():
    if not shutil.which("python3", path="/usr/bin:/bin"):
        pytest.skip("there is no system Python")
    found = Grammalecte().remarks(["Les chiffres était faux.", "Les chiffres étaient faux."])
    if isinstance(found, NotMeasured):
        pytest.skip(found.reason)
    first, second = found
    assert "était" in {"Les chiffres était faux."[r.span.start : r.span.end] for r in first}
    assert second == ()
