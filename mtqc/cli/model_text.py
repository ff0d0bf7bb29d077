"""What `mtqc model` prints."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mtqc.translate.library import Entry
    from mtqc.translate.pinned import Comparison, Row

WIDTH = 80
_LABEL = 12
_UNKNOWN = "not known"


def as_json(found: Sequence[Entry]) -> str:
    """One object: the cache folder, and the models with everything that the text shows."""
    from mtqc.translate import library

    return json.dumps(
        {"cache": str(library.cache_dir()), "models": [_fields(e) for e in found]}, ensure_ascii=False, indent=1
    )


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "direction": entry.direction,
        "kind": entry.kind,
        "revision": entry.revision,
        "signature": entry.label,
        "bytes": entry.bytes,
        "licence": entry.licence,
        "figures": list(entry.figures),
        "origin": entry.origin,
        "folder": str(entry.folder),
    }


def as_text(found: Sequence[Entry]) -> str:
    """A block for each model, a blank line between."""
    return "\n\n".join(block(e) for e in found)


def block(entry: Entry) -> str:
    """Name, direction and kind, then a line for each fact. Paths are never broken: they are there to be copied."""
    lines = [f"{entry.name}  {entry.direction or 'direction not known'}  {entry.kind}"]
    lines += _fact("signature", entry.label if entry.revision else _UNKNOWN)
    lines += _fact("size", f"{entry.bytes / 1e6:.1f} MB")
    lines += _fact("licence", entry.licence or _UNKNOWN)
    for i, figures in enumerate(entry.figures or [{}]):
        lines += _fact("" if i else "figures", _figures(figures))
    if entry.origin:
        lines.append(f"  {'from':{_LABEL}}{entry.origin}")
    lines.append(f"  {'folder':{_LABEL}}{entry.folder}")
    return "\n".join(lines)


def _figures(figures: Mapping[str, Any]) -> str:
    if not figures:
        return "none measured"
    return f"BLEU {figures['bleu']:.1f}, chrF++ {figures['chrf']:.1f} on {figures['set']}"


def _fact(label: str, text: str) -> list[str]:
    indent = " " * (2 + _LABEL)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"  {label:{_LABEL}}",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def comparison(label: str, direction: str, compared: Comparison) -> str:
    """What was compared, where hypotheses differ, and the verdict."""
    return "\n".join(_comparison(label, direction, compared))


def _comparison(label: str, direction: str, compared: Comparison) -> Iterator[str]:
    from mtqc.translate import pinned

    same = len(compared.pinned) - len(compared.differing)
    chrf = "" if compared.chrf is None else f", chrF++ {compared.chrf:.1f} (at least {pinned.LEAST_CHRF:.1f})"
    yield f"{label}  {direction}  {'FAILED' if compared.faults else 'passed'}"
    yield from _fact("pinned with", compared.pinned[0].signature)
    if compared.now[0].signature != compared.pinned[0].signature:
        yield from _fact("run with", compared.now[0].signature)
    yield from _fact("hypotheses", f"{same} of {len(compared.pinned)} as pinned{chrf}")
    yield from _fact(
        "scores", f"off by at most {compared.farthest:.2f} of the tolerance of {pinned.TOLERANCE} nats a piece"
    )
    for fault in compared.faults:
        yield from _fact("failed", fault)
    for before, now in compared.differing:
        yield ""
        yield from _fact("source", before.source)
        yield from _fact("pinned", _hypothesis(before))
        yield from _fact("now", _hypothesis(now))


def _hypothesis(row: Row) -> str:
    return "(given up)" if row.hypothesis is None else row.hypothesis or "(empty)"
