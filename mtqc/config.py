"""`[tool.mtqc]` in pyproject.toml, or mtqc.toml, as frozen settings. An unknown key is an error with a suggestion."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from mtqc import gate, precision
from mtqc.checks import OPTIONAL, Check, registered
from mtqc.checks.glossary import Glossary
from mtqc.checks.locale_typography import Typography
from mtqc.errors import ConfigError
from mtqc.gate import GateSettings
from mtqc.heavy.languagetool import endpoint
from mtqc.house import rules as house_rules
from mtqc.house import terms as house
from mtqc.model import Severity
from mtqc.policy import Policy
from mtqc.precision import Precision
from mtqc.scoring import WEIGHTS
from mtqc.text.terms import Term
from mtqc.text.typography import HOUSES

EngineName = Literal["ctranslate2", "transformers"]
ENGINES: tuple[str, ...] = get_args(EngineName)
DIRECTIONS = (("en", "fr"), ("fr", "en"))
"""(original's language, translation's): what mtqc can judge."""
INTERFACES = ("en", "fr")
"""Languages of the reports and the review page."""
FILES = ("mtqc.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be configured; docs/configuration.md lists the keys (with hyphens) and what they mean.

    `desk`: what the file that `precision` names says.
    """

    source_lang: str = "en"
    target_lang: str = "fr"
    engine: EngineName = "ctranslate2"
    model: str = ""
    forward_model: str = ""
    beam: int = 0
    threads: int = 0
    device: str = "auto"
    cache: bool = True
    grammalecte: bool = False
    languagetool: str = ""
    comet: str = ""
    embeddings: str = ""
    interface: str = "en"
    baseline: str = ""
    suppressions: str = ""
    decisions: str = ""
    precision: str = ""
    desk: Precision = field(default_factory=dict)
    gate: GateSettings = field(default_factory=GateSettings)
    policy: Policy = field(default_factory=Policy)
    weights: Mapping[Severity, float] = field(default_factory=lambda: dict(WEIGHTS))
    checks: tuple[Check, ...] = field(default_factory=registered)
    optional: tuple[Check, ...] = OPTIONAL

    @property
    def langs(self) -> tuple[str, str]:
        """Of the original and of the translation."""
        return self.source_lang, self.target_lang


POLICY_KEYS = ("select", "ignore", "per-file-ignores", "severity")
LANG_KEYS = ("source-lang", "target-lang")
PLAIN_KEYS = (
    *LANG_KEYS,
    "engine",
    "model",
    "forward-model",
    "beam",
    "threads",
    "device",
    "cache",
    "grammalecte",
    "interface",
)
HEAVY_KEYS = ("languagetool", "comet", "embeddings")
HOUSE_KEYS = ("glossary", "do-not-translate", "must-translate", "house-rules")
FILE_KEYS = ("baseline", "suppressions", "decisions", "precision")
KEYS = (*PLAIN_KEYS, *HEAVY_KEYS, "typography", *HOUSE_KEYS, *POLICY_KEYS, "weights", *FILE_KEYS, "gate", "checks")


def check_key(check: Check) -> str:
    """Name of a check's table under [tool.mtqc.checks]: its class name in kebab-case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(check).__name__).lower()


def find_file(start: Path) -> Path | None:
    """The nearest mtqc.toml, or pyproject.toml with a [tool.mtqc] table, in `start` or above."""
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if path.is_file() and (name == "mtqc.toml" or "mtqc" in _parse(path).get("tool", {})):
                return path
    return None


def load(path: Path | None, without: Sequence[str] = ()) -> Settings:
    """Settings from the file, or the defaults where there is none; the keys `without` count as not given.

    Raises ConfigError, and InputError where a file that it names is wrong.
    """
    if path is None:
        return Settings()
    data = _parse(path)
    table = data if path.name == "mtqc.toml" or "tool" not in data else data["tool"].get("mtqc", {})
    return from_table({k: v for k, v in table.items() if k not in without}, str(path), path.parent)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}).", hint="Give a UTF-8 TOML file.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.", hint="Mend that line.") from error


def from_table(table: Mapping[str, Any], where: str = "configuration", base: Path = Path()) -> Settings:
    """Settings from a parsed table; `base`: what relative paths in it start from.

    Raises ConfigError on an unknown key or a value of the wrong kind, InputError where a file that it names is wrong.
    """
    _known(table, KEYS, where)
    values: dict[str, Any] = {
        k.replace("-", "_"): _typed(table[k], k, where) for k in (*PLAIN_KEYS, *HEAVY_KEYS, *FILE_KEYS) if k in table
    }
    values |= {k: str(base / values[k]) for k in FILE_KEYS if values.get(k)}
    if values.get("engine", "ctranslate2") not in ENGINES:
        _unknown(str(values["engine"]), ENGINES, f"{where}: engine")
    if values.get("interface", "en") not in INTERFACES:
        _unknown(str(values["interface"]), INTERFACES, f"{where}: interface", what="language")
    _check_server(values.get("languagetool", ""), where)
    check_direction((values.get("source_lang", "en"), values.get("target_lang", "fr")), f"{where}: ")
    checks = _with_terms(_checks(table.get("checks", {}), where, registered()), _terms(table, where, base))
    checks = _with_typography(checks, table, where)
    optional = _checks(table.get("checks", {}), where, OPTIONAL)
    checks += _house_rules(table, where, base, checks + optional)
    weights = {**WEIGHTS, **_severities(table.get("weights", {}), f"{where}: weights")}
    return Settings(
        **values,
        desk=precision.load(Path(values["precision"])) if values.get("precision") else {},
        policy=_policy(table, where, checks + optional),
        weights=weights,
        gate=_gate(table.get("gate", {}), f"{where}: gate", weights),
        checks=checks,
        optional=optional,
    )


def _gate(table: object, where: str, weights: Mapping[Severity, float]) -> GateSettings:
    _known(table, [name.replace("_", "-") for name in gate.KEYS], where)
    values = {k.replace("-", "_"): v for k, v in cast(Mapping[str, Any], table).items()}
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int if name == "max_critical" else int | float):
            hint = f"The default is {getattr(GateSettings(), name)!r}."
            raise ConfigError(f"{where}.{name.replace('_', '-')} = {value!r} is no number that fits.", hint=hint)
    try:
        return GateSettings(**values, weights=weights)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}.", hint="docs/gate.md explains the thresholds.") from error


def _with_typography(checks: tuple[Check, ...], table: Mapping[str, Any], where: str) -> tuple[Check, ...]:
    """The key `typography` is short for `checks.typography.house`."""
    asked = {"house": table["typography"]} if "typography" in table else {}
    found = tuple(
        _configured(c, asked, f"{where}: typography") if isinstance(c, Typography) and asked else c for c in checks
    )
    for name in (c.house for c in found if isinstance(c, Typography)):
        if name not in HOUSES:
            _unknown(name, tuple(HOUSES), f"{where}: typography", what="house")
    return found


def _house_rules(table: Mapping[str, Any], where: str, base: Path, others: Sequence[Check]) -> tuple[Check, ...]:
    found = tuple(rule for name in _strings(table, "house-rules", where) for rule in house_rules.load(base / name))
    house_rules.unique(found, where)
    taken = {i for c in others for r in c.rules for i in (r.code, r.name)}
    clash = next((i for h in found for i in (h.rule.code, h.rule.name) if i in taken), "")
    if clash:
        raise ConfigError(f"{where}: house-rules: {clash} is another rule’s.", hint="Take another code and name.")
    return found


def _terms(table: Mapping[str, Any], where: str, base: Path) -> tuple[Term, ...]:
    paths = [base / name for name in _strings(table, "glossary", where)]
    keep = house.load_list(_strings(table, "do-not-translate", where), "do-not-translate", base, where)
    must = house.load_list(_strings(table, "must-translate", where), "must-translate", base, where)
    return house.load(paths, keep + must)


def check_direction(langs: tuple[str, str], where: str = "") -> None:
    """Raises ConfigError where (original's, translation's) language is no direction that mtqc judges."""
    if langs not in DIRECTIONS:
        raise ConfigError(
            f"{where}mtqc does not judge translations from “{langs[0]}” into “{langs[1]}”.",
            hint="It judges en → fr and fr → en: give source-lang and target-lang both, as “en” and “fr”.",
        )


def _check_server(url: str, where: str) -> None:
    try:
        endpoint(url or "http://localhost")
    except ValueError as error:
        hint = 'For example languagetool = "http://localhost:8081".'
        raise ConfigError(f"{where}: languagetool = {url!r} is no server’s address.", hint=hint) from error


def _strings(table: Mapping[str, Any], key: str, where: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ConfigError(f"{where}: {key} = {value!r} is not a list of strings.", hint=f'For example {key} = ["…"].')
    return value


def _with_terms(checks: tuple[Check, ...], terms: tuple[Term, ...]) -> tuple[Check, ...]:
    return tuple(replace(c, terms=terms) if isinstance(c, Glossary) and terms else c for c in checks)


def with_glossaries(settings: Settings, paths: Sequence[Path]) -> Settings:
    """The settings with the terms of more glossaries. Raises InputError."""
    known = tuple(term for c in settings.checks if isinstance(c, Glossary) for term in c.terms)
    return replace(settings, checks=_with_terms(settings.checks, house.load(paths, known)))


def _typed(value: object, key: str, where: str) -> object:
    default = next(f.default for f in fields(Settings) if f.name == key.replace("-", "_"))
    if type(value) is not type(default) or (isinstance(value, int) and value < 0):
        kind = {bool: "true or false", int: "a whole number, 0 or more", str: "a string"}[type(default)]
        raise ConfigError(f"{where}: {key} = {value!r} is not {kind}.", hint=f"The default is {default!r}.")
    return value


def _known(table: object, keys: Sequence[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where}: a table is expected, not {table!r}.", hint="See docs/configuration.md.")
    for key in table:
        if key not in keys:
            _unknown(str(key), keys, where)


def _unknown(key: str, keys: Sequence[str], where: str, what: str = "key") -> None:
    near = difflib.get_close_matches(key, keys, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(keys)}."
    raise ConfigError(f"{where}: unknown {what} “{key}”.", hint=hint)


def rule_ids(checks: Sequence[Check] | None = None) -> tuple[str, ...]:
    """Codes, names and three-letter prefixes that select, ignore and severity accept (any prefix of a code does)."""
    rules = [r for c in (registered() + OPTIONAL if checks is None else checks) for r in c.rules]
    return tuple(dict.fromkeys([*(r.code[:3] for r in rules), *(r.code for r in rules), *(r.name for r in rules)]))


def selectors(values: object, where: str, checks: Sequence[Check] | None = None) -> tuple[str, ...]:
    """A list of code prefixes and rule names. Raises ConfigError where one matches no rule of `checks` (None: ours)."""
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise ConfigError(f"{where}: a list of codes is expected, not {values!r}.", hint='For example ["LOC"].')
    known = rule_ids(checks)
    for value in cast(list[str], values):
        if not value or not any(k == value or (k[:3].isupper() and k.startswith(value)) for k in known):
            _unknown(value, known, where)
    return tuple(values)


def _policy(table: Mapping[str, Any], where: str, checks: Sequence[Check]) -> Policy:
    default = Policy()
    per_file = table.get("per-file-ignores", {})
    if not isinstance(per_file, Mapping):
        raise ConfigError(f"{where}: per-file-ignores must be a table of glob = [codes].", hint="")
    globs = {g: selectors(v, f"{where}: per-file-ignores.{g}", checks) for g, v in per_file.items()}
    return Policy(
        select=selectors(table["select"], f"{where}: select", checks) if "select" in table else default.select,
        ignore=selectors(table.get("ignore", []), f"{where}: ignore", checks),
        per_file_ignores=globs,
        severity=_rule_severities(table.get("severity", {}), f"{where}: severity", checks),
    )


def _rule_severities(table: object, where: str, checks: Sequence[Check]) -> dict[str, Severity]:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where} must be a table of code = severity.", hint='For example {LOC = "neutral"}.')
    selectors(list(table), where, checks)
    return {str(k): _severity(v, f"{where}.{k}") for k, v in table.items()}


def _severities(table: object, where: str) -> dict[Severity, float]:
    _known(table, [s.label for s in Severity], where)
    weights = cast(Mapping[str, object], table)
    for key, value in weights.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise ConfigError(f"{where}.{key} = {value!r} is not a number, 0 or more.", hint="MQM: 0, 1, 5, 25.")
    return {_severity(k, where): float(cast(float, v)) for k, v in weights.items()}


def _severity(value: object, where: str) -> Severity:
    labels = {s.label: s for s in Severity}
    if not isinstance(value, str) or value not in labels:
        _unknown(str(value), tuple(labels), where)
    return labels[cast(str, value)]


def _checks(table: object, where: str, checks: tuple[Check, ...]) -> tuple[Check, ...]:
    _known(table, [check_key(c) for c in registered() + OPTIONAL], f"{where}: checks")
    tables = cast(Mapping[str, Any], table)
    return tuple(_configured(c, tables.get(check_key(c), {}), f"{where}: checks.{check_key(c)}") for c in checks)


def thresholds(check: Check) -> dict[str, object]:
    """The check's fields by configuration key (hyphens), with their values."""
    listed = [f for f in fields(cast(Any, check)) if f.init and not f.metadata.get("content")]
    return {f.name.replace("_", "-"): getattr(check, f.name) for f in listed}


def content(check: Check) -> dict[str, object]:
    """What the check holds of the user's own files; empty of most."""
    return {f.name: getattr(check, f.name) for f in fields(cast(Any, check)) if f.metadata.get("content")}


def _configured(check: Check, table: object, where: str) -> Check:
    known = thresholds(check)
    _known(table, tuple(known), where)
    values = cast(Mapping[str, Any], table)
    for key, value in values.items():
        default = known[key]
        number = isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool)
        sequence = isinstance(default, tuple) and isinstance(value, list)
        if type(value) is not type(default) and not number and not sequence:
            raise ConfigError(f"{where}.{key} = {value!r} is of the wrong kind.", hint=f"The default is {default!r}.")
    changed = {k.replace("-", "_"): tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return cast(Check, replace(cast(Any, check), **changed)) if changed else check


def thresholds_markdown(checks: Sequence[Check]) -> str:
    """The part of docs/configuration.md that lists the thresholds."""
    rows = ["| table | keys and defaults | rules |", "|---|---|---|"]
    for check in checks:
        keys = ", ".join(f"`{k} = {_toml(v)}`" for k, v in thresholds(check).items()) or "none"
        rows.append(f"| `{check_key(check)}` | {keys} | {', '.join(r.code for r in check.rules)} |")
    return "\n".join(rows) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
