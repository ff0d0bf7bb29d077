"""The HTML page: asks for nothing, runs nothing but its own script, and does what it says in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
import sample
from babel.messages.pofile import read_po

from mtqc.model import Suppressed, Verdict
from mtqc.report import html_summary, html_writer
from mtqc.report.view import View

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium to look at the page with")
PROBE = """<script>
const press = (key) => document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
const lit = () => [...document.querySelectorAll('mark.on')].map((m) => m.textContent);
const rows = () => document.querySelectorAll('main .s:not([hidden])').length;
const notes = () => document.querySelectorAll('.note:not([hidden])').length;
const choose = (selector, value) => {
  const box = document.querySelector(selector); box.value = value; box.dispatchEvent(new Event('change'));
};
const seen = {};
document.querySelector('mark[data-f="0-2"].hl').dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
seen.hover = lit();
document.body.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
seen.left = lit();
press('n'); press('n'); seen.step = [lit(), document.querySelector('output').textContent];
press('p'); seen.back = lit();
press('Escape'); seen.escape = lit();
document.querySelector('mark[data-f~="0-10"]').click(); seen.nested = lit();
seen.all = [rows(), notes()];
document.querySelector('#only').click(); seen.only = rows();
document.querySelector('.chip.minor').click(); seen.minor = [rows(), notes()];
seen.worst = document.querySelector('mark[data-f="0-9 0-10"]').className;
choose('[data-filter="c"]', 'accuracy/omission'); seen.category = notes();
choose('[data-filter="c"]', ''); choose('[data-filter="k"]', 'ACC201'); seen.code = notes();
document.querySelector('.theme').click(); seen.theme = document.documentElement.dataset.theme;
document.title = JSON.stringify(seen);
</script>"""


class Page(HTMLParser):
    """Every start tag of a page, its attributes, and the text outside style and script."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self._open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if self._open[-1:] not in (["style"], ["script"]):
            self.words.append(data)


@pytest.fixture(scope="module")
def text():
    return html_writer.render(sample.corpus())


def test_nothing_is_fetched(text):
    page = Page(text)
    urls = [v for _, attrs in page.tags for k, v in attrs.items() if k in {"src", "href", "srcset", "action", "data"}]
    assert urls
    assert all(u.startswith("#") or u == "data:," for u in urls)
    assert not re.search(r"url\(|@import|https?://|fetch\(|XMLHttp|import\(", text)


def test_texts_stay_text(text):
    page = Page(text)
    scripts = [attrs.get("type") for t, attrs in page.tags if t == "script"]
    assert scripts == ["application/json", None], "words for the script are data"
    assert not [k for _, attrs in page.tags for k in attrs if k.startswith("on") or k == "style"]
    assert '<script>alert("épuisé")</script>' in "".join(page.words)
    assert "<b>French</b> wants" in "".join(page.words)


def test_both_texts_are_there_to_the_letter(text):
    words = "".join(Page(text).words)
    for row in sample.ROWS:
        for side in (row[0], row[1]):
            assert "\n".join(side) in words


def test_every_id_is_there_once_and_every_reference_leads_somewhere(text):
    page = Page(text)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    pointed = [attrs["href"][1:] for t, attrs in page.tags if t == "a"]
    pointed += [attrs[k] for _, attrs in page.tags for k in ("aria-describedby", "aria-controls") if k in attrs]
    assert set(pointed) <= set(ids)


@pytest.fixture(scope="module")
def judged():
    """With everything that the head of the page can say."""
    report = sample.corpus()
    aside = tuple(
        Suppressed("ferry", f, "baseline", "known since May", "2026-05-02") for f in report.articles[0].findings
    )
    verdict = Verdict("failed", ("4 critical findings, none is allowed.",), ("Little text.",))
    return replace(report, suppressed=aside, unused=("an entry of the baseline",), verdict=verdict)


def test_the_head_says_how_the_run_stands(judged):
    words = " ".join(Page(html_writer.render(judged, View(previous=sample.corpus()))).words)
    for told in (
        "Gate: failed",
        "4 critical findings, none is allowed.",
        "1 finding set aside (1 by the baseline)",
        "known since May",
        "2026-05-02",
        "an entry of the baseline",
        "Since the last run",
        "0 new findings, 0 fixed, 0 changed",
        "What is wrong most",
        "ferry, line 2",
        "too little text to compare with other articles: 91 words",
    ):
        assert told in words, told


def test_nothing_is_said_of_a_gate_that_did_not_run(text):
    words = " ".join(Page(text).words)
    assert "Gate" not in words
    assert "set aside" not in words
    assert "Since the last run" not in words


class Spoken(HTMLParser):
    """The texts of a page with the language that each is marked as."""

    VOID = {"meta", "link", "input", "br", "path"}

    def __init__(self, text):
        super().__init__()
        self.texts, self._langs, self._tags = [], [""], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        for name in ("aria-label", "title", "placeholder"):
            if attributes.get(name):
                self.texts.append((attributes.get("lang", self._langs[-1]), attributes[name]))
        if tag not in self.VOID:
            self._tags.append(tag)
            self._langs.append(attributes.get("lang", self._langs[-1]))

    def handle_endtag(self, tag):
        while self._tags and tag not in self.VOID:
            self._langs.pop()
            if self._tags.pop() == tag:
                return

    def handle_data(self, data):
        if data.strip() and self._tags[-1:] not in (["style"], ["script"]):
            self.texts.append((self._langs[-1], data.strip()))


def test_a_french_page_speaks_french_and_marks_what_is_english(judged):
    spoken = Spoken(html_writer.render(judged, View(lang="fr", previous=sample.corpus()))).texts
    french = [text for lang, text in spoken if lang == "fr"]
    english = {text for lang, text in spoken if lang == "en"}
    findings = [f for a in judged.articles for f in a.all_findings]
    assert {f.message.replace("« ", "«\u00a0").replace(" »", "\u00a0»") for f in findings} <= english
    assert "4 critical findings, none is allowed." in english
    for told in (
        "Contrôle\u00a0: refusé",
        "À voir en premier",
        "Ce qui revient le plus",
        "Depuis le passage précédent",
    ):
        assert told in french
    assert "nom propre mal traduit" in french
    assert "sentence untranslated" in english, "a rule that has no French name"
    for message, translation in translations():
        assert message == translation or message not in french, message


def translations():
    """(English, French) of every message of the report without slots."""
    with (files("mtqc.report") / "locale" / "fr.po").open("rb") as file:
        return [(m.id, m.string) for m in read_po(file, locale="fr") if m.id and isinstance(m.id, str)]


def test_the_index_shows_the_worst_of_many_articles_and_says_how_many_more(text):
    ferry = sample.ferry()
    articles = tuple(replace(ferry, pair=replace(ferry.pair, id=f"ferry-{n}")) for n in range(40))
    many = html_writer.render(replace(sample.corpus(), articles=articles))
    assert "Show 10 more articles" in many
    assert many.count('<th scope="row"') == 40, "all are there: for printing, and where no script runs"
    assert f"nth-child(n + {html_summary.INDEX + 1})" in html_writer.asset("report.css")
    assert "more articles" not in text


def test_headings_go_down_by_one_step(text, judged):
    for page in (text, html_writer.render(judged), html_writer.render(replace(judged, articles=judged.articles[:1]))):
        levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert levels.count(1) == 1


def test_colours_can_be_read():
    """4.5:1 (WCAG AA) for every text colour on every ground it stands on, in both themes."""
    style = html_writer.asset("report.css")
    themes = (style[: style.index("@media")], style[style.index(':root[data-theme="dark"]') :].split("}")[0])
    for theme in themes:
        colour = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", theme))
        grounds = ["bg", "raised", "critical-bg", "major-bg", "minor-bg"]
        for name in ("ink", "soft", "faint", "accent", "critical", "major", "minor", "neutral", "good"):
            own = [f"{name}-bg"] if f"{name}-bg" in colour and colour.get(f"{name}-bg") else []
            for ground in [*grounds[:2], *own, *(grounds[2:] if name in {"ink", "soft", "faint"} else [])]:
                assert contrast(colour[name], colour[ground]) >= 4.5, (name, ground)
        assert contrast(colour["on-ink"], colour["on"]) >= 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_words_that_the_script_uses_are_there(text):
    words = json.loads(re.search(r'<script type="application/json" id="words">(.*?)</script>', text)[1])
    assert set(re.findall(r"\bwords\.(\w+)", html_writer.asset("report.js"))) == set(words)


def run(path):
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    more = f"--disable-component-update --disable-sync --user-data-dir={path.parent / 'profile'} --dump-dom"
    done = subprocess.run(
        [CHROMIUM, *flags.split(), *more.split(), path.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@browser
def test_the_policy_lets_the_page_run_its_own_script(text, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    page = run(path)
    assert '<nav class="bar" aria-label="Findings">' in page, "the script shows the bar"
    assert '<output aria-live="polite">– of 12</output>' in page


@browser
def test_in_a_browser(text, tmp_path):
    path = tmp_path / "probe.html"
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    path.write_text(free.replace("</body>", PROBE + "</body>"), encoding="utf-8")
    title = re.search("<title>(.*?)</title>", run(path), re.DOTALL)[1]
    seen = json.loads(title.replace("&quot;", '"').replace("&amp;", "&"))
    assert seen["hover"] == ["Musgrave", "Musgrève"]
    assert seen["left"] == []
    assert seen["step"] == [["cut", "couper"], "2 of 12"], "what concerns the whole article stands first"
    assert seen["back"] == ["Ferry", "ferry", "traversal", "traversier"]
    assert seen["escape"] == []
    assert seen["nested"] == ["ouverte"], "of two findings on one stretch the smaller is meant"
    assert seen["all"] == [12, 12]
    assert seen["only"] == 8, "seven with findings, one with a place of the whole article's"
    assert seen["minor"] == [6, 8]
    assert "major" in seen["worst"].split()
    assert seen["category"] == 2
    assert seen["code"] == 1
    assert seen["theme"] in {"dark", "light"}
