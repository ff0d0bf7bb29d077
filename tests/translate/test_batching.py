import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.errors import UsageError
from mtqc.translate.batching import _quota, alike, cores, plan


@given(st.lists(st.integers(1, 200), max_size=60), st.integers(200, 1000), st.integers(1, 8))
def test_every_index_once_within_the_budget_longest_first(lengths, most, workers):
    batches = plan(lengths, most, workers)
    assert sorted(i for b in batches for i in b) == list(range(len(lengths)))
    for batch in batches:
        assert max(lengths[i] for i in batch) * len(batch) <= most
    firsts = [lengths[b[0]] for b in batches]
    assert firsts == sorted(firsts, reverse=True)


@given(st.lists(st.integers(1, 20), max_size=60), st.integers(20, 100))
def test_nothing_is_padded_in_batches_of_one_length(lengths, most):
    batches = alike(lengths, most)
    assert sorted(i for b in batches for i in b) == list(range(len(lengths)))
    for batch in batches:
        assert len({lengths[i] for i in batch}) == 1
        assert sum(lengths[i] for i in batch) <= most
    full = sum(-(-lengths.count(n) // (most // n)) for n in set(lengths))
    assert len(batches) == full


def test_a_small_job_is_cut_finer_so_that_no_core_is_idle():
    assert len(plan([20] * 8, 1024, workers=2)) >= 4


def test_how_many_cores(monkeypatch):
    monkeypatch.delenv("MTQC_THREADS", raising=False)
    assert cores() >= 1
    assert cores(3) == 3
    monkeypatch.setenv("MTQC_THREADS", "5")
    assert (cores(), cores(3)) == (5, 3)
    monkeypatch.setenv("MTQC_THREADS", "many")
    with pytest.raises(UsageError, match="MTQC_THREADS='many'"):
        cores()


def test_a_container_s_share_of_the_machine(tmp_path):
    file = tmp_path / "cpu.max"
    assert _quota(file) > 1000
    for text, most in (
        ("max 100000\n", 1 << 16),
        ("200000 100000\n", 2),
        ("150000 100000\n", 2),
        ("50000 100000\n", 1),
    ):
        file.write_text(text)
        assert _quota(file) == most
