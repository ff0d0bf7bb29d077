"""TMX and XLIFF: read back by another parser, against the content models of the two standards, stated here as DTDs."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace

import pytest
import sample
from lxml import etree
from outcomes import Editor

from mtqc.review.outcome import Outcome
from mtqc.review.pairs import tmx, xliff

TMX_MODEL = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""
XLIFF_MODEL = """
<!ELEMENT xliff (file+)>
<!ATTLIST xliff version CDATA #FIXED "1.2" xmlns CDATA #FIXED "urn:oasis:names:tc:xliff:document:1.2">
<!ELEMENT file (header?, body)> <!ELEMENT header (note*)>
<!ATTLIST file original CDATA #REQUIRED source-language NMTOKEN #REQUIRED target-language NMTOKEN #IMPLIED
  datatype CDATA #REQUIRED>
<!ELEMENT body (trans-unit*)>
<!ELEMENT trans-unit (source, target?, note*)>
<!ATTLIST trans-unit id NMTOKEN #REQUIRED approved (yes | no) #IMPLIED xml:space (default | preserve) #IMPLIED>
<!ELEMENT source (#PCDATA)> <!ELEMENT note (#PCDATA)> <!ATTLIST note from CDATA #IMPLIED>
<!ELEMENT target (#PCDATA)>
<!ATTLIST target state (final | needs-adaptation | needs-l10n | needs-review-adaptation | needs-review-l10n
  | needs-review-translation | needs-translation | new | signed-off | translated) #IMPLIED>
"""
X = "{urn:oasis:names:tc:xliff:document:1.2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def checked(data: bytes, model: str) -> etree._Element:
    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    dtd = etree.DTD(io.StringIO(model))
    assert dtd.validate(root), dtd.error_log
    return root


def memory(outcome):
    root = checked(tmx(outcome), TMX_MODEL)
    units = {tu.get("tuid"): tu for tu in root.iter("tu")}
    assert len(units) == len(list(root.iter("tu")))
    return units


def units(outcome):
    root = checked(xliff(outcome), XLIFF_MODEL)
    found = {(u.getparent().getparent().get("original"), u.get("id")): u for u in root.iter(f"{X}trans-unit")}
    assert len(found) == len(list(root.iter(f"{X}trans-unit")))
    return found


def segments(tu):
    return {v.get(LANG): v.findtext("seg") for v in tu.iter("tuv")}


@pytest.fixture
def report():
    return sample.corpus()


@pytest.fixture
def anna(report):
    return Editor(report)


def outcome(editor):
    return Outcome(editor.report, editor.events)


def test_all_pairs_are_there_and_read_back_as_they_are(report, anna):
    found = memory(outcome(anna))
    expected = {
        f"{a.pair.id}:{s.id}": {"en": s.bead.source_text, "fr": s.bead.target_text}
        for a in report.articles
        for s in a.sentences
        if s.bead.source_text and s.bead.target_text
    }
    assert {k: segments(tu) for k, tu in found.items()} == expected
    assert Counter(s.bead.kind for a in report.articles for s in a.sentences) == {
        "1-1": 9,
        "1-0": 1,
        "0-1": 1,
        "2-1": 1,
    }
    in_tool = units(outcome(anna))
    originals = {
        (a.pair.id, s.id): s.bead.source_text for a in report.articles for s in a.sentences if s.bead.source_text
    }
    assert {k: u.findtext(f"{X}source") for k, u in in_tool.items()} == originals
    assert in_tool["ferry", "s8"].find(f"{X}target") is None


def test_the_corrected_french_is_the_target(report, anna):
    anna.edit("s7", " Les passagers seront remboursés\u202f!\n")
    anna.edit("s8", "Le syndicat se réunit à nouveau vendredi.")
    made = outcome(anna)
    assert segments(memory(made)["ferry:s7"])["fr"] == "Les passagers seront remboursés\u202f!"
    assert segments(memory(made)["ferry:s8"])["fr"] == "Le syndicat se réunit à nouveau vendredi."
    assert set(memory(made)["ferry:s7"].attrib.items()) >= {("changedate", "20261128T030001Z"), ("changeid", "Anna")}
    assert units(made)["ferry", "s8"].findtext(f"{X}target") == "Le syndicat se réunit à nouveau vendredi."


def test_line_ends_blanks_and_markup_survive(report, anna):
    text = 'Un\r\ndeux  trois\rquatre <b>&amp;</b> "cinq"\u00a0«\u202fsix\u202f» 🚢 ]]>'
    anna.edit("s7", text)
    assert segments(memory(outcome(anna))["ferry:s7"])["fr"] == text
    assert units(outcome(anna))["ferry", "s7"].findtext(f"{X}target") == text


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_becomes_a_sign_and_is_told(report, anna, bad):
    anna.edit("s7", f"Un{bad}deux{bad}.")
    for text, notes in (
        (segments(memory(outcome(anna))["ferry:s7"])["fr"], memory(outcome(anna))["ferry:s7"].iter("note")),
        (
            units(outcome(anna))["ferry", "s7"].findtext(f"{X}target"),
            units(outcome(anna))["ferry", "s7"].iter(f"{X}note"),
        ),
    ):
        assert text == "Un\ufffddeux\ufffd."
        assert [n.text for n in notes] == ["2 characters that XML cannot hold: U+FFFD stands there."]


def test_names_comments_and_editors_with_such_characters_are_no_fault_either(report):
    first = report.articles[0]
    odd = replace(first, pair=replace(first.pair, id='a\x00"<&>\x04\n/../x'))
    editor = Editor(replace(report, articles=(odd, odd)), name='A\x07"<nna>')
    editor.decide("accept", odd.all_findings[0])
    editor.decide("comment", odd.all_findings[0], comment="non\x1b[0m\ud800")
    editor.edit("s7", "Autre chose.")
    made = outcome(editor)
    assert len(units(made)) == 18
    assert {name for name, _ in units(made)} == {'a\ufffd"<&>\ufffd\n/../x', 'a\ufffd"<&>\ufffd\n/../x (2)'}
    assert 'by A\ufffd"<nna>: non\ufffd[0m\ufffd)' in tmx(made).decode().replace("&lt;", "<").replace("&gt;", ">")
    assert len(memory(made)) == 16


def test_findings_are_notes_with_what_was_decided(report, anna):
    name, polarity, _ = report.articles[0].sentences[1].findings
    anna.decide("accept", name)
    anna.decide("severity", name, severity="major")
    anna.decide("comment", name, comment="C’est un nom.")
    anna.decide("dismiss", polarity)
    notes = [n.text for n in units(outcome(anna))["ferry", "s2"].iter(f"{X}note")]
    assert notes == [
        "major, ACC201 name-mistranslated: “Musgrave” became “Musgrève”: a surname must stay as it is. (accepted by Anna:"
        " C’est un nom.)",
        "critical, ACC301 negation-lost: “would not seek” lost its negation: “chercherait” says the opposite. (dismissed"
        " by Anna)",
        "critical, ACC101 number-changed: “2026” became “2025”. (open)",
    ]
    assert [n.text for n in memory(outcome(anna))["ferry:s2"].iter("note")] == notes


def state(editor, sentence):
    unit = units(outcome(editor))["ferry", sentence]
    [in_memory] = memory(outcome(editor))[f"ferry:{sentence}"].xpath("prop[@type='x-state']")
    assert in_memory.text == unit.find(f"{X}target").get("state")
    return unit.find(f"{X}target").get("state"), unit.get("approved")


def test_the_state_says_whether_somebody_must_look_at_it_still(report, anna):
    sentences = report.articles[0].sentences
    assert state(anna, "s7") == ("translated", "no")
    assert state(anna, "s4") == ("needs-review-translation", "no")
    anna.decide("accept", sentences[3].findings[0])
    assert state(anna, "s4") == ("needs-review-translation", "no"), "right, and not mended"
    anna.edit("s4", "Le syndicat, qui représente 900 marins, a qualifié le plan de brutal.")
    assert state(anna, "s4") == ("signed-off", "yes")
    anna.decide("dismiss", sentences[4].findings[0])
    assert state(anna, "s5") == ("signed-off", "yes")
    anna.edit("s7", "Mieux.")
    assert state(anna, "s7") == ("signed-off", "yes")


def test_an_open_remark_holds_nothing_up(report, anna):
    false_friend, remark = report.articles[0].sentences[2].findings
    assert remark.severity.label == "neutral"
    anna.decide("dismiss", false_friend)
    assert state(anna, "s3") == ("signed-off", "yes")


def test_translate_toolkit_itself_reads_them_back(report, anna):
    from translate.storage.tmx import tmxfile
    from translate.storage.xliff import Xliff1File

    anna.edit("s7", "Mieux.")
    read = tmxfile.parsestring(tmx(outcome(anna)), "en", "fr")
    assert read.translate(report.articles[0].sentences[6].bead.source_text, "en", "fr") == "Mieux."
    assert len(Xliff1File.parsestring(xliff(outcome(anna))).units) == 11


def test_a_thousand_sentences_take_about_a_second(report):
    import time

    big = Editor(sample.large(1000))
    start = time.process_time()
    data = xliff(outcome(big)), tmx(outcome(big))
    assert time.process_time() - start < 10, "linear: a hundred times slower would be"
    assert [len(re.findall(b"<(?:trans-unit|tu) ", d)) for d in data] == [909, 808]


def test_a_report_without_articles_makes_files_without_pairs(report):
    nothing = Outcome(replace(report, articles=()), ())
    assert checked(tmx(nothing), TMX_MODEL).find("body") is not None
    assert list(etree.fromstring(xliff(nothing)).iter(f"{X}trans-unit")) == []
