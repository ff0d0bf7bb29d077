"""The corrected article as a file: byte for byte what was checked, but for the corrections; and what is said otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from outcomes import ENGLISH, FRENCH, article, read

from mtqc.report import json_reader, json_writer
from mtqc.review.files import corrected_file

OLD, NEW = "Personne n’a été blessé.", "Il n’y a pas de blessés."
LONG = FRENCH + "«\u00a0Déjà, à l’été, les élèves rêvaient d’une fête\u00a0», a-t-elle ajouté, là où ça gênait.\n"


def files(report):
    return corrected_file(report, {s.id: s.bead.target_text.replace(OLD, NEW) for s in report.sentences})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"", "cp1252"),
    ],
)
def test_a_text_file_stays_byte_for_byte(tmp_path, mark, codec, end):
    data = mark + LONG.replace("\n", end).encode(codec)
    made = files(article(read(tmp_path, ENGLISH, data)))
    assert made.body == data.replace(OLD.encode(codec), NEW.encode(codec))
    assert made.body != data
    assert (made.suffix, made.changed, made.notes) == (".txt", 1, ())


@pytest.mark.parametrize("odd", ["\u200b", "e\u0301", "\u00ad", "\t\t", "  ", "\x0c", "\u2028", "🚢"])
def test_odd_characters_stay(tmp_path, odd):
    data = (f"Un{odd}mot et la suite du texte.\n" + FRENCH + f"\n\n{odd} \n").encode()
    made = files(article(read(tmp_path, "A word.\n" + ENGLISH, data)))
    assert made.body == data.replace(OLD.encode(), NEW.encode())


def test_a_character_that_the_encoding_lacks_makes_it_utf_8_and_is_named(tmp_path):
    report = article(read(tmp_path, ENGLISH, LONG.encode("cp1252")))
    made = corrected_file(report, {"s1": "Est-ce vrai\u202f?"})
    assert made.body.decode() == LONG.replace("La maire a démissionné lundi.", "Est-ce vrai\u202f?")
    assert made.notes == (
        f"{tmp_path}/a.fr.txt is in cp1252, which has no narrow no-break space: the corrected text is in UTF-8.",
    )


def test_where_the_file_has_changed_the_text_as_it_was_is_used_and_that_is_said(tmp_path):
    data = b"\xef\xbb\xbf" + LONG.replace("\n", "\r\n").encode()
    report = article(read(tmp_path, ENGLISH, data))
    (tmp_path / "a.fr.txt").write_text("Tout autre chose.\n", encoding="utf-8")
    made = files(report)
    assert made.body == data.replace(OLD.encode(), NEW.encode())
    assert made.notes == (
        f"{tmp_path}/a.fr.txt is gone or has changed since it was checked: the corrections stand in the text as it was"
        " then.",
    )


def test_where_only_the_report_is_left_its_sentences_are_used_and_that_is_said(tmp_path):
    report = article(read(tmp_path, ENGLISH, FRENCH.replace("\n", "\n\n")))
    (tmp_path / "a.fr.txt").unlink()
    made = files(through_json(report))
    assert made.body.decode().split() == FRENCH.replace(OLD, NEW).split()
    assert "gone or has changed since it was checked: the text was put together from the report’s" in made.notes[0]


def test_a_run_read_again_without_its_texts_gives_the_file_where_that_is_at_hand(tmp_path):
    """Offsets in a text laid out from sentences are not the file's."""
    data = LONG.replace("\n", "\r\n\r\n").encode()
    report = article(read(tmp_path, ENGLISH, data))
    laid_out = through_json(report)
    assert laid_out.pair.target.text != report.pair.target.text
    for again in (laid_out, through_json(report, texts=True)):
        made = files(again)
        assert made.body == data.replace(OLD.encode(), NEW.encode())
        assert made.notes == ()


def through_json(report, *, texts=False):
    from mtqc.model import CorpusReport
    from mtqc.source.again import TextsAtHand

    written = json_writer.render(CorpusReport((report,), "s", "0"))
    return json_reader.parse(json.loads(written), TextsAtHand() if texts else lambda _: None).articles[0]


PAGE = (
    "<!doctype html>\n<html lang='fr'><head><meta charset='{charset}'><title>T</title></head>\n<body><nav>Menu</nav>"
    "<article>\n<h1>Une page</h1>\n<p>{first}</p>\n<p>Elle a dit   aux journalistes\nque le plan co&ucirc;terait"
    " 3&nbsp;millions de dollars. {old}</p>\n</article><!-- fin --></body></html>\n"
)
ENGLISH_PAGE = (
    "<html><body><article><h1>A page</h1><p>The mayor resigned on Monday.</p><p>She told reporters that"
    " the plan would cost $3 billion. Nobody was hurt.</p></article></body></html>"
)


def page(charset="utf-8", first="La maire a démissionné lundi."):
    return PAGE.format(charset=charset, first=first, old=OLD.replace("’", "&rsquo;"))


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_comes_out_as_the_page(tmp_path, charset):
    data = page(charset).encode(charset)
    made = files(article(read(tmp_path, ENGLISH_PAGE, data, ".html")))
    assert (made.suffix, made.notes) == (".html", ())
    assert made.body == data.replace(OLD.replace("’", "&rsquo;").encode(charset), NEW.encode(charset))


def test_in_a_web_page_what_was_typed_is_text_and_no_markup(tmp_path):
    report = article(read(tmp_path, ENGLISH_PAGE, page("windows-1252").encode("cp1252"), ".html"))
    long = next(s for s in report.sentences if "millions" in s.bead.target_text)
    made = corrected_file(report, {long.id: "Elle a dit <b>3 & 4</b> “oui”\u202f!"})
    assert made.suffix == ".html"
    assert "<p>Elle a dit &lt;b&gt;3 &amp; 4&lt;/b&gt; “oui”&#8239;! Personne" in made.body.decode("cp1252")


@pytest.mark.parametrize("first", ["La <em>maire</em> a démissionné lundi.", f"La maire a démissionné. {OLD}"])
def test_a_web_page_that_cannot_be_mended_for_sure_comes_out_as_text(tmp_path, first):
    report = article(read(tmp_path, ENGLISH_PAGE, page(first=first), ".html"))
    wanted = "s2" if "<em>" in first else report.sentences[-1].id  # the words stand there twice
    old = next(s.bead.target_text for s in report.sentences if s.id == wanted)
    made = corrected_file(report, {wanted: "Rien de tel."})
    assert made.suffix == ".txt"
    before = report.pair.target.text
    at = before.rindex(old)
    assert made.body.decode() == before[:at] + "Rien de tel." + before[at + len(old) :]
    assert "is a web page into which the corrections cannot be put for sure" in made.notes[-1]


@pytest.mark.parametrize("kind", ["tsv", "jsonl"])
def test_of_a_table_by_itself_the_text_of_the_article_comes_out(tmp_path, kind):
    from mtqc.source import read_pairs

    rows = list(zip(ENGLISH.splitlines(), FRENCH.splitlines(), strict=True))
    lines = ["\t".join(r) for r in rows] if kind == "tsv" else [json.dumps({"en": e, "fr": f}) for e, f in rows]
    path = tmp_path / f"pairs.{kind}"
    path.write_text("\n".join(lines), encoding="utf-8")
    made = files(article(next(iter(read_pairs(path)))))
    assert made.body.decode() == FRENCH.replace(OLD, NEW).rstrip("\n")
    assert made.notes[0].startswith(f"{path} is a table into which the corrections cannot be put for sure")


def test_a_path_that_a_report_names_is_read_but_never_written(tmp_path):
    """A report is input too: it may name any path."""
    report = article(read(tmp_path, ENGLISH, FRENCH))
    secret = tmp_path / "secret.txt"
    secret.write_text("Un secret.\n", encoding="utf-8")
    target = replace(report.pair.target, path=str(secret))
    made = files(replace(report, pair=replace(report.pair, target=target)))
    assert b"secret" not in made.body.lower()
    assert secret.read_text(encoding="utf-8") == "Un secret.\n"
    assert Path(report.pair.target.path).read_text(encoding="utf-8") == FRENCH
