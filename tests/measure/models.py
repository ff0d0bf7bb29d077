"""Measured quality of the shipped models, or of any checkpoint: BLEU, chrF++, what is kept, what fails, forced scores.

    python tests/measure/models.py                                        both shipped models → reports/models.md
    python tests/measure/models.py --parts engines                        only that part, the others stay; needs mtqc[torch]
    python tests/measure/models.py --parts curve --progress FILE --direction fr-en
    python tests/measure/models.py --model FOLDER --direction en-fr       a checkpoint, on screen; --output FILE to keep it

A report is renewed part by part. A part of another model than the one at hand is dropped, never left standing.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from data import ROOT, SHARED
from model_forced import Scores, usefulness
from model_kept import Kept, Share, kept
from model_outputs import FAULTS, SETS, Made, Side, faults, search, side
from model_statistics import block, blocks, curve, per_10000, read_progress, table
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from mtqc.errors import ModelError, MtqcError
from mtqc.text.name_data import Lang
from mtqc.translate import Engine, load_engine
from mtqc.translate.find import DIRECTIONS
from mtqc.translate.marian import Marian

REPORT = ROOT / "reports" / "models.md"
CUT_AT = 50
"""Where texts are cut for a checkpoint without a card: training/export_model.py's default."""
RESAMPLES = 500
TER_SET = "flores-dev"
ENGINES_GOAL = 0.5
"""chrF++ by which the two engines may differ on flores-dev."""
SETS_TOLD = (
    "Development halves of wmt12, wmt13 and FLORES-dev (`../shared/eval/mt_enfr.jsonl.gz`); of the last two without the "
    "first 200 lines, which trainers may have watched. fr-en translates the human French back into English, as the other "
    "systems did, whose stored outputs are measured on the same lines. Many lines of wmt12 and wmt13 were written in a "
    "third language: both sides are translations, and no system comes close to them."
)
_ALIKE = str.maketrans({"’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Subject:
    """A model in one direction, and what is measured on it."""

    engine: Engine
    direction: str
    wanted: Sequence[str] = ()
    lines: int = 0
    progress: Path | None = None
    is_shipped: bool = True

    @property
    def marian(self) -> Marian:
        """The translator, never behind a cache."""
        assert isinstance(self.engine.translator, Marian)
        return self.engine.translator

    @property
    def lang(self) -> Lang:
        """Language of the sources."""
        return "fr" if self.direction == "fr-en" else "en"

    @cached_property
    def sides(self) -> list[Side]:
        """All sets."""
        return [side(name, self.direction, self.lines) for name in SETS]

    @cached_property
    def made(self) -> list[Made]:
        """What the model makes of all sets."""
        return [self._translated(s) for s in self.sides]

    @cached_property
    def scores(self) -> Scores:
        """Forced scores, kept for when both directions are added up."""
        return Scores(self.engine.scorer, self.direction)

    def _translated(self, given: Side) -> Made:
        print(f"{self.direction}: {len(given.sources)} lines of {given.name}", file=sys.stderr, flush=True)
        return search(self.marian, given.sources)

    def systems(self) -> dict[str, list[list[str]]]:
        """Outputs by system and set: this model's, the human translations, then the stored ones."""
        found = {"this model": [m.texts for m in self.made], "human": [s.references for s in self.sides]}
        stored = [name for name in self.sides[0].others if all(name in s.others for s in self.sides)]
        return found | {name: [s.others[name] for s in self.sides] for name in stored}


def _bleu() -> BLEU:
    """Some WMT lines end in a period apart: `force` is no more than the consent to that."""
    return BLEU(force=True)


def alike(text: str) -> str:
    """Apostrophes, quotation marks and spaces of one make, none inside quotation marks: what BLEU should not count."""
    plain = text.translate(_ALIKE)
    return " ".join(plain.replace('" ', '"').replace(' "', '"').replace('"', ' " ').split())


def translation(subject: Subject) -> list[str]:
    """BLEU and chrF++ (and TER of one set) of this model and of the stored systems on the same lines."""
    lines: list[str] = []
    everything = subject.systems()
    for i, given in enumerate(subject.sides):
        body = [
            _figures(name, outputs[i], given.references, given.name)
            for name, outputs in everything.items()
            if name != "human"
        ]
        head = ["system", *_metrics(given.name), "BLEU, marks alike"]
        lines += [f"**{given.name}**, {len(given.sources)} lines.", "", *table(head, body), ""]
    return [*lines, *_signatures()]


def _figures(name: str, texts: list[str], references: list[str], where: str) -> list[str]:
    own = name == "this model"
    shown = []
    for metric in _metrics(where).values():
        if own and not isinstance(metric, TER):
            score = metric.corpus_score(texts, [references], n_bootstrap=RESAMPLES)
            shown.append(f"{score.score:.1f} ± {score._ci:.1f}")
        else:
            shown.append(f"{metric.corpus_score(texts, [references]).score:.1f}")
    plain = _bleu().corpus_score([alike(t) for t in texts], [[alike(r) for r in references]]).score
    print(f"  {where} {name}: {' '.join(shown)}", file=sys.stderr, flush=True)
    return [name, *shown, f"{plain:.1f}"]


def _metrics(where: str) -> dict[str, BLEU | CHRF | TER]:
    """TER on one set only: on a weak model's output it takes longer than all the rest together."""
    metrics: dict[str, BLEU | CHRF | TER] = {"BLEU": _bleu(), "chrF++": CHRF(word_order=2)}
    return metrics | {"TER": TER()} if where == TER_SET else metrics


def _signatures() -> list[str]:
    metrics = _metrics(TER_SET)
    for metric in metrics.values():
        metric.corpus_score(["a"], [["a"]])
    told = " ".join(f"`{name}|{metric.get_signature()}`" for name, metric in metrics.items())
    return [
        f"{told}. ±: 95 % over {RESAMPLES} bootstrap samples of lines. A translation given up counts as empty. "
        "Marks alike: typographic and plain apostrophes, quotation marks and spaces made the same on both sides."
    ]


def keeping(subject: Subject) -> list[str]:
    """Names, figures and paired marks, over all sets together."""
    body = []
    for name, outputs in subject.systems().items():
        total = Kept()
        for given, texts in zip(subject.sides, outputs, strict=True):
            total = total + kept(given.sources, given.references, texts, subject.lang)
        body.append([name, *(_share(getattr(total, f.name)) for f in fields(Kept))])
    head = ["system", "names", "rare names", "names the human kept", "numbers", "quotation marks", "brackets"]
    return [
        f"{sum(len(s.sources) for s in subject.sides)} lines of {', '.join(SETS)}.",
        "",
        *table(head, body),
        "",
        "Names: once a sentence, found as the checks find them, kept where they, their form in the other language or an "
        "inflection stand. Rare: not in mtqc's word table. Numbers: figures in digits, compared by value. Quotation "
        "marks and brackets: sentences whose source has them in pairs and whose translation has as many pairs. Human "
        "translators are freer than systems and may keep less; what even the best system lacks is the share that these "
        "tools misjudge.",
    ]


def _share(share: Share) -> str:
    return f"{share.percent:.1f}% of {share.total}" if share.total else "–"


def failing(subject: Subject) -> list[str]:
    """Hypotheses that may not be used, in 10,000 sentences, and the stored systems' by the same judgement."""
    first = [f for m in subject.made for f in m.first]
    final = [f for m in subject.made for f in m.final]
    rows = [("this model, first search", first), ("this model, after the second", final)]
    for name, outputs in subject.systems().items():
        if name != "this model":
            pairs = zip(subject.sides, outputs, strict=True)
            rows.append((name, [f for s, texts in pairs for f in faults(s.sources, texts)]))
    body = [[name, *(per_10000(sum(f == kind for f in found), len(found)) for kind in FAULTS)] for name, found in rows]
    head = ["system", "empty", "loops", "truncated", "too short or long", "too long a source"]
    return [
        f"In 10,000 sentences, with Wilson's 95 % bounds; measured on {len(first)}.",
        "",
        *table(head, body),
        "",
        "A sentence cut into parts counts once, with the first part that fails; a loop without end counts as a loop. What is left after the second search has "
        "no translation and is never scored. Whether a stored output was truncated cannot be told.",
    ]


def forced(subject: Subject) -> list[str]:
    """AUC of the whole-sentence forced score."""
    scored = "English given the French" if subject.direction == "fr-en" else "French given the English"
    return [
        f"Mean log-probability a piece of the {scored}, of a true pair against a false one.",
        "",
        *usefulness([subject.scores]),
        "",
        "AUC over all pairs thrown together, ± 95 % (Hanley and McNeil). “True one higher”: pair by pair. Mismatched: "
        "NTREX. DEMETR: a machine translation, and the same damaged.",
    ]


def _both(subjects: Sequence[Subject], known: Mapping[str, tuple[str, str]]) -> list[str]:
    """What the forced scores of both directions, added up, tell."""
    label = "+".join(s.engine.checkpoint.label for s in subjects)
    earlier, body = known.get("forced both", ("", ""))
    if all("forced" in s.wanted for s in subjects):
        body = "\n".join(usefulness([s.scores for s in subjects]))
    elif earlier != label:
        body = ""
    body = body or "Not measured for these models."
    command = "`python tests/measure/models.py --parts forced`"
    return ["## Both directions, forced scores added up", "", command, "", block("forced", "both", label, body), ""]


def engines(subject: Subject) -> list[str]:
    """CTranslate2 int8 against transformers float32 with the same search on flores-dev."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: its threads must not spin while others work
    given = side("flores-dev", subject.direction, subject.lines)
    folder = str(subject.engine.checkpoint.folder)
    other = load_engine(folder, "transformers", cache=False, device="cpu", direction=subject.direction)
    theirs = replace(_marian(other), checkpoint=subject.marian.checkpoint)
    both = [("CTranslate2 int8", subject.marian), ("transformers float32", theirs)]
    made = [search(marian, given.sources).texts for _, marian in both]
    chrf = [CHRF(word_order=2).corpus_score(texts, [given.references]).score for texts in made]
    bleu = [_bleu().corpus_score(texts, [given.references]).score for texts in made]
    same = sum(a == b for a, b in zip(*made, strict=True))
    body = [[name, f"{b:.2f}", f"{c:.2f}"] for (name, _), b, c in zip(both, bleu, chrf, strict=True)]
    apart = abs(chrf[0] - chrf[1])
    verdict = "reached" if apart < ENGINES_GOAL else "missed"
    return [
        f"{len(given.sources)} lines of flores-dev, beam {subject.marian.search.beam}.",
        "",
        *table(["engine", "BLEU", "chrF++"], body),
        "",
        f"chrF++ differs by {apart:.2f} (goal: under {ENGINES_GOAL}, {verdict}); {same} translations are the same.",
    ]


def _marian(engine: Engine) -> Marian:
    assert isinstance(engine.translator, Marian)
    return engine.translator


def training(subject: Subject) -> list[str]:
    """Quality against training time, from the trainer's own log."""
    if subject.progress is None:
        return []
    return [
        "From the trainer's log: perplexity of a piece, and where they were measured BLEU and chrF++ on its validation text.",
        "",
        *curve(read_progress(subject.progress, subject.direction)),
    ]


@dataclass(frozen=True)
class Part:
    """A part of the report: `measure` returns its Markdown lines."""

    name: str
    title: str
    measure: Callable[[Subject], list[str]]


PARTS = (
    Part("translation", "Translation", translation),
    Part("kept", "Names, numbers, quotation marks", keeping),
    Part("failures", "Failures", failing),
    Part("forced", "Forced scores", forced),
    Part("engines", "Both engines", engines),
    Part("curve", "Quality against training time", training),
)
DEFAULT = ("translation", "kept", "failures", "forced")


def load(model: str | None, direction: str, beam: int) -> Engine:
    """The engine; a checkpoint without a card is cut at CUT_AT, as it would be once exported. Raises ModelError."""
    engine = load_engine(model, beam=beam, cache=False, direction=direction)
    found = engine.checkpoint
    if not (found.folder / "card.json").is_file() and found.cut_at > CUT_AT:
        found = replace(found, cut_at=CUT_AT)
        return replace(engine, checkpoint=found, translator=replace(_marian(engine), checkpoint=found))
    return engine


def report(subjects: dict[str, Subject | str], before: str) -> str:
    """The whole report: parts measured now, and of `before` those of the same models."""
    known = blocks(before)
    lines = ["# Models, measured", "", "`python tests/measure/models.py`", "", SETS_TOLD, ""]
    for direction, subject in subjects.items():
        lines += [f"## {direction}", ""]
        if isinstance(subject, str):
            lines += [subject, ""]
            continue
        lines += [f"Signature: `{subject.engine.signature}`", ""]
        for part in PARTS:
            lines += _part(part, subject, known)
    measured = [s for s in subjects.values() if isinstance(s, Subject)]
    if len(measured) == len(DIRECTIONS):
        lines += _both(measured, known)
    return "\n".join(lines)


def _part(part: Part, subject: Subject, known: Mapping[str, tuple[str, str]]) -> list[str]:
    label = subject.engine.checkpoint.label
    earlier, body = known.get(f"{part.name} {subject.direction}", ("", ""))
    if part.name in subject.wanted:
        body = "\n".join(part.measure(subject))
    elif earlier != label:
        body = ""
    command = f"python tests/measure/models.py --parts {part.name} --direction {subject.direction}"
    command += (" --progress FILE" if part.name == "curve" else "") + ("" if subject.is_shipped else " --model FOLDER")
    body = body or "Not measured for this model."
    return [f"### {part.title}", "", f"`{command}`", "", block(part.name, subject.direction, label, body), ""]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a folder or a hub name; default: the shipped models")
    parser.add_argument("--direction", choices=DIRECTIONS, help="default: both")
    parser.add_argument("--parts", nargs="+", choices=[p.name for p in PARTS], default=[])
    parser.add_argument("--progress", type=Path, help="the trainer's progress.jsonl")
    parser.add_argument("--lines", type=int, default=0, help="of each set; default: all")
    parser.add_argument("--beam", type=int, default=0, help="default: mtqc's own")
    parser.add_argument("--output", type=Path, help="default: reports/models.md, or the screen with --model")
    options = parser.parse_args(arguments)
    if (options.model or options.progress) and not options.direction:
        parser.error("--model and --progress need --direction.")
    if "curve" in options.parts and not options.progress:
        parser.error("The part curve needs --progress FILE.")
    if "engines" in options.parts and not all(importlib.util.find_spec(m) for m in ("torch", "transformers")):
        parser.error("The part engines needs mtqc[torch]: run it in an environment that has it.")
    return options


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    if not (SHARED / "eval").is_dir():
        print(f"The data folder {SHARED} is not there: set MTQC_SHARED.", file=sys.stderr)
        return 2
    output = options.output or (None if options.model or options.lines else REPORT)
    before = output.read_text(encoding="utf-8") if output and output.is_file() else ""
    try:
        text = report(_subjects(options), before)
    except (MtqcError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if output:
        output.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _wanted(options: argparse.Namespace) -> list[str]:
    return list(options.parts) or [*DEFAULT, *(["curve"] if options.progress else [])]


def _subjects(options: argparse.Namespace) -> dict[str, Subject | str]:
    """By direction; why there is none where no model of that direction ships. Parts are measured in the wanted one."""
    found: dict[str, Subject | str] = {}
    for direction in (options.direction,) if options.model else DIRECTIONS:
        try:
            engine = load(options.model, direction, options.beam)
        except ModelError as error:
            if options.model:
                raise
            found[direction] = f"Not measured: {error}"
        else:
            wanted = _wanted(options) if options.direction in {None, direction} else ()
            found[direction] = Subject(engine, direction, wanted, options.lines, options.progress, not options.model)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
