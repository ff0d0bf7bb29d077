"""`mtqc eval`: the findings against errors that somebody marked, or that `mtqc plant` planted."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli.check import run
from mtqc.cli.common import (
    BeamOption,
    ConfigOption,
    DeviceOption,
    EngineOption,
    ForwardModelOption,
    ModelOption,
    NoCacheOption,
    Options,
    SourceLangOption,
    TargetLangOption,
    ThreadsOption,
    models,
    settings,
    warn,
    write,
)
from mtqc.errors import NOT_JUDGED, InputError, UsageError

if TYPE_CHECKING:
    from mtqc.evaluate import Output


def evaluate(
    what: Annotated[
        Path,
        typer.Argument(help="A JSON report of `mtqc check`, or what `mtqc check` takes: a folder, a file of pairs."),
    ],
    gold: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Gold files, one an article, or a folder of them (default: those beside the translations)."
        ),
    ] = None,
    target: Annotated[Path | None, typer.Option("--target", help="The translation, where WHAT is an original.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of printing.")] = None,
    show: Annotated[
        bool, typer.Option("--list", help="List what was missed, and serious findings that are wrong.")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only rules with this code prefix or name.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="No rules with this code prefix or name.")
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Run only the checks that need no model.")] = False,
    source_lang: SourceLangOption = None,
    target_lang: TargetLangOption = None,
    config: ConfigOption = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    forward_model: ForwardModelOption = None,
    beam: BeamOption = None,
    threads: ThreadsOption = None,
    device: DeviceOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Measure findings against marked errors: precision, recall, how well `quality` ranks, each rule's share right."""
    if form not in {"text", "json"}:
        raise UsageError(f"--format {form}: no such format.", hint="Known: text, json.")
    rules = tuple(select or ()), tuple(ignore or ())
    options = Options(config, engine, model, forward_model, beam, threads, device, no_cache, *rules)
    options = replace(options, source_lang=source_lang, target_lang=target_lang)
    outputs, signature, complete = _outputs(what, target, options, no_model)
    files = _gold(outputs, gold or [])
    _deliver(_figures(outputs, files, signature, form, show), output)
    if not complete or len(files) < len(outputs):
        raise typer.Exit(NOT_JUDGED)


def _outputs(what: Path, target: Path | None, options: Options, no_model: bool) -> tuple[list[Output], str, bool]:
    """The articles' findings, read or made; the signature; whether everything was judged."""
    from mtqc.evaluate import output, read_report

    if what.suffix.lower() == ".json":
        if target is not None:
            raise UsageError(f"--target: {what} is a report and needs none.", hint="Leave it out.")
        return (*read_report(what), True)
    from mtqc.report.json_writer import as_dict

    chosen = settings(options)
    report = run(what, target, chosen, None if no_model else models(chosen))
    return [output(a) for a in as_dict(report)["articles"]], report.signature, report.complete


def _gold(outputs: list[Output], given: list[Path]) -> dict[str, Path]:
    """Gold file by article. Raises UsageError or InputError where there is none, or not one for each."""
    if len(given) == 1 and given[0].is_dir():
        found = {o.id: path for o in outputs if (path := _in_folder(given[0], o.id, alone=len(outputs) == 1))}
    elif given:
        if len(given) != len(outputs):
            hint = (
                f"Give one for each, in the order of the report ({', '.join(o.id for o in outputs[:5])}), or a folder."
            )
            raise UsageError(f"{len(outputs)} articles, but {len(given)} gold files.", hint=hint)
        found = {o.id: path for o, path in zip(outputs, given, strict=True)}
    else:
        found = _beside(outputs)
    if not found:
        hint = "Name them: mtqc eval REPORT.json gold.jsonl. corpora/README.md of mtqc says what they hold."
        raise InputError("No gold file was found.", hint=hint)
    for o in outputs:
        if o.id not in found:
            warn(f"{o.id}: no gold file; left out.")
    return found


def _in_folder(folder: Path, name: str, alone: bool) -> Path | None:
    from mtqc.evaluate.gold import FILE

    places = [folder / name / FILE, folder / f"{name}.{FILE}", *([folder / FILE] if alone else [])]
    return next((p for p in places if p.is_file()), None)


def _beside(outputs: list[Output]) -> dict[str, Path]:
    """Beside each translation; not where several articles come from one file."""
    from mtqc.evaluate import find_gold

    paths = Counter(o.target_path for o in outputs)
    return {o.id: p for o in outputs if paths[o.target_path] == 1 and (p := find_gold(o.target_path))}


def _figures(outputs: list[Output], files: dict[str, Path], signature: str, form: str, show: bool) -> str:
    from mtqc.evaluate import figures, judge, read_gold
    from mtqc.evaluate.writing import as_dict, as_text, misses

    judged = [o for o in outputs if o.id in files]
    lines = []
    for o in judged:
        gold = read_gold(files[o.id])
        lost = [e for e in gold if e.text and not e.placed(o.lines.get(e.line, "")).spans]
        for e in lost:
            warn(f"{files[o.id]}: “{e.text}” does not stand on line {e.line} of the translation.")
        lines += judge(o, gold)
    found = figures(lines, sum(len(text) for o in judged for text in o.lines.values()))
    if form == "json":
        extra = {"misses": list(misses(lines))} if show else {}
        return json.dumps(as_dict(found, len(judged), signature) | extra, ensure_ascii=False, indent=1) + "\n"
    listed = "".join(f"{x}\n" for x in misses(lines)) + "\n" if show else ""
    return f"{listed}{as_text(found, len(judged))}\nsignature {signature}\n"


def _deliver(text: str, path: Path | None) -> None:
    if path is None or str(path) == "-":
        typer.echo(text, nl=False)
    else:
        write(path, text)
