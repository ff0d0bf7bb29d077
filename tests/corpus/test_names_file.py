"""The register of names: a glossary as it stands, and never written over once it was edited."""

from __future__ import annotations

from articles import registers, visit

from mtqc.checks.glossary import Glossary
from mtqc.corpus.findings import merged
from mtqc.corpus.names_file import ADDED, NAME, files
from mtqc.source.glossary import read_glossary
from mtqc.testing import make_pair, run_check


def corpus(*names: tuple[str, str]):
    return merged(registers(*[visit(f"a{n}", *pair) for n, pair in enumerate(names)]))


TWO = (("Marchenko", "Marchenko"), ("Marchenko", "Martchenko"), ("Marchenko", "Martchenko"), ("Hooper", "Hooper"))
AGAIN = (*TWO, ("Hooper", "Hooper"))


def test_a_glossary_reads_it_as_it_is(tmp_path):
    path = tmp_path / NAME
    path.write_text(files(corpus(*AGAIN), None)[NAME], encoding="utf-8")
    assert {t.english: t.french for t in read_glossary(path)} == {
        "Marchenko": ("Martchenko", "Marchenko"),
        "Hooper": ("Hooper",),
    }


def test_names_in_doubt_come_first_and_say_what_was_seen():
    text = files(corpus(*AGAIN), None)[NAME]
    _, head, first, second = text.splitlines()
    assert head == "en,fr,note,articles,seen,examples"
    assert first == "Marchenko,Martchenko|Marchenko,in doubt: several forms,3,Martchenko × 2 · Marchenko × 1,a1; a2; a0"
    assert second == "Hooper,Hooper,,2,Hooper × 2,a3; a4"


def test_the_glossary_finds_what_the_editor_ruled_out(tmp_path):
    pair = make_pair("They met Marchenko in town.", "Ils ont rencontré Marchenko en ville.")
    path = tmp_path / NAME
    text = files(corpus(*AGAIN), None)[NAME]

    def marked() -> int:
        return len(run_check(Glossary(read_glossary(path)), pair))

    path.write_text(text, encoding="utf-8")
    assert marked() == 0, "nobody has decided yet"
    path.write_text(text.replace("Martchenko|Marchenko", "Martchenko"), encoding="utf-8")
    assert marked() == 1


def test_what_was_not_edited_is_replaced():
    first = files(corpus(*TWO), None)[NAME]
    again = files(corpus(*AGAIN), first)
    assert list(again) == [NAME]
    assert "Hooper" in again[NAME]
    assert "Hooper" not in first


def test_what_was_edited_stays_and_what_it_lacks_goes_beside_it(tmp_path):
    edited = files(corpus(*TWO), None)[NAME].replace("Martchenko|Marchenko", "Martchenko")
    beside = files(corpus(*AGAIN), edited)
    assert list(beside) == [ADDED]
    path = tmp_path / ADDED
    path.write_text(beside[ADDED], encoding="utf-8")
    assert [t.english for t in read_glossary(path)] == ["Hooper"]
    assert files(corpus(*TWO), edited) == {}


def test_a_spreadsheets_own_way_of_saving_counts_as_edited():
    text = files(corpus(*TWO), None)[NAME]
    assert NAME not in files(corpus(*AGAIN), text.replace(",", ";"))
    assert NAME not in files(corpus(*AGAIN), text.partition("\n")[2])


def test_a_register_that_was_damaged_stays_as_it_is():
    broken = files(corpus(*TWO), None)[NAME].replace("Martchenko|Marchenko", '"')
    assert list(files(corpus(*AGAIN), broken)) == [ADDED]


def test_an_empty_register_is_no_error():
    assert files(corpus(("Hooper", "Hooper")), None)[NAME].count("\n") == 2
