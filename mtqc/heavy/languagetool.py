"""LanguageTool, asked over HTTP (`/v2/check`). Nothing is sent anywhere unless the user gives a server's address.

The protocol is that of https://languagetool.org/http-api/; it was run against a stand-in on the loopback interface.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from mtqc.model import NotMeasured, Span
from mtqc.text.grammalecte import Remark

_BETWEEN = "\n\n"
MOST_CHARACTERS = 15_000
"""Characters of one request: the public server takes 20,000, one's own more."""
MOST_BYTES = 20_000_000


def endpoint(url: str) -> str:
    """Where to post for a server's address, with or without its path. Raises ValueError where it is no http address."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError(f"not an http address: {url}")
    path = parts.path.rstrip("/").removesuffix("/check").removesuffix("/v2")
    return parts._replace(path=f"{path}/v2/check", query="", fragment="").geturl()


@dataclass(frozen=True, slots=True)
class LanguageTool:
    """A GrammarRunner. `url`: the server's address, http://localhost:8081; `timeout_s`: seconds for one request."""

    url: str
    lang: str = "fr"
    timeout_s: float = 30.0

    def remarks(self, texts: Sequence[str]) -> tuple[tuple[Remark, ...], ...] | NotMeasured:
        """Remarks on each text, or why there are none: one request for some 15,000 characters."""
        found: list[tuple[Remark, ...]] = []
        for batch in _batches(texts):
            answer = self._post(_BETWEEN.join(batch))
            if isinstance(answer, NotMeasured):
                return answer
            found += _placed(answer, batch)
        return tuple(found)

    @property
    def _name(self) -> str:
        return f"the LanguageTool server at {urllib.parse.urlsplit(self.url).hostname}"

    def _post(self, text: str) -> list[Any] | NotMeasured:
        data = urllib.parse.urlencode({"language": self.lang, "text": text}).encode()
        request = urllib.request.Request(endpoint(self.url), data, {"Accept": "application/json"})
        late = time.monotonic() + self.timeout_s
        try:
            with urllib.request.urlopen(request, timeout=self.timeout_s) as answer:
                return self._matches(_read(answer, late))
        except urllib.error.HTTPError as error:
            return NotMeasured(f"{self._name} answered {error.code} {error.reason}")
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "reason", error)
            if isinstance(why, TimeoutError):
                return NotMeasured(f"{self._name} took more than {self.timeout_s:g} s")
            return NotMeasured(f"{self._name} cannot be reached ({why})")

    def _matches(self, body: bytes) -> list[Any] | NotMeasured:
        try:
            matches = json.loads(body)["matches"]
        except (ValueError, TypeError, KeyError, RecursionError):
            matches = None
        return matches if isinstance(matches, list) else NotMeasured(f"{self._name} answered something else than JSON")


def _read(answer: http.client.HTTPResponse, late: float) -> bytes:
    """The body, as far as it has MOST_BYTES. Raises TimeoutError where it drips in until `late` (monotonic)."""
    body = b""
    while len(body) < MOST_BYTES and (more := answer.read1(1 << 16)):
        body += more
        if time.monotonic() > late:
            raise TimeoutError
    return body


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > MOST_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text) + len(_BETWEEN)
    if batch:
        yield batch


def _placed(matches: Iterable[Any], texts: Sequence[str]) -> list[tuple[Remark, ...]]:
    """Remarks by text, in code points of it; those that lie in none, or are not what they should be, are left out."""
    whole = _BETWEEN.join(texts)
    units = list(accumulate((1 + (ord(c) > 0xFFFF) for c in whole), initial=0))
    starts = list(accumulate((len(t) + len(_BETWEEN) for t in texts), initial=0))[:-1]
    found: list[list[Remark]] = [[] for _ in texts]
    for match in matches:
        remark = _remark(match, units)
        if remark is not None:
            at = bisect_right(starts, remark.span.start) - 1
            if remark.span.end <= starts[at] + len(texts[at]):
                found[at].append(_moved(remark, -starts[at]))
    return [tuple(sorted(remarks, key=lambda r: r.span)) for remarks in found]


def _moved(remark: Remark, by: int) -> Remark:
    return Remark(remark.span.shift(by), remark.kind, remark.message, remark.suggestions)


def _remark(match: Any, units: Sequence[int]) -> Remark | None:  # noqa: ANN401 -- JSON
    """One match; the server counts UTF-16 units, as Java does. None where it is not as documented."""
    try:
        start, end = match["offset"], match["offset"] + match["length"]
        if not 0 <= start < end <= units[-1]:
            return None
        values = tuple(str(r["value"]) for r in match.get("replacements", [])[:3])
        span = Span(bisect_right(units, start) - 1, bisect_right(units, end - 1))
        return Remark(span, str(match["rule"]["issueType"]), str(match["message"]), values)
    except (TypeError, KeyError, AttributeError):
        return None
