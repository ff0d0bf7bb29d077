"""`mtqc back-translate`: one line in the originals' language for each line in the translations'."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from mtqc.cli.common import (
    BeamOption,
    ConfigOption,
    DeviceOption,
    EngineOption,
    ModelOption,
    NoCacheOption,
    Options,
    SourceLangOption,
    TargetLangOption,
    ThreadsOption,
    models,
    progress,
    settings,
    warn,
)
from mtqc.errors import NOT_JUDGED, InputError

if TYPE_CHECKING:
    from mtqc.model import NotMeasured
    from mtqc.translate.base import Translator

LINES_AT_ONCE = 1024


def back_translate(
    file: Annotated[
        Path | None, typer.Argument(help="Text to translate, UTF-8; standard input if absent or -.")
    ] = None,
    source_lang: SourceLangOption = None,
    target_lang: TargetLangOption = None,
    config: ConfigOption = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    beam: BeamOption = None,
    threads: ThreadsOption = None,
    device: DeviceOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Translate into the originals' language (French into English), one line of output for each line of input.

    A line that cannot be translated gives an empty line, a warning that names it, and exit code 3.
    """
    options = Options(config, engine, model, beam=beam, threads=threads, device=device, no_cache=no_cache)
    chosen = settings(replace(options, source_lang=source_lang, target_lang=target_lang))
    translator = models(chosen).backward.translator
    failed = 0
    with progress("lines") as step:
        for number, (text, hypothesis) in enumerate(_translated(_lines(file), translator, chosen.target_lang), start=1):
            if isinstance(hypothesis, str):
                sys.stdout.write(hypothesis + "\n")
            else:
                failed += 1
                sys.stdout.write("\n")
                warn(f"line {number} was not translated: {hypothesis.reason} ({text[:60]!r})")
            if step:
                step(1)
    sys.stdout.flush()
    if failed:
        raise typer.Exit(NOT_JUDGED)


def _lines(file: Path | None) -> Iterator[str]:
    if file is None or str(file) == "-":
        yield from _decoded(sys.stdin.buffer, "standard input")
        return
    try:
        with file.open("rb") as stream:
            yield from _decoded(stream, str(file))
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}).", hint="Give a text file.") from error


def _decoded(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, raw in enumerate(stream, start=1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{name}, line {number}: not UTF-8.", hint="Convert it with iconv -t utf-8.") from error
        yield text.rstrip("\r\n")


def _translated(lines: Iterable[str], translator: Translator, lang: str) -> Iterator[tuple[str, str | NotMeasured]]:
    from mtqc.model import NotMeasured
    from mtqc.text.sentences import split

    rest = iter(lines)
    while block := list(islice(rest, LINES_AT_ONCE)):
        parts = [[s.text for s in split(line, "target", lang)] for line in block]
        hypotheses = iter(translator.translate([p for group in parts for p in group]))
        for line, group in zip(block, parts, strict=True):
            done = [next(hypotheses) for _ in group]
            void = [h for h in done if isinstance(h, NotMeasured)]
            yield line, void[0] if void else " ".join(h for h in done if isinstance(h, str))
