"""One step of the pipeline over many articles: one that fails gives its error, and the others go on."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from mtqc.errors import CheckCrashed, ModelError, MtqcError
from mtqc.model import ArticlePair


class Article(Protocol):
    """What a step is done with, as far as it is known by then."""

    @property
    def pair(self) -> ArticlePair:
        """The two texts."""
        ...


In = TypeVar("In", bound=Article)
Out = TypeVar("Out")


def each(step: Callable[[In], Out], articles: Sequence[In | MtqcError]) -> list[Out | MtqcError]:
    """The step on each article by itself; what failed before stays as it is. Raises ModelError, MemoryError."""
    return [a if isinstance(a, MtqcError) else _tried(step, a) for a in articles]


def _tried(step: Callable[[In], Out], article: In) -> Out | MtqcError:
    try:
        return step(article)
    except (ModelError, MemoryError):
        raise
    except Exception as error:  # whatever one text brings up must not end a run over thousands
        return failure(article.pair, error)


def together(
    step: Callable[[Sequence[In]], Sequence[Out]], articles: Sequence[In | MtqcError]
) -> list[Out | MtqcError]:
    """The step on all articles at once, so that a model's batches are filled; as `each` where that fails.

    Raises ModelError, MemoryError.
    """
    well = [a for a in articles if not isinstance(a, MtqcError)]
    try:
        done = iter(step(well))
    except (ModelError, MemoryError):
        raise
    except Exception:  # one of them brings it up; which one, the step on each will show
        return each(lambda a: step([a])[0], articles)
    return [a if isinstance(a, MtqcError) else next(done) for a in articles]


def failure(pair: ArticlePair, error: Exception) -> MtqcError:
    """Why an article could not be judged: the error itself, or where in the program it came up."""
    if isinstance(error, MtqcError):
        return error
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}; in {last.name}, line {last.lineno}"
    return CheckCrashed(f"{pair.id} could not be checked ({what}).", hint="Please report this with the two texts.")
