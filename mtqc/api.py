"""The Python interface: `check` and `check_many`. Everything here is reached as `mtqc.NAME`.

Many articles are measured a few at a time, so that the models' batches are filled across them. Threads may call both.
The models are found once a process and loaded at the first text, whichever thread comes first; one thread checks at a
time, since the model itself uses every core, and the stemmer keeps state. For more at once take processes: a forked or
spawned one gets models of its own.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

from mtqc import config
from mtqc.config import Settings
from mtqc.errors import MtqcError, UsageError
from mtqc.loading import load_models
from mtqc.measuring import Models
from mtqc.model import ArticlePair, ArticleReport, CorpusReport
from mtqc.pipeline import check_article, check_articles, corpus_report
from mtqc.report import notebook
from mtqc.results import Result, Unchecked
from mtqc.source import read_pairs
from mtqc.source.given import given_item, given_pair
from mtqc.together import failure

Side = str | Path
Item = tuple[Side, Side] | tuple[str, Side, Side] | Mapping[str, Any] | ArticlePair | tuple[str, MtqcError]
Read = ArticlePair | tuple[str, MtqcError]
AT_ONCE = 16
MOST = 200_000
"""Characters, of both sides, after which no further article is measured together with these."""
KEPT = 4
"""Sets of models that a process keeps: two directions, with and without a checkpoint of one's own."""


@dataclass
class _Process:
    """What one process holds: the lock under which articles are checked, and its models by what they depend on."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    models: OrderedDict[tuple[object, ...], Models] = field(default_factory=OrderedDict)

    def renew(self) -> None:
        """Begin anew after a fork: the lock may be held by a thread that the child lacks, as it lacks the models' own.

        The parent's models are never let go, not even at exit: CTranslate2 would wait for threads that are not there.
        """
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.models))
        self.lock, self.models = threading.RLock(), OrderedDict()


_process = _Process()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_process.renew)
notebook.install()


@overload
def check(
    source: str, target: str, *, id: str = ..., settings: Settings | None = ..., no_model: bool = ...
) -> ArticleReport: ...
@overload
def check(
    source: Path, target: Path | None = ..., *, settings: Settings | None = ..., no_model: bool = ...
) -> CorpusReport: ...
def check(
    source: Side,
    target: Side | None = None,
    *,
    id: str = "text",
    settings: Settings | None = None,
    no_model: bool = False,
) -> ArticleReport | CorpusReport:
    """Check a translation against its original.

    Two texts (str) give an ArticleReport, named `id`. Paths give a CorpusReport: two files or folders, or one folder or
    file that holds both sides, as `mtqc check` takes them. `settings`: see `load_settings`; None: the defaults, no file
    is looked for. `no_model`: only what needs no model.

    Raises InputError where nothing can be read, ModelError where a model cannot be had or run, UsageError.
    """
    chosen = _settings(settings)
    if isinstance(source, Path) and (target is None or isinstance(target, Path)):
        return _check_paths(source, target, chosen, no_model)
    return _check_one(given_pair(id, source, target, chosen.langs), chosen, no_model)


def _check_paths(source: Path, target: Path | None, chosen: Settings, no_model: bool) -> CorpusReport:
    done: list[ArticleReport] = []
    unread: list[Unchecked] = []
    for result in _results(read_pairs(source, target, chosen.langs), chosen, no_model, AT_ONCE):
        if isinstance(result, Unchecked):
            unread.append(result)
        else:
            done.append(result)
    if unread and not done:
        raise unread[0].error
    return corpus_report(done, chosen, _models(chosen, no_model), [(u.id, str(u.error)) for u in unread])


def check_many(
    items: Iterable[Item], *, settings: Settings | None = None, no_model: bool = False, at_once: int = AT_ONCE
) -> Iterator[Result]:
    """Check articles as they are asked for, in order: some are taken, measured together, given out and let go.

    An item is (source, target), (id, source, target) or a mapping with "source", "target" and, if you like, "id", texts
    as str and files as Path; or what `mtqc.source.read_pairs` yields. One that cannot be read or checked gives an
    Unchecked with its error, and the next one is taken. `at_once`: how many are taken and measured together at most,
    fewer where they are long; 1 takes an item only when its result is asked for.

    Raises ModelError where a model cannot be had at all, UsageError; and, after the results of the items before, what
    the iterable itself raises.
    """
    if not isinstance(at_once, int) or at_once < 1:
        raise UsageError(
            f"at_once is {at_once!r}, not a number from 1 on.", hint=f"Leave it out: it is {AT_ONCE} then."
        )
    chosen = _settings(settings)
    given = (given_item(item, number, chosen.langs) for number, item in enumerate(items, 1))
    return _results(given, chosen, no_model, at_once)


def _results(given: Iterable[Read], chosen: Settings, no_model: bool, at_once: int) -> Iterator[Result]:
    for some in _some(given, at_once):
        _models(chosen, no_model)
        done = iter(_together([read for read in some if isinstance(read, ArticlePair)], chosen, no_model))
        results = deque(Unchecked(*read) if isinstance(read, tuple) else next(done) for read in some)
        del some, done
        while results:
            yield results.popleft()


def _some(given: Iterable[Read], at_once: int) -> Iterator[list[Read]]:
    """Some at a time; where the iterable raises, what was taken comes first."""
    taken: list[Read] = []
    size = 0
    try:
        for read in given:
            taken.append(read)
            size += 0 if isinstance(read, tuple) else len(read.source.text) + len(read.target.text)
            if len(taken) >= at_once or size >= MOST:
                yield taken
                taken, size = [], 0
    except Exception:
        if taken:
            yield taken
        raise
    if taken:
        yield taken


def _together(pairs: Sequence[ArticlePair], chosen: Settings, no_model: bool) -> list[Result]:
    try:
        with _process.lock:
            done = check_articles(pairs, chosen, _models(chosen, no_model))
    except MemoryError:
        raise
    except Exception:  # one of them brings it up: which one, and why, shows when each is checked by itself
        return [_guarded(pair, chosen, no_model) for pair in pairs]
    return [Unchecked(p.id, d) if isinstance(d, MtqcError) else d for p, d in zip(pairs, done, strict=True)]


def _guarded(pair: ArticlePair, chosen: Settings, no_model: bool) -> Result:
    try:
        return _check_one(pair, chosen, no_model)
    except MemoryError:
        raise
    except Exception as error:  # whatever one text brings up must not end a run over thousands
        return Unchecked(pair.id, failure(pair, error))


def gather(results: Iterable[Result], *, settings: Settings | None = None, no_model: bool = False) -> CorpusReport:
    """What `check_many` gave as one report; `settings` and `no_model` as they were there, for its signature."""
    chosen, done, unread = _settings(settings), [], []
    for result in results:
        if isinstance(result, Unchecked):
            unread.append((result.id, str(result.error)))
        else:
            done.append(result)
    return corpus_report(done, chosen, _models(chosen, no_model), unread)


def load_settings(path: Path | None = None, /, **keys: object) -> Settings:
    """Settings from a configuration file, or from keys of docs/configuration.md, hyphens written as underscores.

    Raises ConfigError where one is unknown or wrong, InputError where a file that they name is, UsageError.
    """
    if path is not None and keys:
        raise UsageError("Settings come from a file or from keys, not from both.", hint="Write the keys into the file.")
    if path is not None:
        return config.load(path)
    return config.from_table({name.replace("_", "-"): value for name, value in keys.items()}, "load_settings")


def _settings(given: object) -> Settings:
    if given is None:
        return Settings()
    if not isinstance(given, Settings):
        hint = "Make them with mtqc.load_settings(…)."
        raise UsageError(f"settings is {type(given).__name__}, not mtqc.Settings.", hint=hint)
    return given


def _check_one(pair: ArticlePair, chosen: Settings, no_model: bool) -> ArticleReport:
    with _process.lock:
        return check_article(pair, chosen, _models(chosen, no_model))


def _models(chosen: Settings, no_model: bool) -> Models | None:
    """The models, found at the first call and kept, the least used set being let go."""
    if no_model:
        return None
    names = ("langs", "engine", "model", "forward_model", "beam", "threads", "device", "cache")
    key = tuple(getattr(chosen, name) for name in names)
    with _process.lock:
        kept = _process.models
        kept[key] = kept.pop(key) if key in kept else load_models(chosen)
        if len(kept) > KEPT:
            kept.popitem(last=False)
        return kept[key]
