"""Findings across articles: which renderings contradict each other, and that neither order nor size matters."""

from __future__ import annotations

import json
import random
import tracemalloc

import pytest
from articles import article, met, registers, visit

from mtqc.corpus import findings
from mtqc.corpus.findings import Place, merged
from mtqc.corpus.likeness import form_key, rivals
from mtqc.model import Severity

PILOTS = ("Hier, les pilotes du port se sont de nouveau réunis.", "harbour=port pilots=pilotes met=réunis")
GUIDES = ("Hier, les guides du havre se sont de nouveau réunis.", "harbour=havre pilots=guides met=réunis")


def found(*articles):
    return merged(registers(*articles))


def test_a_name_written_differently_in_one_article_of_ten():
    many = [visit(f"a{n}", "Marchenko", "Marchenko" if n else "Martchenko") for n in range(10)]
    (finding,) = found(*many).findings
    assert (finding.subject, finding.english, finding.severity) == ("name", "Marchenko", Severity.MINOR)
    assert [(f.text, f.articles) for f in finding.forms] == [("Marchenko", 9), ("Martchenko", 1)]
    assert finding.forms[1].places == (Place("a0", "s1"),)
    assert len(finding.forms[0].places) == findings.SHOWN
    assert "suspicion" in finding.message
    assert "“Martchenko” in 1 article." in finding.message


def test_the_same_name_everywhere_is_nothing():
    assert found(*[visit(f"a{n}", "Marchenko", "Martchenko") for n in range(5)]).findings == ()


@pytest.mark.parametrize(
    ("english", "forms"),
    [
        ("Beyoncé", ("Beyoncé", "Beyonce")),
        ("Marchenko", ("Marchenko", "MARCHENKO")),
        ("Britain", ("Grande-Bretagne", "Royaume-Uni")),
        ("Monday", ("lundi", "Lundi")),
        ("Hooper", ("Hooper", "Capitaine")),
        ("Israel", ("Israël", "Israéliens")),
    ],
    ids=["accent", "capitals", "two names of one country", "no name", "another word", "people of the place"],
)
def test_forms_that_may_stand_side_by_side(english, forms):
    assert found(*[visit(f"a{n}", english, f) for n, f in enumerate(forms * 2)]).findings == ()


def test_a_difference_inside_one_article_is_that_articles_own():
    both = article(
        "a",
        ("On Monday Marchenko came to town.", "Lundi, Marchenko est venu en ville.", "Marchenko=Marchenko"),
        ("On Friday Marchenko left the town.", "Vendredi, Martchenko a quitté la ville.", "Marchenko=Martchenko"),
    )
    assert found(both, visit("b", "Hooper", "Hooper")).findings == ()


def test_a_full_name_is_not_told_beside_its_surname():
    def one(n: int):
        last = "Martchenko" if n else "Marchenko"
        links = f"Viktor=Viktor Marchenko={last}"
        return article(f"a{n}", (f"We met Viktor Marchenko in a{n}.", f"Nous avons vu Viktor {last} à a{n}.", links))

    result = found(*map(one, range(4)))
    assert [f.english for f in result.findings] == ["Marchenko"]
    assert [n.english for n in result.names] == ["Marchenko", "Viktor Marchenko"]


def test_a_term_in_three_articles():
    few = [met("a", *PILOTS), met("b", *GUIDES)]
    assert found(*few).of("term") == ()
    (finding,) = found(*few, met("c", *PILOTS)).of("term")
    assert finding.english == "harbour pilots", "as the articles write it"
    assert [(f.text, f.articles) for f in finding.forms] == [("pilotes du port", 2), ("guides du havre", 1)]
    assert finding.severity is Severity.NEUTRAL


def test_a_sentence_translated_in_two_ways():
    other = "La veille, les pilotes du port avaient repris."
    every = [met("a", *PILOTS), met("b", *PILOTS), met("c", other, "")]
    (finding,) = found(*every).of("sentence")
    assert [(f.text, f.articles) for f in finding.forms] == [(PILOTS[0], 2), (other, 1)]
    assert finding.severity is Severity.NEUTRAL


def test_the_order_of_the_articles_changes_nothing():
    every = registers(
        *[visit(f"a{n}", "Marchenko", f) for n, f in enumerate(("Marchenko", "Martchenko", "Marchenko", "Martchenko"))],
        *[visit(f"b{n}", "Hooper", "Hoper" if n == 2 else "Hooper") for n in range(4)],
        *[met(f"c{n}", *(PILOTS, GUIDES)[n % 2]) for n in range(6)],
    )
    expected = merged(every)
    assert len(expected.findings) == 4
    for seed in range(5):
        random.Random(seed).shuffle(every)
        assert merged(every) == expected


def test_articles_without_links_are_counted():
    bare = article("b", ("A sentence without any link.", "Une phrase sans aucun lien.", ""))
    result = found(visit("a", "Hooper", "Hooper"), bare)
    assert (result.articles, result.unlinked) == (2, 0), "links were measured, there were none to find"
    assert merged([("a", "", '{"sentences":[]}')]).unlinked == 1


def test_a_damaged_register_is_an_error():
    with pytest.raises(ValueError, match="Expecting"):
        merged([("a", "", "{")])


def test_a_lone_surrogate_is_spelled_out():
    data = [json.dumps({"sentences": [[1, "a", str(n), "\ud800 x", "y\ud800"]]}) for n in range(2)]
    (finding,) = merged([(f"a\ud800{n}", "", text) for n, text in enumerate(data)]).findings
    assert finding.english == "\\ud800 x"


def test_findings_are_limited_and_say_so(monkeypatch):
    monkeypatch.setattr(findings, "MOST", 2)
    names = ["Marchenko", "Hooper", "Tolland", "Vanterpool"]
    result = found(*[visit(f"{n}{k}", n, n if k else n[:-1]) for n in names for k in range(3)])
    assert len(result.of("name")) == 2
    assert result.omitted == 2


def test_memory_does_not_grow_with_the_corpus():
    one = registers(*[visit("x", "Marchenko", "Marchenko")])[0][2]

    def peak(size: int) -> int:
        tracemalloc.start()
        merged((f"a{n}", "", one.replace("came", f"came{n}")) for n in range(size))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < peak(400) + 200_000


def test_less_of_the_same_words_is_no_rival():
    assert rivals("names", "Supreme Court", ["Cour suprême", "Cour"]) == []
    assert rivals("names", "Supreme Court", ["Cour suprême", "Haute Cour"]) == [0, 1]
    assert form_key("names", "Cour Suprême") == form_key("names", "la cour suprême")
    assert form_key("term", "bonne idée") == form_key("term", "bonnes idées")
    assert form_key("term", "conducteur de tramway") == form_key("term", "conductrice de tramway")
