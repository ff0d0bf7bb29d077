"""`mtqc plant`: errors of known kinds and places put into good translations, to measure what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli.common import SourceLangOption, TargetLangOption, warn, write
from mtqc.cli.options import PAIRS
from mtqc.errors import NOT_JUDGED, InputError, MtqcError, UsageError

if TYPE_CHECKING:
    from mtqc.plant import Kind, Planted


def plant(
    source: Annotated[Path | None, typer.Argument(help=f"Original: a file, a folder, or {PAIRS}.")] = None,
    target: Annotated[Path | None, typer.Argument(help="Good translation: a file or a folder.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="New folder for the planted articles, each with its gold.jsonl."),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kinds", "-k", help="Only these kinds, by name or its beginning; commas or repeated."),
    ] = None,
    rate: Annotated[float, typer.Option("--rate", min=0.0, max=1.0, help="Share of sentences with an error.")] = 0.3,
    seed: Annotated[int, typer.Option("--seed", help="Another seed plants other errors in other places.")] = 0,
    source_lang: SourceLangOption = None,
    target_lang: TargetLangOption = None,
    show: Annotated[
        bool, typer.Option("--list", help="List the kinds of errors and the rules that should find them.")
    ] = False,
) -> None:
    """Put errors of known kinds into good translations and write down where they are."""
    from mtqc.config import check_direction

    langs = source_lang or "en", target_lang or "fr"
    check_direction(langs)
    chosen = _kinds(kinds or [])
    if show:
        for kind in chosen:
            typer.echo(f"{kind.name:24}  {kind.severity.label:8}  {kind.category.value:38}  {kind.summary}")
        return
    if source is None or output is None:
        raise UsageError("plant needs a pair of texts and --output.", hint="mtqc plant en.txt fr.txt --output planted/")
    if output.is_file() or (output.is_dir() and any(output.iterdir())):
        raise UsageError(f"--output {output}: something is there already.", hint="Give it a new or an empty folder.")
    done, unread = _run((source, target), langs, chosen, rate, seed)
    for planted in done:
        _write(planted, output)
    typer.echo(_summary(done, chosen, output))
    if unread:
        raise typer.Exit(NOT_JUDGED)


def _run(
    paths: tuple[Path, Path | None], langs: tuple[str, str], chosen: Sequence[Kind], rate: float, seed: int
) -> tuple[list[Planted], list[tuple[str, MtqcError]]]:
    from mtqc.plant import plant as plant_in
    from mtqc.source import read_pairs

    done: list[Planted] = []
    unread: list[tuple[str, MtqcError]] = []
    counts: Counter[str] = Counter()
    for entry in read_pairs(*paths, langs):
        if isinstance(entry, tuple):
            unread.append(entry)
            continue
        for text in entry.warnings:
            warn(text)
        done.append(plant_in(entry, chosen, rate, seed, counts))
    if not done:
        raise unread[0][1]
    for name, error in unread:
        warn(f"{name}: {error}")
    if not counts:
        hint = "Give a higher --rate, other --kinds, or longer texts; `mtqc plant --list` shows the kinds."
        raise InputError("No sentence of these texts takes an error of these kinds.", hint=hint)
    return done, unread


def _kinds(wanted: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds whose name is, or begins with, one of `wanted`; all where it is empty. Raises UsageError."""
    import difflib

    from mtqc.plant import KINDS

    names = [part.strip() for text in wanted for part in text.split(",") if part.strip()]
    for name in names:
        if not any(k.name.startswith(name) for k in KINDS):
            near = difflib.get_close_matches(name, [k.name for k in KINDS], n=1)
            hint = f"Did you mean {near[0]}?" if near else "`mtqc plant --list` shows them all."
            raise UsageError(f"--kinds {name}: no such kind of error.", hint=hint)
    exact = {k.name for k in KINDS}.intersection(names)
    beginnings = tuple(n for n in names if n not in exact)
    return tuple(k for k in KINDS if not names or k.name in exact or (beginnings and k.name.startswith(beginnings)))


def _write(planted: Planted, output: Path) -> None:
    from mtqc.plant import gold_lines

    pair = planted.pair
    parts = [p for p in PurePosixPath(pair.id).parts if p not in {"/", "..", "."}]
    folder = output.joinpath(*parts) if parts else output / "article"
    write(folder / f"source.{pair.source.lang}.txt", pair.source.text)
    write(folder / f"target.{pair.target.lang}.txt", pair.target.text)
    write(folder / "gold.jsonl", gold_lines(planted))


def _summary(done: Sequence[Planted], chosen: Iterable[Kind], output: Path) -> str:
    found = Counter(e.kind.name for p in done for e in p.errors)
    sentences = sum(p.sentences for p in done)
    lines = [f"{found[k.name]:6}  {k.name}" for k in chosen]
    total = f"{found.total()} errors in {sentences} sentences of {len(done)} article{'s' * (len(done) > 1)}"
    return "\n".join([*lines, f"{total}, written to {output}"])
