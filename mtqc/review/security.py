"""Who may talk to the review page: the browser on this machine that was given the token, and only from the page itself.

Loopback alone protects from nobody: any web page may send requests to 127.0.0.1, and a name that an attacker owns may
be pointed there (DNS rebinding). So: the Host must be this server's own; the token comes once in the address and then
in a cookie that no script can read; what changes something must come by POST, from this very origin, with a header or
a form token that another origin cannot set. Every answer carries headers that leave an injected script nothing to do.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mtqc.review.words import N_

HOSTS = ("127.0.0.1", "localhost")
MAX_BODY = 1_000_000
"""Bytes of a request: a sentence of the longest article is far below; more is refused before it is read."""
MAX_QUERY = 4_000
ASK = "x-mtqc"
"""Header that the page's script sends with every POST; another origin cannot without asking first, and is refused."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

WRONG_HOST = N_("This is not the address of the review page. Open the one that mtqc printed.")
NO_TOKEN = N_("This browser has no leave to open the review page. Open the address that mtqc printed, with its token.")
FOREIGN = N_("The request came from another page and was refused.")
METHOD = N_("That cannot be done in this way.")
TOO_LARGE = N_("The request is too large.")

Fault = tuple[int, str]
"""A status, and one of the messages above."""
Refuse = Callable[[Request, int, str], Response]
"""From a request and a fault to the answer."""


class TooLarge(Exception):  # noqa: N818 -- it is an answer rather than a fault
    """A body went over MAX_BODY while it was read."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What one run of the server knows: its token, and what is derived from it."""

    token: str

    def __post_init__(self) -> None:
        if len(self.token) < 16:
            raise ValueError("a token of fewer than 16 characters can be guessed")

    @property
    def cookie(self) -> str:
        """Name of the cookie. Cookies are shared between ports, so each run has a name of its own."""
        return f"mtqc_{self._digest('cookie')[:12]}"

    @property
    def form(self) -> str:
        """What a form must carry."""
        return self._digest("form")

    def _digest(self, purpose: str) -> str:
        return hmac.new(self.token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Whether both are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


class Guard:
    """Stands before the application: lets pass what the page itself asks for, refuses the rest."""

    def __init__(self, app: ASGIApp, secrets: Secrets, refuse: Refuse) -> None:
        self.app = app
        self.secrets = secrets
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._turned_away(scope)
            await (answer or self.app)(scope, _limited(receive), _headed(send))
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _turned_away(self, scope: Scope) -> Response | None:
        request = Request(scope)
        fault = _malformed(request)
        given = request.query_params.get("token") if fault is None and request.method == "GET" else None
        if given is not None:
            return self._let_in(request, given)
        fault = fault or self._untrusted(request)
        return self.refuse(request, *fault) if fault else None

    def _untrusted(self, request: Request) -> Fault | None:
        headers = request.headers
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return 403, FOREIGN
        if not same(_cookie(headers, self.secrets.cookie), self.secrets.token):
            return 403, NO_TOKEN
        return (403, FOREIGN) if request.method == "POST" and not own_origin(headers) else None

    def _let_in(self, request: Request, given: str) -> Response:
        """The token goes out of the address, where it would stand in the history, and into a cookie."""
        if not same(given, self.secrets.token):
            return self.refuse(request, 403, NO_TOKEN)
        query = urlencode([(k, v) for k, v in parse_qsl(request.url.query) if k != "token"])
        path = "/" + quote(request.url.path.lstrip("/\\"), safe="/%")
        answer = RedirectResponse(path + ("?" + query if query else ""), 303)
        answer.set_cookie(self.secrets.cookie, self.secrets.token, httponly=True, samesite="strict", path="/")
        return answer


def _malformed(request: Request) -> Fault | None:
    if not own_host(request.scope, request.headers):
        return 400, WRONG_HOST
    if request.method not in {"GET", "HEAD", "POST"}:
        return 405, METHOD
    too_large = len(request.scope["query_string"]) > MAX_QUERY or _announced(request.headers) > MAX_BODY
    return (413, TOO_LARGE) if too_large else None


def own_host(scope: Scope, headers: Headers) -> bool:
    """Whether the one Host header names this server: loopback, and the port that it listens on."""
    port = (scope.get("server") or ("", None))[1]
    allowed = {f"{host}:{port}" for host in HOSTS} | (set(HOSTS) if port == 80 else set())
    given = headers.getlist("host")
    return len(given) == 1 and given[0].lower() in allowed


def own_origin(headers: Headers) -> bool:
    """Whether a POST comes from this page.

    A form's Origin is `null` under the referrer policy `no-referrer`; the browser's own Sec-Fetch-Site then decides.
    """
    origins = headers.getlist("origin")
    if len(origins) > 1:
        return False
    if origins and origins[0] != "null":
        return origins[0].lower() == f"http://{headers['host'].lower()}"
    return headers.get("sec-fetch-site") == "same-origin"


def _cookie(headers: Headers, name: str) -> str:
    for given in headers.getlist("cookie"):
        for part in given.split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
    return ""


def cookie_text(request: Request, name: str) -> str:
    """A cookie's value; "" where there is none, or none that can be read."""
    try:
        jar = SimpleCookie(f"{name}={_cookie(request.headers, name)}")
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() and len(length) < 12 else MAX_BODY + 1


def _limited(receive: Receive) -> Receive:
    """The body, as long as it keeps within MAX_BODY: a chunked one announces no length."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MAX_BODY:
            raise TooLarge
        return message

    return limited


def _headed(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return headed
