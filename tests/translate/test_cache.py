import multiprocessing
import sqlite3

import pytest
from translate_fixtures import Counting, fill

from mtqc.model import NotMeasured, Span, Tokens
from mtqc.translate import cache
from mtqc.translate.cache import CachedLinker, CachedScorer, CachedTranslator, Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sub" / "measured.sqlite"


def test_only_what_is_new_is_asked_once_and_order_stays(path):
    inner = Counting()
    translator = CachedTranslator(inner, Store(path))
    assert translator.translate(["a", "b", "a"]) == ["A", "B", "A"]
    assert translator.translate(["c", "a", "é"]) == ["C", "A", "É"]
    assert inner.asked == [["a", "b"], ["c", "é"]]
    assert translator.signature == "counting"


def test_another_process_finds_it_and_progress_counts_every_text(path):
    CachedTranslator(Counting(), Store(path)).translate(["a", "xyz"])
    inner, done = Counting(), []
    made = CachedTranslator(inner, Store(path)).translate(["a", "b", "xyz", "b"], done.append)
    assert made == ["A", "B", NotMeasured("no x"), "B"]
    assert inner.asked == [["b"]]
    assert sum(done) == 4


def test_another_signature_finds_nothing(path):
    CachedTranslator(Counting(), Store(path)).translate(["a"])
    inner = Counting("other")
    CachedTranslator(inner, Store(path)).translate(["a"])
    assert inner.asked == [["a"]]


def test_scores_come_back_as_they_went_in(path):
    pairs = [("a", "été"), ("b", ""), ("été", "a")]
    fresh = CachedScorer(Counting(), Store(path)).score(pairs)
    inner = Counting()
    assert CachedScorer(inner, Store(path)).score(pairs) == fresh == Counting().score(pairs)
    assert inner.asked == []


def tokens(text):
    ends = [len(" ".join(text.split()[: i + 1])) for i in range(len(text.split()))]
    return Tokens(text, tuple(Span(e - len(w), e) for e, w in zip(ends, text.split(), strict=True)))


def test_link_tables_come_back_as_they_went_in(path):
    pairs = [(tokens("l' été"), tokens("summer is")), (tokens("b"), tokens("")), (tokens("a"), tokens("x y z"))]
    fresh = CachedLinker(Counting(), Store(path)).links(pairs)
    inner = Counting()
    assert CachedLinker(inner, Store(path)).links(pairs) == fresh == Counting().links(pairs)
    assert inner.asked == []


def test_other_words_of_the_same_text_are_linked_anew(path):
    text, other = tokens("ab cd"), tokens("x")
    CachedLinker(Counting(), Store(path)).links([(text, other)])
    inner = Counting()
    one = Tokens(text.text, (Span(0, 5),))
    [table] = CachedLinker(inner, Store(path)).links([(one, other)])
    assert inner.asked
    assert table.rows == ((0.25,),)


def test_a_text_and_a_pair_do_not_meet(path):
    store = Store(path)
    CachedTranslator(Counting(), store).translate(["ab"])
    inner = Counting()
    CachedScorer(inner, store).score([("a", "b")])
    assert inner.asked


@pytest.mark.parametrize(
    "rubbish", [b"this is no database, and long enough not to look empty" * 40, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_broken_file_is_moved_aside_with_a_warning(path, rubbish):
    path.parent.mkdir()
    path.write_bytes(rubbish)
    store = Store(path)
    assert CachedTranslator(Counting(), store).translate(["a"]) == ["A"]
    assert len(store.warnings) == 1
    assert "is broken" in store.warnings[0]
    [aside] = path.parent.glob("*.broken-*")
    assert aside.read_bytes() == rubbish
    inner = Counting()
    assert CachedTranslator(inner, Store(path)).translate(["a"]) == ["A"]
    assert inner.asked == []


def test_a_file_that_breaks_later_costs_no_result(path):
    store = Store(path)
    translator = CachedTranslator(Counting(), store)
    translator.translate([str(i) for i in range(500)])
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    assert translator.translate(["1", "b"]) == ["1", "B"]
    assert "is broken" in store.warnings[0]


def test_a_value_of_another_shape_is_measured_again(path):
    store = Store(path)
    translator = CachedTranslator(Counting(), store)
    translator.translate(["a"])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE measured SET value = '{\"other\": 1}'")
    assert translator.translate(["a"]) == ["A"]
    assert "not what it should be" in store.warnings[0]


def test_a_place_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "measured.sqlite")
    translator = CachedTranslator(Counting(), store)
    assert translator.translate(["a"]) == translator.translate(["a"]) == ["A"]
    assert len(store.warnings) == 1
    assert "going on without it" in store.warnings[0]


def test_a_locked_file_is_done_without(path, monkeypatch):
    monkeypatch.setattr(cache, "WAIT_SECONDS", 0.05)
    CachedTranslator(Counting(), Store(path)).translate(["a"])
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    store = Store(path)
    assert CachedTranslator(Counting(), store).translate(["a", "b"]) == ["A", "B"]
    assert "locked" in store.warnings[0]
    blocker.close()


def test_several_processes_write_at_once(path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(path, 30 * n)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [w.exitcode for w in workers] == [0, 0, 0]
    inner = Counting()
    CachedTranslator(inner, Store(path)).translate([f"text {i}" for i in range(121)])
    assert inner.asked == []


def test_a_file_that_grew_too_large_loses_its_older_half(path, monkeypatch):
    monkeypatch.setattr(cache.time, "time", lambda: 1000)
    CachedTranslator(Counting(), Store(path)).translate([f"old {i}" * 50 for i in range(500)])
    monkeypatch.setattr(cache.time, "time", lambda: 2000)
    CachedTranslator(Counting(), Store(path)).translate([f"new {i}" * 50 for i in range(400)])
    monkeypatch.setattr(cache, "MOST_BYTES", 10_000)
    inner = Counting()
    CachedTranslator(inner, Store(path)).translate([f"new {i}" * 50 for i in range(400)])
    assert inner.asked == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT at, count(*) FROM measured GROUP BY at").fetchall() == [
            (1000, 50),
            (2000, 400),
        ]


DAMAGED = ["CAST(x'22c3' AS TEXT)", "x'00ff'", "'\"cut'", "'5'", "'[]'", "'{\"void\"'", "''"]


@pytest.mark.parametrize("value", DAMAGED)
def test_one_damaged_value_costs_that_value(path, value):
    store = Store(path)
    translator = CachedTranslator(Counting(), store)
    translator.translate(["a", "b"])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE measured SET value = {value} WHERE key = (SELECT min(key) FROM measured)")
    inner = Counting()
    assert CachedTranslator(inner, store).translate(["a", "b"]) == ["A", "B"]
    [asked] = inner.asked
    assert len(asked) == 1
    assert "not what it should be" in store.warnings[0]
    fresh = Counting()
    assert CachedTranslator(fresh, Store(path)).translate(["a", "b"]) == ["A", "B"]
    assert fresh.asked == []


def test_a_full_disk_costs_time_only(path):
    store = Store(path)
    store.put({b"k": "v"})
    store._open().execute("PRAGMA max_page_count = 4")
    long = [f"text {i} " * 100 for i in range(50)]
    translator = CachedTranslator(Counting(), store)
    assert translator.translate(long) == translator.translate(long) == Counting().translate(long)
    assert len(store.warnings) == 1
    assert "full" in store.warnings[0]
    assert store.get([b"k"]) == {b"k": "v"}


def test_it_is_made_smaller_while_it_is_open_and_by_one_process_only(path):
    texts = [f"text {i} " * 50 for i in range(1000)]
    store, other = Store(path, most_bytes=200_000), Store(path, most_bytes=200_000)
    assert other.get([b"k"]) == {}
    for start in range(0, 1000, 50):
        CachedTranslator(Counting(), store).translate(texts[start : start + 50])
    with sqlite3.connect(path) as connection:
        [held] = connection.execute("SELECT count(*) FROM measured").fetchone()
    assert 150 < held < 700
    other._shrunk()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM measured").fetchone() == (held,)
    assert store.warnings == other.warnings == []


def test_its_limit_can_be_set_and_nonsense_is_said(path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_MB", "3")
    assert Store(path)._limit() == 3 << 20
    assert Store(path, most_bytes=10)._limit() == 10
    monkeypatch.setenv("MTQC_CACHE_MB", "much")
    store = Store(path)
    assert store._limit() == cache.MOST_BYTES
    assert "MTQC_CACHE_MB='much' is not a whole number" in store.warnings[0]


def test_numbers_come_back_as_they_went_in(path):
    asked = []

    def measure(a, b):
        asked.append((a, b))
        return ((1, 2), (3.5, 4), (1.0, 2.0)) if a else ((0,), (0,), (0,))

    pairs = [("a", "b"), ("", "b"), ("a", "b")]
    fresh = cache.numbers(Store(path), "counts", pairs, measure)
    assert cache.numbers(Store(path), "counts", pairs, measure) == fresh == [measure(*p) for p in pairs]
    assert asked[:2] == [("a", "b"), ("", "b")]
    assert len(asked) == 2 + 3
    assert cache.numbers(Store(path), "chrf", [("a", "b")], lambda *_: 12.5) == [12.5]
    assert cache.numbers(None, "chrf", [("a", "b")], lambda *_: 13.5) == [13.5]
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE measured SET value = '[[\"x\"]]'")
    store = Store(path)
    assert cache.numbers(store, "counts", pairs, measure) == fresh
    assert "not what it should be" in store.warnings[0]
