"""The articles of a run together: what stands in the index, the summary and the register of names."""

from __future__ import annotations

import json

import pytest
from articles import visit
from runs import about

from mtqc.batch.across import across
from mtqc.batch.folder import RunFolder
from mtqc.batch.model import Judged, Tally, packed
from mtqc.corpus import register
from mtqc.corpus.names_file import ADDED, NAME
from mtqc.errors import InputError
from mtqc.model import Severity


def judged(number: int, english: str, french: str) -> Judged:
    name = f"town {number}"
    text = register.of(visit(name, english, french))
    tally = Tally(1, 500, {Severity.MAJOR: number}, 90.0, 10.0 * number)
    return Judged(
        number, f"k{number}", name, "judged", "", f"2026-11-{number + 1:02}", tally, {"register": packed(text)}
    )


RESULTS = [judged(n, "Marchenko", "Marchenko" if n else "Martchenko") for n in range(4)]


@pytest.fixture
def folder(tmp_path):
    with RunFolder.create(tmp_path / "run", about()) as made:
        made.keep(RESULTS)
        yield made


def test_findings_link_to_the_sentence_on_the_articles_page(folder):
    found = across(folder, "en")
    assert '<a href="articles/town-0-1.html#s0-0">town 0</a>' in found.html
    assert [f["english"] for f in found.told["findings"]] == ["Marchenko"]
    assert json.dumps(found.told)


def test_the_trend_is_of_the_state(folder):
    trend = across(folder, "en").told["trend"]
    assert trend["unit"] == "day"
    assert [(p["period"], p["mqm_per_1000_words"], p["findings"]["major"]) for p in trend["periods"]] == [
        ("2026-11-01", 0, 0),
        ("2026-11-02", 10, 1),
        ("2026-11-03", 20, 2),
        ("2026-11-04", 30, 3),
    ]


def test_the_register_is_replaced_until_somebody_edits_it(folder):
    path = folder.path / NAME
    assert across(folder, "en").files == (NAME,)
    first = path.read_text()
    folder.keep([judged(n, "Hooper", "Hooper") for n in (4, 5)])
    assert across(folder, "en").files == (NAME,)
    assert "Hooper" in path.read_text()
    edited = first.replace("Marchenko|Martchenko", "Martchenko")
    assert edited != first
    path.write_text(edited)
    assert across(folder, "en").files == (ADDED,)
    assert path.read_text() == edited
    assert "Hooper" in (folder.path / ADDED).read_text()
    path.unlink()
    across(folder, "en")
    assert path.exists()
    assert not (folder.path / ADDED).exists()


def test_no_articles_no_section(tmp_path):
    with RunFolder.create(tmp_path / "run", about()) as empty:
        found = across(empty, "fr")
    assert found.html == ""
    assert found.told["findings"] == []


@pytest.mark.parametrize("text", ["{", "[]", '{"sentences":[1]}', '{"rendered":[["z",1]]}'])
def test_a_damaged_register_is_one_sentence(folder, text):
    folder.keep([Judged(9, "k9", "a", "judged", "", "", Tally(1, 1), {"register": packed(text)})])
    with pytest.raises(InputError, match="is damaged"):
        across(folder, "en")
