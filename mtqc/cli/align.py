"""`mtqc align`: which sentences, and words, correspond."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtqc.cli.common import (
    ConfigOption,
    EngineOption,
    ModelOption,
    NoCacheOption,
    Options,
    SourceLangOption,
    TargetLangOption,
    models,
    progress,
    settings,
    warn,
)
from mtqc.errors import MtqcError, UsageError

if TYPE_CHECKING:
    from mtqc.align.links import Linkers, WordLinks
    from mtqc.model import Bead, Tokens
    from mtqc.pipeline import Models

Langs = tuple[str, str]


def align(
    source: Annotated[Path, typer.Argument(help="Original.")],
    target: Annotated[Path | None, typer.Argument(help="Its translation.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="text, tsv, jsonl or pharaoh.")] = "text",
    with_words: Annotated[bool, typer.Option("--words", help="Also the word links.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Align on length, numbers and names alone.")] = False,
    source_lang: SourceLangOption = None,
    target_lang: TargetLangOption = None,
    config: ConfigOption = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Print the aligned sentences: bead type, confidence, original, translation."""
    from mtqc.pipeline import align_sentences
    from mtqc.source import read_pairs

    if form not in LINES:
        raise UsageError(f"--format {form}: no such format.", hint=f"Known: {', '.join(LINES)}.")
    chosen = settings(
        Options(config, engine, model, no_cache=no_cache, source_lang=source_lang, target_lang=target_lang)
    )
    using = None if no_model else models(chosen)
    linkers = _linkers(using, chosen.source_lang) if with_words or form == "pharaoh" else None
    lines, told = LINES[form], Counter[str]()
    with progress("sentences") as step:
        for entry in read_pairs(source, target, chosen.langs):
            if isinstance(entry, tuple):
                error: MtqcError = entry[1]
                raise error
            beads, _ = align_sentences(entry, using, step)
            linked = _link(beads, linkers, chosen.source_lang) if linkers else {}
            told.update(f"{w.origin} alone ({w.missing})" for w in linked.values() if w.missing)
            for bead in beads:
                for line in lines(bead, linked.get(bead.index), chosen.langs):
                    typer.echo(line)
    for what, count in told.items() if using else ():
        warn(f"Word links of {count} sentence{'s' * (count > 1)} come from {what}.")


def _linkers(using: Models | None, source_lang: str) -> Linkers:
    from mtqc.align.links import Linkers
    from mtqc.model import NotMeasured

    if using is None:
        return Linkers()
    forward = using.forward if isinstance(using.forward, NotMeasured) else using.forward.linker
    return Linkers(using.backward.linker, forward) if source_lang == "en" else Linkers(forward, using.backward.linker)


def _link(beads: Iterable[Bead], linkers: Linkers, source_lang: str) -> dict[int, WordLinks]:
    """Word links by the index of the bead, of those with text on both sides."""
    from mtqc.align.links import link_words, tokens_of

    pairs = [b for b in beads if b.is_pair]
    sides = [(tokens_of(b.source_text), tokens_of(b.target_text)) for b in pairs]
    texts = sides if source_lang == "en" else [s[::-1] for s in sides]
    return {b.index: found for b, found in zip(pairs, link_words(texts, linkers), strict=True)}


def _text(bead: Bead, linked: WordLinks | None, langs: Langs) -> Iterator[str]:
    yield f"{bead.kind} {_sure(bead)}".rstrip() + (" (notice)" if bead.is_boilerplate else "")
    yield f"  {langs[0]}  {_line(bead.source_text) or '—'}"
    yield f"  {langs[1]}  {_line(bead.target_text) or '—'}"
    if linked and linked.links:
        yield f"  links ({linked.origin})  {_joined(linked, langs)}"


def _tsv(bead: Bead, linked: WordLinks | None, langs: Langs) -> Iterator[str]:
    cells = [bead.kind, _sure(bead), _line(bead.source_text), _line(bead.target_text)]
    yield "\t".join([*cells, _joined(linked, langs), linked.origin] if linked else cells)


def _jsonl(bead: Bead, linked: WordLinks | None, langs: Langs) -> Iterator[str]:
    sure = bead.confidence if isinstance(bead.confidence, float) else None
    row: dict[str, Any] = {"type": bead.kind, "confidence": sure}
    row |= {langs[0]: bead.source_text, langs[1]: bead.target_text}
    if linked:
        row["words"] = [
            {"en": _place(linked.english, k.source), "fr": _place(linked.french, k.target), "score": k.score}
            for k in linked.links
        ]
        row |= {"words_from": linked.origin, "words_missing": linked.missing}
    yield json.dumps(row, ensure_ascii=False)


def _pharaoh(_: Bead, linked: WordLinks | None, langs: Langs) -> Iterator[str]:
    """A blank inside a word (1 500) becomes “_”: the format separates words by blanks."""
    if linked:
        sides = [" ".join("_".join(t[i].split()) for i in range(len(t.spans))) for t in (linked.english, linked.french)]
        places = [(k.source, k.target) for k in linked.links]
        if langs[0] == "fr":
            sides, places = sides[::-1], sorted((j, i) for i, j in places)
        yield "\t".join([*sides, " ".join(f"{i}-{j}" for i, j in places)])


LINES: dict[str, Callable[[Bead, WordLinks | None, Langs], Iterator[str]]] = {
    "text": _text,
    "tsv": _tsv,
    "jsonl": _jsonl,
    "pharaoh": _pharaoh,
}


def _sure(bead: Bead) -> str:
    return f"{bead.confidence:.2f}" if isinstance(bead.confidence, float) else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _joined(linked: WordLinks, langs: Langs) -> str:
    return " ".join(f"{en}~{fr}" if langs[0] == "en" else f"{fr}~{en}" for en, fr in linked.texts)


def _place(tokens: Tokens, index: int) -> dict[str, Any]:
    span = tokens.spans[index]
    return {"text": tokens[index], "start": span.start, "end": span.end}
