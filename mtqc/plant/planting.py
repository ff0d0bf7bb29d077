"""Planting errors into the translation of a good pair: which sentences, which kinds, and the spans that come out."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mtqc.align.sentences import align, is_sure
from mtqc.model import ArticlePair, Bead, NotMeasured, Span
from mtqc.plant.kinds import KINDS
from mtqc.plant.model import Edit, Kind, Planted, PlantedError, Scene
from mtqc.text.boilerplate import mark_boilerplate
from mtqc.text.sentences import split

NO_MODEL = NotMeasured("no translation model was run")
_BLANKS = " \t\u00a0\u202f"
_BREAKS = "\n\r"


@dataclass(frozen=True, slots=True)
class _Choice:
    """An edit, its kind and its bead; `start` and `end` count in the translation as it was."""

    kind: Kind
    edit: Edit
    bead: Bead
    start: int
    end: int


def plant(
    pair: ArticlePair,
    kinds: Sequence[Kind] = KINDS,
    rate: float = 0.3,
    seed: int = 0,
    counts: Counter[str] | None = None,
) -> Planted:
    """A copy of a good pair with errors in about a share `rate` (0 to 1) of the sentences, one a sentence at most.

    Same pair, kinds, rate, seed and counts: same errors. Of the kinds that a sentence allows, the one planted least so
    far is taken; `counts` (planted so far, by name) carries that over from article to article and is updated. Of a web
    page, the planted translation is plain text.
    """
    counts = Counter() if counts is None else counts
    kinds = [k for k in kinds if pair.target.lang in k.languages]
    beads = sentence_pairs(pair)
    choices: list[_Choice] = []
    used: set[int] = set()
    for number, bead in enumerate(beads):
        rng = _random(seed, pair, bead)
        if rng.random() >= rate or bead.index in used:
            continue
        choice = _choose(_scene(pair, beads, number, used), kinds, counts, rng)
        if choice is not None:
            choices.append(choice)
            counts[choice.kind.name] += 1
            used.update(_taken(beads, number, choice.edit))
    return _applied(pair, choices, len(beads))


def sentence_pairs(pair: ArticlePair) -> list[Bead]:
    """Pairs of one sentence each, surely aligned and no boilerplate: where errors may be planted."""
    source = mark_boilerplate(split(pair.source.text, "source", pair.source.lang), pair.source.blocks)
    target = mark_boilerplate(split(pair.target.text, "target", pair.target.lang), pair.target.blocks)
    beads = align(source, target, [NO_MODEL] * len(target), pair)
    return [b for b in beads if b.kind == "1-1" and not b.is_boilerplate and is_sure(b)]


def scenes(pair: ArticlePair) -> list[Scene]:
    """What the kinds see of each pair of sentences, none of which has an error yet."""
    beads = sentence_pairs(pair)
    return [_scene(pair, beads, number, set()) for number in range(len(beads))]


def edits(kind: Kind, scene: Scene, rng: random.Random) -> list[Edit]:
    """Every place where `kind` can be planted: inside the sentence, and changing it."""
    return [e for e in kind.find(scene, rng) if _is_real(e, scene)]


def _is_real(edit: Edit, scene: Scene) -> bool:
    text = scene.target + (scene.after if edit.takes_next else "")
    return 0 <= edit.start <= edit.end <= len(text) and text[edit.start : edit.end] != edit.text


def _random(seed: int, pair: ArticlePair, bead: Bead) -> random.Random:
    text = f"{seed}\n{pair.id}\n{bead.index}\n{bead.target_text}"
    return random.Random(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _scene(pair: ArticlePair, beads: Sequence[Bead], number: int, used: set[int]) -> Scene:
    bead = beads[number]
    following = beads[number + 1] if number + 1 < len(beads) else None
    free = following is not None and following.index == bead.index + 1 and following.index not in used
    after = pair.target.text[_end(bead) : _end(following)] if following is not None and free else ""
    return Scene(
        bead.source_text,
        bead.target_text,
        pair.target.lang,
        after,
        following if free else None,
        tuple(beads[:number]),
        tuple(beads[number + 1 :]),
        bead,
    )


def _end(bead: Bead) -> int:
    return bead.target_start + len(bead.target_text)


def _choose(scene: Scene, kinds: Sequence[Kind], counts: Counter[str], rng: random.Random) -> _Choice | None:
    order = list(kinds)
    rng.shuffle(order)
    order.sort(key=lambda k: counts[k.name])
    for kind in order:
        possible = edits(kind, scene, rng)
        if possible:
            edit = rng.choice(possible)
            assert scene.bead is not None
            start = scene.bead.target_start
            return _Choice(kind, edit, scene.bead, start + edit.start, start + edit.end)
    return None


def _taken(beads: Sequence[Bead], number: int, edit: Edit) -> list[int]:
    return [b.index for b in beads[number : number + 1 + edit.takes_next]]


def _applied(pair: ArticlePair, choices: Sequence[_Choice], sentences: int) -> Planted:
    """The pair with all edits made, in one pass from left to right; `shift` is how far the text has moved so far."""
    old, pieces, at, shift = pair.target.text, list[str](), 0, 0
    errors = []
    for choice in choices:
        start, end, text = _outer(pair, choice)
        pieces += [old[at:start], text]
        errors.append(_error(choice, Span(start, end), text, old[start:end], shift))
        at, shift = end, shift + len(text) - (end - start)
    new = "".join([*pieces, old[at:]])
    digest = hashlib.sha256(new.encode("utf-8", "surrogatepass")).hexdigest()
    target = replace(pair.target, text=new, sha256=digest, blocks=(), markup=())
    found = tuple(replace(e, text=new[e.span.start : e.span.end]) for e in errors)
    segments = tuple((s, _moved(t, pair, choices)) for s, t in pair.segments)
    return Planted(replace(pair, target=target, segments=segments), found, pair, sentences)


def _outer(pair: ArticlePair, choice: _Choice) -> tuple[int, int, str]:
    """What is replaced: of a sentence that is gone, the space beside it as well; its line too, where rows are free."""
    text, start, end = pair.target.text, choice.start, choice.end
    if choice.edit.text or (start, end) != (choice.bead.target_start, _end(choice.bead)):
        return start, end, choice.edit.text
    while text[end : end + 1] and text[end] in _BLANKS:
        end += 1
    opens, closes = start == 0 or text[start - 1] in _BREAKS, end == len(text) or text[end] in _BREAKS
    if opens and closes and not pair.segments and end < len(text):
        end += 2 if text[end : end + 2] == "\r\n" else 1
    elif opens and closes and not pair.segments and start:
        start -= 2 if text[start - 2 : start] == "\r\n" else 1
    while closes and start and text[start - 1] in _BLANKS:
        start -= 1
    return start, end, ""


def _moved(span: Span, pair: ArticlePair, choices: Sequence[_Choice]) -> Span:
    start, end = (
        _new_offset(at, pair, choices, is_end=is_end) for at, is_end in ((span.start, False), (span.end, True))
    )
    return Span(start, max(start, end))


def _new_offset(at: int, pair: ArticlePair, choices: Sequence[_Choice], *, is_end: bool) -> int:
    """Where the border of a row stands after planting; of rows whose sentences were swapped, at the line break."""
    shift = 0
    for choice in choices:
        a, b, text = _outer(pair, choice)
        if b < at or (b == at and (is_end or a < at)):
            shift += len(text) - (b - a)
        elif a < at < b:
            breaks = [i for i, c in enumerate(text) if c == "\n"]
            return a + shift + breaks[pair.target.text.count("\n", a, at) - (not is_end)] + (not is_end)
    return at + shift


def _error(choice: _Choice, outer: Span, text: str, original: str, shift: int) -> PlantedError:
    edit, bead = choice.edit, choice.bead
    place = outer.start + shift
    start, end = min(bead.target_start + shift, place), _end(bead) + shift + len(text) - len(outer)
    sentence = Span(start, max(place + len(text), end))
    return PlantedError(
        kind=choice.kind,
        span=edit.marked.shift(place),
        text="",
        edited=Span(place, place + len(text)),
        original=original,
        source_text=edit.source or bead.source_text,
        severity=choice.kind.severity if edit.severity is None else edit.severity,
        sentence=sentence,
        bead=bead.index,
        note=edit.note or choice.kind.summary,
    )


def sentence_of(error: PlantedError, planted: Planted) -> str:
    """The sentence with the error in it."""
    return planted.pair.target.text[error.sentence.start : error.sentence.end]
