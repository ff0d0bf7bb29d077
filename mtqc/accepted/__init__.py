"""What somebody accepted beforehand: a baseline, a sidecar file of suppressions, or an editor's decisions.

`load` reads any of the three; `apply` takes what they accept out of a report's articles, into `suppressed`, and says
which entries nothing matched; `baseline` writes one. docs/gate.md describes the files.
"""

from __future__ import annotations

from mtqc.accepted.applying import apply, restored
from mtqc.accepted.baselines import baseline, require_signature
from mtqc.accepted.entries import Accepted, Entry, merged
from mtqc.accepted.files import load

__all__ = ["Accepted", "Entry", "apply", "baseline", "load", "merged", "require_signature", "restored"]
