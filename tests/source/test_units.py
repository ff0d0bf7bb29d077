"""TMX and XLIFF: made with translate-toolkit, by hand, and with bad intent."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from source_inputs import EN, FR, read, write

from mtqc.errors import InputError
from mtqc.model import ArticlePair
from mtqc.source import read_pairs
from mtqc.source.again import TextsAtHand

TMX = '<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header/><body>\n{units}\n</body></tmx>\n'
BOMB = '<!DOCTYPE tmx [<!ENTITY a "' + "a" * 40 + '">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
) + "]>"  # fmt: skip


def unit(**texts: str) -> str:
    variants = "".join(f'<tuv xml:lang="{k.replace("_", "-")}"><seg>{v}</seg></tuv>\n' for k, v in texts.items())
    return f"<tu>\n{variants}</tu>"


def tmx(*units: str, encoding: str = "utf-8") -> bytes:
    return TMX.format(encoding=encoding, units="\n".join(units)).encode(encoding)


def texts(pair: ArticlePair) -> list[tuple[str, str]]:
    return [(pair.source.text[a.start : a.end], pair.target.text[b.start : b.end]) for a, b in pair.segments]


def test_tmx_written_by_translate_toolkit(tmp_path):
    from translate.storage.tmx import tmxfile

    store = tmxfile()
    wanted = [(EN, FR), ("Tea & <cake> cost 5 €.", "Le thé et le <gâteau> coûtent 5 € & plus.")]
    for own, other in wanted:
        store.addtranslation(own, "en", other, "fr")
    pairs, errors = read(write(tmp_path / "mémoire à nous.tmx", bytes(store)))
    assert errors == {}
    (pair,) = pairs.values()
    assert pair.id == "mémoire à nous"
    assert texts(pair) == wanted


def test_xliff_written_by_translate_toolkit(tmp_path):
    from translate.storage.xliff import Xliff1File

    store = Xliff1File(sourcelanguage="en", targetlanguage="fr")
    store.switchfile("pier.txt", createifmissing=True)
    for own, other in [(EN, FR), ("The end & more.", "La fin & la suite.")]:
        made = store.UnitClass(own)
        made.target = other
        store.addunit(made)
    pairs, errors = read(write(tmp_path / "a.xlf", bytes(store)))
    assert errors == {}
    assert texts(pairs["pier.txt"]) == [(EN, FR), ("The end & more.", "La fin & la suite.")]


def test_tmx_of_many_languages_variants_and_inline_codes(tmp_path):
    coded = 'Le <bpt i="1">&lt;b&gt;</bpt>conseil<ept i="1">&lt;/b&gt;</ept> a <hi>voté</hi><ph x="1"/> hier soir.'
    path = write(
        tmp_path / "m.tmx",
        tmx(
            unit(de="Der Rat hat gestern abgestimmt.", fr_CA=coded, EN_us="The board voted last night."),
            unit(en=EN, fr_FR=FR, fr_CA="Autre chose.", en_GB="Another thing."),
        ),
    )
    ((pair,), errors) = read(path)[0].values(), read(path)[1]
    assert errors == {}
    assert texts(pair) == [("The board voted last night.", "Le conseil a voté hier soir."), (EN, FR)]
    assert pair.target.file_lines == (7, 11)
    (warning,) = pair.warnings
    assert "2 more variants" in warning
    reverse = next(iter(read_pairs(path, None, ("fr", "en"))))
    assert texts(reverse)[1] == (FR, EN)


def test_units_without_one_of_the_languages_are_said_once(tmp_path):
    path = write(
        tmp_path / "m.tmx", tmx(unit(en="One."), unit(en=EN, fr=FR), unit(en="Two.", de="Zwei."), unit(de="x"))
    )
    pairs, errors = read(path)
    assert texts(pairs["m"]) == [(EN, FR)]
    ((name, message),) = errors.items()
    assert name == "m.tmx:5"
    assert message == f"2 units of {path} lack the English or the French text, the first on line 5."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_encodings_and_normal_forms_stay(tmp_path, encoding, form):
    text = unicodedata.normalize(form, "L'été a été très doux sur la côte bretonne, où la mer brillait.")
    if (form, encoding) == ("NFD", "iso-8859-1"):
        pytest.skip("Latin-1 has no combining accents")
    path = write(tmp_path / unicodedata.normalize(form, "été 1.tmx"), tmx(unit(en=EN, fr=text), encoding=encoding))
    ((pair,), errors) = read(path)[0].values(), read(path)[1]
    assert errors == {}
    assert pair.target.text == text
    assert pair.target.encoding.startswith(encoding)


def test_xliff_1_files_are_articles_and_alternatives_are_not_texts(tmp_path):
    body = f"""<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="one" source-language="en-GB" target-language="fr-FR" datatype="plaintext"><body>
<group><trans-unit id="1"><source>{EN}</source>
<target>Le conseil
   a <g id="1">voté</g><x id="2"/> hier.</target>
<alt-trans><source>Wrong.</source><target>Faux.</target></alt-trans></trans-unit></group>
<trans-unit id="2" translate="no"><source>mtqc 1.0</source></trans-unit>
<trans-unit id="3"><source>Not yet.</source><target/></trans-unit>
</body></file>
<file original="two" source-language="en" target-language="fr"><body>
<trans-unit id="1" xml:space="preserve"><source>{EN}</source><target> {FR}
</target></trans-unit></body></file>
<file original="three" source-language="fr" target-language="en"><body>
<trans-unit id="1"><source>{FR}</source><target>{EN}</target></trans-unit></body></file>
</xliff>"""
    pairs, errors = read(write(tmp_path / "a.xliff", body))
    assert texts(pairs["one"]) == [(EN, "Le conseil a voté hier.")]
    assert pairs["one"].target.file_lines == (4,)
    assert texts(pairs["two"]) == [(EN, f" {FR}\n")]
    assert set(pairs) == {"one", "two"}
    assert "A unit of" in errors["a.xliff:8"]
    assert "from French into English" in errors["a.xliff:13"]


def test_xliff_2_segments(tmp_path):
    body = f"""<xliff version="2.1" srcLang="en" trgLang="fr" xmlns="urn:oasis:names:tc:xliff:document:2.0"
 xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0">
<file id="f1"><unit id="u1">
<mtc:matches><mtc:match ref="#1"><source>Wrong.</source><target>Faux.</target></mtc:match></mtc:matches>
<segment><source>{EN}</source><target>{FR}</target></segment>
<ignorable><source> </source><target> </target></ignorable>
<segment><source>The <pc id="1">board</pc><ph id="2"/> <mrk id="m" type="term">voted</mrk>.</source>
<target>Le <pc id="1">conseil</pc><ph id="2"/> <mrk id="m" type="term">a voté</mrk>.</target></segment>
</unit><unit id="u2" translate="no"><segment><source>x</source><target>y</target></segment></unit></file>
</xliff>"""
    pairs, errors = read(write(tmp_path / "a.xlf", body))
    assert errors == {}
    assert texts(pairs["f1"]) == [(EN, FR), ("The board voted.", "Le conseil a voté.")]
    assert pairs["f1"].target.file_lines == (5, 8)
    with pytest.raises(InputError, match="from English into French") as caught:
        list(read_pairs(tmp_path / "a.xlf", None, ("fr", "en")))
    assert "--source-lang en" in caught.value.hint


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "is empty"),
        ("   ", "not well-formed"),
        ("<tmx><body>", "not well-formed"),
        (tmx(unit(en=EN, fr=FR))[:-20], "not well-formed"),
        (tmx(unit(en=EN, fr=FR)).replace(b"\xc3\xa9", b"\xe9"), "not well-formed"),
        ("<html><body/></html>", "no TMX file"),
        (f"<a><tmx>{unit(en=EN, fr=FR)}</tmx></a>", "no TMX file"),
        (tmx(), "no unit with text in English and in French"),
        (tmx(unit(en=EN, de="Ja.")), "lacks the English or the French text"),
        (f"{BOMB}<tmx>{unit(en=EN, fr='&j;')}</tmx>", "declares XML entities"),
        (f'{BOMB}<tmx version="&j;">{unit(en=EN, fr=FR)}</tmx>', "not well-formed"),
        (f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx>{unit(en=EN, fr="&x;")}</tmx>', "declares"),
        (f'<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://localhost:9/"> %x;]><tmx>{unit(en=EN, fr=FR)}</tmx>', "declares"),
        (f'<!DOCTYPE tmx SYSTEM "file:///etc/passwd"><tmx>{unit(en=EN, fr="&x;")}</tmx>', "XML entity"),
        ("<tmx>" + "<a>" * 5000 + "</a>" * 5000 + "</tmx>", "not well-formed"),
        (f"<tmx>{unit(en=EN, fr='a' * 11_000_000)}</tmx>", "not well-formed"),
    ],
)
def test_bad_and_hostile_xml_gets_one_sentence(tmp_path, body, said):
    with pytest.raises(InputError, match=said) as caught:
        list(read_pairs(write(tmp_path / "a.tmx", body)))
    assert "\n" not in caught.value.message
    assert "root:" not in caught.value.message
    assert caught.value.hint


def test_the_texts_of_a_report_are_found_again(tmp_path):
    (pair,) = read(write(tmp_path / "a.tmx", tmx(unit(en=EN, fr=FR))))[0].values()
    assert TextsAtHand()(pair.target) == pair.target


MEASURE = """
import sys
from pathlib import Path
from mtqc.source.units import tmx_units
path = Path(sys.argv[1])
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
with path.open("rb") as stream:
    rows = tmx_units(stream, path, ("en", "fr"))
    first = next(rows)
    before = peak()
    count, last = 1, first
    for last in rows:
        count += 1
print(count, last.line, peak() - before)
"""


def test_fifty_thousand_units_in_constant_memory(tmp_path):
    path = write(tmp_path / "big.tmx", tmx(*(unit(en=f"{i} {EN}", fr=f"{i} {FR}") for i in range(50_000))))
    assert path.stat().st_size > 15_000_000
    done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
    count, line, grown = map(int, done.stdout.split())
    assert count == 50_000
    assert path.read_text().split("\n")[line - 1].startswith('<tuv xml:lang="fr"><seg>49999 ')
    assert grown < 4_000, f"{grown} KB more at the end than at the first unit"
