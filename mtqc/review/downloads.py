"""The page of downloads, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from mtqc.review.desk import Desk
from mtqc.review.rendering import Visitor, render


@dataclass(frozen=True, slots=True)
class Made:
    """A file for the browser to keep."""

    name: str
    media_type: str
    body: bytes


def downloads(desk: Desk, visitor: Visitor) -> str:
    """The page."""
    return render("export.html.j2", visitor, downloads=[], totals=desk.look().total)


def download(_desk: Desk, _name: str) -> Made | None:
    """The file of that name, as things stand now; None: there is none."""
    return None
