"""LanguageTool over HTTP, with a server on the loopback interface that answers as documented, or does not."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mtqc import config
from mtqc.checks.languagetool_check import LANGUAGETOOL, LanguageToolCheck
from mtqc.errors import ConfigError
from mtqc.heavy.languagetool import MOST_CHARACTERS, LanguageTool, endpoint
from mtqc.model import ArticlePair, Document, NotMeasured, Span
from mtqc.pipeline import check_article, signature
from mtqc.testing import assert_finding, make_pair, run_example
from mtqc.text.grammalecte import Remark


def match(text: str, marked: str, kind: str = "grammar", replacements: tuple[str, ...] = ()) -> dict:
    """A match as the server gives it: offsets in UTF-16 units."""
    before = text[: text.index(marked)]
    units = [len(part.encode("utf-16-le")) // 2 for part in (before, marked)]
    return {
        "message": f"Accord de « {marked} ».",
        "offset": units[0],
        "length": units[1],
        "replacements": [{"value": v} for v in replacements],
        "rule": {"id": "X", "issueType": kind, "category": {"id": "GRAMMAR"}},
    }


class Server(ThreadingHTTPServer):
    """Answers with what `answer(text)` gives: a body, or a status."""

    daemon_threads = True
    answer = staticmethod(lambda text: {"matches": []})
    asked: list[tuple[str, dict[str, list[str]]]]

    def handle_error(self, request, client_address):
        """A client that has gone is what some tests are about."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append((self.path, form))
        said = self.server.answer(form["text"][0])
        if isinstance(said, int):
            self.send_error(said)
            return
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server(("127.0.0.1", 0), Handler) as running:
        running.asked = []
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield running
        running.shutdown()


def test_remarks_come_back_by_text_in_code_points(server):
    server.answer = lambda text: {"matches": [match(text, "décision", replacements=("décisions", "b", "c", "d"))]}
    runner = LanguageTool(server.url)
    first, second, third = runner.remarks(["😀 Bon.", "😀 Les décision 😀.", "Rien."])
    assert first == third == ()
    assert second == (Remark(Span(6, 14), "grammar", "Accord de « décision ».", ("décisions", "b", "c")),)
    ((path, form),) = server.asked
    assert path == "/v2/check"
    assert form["language"] == ["fr"]


def test_a_long_article_is_sent_in_parts(server):
    server.answer = lambda text: {"matches": [match(text, "xyz")] if "xyz" in text else []}
    texts = ["a" * (MOST_CHARACTERS - 100), "b" * 200, "xyz"]
    assert [len(r) for r in LanguageTool(server.url).remarks(texts)] == [0, 0, 1]
    assert len(server.asked) == 2


def test_a_match_over_two_sentences_or_outside_is_left_out(server):
    bad = [{"offset": 0, "length": 99}, {"offset": -1, "length": 3}, {"offset": "0", "length": 3}, "x", {}]
    server.answer = lambda text: {
        "matches": [{**match(text, "Un"), **b} if isinstance(b, dict) else b for b in bad[:4]]
    }
    assert LanguageTool(server.url).remarks(["Un.", "Deux."]) == ((), ())
    server.answer = lambda text: {"matches": [match(text, "Un.\n\nDeux"), {}]}
    assert LanguageTool(server.url).remarks(["Un.", "Deux."]) == ((), ())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (500, "answered 500"),
        (413, "answered 413"),
        (b"<html>", "something else than JSON"),
        (b"[]", "something else than JSON"),
        ({"matches": 3}, "something else than JSON"),
        (b"[" * 100_000, "something else than JSON"),
    ],
)
def test_a_wrong_answer_is_a_reason(server, answer, reason):
    server.answer = lambda text: answer
    found = LanguageTool(server.url).remarks(["Un."])
    assert isinstance(found, NotMeasured)
    assert reason in found.reason
    assert "127.0.0.1" in found.reason


def test_a_slow_server_is_given_up(server):
    server.answer = lambda text: time.sleep(2) or {"matches": []}
    began = time.monotonic()
    found = LanguageTool(server.url, timeout_s=0.2).remarks(["Un."])
    assert "took more than 0.2 s" in found.reason
    assert time.monotonic() - began < 1.5


def test_a_server_that_drips_is_given_up(server, monkeypatch):
    def drip(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    monkeypatch.setattr(Handler, "do_POST", drip)
    began = time.monotonic()
    found = LanguageTool(server.url, timeout_s=0.5).remarks(["Un."])
    assert "took more than 0.5 s" in found.reason
    assert time.monotonic() - began < 2


def test_a_server_that_is_down_is_a_reason(server):
    url = server.url
    server.shutdown()
    server.server_close()
    found = LanguageTool(url).remarks(["Un."])
    assert "cannot be reached" in found.reason


def test_nothing_to_ask_asks_nothing(server):
    assert LanguageTool(server.url).remarks([]) == ()
    assert server.asked == []


@pytest.mark.parametrize(
    "url", ["http://h:81", "http://h:81/", "http://h:81/v2", "http://h:81/v2/check", "http://h:81/v2/check/"]
)
def test_the_address_may_have_its_path(url):
    assert endpoint(url) == "http://h:81/v2/check"
    assert endpoint("https://h/lt/v2") == "https://h/lt/v2/check"


@pytest.mark.parametrize("url", ["localhost:8081", "file:///etc/passwd", "ftp://h", "http://", "http://h:x"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ConfigError, match="is no server’s address"):
        config.from_table({"languagetool": url})


class Replay:
    def __init__(self, table):
        self.table = table

    def remarks(self, texts):
        return tuple(self.table.get(t, ()) for t in texts)


TABLE = {
    "Les chiffres était faux.": (Remark(Span(13, 18), "grammar", "Accord.", ("étaient",)),),
    "Springvale dormait.": (Remark(Span(0, 10), "misspelling", "Inconnu.", ("Springfield",)),),
}


@pytest.mark.parametrize("example", LANGUAGETOOL.examples, ids=lambda e: e.target)
def test_examples(example):
    found = run_example(LanguageToolCheck(Replay(TABLE)), LANGUAGETOOL, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize("kind", ["style", "typographical", "whitespace"])
def test_style_is_left_out(kind):
    article = make_pair("He left.", "Il est parti !")
    assert LanguageToolCheck(Replay({"Il est parti !": (Remark(Span(0, 2), kind, "x"),)})).judge(article) == ()
    assert isinstance(LanguageToolCheck().judge(article), NotMeasured)
    assert list(LanguageToolCheck().find_in_article(article)) == []


PAIR = make_pair("The figures were false.", "Les chiffres était faux.").pair


def test_an_article_is_judged_by_the_server_of_the_configuration(server):
    server.answer = lambda text: {"matches": [match(text, "était", replacements=("étaient",))]}
    settings = config.from_table({"languagetool": server.url, "severity": {"FLU801": "major"}})
    report = check_article(PAIR, settings, None)
    finding = assert_finding(report.all_findings, "FLU801", "était")
    assert finding.fix.text == "étaient"
    assert finding.severity.label == "major"
    assert report.complete
    assert signature(settings, None) != signature(config.Settings(), None)


def test_english_translations_are_sent_as_english(server):
    french, english = "Les chiffres étaient faux.", "The figures was false."
    server.answer = lambda text: {"matches": [match(text, "was")]}
    settings = config.from_table({"languagetool": server.url, "source-lang": "fr", "target-lang": "en"})
    spans = ((Span(0, len(french)), Span(0, len(english))),)
    pair = ArticlePair("a", Document(french, "fr"), Document(english, "en"), spans)
    assert_finding(check_article(pair, settings, None).all_findings, "FLU801", "was")
    assert server.asked[0][1]["language"] == ["en"]


def test_a_server_that_does_not_answer_makes_the_report_incomplete_and_stops_nothing(server):
    server.answer = lambda text: 503
    settings = config.from_table({"languagetool": server.url})
    report = check_article(PAIR, settings, None)
    assert not report.complete
    assert [f for f in report.failures if "answered 503" in f]
    ignored = config.from_table({"languagetool": server.url, "ignore": ["FLU8"]})
    assert check_article(PAIR, ignored, None).complete
