"""The Python interface: texts, files and iterables in, reports and records of errors out; the model loaded once."""

from __future__ import annotations

import gc
import itertools
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import mtqc
from mtqc import api
from mtqc.model import ArticlePair, ArticleReport, Document, Span
from mtqc.pipeline import Direction, Models, check_article
from mtqc.report import json_writer
from mtqc.source import read_pairs
from mtqc.testing import ReplayTranslator

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "corpora"
NAMES = sorted(p.parent.name for p in CORPORA.glob("*/meta.toml"))
EN = "The mayor of Springvale resigned on Monday. The budget is 3 billion dollars."
FR = "La maire de Springvale a démissionné lundi. Le budget est de 3 millions de dollars."


def texts(name):
    """The texts as a Python program reads them, line ends kept."""
    folder = CORPORA / name
    return tuple((folder / f).read_bytes().decode("utf-8") for f in ("source.en.txt", "target.fr.txt"))


def said(report):
    return [(f.code, f.target.span, f.confidence, f.fingerprint) for f in report.all_findings]


@pytest.fixture(autouse=True)
def no_models_kept(monkeypatch):
    monkeypatch.setattr(api, "_process", api._Process())


@pytest.fixture
def loads(monkeypatch):
    """Settings for which models were asked for; the models answer nothing."""
    asked = []
    void = ReplayTranslator()

    def load(chosen):
        asked.append(chosen)
        return Models(Direction(void, void))

    monkeypatch.setattr(api, "load_models", load)
    return asked


def test_two_texts_give_a_report_whose_spans_are_the_texts():
    report = mtqc.check(EN, FR, id="springvale", no_model=True)
    assert isinstance(report, mtqc.ArticleReport)
    assert report.pair.id == "springvale"
    assert report.pair.source.path == report.pair.target.path == ""
    (finding,) = [f for f in report.all_findings if f.code == "ACC301"]
    span = finding.target.span
    assert FR[span.start : span.end] == finding.target.text == "3 millions de dollars"


def test_line_ends_and_marks_of_a_text_are_kept():
    report = mtqc.check(EN.replace(". ", ".\r\n"), "\u2060" + FR.replace(". ", ".\r\n"), no_model=True)
    assert "\r\n" in report.pair.target.text
    assert report.pair.target.text.startswith("\u2060")


def test_paths_give_what_the_command_reads(tmp_path):
    report = mtqc.check(CORPORA, no_model=True)
    assert [a.pair.id for a in report.articles] == NAMES
    folder = CORPORA / "business"
    two = mtqc.check(folder / "source.en.txt", folder / "target.fr.txt", no_model=True)
    assert said(two.articles[0]) == said(report.articles[NAMES.index("business")])
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text(FR, encoding="utf-8")
    (tmp_path / "b.en.txt").write_text(EN, encoding="utf-8")
    part = mtqc.check(tmp_path, no_model=True)
    assert [name for name, _ in part.unread] == ["b"]
    assert not part.complete


def test_the_report_is_the_command_s(tmp_path, monkeypatch):
    """Byte for byte, path for path."""
    out = tmp_path / "report.json"
    command = [
        sys.executable,
        "-c",
        "from mtqc.cli import main; main()",
        "check",
        "corpora/wire",
        "--no-model",
        "--format",
        "json",
    ]
    done = subprocess.run([*command, "--output", str(out)], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(ROOT)
    report = mtqc.check(Path("corpora/wire"), no_model=True)
    assert json_writer.render(report) == out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (EN, "", "holds no text"),
        (EN, EN, "hold the same text"),
        (FR, EN, "Swap them"),
        (EN, "Der Bürgermeister ist am Montag zurückgetreten. " * 5, "is in German"),
        (EN, FR + "\ud83d", "half of a surrogate pair at offset 83"),
        (EN, "x" * 100_001, "100001 characters"),
        ("pyproject.toml", FR, "is the name of a file"),
        (EN, Path("a.fr.txt"), "neither two texts nor two paths, but str and PosixPath"),
        (EN, None, "neither two texts nor two paths, but str and NoneType"),
        (Path("missing.txt"), Path("gone.txt"), "missing.txt does not exist"),
    ],
)
def test_bad_input_is_one_sentence_and_what_to_do(source, target, message, monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(mtqc.InputError, match=message) as caught:
        mtqc.check(source, target, no_model=True)
    assert caught.value.hint


def test_settings_come_from_a_file_or_from_keys(tmp_path):
    path = tmp_path / "mtqc.toml"
    path.write_text('per-file-ignores = {"*" = ["LOC"]}\nsource-lang = "fr"\ntarget-lang = "en"\n', encoding="utf-8")
    by_keys = mtqc.load_settings(per_file_ignores={"*": ["LOC"]}, source_lang="fr", target_lang="en")
    assert mtqc.load_settings(path) == by_keys
    assert mtqc.load_settings() == mtqc.Settings()
    with pytest.raises(mtqc.UsageError, match="not from both"):
        mtqc.load_settings(path, beam=2)
    with pytest.raises(mtqc.UsageError, match="settings is dict"):
        mtqc.check(EN, FR, settings={"beam": 2})
    report = mtqc.check(FR, EN, settings=by_keys, no_model=True)
    assert report.pair.source.lang == "fr"


def test_no_file_in_the_working_folder_is_looked_for(tmp_path, monkeypatch):
    (tmp_path / "mtqc.toml").write_text("nonsense = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert mtqc.check(EN, FR, no_model=True).all_findings


def test_a_bad_item_is_a_record_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(FR, encoding="utf-8")
    unread = ("x", mtqc.InputError("x is broken.", hint="Mend it."))
    items = [
        (EN, FR),
        ("own", EN, FR),
        {"id": 7, "source": EN, "target": FR},
        {"source": EN, "target": FR, "date": "2026-11-28"},
        ["list", EN, FR],
        (tmp_path / "a.txt", tmp_path / "b.txt"),
        ArticlePair("pair", Document(EN, "en"), Document(FR, "fr")),
        (EN, ""),
        {"source": EN},
        "no pair",
        None,
        (tmp_path, tmp_path),
        ("gone", tmp_path / "a.txt", tmp_path / "c.txt"),
        ("numbers", 1, 2),
        unread,
        (EN, FR),
    ]
    results = list(mtqc.check_many(items, no_model=True))
    assert [r.pair.id for r in results if isinstance(r, ArticleReport)] == [
        "1",
        "own",
        "7",
        "4",
        "list",
        "6",
        "pair",
        "16",
    ]
    assert len({str(said(r)) for r in results if isinstance(r, ArticleReport)}) == 1
    bad = {r.id: r.error for r in results if isinstance(r, mtqc.Unchecked)}
    assert list(bad) == ["8", "9", "10", "11", "12", "gone", "numbers", "x"]
    assert bad["x"] is unread[1]
    assert all(isinstance(e, mtqc.InputError) and e.hint for e in bad.values())
    assert "has no “target”" in bad["9"].message
    assert "no pair of texts but str" in bad["10"].message
    assert not any(r.complete for r in results if isinstance(r, mtqc.Unchecked))


def test_a_pair_of_the_other_direction_is_refused():
    pair = ArticlePair("a", Document(FR, "fr"), Document(EN, "en"))
    (result,) = mtqc.check_many([pair], no_model=True)
    assert "a is fr to en, and the settings say en to fr" in result.error.message
    (report,) = mtqc.check_many([pair], no_model=True, settings=mtqc.load_settings(source_lang="fr", target_lang="en"))
    assert report.complete


def test_what_the_readers_yield_can_be_checked():
    results = list(mtqc.check_many(read_pairs(CORPORA), no_model=True))
    assert [r.pair.id for r in results] == NAMES
    assert results == list(mtqc.check(CORPORA, no_model=True).articles)


def test_a_crash_on_one_article_is_a_record_that_says_where(monkeypatch, loads):
    def crash(pair, *_):
        if "Monday" in pair.source.text:
            raise ValueError("boom")
        return check_article(pair, mtqc.Settings(), None)

    def crash_together(*_):
        raise ValueError("one of them")

    monkeypatch.setattr(api, "check_articles", crash_together)
    monkeypatch.setattr(api, "check_article", crash)
    first, second = mtqc.check_many([(EN, FR), ("He left.", "Il est parti.")])
    assert isinstance(first.error, mtqc.CheckCrashed)
    assert "1 could not be checked (ValueError: boom; in crash, line" in first.error.message
    assert second.complete


def test_a_model_that_fails_on_one_article_is_a_record_and_one_that_cannot_be_had_an_error(monkeypatch, loads):
    class Broken(ReplayTranslator):
        def translate(self, texts, progress=None):
            raise mtqc.ModelError("The model failed.", hint="Try again.")

    monkeypatch.setattr(api, "load_models", lambda _: Models(Direction(Broken(), Broken())))
    (result,) = mtqc.check_many([(EN, FR)])
    assert isinstance(result.error, mtqc.ModelError)
    monkeypatch.undo()
    with pytest.raises(mtqc.ModelError, match="no such model folder"):
        list(mtqc.check_many([(EN, FR)], settings=mtqc.load_settings(model="./nowhere")))


def test_what_the_iterable_raises_and_what_stops_the_program_passes_through(monkeypatch, loads):
    def broken():
        yield EN, FR
        raise OSError("the disk is gone")

    results = mtqc.check_many(broken(), no_model=True)
    assert next(results).complete
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)
    for stop in (KeyboardInterrupt, MemoryError):
        monkeypatch.setattr(api, "check_articles", lambda *_, stop=stop: (_ for _ in ()).throw(stop))
        with pytest.raises(stop):
            next(mtqc.check_many([(EN, FR)]))


def reports_alive():
    gc.collect()
    return sum(isinstance(o, ArticleReport) for o in gc.get_objects())


def endless(taken, source=EN):
    for n in itertools.count():
        taken.append(n)
        yield str(n), source, FR


@pytest.mark.parametrize("at_once", [1, 4])
def test_check_many_takes_a_few_items_at_a_time_and_keeps_none(at_once):
    taken = []
    before = reports_alive()
    results = mtqc.check_many(endless(taken), no_model=True, at_once=at_once)
    assert taken == []
    for n in range(20):
        result = next(results)
        assert result.pair.id == str(n)
        assert len(taken) == (n // at_once + 1) * at_once
        assert reports_alive() - before == at_once - n % at_once


def test_fewer_long_articles_are_taken_at_once():
    taken = []
    next(mtqc.check_many(endless(taken, "It rains. " * 7_000), no_model=True, at_once=50))
    assert len(taken) == 3


@pytest.mark.parametrize("at_once", [0, -1, 2.5, "many"])
def test_at_once_is_a_number_from_one_on(at_once):
    with pytest.raises(mtqc.UsageError, match="at_once is"):
        mtqc.check_many([], at_once=at_once)


def test_what_the_iterable_raises_comes_after_the_results_of_what_it_gave():
    def broken():
        yield from [(EN, FR)] * 5
        raise OSError("the disk is gone")

    results = mtqc.check_many(broken(), no_model=True, at_once=3)
    assert [next(results).pair.id for _ in range(5)] == ["1", "2", "3", "4", "5"]
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)


def test_models_get_the_sentences_of_several_articles_at_once(monkeypatch):
    asked = []

    class Counting(ReplayTranslator):
        def translate(self, texts, progress=None):
            asked.append(len(texts))
            return super().translate(texts, progress)

    void = Counting({s: s for s in ("La maire est partie.", "Il est parti.")})
    monkeypatch.setattr(api, "load_models", lambda _: Models(Direction(void, void)))
    items = [("The mayor left.", "La maire est partie."), ("He left.", "Il est parti.")] * 2
    together = list(mtqc.check_many(items))
    assert asked[0] == 4
    assert together == list(mtqc.check_many(items, at_once=1))


def test_gathered_results_are_a_report_and_incomplete_where_one_is():
    results = list(mtqc.check_many([(EN, FR), (EN, "")], no_model=True))
    report = mtqc.gather(results, no_model=True)
    assert [a.pair.id for a in report.articles] == ["1"]
    assert report.unread == (("2", str(results[1].error)),)
    assert not report.complete
    assert report.signature == mtqc.check(CORPORA / "wire", no_model=True).signature
    assert not mtqc.gather([], no_model=True).complete


def test_models_are_found_once_for_the_settings_that_they_depend_on(loads):
    mtqc.check(EN, FR)
    mtqc.check(EN, FR, settings=mtqc.load_settings(select=["ACC"]))
    list(mtqc.check_many([(EN, FR), (EN, FR)]))
    assert len(loads) == 1
    mtqc.check(EN, FR, settings=mtqc.load_settings(beam=4))
    assert len(loads) == 2
    mtqc.check(EN, FR)
    assert len(loads) == 2


def test_only_the_last_sets_of_models_are_kept(loads):
    for beam in range(1, api.KEPT + 3):
        mtqc.check(EN, FR, settings=mtqc.load_settings(beam=beam))
        mtqc.check(EN, FR)
    assert len(api._process.models) == api.KEPT
    assert len(loads) == api.KEPT + 3


def test_no_models_are_found_where_none_is_wanted(loads):
    mtqc.check(EN, FR, no_model=True)
    list(mtqc.check_many([], no_model=False))
    assert loads == []


def test_threads_share_one_set_of_models_and_check_one_article_at_a_time(monkeypatch, loads):
    running, most = 0, 0
    own = threading.Lock()

    def counted(pair, chosen, models):
        nonlocal running, most
        with own:
            running += 1
            most = max(most, running)
        try:
            return check_article(pair, chosen, models)
        finally:
            with own:
                running -= 1

    monkeypatch.setattr(api, "check_article", counted)
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda n: mtqc.check(EN, FR, id=str(n)), range(24)))
    assert len(loads) == 1
    assert most == 1
    assert [r.pair.id for r in reports] == [str(n) for n in range(24)]
    assert len({str(said(r)) for r in reports}) == 1


@pytest.mark.model
def test_threads_get_from_the_shipped_model_what_one_thread_gets(tmp_path, monkeypatch):
    """Nothing is loaded yet when they begin, and nothing is cached."""
    settings = mtqc.load_settings(cache=False)
    pairs = {name: texts(name) for name in NAMES[:6]}
    with ThreadPoolExecutor(6) as pool:
        together = dict(zip(pairs, pool.map(lambda p: mtqc.check(*p, settings=settings), pairs.values()), strict=True))
    assert len(api._process.models) == 1
    monkeypatch.setattr(api, "_process", api._Process())
    for name, pair in pairs.items():
        assert mtqc.check(*pair, settings=settings) == together[name]


@pytest.mark.model
def test_articles_measured_together_are_what_each_is_by_itself():
    settings = mtqc.load_settings(cache=False)
    items = [(name, *texts(name)) for name in NAMES[:4]] + [("bad", "", "")]
    together = list(mtqc.check_many(items, settings=settings))
    for one, many in zip(mtqc.check_many(items, settings=settings, at_once=1), together, strict=True):
        assert isinstance(many, mtqc.Unchecked) if isinstance(one, mtqc.Unchecked) else said(one) == said(many)


@pytest.mark.model
def test_the_shipped_model_finds_in_texts_what_it_finds_in_the_files():
    report = mtqc.check(CORPORA)
    assert report.complete
    assert [a.pair.id for a in report.articles] == NAMES
    items = ((name, *texts(name)) for name in NAMES)
    for one, many in zip(report.articles, mtqc.check_many(items), strict=True):
        assert said(one) == said(many)
        assert one.score == many.score
    severe = {a.pair.id: sum(f.severity >= mtqc.Severity.MAJOR for f in a.all_findings) for a in report.articles}
    assert all(
        severe[n] < min(severe[m] for m in NAMES if not m.startswith("clean-")) for n in NAMES if n.startswith("clean-")
    )


FORKED = """
import os, sys
import mtqc
settings = mtqc.load_settings(cache=False)
pair = {pair!r}
before = mtqc.check(*pair, settings=settings)
child = os.fork()
after = mtqc.check(*pair, settings=settings)
if not child:
    sys.exit(7 if before == after else 1)
assert before == after
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.model
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_gets_models_of_its_own_and_ends():
    """With its parent's it would wait for ever: CTranslate2's threads do not cross a fork."""
    code = FORKED.format(pair=(EN, FR))
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 7, done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_fork_while_another_thread_checks_does_not_wait_for_its_lock():
    process = api._Process()
    process.lock.acquire()
    process.models["key"] = Models(Direction(ReplayTranslator(), ReplayTranslator()))
    process.renew()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(process.lock.acquire, timeout=1).result()
    assert not process.models


def test_segments_of_an_article_pair_are_kept():
    half = len("Yes.\n")
    given = ArticlePair(
        "a",
        Document("Yes.\nNo.", "en"),
        Document("Oui.\nNon.", "fr"),
        ((Span(0, 4), Span(0, 4)), (Span(half, half + 3), Span(half, half + 4))),
    )
    (report,) = mtqc.check_many([given], no_model=True)
    assert [s.bead.kind for s in report.sentences] == ["1-1", "1-1"]


def test_names_that_are_not_there_are_said_to_be_not():
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        mtqc.chek  # noqa: B018
