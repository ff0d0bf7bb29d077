"""Headless Chromium, driven by Playwright. Where one of them is missing, these tests skip and say how to get it.

The Chromium is the system's (Debian: `apt-get install chromium`), never one that Playwright downloads. A page that
these fixtures open fails its test on any console error, any script error and any request to another place than its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "install it (Debian: apt-get install chromium; as root `make test-browser` does) or name one in MTQC_CHROMIUM"
AXE = Path(__file__).resolve().parents[2] / ".dev" / "axe" / "package" / "axe.min.js"
SERIOUS = {"serious", "critical"}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def chromium() -> str | None:
    """The path of the system's Chromium."""
    return os.environ.get("MTQC_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def running():
    """A browser; closed at the end, and with it Playwright's event loop, which no other test may find running."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is missing: pip install 'mtqc[test]'")
    path = chromium()
    if path is None:
        pytest.skip(f"no Chromium to look at the page with: {HOW}")
    as_root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage", *as_root])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of one file."""
    with running() as launched:
        yield launched


class Watch:
    """What went wrong on a page: console errors, script errors, requests to other places than its own."""

    def __init__(self, page, home: str) -> None:
        self.faults: list[str] = []
        self.home = urlsplit(home)
        page.on("console", lambda m: m.type in {"error", "warning"} and self.faults.append(f"console: {m.text}"))
        page.on("pageerror", lambda e: self.faults.append(f"script: {e}"))
        page.on("request", self._request)

    def _request(self, request) -> None:
        to = urlsplit(request.url)
        own = (to.scheme, to.netloc) == (self.home.scheme, self.home.netloc) and self.home.scheme != "file"
        if not (
            own
            or to.scheme in {"data", "blob"}
            or request.url.split("#")[0] == self.home._replace(fragment="").geturl()
        ):
            self.faults.append(f"request: {request.url}")


@pytest.fixture
def visit(browser) -> Iterator[Callable]:
    """visit(url, viewport=…, color_scheme=…, …) opens a page in a context of its own, and watches it to the end.

    `page.watch.faults` may be emptied by a test that provokes a fault.
    """
    contexts, watches = [], []

    def open_page(url: str, *, context=None, **options):
        if context is None:
            context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **options})
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.watch = Watch(page, url)
        watches.append(page.watch)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def axe() -> Callable:
    """axe(page) lists what axe-core finds serious or critical there by WCAG 2.1 A and AA; [] is good."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing: `make test-browser` fetches it from the npm registry, where npm can")
    script = AXE.read_text(encoding="utf-8")

    def check(page) -> list[str]:
        found = violations(page, script)
        assert len(found["passes"]) >= 10, "axe looked at nothing"
        return [
            f"{v['impact']} {v['id']}: {v['help']} ({len(v['nodes'])} places, the first: {v['nodes'][0]['html'][:160]}; "
            f"{v['nodes'][0]['failureSummary']})"
            for v in found["violations"]
            if v["impact"] in SERIOUS
        ]

    return check


def violations(page, script: str) -> dict:
    """What axe says of the page when nothing moves any more."""
    page.evaluate(script)
    page.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")
    return page.evaluate(
        "only => axe.run(document, {runOnly: {type: 'tag', values: only}, resultTypes: ['violations']})", list(RULES)
    )


@pytest.fixture(scope="session")
def expect() -> Callable:
    """Playwright's assertions, which wait for what they expect."""
    return pytest.importorskip("playwright.sync_api", reason="Playwright is missing: pip install 'mtqc[test]'").expect


@pytest.fixture(scope="session")
def fits() -> Callable:
    """fits(page): whether the page is no wider than the window."""
    return lambda page: page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
