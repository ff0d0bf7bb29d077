"""A rule explained in a few lines, as a code host shows it beside a finding."""

from __future__ import annotations

from collections.abc import Iterator

from mtqc.report.phrases import harmless
from mtqc.rules import Example, Rule

LONGEST = 1024
"""Characters of a description that GitHub takes."""


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, cut at a word with an ellipsis where it is longer."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"


def plain(rule: Rule) -> str:
    """Why the rule is there and what it looks like, without markup."""
    examples = (f"{_said(e)}\n  {_flat(e.source)}\n  {_flat(e.target)}" for e in rule.examples)
    return "\n\n".join([rule.summary, rule.rationale, *examples])


def markdown(rule: Rule) -> str:
    """The same in Markdown: the examples that fire and those that stay silent, and where the facts come from."""
    return "\n".join(_lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield from (f"# {rule.code} {rule.name}", "", rule.summary, "", rule.rationale, "")
    yield from (f"MQM category `{rule.category}`, severity {rule.severity.label}.", "")
    for title, fires in (("Found", True), ("Not found", False)):
        yield from (f"## {title}", "")
        for example in (e for e in rule.examples if e.fires is fires):
            yield from (
                f"* {_said(example)}",
                f"  > {_flat(example.source)}",
                "  >",
                f"  > {_flat(example.target)}",
                "",
            )
    if rule.sources:
        yield f"Sources: {'; '.join(rule.sources)}."


def _said(example: Example) -> str:
    if example.marks:
        mark = f"Marked: “{_flat(example.marks)}”."
    else:
        mark = "Marked: a place where something is missing." if example.fires else "Nothing marked."
    return f"{mark} {example.note}".strip()


def _flat(text: str) -> str:
    return harmless(" ⏎ ".join(text.split("\n")))
