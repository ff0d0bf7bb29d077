"""From tasks to results: what every worker runs, in a process here or on another machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

from mtqc.batch.model import Judged, State, Task
from mtqc.batch.parts import LAYOUT, Printer, tally
from mtqc.config import Settings
from mtqc.errors import MtqcError
from mtqc.loading import load_models
from mtqc.measuring import Models
from mtqc.model import ArticlePair, ArticleReport, Document
from mtqc.pipeline import check_articles, signature
from mtqc.source.articles import judged
from mtqc.together import each, failure

_SUFFIXES = (".py", ".json", ".jsonl", ".tsv", ".txt", ".gz", ".css", ".js", ".j2", ".po")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with every article. It can be pickled. `lang`: of the pages."""

    settings: Settings
    no_model: bool = False
    lang: str = "en"


def key(pair: ArticlePair, salt: str) -> str:
    """Of all that can change the article's result: what was read, and by `salt` what judges it."""
    # The fields' own representation: a field that is added some day counts by itself.
    told = replace(pair, source=_digested(pair.source), target=_digested(pair.target))
    return _hash(f"{salt}\n{told!r}")


def _digested(document: Document) -> Document:
    return replace(document, text=_hash(document.text))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Judge:
    """Judges tasks as the job says. The models are found when the salt or the first result is asked for."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @cached_property
    def models(self) -> Models | None:
        """The models, None where none is wanted. Raises ModelError where they cannot be had."""
        return None if self.job.no_model else load_models(self.job.settings)

    @cached_property
    def signature(self) -> str:
        """As it stands in every report. Raises ModelError."""
        return signature(self.job.settings, self.models)

    @cached_property
    def salt(self) -> str:
        """Everything but the article itself that can change a result, as a hash. Raises ModelError."""
        chosen = self.job.settings
        policy = chosen.policy
        selection = [policy.select, policy.ignore, policy.off, sorted(policy.per_file_ignores.items())]
        weighing = [sorted(policy.severity.items()), sorted(chosen.weights.items())]
        told = [self.signature, *selection, *weighing, self.job.no_model, self.job.lang, LAYOUT, _program()]
        return _hash(repr(told))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should hear of (a cache that had to be set aside, say)."""
        return self.models.warnings() if self.models else ()

    @cached_property
    def _printer(self) -> Printer:
        return Printer(self.job.settings, self.job.lang, self.signature)

    def __call__(self, tasks: Sequence[Task]) -> list[Judged]:
        """A result for each, in order: an article that cannot be judged gives one that says why.

        Raises ModelError where the models cannot be had at all, MemoryError.
        """
        pairs = each(lambda task: judged(task.pair), tasks)
        well = [p for p in pairs if not isinstance(p, MtqcError)]
        done = iter(check_articles(well, self.job.settings, self.models))
        found = [p if isinstance(p, MtqcError) else next(done) for p in pairs]
        return [self._result(task, report) for task, report in zip(tasks, found, strict=True)]

    def _result(self, task: Task, report: ArticleReport | MtqcError) -> Judged:
        if isinstance(report, MtqcError):
            return unread(task, str(report))
        try:
            parts = self._printer.parts(report)
        except MemoryError:
            raise
        except Exception as error:  # whatever one text brings up must not end a run over thousands
            return unread(task, str(failure(task.pair, error)))
        state: State = "judged" if report.complete else "incomplete"
        why = "; ".join(report.failures)
        return Judged(task.number, task.key, task.pair.id, state, why, task.pair.date, tally(report), parts)


def unread(task: Task, why: str) -> Judged:
    """The result of an article of which nothing could be judged; it is tried again when the run goes on."""
    return Judged(task.number, "", task.pair.id, "unread", why, task.pair.date)


@cache
def _program() -> str:
    """A hash of the program itself: the version alone does not change while somebody works on it."""
    found = hashlib.sha256()
    for name, file in sorted(_program_files(files("mtqc"), "")):
        found.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def _program_files(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    """What decides on results and their pages; models have revisions of their own in the signature."""
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and f"{path}{entry.name}" not in ("translate/models", "review", "cli"):
            found += _program_files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            found.append((path + entry.name, entry))
    return found
