"""The HTML page: asks for nothing, runs nothing but its own script, and does what it says in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
import sample

from mtqc.report import html_writer

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
