"""Two kinds of plot as SVG, readable on light and dark pages: bars with intervals, and curves in the unit square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABEL, ROW, TOP = 760, 230, 22, 48
STYLE = """<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-size: 14px; font-weight: 600 }
.small { font-size: 11px; fill: #57606a }
.grid { stroke: #d0d7de; stroke-width: 1 }
.bar { fill: #4c8dd6 }
.whisker { stroke: #24292f; stroke-width: 1.2 }
.aim { stroke: #cf4a22; stroke-width: 2.5 }
.curve { fill: none; stroke-width: 2 }
.c0 { stroke: #1f77b4 } .c1 { stroke: #d9731a } .c2 { stroke: #2b8a3e } .c3 { stroke: #a040a0 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .small { fill: #9aa4af } .grid { stroke: #3d444d } .whisker { stroke: #e6edf3 } .aim { stroke: #ff8a5c }
.c0 { stroke: #6cb6ff } .c1 { stroke: #f0a35e } .c2 { stroke: #6bc46d } .c3 { stroke: #dc9bdc }
}
</style>"""


@dataclass(frozen=True)
class Bar:
    """A share with its 95 % interval; `aim` is drawn as a mark where there is one, `note` stands at the right."""

    label: str
    value: float
    low: float
    high: float
    note: str = ""
    aim: float = 0.0


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars from 0 to 1, one below the other."""
    height = TOP + ROW * len(rows) + 12
    parts = [text(10, 20, title, "title"), *(_grid(share, height) for share in (0.0, 0.25, 0.5, 0.75, 1.0))]
    for i, row in enumerate(rows):
        parts += _bar(row, TOP + ROW * i)
    return _svg(WIDTH, height, title, parts)


def _x(share: float) -> float:
    return LABEL + share * (WIDTH - LABEL - 110)


def _grid(share: float, height: float) -> str:
    line = f'<line class="grid" x1="{_x(share):.1f}" x2="{_x(share):.1f}" y1="{TOP - 4}" y2="{height - 8}"/>'
    return line + text(_x(share), TOP - 10, f"{100 * share:.0f} %", "small", "middle")


def _bar(row: Bar, y: float) -> list[str]:
    middle = y + ROW / 2
    parts = [
        text(LABEL - 8, middle + 4, row.label, anchor="end"),
        f'<rect class="bar" x="{_x(0):.1f}" y="{y + 4}" width="{_x(row.value) - _x(0):.1f}" height="{ROW - 8}"/>',
        f'<line class="whisker" x1="{_x(row.low):.1f}" x2="{_x(row.high):.1f}" y1="{middle}" y2="{middle}"/>',
        text(_x(1) + 8, middle + 4, row.note, "small"),
    ]
    if row.aim:
        parts.append(
            f'<line class="aim" x1="{_x(row.aim):.1f}" x2="{_x(row.aim):.1f}" y1="{y + 2}" y2="{y + ROW - 2}"/>'
        )
    return parts


def curves(title: str, axes: tuple[str, str], series: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> str:
    """Curves of (x, y) in [0, 1]², the diagonal drawn behind them; names stand at the right."""
    size, left, top = 320, 60, 40
    parts = [text(10, 20, title, "title"), _line(left, top + size, left + size, top, "grid")]
    for share in (0.0, 0.5, 1.0):
        parts.append(_line(left, top + size * (1 - share), left + size, top + size * (1 - share), "grid"))
        parts.append(_line(left + size * share, top, left + size * share, top + size, "grid"))
        parts.append(text(left - 8, top + size * (1 - share) + 4, f"{100 * share:.0f} %", "small", "end"))
        parts.append(text(left + size * share, top + size + 16, f"{100 * share:.0f} %", "small", "middle"))
    for i, (name, points) in enumerate(series):
        path = " ".join(f"{left + size * x:.1f},{top + size * (1 - y):.1f}" for x, y in points)
        parts.append(f'<polyline class="curve c{i}" points="{path}"/>')
        parts.append(_line(left + size + 24, top + 20 * i + 6, left + size + 48, top + 20 * i + 6, f"curve c{i}"))
        parts.append(text(left + size + 54, top + 20 * i + 10, name))
    parts += [text(left, top + size + 36, axes[0], "small"), text(10, 34, axes[1], "small")]
    return _svg(WIDTH, top + size + 48, title, parts)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    css = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{css}>{escape(words)}</text>'


def _svg(width: int, height: float, title: str, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" role="img">'
    return "\n".join([head, f"<title>{escape(title)}</title>", STYLE, *parts, "</svg>"]) + "\n"
