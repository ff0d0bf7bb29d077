"""The pages of tests/source/pages: nothing of an article is lost, and what is read besides is known and counted."""

from __future__ import annotations

import pytest
from web_pages import Page, is_deterministic, letters, mtqc, pages, score

from mtqc.source.html import page_document

PAGES = {page.name: page for page in pages()}
BESIDES = {
    "en-sidebar": 8,  # its boxes and footer say nowhere what they are
    "en-tables-1999": 10,
    "fr-amp": 1,
    "fr-breve": 1,
    "fr-commentaires": 9,  # comments called “réactions”
    "fr-cookies": 3,  # a banner before the headline, in paragraphs
    "fr-divs": 11,
    "fr-entretien": 3,
    "fr-grand-format": 2,
    "fr-premium": 1,
    "fr-questions": 1,
    "fr-quotidien": 4,
}
"""Known misses: blocks that are read though they are not the article's. Fewer is better: then change the number."""


@pytest.fixture(params=PAGES.values(), ids=PAGES)
def page(request) -> Page:
    return request.param


def test_there_are_many_layouts_in_both_languages():
    assert len(PAGES) >= 20
    assert {p.lang for p in PAGES.values()} == {"en", "fr"}


def test_nothing_of_the_article_is_lost(page):
    found = score(page, mtqc)
    assert (found.recall, found.lost) == (1.0, ())


def test_what_is_read_besides_is_known(page):
    assert len(score(page, mtqc).wrong) == BESIDES.get(page.name, 0)


def test_inline_elements_keep_their_place(page):
    document = page_document(page.html, page.lang)
    shown = [letters(document.text[m.span.start : m.span.end]) for m in document.markup]
    assert page.name in BESIDES or all(text in "".join((*page.article, *page.either)) for text in shown)
    lines = page.html.split("\n")
    assert all(f"<{m.tag}" in lines[m.page_line - 1].lower() for m in document.markup)


def test_the_same_in_every_process():
    assert is_deterministic()
