"""Forged requests, hostile articles, and what the browser is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sample
from browsing import HOME, JSON, TOKEN, Browser, with_id

from mtqc.model import Document
from mtqc.review import app, security
from mtqc.review.store import Store

READ = ["/", "/article/1", "/article/1/state", "/export", "/static/review.js", "/static/review.css"]
CHANGE = ["/decide", "/settings"]


def decision(**more):
    return {"do": "dismiss", "finding": "0-1", "article": 1, "seen": 0, **more}


@pytest.fixture
def untouched(store):
    """Whatever the test does, nothing is written."""
    yield
    assert store.events() == ()


@pytest.mark.parametrize("path", READ)
def test_without_the_cookie_nothing_is_shown(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "Norsand" not in answer.text
    assert "mtqc printed" in answer.text


@pytest.mark.parametrize("path", CHANGE)
def test_without_the_cookie_nothing_is_changed(stranger, path, untouched):
    assert stranger.post(path, json=decision(), headers=JSON).status_code == 403


def test_the_token_moves_from_the_address_into_a_cookie(stranger):
    answer = stranger.get(f"/article/1?token={TOKEN}&page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/1?page=2")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    page = stranger.get("/article/1")
    assert page.status_code == 200
    assert TOKEN not in page.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "é", "%00", TOKEN.upper()])
def test_a_wrong_token_opens_nothing(stranger, token):
    answer = stranger.get("/", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_wrong_cookie_opens_nothing(stranger):
    name = security.Secrets(TOKEN).cookie
    for value in ("", "wrong", TOKEN + "1", "\xe9"):
        headers = {"Cookie": f"{name}={value}".encode("latin-1")}
        assert stranger.get("/", headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example/x"])
def test_the_redirect_stays_here(stranger, path):
    answer = stranger.get(f"{HOME}{path}?token={TOKEN}")
    assert answer.status_code == 303
    assert re.match(r"/[^/\\]", answer.headers["location"])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8123",
        "127.0.0.1",
        "127.0.0.1:9",
        "127.0.0.1:8123.evil.example",
        "",
        "[::1]:8123",
        "localhost.evil.example:8123",
    ],
)
@pytest.mark.parametrize("path", ["/", f"/?token={TOKEN}", "/article/1"])
def test_another_host_is_refused(anna, host, path):
    answer = anna.get(path, Host=host)
    assert answer.status_code == 400
    assert "Norsand" not in answer.text
    assert "set-cookie" not in answer.headers


def test_localhost_by_name_is_this_machine(anna):
    assert anna.get("/", Host="localhost:8123").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},  # another server on this machine: the same site, another origin
        {"Origin": "https://127.0.0.1:8123"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": HOME, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HOME, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
@pytest.mark.parametrize("path", CHANGE)
def test_a_request_from_elsewhere_changes_nothing(anna, headers, path, untouched):
    sent = {"X-MTQC": "1", "Content-Type": "application/json", **headers}
    assert anna.client.post(path, json=decision(), headers=sent).status_code == 403
    form = {"form": anna.form_token(), "do": "dismiss", "finding": "0-1"}
    assert anna.client.post(path, data=form, headers=headers).status_code == 403


@pytest.mark.parametrize("missing", ["X-MTQC"])
def test_json_needs_the_header(anna, missing, untouched):
    headers = {k: v for k, v in JSON.items() if k != missing}
    assert anna.client.post("/decide", json=decision(), headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", TOKEN])
def test_a_form_needs_its_token(anna, token, untouched):
    answer = anna.client.post("/decide", data={"form": token, **decision()}, headers={"Origin": HOME})
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_no_other_kind_of_body(anna, kind, untouched):
    headers = {**JSON, "Content-Type": kind}
    assert anna.client.post("/decide", content=json.dumps(decision()), headers=headers).status_code == 415


@pytest.mark.parametrize("path", CHANGE)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_is_changed_by_get(anna, path, method, untouched):
    answer = anna.client.request(method, path, params=decision(), headers=JSON)
    assert answer.status_code == 405


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_no_other_method(anna, method, untouched):
    for path in ("/decide", "/"):
        answer = anna.client.request(method, path, headers={"Origin": "http://evil.example"})
        assert answer.status_code == 405
        assert "access-control-allow-origin" not in answer.headers


def test_reading_by_another_page_is_refused(anna):
    for site in ("cross-site", "same-site"):
        answer = anna.get("/article/1/state", **{"Sec-Fetch-Site": site})
        assert answer.status_code == 403
        assert "findings" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/....//app.py", "/static/review.js%00.css",
        "/static//etc/passwd", "/static/%2Fetc%2Fpasswd", "/export/..%2f..%2fetc%2fpasswd", "/export/%2e%2e", "/export/review.sqlite",
        "/article/0", "/article/99", "/article/-1", "/article/1e9", "/article/999999999999999999999999", "/article/..%2f1", "/nothing",
    ],
)  # fmt: skip
def test_no_path_reaches_further_than_the_index(anna, path):
    answer = anna.get(path)
    assert answer.status_code == 404
    for inside in ("root:", "import ", "SQLite", "Traceback"):
        assert inside not in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"[]", 400), (b"3", 400), (b"null", 400), (b'"x"', 400), (b"[" * 100_000, 400), (b"\xff\xfe{", 400),
        (b'{"do": "dismiss", "finding": "0-1", "seen": "\xc3("}', 400),
        (b'{"do": "explode"}', 422), (b'{"do": ["dismiss"], "finding": "0-1"}', 400), (b'{"do": "dismiss"}', 404),
        (b'{"do": "dismiss", "finding": "0-999"}', 404), (b'{"do": "dismiss", "finding": "../../etc"}', 404),
        (b'{"do": "dismiss", "finding": {"$gt": ""}}', 400), (b'{"do": "dismiss", "finding": "0-1", "seen": -1}', 400),
        (b'{"do": "dismiss", "finding": "0-1", "seen": 1e400}', 400), (b'{"do": "dismiss", "finding": "0-1", "seen": true}', 400),
        (b'{"do": "dismiss", "finding": "0-1", "seen": 99999999999999999999}', 400),
        (b'{"do": "severity", "finding": "0-1", "severity": "fatal", "article": 1}', 422),
        (b'{"do": "edit", "article": 1, "sentence": "s999", "text": "x"}', 404), (b'{"do": "edit", "article": 9, "sentence": "s1", "text": "x"}', 404),
        (b'{"do": "edit", "article": 1, "sentence": "s1", "text": "\\ud800"}', 400),
        (b'{"do": "edit", "article": 1, "sentence": "s1", "text": "a\\u0000b"}', 400), (b'{"do": "edit", "article": 1, "sentence": "s1", "text": "a\\u001bb"}', 400),
        (b'{"do": "comment", "finding": "0-1", "comment": "\\u0007"}', 400),
        (b'{"do": "comment", "finding": "0-1", "comment": "' + b"x" * 4001 + b'"}', 413), (b'{"do": "undo", "article": 1}', 422),
        (b'{"do": "take", "finding": "0-6", "article": 1}', 422),
    ],
)  # fmt: skip
def test_a_damaged_request_gets_one_sentence(anna, body, status, untouched):
    answer = anna.client.post("/decide", content=body, headers=JSON)
    assert answer.status_code == status, answer.text
    assert list(answer.json()) == ["message"]
    assert re.fullmatch(r"[A-Z][^\n]+\.", answer.json()["message"])


def test_a_damaged_form_gets_one_sentence(anna, untouched):
    headers = {"Origin": HOME, "Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"form=%ff%fe&do=%ff", b"\xff\xfe", b"&".join(b"a=1" for _ in range(99))):
        answer = anna.client.post("/decide", content=body, headers=headers)
        assert answer.status_code in {400, 403}
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("announced", [True, False])
def test_an_oversized_body_is_refused(anna, announced, untouched):
    size = security.MAX_BODY + 1
    body = b'{"text": "' + b"x" * size
    content = body if announced else iter([body[:1000], body[1000:]])
    assert anna.client.post("/decide", content=content, headers=JSON).status_code == 413


def test_an_oversized_address_is_refused(anna):
    assert anna.get("/?q=" + "x" * security.MAX_QUERY).status_code == 413


@pytest.mark.parametrize("path", [*READ, "/nothing", "/decide", f"/?token={TOKEN}", "/?token=wrong"])
def test_every_answer_is_locked_down(anna, path):
    headers = anna.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


class Strict(HTMLParser):
    """Fails on anything that could run or load: no inline script, no handler, no style, no foreign address."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        assert tag not in {"style", "iframe", "object", "embed", "img", "svg", "base", "meta"} or set(given) <= {
            "charset",
            "name",
            "content",
        }
        if tag == "script":
            assert given.get("src", "").startswith("/static/") or given.get("type") == "application/json"
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name not in {"style", "srcdoc"}
            if name in {"href", "src", "action", "formaction"}:
                assert re.match(r"(/(?![/\\])|#|\?|data:,$)", value), value


HOSTILE = [
    '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "javascript:alert(1)", "</script><script>alert(1)</script>", "{{ 7 * 7 }}{% raw %}",
    "../../../etc/passwd", "\u202edesrever\u202c", "a\x00b\x1b[31m", "\ud800", "%(n)s %s %", "</textarea><svg onload=alert(1)>", "&lt;b&gt;", "\u2028\u2029", "x" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: ascii(t[:20]))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_hostile_articles_stay_text(tmp_path, text, lang):
    report = hostile(text)
    browser = Browser(app.create(report, Store(tmp_path / "x.sqlite"), token=TOKEN, lang=lang, editor=text[:60]))
    for path in ("/", "/article/1", "/export", "/article/1?q=" + "%22%3E%3Cscript%3E", "/?q=%3Cscript%3E"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        parser = Strict()
        parser.feed(answer.text)
        assert parser.tags.count("script") == (0 if path == "/export" else 2), path
        raw = re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", answer.text)
        assert not raw, answer.text[raw.start() - 100 : raw.end()]
        assert ">49<" not in answer.text


def hostile(text):
    """The sample with `text` as name, in the sentences, the messages, the suggestions, the evidence and the failures."""
    report = with_id(sample.corpus(), text)
    first = report.articles[0]
    sentences = []
    for sentence in first.sentences:
        findings = tuple(
            replace(
                f,
                message=text,
                fix=f.fix and replace(f.fix, text=text),
                evidence=tuple(replace(e, value=text, origin=text) for e in f.evidence),
            )
            for f in sentence.findings
        )
        bead = sentence.bead
        if not findings:
            bead = replace(bead, source_text=text if bead.source else "", target_text=text if bead.target else "")
        sentences.append(replace(sentence, findings=findings, bead=bead))
    document = Document(first.pair.target.text, "fr", text)
    article = replace(first, pair=replace(first.pair, target=document), sentences=tuple(sentences), failures=(text,))
    return replace(report, articles=(article, *report.articles[1:]), unread=((text, text),), signature=text)


def test_what_an_editor_writes_stays_text(anna):
    evil = '<script>alert(1)</script>\u202e"'
    assert anna.decide("comment", "0-1", comment=evil).status_code == 200
    assert anna.decide("edit", sentence="s7", text=evil, article=1).status_code == 200
    parser = Strict()
    page = anna.get("/article/1").text
    parser.feed(page)
    assert parser.tags.count("script") == 2
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd" in page


def test_a_fault_of_ours_shows_no_inside(anna, monkeypatch, caplog):
    def broken(*_args, **_more):
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("mtqc.review.scene.render", broken)
    answer = anna.get("/article/1")
    assert answer.status_code == 500
    assert "made a mistake" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"]
    assert "secret of the inside" in caplog.text


def test_a_short_token_is_no_token():
    with pytest.raises(ValueError, match="guessed"):
        security.Secrets("short")


def test_two_runs_do_not_share_a_cookie():
    assert security.Secrets("a" * 20).cookie != security.Secrets("b" * 20).cookie
    assert "a" * 20 not in security.Secrets("a" * 20).form
