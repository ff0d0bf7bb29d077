"""The models that settings name, found and made ready; each is loaded when its first text is measured."""

from __future__ import annotations

from collections.abc import Callable

from mtqc.config import Settings
from mtqc.errors import ModelError
from mtqc.measuring import Direction, Models
from mtqc.model import NotMeasured
from mtqc.translate import load_engine
from mtqc.translate.cache import Store


def load_models(chosen: Settings) -> Models:
    """The models of both ways that the settings name. Raises ModelError where the backward one cannot be had.

    Without the forward one, what needs it is reported as skipped; unless it was asked for by name.
    """
    backward, warnings, store = _direction(chosen, f"{chosen.target_lang}-{chosen.source_lang}", chosen.model)
    try:
        forward, more, _ = _direction(chosen, f"{chosen.source_lang}-{chosen.target_lang}", chosen.forward_model)
    except ModelError as error:
        if chosen.forward_model:
            raise
        return Models(backward, NotMeasured(error.message.rstrip(".")), warnings, store)
    return Models(backward, forward, lambda: tuple(dict.fromkeys(warnings() + more())), store)


def _direction(
    chosen: Settings, direction: str, model: str
) -> tuple[Direction, Callable[[], tuple[str, ...]], Store | None]:
    engine = load_engine(
        model or None,
        chosen.engine,
        beam=chosen.beam,
        threads=chosen.threads,
        device=chosen.device,
        cache=chosen.cache,
        direction=direction,
    )
    return Direction(engine.translator, engine.scorer, engine.linker), lambda: engine.warnings, engine.store
