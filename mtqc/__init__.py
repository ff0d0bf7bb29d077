"""mtqc: a quality checker for machine-translated articles, English to French. docs/python.md shows how to use it.

Importing it loads nothing else: a name is fetched when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mtqc.api import check, check_many, gather, load_settings
    from mtqc.config import Settings
    from mtqc.errors import CheckCrashed, ConfigError, InputError, ModelError, MtqcError, UsageError
    from mtqc.model import ArticlePair, ArticleReport, CorpusReport, Finding, NotMeasured, SentenceReport, Severity
    from mtqc.results import Unchecked
    from mtqc.tables import to_arrow, to_pandas

_HOMES = {
    "mtqc.api": ("check", "check_many", "gather", "load_settings"),
    "mtqc.config": ("Settings",),
    "mtqc.errors": ("CheckCrashed", "ConfigError", "InputError", "ModelError", "MtqcError", "UsageError"),
    "mtqc.model": (
        "ArticlePair",
        "ArticleReport",
        "CorpusReport",
        "Finding",
        "NotMeasured",
        "SentenceReport",
        "Severity",
    ),
    "mtqc.results": ("Unchecked",),
    "mtqc.tables": ("to_arrow", "to_pandas"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ArticlePair",
    "ArticleReport",
    "CheckCrashed",
    "ConfigError",
    "CorpusReport",
    "Finding",
    "InputError",
    "ModelError",
    "MtqcError",
    "NotMeasured",
    "SentenceReport",
    "Settings",
    "Severity",
    "Unchecked",
    "UsageError",
    "__version__",
    "check",
    "check_many",
    "gather",
    "load_settings",
    "to_arrow",
    "to_pandas",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'mtqc' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
