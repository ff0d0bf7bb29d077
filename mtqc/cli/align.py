"""`mtqc align`: which sentences, and words, correspond."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli.common import ConfigOption, EngineOption, ModelOption, NoCacheOption, Options, models, progress, settings
from mtqc.errors import MtqcError, UsageError

if TYPE_CHECKING:
    from mtqc.model import Bead

FORMATS = ("text", "tsv", "jsonl")


def align(
    source: Annotated[Path, typer.Argument(help="English original.")],
    target: Annotated[Path | None, typer.Argument(help="French translation.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="text, tsv or jsonl.")] = "text",
    with_words: Annotated[bool, typer.Option("--words", help="Also the word links found from spelling alone.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Align on length, numbers and names alone.")] = False,
    config: ConfigOption = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Print the aligned sentences: bead type, confidence, English, French."""
    from mtqc.pipeline import align_article
    from mtqc.source import read_pairs

    if form not in FORMATS:
        raise UsageError(f"--format {form}: no such format.", hint=f"Known: {', '.join(FORMATS)}.")
    chosen = settings(Options(config, engine, model, no_cache=no_cache))
    using = None if no_model else models(chosen)
    with progress("sentences") as step:
        for entry in read_pairs(source, target):
            if isinstance(entry, tuple):
                error: MtqcError = entry[1]
                raise error
            for bead in align_article(entry, using, step).beads:
                typer.echo("\n".join(_lines(bead, form, with_words)))


def _lines(bead: Bead, form: str, with_words: bool) -> Iterator[str]:
    sure = bead.confidence if isinstance(bead.confidence, float) else None
    links = _links(bead) if with_words else []
    en, fr = (" ".join(t.split()) for t in (bead.source_text, bead.target_text))
    if form == "jsonl":
        row = {"type": bead.kind, "confidence": sure, "en": bead.source_text, "fr": bead.target_text}
        yield json.dumps(row | ({"words": links} if with_words else {}), ensure_ascii=False)
        return
    score = "" if sure is None else f"{sure:.2f}"
    joined = " ".join(f"{a}~{b}" for a, b in links)
    if form == "tsv":
        yield "\t".join([bead.kind, score, en, fr, *([joined] if with_words else [])])
        return
    yield f"{bead.kind} {score}".rstrip() + (" (notice)" if bead.is_boilerplate else "")
    yield f"  en  {en or '—'}"
    yield f"  fr  {fr or '—'}"
    if joined:
        yield f"  links  {joined}"


def _links(bead: Bead) -> list[tuple[str, str]]:
    from mtqc.align.words import word_links
    from mtqc.text.tokens import words

    en, fr = words(bead.source_text), words(bead.target_text)
    return [(en[link.source].text, fr[link.target].text) for link in word_links(bead.source_text, bead.target_text)]
