"""A small plot of an article: a bar a sentence along the text, the higher and darker the worse. Inline SVG."""

from __future__ import annotations

from dataclasses import dataclass

from mtqc.model import ArticleReport, NotMeasured, SentenceReport, Severity

HEIGHT = 20
BARS = 160
"""At most; of a longer text each stands for several sentences, and shows the worst of them."""
LEAST = {Severity.CRITICAL: 20, Severity.MAJOR: 14, Severity.MINOR: 9, Severity.NEUTRAL: 4}
"""Height of a sentence with such a finding, however high its quality: the plot is readable without colour."""


@dataclass(frozen=True, slots=True)
class Plot:
    """`paths`: (name of a severity, or "none" for sentences without findings; path data) from the mildest."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]


def along_the_text(article: ArticleReport) -> Plot:
    """Each sentence's bar: as high as its quality falls short of 100, and as its worst finding asks for."""
    bars = [_bar(s) for s in article.sentences]
    step = max(1, -(-len(bars) // BARS))
    drawn = [max(bars[i : i + step], key=_rank) for i in range(0, len(bars), step)]
    paths: dict[Severity | None, list[str]] = {}
    for at, (severity, height) in enumerate(drawn):
        if height:
            paths.setdefault(severity, []).append(f"M{at} {HEIGHT}v-{height}h.8v{height}z")
    ordered = sorted(paths.items(), key=lambda item: -1 if item[0] is None else item[0])
    return Plot(
        width=max(1, len(drawn)),
        height=HEIGHT,
        paths=tuple(("none" if s is None else s.label, "".join(parts)) for s, parts in ordered),
    )


def _bar(sentence: SentenceReport) -> tuple[Severity | None, int]:
    worst = max((f.severity for f in sentence.findings), default=None)
    short = 0 if isinstance(sentence.quality, NotMeasured) else round(HEIGHT * (100 - sentence.quality) / 100)
    return worst, max(short, 0 if worst is None else LEAST[worst])


def _rank(bar: tuple[Severity | None, int]) -> tuple[int, int]:
    return (-1 if bar[0] is None else bar[0], bar[1])
