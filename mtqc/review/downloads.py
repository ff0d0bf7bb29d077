"""The page of downloads, and what each of them is."""

from __future__ import annotations

from mtqc.review.desk import Desk
from mtqc.review.exports import EXPORTS, Made, make
from mtqc.review.rendering import Visitor, render


def downloads(desk: Desk, visitor: Visitor) -> str:
    """The page."""
    say = visitor.say
    offered = [{"name": e.name, "title": say.say(e.title), "about": say.say(e.about)} for e in EXPORTS]
    return render("export.html.j2", visitor, downloads=offered, totals=desk.look().total)


def download(desk: Desk, name: str) -> Made | None:
    """The file of that name, as things stand now; None: there is none."""
    return make(name, desk.report, desk.look().events)
