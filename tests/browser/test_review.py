"""The review page in a browser, against the real server in a process of its own: an editor's work, and that none is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
MTQC = Path(sys.executable).with_name("mtqc")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/\S*token=\S+")


class Server:
    """`mtqc review` on a run, in a process that can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run = folder / "mtqc-report.json"
        shutil.copy(ROOT / "reports" / "demo" / "mtqc-report.json", self.run)
        self.port = _free_port()
        self.process: subprocess.Popen | None = None
        self.address = ""
        self.start()

    def start(self) -> None:
        log = self.folder / "server.log"
        command = [str(MTQC), "review", str(self.run), "--port", str(self.port), "--no-browser", "--editor", "Anna"]
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,  # the report's paths are seen from there
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        for _ in range(300):
            found = ADDRESS.search(log.read_bytes())
            if found:
                self.address = found[0].decode()
                return
            assert self.process.poll() is None, log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"no address after 30 s: {log.read_text()}")

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def at(self, path: str) -> str:
        return self.address.split("/?")[0] + path


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture
def server(browser, tmp_path):
    running = Server(tmp_path)
    yield running
    running.kill()


@pytest.fixture
def enter(visit, server):
    """enter("/article/1", …) is a page that has come in by the link with the token."""

    def go(path: str = "/", **options):
        page = visit(server.address, **options)
        if path != "/":
            page.goto(server.at(path))
        return page

    return go


@pytest.fixture
def saved(expect):
    """saved(page): wait until the page says that everything is on disk."""
    return lambda page: expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


REPORT = json.loads((ROOT / "reports" / "demo" / "mtqc-report.json").read_text(encoding="utf-8"))
FINDINGS = {
    f"{a}-{n}": f
    for a, article in enumerate(REPORT["articles"])
    for n, f in enumerate([f for part in (*article["sentences"], article) for f in part["findings"]], 1)
}


def fullest() -> int:
    """The number in the page of the article with most findings."""
    return 1 + max(range(len(REPORT["articles"])), key=lambda n: sum(k.startswith(f"{n}-") for k in FINDINGS))


def current(page) -> str:
    return page.locator(".note[aria-current=true]").get_attribute("data-finding")


def status(page, finding: str) -> str:
    return page.locator(f'.note[data-finding="{finding}"]').get_attribute("data-status")


def statuses(page) -> dict[str, str]:
    return dict(
        page.evaluate("[...document.querySelectorAll('.note')].map(n => [n.dataset.finding, n.dataset.status])")
    )


def test_the_token_opens_it_and_leaves_the_address(enter, server):
    page = enter()
    assert "token" not in page.url
    assert page.locator("[data-article]").count() == len(REPORT["articles"])
    stranger = page.context.browser.new_context().new_page()
    answer = stranger.goto(server.at("/article/1"))
    assert answer.status == 403
    assert stranger.locator(".note").count() == 0
    stranger.context.close()


def test_it_filters(enter, expect):
    page = enter(f"/article/{fullest()}")
    everything = page.locator(".note").count()
    page.locator(".filters-bar summary").click()
    page.locator("[data-filters] select[name=severity]").select_option("critical")
    expect(page.locator(".note:not([data-severity=critical])")).to_have_count(0)
    assert 0 < page.locator(".note").count() < everything
    page.goto(page.url.split("?")[0])
    rule = page.locator(".note").first.get_attribute("data-code")
    page.locator(".filters-bar summary").click()
    page.locator("[data-filters] select[name=rule]").select_option(rule)
    expect(page.locator(f".note:not([data-code={rule}])")).to_have_count(0)
    assert page.locator(".note").count() >= 1


def test_an_article_is_done_by_keyboard_alone(enter, expect, saved):
    """Accept and dismiss in turn, to the last finding; the page then leads on to the next article."""
    number = fullest()
    page = enter(f"/article/{number}")
    total = page.locator(".note").count()
    done = {}
    for n in range(total):
        if page.locator('.note[data-status="open"]').count() == 0:
            break
        finding = current(page)
        assert status(page, finding) == "open"
        expect(page.locator(f'.note[data-finding="{finding}"]')).to_be_in_viewport()
        done[finding] = "accepted" if n % 2 else "dismissed"
        page.keyboard.press("a" if n % 2 else "d")
        expect(page.locator(f'.note[data-finding="{finding}"]')).to_have_attribute("data-status", done[finding])
    saved(page)
    assert statuses(page) == done
    assert page.locator("[data-progress]").first.get_attribute("data-open") == "0"
    expect(page.locator("a[data-onward]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"/article/{number}" not in url)
    page.goto(page.url.split("/article")[0] + f"/article/{number}")
    assert statuses(page) == done


def test_the_suggestion_is_one_key_away(enter, server, saved, expect):
    finding, known = next((k, f) for k, f in FINDINGS.items() if f.get("fix") and f["target"]["text"])
    page = enter(f"/article/{int(finding.split('-')[0]) + 1}#f{finding}")
    assert current(page) == finding
    page.keyboard.press("s")
    card = page.locator(f'.note[data-finding="{finding}"]')
    expect(card).to_have_attribute("data-status", "accepted")
    saved(page)
    row = page.locator(".s", has=card)
    assert known["fix"]["text"] in row.locator("[data-text]").inner_text()
    assert row.locator(".was del, .was ins").count() >= 1
    page.reload()
    assert known["fix"]["text"] in row.locator("[data-text]").inner_text()


def test_editing_in_place_with_the_suggestion_inserted(enter, saved, expect):
    finding, known = next((k, f) for k, f in FINDINGS.items() if f.get("fix") and f["target"]["text"])
    page = enter(f"/article/{int(finding.split('-')[0]) + 1}#f{finding}")
    row = page.locator(".s", has=page.locator(f'.note[data-finding="{finding}"]'))
    before = row.locator("[data-text]").text_content()
    page.keyboard.press("e")
    field = page.locator("textarea[data-edit]")
    expect(field).to_be_focused()
    assert field.input_value().replace("\n", " ") == before.replace("\n", " ")
    page.keyboard.press("Alt+s")
    assert known["fix"]["text"] in field.input_value()
    page.keyboard.press("End")
    page.keyboard.type(" <b>Été</b>")
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(row.locator("[data-text]")).to_contain_text("<b>Été</b>")
    assert row.locator("[data-text] b").count() == 0, "what is typed is text"
    page.keyboard.press("u")
    expect(row.locator("[data-text]")).not_to_contain_text("Été")
    assert row.locator("[data-text]").text_content() == before


def test_a_draft_survives_a_reload(enter, expect):
    page = enter(f"/article/{fullest()}")
    page.keyboard.press("e")
    page.locator("textarea[data-edit]").fill("Une phrase à moitié écrite")
    page.reload()
    expect(page.locator("textarea[data-edit]")).to_have_value("Une phrase à moitié écrite")
    page.keyboard.press("Escape")


def same_twice() -> tuple[str, list[str]]:
    """A finding whose name or term was found more than once, and all of these."""
    groups: dict[tuple, list[str]] = {}
    for key, f in FINDINGS.items():
        if f["target"]["text"] and f.get("source"):
            groups.setdefault((f["code"], f["target"]["text"].casefold(), f["source"]["text"].casefold()), []).append(
                key
            )
    best = max(groups.values(), key=len)
    return best[0], best


def test_one_dismissal_settles_every_occurrence(enter, saved, expect):
    finding, others = same_twice()
    assert len(others) > 1, "the demo holds a name that was found twice"
    page = enter(f"/article/{int(finding.split('-')[0]) + 1}#f{finding}")
    page.keyboard.press("Shift+D")
    expect(page.locator(f'.note[data-finding="{finding}"]')).to_have_attribute("data-status", "dismissed")
    saved(page)
    for other in others:
        page.goto(page.url.split("/article")[0] + f"/article/{int(other.split('-')[0]) + 1}")
        assert status(page, other) == "dismissed"
    page.keyboard.press("u")
    expect(page.locator(f'.note[data-finding="{others[-1]}"]')).to_have_attribute("data-status", "open")
    page.goto(page.url.split("/article")[0] + f"/article/{int(finding.split('-')[0]) + 1}")
    assert {status(page, o) for o in others if o.split("-")[0] == finding.split("-")[0]} == {"open"}


def test_rule_in_article_severity_and_comment(enter, saved, expect):
    number = fullest()
    page = enter(f"/article/{number}")
    first = current(page)
    page.keyboard.press("4")
    expect(page.locator(f'.note[data-finding="{first}"]')).to_have_attribute("data-severity", "neutral")
    page.keyboard.press("c")
    page.locator("textarea[data-comment]").fill("À vérifier <i>demain</i>")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f'.note[data-finding="{first}"] [data-remark]')).to_have_text("À vérifier <i>demain</i>")
    code = FINDINGS[first]["code"]
    page.keyboard.press("Shift+R")
    expect(page.locator(f'.note[data-finding="{first}"]')).to_have_attribute("data-status", "dismissed")
    saved(page)
    page.reload()
    mine = [k for k, f in FINDINGS.items() if f["code"] == code and k.startswith(f"{number - 1}-")]
    assert {status(page, k) for k in mine} == {"dismissed"}
    assert page.locator(f'.note[data-finding="{first}"] [data-remark]').inner_text() == "À vérifier <i>demain</i>"
    assert page.locator(f'.note[data-finding="{first}"]').get_attribute("data-severity") == "neutral"


def test_undo_goes_back_step_by_step(enter, saved, expect):
    page = enter(f"/article/{fullest()}")
    order = []
    for key in "ada":
        order.append(current(page))
        page.keyboard.press(key)
        expect(page.locator(f'.note[data-finding="{order[-1]}"]')).not_to_have_attribute("data-status", "open")
    saved(page)
    for finding in reversed(order):
        page.keyboard.press("u")
        expect(page.locator(f'.note[data-finding="{finding}"]')).to_have_attribute("data-status", "open")
    saved(page)
    assert set(statuses(page).values()) == {"open"}


def test_two_tabs_conflict_and_nothing_is_lost(enter, visit, server, saved, expect):
    number = fullest()
    one = enter(f"/article/{number}")
    two = visit(server.at(f"/article/{number}"), context=one.context)
    finding = current(one)
    row = f'.s:has(.note[data-finding="{finding}"])'
    for page, text in ((one, "Texte du premier onglet."), (two, "Texte du second onglet.")):
        page.bring_to_front()
        page.locator(f'.note[data-finding="{finding}"]').click(position={"x": 8, "y": 8})
        page.keyboard.press("e")
        page.locator("textarea[data-edit]").fill(text)
    one.bring_to_front()
    one.locator("textarea[data-edit]").press("Control+Enter")
    expect(one.locator(f"{row} [data-text]")).to_have_text("Texte du premier onglet.")
    saved(one)
    two.bring_to_front()
    two.locator("textarea[data-edit]").press("Control+Enter")
    expect(two.locator("#conflict")).to_be_visible()
    expect(two.locator("[data-conflict-theirs]")).to_contain_text("premier onglet")
    expect(two.locator("[data-conflict-mine]")).to_contain_text("second onglet")
    two.locator('#conflict [data-act="mine"]').click()
    expect(two.locator(f"{row} [data-text]")).to_have_text("Texte du second onglet.")
    saved(two)
    one.reload()
    expect(one.locator(f"{row} [data-text]")).to_have_text("Texte du second onglet.")
    two.watch.faults[:] = [f for f in two.watch.faults if "409" not in f]


def test_two_tabs_see_each_others_decisions(enter, visit, server, saved, expect):
    number = fullest()
    one = enter(f"/article/{number}")
    two = visit(server.at(f"/article/{number}"), context=one.context)
    one.bring_to_front()
    finding = current(one)
    one.keyboard.press("a")
    saved(one)
    two.bring_to_front()
    expect(two.locator(f'.note[data-finding="{finding}"]')).to_have_attribute("data-status", "accepted")


def test_killed_in_mid_work_it_loses_nothing(enter, server, saved, expect):
    """SIGKILL between decisions; a decision made meanwhile waits in the browser and is sent after the restart."""
    number = fullest()
    page = enter(f"/article/{number}")
    expected = re.compile("ERR_CONNECTION|403|Failed to fetch")
    done = {}
    for key, becomes in (("a", "accepted"), ("d", "dismissed"), ("a", "accepted")):
        finding = current(page)
        done[finding] = becomes
        page.keyboard.press(key)
        expect(page.locator(f'.note[data-finding="{finding}"]')).to_have_attribute("data-status", becomes)
    saved(page)
    server.kill()
    late = current(page)
    page.keyboard.press("d")
    expect(page.locator("#saved")).to_have_attribute("data-state", "waiting")
    expect(page.get_by_role("alert")).to_be_visible()
    server.start()
    back = page.context.new_page()
    back.goto(server.address)
    back.goto(server.at(f"/article/{number}"))
    assert {k: v for k, v in statuses(back).items() if k in done} == done, "all that was said to be saved is there"
    expect(back.locator(f'.note[data-finding="{late}"]')).to_have_attribute("data-status", "dismissed", timeout=30_000)
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=30_000)
    page.watch.faults[:] = [f for f in page.watch.faults if not expected.search(f)]


def test_what_is_downloaded_holds_the_decisions(enter, saved, expect, tmp_path):
    """One sentence is corrected, one finding dismissed: both are in the files, and nothing else is changed."""
    finding, known = next((k, f) for k, f in FINDINGS.items() if f.get("fix") and f["target"]["text"])
    article = REPORT["articles"][int(finding.split("-")[0])]
    page = enter(f"/article/{int(finding.split('-')[0]) + 1}#f{finding}")
    page.keyboard.press("s")
    expect(page.locator(f'.note[data-finding="{finding}"]')).to_have_attribute("data-status", "accepted")
    dismissed = current(page)
    page.keyboard.press("d")
    expect(page.locator(f'.note[data-finding="{dismissed}"]')).to_have_attribute("data-status", "dismissed")
    saved(page)
    page.goto(page.url.split("/article")[0] + "/export")
    files = {}
    for name in ("corrected", "decisions", "marot", "tmx", "xliff"):
        with page.expect_download() as coming:
            page.locator(f'a[data-export="{name}"]').click()
        files[name] = Path(coming.value.path()).read_bytes()
    entries = json.loads(files["decisions"])["entries"]
    assert (FINDINGS[dismissed]["fingerprint"], "dismissed") in {(e["fingerprint"], e["decision"]) for e in entries}
    before = (ROOT / article["target"]["path"]).read_bytes()
    sentence = next(s for s in article["sentences"] if any(f is known for f in s["findings"]))
    place, mark = sentence["target"], known["target"]
    lines = before.decode().splitlines(keepends=True)
    line = lines[mark["line"] - 1]
    lines[mark["line"] - 1] = line[: mark["start"]] + known["fix"]["text"] + line[mark["end"] :]
    text = "".join(lines)
    assert files["corrected"].decode() == text
    fixed = line[: mark["start"]][place["start"] :] + known["fix"]["text"] + line[mark["end"] : place["end"]]
    for name in ("tmx", "xliff"):
        assert fixed in "".join(ElementTree.fromstring(files[name]).itertext()), name
    assert fixed in files["marot"].decode() or known["fix"]["text"] in files["marot"].decode()


@pytest.mark.parametrize("path", ["/", "/article/{n}", "/export"])
@pytest.mark.parametrize(
    "viewport", [DESKTOP, PHONE, {"width": 320, "height": 700}], ids=["desktop", "phone", "narrow"]
)
def test_it_fits_the_window(enter, fits, path, viewport):
    page = enter(path.format(n=fullest()), viewport=viewport)
    assert fits(page)
    if "article" in path:
        page.keyboard.press("e")
        assert fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(enter, axe, scheme, viewport):
    """In both languages, on each page, and with the editor, the help and a comment open."""
    page = enter(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    home = page.url.rstrip("/")
    for lang in ("en", "fr"):
        page.goto(home)
        page.locator("details.me summary").click()
        page.locator("form[data-settings] select[name=lang]").select_option(lang)
        page.locator("form[data-settings] button").click()
        page.wait_for_load_state()
        for path in ("/", f"/article/{fullest()}", "/export"):
            page.goto(home + path)
            assert page.locator("html").get_attribute("lang") == lang
            assert axe(page) == [], path
        page.goto(f"{home}/article/{fullest()}")
        page.keyboard.press("d")
        page.keyboard.press("c")
        assert axe(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        assert axe(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert axe(page) == []
