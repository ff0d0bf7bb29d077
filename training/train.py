"""Train a Marian model: python training/train.py TEXT.tsv.gz … --dev DEV.tsv.gz --direction fr-en --out RUN

On one CUDA GPU or on the CPU, in bfloat16. Started again, it goes on from RUN/last.pt: at most --save-minutes are lost,
and nothing where it is ended by SIGTERM. RUN/model is the averaged model as transformers lays it out, written with
every state; RUN/progress.jsonl has a line for every evaluation. The learning rate rises over --warmup steps, stays, and
falls to zero over the last --decay-minutes of --minutes.

RUN/corpus.npz and RUN/dev.npz are the texts as pieces of RUN/joint.spm: on a machine that has no texts they stand in
their place, with --pieces. --encode-only writes these three and ends.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "OMP_WAIT_POLICY", "PASSIVE"
)  # before torch: spinning threads on shared cores are 4 to 7 times slower

import torch
from checkpoints import start_from, write_model
from corpus import DIRECTIONS, PREFIX, Batch, Batches, Corpus, encode, read_pairs
from net import SHAPES, Marian, SmoothedLoss, alignment_loss
from torch import Tensor
from vocabulary import vocabulary


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("train", nargs="+", type=Path)
    add("--dev", type=Path, required=True)
    add("--out", type=Path, required=True)
    add("--direction", choices=DIRECTIONS, default="fr-en")
    add("--size", choices=SHAPES, default="mid")
    add("--vocabulary", type=int, default=8000, help="pieces, where a sentencepiece model is to be trained")
    add("--pieces", type=Path, help="an existing sentencepiece model")
    add("--init", type=Path, help="checkpoint to start from; layers that it lacks copy its last one")
    add("--minutes", type=float, default=60, help="from this start on, once the text is read")
    add("--decay-minutes", type=float, default=15)
    add("--save-minutes", type=float, default=8)
    add("--dev-lines", type=int, default=400)
    add("--longest", type=int, default=128, help="pieces a side")
    add("--batch-tokens", type=int, default=6000, help="padded pieces a side")
    add("--lr", type=float, default=2e-3)
    add("--warmup", type=int, default=250)
    add("--dropout", type=float, default=0.0)
    add("--smoothing", type=float, default=0.1)
    add("--alignment", type=float, default=0.2, help="weight of the attention's loss against the words'")
    add("--average", type=float, default=0.9995, help="of the weights, exponentially, a step")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, default=0)
    add("--seed", type=int, default=1)
    add("--float32", action="store_true")
    add("--log-steps", type=int, default=100)
    add("--keep", action="store_true", help="the model of every state, as RUN/model-MINUTES")
    add("--encode-only", action="store_true")
    return parser.parse_args()


PIECES = "joint.spm"


@dataclass
class State:
    """Where a run stands: what is saved beside the weights."""

    step: int = 0
    epoch: int = 0
    position: int = 0
    seconds: float = 0.0
    tokens: int = 0


@dataclass
class Run:
    """A model in training, with its optimisers and its averaged weights."""

    asked: argparse.Namespace
    model: Marian
    state: State = field(default_factory=State)

    def __post_init__(self) -> None:
        named = list(self.model.named_parameters())
        matrices = [p for n, p in named if p.dim() == 2 and "shared" not in n]
        rest = [p for n, p in named if p.dim() != 2 or "shared" in n]
        rate = self.asked.lr
        muon = torch.optim.Muon(matrices, lr=rate, weight_decay=0.0, momentum=0.95, adjust_lr_fn="match_rms_adamw")
        adam = torch.optim.Adam(rest, lr=rate, betas=(0.9, 0.98), eps=1e-9, fused=True)
        self.optimisers: list[torch.optim.Optimizer] = [muon, adam]
        self.parameters = [p for _, p in named]
        self.average = [p.detach().clone() for p in self.parameters]

    def step(self, batch: Batch, rate: float) -> tuple[Tensor, Tensor]:
        """One update; the mean negative log-probability (nats) of a piece, and the attention's loss a linked row."""
        model = self.model
        states, scores = model(batch.source, batch.decoder_input)
        gold = batch.target.flatten()[batch.keep]
        chunk = 8192 if self.asked.device.startswith("cuda") else 512
        rows = model.model.shared.weight[: model.pad]
        words = SmoothedLoss.apply(states.flatten(0, 1)[batch.keep], rows, gold, self.asked.smoothing, chunk)
        attention = words.new_zeros(())
        if batch.linked:
            attention = alignment_loss(scores, batch.source, model.pad, batch.links)
        ((words + self.asked.alignment * attention) / len(gold)).backward()
        self._update(rate)
        self.state.step += 1
        self.state.tokens += len(gold)
        return words.detach() / len(gold), attention.detach() / batch.links.sum().clamp_min(1)

    def _update(self, rate: float) -> None:
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
            optimiser.step()
            optimiser.zero_grad()
        share = min(self.asked.average, (self.state.step + 1) / (self.state.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, [p.detach() for p in self.parameters], 1 - share)

    @torch.no_grad()
    def perplexity(self, batches: Batches) -> float:
        """Of a piece of the target, over all batches of one epoch, without smoothing and dropout."""
        total = torch.zeros((), device=self.asked.device)
        pieces = 0
        self.model.eval()
        for _, indices in batches.epoch(0):
            batch = batches.make(indices)
            states, _ = self.model(batch.source, batch.decoder_input)
            logits = states.flatten(0, 1)[batch.keep] @ self.model.model.shared.weight[: self.model.pad].T.to(
                states.dtype
            )
            gold = batch.target.flatten()[batch.keep]
            total += torch.nn.functional.cross_entropy(logits.float(), gold, reduction="sum")
            pieces += len(gold)
        self.model.train()
        return math.exp(float(total) / pieces)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Within it the model has its averaged weights."""
        own = [p.detach().clone() for p in self.parameters]
        self._set(self.average)
        yield
        self._set(own)

    @torch.no_grad()
    def _set(self, values: list[torch.Tensor]) -> None:
        for parameter, value in zip(self.parameters, values, strict=True):
            parameter.copy_(value)

    def save(self, path: Path) -> None:
        """The whole state, so that a run goes on as if it had not stopped; there whole or not at all."""
        kept = {
            "state": asdict(self.state),
            "weights": [p.detach() for p in self.parameters],
            "average": self.average,
            "optimisers": [o.state_dict() for o in self.optimisers],
        }
        half = path.with_suffix(".half")
        torch.save(kept, half)
        half.replace(path)

    def load(self, path: Path) -> None:
        """What `save` wrote."""
        kept = torch.load(path, map_location=self.asked.device, weights_only=True)
        self.state = State(**kept["state"])
        self._set(kept["weights"])
        self.average = kept["average"]
        for optimiser, state in zip(self.optimisers, kept["optimisers"], strict=True):
            optimiser.load_state_dict(state)


def rate(asked: argparse.Namespace, step: int, seconds: float) -> float:
    """The learning rate at a step, `seconds` after this start."""
    left = asked.minutes * 60 - seconds
    falling = left / (asked.decay_minutes * 60) if asked.decay_minutes else 1.0
    return float(asked.lr * max(0.0, min(1.0, (step + 1) / asked.warmup, falling)))


def evaluate(folder: Path, direction: str, dev: list[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """BLEU and chrF++ of greedy translations of `dev` (English, French), by direction, with what mtqc itself runs."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    from mtqc.model import NotMeasured
    from mtqc.translate import load_engine
    from mtqc.translate.checkpoint import read_checkpoint
    from mtqc.translate.convert import convert

    (folder / "ct2").mkdir()
    source, target = DIRECTIONS[direction][0]
    convert(read_checkpoint(folder, f"{source}-{target}"), folder / "ct2")
    found = {}
    for source, target in DIRECTIONS[direction]:
        engine = load_engine(str(folder), cache=False, beam=1, threads=1, direction=f"{source}-{target}")
        made = engine.translator.translate([p[source == "fr"] for p in dev])
        texts = ["" if isinstance(m, NotMeasured) else m for m in made]
        references = [[p[target == "fr"] for p in dev]]
        bleu, chrf = (m.corpus_score(texts, references).score for m in (BLEU(), CHRF(word_order=2)))
        found[f"{source}-{target}"] = {"dev_bleu": round(bleu, 2), "dev_chrf": round(chrf, 2)}
    return found


def log(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, flush=True)


def encoded(asked: argparse.Namespace) -> tuple[Any, Corpus, Corpus]:
    """The pieces, the text and the validation text as these."""
    asked.out.mkdir(parents=True, exist_ok=True)
    path = asked.out / PIECES
    if asked.pieces and not path.exists():
        shutil.copyfile(asked.pieces, path)
    if not path.exists() and any(text.suffix == ".npz" for text in (*asked.train, asked.dev)):
        sys.exit("Texts as .npz are pieces of a certain sentencepiece model: name it with --pieces.")
    pieces = vocabulary(path, asked.train, asked.vocabulary)
    corpus = encode(asked.train, pieces, asked.out / "corpus.npz", asked.longest)
    return pieces, corpus, encode([asked.dev], pieces, asked.out / "dev.npz", asked.longest)


def prepared(asked: argparse.Namespace) -> tuple[Run, Batches, Batches]:
    """The run, where there was one as it stood, its batches, and those of the validation text."""
    pieces, corpus, validation = encoded(asked)
    dtype = torch.float32 if asked.float32 else torch.bfloat16
    model = Marian(SHAPES[asked.size], len(pieces) + 1, asked.dropout, dtype)
    if asked.init:
        start_from(model, asked.init)
    run = Run(asked, model.to(asked.device).train())
    if (asked.out / "last.pt").exists():
        run.load(asked.out / "last.pt")
        log(f"goes on from step {run.state.step}")
    prefix = {side: [pieces.piece_to_id(p)] if asked.direction == "both" else [] for side, p in PREFIX.items()}
    multiple = 8 if asked.device.startswith("cuda") else 1
    batches, held_out = (
        Batches(
            c,
            asked.direction,
            prefix,
            model.pad,
            asked.batch_tokens,
            asked.seed,
            multiple=multiple,
            device=asked.device,
        )
        for c in (corpus, validation)
    )
    millions = sum(p.numel() for p in run.parameters) / 1e6
    linked = int((corpus.lengths("links") > 0).sum())
    log(
        f"{asked.direction} {asked.size} {millions:.1f} M parameters,"
        f" {len(corpus)} pairs ({linked} linked), {asked.device}"
    )
    return run, batches, held_out


@dataclass
class Meter:
    """What is said on the way: means since it was last asked."""

    log_steps: int
    began: float = field(default_factory=time.monotonic)
    losses: list[tuple[Tensor, Tensor]] = field(default_factory=list)
    tokens: int = 0
    perplexity: float = 0.0

    def add(self, run: Run, share: float, found: tuple[Tensor, Tensor], left: float) -> None:
        """Note one step's losses, and say the means every `log_steps`. Exits where the loss is no longer a number."""
        self.losses.append(found)  # not looked at before: a GPU would have to be waited for
        if run.state.step % self.log_steps:
            return
        nll, attention = (float(torch.stack(column).mean()) for column in zip(*self.losses, strict=True))
        if not math.isfinite(nll):
            sys.exit("The loss is no longer a number: start again from the last state with a lower --lr.")
        self.perplexity = math.exp(nll)
        speed = (run.state.tokens - self.tokens) / (time.monotonic() - self.began)
        log(
            f"step {run.state.step} epoch {run.state.epoch + share:.2f} perplexity {self.perplexity:.2f}"
            f" attention {attention:.3f} {speed:.0f} pieces/s, {left / 60:.0f} minutes left"
        )
        self.restart(run)

    def restart(self, run: Run) -> None:
        """Count from now on."""
        self.losses, self.tokens, self.began = [], run.state.tokens, time.monotonic()


def main() -> None:
    asked = options()
    if asked.encode_only:
        log(f"{len(encoded(asked)[1])} pairs encoded")
        return
    if asked.threads:
        torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    run, batches, held_out = prepared(asked)
    state, before = run.state, run.state.seconds
    begun = saved = time.monotonic()
    meter = Meter(asked.log_steps, tokens=state.tokens)
    stops: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stops.append(number))
    for epoch, position, share, batch in batches.stream(state.epoch, state.position):
        now = time.monotonic() - begun
        if stops or now > asked.minutes * 60:
            break
        found = run.step(batch, rate(asked, state.step, now))
        state.epoch, state.position, state.seconds = epoch, position, before + now
        meter.add(run, share, found, asked.minutes * 60 - now)
        if time.monotonic() - saved > asked.save_minutes * 60:
            report(run, held_out, meter.perplexity)
            saved = time.monotonic()
            meter.restart(run)
    report(run, held_out, meter.perplexity)


def report(run: Run, held_out: Batches, perplexity: float) -> None:
    """Save, write the averaged model, measure it, and add a line to progress.jsonl for each direction."""
    asked = run.asked
    run.save(asked.out / "last.pt")
    with run.averaged():
        write_model(run.model, asked.out / PIECES, asked.out / "model", asked.direction)
        if asked.keep:
            kept = asked.out / f"model-{run.state.seconds / 60:.0f}"
            write_model(run.model, asked.out / PIECES, kept, asked.direction)
        seen = run.perplexity(held_out)
    state = run.state
    where = {"minutes": round(state.seconds / 60, 1), "step": state.step, "tokens": state.tokens}
    where |= {"ppl": round(perplexity, 2), "dev_ppl": round(seen, 3)}
    figures: dict[str, dict[str, float]] = {f"{s}-{t}": {} for s, t in DIRECTIONS[asked.direction]}
    if asked.dev.suffix != ".npz" and importlib.util.find_spec(
        "ctranslate2"
    ):  # a lent GPU machine may lack it: BLEU is then measured elsewhere
        dev = [(en, fr) for en, fr, _ in read_pairs([asked.dev])][: asked.dev_lines]
        figures = evaluate(asked.out / "model", asked.direction, dev)
        where["dev_lines"] = len(dev)
    for direction, measured in figures.items():
        line = {"direction": direction, **where, **measured}
        with (asked.out / "progress.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line) + "\n")
        log(json.dumps(line))


if __name__ == "__main__":
    main()
