"""Terminal, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
import sample
from rich.cells import cell_len
from rich.text import Text

from mtqc.model import Suppressed, Verdict
from mtqc.report import csv_writer, markdown_writer, terminal
from mtqc.report.phrases import ENGLISH, harmless
from mtqc.report.view import View


@pytest.mark.parametrize(("name", "options"), [("80", {"width": 80}), ("all", {"all_sentences": True})])
def test_terminal_golden(name, options, golden):
    golden(f"report-{name}.txt", terminal.render(sample.corpus(), View(**options)))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 59, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(width, lang):
    lines = terminal.render(sample.corpus(), View(width=width, lang=lang)).splitlines()
    assert [x for x in lines if cell_len(x) > width] == []
    above_the_table = lines[: next(n for n, x in enumerate(lines) if re.match("── (Summary|Résumé)", x))]
    assert [x for x in above_the_table if x != x.rstrip()] == []


def test_colour_adds_nothing_but_colour():
    plain = terminal.render(sample.corpus())
    coloured = terminal.render(sample.corpus(), View(color=True))
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    assert Text.from_ansi(coloured).plain.strip() == plain.strip()


def test_sentences_without_findings_are_counted_or_shown():
    assert "3 sentences without findings (1 is a publisher’s notice)." in terminal.render(sample.corpus())
    everything = terminal.render(sample.corpus(), View(all_sentences=True))
    assert "Les passagers ayant réservé" in everything
    assert "publisher’s notice, not judged" in everything


def many(number):
    """A corpus of so many articles of twelve sentences each."""
    ferry = sample.ferry()
    articles = tuple(replace(ferry, pair=replace(ferry.pair, id=f"ferry-{n}")) for n in range(number))
    return replace(sample.corpus(), articles=articles)


def test_hundreds_of_articles_do_not_flood_the_screen_and_nothing_is_silent():
    text = terminal.render(many(300), View(width=80))
    assert len(text.splitlines()) < 90
    for told in (
        "The sentences of 300 articles are not shown: --all shows them",
        "and 270 more articles, none worse than these",
        "NOT JUDGED ferry-0: FLU301 crashed on sentence s5",
        "and 290 more things not judged",
        "skipped ACC601: it needs forced decoding, and no translation model was run (300",
        "Incomplete: 301 articles could not be read or fully judged.",
    ):
        assert told in " ".join(text.split()), told
    assert "Musgrave told" not in text
    everything = terminal.render(many(300), View(width=80, all_sentences=True))
    assert everything.count("Ferry operator Norsand to cut") == 300


def test_the_verdict_stands_last():
    verdict = Verdict("failed", ("4 critical findings, none is allowed.",), ("Little text.",))
    report = replace(sample.corpus(), verdict=verdict)
    assert terminal.render(report).splitlines()[-3:] == [
        "Gate: FAILED",
        "  - 4 critical findings, none is allowed.",
        "  - Little text.",
    ]
    assert "Gate" not in terminal.render(sample.corpus())


def test_what_was_set_aside_and_the_last_run_are_told():
    ferry = sample.ferry()
    aside = tuple(Suppressed("ferry", f, "decision", "so") for f in ferry.findings)
    report = replace(sample.corpus(), suppressed=aside, unused=("entry 3 of the baseline",))
    view = View(previous=sample.corpus())
    for render in (terminal.render, markdown_writer.render):
        text = render(report, view)
        assert "1 finding set aside (1 by an editor)" in text
        assert "To tidy up: entry 3 of the baseline" in text
        assert "Since the last run: " in text


def test_a_french_reader_gets_french_labels():
    report = replace(sample.corpus(), verdict=Verdict("passed"))
    text = " ".join(terminal.render(report, View(lang="fr", width=80)).replace("\u00a0", " ").split())
    for told in (
        "CRITIQUE ACC201 nom propre mal traduit",
        "ligne 2, s2, qualité 0,0",
        "Contrôle : ACCEPTÉ",
        "Incomplet : 2 articles n’ont pas pu être lus",
        "lire : Musgrave",
    ):
        assert told in text, told
    comment = markdown_writer.render(report, View(lang="fr"))
    assert "**Contrôle\u00a0: accepté**" in comment
    assert "| article | qualité | critiques | majeures | mineures | neutres |" in comment


def test_the_verdict_opens_the_comment():
    verdict = Verdict("failed", ("4 critical findings, none is allowed.",))
    lines = markdown_writer.render(replace(sample.corpus(), verdict=verdict)).splitlines()
    assert lines[2:5] == ["**Gate: failed**", "", "- 4 critical findings, none is allowed."]


def test_a_translation_into_english_is_labelled_so():
    ferry = sample.ferry()
    turned = replace(
        ferry.pair,
        source=replace(ferry.pair.source, lang="fr"),
        target=replace(ferry.pair.target, lang="en"),
    )
    lines = terminal.render(
        replace(sample.corpus(), articles=(replace(ferry, pair=turned),)), View(width=80)
    ).splitlines()
    first = next(n for n, x in enumerate(lines) if x.startswith("line 1"))
    assert lines[first + 1].startswith("FR  Ferry operator")


def rows(report):
    return list(csv.DictReader(io.StringIO(csv_writer.render(report), newline=""), strict=True))


def test_csv_has_a_row_for_everything():
    table = rows(sample.corpus())
    assert [r["kind"] for r in table] == ["finding"] * 12 + ["skipped", "failure", "unread"]
    assert {tuple(r) for r in table} == {tuple(csv_writer.COLUMNS)}
    assert table[11]["related"] == "target 8:12 traversier; source 10:10 traversal"
    assert table[4]["sentence_source"].splitlines() == sample.ROWS[2][0]


@pytest.mark.parametrize("text", ["=1+1", "+33", "@SUM(A1)", "-1+1", "-3 %", "\tx", "\rx", "\nx", "＝1", "'=1", "''@x"])
def test_a_formula_is_guarded_and_can_be_had_back(text):
    assert csv_writer.guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "- Oui, dit-elle.", "-\u00a0Non.", "— Non.", "'hui", "’=", "a=b", "1+1"])
def test_what_is_no_formula_stays(text):
    assert csv_writer.guarded(text) == text


def test_markdown_escapes():
    assert markdown_writer.escaped("a|b *c* `d` <e> [f](g) _h_") == r"a\|b \*c\* \`d\` &lt;e&gt; \[f\](g) \_h\_"
    assert markdown_writer.escaped("@user #12 $5 for $6\nx") == (
        "@&#8203;user #&#8203;12 <span>$</span>5 for <span>$</span>6 x"
    )


def test_markdown_keeps_the_worst_and_counts_the_rest():
    text = markdown_writer.render(sample.large(2000), limit=20_000)
    assert len(text) < 20_500
    assert text.count("| **critical** |") > 50
    assert "| 3 | minor |" not in text
    assert "Left out for want of room: 2,0" in text


def test_markdown_of_many_broken_articles_stays_small_and_says_so():
    report = sample.corpus()
    many = tuple(replace(a, pair=replace(a.pair, id=f"a{n}")) for n in range(3000) for a in report.articles)
    unread = tuple((f"u{n}", "empty") for n in range(3000))
    text = markdown_writer.render(replace(report, articles=many, unread=unread))
    assert len(text) < 65_000
    assert "2,900 more articles could not be read." in text
    assert "what was not judged in" in text
    assert "3,000 articles without findings" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202f", "narrow no-break space"),
        (" \u200b", "space, U+200B"),
        ("a\nb", "a b"),
        ("", ""),
        ("\r\n", "line break"),
    ],
)
def test_invisible_text_is_spelled_out(text, shown):
    assert ENGLISH.spelled(text) == shown


def test_harmless_keeps_the_length():
    text = "\x1b[0m\u202e\x9b\n\té"
    assert len(harmless(text)) == len(text)
    assert harmless(text) == "\u241b[0m\ufffd\ufffd\n\té"
    assert (ENGLISH.articles(1), ENGLISH.articles(2000)) == ("1 article", "2,000 articles")
