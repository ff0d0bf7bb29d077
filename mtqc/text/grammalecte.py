"""Grammalecte, the French grammar checker (GPL), asked in a process of its own. Never imported, never required.

Debian ships it as the package python3-grammalecte, which has no command of its own: a dozen lines run under the
system's Python, read a JSON list of sentences and write a JSON list of remarks. About 0.3 s to start and 5 ms a
sentence (Grammalecte 2.1.2).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mtqc.model import NotMeasured, Span

NOT_INSTALLED_STATUS = 3
NOT_INSTALLED = NotMeasured("Grammalecte is not installed (Debian: apt install python3-grammalecte)")
_SCRIPT = f"""
import json, sys
try:
    from grammalecte.grammar_checker import GrammarChecker
except ImportError:
    sys.exit({NOT_INSTALLED_STATUS})
engine = GrammarChecker("fr").gce
found = []
for text in json.load(sys.stdin.buffer):
    errors = engine.parse(text, "FR")
    errors = errors.values() if isinstance(errors, dict) else errors
    found.append([[e["nStart"], e["nEnd"], e["sType"], e["sMessage"], list(e["aSuggestions"])[:3]] for e in errors])
sys.stdout.write(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of a grammar checker on a text: its place, its kind (Grammalecte's `sType`), what it says."""

    span: Span
    kind: str
    message: str
    suggestions: tuple[str, ...] = ()


class GrammarRunner(Protocol):
    """Whatever finds remarks in French texts."""

    def remarks(self, texts: Sequence[str]) -> tuple[tuple[Remark, ...], ...] | NotMeasured:
        """Remarks on each text, in order; NotMeasured where there is no checker, or it failed."""
        ...


@dataclass(frozen=True, slots=True)
class Grammalecte:
    """Runs Grammalecte once for all texts it is given.

    `python`: the interpreter that has Grammalecte; "": the system's (`python3` outside any virtual environment).
    `timeout_s`: seconds after which it is given up.
    """

    python: str = ""
    timeout_s: float = 60.0

    def remarks(self, texts: Sequence[str]) -> tuple[tuple[Remark, ...], ...] | NotMeasured:
        """As GrammarRunner. A text that is not NFC gets no remark: Grammalecte's offsets would not be ours."""
        python = self.python or shutil.which("python3", path=os.defpath)
        if not python:
            return NOT_INSTALLED
        asked = [t if unicodedata.is_normalized("NFC", t) else "" for t in texts]
        try:
            done = subprocess.run(
                [python, "-I", "-c", _SCRIPT],
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=self.timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return NotMeasured(f"Grammalecte took more than {self.timeout_s:g} s")
        except OSError as error:
            return NotMeasured(f"Grammalecte could not be started with {python}: {error.strerror}")
        return _answer(done, texts)


def _answer(
    done: subprocess.CompletedProcess[bytes], texts: Sequence[str]
) -> tuple[tuple[Remark, ...], ...] | NotMeasured:
    if done.returncode == NOT_INSTALLED_STATUS:
        return NOT_INSTALLED
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        return NotMeasured(f"Grammalecte failed with exit status {done.returncode}: {last or 'it said nothing'}")
    try:
        found = json.loads(done.stdout)
        remarks = tuple(tuple(_remark(*row) for row in rows) for rows in found)
    except (ValueError, TypeError) as error:
        return NotMeasured(f"Grammalecte’s answer cannot be read: {error}")
    if len(remarks) != len(texts):
        return NotMeasured(f"Grammalecte answered on {len(remarks)} of {len(texts)} sentences")
    return tuple(tuple(r for r in rows if r.span.end <= len(text)) for rows, text in zip(remarks, texts, strict=True))


def _remark(start: int, end: int, kind: str, message: str, suggestions: list[str]) -> Remark:
    return Remark(Span(start, end), kind, message, tuple(suggestions))
