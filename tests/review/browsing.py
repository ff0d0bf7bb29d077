"""What a browser does with the review page, in process."""

from __future__ import annotations

from dataclasses import replace

from starlette.testclient import TestClient

TOKEN = "a-token-of-this-test-run-0123456789"
HOME = "http://127.0.0.1:8123"
JSON = {"X-MTQC": "1", "Content-Type": "application/json", "Origin": HOME, "Sec-Fetch-Site": "same-origin"}


class Browser:
    """What a browser does: keeps cookies, says where it comes from."""

    def __init__(self, application, editor="") -> None:
        self.client = TestClient(application, base_url=HOME, follow_redirects=False, raise_server_exceptions=False)
        assert self.client.get(f"/?token={TOKEN}").status_code == 303
        if editor:
            self.settings(editor=editor, keys="on")

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)

    def form_token(self):
        page = self.get("/").text
        return page.split('name="form" value="')[1].split('"')[0]

    def settings(self, **fields):
        fields = {"form": self.form_token(), **fields}
        return self.client.post("/settings", data=fields, headers={"Origin": HOME})

    def form(self, **fields):
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}  # as browsers send it under no-referrer
        return self.client.post("/decide", data={"form": self.form_token(), **fields}, headers=headers)

    def decide(self, do, finding="", **more):
        """A decision from the script, seen everything so far unless said otherwise."""
        article = more.pop("article", int(finding.split("-")[0]) + 1 if finding else 1)
        if "seen" not in more:
            more["seen"] = self.state(article)["last"]
        body = {"do": do, "finding": finding, "article": article, "page": 1, "query": "", **more}
        return self.client.post("/decide", json=body, headers=JSON)

    def state(self, article=1, after=0):
        answer = self.get(f"/article/{article}/state?after={after}")
        return answer.json() if answer.status_code == 200 else {"last": after}


def with_id(report, name):
    """The report, its first article called `name`."""
    first = report.articles[0]
    return replace(report, articles=(replace(first, pair=replace(first.pair, id=name)), *report.articles[1:]))
