"""Measures which text of web pages is read as the article; writes reports/web-pages.md.

Run: python tests/measure/web_pages.py [--real FOLDER]

`tests/source/pages` holds pages written for this: newspapers with and without <article>, nothing but <div>, tables of
1999, sidebars, comments and a cookie banner longer than the article, a live blog, endless scrolling, a paywall, AMP,
WordPress, Drupal, unclosed tags, bare exports; English and French. Each says itself what of it belongs to the article
(`data-part="article"`) and what may or may not (`either`: bylines, dates, pulled quotations, boxes of facts); those
marks are taken out before it is read. *Recall*: of the letters and digits of the article's blocks, those in blocks
that come out whole, as text. *Precision*: of the letters and digits that come out as text, those that belong to the
article. Both are means over the pages. *Lost*: blocks of the article that come out neither as text nor as furniture
(what is shown and not judged).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import ModuleType

from data import ROOT
from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

from mtqc.source.html import page_of

REPORT = ROOT / "reports" / "web-pages.md"
PAGES = ROOT / "tests" / "source" / "pages"
BEFORE = "06eb71d"
"""The last commit whose `mtqc/source/page.py` looked for the article by rules of its own."""
ADDED = "trafilatura justext courlan htmldate tld dateparser pytz tzlocal urllib3 certifi lxml-html-clean".split()
"""Packages that are installed for trafilatura and were not there before."""
_PART = re.compile(r'\s+data-part="(?:article|either)"')

Blocks = list[tuple[str, bool]]
"""Text, and whether it is judged (no furniture)."""
Way = Callable[[str, str], Blocks]


@dataclass(frozen=True)
class Page:
    """A page to be read, and the blocks of its article, as letters and digits."""

    name: str
    html: str
    article: tuple[str, ...]
    either: tuple[str, ...] = ()

    @property
    def lang(self) -> str:
        return self.name[:2]


@dataclass(frozen=True)
class Score:
    recall: float
    precision: float
    lost: tuple[str, ...]
    wrong: tuple[str, ...]
    seconds: float


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def pages() -> list[Page]:
    """The pages written for this, without their marks."""
    return [_page(path) for path in sorted(PAGES.glob("*.html"))]


def _page(path: Path) -> Page:
    raw = path.read_text(encoding="utf-8")
    root = etree.fromstring(raw, etree.HTMLParser())
    article, either = (
        tuple(letters(" ".join(e.itertext())) for e in root.iter() if e.get("data-part") == part)
        for part in ("article", "either")
    )
    return Page(path.stem, _PART.sub("", raw), article, either)


def real_pages(folder: Path) -> list[Page]:
    """Pages of newspaper4k's tests (`tests/data` of its source archive) in English and Spanish, with its text of each."""
    found = []
    for path in sorted((folder / "metadata").glob("*.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        text = about.get("text_cleaned") or about.get("text") or ""
        page = folder / "html" / f"{path.stem}.html"
        if text and about.get("language") in {"en", "es"} and page.exists():
            lines = tuple(filter(None, map(letters, text.split("\n"))))
            found.append(Page(path.stem, page.read_text(encoding="utf-8", errors="replace"), lines))
    return found


def score(page: Page, way: Way) -> Score:
    start = time.perf_counter()
    blocks = [(letters(text), judged) for text, judged in way(page.html, page.lang)]
    seconds = time.perf_counter() - start
    judged = [text for text, is_judged in blocks if text and is_judged]
    whole, shown = "".join(judged), "".join(text for text, _ in blocks)
    right = sum(len(block) for block in page.article if block in whole)
    wrong = tuple(text for text in judged if not _belongs(text, page))
    return Score(
        right / sum(map(len, page.article)),
        1 - sum(map(len, wrong)) / max(1, len(whole)),
        tuple(block for block in page.article if block not in shown),
        wrong,
        seconds,
    )


def _belongs(text: str, page: Page) -> bool:
    return text in "".join(page.article) or any(text in e or e in text for e in (*page.article, *page.either))


def mtqc(html: str, lang: str) -> Blocks:
    document = page_of(html.encode(), "page", lang).document
    return [(document.text[b.span.start : b.span.end], b.kind != "furniture") for b in document.blocks]


def before() -> Way:
    """The rules of `BEFORE`, from the repository's history."""
    command = ["git", "-C", str(ROOT), "show", f"{BEFORE}:mtqc/source/page.py"]
    module = ModuleType("page_before")
    sys.modules[module.__name__] = module
    exec(subprocess.run(command, check=True, capture_output=True, text=True).stdout, module.__dict__)

    def way(html: str, lang: str) -> Blocks:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        text, blocks, _ = module.extract(etree.fromstring(html.encode(), parser), lang)
        return [(text[b.span.start : b.span.end], b.kind != "furniture") for b in blocks]

    return way


def library(**options: bool) -> Way:
    def way(html: str, _: str) -> Blocks:
        found = bare_extraction(html, include_comments=False, **options)
        return [(line, True) for line in found.text.split("\n")] if found else []

    return way


def justext(html: str, lang: str) -> Blocks:
    import justext as library

    words = library.get_stoplist("French" if lang == "fr" else "English")
    return [(p.text, True) for p in library.justext(html.encode(), words, encoding="utf-8") if not p.is_boilerplate]


def ways() -> dict[str, Way]:
    return {
        f"mtqc before ({BEFORE}): rules of its own": before(),
        "mtqc: trafilatura, and what it drops of the article": mtqc,
        "trafilatura alone, fast": library(fast=True),
        "trafilatura alone, with its fallbacks": library(),
        "trafilatura alone, for recall": library(favor_recall=True),
        "jusText alone": justext,
    }


def digest() -> str:
    """Of all that is read of all pages: the same in every process."""
    return hashlib.sha256(repr([mtqc(p.html, p.lang) for p in pages()]).encode()).hexdigest()


def is_deterministic() -> bool:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import web_pages; print(web_pages.digest())"
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    runs = {subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": s}).stdout for s in "123"}
    return len(runs) == 1


def means(title: str, found: Sequence[Page]) -> Iterator[str]:
    yield from (
        "",
        f"## {title}",
        "",
        "| way | recall | precision | blocks lost | ms a page |",
        "|---|--:|--:|--:|--:|",
    )
    for name, way in ways().items():
        scores = [score(page, way) for page in found]
        recall, precision, seconds = (
            sum(values) / len(scores)
            for values in zip(*((s.recall, s.precision, s.seconds) for s in scores), strict=True)
        )
        lost = sum(len(s.lost) for s in scores)
        yield f"| {name} | {recall:.1%} | {precision:.1%} | {lost} | {1000 * seconds:.0f} |"


def each(found: Sequence[Page]) -> Iterator[str]:
    names = list(ways().items())[:3]
    yield from ("", "Page by page, recall / precision:", "")
    yield "| page | before | mtqc | trafilatura alone, fast | blocks read besides |"
    yield "|---|--:|--:|--:|--:|"
    for page in found:
        scores = [score(page, way) for _, way in names]
        cells = " | ".join(f"{s.recall:.0%} / {s.precision:.0%}" for s in scores)
        wrong = scores[1].wrong
        yield f"| {page.name} | {cells} | {len(wrong) or ''} |"


def about_library() -> Iterator[str]:
    size = sum(p.locate().stat().st_size for d in ADDED for p in metadata.files(d) or () if p.locate().exists())
    code = "import time; t = time.perf_counter(); import trafilatura; print(time.perf_counter() - t)"
    took = float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
    same = "the same" if is_deterministic() else "NOT the same"
    yield from ("", "## The library", "")
    text = f"""trafilatura {metadata.version("trafilatura")} (Apache-2.0) and what is installed only for it
    ({", ".join(ADDED[1:])}) take {size / 1e6:.0f} MB, pure Python. It is imported when the first page is read, which takes
    {took:.2f} s. What is read of all pages is {same} in three processes with different hash seeds. It knows of bold,
    italics and links, but not where they stand in the page, and nothing of other inline elements: mtqc keeps its own
    spans, and only asks it which blocks are main text."""
    yield from textwrap.wrap(" ".join(text.split()), 118)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--real", type=Path, help="tests/data of newspaper4k's source archive")
    real = parser.parse_args().real
    logging.disable(logging.CRITICAL)
    about = (__doc__ or "").split("\n\n", 2)[2]
    found = pages()
    lines = ["# Web pages", "", about.rstrip(), *means(f"{len(found)} pages written for this", found), *each(found)]
    if real:
        lines += [*means("Real pages", real_pages(real)), "", *NOTE]
    else:
        lines += ["", "## Real pages", "", "Not measured in this run: they need `--real`."]
    lines += [*about_library(), ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


NOTE = """Pages of CNN, Time, Wired and others from the tests of newspaper4k 0.9.6, with the text that library reads of
them in place of a truth: it holds no headlines, captions and standfirsts, so that precision is too low for mtqc. They
are not part of this project. The rules of before lost nine tenths of the article in Wired's page, whose paragraphs
bear the class “paywall”.""".split("\n")


if __name__ == "__main__":
    main()
