"""A corrected table: the rows of corrected sentences change, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from outcomes import Editor, report

from mtqc.review import exports
from mtqc.source import read_pairs

ROWS = [
    ("The mayor resigned on Monday. She is tired.", "La maire a démissionné lundi. Elle est fatiguée.", "one"),
    ("The plan would cost $3 billion.", "Le plan coûterait 3 millions de dollars.", "two"),
    ('He said "no" to the whole plan.', 'Il a dit "non" à tout le plan.', "one"),
]


def tsv(rows=ROWS):
    return "".join("\t".join(r) + "\r\n" for r in rows)


def header(rows=ROWS):
    return "id\tfr\tnote\ten\n" + "".join(f"{i}\t{f}\t\u00a0x\t{e}\n" for e, f, i in rows)


def quoted(rows=ROWS):
    return "".join("\t".join('"' + c.replace('"', '""') + '"' for c in r) + "\n" for r in rows)


def jsonl(rows=ROWS):
    return "".join(
        f'{{"fr" : {json.dumps(f)}, "x": 1.50,  "en":{json.dumps(e)}, "article": "{i}"}}\n' for e, f, i in rows
    )


def plain_jsonl(rows=ROWS):
    return "\n".join(json.dumps({"article": i, "source": e, "target": f}, ensure_ascii=False) for e, f, i in rows)


NEW = {
    "Le plan coûterait 3 millions de dollars.": "Le plan coûterait 3\u00a0milliards de dollars.",
    'Il a dit "non" à tout le plan.': 'Il a dit "non, merci" à\\tout.',
}


def reviewed(path, data):
    path.write_bytes(data)
    editor = Editor(report(*read_pairs(path)))
    for number, article in enumerate(editor.report.articles):
        for s in article.sentences:
            if s.bead.target_text in NEW:
                editor.edit(s.id, NEW[s.bead.target_text], article=number)
    assert len(editor.events) == 2
    return editor


def corrected(editor):
    return exports.make("corrected", editor.report, editor.events)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("name", "write"),
    [("a.tsv", tsv), ("a.tab", header), ("q.tsv", quoted), ("a.jsonl", jsonl), ("b.ndjson", plain_jsonl)],
)
def test_a_table_comes_out_as_the_table(tmp_path, name, write, encoding):
    editor = reviewed(tmp_path / name, write().encode(encoding))
    file = corrected(editor)
    expected = write([(e, NEW.get(f, f), i) for e, f, i in ROWS]).encode(encoding)
    assert (file.name, file.notes) == (name, ())
    assert file.body == expected


def test_the_whole_export_names_it_after_the_table(tmp_path):
    editor = reviewed(tmp_path / "my table.tsv", tsv().encode())
    written = exports.export(editor.report, editor.events, tmp_path / "out", ("corrected",))
    assert [str(p.relative_to(tmp_path / "out")) for p in written] == ["corrected/my-table.tsv"]


@pytest.mark.parametrize("new", ["Deux\nlignes.", "Une\tcolonne."])
def test_what_a_cell_cannot_hold_comes_out_as_text(tmp_path, new):
    editor = reviewed(tmp_path / "a.tsv", tsv().encode())
    editor.edit("s1", new, article=1)
    archive = zipfile.ZipFile(io.BytesIO(corrected(editor).body))
    assert archive.namelist() == ["one.fr.txt", "two.fr.txt", "READ-ME.txt"]
    assert archive.read("two.fr.txt").decode() == new
    assert "is a table into which the corrections cannot be put for sure" in archive.read("READ-ME.txt").decode()


def test_the_same_words_twice_in_a_row_come_out_as_text(tmp_path):
    rows = [*ROWS[:2], ("He said no. Then he left. He said no.", "Il a dit non. Il est parti. Il a dit non.", "one")]
    path = tmp_path / "a.tsv"
    path.write_text(tsv(rows), encoding="utf-8")
    editor = Editor(report(*read_pairs(path)))
    last = editor.report.articles[0].sentences[-1]
    assert last.bead.target_text == "Il a dit non."
    editor.edit(last.id, "Il refusa.")
    archive = zipfile.ZipFile(io.BytesIO(corrected(editor).body))
    assert archive.read("one.fr.txt").decode().endswith("Il a dit non. Il est parti. Il refusa.")


def test_a_table_that_changed_since_is_not_written_into(tmp_path):
    editor = reviewed(tmp_path / "a.tsv", tsv().encode())
    (tmp_path / "a.tsv").write_text(tsv().replace("fatiguée", "lasse"), encoding="utf-8", newline="")
    file = corrected(editor)
    assert zipfile.ZipFile(io.BytesIO(file.body)).namelist() == ["one.fr.txt", "two.fr.txt", "READ-ME.txt"]
    assert any(n.startswith("one.fr.txt") and "gone or has changed" in n for n in file.notes)
