"""House rules read from YAML: validated key by key, their examples run."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, cast, get_args

import regex
import yaml

from mtqc.checks.house_rule import HouseRule, Patterns, Scope, slots_of
from mtqc.errors import CheckCrashed, ConfigError, InputError
from mtqc.house.yaml_reader import parse
from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule
from mtqc.source.encoding import decode
from mtqc.testing import run_example

CODE = re.compile(r"(ACC|FLU|TRM|LOC|STY|ALN)9\d\d")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_PATTERN = 2000
MOST_COPIES = 100_000
"""Product of the least counts, {1000} or {500,}, of a pattern. The library writes copies out: 1,000,000 took 4 s and
270 MB to compile, and `((a{1000}){1000}){1000}` takes all memory."""
_LEAST_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")
MOST_BYTES = 1_000_000
_PATTERNS = ("source", "source-not", "target", "target-not")
_TEXTS = (*_PATTERNS, "message", "fix", "summary", "rationale")
KEYS = ("code", "name", "category", "severity", "scope", "ignore-case", "exact", "confidence", *_TEXTS, "examples")
EXAMPLE_KEYS = ("en", "fr", "marks", "note")
_DEFAULT_CATEGORY = {
    "ACC": Category.MISTRANSLATION,
    "FLU": Category.GRAMMAR,
    "TRM": Category.WRONG_TERM,
    "LOC": Category.LOCALE_PUNCTUATION,
    "STY": Category.AWKWARD,
    "ALN": Category.ALIGNMENT,
}
_DIMENSION = {"ACC": "accuracy", "FLU": "fluency", "TRM": "terminology", "LOC": "locale", "STY": "style"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one example did. `problem`: "" where it did what it says."""

    rule: HouseRule
    number: int
    example: Example
    problem: str


def load(path: Path) -> tuple[HouseRule, ...]:
    """The rules of a file, whose examples all do what they say.

    Raises InputError where it cannot be read, ConfigError, with file, rule and key, where a rule is wrong or an example
    fails.
    """
    rules = read(path)
    for outcome in outcomes(rules):
        if outcome.problem:
            raise ConfigError(
                f"{path}: rule {outcome.rule.rule.code}: example {outcome.number}: {outcome.problem}.",
                hint=f"Mend the rule or the example; `mtqc rules --test {path}` runs them all.",
            )
    return rules


def read(path: Path) -> tuple[HouseRule, ...]:
    """The rules of a file, examples not run. Raises as `load`."""
    text = decode(_bytes(path), str(path)).text
    try:
        data = parse(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not valid YAML: {' '.join(str(error).split())}.", hint="Mend that line.") from error
    _only(data, ("rules",), str(path))
    rows = cast(Mapping[str, Any], data).get("rules")
    if not isinstance(rows, list) or not rows:
        raise ConfigError(f"{path}: no list of rules under the key “rules”.", hint="See docs/house-rules.md.")
    rules = tuple(_rule(row, f"{path}: rule {i + 1}", str(path)) for i, row in enumerate(rows))
    unique(rules, str(path))
    return rules


def unique(rules: Sequence[HouseRule], where: str) -> None:
    """Raises ConfigError where two rules have one code or one name."""
    for what in ("code", "name"):
        values = [str(getattr(r.rule, what)) for r in rules]
        twice = next((v for v in values if values.count(v) > 1), "")
        if twice:
            raise ConfigError(f"{where}: two house rules have the {what} {twice}.", hint="Give each its own.")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB.", hint="Split it into several files.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", hint="Give the path of a YAML file.") from error


def outcomes(rules: Sequence[HouseRule]) -> Iterator[Outcome]:
    """Run every example of every rule."""
    for rule in rules:
        for i, example in enumerate(rule.rule.examples):
            yield Outcome(rule, i + 1, example, _problem(rule, example))


def _problem(rule: HouseRule, example: Example) -> str:
    try:
        found = [f.target.text for f in run_example(rule, rule.rule, example)]
    except CheckCrashed as error:
        return error.message.rstrip(".")
    except ValueError as error:  # not the same number of lines
        return str(error)
    marked = ", ".join(f"“{text}”" for text in found)
    if example.marks is None:
        return f"must stay silent, but marks {marked}" if found else ""
    if example.marks not in found:
        return f"must mark “{example.marks}”, but " + (f"marks {marked}" if found else "stays silent")
    return ""


def _rule(row: object, where: str, origin: str) -> HouseRule:
    _only(row, KEYS, where)
    table = cast(Mapping[str, Any], row)
    code = _matching(table, "code", CODE, where, "a prefix (ACC, FLU, TRM, LOC, STY, ALN) and 900 to 999: STY901")
    where = f"{origin}: rule {code}"
    texts = {key: _text(table, key, where) for key in _TEXTS}
    patterns = Patterns(
        source=texts["source"],
        source_not=texts["source-not"],
        target=texts["target"],
        target_not=texts["target-not"],
        ignore_case=_flag(table, "ignore-case", where),
        exact=_flag(table, "exact", where),
    )
    name = _matching(table, "name", _NAME, where, "words in lower case with hyphens: no-anglicisms")
    scope = _one_of(table, "scope", get_args(Scope), where, "sentence")
    fix = texts["fix"] if "fix" in table else None
    rule = HouseRule(
        _described(table, code, name, texts, where), patterns, texts["message"], fix, cast(Scope, scope), origin
    )
    _check_patterns(rule, where)
    return rule


def _described(table: Mapping[str, Any], code: str, name: str, texts: Mapping[str, str], where: str) -> Rule:
    severity = _one_of(table, "severity", [s.label for s in Severity], where, "minor")
    return Rule(
        code=code,
        name=name,
        category=_category(table, code, where),
        severity=Severity[severity.upper()],
        summary=texts["summary"] or texts["message"],
        rationale=texts["rationale"] or "A rule of the house.",
        examples=_examples(table.get("examples"), where),
        confidence=_confidence(table, where),
    )


def _category(table: Mapping[str, Any], code: str, where: str) -> Category:
    default = _DEFAULT_CATEGORY[code[:3]]
    category = Category(_one_of(table, "category", list(Category), where, default))
    if category.split("/")[0] != _DIMENSION.get(code[:3], "alignment"):
        raise ConfigError(
            f"{where}: category {category} does not go with the prefix {code[:3]}.",
            hint=f"Leave it out ({default}), or change the code.",
        )
    return category


def _confidence(table: Mapping[str, Any], where: str) -> float:
    value = table.get("confidence", 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise ConfigError(f"{where}: confidence = {value!r} is no share.", hint="A number above 0, up to 1.")
    return float(value)


def _check_patterns(rule: HouseRule, where: str) -> None:
    p = rule.patterns
    if not (p.target or p.target_not):
        raise ConfigError(f"{where}: neither target nor target-not.", hint="Say what the French must or must not have.")
    if not p.target and not p.source:
        raise ConfigError(f"{where}: target-not needs source.", hint="Say which English calls for it.")
    try:
        groups = {n: (c.groups, c.groupindex) for n, c in rule.compiled.items()}
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ConfigError(f"{where}: not a regular expression: {error}.", hint=_failing(rule)) from error
    for key, template in (("message", rule.message), ("fix", rule.fix or "")):
        for slot in slots_of(template):
            if not _is_slot(slot, groups):
                raise ConfigError(f"{where}: {key}: {{{slot}}} names no group.", hint="See docs/house-rules.md.")


def _failing(rule: HouseRule) -> str:
    for key in _PATTERNS:
        try:
            regex.compile(getattr(rule.patterns, key.replace("-", "_")))
        except Exception:  # whatever a hostile pattern raises
            return f"Mend the key {key}."
    return "Mend its patterns."


def _is_slot(slot: str, groups: Mapping[str, tuple[int, Mapping[str, int]]]) -> bool:
    side, _, group = slot.rpartition(".")
    if slot in {"source", "target"}:
        return slot in groups
    if side not in {"", "source"}:
        return False
    count, names = groups.get(side or "target", (-1, {}))
    return int(group) <= count if group.isdigit() else group in names


def _examples(rows: object, where: str) -> tuple[Example, ...]:
    if not isinstance(rows, list) or not rows:
        raise ConfigError(f"{where}: examples: none.", hint="Give one that is found (marks) and one that is not.")
    examples = tuple(_example(row, f"{where}: example {i + 1}") for i, row in enumerate(rows))
    for fires, what in ((True, "is found (with the key marks)"), (False, "is not found (without it)")):
        if not any(e.fires is fires for e in examples):
            raise ConfigError(f"{where}: examples: none that {what}.", hint="Add one; it is run with every start.")
    return examples


def _example(row: object, where: str) -> Example:
    _only(row, EXAMPLE_KEYS, where)
    table = cast(Mapping[str, Any], row)
    texts = {key: _text(table, key, where) for key in EXAMPLE_KEYS}
    if "fr" not in table or "en" not in table:
        raise ConfigError(f"{where}: en and fr are needed.", hint="An English sentence and its French.")
    return Example(texts["en"], texts["fr"], texts["marks"] if "marks" in table else None, texts["note"])


def _only(table: object, keys: Sequence[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where}: keys and values are expected, not {table!r:.60}.", hint="See docs/house-rules.md.")
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(str(key), keys, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(keys)}."
            raise ConfigError(f"{where}: unknown key “{key}”.", hint=hint)


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}: {key} = {value!r:.60} is no text.", hint="Put it between quotation marks.")
    if key in _PATTERNS and len(value) > LONGEST_PATTERN:
        raise ConfigError(f"{where}: {key} is longer than {LONGEST_PATTERN} characters.", hint="Make several rules.")
    if key in _PATTERNS and prod(max(1, int(n)) for n in _LEAST_COUNT.findall(value)) > MOST_COPIES:
        raise ConfigError(f"{where}: {key} repeats something more than {MOST_COPIES} times.", hint="Lower its counts.")
    if (key == "message" or key in table) and not value.strip() and key not in {"fix", "en", "marks"}:
        raise ConfigError(f"{where}: {key} is missing or empty.", hint=f"Fill the key {key}, or leave it out.")
    return value


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: {key} = {value!r:.60} is not true or false.", hint="The default is false.")
    return value


def _matching(table: Mapping[str, Any], key: str, pattern: re.Pattern[str], where: str, what: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ConfigError(f"{where}: {key} = {value!r:.60} is not as it should be.", hint=f"A {key} is {what}.")
    return value


def _one_of(table: Mapping[str, Any], key: str, known: Sequence[str], where: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or value not in known:
        raise ConfigError(f"{where}: {key} = {value!r:.60} is unknown.", hint=f"Known: {', '.join(known)}.")
    return value
