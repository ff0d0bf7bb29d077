"""Glossaries as files: what a row means, and what is said of a row that means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtqc.errors import InputError
from mtqc.house.terms import load, load_list
from mtqc.source.glossary import merged, parse_csv, read_glossary
from mtqc.text.terms import Term


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_by_position_and_several_translations():
    (term,) = parse_csv("startup,jeune pousse| start-up,both fine")
    assert term.french == ("jeune pousse", "start-up")
    assert term.note == "both fine"
    assert term.origin == "glossary, line 1"


@pytest.mark.parametrize(
    "text",
    [
        "fr,en\nempreinte carbone,carbon footprint",
        "English;Notes;French\ncarbon footprint;x;empreinte carbone",
        "source\ttarget\ncarbon footprint\tempreinte carbone",
        "# ours\n\ncarbon footprint,empreinte carbone\n",
        '"carbon footprint","empreinte carbone"',
    ],
)
def test_headers_delimiters_quotes_and_remarks(text):
    (term,) = parse_csv(text)
    assert (term.english, term.french) == ("carbon footprint", ("empreinte carbone",))


def test_rows_of_one_term_are_joined_and_a_forbidden_one_stays_apart():
    (term,) = parse_csv("digital,numérique\nDigital,digital,,ignore,deprecated\ndigital,en ligne")
    assert term.french == ("numérique", "en ligne")
    assert term.forbidden == ("digital",)


@pytest.mark.parametrize(
    ("english", "matched"),
    [
        ("AI", True),
        ("iPhone", True),
        ("Apple", True),
        ("Bank of England", True),
        ("carbon", False),
        ("Carbon tax", False),
    ],
)
def test_a_term_with_capitals_of_its_own_is_matched_as_written(english, matched):
    assert parse_csv(f"{english},x")[0].match_case is matched
    assert parse_csv(f"{english},x,,ignore")[0].match_case is False
    assert parse_csv(f"{english},x,,match")[0].match_case is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("carbon,carbone,,,prefered", ["line 1", "unknown status “prefered”", "preferred"]),
        ("carbon,carbone,,maybe", ["line 1", "unknown case “maybe”", "match"]),
        ("a,b\ncarbon,", ["line 2", "no French term"]),
        ("carbon,,,,forbidden", ["no French term"]),
        (",carbone", ["no English term"]),
        ("!!!,carbone", ["“!!!” has no word"]),
        ("carbon,…", ["“…” has no word"]),
    ],
)
def test_a_row_without_sense_is_named(text, said):
    with pytest.raises(InputError) as caught:
        parse_csv(text, "terms.csv")
    assert str(caught.value).startswith("terms.csv, line")
    for words in said:
        assert words in str(caught.value)


def test_a_forbidden_expression_needs_no_english():
    assert parse_csv(",au final,,,forbidden") == (Term("", (), ("au final",), origin="glossary, line 1"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_office_programs(tmp_path, encoding):
    text = "en;fr\r\ncarbon footprint;empreinte carbone\r\nhealth;santé\r\n"
    terms = read_glossary(write(tmp_path, "terms.csv", text, encoding))
    assert [t.french for t in terms] == [("empreinte carbone",), ("santé",)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("terms.xlsx", "x", "what kind of glossary"),
        ("terms.csv", "", "no English term"),
        ("terms.csv", "en,fr\n", "no English term"),
        ("terms.csv", "a\0b,c", "terms.csv"),
        ("terms.tbx", "<tbx>", "not well-formed"),
        ("terms.tbx", "", "not well-formed"),
        ("terms.tbx", "<html/>", "is this TBX"),
    ],
)
def test_a_file_that_is_no_glossary_is_named(tmp_path, name, text, said):
    with pytest.raises(InputError, match=said) as caught:
        read_glossary(write(tmp_path, name, text))
    assert name in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_glossary(tmp_path / "none.csv")


TBX2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="c1">
 <langSet xml:lang="en-US"><tig><term>carbon <hi>footprint</hi></term></tig></langSet>
 <langSet xml:lang="fr"><ntig><termGrp><term>bilan carbone</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
  <tig><term>empreinte CO2</term></tig>
  <tig><term>empreinte carbone</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
 </langSet>
 <langSet xml:lang="de"><tig><term>Fußabdruck</term></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="de"><tig><term>Zins</term></tig></langSet></termEntry>
</body></text></martif>"""
TBX3 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" type="TBX-Min" xml:lang="en">
<text><body><conceptEntry id="c1">
<langSec xml:lang="en"><termSec><term>startup</term></termSec><termSec><term>start-up company</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>jeune pousse</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_tbx_version_2(tmp_path):
    (term,) = read_glossary(write(tmp_path, "t.tbx", TBX2))
    assert term.english == "carbon footprint"
    assert term.french == ("empreinte carbone", "empreinte CO2")
    assert term.forbidden == ("bilan carbone",)


def test_tbx_version_3(tmp_path):
    terms = read_glossary(write(tmp_path, "t.tbx", TBX3))
    assert [(t.english, t.french) for t in terms] == [
        ("startup", ("jeune pousse",)),
        ("start-up company", ("jeune pousse",)),
    ]


HOSTILE = [
    '<!DOCTYPE t [<!ENTITY x SYSTEM "file://{secret}">]>',
    '<!DOCTYPE t [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>',
]


@pytest.mark.parametrize("declared", HOSTILE)
def test_a_hostile_tbx_reads_nothing_and_does_not_swell(tmp_path, declared):
    secret = write(tmp_path, "secret", "s3cret")
    body = TBX3.replace("jeune pousse", "&x;")
    with pytest.raises(InputError, match="entities") as caught:
        read_glossary(write(tmp_path, "t.tbx", declared.replace("{secret}", str(secret)) + body))
    assert "s3cret" not in str(caught.value)


def test_the_documented_glossary_means_what_the_page_says():
    page = (Path(__file__).parents[2] / "docs" / "terminology.md").read_text(encoding="utf-8")
    terms = {t.english: t for t in parse_csv(page.split("```csv\n")[1].split("```")[0])}
    assert terms["startup"].french == ("jeune pousse", "start-up")
    assert terms["digital"].forbidden == ("digital",)
    assert [terms[e].kind for e in ("iCloud", "newsletter")] == ["do-not-translate", "must-translate"]
    assert terms["AI"].match_case


def test_lists_stand_in_the_configuration_or_in_a_file(tmp_path):
    write(tmp_path, "names.txt", "# products\niCloud\n\nLe Monde\n")
    terms = load_list(["AT&T", "names.txt"], "do-not-translate", tmp_path, "mtqc.toml")
    assert [t.english for t in terms] == ["AT&T", "iCloud", "Le Monde"]
    assert all(t.kind == "do-not-translate" and t.match_case for t in terms)
    with pytest.raises(InputError, match="“—” has no word"):
        load_list(["—"], "must-translate", tmp_path, "mtqc.toml")


def test_several_glossaries_are_one(tmp_path):
    one, two = (
        write(tmp_path, "a.csv", "carbon,carbone"),
        write(tmp_path, "b.csv", "Carbon,CO2,,ignore\ncarbon,charbon,,,forbidden"),
    )
    (term,) = load([one, two])
    assert (term.french, term.forbidden) == (("carbone", "CO2"), ("charbon",))
    assert merged([term]) == (term,)
