from __future__ import annotations

import re

import pytest

from mtqc.checks.calques import Calques, entries
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check, run_example
from mtqc.text.tokens import plain

CHECK = Calques()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def test_every_entry_is_sound():
    names = [e.name for e in entries()]
    assert len(names) == len(set(names)) > 700
    for entry in entries():
        assert entry.good, entry.name
        assert entry.severity in {Severity.MINOR, Severity.MAJOR}
        assert not entry.source_pattern.search("")
        assert not entry.bad_pattern.search("")


def test_no_pattern_is_slow():
    """No nested quantifier that runs away on a long sentence."""
    long = "the " * 150 + "take " * 20
    for entry in entries():
        assert not entry.bad_pattern.search("le la " * 150), entry.name
        entry.source_pattern.search(long)


@pytest.mark.parametrize("quote", ["'", "’"])
def test_the_counterpart_and_the_right_wording_are_shown(quote):
    source = f"The founder{quote}s plan is to take Acme (ACM-1.2%) private."
    (finding,) = run_check(CHECK, make_pair(source, "Le fondateur veut prendre Acme (ACM-1.2%) privé."))
    assert finding.target.text == "prendre Acme (ACM-1.2%) privé"
    assert finding.source.text == "take Acme (ACM-1.2%) private"
    assert "retirer de la cote" in finding.message


def test_an_entry_can_be_skipped():
    article = make_pair("They take Acme private.", "Ils vont prendre Acme privé.")
    assert run_check(Calques(skip=("take private",)), article) == []


def test_keys_stand_in_every_match():
    """What the prefilter looks for stands in the English that the pattern itself matches."""
    for entry in entries():
        for word in re.findall(r"[a-z]+", plain(entry.name).lower()):
            match = entry.source_pattern.search(word)
            if match and entry.keys:
                assert any(key in match[0].lower() for key in entry.keys), entry.name
