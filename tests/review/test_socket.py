"""The server as it runs: on a real socket, killed in the middle, asked by something that is no browser."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from browsing import TOKEN

from mtqc.errors import UsageError
from mtqc.review import app, security

SERVER = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/report")
import sample
from mtqc.review import app
from mtqc.review.store import Store
sock = app.listen(int(sys.argv[2]))
print(sock.getsockname()[1], flush=True)
app.serve(app.create(sample.corpus(), Store(Path(sys.argv[1])), token=sys.argv[3], editor="Anna"), sock)
"""
ROOT = Path(__file__).parent.parent.parent


class Server:
    def __init__(self, store, port=0) -> None:
        command = [sys.executable, "-c", SERVER, str(store), str(port), TOKEN]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookie = f"{security.Secrets(TOKEN).cookie}={TOKEN}"
        sent = {
            "Cookie": cookie,
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-MTQC": "1",
            "Content-Type": "application/json",
            **headers,
        }
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode()

    def decide(self, do, finding, seen):
        body = json.dumps({"do": do, "finding": finding, "article": 1, "seen": seen})
        return self.ask("POST", "/decide", body)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)
        return self.process.stderr.read()


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "review.sqlite")
    for _ in range(100):
        with contextlib.suppress(OSError):
            server.ask("GET", "/")
            break
        time.sleep(0.05)
    yield server
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


def test_it_listens_on_this_machine_only(server):
    own = {a[4][0] for a in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1", "127.0.1.1"}
    for address in own:
        with pytest.raises(OSError):  # noqa: PT011 -- refused, unreachable: either will do
            socket.create_connection((address, server.port), timeout=2)
    assert server.ask("GET", "/")[0] == 200


def test_what_was_answered_survives_kill_9(server, tmp_path):
    seen = 0
    for number in range(1, 8):
        status, _, text = server.decide("dismiss", f"0-{number}", seen)
        assert status == 200
        seen = json.loads(text)["last"]
    server.stop(signal.SIGKILL)
    again = Server(tmp_path / "review.sqlite", server.port)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                found = json.loads(again.ask("GET", "/article/1/state")[2])["findings"]
                break
            time.sleep(0.05)
    finally:
        again.stop(signal.SIGKILL)
    assert [found[f"0-{n}"][0] for n in range(1, 9)] == ["dismissed"] * 7 + ["open"]


def test_it_stops_when_told_and_says_nothing(server):
    assert server.stop() == ""
    assert server.process.returncode in {0, -signal.SIGTERM}


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", 403),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", 403),
        (b"GET /../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", 403),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", None),
        (b"POST /decide HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST /decide HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: -5\r\n\r\n", 400),
        (b"POST /decide HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", None),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", None),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", None),
    ],
    ids=range(12),
)  # fmt: skip
def test_raw_requests(server, head, status):
    """Whatever comes in over the wire, the answer shows nothing, and the server goes on. None: it may also hang up."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire, contextlib.suppress(ConnectionError):
        wire.sendall(head.replace(b"%d", str(server.port).encode()))
        wire.settimeout(3)
        with contextlib.suppress(TimeoutError):
            answer = wire.recv(4096)
            assert b"Norsand" not in answer
            assert b"root:" not in answer
            assert b"Traceback" not in answer
            if status:
                assert answer.split(b" ")[1] == str(status).encode(), answer[:200]
    assert server.ask("GET", "/")[0] == 200


def test_a_chunked_body_without_end_is_cut_off(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        cookie = f"{security.Secrets(TOKEN).cookie}={TOKEN}"
        head = f"POST /decide HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\nCookie: {cookie}\r\n"
        wire.sendall(
            f"{head}X-MTQC: 1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 4 * security.MAX_BODY:
                wire.sendall(chunk)
                sent += 0x10000
        with contextlib.suppress(ConnectionError):
            assert b" 413 " in wire.recv(4096)
    assert server.ask("GET", "/")[0] == 200


def test_a_port_that_is_taken_is_one_sentence():
    with app.listen() as held:
        held.listen()
        with pytest.raises(UsageError, match="cannot be had"):
            app.listen(held.getsockname()[1])
    for port in (-1, 70_000):
        with pytest.raises(UsageError, match="cannot be had"):
            app.listen(port)


def test_the_address_holds_the_token():
    with app.listen() as sock:
        assert app.address(sock, "a b") == f"http://127.0.0.1:{sock.getsockname()[1]}/?token=a%20b"
        assert sock.getsockname()[0] == "127.0.0.1"
