"""PO: what is a row, what is left out and said, encodings, damage."""

from __future__ import annotations

from pathlib import Path

import pytest
from source_inputs import EN, FR, read, streamed, texts, write

from mtqc.errors import InputError
from mtqc.model import ArticlePair
from mtqc.source import read_pairs
from mtqc.source.again import TextsAtHand
from mtqc.source.stream import Reading, stream

HEADER = 'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n"Content-Type: text/plain; charset={charset}\\n"\n'
ENTRIES = f"""
#. A comment with msgid in it
#: pier.c:12
#, c-format
msgctxt "news"
msgid ""
"{EN}\\n"
"See \\"%s\\"."
msgstr ""
"{FR}\\n"
"Voir « %s »."

#, fuzzy
#| msgid "Guest"
msgid "Guess"
msgstr "Invité"

msgctxt "file"
msgid "One file was left."
msgid_plural "%d files were left."
msgstr[0] "Il restait un fichier."
msgstr[1] "Il restait %d fichiers."
msgstr[2] "Il restait %d fichiers."

msgid "Half of it"
msgid_plural "Both halves"
msgstr[0] "La moitié"
msgstr[1] ""

#~ msgid "Old"
#~ msgstr "Vieux"
msgid "Not yet"
msgstr ""
"""


def po(path, entries=ENTRIES, lang="fr", charset="UTF-8", encoding="utf-8"):
    return write(path, (HEADER.format(lang=lang, charset=charset) + entries).encode(encoding))


@pytest.mark.parametrize("reader", [read, streamed])
def test_entries_are_rows_and_what_is_left_out_is_said(tmp_path, reader):
    pairs, errors = reader(po(tmp_path / "a.po", lang="fr_CA"))
    (pair,) = pairs.values()
    assert texts(pair) == [
        (f'{EN}\nSee "%s".', f"{FR}\nVoir « %s »."),
        ("One file was left.", "Il restait un fichier."),
        ("%d files were left.", "Il restait %d fichiers."),
    ]
    assert pair.source.file_lines == (10, 10, 23, 23)
    path = tmp_path / "a.po"
    assert errors == {
        "a.po:19": f"An entry of {path} is marked as fuzzy, and left out, the first on line 19.",
        "a.po:29": f"2 entries of {path} are without French text, the first on line 29.",
    }
    assert TextsAtHand()(pair.target) == pair.target


def test_what_translate_toolkit_writes(tmp_path):
    from translate.storage.pypo import pofile

    store = pofile()
    wanted = [(f"{EN} {i}\nTab\there.", f"{FR} {i}\n«\u00a0Fin\u202f».") for i in range(120)]
    for own, other in wanted:
        store.addunit(made := store.UnitClass(own))
        made.target = other
    pairs, errors = streamed(write(tmp_path / "a.po", bytes(store)))
    assert errors == {}
    assert [row for pair in pairs.values() for row in texts(pair)] == wanted
    assert [len(p.segments) for p in pairs.values()] == [100, 20]
    assert next(iter(pairs)).startswith("a:")


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("CHARSET", "utf-8"),
        ("ISO-8859-1", "iso-8859-1"),
        ("utf-8", "utf-8-sig"),
        ("latin1", "utf-8"),
    ],
)
def test_encodings(tmp_path, charset, encoding):
    other = FR.replace("’", "'")
    path = po(tmp_path / "a.po", f'\nmsgid "{EN}"\nmsgstr "{other}"\n', charset=charset, encoding=encoding)
    (pair,) = read(path)[0].values()
    assert texts(pair) == [(EN, other)]
    assert pair.warnings == ()


def test_the_direction_is_the_headers(tmp_path):
    with pytest.raises(InputError, match="translations are in “de”, not in French"):
        list(stream(po(tmp_path / "a.po", lang="de")))
    back = po(tmp_path / "b.po", f'\nmsgid "{FR}"\nmsgstr "{EN}"\n', lang="en")
    with pytest.raises(InputError, match="are in English, not in French") as caught:
        list(stream(back))
    assert "--source-lang fr" in caught.value.hint
    ((pair),) = read_pairs(back, None, ("fr", "en"))
    assert texts(pair) == [(FR, EN)]


def test_entries_that_translate_toolkit_fails_on(tmp_path):
    bad = '\nmsgid "a"\nmsgid_plural "b"\n\nmsgid ""\nmsgid_plural "b"\nmsgstr "c"\n'
    pairs, errors = streamed(po(tmp_path / "a.po", bad + f'\nmsgid "{EN}"\nmsgstr "{FR}"\n'))
    assert [texts(p) for p in pairs.values()] == [[(EN, FR)]]
    assert all("PO file" in message or "without French" in message for message in errors.values())


def test_bad_entries_keep_back_no_other(tmp_path):
    bad = (
        f'\ngarbage\n\nmsgid "open\nmsgstr "x"\n\nmsgid "a"\nmsgstr[0x "b"\n\nmsgid "{EN}"\nmsgstr "{FR}"\n\n'
    ).encode()
    path = po(tmp_path / "a.po", "")
    path.write_bytes(path.read_bytes() + bad + b'msgid "coffee"\nmsgstr "caf\xe9"\n')
    pairs, errors = streamed(path)
    assert [texts(p) for p in pairs.values()] == [[(EN, FR)]]
    assert "begins no entry of a PO file: Syntax error" in errors["a.po:6"]
    assert "end-of-line within string" in errors["a.po:8"]
    assert "byte 0xe9 cannot be decoded" in errors["a.po:17"]
    assert "begins no entry" in errors["a.po:11"]
    assert all(" on line 1" not in message for message in errors.values())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "holds no text"),
        (HEADER.format(lang="fr", charset="UTF-8"), "holds no entry that is translated"),
        ('msgid "a"\nmsgstr ""\n', "holds no entry that is translated. An entry of"),
        (EN, "begins no entry of a PO file"),
        (b"\x00\x01", "is not a text file"),
        ('msgid "a"\nmsgstr "b"\n' * 80_000, "begins an entry that is too long"),
    ],
)
def test_files_without_any_use(tmp_path, data, said):
    with pytest.raises(InputError, match=said) as caught:
        list(stream(write(tmp_path / "a.po", data)))
    assert "\n" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "mtqc").rglob("*.po")), ids=str)
def test_real_files_as_babel_reads_them(path):
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = [m for m in read_po(file) if m.id and not m.fuzzy]
    wanted = []
    for message in messages:
        ids, strings = ([x] if isinstance(x, str) else list(x) for x in (message.id, message.string))
        wanted += dict.fromkeys(
            (ids[min(at, len(ids) - 1)], string) for at, string in enumerate(strings) if all(strings)
        )
    found = list(stream(path, reading=Reading(languages=False)))
    rows = [row for pair in found if isinstance(pair, ArticlePair) for row in texts(pair)]
    assert len(wanted) > 100
    assert set(rows) == set(wanted)
