"""Counting the lexicon: weights, caps, what is kept."""

import gzip

import lexicon as module
import pytest
from lexicon import counts, kept, key


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    rows = [
        ("authored", "The probe failed.", "La sonde a échoué.", "0-0 1-1 2-3 3-4"),
        ("canada_laws", "The probe failed.", "La sonde échoua.", "0-0 1-1 2-2 3-3"),
        ("python_docs", "A probe.", "Un sondage.", ""),
    ]
    for name, columns in (("clean", (0, 1, 2)), ("links", (1, 2, 3))):
        lines = "".join("\t".join(r[c] for c in columns) + "\n" for r in rows)
        (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(lines.encode()))
    monkeypatch.setattr(module, "HERE", tmp_path)
    return tmp_path


def test_pairs_count_by_their_source(data):
    linked, english, french = module.count()
    assert linked["probe"] == {"sonde": 4}
    assert linked["failed"] == {"échoué": 3, "échoua": 1}
    assert "the" not in linked
    assert english["probe"] == 5
    assert french["sondage"] == 1


def test_large_sources_give_no_more_than_their_share(data, monkeypatch):
    monkeypatch.setattr(module, "MOST", 0)
    assert [weight for weight, *_ in module.taken()] == [3]


def test_the_file_is_the_same_each_time(data, tmp_path):
    module.main(tmp_path / "a.gz")
    module.main(tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    text = gzip.decompress((tmp_path / "a.gz").read_bytes()).decode()
    assert text.splitlines()[0].startswith("# training/lexicon.py")
    assert "probe\t5\tsonde=4\n" in text
    assert "\nsonde\t4\n" in text


def test_rare_links_are_kept_only_of_rare_words():
    assert kept(module.Counter({"maison": 90, "logis": 2, "porte": 1})) == [("maison", 90), ("logis", 2)]
    assert kept(module.Counter({"boson": 1})) == [("boson", 1)]
    assert kept(module.Counter({"de": 2000, "fort": 3})) == [("de", 2000)]


def test_keys_are_lower_case_words():
    assert key("L’Heure") == "l'heure"
    assert key("42") == ""
    assert key("a") == ""
    assert counts("despite")
    assert not counts("the")
