"""Web pages: which text is the article's, what stands where in it, and pages that nobody should trust."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.errors import InputError
from mtqc.model import ArticlePair, Document
from mtqc.pipeline import align_article
from mtqc.source import read_pairs
from mtqc.source.html import page_document, read_page

EN = "<h1>The pier closes</h1><p>The harbour board <a href='#'>voted on Tuesday</a> to close the old pier.</p>"
FR = "<h1>La jetée ferme</h1><p>Le conseil du port <a href='#'>a décidé mardi</a> de fermer la vieille jetée.</p>"


def blocks(html: str) -> list[tuple[str, str]]:
    document = page_document(html, "fr")
    return [(b.kind, document.text[b.span.start : b.span.end]) for b in document.blocks]


def markup(html: str) -> list[tuple[str, str]]:
    document = page_document(html, "fr")
    return [(m.tag, document.text[m.span.start : m.span.end]) for m in document.markup]


def test_one_line_a_block():
    document = page_document("<p>Un\n   deux<p>Trois<br>quatre<div>cinq</div>", "fr")
    assert document.text.split("\n") == [document.text[b.span.start : b.span.end] for b in document.blocks]
    assert document.text == "Un deux\nTrois\nquatre\ncinq"


def test_kinds_of_blocks():
    html = """<h1>Titre</h1><p class="article-chapo">Chapô.</p><h2>Inter</h2><p>Texte.</p><ul><li>Un<li><p>Deux</ul>
    <figure><img alt="x"><figcaption>Légende</figcaption></figure><blockquote><p>Citation</p></blockquote>
    <table><tr><th>A<td>B<table><tr><td>C</table></table>"""
    assert blocks(html) == [
        ("headline", "Titre"), ("standfirst", "Chapô."), ("heading", "Inter"), ("paragraph", "Texte."), ("item", "Un"),
        ("item", "Deux"), ("caption", "Légende"), ("quote", "Citation"), ("cell", "A"), ("cell", "B"), ("cell", "C"),
    ]  # fmt: skip


def test_inline_elements_without_the_space_around_them():
    html = "<p>Il <a href=x> dit <em>tout</em> </a>, <b>oui</b> <font color=red>rouge</font></p><p><a>Suite</a></p>"
    assert markup(html) == [("a", "dit tout"), ("em", "tout"), ("b", "oui"), ("a", "Suite")]


def test_an_element_around_blocks_is_one_in_each():
    assert markup("<a><h2>Titre</h2><p>Texte</p></a>") == [("a", "Titre"), ("a", "Texte")]


def test_no_break_spaces_entities_and_quotations():
    document = page_document("<p>&laquo;&nbsp;Non&nbsp;&raquo;, l&rsquo;ami&#8239;: <q>oui</q></p>", "fr")
    assert document.text == "«\u00a0Non\u00a0», l’ami\u202f: «\u00a0oui\u00a0»"
    assert page_document("<p><q>Yes</q></p>", "en").text == "“Yes”"


def test_lines_of_the_page():
    document = page_document("<p>Un</p>\n\n<p>Deux <a>trois</a>\n<b>quatre</b></p>", "fr")
    assert [b.page_line for b in document.blocks] == [1, 3]
    assert [m.page_line for m in document.markup] == [3, 4]


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>", "<style>p{}</style>", "<nav><a>Menu</a></nav>", "<p hidden>caché</p>",
        "<p style='display: none'>caché</p>", "<div aria-hidden='true'>caché</div>", "<button>Clic</button>",
        "<div role='navigation'>Menu</div>", "<noscript>Activez</noscript>", "<template><p>x</p></template>",
        "<select><option>Un</select>", "<svg><text>x</text></svg>", "<!-- <p>caché</p> -->", "<textarea>x</textarea>",
        "<iframe>x</iframe>",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_left_out(html):
    assert page_document(f"<p>Avant</p>{html}<p>Après</p>", "fr").text == "Avant\nAprès"


PROSE = "Le conseil du port a voté mardi soir la fermeture de la vieille jetée, après cinq heures de débats publics."


@pytest.mark.parametrize(
    "html",
    [
        "<div class='share-bar'>Partager</div>",
        "<aside>À lire</aside>",
        "<footer>Pied</footer>",
        "<p><a href='#'>La suite en images</a></p>",
        "<div class='newsletter'><h4>La lettre</h4><p>Chaque matin, l’essentiel de la côte.</p></div>",
    ],
)
def test_furniture_is_set_apart(html):
    document = page_document(f"<div>{f'<p>{PROSE}</p>' * 3}{html}<p>{PROSE}</p></div>", "fr")
    kinds = [b.kind for b in document.blocks]
    assert (set(kinds[3:-1]), kinds[:3], kinds[-1]) == ({"furniture"}, ["paragraph"] * 3, "paragraph")
    english = "<p>The harbour board voted on Tuesday night to close the old pier, after a debate of five hours.</p>"
    beads = align_article(ArticlePair("x", page_document(english * 4, "en"), document), None).beads
    assert [s.role for b in beads for s in b.target].count("boilerplate") == len(kinds) - 4


def test_a_class_on_the_article_is_no_furniture():
    html = f"<body class='has social comments'><div class='premium'>{f'<p class=paywall>{PROSE}</p>' * 4}</div>"
    assert blocks(html) == [("paragraph", PROSE)] * 4


def test_the_article_of_the_page():
    menu, teaser = "<div><a>Accueil</a></div>", "<section><p><a>Un autre sujet du jour.</a></p></section>"
    page = f"<body>{menu}<h1>Titre</h1><main>{teaser}<article><p>{PROSE * 2}</p><p>{PROSE}</p></article>{teaser}</main>"
    assert [b for b in blocks(page) if b[0] != "furniture"] == [
        ("headline", "Titre"), ("paragraph", PROSE * 2), ("paragraph", PROSE),
    ]  # fmt: skip
    assert len(blocks(f"<body>{teaser * 5}")) == 5


def test_what_the_library_leaves_out_of_an_article_is_text_where_the_page_says_so():
    html = f"""<title>La jetée va fermer - Le Port</title><div><a>Le Port</a></div><div>La jetée va fermer</div>
    <div class="chapo">En bref.</div><div class="x"><p>{PROSE}</p><figure><figcaption>La jetée.</figcaption></figure>
    <ul><li>un bac ;<li>deux ponts.</ul><p>{PROSE}</p><table><tr><td>Coût<td>3 €</table></div><div>Contact</div>"""
    assert blocks(html) == [
        ("headline", "La jetée va fermer"), ("standfirst", "En bref."), ("paragraph", PROSE), ("caption", "La jetée."),
        ("item", "un bac ;"), ("item", "deux ponts."), ("paragraph", PROSE), ("cell", "Coût"), ("cell", "3 €"),
    ]  # fmt: skip


def test_says_where_more_is_left_out_than_read(tmp_path):
    path = tmp_path / "a.html"
    articles = "".join(f"<article><h2>Titre {i}</h2>{f'<p>{PROSE}</p>' * 4}</article>" for i in range(3))
    path.write_text(f"<body>{articles}", encoding="utf-8")
    (warning,) = read_page(path, "fr").warnings
    assert warning.startswith(f"{path} holds more text outside its article than in it: 8 paragraphs were left out")


def test_a_page_that_the_library_fails_on_is_read_whole(tmp_path, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", fails)
    path = tmp_path / "a.html"
    path.write_text(f"<p>{PROSE}</p><aside>À lire</aside><div>Fin</div>", encoding="utf-8")
    reading = read_page(path, "fr")
    assert [b.kind for b in reading.document.blocks] == ["paragraph", "furniture", "paragraph"]
    assert reading.warnings == (
        f"{path} was read whole: trafilatura cannot find its article (RecursionError: too deep).",
    )


def test_text_nested_too_deep_is_read_whole(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<div>" * 1500 + f"<p>{PROSE}</p>" * 150, encoding="utf-8")
    start = time.perf_counter()
    reading = read_page(path, "fr")
    assert len(reading.document.blocks) == 150
    assert "too deep to look for its article" in reading.warnings[0]
    assert time.perf_counter() - start < 10


def test_two_pages_are_a_pair(tmp_path):
    (tmp_path / "a.en.html").write_text(f"<html><body>{EN}", encoding="utf-8")
    (tmp_path / "a.fr.htm").write_text(f"<html><body>{FR}", encoding="utf-8")
    for found in (read_pairs(tmp_path), read_pairs(tmp_path / "a.en.html", tmp_path / "a.fr.htm")):
        (pair,) = found
        assert isinstance(pair, ArticlePair), pair
        assert pair.target.text == "La jetée ferme\nLe conseil du port a décidé mardi de fermer la vieille jetée."
        (link,) = pair.target.markup
        assert pair.target.text[link.span.start : link.span.end] == "a décidé mardi"


def test_a_page_and_a_text(tmp_path):
    (tmp_path / "a.en.txt").write_text("The pier closes\nThe harbour board voted to close it.", encoding="utf-8")
    (tmp_path / "a.fr.xhtml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><html><body><p>La jetée ferme<br/>Le conseil du port l’a décidé.',
        encoding="utf-8",
    )
    (pair,) = read_pairs(tmp_path)
    assert isinstance(pair, ArticlePair), pair
    assert (pair.source.blocks, len(pair.target.blocks)) == ((), 2)


@pytest.mark.parametrize(
    ("data", "text", "encoding", "warned"),
    [
        ("<meta charset=utf-8><p>été".encode(), "été", "utf-8", False),
        (b"\xef\xbb\xbf" + "<p>été".encode(), "été", "utf-8", False),
        ("<meta charset='iso-8859-1'><p>été – l’œuf".encode("cp1252"), "été – l’œuf", "cp1252", False),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15"><p>5 €'.encode("iso8859_15"), "5 €", "iso8859_15", False),
        ("<meta charset=iso-8859-1><p>été".encode(), "été", "utf-8", True),
        ("<meta charset=utf-8><p>Le café d'à côté a été fermé à l'été.".encode("cp1252"), "Le café d'à côté a été fermé à l'été.", "cp1252", True),
        ("<p>été".encode("utf-16"), "été", "utf-16", False),
    ],
)  # fmt: skip
def test_encodings(tmp_path, data, text, encoding, warned):
    path = tmp_path / "a.html"
    path.write_bytes(data)
    reading = read_page(path, "fr")
    assert (reading.document.text, reading.document.encoding, bool(reading.warnings)) == (text, encoding, warned)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("", "is empty"), (" \n", "is empty"), ("<!-- x -->", "holds no"), ("<script>x</script>", "holds no text outside"),
        ("<html><body></body></html>", "holds no text outside"), ("<div>" * 100_000 + "x", "2,000 deep"),
        ("<p>" + "mot " * 500_000, "has 1999999 characters"), ("%PDF-1.4", "is a PDF file"), ("<p>Un\x00deux", "holds a NUL byte"),
    ],
)  # fmt: skip
def test_pages_that_cannot_be_read(tmp_path, html, message):
    path = tmp_path / "a.html"
    path.write_text(html, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_page(path, "fr")
    assert caught.value.hint


@pytest.mark.parametrize(
    "html",
    [
        "<b>a<i>b</b>c</i> d", "<p>a &bogus; &#xD800; &#0; b", "</p></div>a", "<table>a<tr>b<td>c", "<p a='b>c'>d", "<a " * 1000 + ">x",
        "<a>" * 1900 + "x", "<p>\x0b\x85\u2028x", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><p>&x;",
    ],
)  # fmt: skip
def test_broken_and_hostile_markup_gives_consistent_spans(html):
    document = page_document(html + "<p>Fin", "fr")
    lines = [document.text[b.span.start : b.span.end] for b in document.blocks]
    assert "\n".join(lines) == document.text
    assert all(m.span.end <= len(document.text) and len(m.span) for m in document.markup)
    assert "root:" not in document.text


_PIECES = ["<p>", "</p>", "<a href=x>", "</a>", "<b>", "</i>", "<i>", "<table>", "<td>", "</table>", "<div class=share>", "</div>",
           "<script>", "</script>", "<br>", "<li>", "<article>", "</article>", "<h1>", "</h1>", "<aside>", "<q>", "</q>", "&amp;",
           "&#x80;", "&bogus;", "<!--", "-->", "<![CDATA[", "]]>", "<", ">", "mot", "l’été", " ", "\n", "\u00a0", "\u2028",
           "\x00", "\ufeff", "<p hidden>", "<svg>", "</svg>", "<select>", "<html>", "<body>", "<blockquote>", "<footer>"]  # fmt: skip


def unless_refused(read: Callable[[], Document]) -> Document | None:
    try:
        return read()
    except InputError:
        return None


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_whatever_the_page_every_span_lies_in_the_text(html):
    document = unless_refused(lambda: page_document(html, "fr"))
    if document is None:
        return
    assert "\n".join(document.text[b.span.start : b.span.end] for b in document.blocks) == document.text
    assert all("\n" not in document.text[m.span.start : m.span.end] for m in document.markup)
    assert all(document.text[m.span.start : m.span.end].strip(" ") for m in document.markup)
    starts = [m.span.start for m in document.markup]
    assert starts == sorted(starts)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_the_page_is_read_or_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.html"
        path.write_bytes(data)
        document = unless_refused(lambda: read_page(path, "fr").document)
    assert document is None or document.text


def test_a_page_of_two_megabytes_in_one_line():
    html = "<div class='share'><div>" * 400 + "<p>Une <a href='#'>phrase</a> de plus.</p>" * 45_000
    start = time.perf_counter()
    document = page_document(html, "fr")
    assert len(html) > 1_890_000
    assert (len(document.blocks), len(document.markup)) == (45_000, 45_000)
    assert time.perf_counter() - start < 30
