"""Sentence splitting: known faults of sentence splitters, and offsets on any text."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.text.offsets import LineIndex
from mtqc.text.sentences import split

CORPORA = Path(__file__).parents[2] / "corpora"
ENGLISH = [
    "J. K. Rowling spoke first. | George W. Bush listened. | L.B.J. Davis did not.",
    "U.S. officials agreed. | The U.S. Senate voted. | It left the U.S. | The deal is dead.",
    "Sen. Mary Doyle (R-La.) objected. | Gov. Pete Lund (D-Calif.) stayed away. | Rep. Ann Fox left.",
    "He ranked No. 5 in the world. | “No.” | She would not say more.",
    "Apple Inc. Chief Executive Tim Cook sold shares of Acme Corp. | The price fell.",
    "It opens at 9 a.m. Monday. | It closes at 5 p.m. | Buses run until 11 p.m. ET.",
    "“Scam.” he said. | “Fraud!” the man shouted. | “Why?” asked his lawyer.",
    "“Liar!” Mr. Hart wrote. | “Why?” | She had no answer. | “Really?” Ms. O’Dell told reporters.",
    '"We are done." | "But not gone," he said. | "Really?" | They left.',
    '"We tried. | We failed." | She left. | "It was hard," he said.',
    "(He left early.) | The others (about 10) stayed. | The end [sic.] came later.",
    "And then… nothing. | Then silence... | The crowd waited. | It cost... 1.6 million.",
    "Vitamin C. | The rest is noise.",
    "They chose plan B. | The first had failed. | It was Vitamin D. | They knew.",
    "He hit back in a post on X. | Young told CNBC so. | Plan A became plan B. | Cameron left.",
    "It was written by E. Jean Carroll and J. Edgar Hoover. | He said J. Doe lied.",
    "Sales fell in May. | Trump won. | The Fed. | Powell spoke. | He asked me. | I left on May. 5.",
    "He asked Mr. Will Smith. | Gen. Early won. | He met Gov. New. | It is 160 km/h. | Red is fast.",
    "He owns eBay shares. | eBay fell. | iPhone sales rose.",
    "Yahoo! Finance reported it. | What a day! | Paris slept.",
    "It sells milk, eggs, etc. | Prices rise. | Use a vehicle, e.g. a van, i.e. a car.",
    "See www.example.com for more. | Version 2.5 is out.",
    "He works on Wall St. | The Street fell. | St. Louis is far.",
    "1. First point. | 2. The second.",
    "He left in 2019. | 300 people followed.",
    "Dr. Lee, Prof. Ray vs. Mr. Poe. | Gen. Fox won.",
    "Born on Jan. 5, he died in Dec. 1990. | It was Feb. when he left.",
    "Who? | Me. | Why not?! | Because.",
    "He said so.[1] | Others agree.",
    "Sales rose . . . | The rest fell.",
]

FRENCH = [
    "M. Dupont et MM. Petit et Roy sont là. | Mme. Roy, Mlle. Petit et Me. Blanc aussi.",
    "Le maire a reçu M.\u00a0Le\u00a0Goff. | Le Dr. Morel attendait. | Le Pr. Roux est parti.",
    "Il est né en 52 av. J.-C. à Rome. | Il est mort en 10 apr. J.-C. | Les Romains le pleurent.",
    "Voir l’art. 5, p. ex. ici, et le n° 5. | C’est le no. 7. | Fin.",
    "« Je pars. | Je reviens. » | Il a souri. | « Non », dit-elle.",
    "« Une arnaque. » a-t-il écrit. | « Pourquoi\u00a0? » demande-t-elle. | « Oui\u202f! » crie la foule.",
    "« C’est fini ». a déclaré M. Roy. | Il est parti.",
    "« C’est fini\u202f». | Elle est partie. | « C’est fini. » | Nous aussi.",
    "Et alors\u00a0? | Rien\u202f! | Vraiment ?! | Oui.",
    "Il hésite… puis part. | Il hésite… | Elle part. | Le prix\u00a0: 3… 5 euros.",
    "Elle manque de vitamine C. | Les autres vont bien. | C’est le plan B. | L’équipe suit.",
    "Il a répondu sur X. | Young l’a dit à CNBC. | C’est le plan B. | Macron part.",
    "Un roman d’E. Jean Carroll, de H. La Fontaine. | Le livre est lu, a dit J. Edgar Doe.",
    "Il aime l’IA. | OpenAI aussi. | Selon la Fed. | Powell parle. | Il quitte le PS. | Faure reste.",
    "Né le 4 janv. 2020 à Paris. | M. Will Smith part. | Mme. Le Pen reste. | Acme Inc. | Le titre monte.",
    "J. K. Rowling et Georges W. Martin. | A. de Vigny. | H. La Fontaine. | S. El Khatib.",
    "Le fonds pèse 500 M. | Il grandit.",
    "Il habite 3, av. Foch et elle bd. Voltaire. | Ils se voient.",
    "Le sénateur John Doyle (R-La.) a voté. | Il quitte les U.S. | L’accord est mort.",
    "Il part. | « nous restons », disent-ils.",
    'Il rit. | " Nous restons. " | Elle part. | "Bien."',
    "Il achète du pain, du lait, etc. | La note monte.",
    "Il vit au Cap. | Pretoria est loin. | Le groupe F. | Les Bleus gagnent.",
    "Le combat Roy v. Petit et le match PSG vs. Lens.",
    "[…] Il part. | (…) Elle revient.",
]


@pytest.mark.parametrize(("lang", "marked"), [*(("en", t) for t in ENGLISH), *(("fr", t) for t in FRENCH)])
def test_splits_at_the_bars(lang, marked):
    expected = marked.split(" | ")
    assert [s.text for s in split(" ".join(expected), "target", lang)] == expected


def test_never_crosses_a_line_break_and_counts_lines():
    text = "  One\r\nTwo. Three\r\rFour\n \n\u00a0Five. "
    found = split(text, "source")
    assert [(s.index, s.line, s.text) for s in found] == [
        (0, 1, "One"),
        (1, 2, "Two."),
        (2, 2, "Three"),
        (3, 4, "Four"),
        (4, 6, "Five."),
    ]


@pytest.mark.parametrize("folder", sorted(p.parent.name for p in CORPORA.glob("*/beads.jsonl")))
@pytest.mark.parametrize(("side", "name"), [("source", "source.en.txt"), ("target", "target.fr.txt")])
def test_agrees_with_the_boundaries_of_our_own_articles(folder, side, name):
    beads = [json.loads(line) for line in (CORPORA / folder / "beads.jsonl").read_text("utf-8").splitlines()]
    text = (CORPORA / folder / name).read_bytes().decode("utf-8")
    assert [s.text for s in split(text, side)] == [sentence for bead in beads for sentence in bead[side]]


def test_a_lone_surrogate_is_a_character_like_any_other():
    assert [s.text for s in split("It broke\ud800. The rest held.", "source")] == ["It broke\ud800.", "The rest held."]


def test_language_follows_the_side():
    assert len(split("Le 4 avr. 2020. M. Roy.", "target")) == 2
    assert [s.side for s in split("A b.", "target")] == ["target"]
    assert split("", "source") == split(" \n\t", "source") == ()


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" .!?…\n\r\"'«»“”()MJ.\u00a0\u202f1a")), max_size=80)
)
def test_any_text_keeps_its_offsets(text):
    for lang in ("en", "fr"):
        found = split(text, "source", lang)
        lines = LineIndex(text)
        for s in found:
            assert text[s.span.start : s.span.end] == s.text == s.text.strip() != ""
            assert lines.place(s.span.start)[0] == lines.place(s.span.end - 1)[0] == s.line
        assert all(a.span.end <= b.span.start for a, b in pairwise(found))
        covered = {i for s in found for i in range(s.span.start, s.span.end)}
        assert all(c.isspace() for i, c in enumerate(text) if i not in covered)


def test_two_megabytes_on_one_line_do_not_hang():
    started = time.process_time()
    assert len(split("M. Roy a dit « Rien ne change. » Il est parti. " * 40_000, "target")) == 80_000
    assert time.process_time() - started < 30


@pytest.mark.parametrize("unit", ["a b c. ", "x", "« a b. ", ".", ".)", '. "', "A. ", '" .\u00a0', "etc. a ", "?”"])
def test_a_long_line_takes_no_long_time(unit):
    started = time.perf_counter()
    split((unit * 20_000)[:20_000], "target")
    assert time.perf_counter() - started < 1
