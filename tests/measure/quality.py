"""Precision and recall of mtqc on ../shared: `make quality` → reports/quality.md, its plots, and what docs/rules.md shows.

    python tests/measure/quality.py [--half tune|report] [--blocks real,clean,…] [--sets gold,ntrex,…] [--limit N]
                                    [--only PREFIX] [--no-model] [--list] [--write]

Tuning uses --half tune, the default. --list prints what was missed and what is extra, on the tuning half only. --write
takes the reporting half and everything, and writes the report.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from data import ROOT, SHARED
from quality_clean import clean_block
from quality_contrasts import demetr_block, senses_block
from quality_corpora import corpora_block
from quality_job import Block, Job
from quality_planted import planted_block
from quality_plots import write_plots
from quality_real import real_block
from quality_rules import missed_section, overall, rules_section, write_data

from mtqc.cli.common import Options, models, settings
from mtqc.pipeline import signature
from mtqc.policy import Policy

BLOCKS: dict[str, Callable[[Job], Block]] = {
    "real": real_block,
    "clean": clean_block,
    "planted": planted_block,
    "demetr": demetr_block,
    "senses": senses_block,
    "corpora": corpora_block,
}
REPORT = ROOT / "reports" / "quality.md"
MISSES = Path(__file__).with_name("known_misses.md")
"""What is missed in words: from reading the tuning halves."""
SPEED = ("Articles, checked whole", "Checks without models")
"""Sections of reports/speed.md: with the models (aim: 60 pairs a second), and without (1,000)."""
HEAD = """# Quality, measured

Written by `make quality` on {day}, on the reporting halves of the sets in ../shared, split by document: nothing was
tuned on them. Signature: `{signature}`.
"""


def main() -> None:
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there: quality is measured on it (MTQC_SHARED names another place).")
    options = _options()
    job = _job(options)
    wanted = list(BLOCKS) if options.write or not options.blocks else options.blocks.split(",")
    blocks = []
    for name in wanted:
        blocks.append(BLOCKS[name](job))
        print("\n".join([f"## {blocks[-1].title}", "", *blocks[-1].lines, ""]), flush=True)
    if options.write:
        REPORT.write_text(_page(job, blocks), encoding="utf-8")


def _page(job: Job, blocks: list[Block]) -> str:
    """The report; on the way the plots and measured.json are renewed."""
    numbers = {k: v for b in blocks for k, v in b.numbers.items()}
    signed, day = signature(job.settings, job.models), str(datetime.now(tz=UTC).date())
    write_data(numbers, signed, day)
    sections = [
        ("Aims", [*overall(numbers), *write_plots(numbers)]),
        *((b.title, b.lines) for b in blocks),
        ("Rules", rules_section(numbers)),
        ("Known misses", missed_section(numbers["lines"], MISSES.read_text(encoding="utf-8").strip())),
        ("Speed", _speed()),
    ]
    head = HEAD.format(day=day, signature=signed)
    return head + "".join("\n".join(["", f"## {title}", "", *lines, ""]) for title, lines in sections)


def _speed() -> list[str]:
    """What speed.md says of whole articles, with models and without, as it was last measured."""
    parts = (ROOT / "reports" / "speed.md").read_text(encoding="utf-8").split("\n## ")
    found = [body for part in parts for title, _, body in [part.partition("\n")] if title in SPEED]
    head = "From [speed.md](speed.md); aims: 60 sentence pairs a second with the models, cache cold, 1,000 without."
    return [head, *(line for body in found for line in ("", *body.strip().split("\n")))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--blocks", default="", help=f"of {','.join(BLOCKS)}; default: all")
    parser.add_argument("--sets", default="", help="only these sets")
    parser.add_argument("--limit", type=int, default=0, help="at most so many sentences a set")
    parser.add_argument("--only", default="", help="only rules with this code prefix")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--list", action="store_true", help="print single misses and false alarms (tuning half)")
    parser.add_argument("--write", action="store_true", help="write the report")
    given = parser.parse_args()
    if unknown := set(filter(None, given.blocks.split(","))) - set(BLOCKS):
        parser.error(f"no such block: {', '.join(unknown)}")
    if given.list and (given.write or given.half == "report"):
        parser.error("--list shows single findings, which nobody may see of the reporting half")
    if given.write and (given.only or given.sets or given.limit or given.no_model):
        parser.error("--write measures everything")
    return given


def _job(options: argparse.Namespace) -> Job:
    chosen = settings(Options())
    if options.only:
        chosen = replace(chosen, policy=Policy(select=(options.only,)))
    return Job(
        half="report" if options.write else options.half,
        settings=chosen,
        models=None if options.no_model else models(settings(Options())),
        sets=frozenset(filter(None, options.sets.split(","))),
        limit=options.limit,
        show=options.list,
    )


if __name__ == "__main__":
    main()
