"""How good the findings are, against errors that somebody marked: gold files, judging line by line, figures."""

from __future__ import annotations

from mtqc.evaluate.figures import Figures, Interval, Rate, figures
from mtqc.evaluate.gold import GoldError, find_gold, parse_gold, read_gold
from mtqc.evaluate.judging import JudgedError, JudgedFinding, JudgedLine, judge
from mtqc.evaluate.reports import Mark, Output, output, read_report

__all__ = [
    "Figures",
    "GoldError",
    "Interval",
    "JudgedError",
    "JudgedFinding",
    "JudgedLine",
    "Mark",
    "Output",
    "Rate",
    "figures",
    "find_gold",
    "judge",
    "output",
    "parse_gold",
    "read_gold",
    "read_report",
]
