"""Models added by name: whole or not at all, usable offline, told apart, removed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from translate_fixtures import SHIPPED, write_checkpoint

from mtqc.errors import ModelError, UsageError
from mtqc.translate import convert, find, library, load_engine, pinned
from mtqc.translate.add import add
from mtqc.translate.building import built
from mtqc.translate.checkpoint import read_checkpoint


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path):
    return write_checkpoint(tmp_path / "opus-mt-fr-en")


def everything(cache):
    return sorted(str(p.relative_to(cache)) for p in cache.rglob("*")) if cache.exists() else []


def test_an_added_model_is_used_by_its_name_when_its_folder_is_gone(folder):
    before = load_engine(str(folder), cache=False)
    expected = before.scorer.score([("Oui, merci.", "Yes, thanks.")])
    entry = add(str(folder), "fr-en").entry
    shutil.rmtree(folder)
    after = load_engine("opus-mt-fr-en", cache=False)
    assert after.checkpoint.folder == entry.folder
    assert after.signature == before.signature
    assert after.scorer.score([("Oui, merci.", "Yes, thanks.")]) == expected
    assert load_engine(entry.label, cache=False).signature == before.signature


def test_what_an_added_folder_holds(folder, cache):
    (folder / "README.md").write_text("---\nlanguage:\n- fr\nlicense: apache-2.0\ntags: [x]\n---\n# A model\n")
    entry = add(str(folder), "fr-en", name="mine").entry
    assert entry.folder == cache / "added" / "fr-en" / "mine"
    assert {p.name for p in entry.folder.iterdir()} == {
        *("card.json", "config.json", "ct2", "pinned.jsonl", "source.spm", "target.spm"),
        *("tokenizer_config.json", "vocab.json"),
    }
    assert (entry.kind, entry.name, entry.direction) == ("added", "mine", "fr-en")
    assert entry.licence == "apache-2.0"
    assert entry.origin == str(folder)
    assert entry.revision == read_checkpoint(folder, "fr-en").revision
    assert entry.bytes == sum(p.stat().st_size for p in entry.folder.rglob("*") if p.is_file())
    assert len(pinned.read(entry.folder)) == 20


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ('---\nlicence: "cc-by-4.0"\n---\n', "cc-by-4.0"),
        ("# no front matter\nlicense: mit\n", ""),
        ("---\nlanguage: fr\n---\nlicense: mit\n", ""),
    ],
)
def test_the_licence_is_that_of_the_front_matter(folder, text, licence):
    (folder / "README.md").write_text(text)
    assert add(str(folder), "fr-en").entry.licence == licence


def test_a_model_with_a_card_and_a_converted_form_keeps_both(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(SHIPPED, copy)
    entry = add(str(copy), "fr-en", name="copy").entry
    assert entry.figures == json.loads((SHIPPED / "card.json").read_text())["figures"]
    assert entry.revision == read_checkpoint(SHIPPED, "fr-en").revision
    assert (entry.folder / "ct2" / "model.bin").read_bytes() == (SHIPPED / "ct2" / "model.bin").read_bytes()
    assert not (entry.folder / "model.safetensors").exists()
    assert find.find("copy").cut_at == find.find(None).cut_at


def test_a_model_that_another_tool_converted(tmp_path, folder):
    other = tmp_path / "made-fr-en"
    shutil.copytree(find.converted(find.find(str(folder))), other)
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(folder / name, other / name)
    (other / "tokenizer_config.json").write_text('{"source_lang": "fr", "target_lang": "en"}')
    entry = add(str(other), "fr-en").entry
    assert not (entry.folder / "config.json").exists()
    assert "conversion" not in entry.card
    pair = [("Oui, merci.", "Yes, thanks.")]
    scores = [load_engine(m, cache=False).scorer.score(pair) for m in ("made-fr-en", str(folder))]
    assert scores[0] == scores[1]


def test_adding_the_same_again_does_nothing(folder, monkeypatch):
    first = add(str(folder), "fr-en")
    monkeypatch.setattr(convert, "convert", lambda *_: pytest.fail("converted twice"))
    again = add(str(folder), "fr-en")
    assert (first.already, again.already) == (False, True)
    assert first.entry == again.entry


def test_another_model_of_the_same_name_replaces_only_when_asked(folder, cache, tmp_path):
    old = add(str(folder), "fr-en").entry
    other = write_checkpoint(tmp_path / "else" / "opus-mt-fr-en", activation_function="swish")
    with pytest.raises(UsageError, match="another model named opus-mt-fr-en@") as caught:
        add(str(other), "fr-en")
    assert "--replace" in caught.value.hint
    assert find.find("opus-mt-fr-en").revision == old.revision
    new = add(str(other), "fr-en", replace=True).entry
    assert find.find("opus-mt-fr-en").revision == new.revision != old.revision
    assert [p.name for p in (cache / "added" / "fr-en").iterdir()] == ["opus-mt-fr-en"]


def test_what_an_older_converter_made_is_refused_and_made_anew(folder, monkeypatch):
    entry = add(str(folder), "fr-en").entry
    card = json.loads((entry.folder / "card.json").read_text())
    (entry.folder / "card.json").write_text(json.dumps({**card, "conversion": "0 int8"}))
    with pytest.raises(ModelError, match="another version of mtqc") as caught:
        find.find("opus-mt-fr-en")
    assert f"mtqc model add {folder} --direction fr-en --name opus-mt-fr-en" in caught.value.hint
    assert not add(str(folder), "fr-en").already
    assert find.find("opus-mt-fr-en").revision == entry.revision


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden", "a b"])
def test_names_that_are_no_file_names(folder, cache, name):
    with pytest.raises(UsageError, match="cannot be a model's name"):
        add(str(folder), "fr-en", name=name)
    assert everything(cache) == []


def test_a_strangers_card_cannot_write_elsewhere(folder, cache):
    card = {"name": "../../out", "direction": "fr-en", "positions": 100, "cut_at": 50}
    (folder / "card.json").write_text(json.dumps(card))
    with pytest.raises(UsageError, match="cannot be a model's name"):
        add(str(folder), "fr-en")
    assert find.converted(find.find(str(folder))).parent == cache / "models"


def test_the_name_of_a_shipped_model_is_taken(folder):
    with pytest.raises(UsageError, match="ships with mtqc"):
        add(str(folder), "fr-en", name=find.find(None).name)


def test_a_shipped_model_is_found_by_its_name():
    assert find.find(find.find(None).name).folder == SHIPPED


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda f: (f / "target.spm").unlink(), "target.spm is missing"),
        (lambda f: (f / "model.safetensors").unlink(), "neither model.safetensors nor"),
        (lambda f: (f / "model.safetensors").write_bytes(b"broken"), "cannot be read"),
        (lambda f: (f / "source.spm").write_bytes(b"broken"), "cannot be read"),
        (lambda f: (f / "config.json").write_text('{"model_type": "bart"}'), "“bart”, not Marian"),
        (lambda f: (f / "vocab.json").write_text('{"</s>": 0, "<unk>": 1, "<pad>": 2}'), "not a whole Marian"),
    ],
)
def test_a_model_that_is_not_whole_leaves_nothing(folder, cache, damage, said):
    damage(folder)
    with pytest.raises(ModelError, match=said):
        add(str(folder), "fr-en")
    assert not [p for p in everything(cache) if not p.startswith(("added",))]
    assert everything(cache) in ([], ["added", "added/fr-en"])


def test_a_model_of_the_other_direction(folder):
    with pytest.raises(ModelError, match="translates fr-en, not en-fr"):
        add(str(folder), "en-fr")
    add(str(folder), "fr-en")
    with pytest.raises(ModelError, match="translates fr-en, not en-fr"):
        find.find("opus-mt-fr-en", "en-fr")


def test_transformers_gets_the_weights_from_where_the_model_was_added(folder):
    entry = add(str(folder), "fr-en", name="mine").entry
    found = find.find("mine", weights=True)
    assert (found.folder, found.name, found.revision) == (folder, "mine", entry.revision)
    assert find.find("mine").folder == entry.folder
    write_checkpoint(folder, activation_function="swish")
    assert find.find("mine", weights=True).folder == entry.folder
    shutil.rmtree(folder)
    with pytest.raises(ModelError, match="has no weights for transformers"):
        load_engine("mine", "transformers", cache=False)


def test_removed_models_are_gone_and_others_stay(folder, cache):
    add(str(folder), "fr-en", name="one")
    add(str(folder), "fr-en", name="two")
    find.converted(find.find(str(folder)))
    kinds = [(e.kind, e.name) for e in library.entries() if e.kind != "shipped"]
    assert kinds == [("added", "one"), ("added", "two"), ("converted", "opus-mt-fr-en")]
    for entry in library.entries():
        if entry.name in ("one", "opus-mt-fr-en"):
            library.remove(entry)
    assert [e.name for e in library.entries() if e.kind != "shipped"] == ["two"]
    assert not [p for p in everything(cache) if "half" in p or "one" in p or p.startswith("models/")]
    with pytest.raises(ModelError, match="no such model folder"):
        find.find("one")


def test_a_shipped_model_is_never_removed():
    with pytest.raises(ValueError, match="ships with mtqc"):
        library.remove(next(library.shipped()))


def test_a_converted_model_says_what_it_was_made_from(folder):
    find.converted(find.find(str(folder)))
    [entry] = library.converted_ones()
    assert (entry.direction, entry.origin) == ("fr-en", str(folder))
    assert entry.label == find.find(str(folder)).label
    (entry.folder / library.ORIGIN).unlink()
    [entry] = library.converted_ones()
    assert (entry.name, entry.direction, entry.revision) == ("opus-mt-fr-en", "", "")


ADD = "import sys; from mtqc.translate.add import add; add(sys.argv[1], 'fr-en')"
SLOWLY = """
import sys, time
from mtqc.translate import convert
from mtqc.translate.add import add
real = convert.convert
def slow(*args):
    real(*args)
    print("converting", flush=True)
    time.sleep(600)
convert.convert = slow
add(sys.argv[1], "fr-en")
"""


def python(code, *args, **kwargs):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, args)], text=True, **kwargs)


def test_a_conversion_that_is_killed_leaves_nothing_half_made(folder, cache):
    child = python(SLOWLY, folder, stdout=subprocess.PIPE)
    assert child.stdout.readline() == "converting\n"
    assert [e.kind for e in library.entries()] == ["shipped"] * len(list(library.shipped()))
    [half] = (cache / "added" / "fr-en").iterdir()
    assert (half / "ct2" / "model.bin").is_file()
    child.send_signal(signal.SIGKILL)
    child.wait()
    with pytest.raises(ModelError, match="no such model folder"):
        find.find("opus-mt-fr-en")
    add(str(folder), "fr-en")
    assert [p.name for p in (cache / "added" / "fr-en").iterdir()] == ["opus-mt-fr-en"]
    assert load_engine("opus-mt-fr-en", cache=False).translator.translate([""])


def test_what_another_process_is_making_is_left_alone(folder, cache):
    child = python(SLOWLY, folder, stdout=subprocess.PIPE)
    try:
        assert child.stdout.readline() == "converting\n"
        add(str(folder), "fr-en", name="other")
        assert len([p for p in (cache / "added" / "fr-en").iterdir() if p.name.startswith(".half-")]) == 1
    finally:
        child.kill()
        child.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file sizes there")
def test_a_disk_that_is_full_leaves_nothing_half_made(folder, cache):
    import resource

    child = python(
        ADD.replace("import sys;", "import sys, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"),
        folder,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    _, said = child.communicate(timeout=120)
    assert "ModelError" in said
    assert "cannot be written (File too large)" in said
    assert everything(cache) == ["added", "added/fr-en"]


def test_an_error_while_building_leaves_nothing(tmp_path):
    def build():
        with built(tmp_path / "a" / "final", "mark") as half:
            (half / "mark").write_text("")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build()
    assert list((tmp_path / "a").iterdir()) == []


def test_many_at_once_sweep_nothing_of_each_other(tmp_path):
    def make(i):
        with built(tmp_path / str(i), "mark") as half:
            time.sleep(0.01)
            (half / "mark").write_text(str(i))

    threads = [threading.Thread(target=make, args=(i,)) for i in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {p.name: (p / "mark").read_text() for p in tmp_path.iterdir()} == {str(i): str(i) for i in range(30)}


def test_the_cache_folder_can_be_read_by_others(folder):
    entry = add(str(folder), "fr-en").entry
    assert entry.folder.stat().st_mode & 0o777 == 0o755
    assert (entry.folder / "pinned.jsonl").stat().st_mode & 0o777 == 0o644
    assert os.access(entry.folder / "ct2" / "model.bin", os.R_OK)


@pytest.mark.torch
def test_pickled_weights_are_added_and_code_in_them_never_runs(folder, cache, tmp_path):
    import pickle

    import numpy as np

    torch = pytest.importorskip("torch", reason="needs mtqc[torch]")
    weights = convert.read_weights(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    torch.save({k: torch.from_numpy(np.array(v)) for k, v in weights.items()}, folder / "pytorch_model.bin")
    assert add(str(folder), "fr-en").entry.name == "opus-mt-fr-en"

    class Evil:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "ran"),))

    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Evil()))
    with pytest.raises(ModelError, match="cannot be read"):
        add(str(folder), "fr-en", name="evil")
    assert not (tmp_path / "ran").exists()
    assert [p.name for p in (cache / "added" / "fr-en").iterdir()] == ["opus-mt-fr-en"]
