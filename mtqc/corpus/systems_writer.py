"""What `mtqc compare` prints: text, Markdown, or JSON in the layout mtqc-compare/1."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mtqc.corpus.systems import Comparison, differs
from mtqc.model import NotMeasured
from mtqc.report.phrases import harmless
from mtqc.signals import Paired

SCHEMA = "mtqc-compare/1"
LISTED = 10
"""Rules, and articles at either end, that text and Markdown list; JSON has them all."""
Line = Sequence[str]


def text(c: Comparison) -> str:
    """For a terminal."""
    lines = [_title(c), *_notes(c), "", *_aligned(_figures(c)), "", *_verdicts(c), "", *_aligned(_rules(c))]
    return harmless("\n".join([*lines, "", *_aligned(_articles(c)), "", *_origin(c)])) + "\n"


def markdown(c: Comparison) -> str:
    """For a pull request or a report."""
    lines = [f"## {_title(c)}", "", *_bulleted(_notes(c)), *_piped(_figures(c)), "", *_bulleted(_verdicts(c))]
    return harmless("\n".join([*lines, *_piped(_rules(c)), "", *_piped(_articles(c)), "", *_bulleted(_origin(c))]))


def as_json(c: Comparison) -> str:
    """Everything, for programs."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "systems": list(c.names),
        "signature": c.signature,
        "complete": c.complete,
        "paired": {"articles": c.articles, "words": c.words, "sentences": c.sentences[0]},
        "not_paired": {
            "only_first": list(c.unpaired.only_first),
            "only_second": list(c.unpaired.only_second),
            "other_original": list(c.unpaired.other_original),
            "incomplete": list(c.unpaired.incomplete),
            "wordless": list(c.unpaired.wordless),
            "sentences_only_first": c.sentences[1],
            "sentences_only_second": c.sentences[2],
        },
        "quality": list(c.quality),
        "mqm_per_1000_words": list(c.mqm),
        "findings": {s.label: list(n) for s, n in c.severities.items()},
        "tests": {
            "mqm_per_1000_words": _test(c.penalty),
            "back_translation_chrf": {**_test(c.chrf), "articles": c.chrf_articles},
        },
        "rules": [{"code": r.code, "name": r.name, "findings": [r.first, r.second]} for r in c.rules],
        "articles": [{"id": name, "mqm_difference": difference} for name, difference in c.by_article],
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Comparison], str]] = {"text": text, "markdown": markdown, "json": as_json}


def _test(paired: Paired | NotMeasured) -> dict[str, Any]:
    if isinstance(paired, NotMeasured):
        return {"not_tested": paired.reason}
    return {
        "first": paired.first,
        "second": paired.second,
        "difference": paired.difference,
        "interval": list(paired.interval),
        "p": paired.p,
        "differs": differs(paired),
        "signature": paired.signature,
    }


def _title(c: Comparison) -> str:
    return f"{c.names[0]} and {c.names[1]}: {_number(c.articles, 'article')}, {_number(c.words, 'word')}"


def _number(n: int, of: str) -> str:
    return f"{n:,} {of}" if n == 1 else f"{n:,} {of}s"


def _notes(c: Comparison) -> Iterator[str]:
    """What was left out of the comparison."""
    first, second = c.names
    both, *alone = c.sentences
    yield f"{_number(both, 'sentence')} paired, {alone[0]:,} only in {first}, {alone[1]:,} only in {second}"
    for why, ids in (
        (f"Only in {first}", c.unpaired.only_first),
        (f"Only in {second}", c.unpaired.only_second),
        ("With another original", c.unpaired.other_original),
        ("Not judged to the end, left out", c.unpaired.incomplete),
        ("Without words, left out", c.unpaired.wordless),
    ):
        if ids:
            more = f" and {len(ids) - LISTED:,} more" if len(ids) > LISTED else ""
            yield f"{why}: {_number(len(ids), 'article')} ({', '.join(ids[:LISTED])}{more})"


def _figures(c: Comparison) -> list[Line]:
    rows: list[Line] = [("", *c.names, "difference", "95 %", "p")]
    penalty = None if isinstance(c.penalty, NotMeasured) else c.penalty
    tested = _interval(penalty)
    rows.append(("quality", *_values(c.quality), *_of_quality(c.quality, penalty)))
    rows.append(("MQM penalty per 1,000 words", *_values(c.mqm), *tested))
    for severity, (one, two) in c.severities.items():
        rows.append((f"{severity.label} findings", f"{one:,}", f"{two:,}", f"{two - one:+,}", "", ""))
    if not isinstance(c.chrf, NotMeasured):
        rows.append(("chrF++ of back-translations", *_values((c.chrf.first, c.chrf.second)), *_interval(c.chrf)))
    return rows


def _of_quality(values: tuple[float, float], penalty: Paired | None) -> tuple[str, str]:
    """Quality is 100 less a tenth of the penalty, so that its interval is known too, where neither is at the bottom."""
    if penalty is None or min(values) <= 0:
        return "", ""
    low, high = penalty.interval
    return f"{-high / 10:+.1f} to {-low / 10:+.1f}", _p(penalty.p)


def _values(pair: tuple[float, float]) -> tuple[str, str, str]:
    return f"{pair[0]:.1f}", f"{pair[1]:.1f}", f"{pair[1] - pair[0]:+.1f}"


def _interval(paired: Paired | None) -> tuple[str, str]:
    if paired is None:
        return "", ""
    return f"{paired.interval[0]:+.1f} to {paired.interval[1]:+.1f}", _p(paired.p)


def _p(p: float) -> str:
    return "< .001" if p < 0.00101 else f"{p:.3f}".lstrip("0") if p < 1 else "1"


def _verdicts(c: Comparison) -> Iterator[str]:
    """What may be said of the difference, in words."""
    yield _verdict("MQM penalty", c.names, c.penalty, lower_is_better=True)
    yield _verdict("chrF++ of back-translations", c.names, c.chrf, lower_is_better=False)
    yield "A finding is a suspicion of mtqc, so that this compares what mtqc sees, not what a person would."


def _verdict(what: str, names: tuple[str, str], paired: Paired | NotMeasured, *, lower_is_better: bool) -> str:
    if isinstance(paired, NotMeasured):
        return f"{what}: not tested ({paired.reason})."
    if not differs(paired):
        return f"{what}: no difference that could not be chance (p = {_p(paired.p)}, 95 % {_interval(paired)[0]})."
    better = names[(paired.difference < 0) == lower_is_better]
    return f"{what}: {better} is better (p {_p(paired.p) if paired.p < 0.00101 else '= ' + _p(paired.p)})."


def _rules(c: Comparison) -> list[Line]:
    rows: list[Line] = [("rule", *c.names, "difference")]
    rows += [
        (f"{r.code} {r.name}", f"{r.first:,}", f"{r.second:,}", f"{r.second - r.first:+,}") for r in c.rules[:LISTED]
    ]
    return rows + ([(f"… and {len(c.rules) - LISTED:,} more rules", "", "", "")] if len(c.rules) > LISTED else [])


def _articles(c: Comparison) -> list[Line]:
    """Where the two differ most: half at one end, half at the other."""
    half = LISTED // 2
    ends = c.by_article if c.articles <= LISTED else (*c.by_article[:half], *c.by_article[-half:])
    return [("article", "difference of MQM penalty"), *((name, f"{d:+.1f}") for name, d in ends)]


def _origin(c: Comparison) -> Iterator[str]:
    yield f"mtqc signature: {c.signature}"
    tests = {"MQM": c.penalty, "chrF++": c.chrf}
    for name, paired in tests.items():
        if isinstance(paired, Paired):
            yield f"paired bootstrap over articles, {name}: {paired.signature}"


def _aligned(rows: Sequence[Line]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [f"{first:{widths[0]}}", *(f"{cell:>{w}}" for cell, w in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _piped(rows: Sequence[Line]) -> Iterator[str]:
    head, *body = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    yield f"| {head} |"
    yield f"| --- |{' ---: |' * (len(rows[0]) - 1)}"
    yield from (f"| {row} |" for row in body)


def _bulleted(lines: Iterator[str]) -> Iterator[str]:
    yield from (f"- {line}" for line in lines)
    yield ""
