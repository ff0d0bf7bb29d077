"""How a report looks on the screen: its width, and whether in colour."""

from __future__ import annotations

import sys

import pytest

from mtqc.cli.showing import on_screen
from mtqc.report.view import View


@pytest.mark.parametrize(
    ("terminal", "no_color", "colour"), [(True, "", True), (True, "1", False), (False, "", False), (False, "1", False)]
)
def test_colour_is_for_terminals_and_no_color_is_heeded(monkeypatch, terminal, no_color, colour):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert on_screen(View()).color is colour


def test_it_is_as_wide_as_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "57")
    assert on_screen(View()).width == 57
