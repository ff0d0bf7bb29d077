"""A Hugging Face hub of one model on the loopback interface: enough of its HTTP for the real client to download from.

`python hub_stand_in.py FOLDER` prints its address and serves FOLDER as test/a-fr-en. A file named in SLOW is sent to
its half, and then nothing more: what an interrupted download meets.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPO, COMMIT = "test/a-fr-en", "0123456789abcdef0123456789abcdef01234567"


class Hub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder = Path()
    slow = ""

    def do_HEAD(self):
        self.answer(body=False)

    def do_GET(self):
        self.answer(body=True)

    def answer(self, body):
        path = self.path.split("?")[0]
        if path.startswith(f"/api/models/{REPO}/revision/") or path == f"/api/models/{REPO}":
            info = {"id": REPO, "sha": COMMIT, "siblings": [{"rfilename": p.name} for p in self.files()]}
            self.send(json.dumps(info).encode(), body, {"Content-Type": "application/json"})
        elif path.startswith(f"/api/models/{REPO}/tree/"):
            tree = [{"type": "file", "path": p.name, "size": p.stat().st_size, "oid": "0" * 40} for p in self.files()]
            self.send(json.dumps(tree).encode(), body, {"Content-Type": "application/json"})
        elif path.startswith(f"/{REPO}/resolve/") and (self.folder / path.rsplit("/", 1)[1]).is_file():
            file = self.folder / path.rsplit("/", 1)[1]
            data = file.read_bytes()
            etag = f'"{hashlib.sha256(data).hexdigest()}"'
            self.send(data, body, {"ETag": etag, "X-Repo-Commit": COMMIT}, stall=file.name == self.slow)
        else:
            known = path.startswith((f"/{REPO}/", f"/api/models/{REPO}/"))
            self.send(b"", body, {"X-Error-Code": "EntryNotFound" if known else "RepoNotFound"}, status=404)

    def files(self):
        return sorted(self.folder.iterdir())

    def send(self, data, body, headers, status=200, stall=False):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body and stall:
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            time.sleep(600)
        elif body:
            self.wfile.write(data)

    def log_message(self, *_):
        pass


def serve(folder, slow=""):
    """A server for the folder, not yet running."""
    handler = type("Served", (Hub,), {"folder": Path(folder), "slow": slow})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    return server


if __name__ == "__main__":
    hub = serve(sys.argv[1])
    print(f"http://127.0.0.1:{hub.server_address[1]}", flush=True)
    hub.serve_forever()
