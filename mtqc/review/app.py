"""The review page as a web application: what each address answers.

It is bound to loopback, and `security.Guard` stands before it. Handlers work on names out of the index only.
"""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mtqc.errors import MtqcError, UsageError
from mtqc.interface import LANGUAGES
from mtqc.model import CorpusReport
from mtqc.report import phrases
from mtqc.review import decisions
from mtqc.review.decisions import MAX_NAME, NOT_TEXT, Refused
from mtqc.review.desk import Desk, Taken
from mtqc.review.downloads import download, downloads
from mtqc.review.overview import Listing, overview
from mtqc.review.rendering import ASSETS, Visitor, asset, message
from mtqc.review.scene import Scene
from mtqc.review.security import ASK, FOREIGN, HEADERS, METHOD, TOO_LARGE, Guard, Secrets, TooLarge, cookie_text, same
from mtqc.review.sheets import LABELS, Filter
from mtqc.review.store import Store
from mtqc.review.words import N_

LOG = logging.getLogger("mtqc.review")
BROKEN = N_("The review page made a mistake. Nothing of what was saved is lost; mtqc’s log has the details.")
NOT_HERE = N_("There is nothing at this address.")
STATUSES = ("open", "accepted", "dismissed")
FORM = "application/x-www-form-urlencoded"
Handler = Callable[[Request], Any]


def create(report: CorpusReport, store: Store, *, token: str, lang: str = "en", editor: str = "") -> Starlette:
    """The application. `editor`: who decides as long as the page was given no other name; `lang`: likewise."""
    desk = Desk(report, store)
    site = _Site(desk, Secrets(token), lang, editor)
    routes = [
        Route("/", site.overview),
        Route("/article/{number:int}", site.article),
        Route("/article/{number:int}/state", site.state),
        Route("/export", site.exports),
        Route("/export/{name}", site.export),
        Route("/decide", site.decide, methods=["POST"]),
        Route("/settings", site.settings, methods=["POST"]),
        Route("/static/{name}", site.static),
    ]
    handlers: Mapping[Any, Any] = {
        HTTPException: site.http_error,
        Refused: site.refused,
        TooLarge: site.too_large,
        MtqcError: site.failed,
        Exception: site.broken,
    }
    guard = Middleware(Guard, secrets=site.secrets, refuse=site.refuse)
    return Starlette(routes=routes, middleware=[guard], exception_handlers=dict(handlers))


def listen(port: int = 0) -> socket.socket:
    """A socket on this machine's loopback address only; 0: a port that is free. Raises UsageError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
        sock.listen()  # so that a browser that comes before the server is ready waits, and is not turned away
    except (OSError, OverflowError) as error:
        sock.close()
        raise UsageError(f"Port {port} cannot be had ({error}).", hint="Leave --port out to get a free one.") from error
    return sock


def address(sock: socket.socket, token: str) -> str:
    """What to open in the browser."""
    return f"http://127.0.0.1:{sock.getsockname()[1]}/?token={quote(token)}"


def serve(app: Starlette, sock: socket.socket) -> None:
    """Answer on the socket until the process is told to stop. Every decision is on disk already: nothing to close."""
    import uvicorn

    config = uvicorn.Config(
        app, lifespan="off", access_log=False, log_level="warning", server_header=False, timeout_graceful_shutdown=1
    )
    uvicorn.Server(config).run(sockets=[sock])


class _Site:
    """The handlers, and what they share."""

    def __init__(self, desk: Desk, secrets: Secrets, lang: str, editor: str) -> None:
        self.desk = desk
        self.secrets = secrets
        self.lang = lang
        self.editor = editor

    def visitor(self, request: Request) -> Visitor:
        """Who asks, in which language; both from cookies that the page's own form sets."""
        lang = cookie_text(request, "mtqc_lang")
        editor = phrases.harmless(unquote(cookie_text(request, "mtqc_editor")))[:MAX_NAME]
        return Visitor(
            editor=editor or self.editor,
            lang=lang if lang in LANGUAGES else self.lang,
            keys_on=cookie_text(request, "mtqc_keys") != "off",
            form_token=self.secrets.form,
        )

    # --- what can be looked at

    async def overview(self, request: Request) -> Response:
        """All articles, worst first."""
        query = request.query_params
        wanted = Listing(query.get("q", "")[:200], query.get("open") == "1", _page(query.get("page", "1")))
        return _html(await run_in_threadpool(overview, self.desk, wanted, self.visitor(request)))

    async def article(self, request: Request) -> Response:
        """One article, or a page of it."""
        number = self._number(request)
        scene = await run_in_threadpool(Scene, self.desk, number, _filter(request), self.visitor(request))
        return _html(await run_in_threadpool(scene.page, clash="clash" in request.query_params))

    async def state(self, request: Request) -> Response:
        """What was decided since the event `after`; nothing: 204."""
        number, after = self._number(request), _page(request.query_params.get("after", "0"), least=0)
        now = await run_in_threadpool(self.desk.look)
        if now.last <= after:
            return Response(status_code=204)
        scene = Scene(self.desk, number, _filter(request), self.visitor(request))
        return _json(await run_in_threadpool(scene.snapshot, after))

    async def exports(self, request: Request) -> Response:
        """What can be downloaded."""
        return _html(await run_in_threadpool(downloads, self.desk, self.visitor(request)))

    async def export(self, request: Request) -> Response:
        """One download, made now."""
        name = request.path_params["name"]
        made = await run_in_threadpool(download, self.desk, name)
        if made is None:
            raise HTTPException(404)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name)}"}
        return Response(made.body, media_type=made.media_type, headers=headers)

    async def static(self, request: Request) -> Response:
        """Style and scripts, by name."""
        name = request.path_params["name"]
        if name not in ASSETS:
            raise HTTPException(404)
        return Response(asset(name), media_type=ASSETS[name])

    def _number(self, request: Request) -> int:
        number = int(request.path_params["number"]) - 1
        if self.desk.index.article(number) is None:
            raise HTTPException(404)
        return number

    # --- what changes something

    async def decide(self, request: Request) -> Response:
        """One decision. The answer goes out when it is on disk."""
        data = await self._sent(request)
        wish = decisions.read(data)
        visitor = self.visitor(request)
        taken = await run_in_threadpool(self.desk.decide, wish, visitor.editor, _own(data))
        if not _is_json(request):
            return self._back_to(taken, wish)
        number = _page(str(data.get("article", 1))) - 1
        if self.desk.index.article(number) is None:
            raise HTTPException(404)
        wanted = _filter_of(parse_qsl(str(data.get("query", "")), max_num_fields=20), wish.page)
        scene = await run_in_threadpool(Scene, self.desk, number, wanted, visitor)
        answer = await run_in_threadpool(scene.answer, taken, wish)
        return _json(answer, 409 if taken.event is None else 200)

    def _back_to(self, taken: Taken, wish: decisions.Wish) -> Response:
        """Without a script: back to the page, which shows what stands now."""
        anchor = f"f{wish.finding}" if wish.finding else wish.sentence
        clash = "&clash=1" if taken.event is None else ""
        return RedirectResponse(f"/article/{taken.article + 1}?page={wish.page}{clash}#{quote(anchor)}", 303)

    async def settings(self, request: Request) -> Response:
        """The editor's name, the language, whether single keys decide: kept in this browser."""
        data = await self._sent(request)
        at = str(data.get("at", ""))
        home = "/export" if at == "export" else f"/article/{int(at)}" if at.isdecimal() and len(at) < 9 else "/"
        answer = RedirectResponse(home, 303)
        editor, lang = str(data.get("editor", "")).strip()[:MAX_NAME], str(data.get("lang", ""))
        for name, value in (
            ("editor", quote(editor, safe="", errors="replace")),
            ("lang", lang if lang in LANGUAGES else self.lang),
            ("keys", "on" if data.get("keys") else "off"),
        ):
            answer.set_cookie(f"mtqc_{name}", value, max_age=31_536_000, httponly=True, samesite="strict")
        return answer

    async def _sent(self, request: Request) -> dict[str, Any]:
        """What a script sent as JSON with our header, or a form with our token."""
        body = await request.body()
        try:
            if _is_json(request):
                data = json.loads(body)
                trusted = request.headers.get(ASK) == "1"
            elif request.headers.get("content-type", "").split(";")[0].strip().lower() == FORM:
                data = dict(parse_qsl(body.decode("utf-8"), max_num_fields=30, errors="strict"))
                trusted = same(data.get("form", ""), self.secrets.form)
            else:
                raise Refused(NOT_TEXT, 415)
        except (ValueError, RecursionError) as error:
            raise Refused(NOT_TEXT, 400) from error
        if not isinstance(data, dict):
            raise Refused(NOT_TEXT, 400)
        if not trusted:
            raise HTTPException(403)
        return data

    # --- what goes wrong

    def refuse(self, request: Request, status: int, text: str) -> Response:
        """An answer of one message, in the visitor's language."""
        return self._said(request, status, self.visitor(request).say.say(text))

    def _said(self, request: Request, status: int, text: str) -> Response:
        """As a page, or as JSON where a script asks."""
        if _is_json(request) or "application/json" in request.headers.get("accept", ""):
            return _json({"message": phrases.harmless(text)}, status)
        return _html(message(self.visitor(request), phrases.harmless(text), home=status not in {400, 403}), status)

    def http_error(self, request: Request, error: HTTPException) -> Response:
        """No such address, or not this way."""
        known = {403: FOREIGN, 405: METHOD, 413: TOO_LARGE}
        return self.refuse(request, error.status_code, known.get(error.status_code, NOT_HERE))

    def refused(self, request: Request, error: Refused) -> Response:
        """The request was understood, and cannot be done."""
        return self.refuse(request, error.status, error.message)

    def too_large(self, request: Request, _error: TooLarge) -> Response:
        """The body was longer than it said."""
        return self.refuse(request, 413, TOO_LARGE)

    def failed(self, request: Request, error: MtqcError) -> Response:
        """Something that mtqc can explain: the disk is full, say. It is said in English; the path is the editor's."""
        LOG.error("%s", error)
        return self._said(request, 507, str(error))

    def broken(self, request: Request, error: Exception) -> Response:
        """A fault of ours: it goes to the log, not to the browser."""
        LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        answer = self.refuse(request, 500, BROKEN)
        answer.headers.update(HEADERS)  # this one is made outside the guard
        return answer


def _own(data: Mapping[str, Any]) -> frozenset[int]:
    """Events that the tab itself made: they are no surprise to it."""
    own = data.get("own", [])
    return frozenset(n for n in own if isinstance(n, int)) if isinstance(own, list) else frozenset()


def _page(text: str, least: int = 1) -> int:
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 16 else least


def _filter(request: Request) -> Filter:
    query = request.query_params
    return _filter_of(list(query.items()), _page(query.get("page", "1")))


def _filter_of(query: list[tuple[str, str]], page: int) -> Filter:
    """Only values that mean something; the rest is as good as nothing."""
    given = dict(query)
    severity, status = given.get("severity", ""), given.get("status", "")
    return Filter(
        severity=severity if severity in LABELS else "",
        status=status if status in STATUSES else "",
        rule=given.get("rule", "")[:20],
        q=given.get("q", "")[:200],
        page=page,
    )


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def _html(text: str, status: int = 200) -> Response:
    return Response(text.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


def _json(data: Mapping[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(data).encode("ascii"), status, media_type="application/json")
