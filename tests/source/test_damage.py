"""Files of every kind with damage at random: articles and errors in one sentence come out, never anything else."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pyarrow
import pytest
from pyarrow import parquet
from source_inputs import EN, FR, split_up, write

from mtqc.errors import MtqcError
from mtqc.source import read_pairs
from mtqc.source.stream import Reading, stream

UNIT = f'<tu><tuv xml:lang="en"><seg>{EN}</seg></tuv><tuv xml:lang="fr"><seg>{FR}</seg></tuv></tu>'
PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\r",
    b"\n\n",
    b'"',
    b"\t",
    b"\\",
    b"{",
    b"\xed\xa0\x80",
    b"\xc3",
    b"msgid ",
    b"]]>",
    b"&x;",
)


def files() -> dict[str, bytes]:
    table = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([{"en": EN, "fr": FR, "id": i} for i in range(4)]), table)
    plain = {
        "a.tsv": f'en\tfr\tid\n"{EN}"\t{FR}\tx\n'.encode() * 3,
        "a.jsonl": f'{{"en": "{EN}", "fr": "{FR}", "id": 1, "date": "2024"}}\n'.encode() * 3,
        "a.tmx": f'<?xml version="1.0"?><tmx version="1.4"><body>{UNIT * 3}</body></tmx>'.encode(),
        "a.xlf": f'<xliff><file original="a"><unit><segment><source>{EN}</source><target>{FR}</target></segment></unit></file></xliff>'.encode(),
        "a.po": f'msgid ""\nmsgstr "Language: fr\\n"\n\n#, fuzzy\nmsgid "{EN}"\nmsgstr "{FR}"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'.encode(),
        "a.parquet": table.getvalue(),
        "m.csv": b"source,target,id\na.en.txt,a.fr.txt,x\n",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (plain | {"a.en.txt": EN.encode(), "a.fr.txt": FR.encode()}).items():
            archive.writestr(name, data)
    return (
        plain | {"a.zip": packed.getvalue()} | {f"{name}.gz": gzip.compress(plain[name]) for name in ("a.po", "a.tsv")}
    )


def damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 30))):
        at, kind = chance.randrange(len(made) + 1), chance.randrange(4)
        if kind == 0 and made:
            made[at - 1] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + chance.choice((1, 10, 100))]
        elif kind == 2:
            made[at:at] = chance.choice(PIECES)
        else:
            made[at:at] = made[at // 2 : at // 2 + chance.choice((5, 50, 500))]
    return bytes(made)


@pytest.mark.parametrize("name", files())
def test_whatever_is_damaged_nothing_else_comes_out(tmp_path, name):
    data, chance = files()[name], random.Random(name)
    said: list[str] = []
    for _ in range(60):
        path = write(tmp_path / name, damaged(data, chance))
        ways = [
            lambda path=path: stream(path, reading=Reading(languages=False)),
            lambda path=path: read_pairs(path),
        ]
        if name == "m.csv":
            ways = [lambda path=path: stream(None, reading=Reading(manifest=path))]
        for way in ways:
            try:
                pairs, _ = split_up(way())
                assert all(p.target.text.encode() for p in pairs.values())
            except MtqcError as error:
                said.append(error.message)
    assert all("\n" not in message and message.endswith(".") for message in said)
