"""What a run folder is made into: every file whole, the same whatever happened before, and as other writers write it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pyarrow.parquet as pq
import pytest
from runs import JOB, NAMES, about, article, derived, full, report, result, results, unread

from mtqc import tables
from mtqc.batch import finish as finishing
from mtqc.batch import finish_index, gathering, names, outputs
from mtqc.batch.finish import finish
from mtqc.batch.folder import RunFolder
from mtqc.batch.model import Judged, Tally, packed, unpacked
from mtqc.errors import InputError
from mtqc.model import Severity
from mtqc.report import html_writer, json_reader, json_writer, records, standing
from mtqc.report.json_schema import schema

COUNT = 24


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("finish") / "run"
    full(path, results(COUNT))
    return path


@pytest.fixture(scope="module")
def whole():
    return report(COUNT)


class Page(HTMLParser):
    """Links, ids of elements, and the text."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.text, self.rows = [], set(), "", 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.rows += tag == "tr"
        if tag == "a":
            self.links.append(told["href"])
        if "id" in told:
            self.ids.add(told["id"])

    def handle_data(self, data):
        self.text += data


def page(path):
    return Page(path.read_text(encoding="utf-8"))


def test_the_report_is_the_one_that_check_writes(run, whole):
    assert (run / "mtqc-report.json").read_text(encoding="utf-8") == json_writer.render(whole)


def test_the_report_is_valid_and_can_be_read_back(run, whole):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads((run / "mtqc-report.json").read_text(encoding="utf-8")), schema())
    read = json_reader.load(run)
    assert [a.pair.id for a in read.articles] == [a.pair.id for a in whole.articles]
    assert read.unread == whole.unread


def test_sentences_are_those_that_check_writes(run, whole):
    assert (run / "sentences.jsonl").read_text(encoding="utf-8") == json_writer.render_lines(whole)


@pytest.mark.parametrize("rows", ["findings", "sentences", "articles"])
def test_tables_hold_the_records_of_the_report_in_the_order_of_the_corpus(run, whole, rows):
    made = {"findings": records.findings, "sentences": records.sentences, "articles": lambda a: [records.article(a)]}
    expected = [plain(row) for a in whole.articles for row in made[rows](a)]
    if rows == "articles":
        expected.insert(4, plain(records.unchecked(*whole.unread[0])))
    own = pq.read_table(run / f"{rows}.parquet")
    assert own.to_pylist() == expected
    nothing = tables.to_arrow([], rows)
    assert own.schema.remove_metadata() == nothing.schema.remove_metadata()


def plain(row):
    """Parquet's text holds no lone surrogate."""
    return {k: v.encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v for k, v in row.items()}


def test_tables_name_their_origin(run):
    metadata = pq.read_schema(run / "findings.parquet").metadata
    assert metadata[b"mtqc.version"] == b"0.1"
    assert metadata[b"mtqc.signature"] == about().signature.encode()


def test_every_article_that_was_read_has_its_page(run):
    for n in range(COUNT):
        path = run / names.page_name(n, result(n).id)
        if n == 4:
            assert not list((run / "articles").glob("*-5.html"))
        else:
            assert path.read_text(encoding="utf-8") == unpacked(result(n).parts["page"])
    assert len(list((run / "articles").iterdir())) == COUNT - 1


def test_names_of_pages_are_safe_readable_and_nobody_elses():
    made = [
        names.page_name(n, name) for n, name in enumerate([*NAMES, "plain", "PLAIN", "\u00e9t\u00e9", "CON", "日本"])
    ]
    assert len({m.lower() for m in made}) == len(made)
    for name in made:
        assert re.fullmatch(r"articles/[A-Za-z0-9][A-Za-z0-9_-]{0,70}\.html", name)
    assert made[0] == "articles/plain-1.html"
    assert made[1] == "articles/a-b-c-2.html"
    assert made[2] == "articles/ligne-brisee-3.html"
    assert made[3] == "articles/ete-4.html"
    assert made[-1].startswith("articles/article-")


def test_the_summary_counts_what_the_report_holds(run, whole):
    told = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    assert (told["articles"], told["unread"], told["incomplete"]) == (COUNT, 1, 0)
    assert told["complete"] is False
    assert told["sentences"] == sum(len(a.sentences) for a in whole.articles)
    assert told["findings"] == {s.label: whole.count(s) for s in sorted(Severity, reverse=True)}
    overall = standing.overall(whole)
    assert told["quality"] == pytest.approx(overall.quality, abs=0.01)
    assert told["mqm_per_1000_words"] == pytest.approx(overall.mqm_per_1000_words, abs=0.01)
    assert [(r["code"], r["findings"]) for r in told["rules"]] == [(r.code, r.number) for r in standing.rules(whole)]
    assert told["first_unread"] == [{"id": "article 4", "reason": "the file is empty."}]
    ranked = [whole.articles[n] for n in standing.by_badness(whole.articles) if whole.articles[n].all_findings]
    assert [a["id"] for a in told["worst_articles"]] == [a.pair.id for a in ranked][: finishing.SHOWN]


def test_only_the_log_holds_times(run, tmp_path):
    other = tmp_path / "run"
    full(other, results(COUNT), started="2031-01-01T00:00:00+00:00")
    assert derived(other) == derived(run)
    assert "article 4: the file is empty." in (run / "mtqc.log").read_text(encoding="utf-8")


def test_neither_order_nor_interruption_nor_repetition_changes_a_byte(run, tmp_path):
    other = tmp_path / "run"
    given = results(COUNT)
    with RunFolder.create(other, about()) as folder:
        folder.keep([unread(9, "not yet there."), *given[12:]])
        finish(folder)
    with RunFolder.resume(other, about()) as folder:
        for judged in reversed(given[:12]):
            folder.keep([judged])
        finish(folder)
        before = {p: p.stat().st_mtime_ns for p in (other / "articles").iterdir()}
        finish(folder)
        assert {p: p.stat().st_mtime_ns for p in (other / "articles").iterdir()} == before, "written once"
    assert derived(other) == derived(run)


def test_pages_of_articles_that_are_gone_go_too(tmp_path, monkeypatch):
    monkeypatch.setattr(finish_index, "PAGE", 2)
    full(tmp_path / "two", results(2))
    with RunFolder.create(tmp_path / "run", about()) as folder:
        folder.keep(results(6))
        finish(folder)
        assert (tmp_path / "run/index-3.html").exists()
        folder.trim(2)
        finish(folder)
    assert derived(tmp_path / "run") == derived(tmp_path / "two")


def test_what_is_damaged_or_cut_off_is_written_anew(run, tmp_path):
    other = tmp_path / "run"
    full(other, results(COUNT))
    ours = derived(run).keys() - {"names.csv"}  # where that is not as it was written, an editor was at it
    for path in (other / name for name in ours):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (other / "articles.parquet").unlink()
    with RunFolder.resume(other, about()) as folder:
        finish(folder)
    assert derived(other) == derived(run)


def test_row_groups_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(outputs, "GROUP", 5)
    full(tmp_path / "run", results(COUNT))
    parts = pq.ParquetFile(tmp_path / "run/sentences.parquet").metadata
    assert parts.num_rows == 2 * (COUNT - 1)
    assert [parts.row_group(n).num_rows for n in range(parts.num_row_groups)] == [5] * 9 + [1]


def test_an_empty_run_says_that_there_was_nothing(tmp_path):
    with RunFolder.create(tmp_path / "run", about()) as folder:
        summary = finish(folder)
    assert not summary.complete
    assert "There was no article to judge." in page(summary.index).text
    assert not json_reader.load(tmp_path / "run").complete
    for rows in ("findings", "sentences", "articles"):
        assert pq.read_table(tmp_path / f"run/{rows}.parquet").num_rows == 0


def test_files_that_changed_make_the_run_incomplete(tmp_path):
    with RunFolder.create(tmp_path / "run", about()) as folder:
        folder.keep(results(3))
        summary = finish(folder, changed=["en/1.txt"])
    assert not summary.complete
    assert "en/1.txt changed while it was being read" in page(summary.index).text
    assert json.loads((tmp_path / "run/summary.json").read_text())["changed_during_the_run"] == ["en/1.txt"]
    read = json_reader.load(tmp_path / "run")
    assert not read.complete, "the gate cannot pass it"
    assert read.unread == (("en/1.txt", "It changed while it was being read."),)


def test_the_index_links_to_every_page_and_to_the_findings_themselves(run):
    index = page(run / "index.html")
    for link in index.links:
        path, _, anchor = link.partition("#")
        target = run / path if path else run / "index.html"
        assert target.is_file(), link
        assert not anchor or anchor in page(target).ids, link
    assert {names.page_name(n, result(n).id) for n in range(COUNT) if n != 4} <= set(index.links)


def test_the_index_says_how_the_corpus_stands(run, whole):
    text = page(run / "index.html").text
    assert f"{COUNT} articles" in text
    assert f"{whole.count(Severity.CRITICAL)} critical" in text
    assert "1 article could not be read:article 4 the file is empty." in text
    assert f"{sum(len(a.sentences) for a in whole.articles)} sentences" in text


def test_the_index_is_ordered_as_the_report_is_and_the_unread_come_last(run, whole):
    listed = re.findall(r'<th scope="row">(?:<a href="([^"]*)">|<b>)', (run / "index.html").read_text(encoding="utf-8"))
    ids = {names.page_name(n, result(n).id): result(n).id for n in range(COUNT)}
    assert [ids[x] for x in listed[:-1]] == [whole.articles[n].pair.id for n in standing.by_badness(whole.articles)]
    assert listed[-1] == "", "the unread one has no page"


def test_the_index_is_cut_into_pages(tmp_path, monkeypatch, run):
    monkeypatch.setattr(finish_index, "PAGE", 5)
    path = tmp_path / "run"
    full(path, results(COUNT))
    pages = [path / ("index.html" if n == 1 else f"index-{n}.html") for n in range(1, 6)]
    assert sorted(path.glob("index*.html")) == sorted(pages)
    assert [page(p).rows - 1 for p in pages] == [5, 5, 5, 5, 4]
    listed = [x for p in pages for x in page(p).links if x.startswith("articles/") and "#" not in x]
    assert listed == [x for x in page(run / "index.html").links if x.startswith("articles/") and "#" not in x]
    assert "index-2.html" in page(pages[0]).links
    assert "index-4.html" in page(pages[4]).links
    for p in pages:
        assert all((path / x.partition("#")[0]).is_file() for x in page(p).links if not x.startswith("#"))


def test_many_unread_articles_do_not_hide_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(finish_index, "PAGE", 10)
    full(tmp_path / "run", [result(0), *(unread(n, f"reason {n}.") for n in range(1, 40)), result(40)])
    first = page(tmp_path / "run/index.html")
    assert "39 articles could not be read" in first.text
    assert "reason 10." in first.text
    assert "reason 11." not in first.text.partition("Articles, the worst first")[0]
    assert "index.html" in first.links, "where their list begins"
    assert all(f"reason {n}." in (tmp_path / "run/mtqc.log").read_text() for n in range(1, 40))


def test_what_articles_say_does_no_harm_in_the_index(tmp_path):
    evil = "<script>alert(1)</script>\u202e\x1b[31m"
    bad = replace(unread(0, f"because {evil}"), id=evil)
    full(tmp_path / "run", [bad, replace(result(1), id=evil, reason=evil, state="incomplete")])
    text = (tmp_path / "run/index.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "script-src" not in text
    assert "default-src &#39;none&#39;" in text


def test_the_index_speaks_french(tmp_path):
    with RunFolder.create(tmp_path / "run", about()) as folder:
        folder.keep(results(6))
        finish(folder, lang="fr")
    text = (tmp_path / "run/index.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in text
    assert "Articles, les plus mauvais d’abord" in text
    assert "1 article n’a pas pu être lu" in text


def test_the_worst_findings_are_named_first_and_alike_ones_once(run, whole):
    told = page(run / "index.html").text
    for _, finding in standing.worst(whole, gathering.MOST):
        assert finding.message in told or finding.message.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in told


def test_a_part_that_is_damaged_is_told_and_leaves_what_was_there(tmp_path):
    path = tmp_path / "run"
    full(path, results(3))
    before = derived(path)
    with RunFolder.opened(path) as folder:
        folder.keep([replace(result(1), parts={**result(1).parts, "lines": b"rubbish"})])
        with pytest.raises(InputError) as caught:
            finish(folder)
    assert f"The state of the run in {path} is damaged (a/b c: damaged" in str(caught.value)
    assert derived(path) == before


def test_many_articles_of_equal_name_stay_apart(tmp_path):
    same = [replace(result(n), id="article") for n in (0, 1, 2)]
    full(tmp_path / "run", same)
    assert sorted(p.name for p in (tmp_path / "run/articles").iterdir()) == [f"article-{n}.html" for n in (1, 2, 3)]


def test_a_tally_without_a_score_is_no_zero(tmp_path):
    bare = Judged(0, "k", "bare", "incomplete", "no words", tally=Tally(0, 0), parts=result(1).parts)
    full(tmp_path / "run", [replace(bare, parts={**result(1).parts, "findings": packed("[]")})])
    told = json.loads((tmp_path / "run/summary.json").read_text())
    assert told["quality"] is None
    text = page(tmp_path / "run/index.html").text
    assert "1 article is incomplete; its page says why" in text
    assert "100.0" not in text


def test_the_anchor_of_a_finding_is_the_one_on_its_page():
    found = result(0)
    assert json.loads(unpacked(found.parts["findings"]))
    assert 'id="n0-1"' in unpacked(found.parts["page"])
    assert html_writer.policy("x") != html_writer.policy("x", "y")
    assert article(0).id == found.id
    assert JOB.lang == "en"
