"""A page of an article, for one visitor at one moment: as a whole page, and as what an open page must show now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlencode

from mtqc.report import phrases
from mtqc.review import keys, verdicts
from mtqc.review.decisions import Wish
from mtqc.review.desk import Desk, Taken, worst_first
from mtqc.review.index import Place
from mtqc.review.rendering import POLL, Visitor, render
from mtqc.review.sheets import Card, Filter, Judged, Sheet, Standing, Wording


class Scene:
    """What one visitor sees of an article under a filter."""

    def __init__(self, desk: Desk, number: int, wanted: Filter, visitor: Visitor) -> None:
        self.desk = desk
        self.number = number
        self.wanted = wanted
        self.visitor = visitor
        self.now = desk.look()
        self.say = visitor.say

    @cached_property
    def judged(self) -> dict[str, Judged]:
        """What stands of each finding of the article, in words."""
        places = self.desk.index.by_article[self.number]
        return {p.key: verdicts.judged(self.now.judged[p.key], p.finding, self.say) for p in places}

    @cached_property
    def sheet(self) -> Sheet:
        """Its sentences and cards."""
        edits = {
            sentence: Wording(edit.text, verdicts.corrected(edit, self.say))
            for (owner, sentence), edit in self.now.state.edits.items()
            if owner == self.name
        }
        return self.desk.sheets.sheet(self.number, self.wanted, Standing(self.judged, edits), self.say)

    @property
    def name(self) -> str:
        """The article's id."""
        return self.desk.report.articles[self.number].pair.id

    @property
    def cards(self) -> list[Card]:
        """All cards on the page."""
        return [*self.sheet.wide, *(c for r in self.sheet.rows for c in r.cards)]

    @property
    def undoable(self) -> int:
        """The event that the visitor's undo would take back; 0: none."""
        return self.now.state.undoable(self.visitor.editor)

    def page(self, *, clash: bool = False) -> str:
        """The whole page. `clash`: a form's decision came too late, which must be said."""
        say, wanted = self.say, self.wanted
        statuses = [("open", say.say("open")), ("accepted", say.say("accepted")), ("dismissed", say.say("dismissed"))]
        return render(
            "article.html.j2",
            self.visitor,
            sheet=self.sheet,
            filter=wanted,
            statuses=statuses,
            totals=self.now.tallies[self.number],
            onward=self.onward(),
            last=self.now.last,
            undo=self.undoable,
            clash=clash,
            page_link=lambda page: "?" + urlencode({**wanted.query(), "page": page}),
            data=self._data(),
        )

    def _data(self) -> dict[str, object]:
        """What the page's script must know."""
        return {
            "run": self.desk.run,
            "article": self.number + 1,
            "page": self.sheet.page,
            "query": urlencode(self.wanted.query()),
            "last": self.now.last,
            "undo": self.undoable,
            "keys": {key: k.act for k in keys.KEYS if not k.where for key in k.keys},
            "keysOn": self.visitor.keys_on,
            "every": POLL,
            "words": verdicts.script(self.say),
        }

    def onward(self) -> dict[str, str]:
        """Where to go when nothing on this page is open: the rest of the article, the next one, the downloads."""
        say, here = self.say, {c.place.key for c in self.cards}
        mine = self.desk.index.by_article[self.number]
        left = [p for p in mine if self.judged[p.key].status == "open" and p.key not in here]
        if left:
            return self._rest(left)
        after = next((n for n in worst_first(self.now) if n != self.number and self.now.tallies[n].open), None)
        if after is None:
            return {"href": "/export", "label": say.say("Downloads"), "text": say.say("Everything is decided.")}
        article = phrases.harmless(self.desk.report.articles[after].pair.id)
        label = say.say("Next: %(article)s", article=article)
        return {"href": f"/article/{after + 1}", "label": label, "text": say.say("This article is done.")}

    def _rest(self, left: Sequence[Place]) -> dict[str, str]:
        """On another page of the article; or, where the filter hides it, without one."""
        kept = {p.key for p in self.desk.sheets.kept(self.number, self.wanted, self.judged)}
        shown = [p for p in left if p.key in kept]
        wanted, place = (self.wanted, shown[0]) if shown else (Filter(), left[0])
        page = self.desk.sheets.page_of(self.number, place, wanted, self.judged)
        return {
            "href": f"/article/{self.number + 1}?{urlencode({**wanted.query(), 'page': page})}#f{place.key}",
            "label": self.say.say("Go on"),
            "text": self.say.count(
                "%(n)s more open finding in this article.", "%(n)s more open findings in this article.", len(left)
            ),
        }

    def snapshot(self, after: int = 0) -> dict[str, object]:
        """What an open page must show now. `after`: the event up to which it knows; 0: no news are told."""
        tally, say = self.now.tallies[self.number], self.say
        foreign = [e for e in self.now.events if e.id > after and e.editor != self.visitor.editor] if after else []
        return {
            "last": self.now.last,
            "undo": self.undoable,
            "findings": {
                c.place.key: [c.status, c.severity, phrases.harmless(c.comment), c.verdict] for c in self.cards
            },
            "sentences": self._sentences({e.id for e in foreign}),
            "open": tally.open,
            "total": tally.total,
            "progress": verdicts.progress(tally.open, tally.total, say),
            "title": say.say("%(open)s open", open=say.number(tally.open)),
            "onward": self.onward(),
            "news": verdicts.news(foreign, say),
        }

    def _sentences(self, foreign: set[int]) -> dict[str, object]:
        """The sentences that were ever reworded, as they stand. `fresh`: by somebody else, a moment ago."""
        edits = {e.id: e.sentence for e in self.now.events if e.article == self.name and e.action == "edit"}
        touched: dict[str, int] = {}
        for event in self.now.events:
            name = edits.get(event.id) or edits.get(event.undoes, "")
            touched[name] = event.id
        return {
            row.id: {
                "pieces": [[p.text, list(p.ids), p.found, p.labels] for p in row.target],
                "runs": [[run.text, run.kind] for run in row.edit.runs] if row.edit else [],
                "by": row.edit.by if row.edit else "",
                "raw": row.raw,
                "fresh": touched[row.id] in foreign,
            }
            for row in self.sheet.rows
            if row.id in touched
        }

    def answer(self, taken: Taken, wish: Wish) -> dict[str, object]:
        """What a page is told after a decision: that it is saved, or who was quicker; and what stands now."""
        if taken.event is None:
            return {
                **self.snapshot(),
                **verdicts.clash(taken, self.desk.french(self.now, taken.article, wish), self.say),
            }
        mine = {p.key for p in self.desk.index.by_article[self.number]}
        return {
            **self.snapshot(),
            "event": taken.event.id,
            "settled": len(taken.settled),
            "message": verdicts.done(wish, len(taken.settled), self.say),
            "focus": next((key for key in taken.settled if key in mine), ""),
        }
