import os
import threading
from types import SimpleNamespace

import huggingface_hub
import pytest
from huggingface_hub.errors import LocalEntryNotFoundError, RepositoryNotFoundError
from translate_fixtures import SHIPPED, write_checkpoint

from mtqc.errors import ModelError
from mtqc.translate import building, convert, find


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path):
    return write_checkpoint(tmp_path / "opus-mt-fr-en")


@pytest.fixture
def hub(folder, monkeypatch):
    """snapshot_download answers with a local folder; the calls it got are returned."""
    calls = []

    def download(repo, *, revision=None, allow_patterns=()):
        calls.append((repo, revision, tuple(allow_patterns)))
        return str(folder)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    return calls


def refuse(monkeypatch, error):
    def download(repo, **_):
        raise error

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)


@pytest.mark.parametrize("named", [None, ""])
def test_the_shipped_model_is_ready_and_nothing_is_written(named, cache):
    found = find.find(named)
    assert found.folder == SHIPPED
    assert find.converted(found) == SHIPPED / "ct2"
    assert not cache.exists()


def test_both_directions_ship_and_no_other_exists(cache):
    found = find.find(None, "en-fr")
    assert found.folder == SHIPPED.parent / "en-fr"
    assert find.converted(found) == found.folder / "ct2"
    assert not cache.exists()
    with pytest.raises(ModelError, match="no models for “de-fr”"):
        find.find(None, "de-fr")


def test_a_folder_is_converted_once(folder, cache, monkeypatch):
    found = find.find(str(folder))
    made = find.converted(found)
    assert made.parent == cache / "models"
    assert {p.name for p in made.iterdir()} == {"model.bin", "config.json", "shared_vocabulary.json", "origin.json"}
    monkeypatch.setattr(convert, "convert", lambda *_: pytest.fail("converted twice"))
    assert find.converted(find.find(str(folder))) == made


def test_a_failed_conversion_leaves_nothing(folder, cache):
    (folder / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(ModelError, match="cannot be read"):
        find.converted(find.find(str(folder)))
    assert list((cache / "models").iterdir()) == []


def test_what_a_killed_conversion_left_is_swept(folder, cache):
    half = cache / "models" / ".half-killed"
    half.mkdir(parents=True)
    (half / "model.bin").write_text("")
    find.converted(find.find(str(folder)))
    assert not half.exists()


def test_without_locks_only_what_is_a_day_old_is_swept(folder, cache, monkeypatch):
    monkeypatch.setattr(building, "_locked", lambda *_, **__: None)
    old, new = cache / "models" / ".half-old", cache / "models" / ".half-new"
    old.mkdir(parents=True)
    new.mkdir()
    os.utime(old, (1, 1))
    find.converted(find.find(str(folder)))
    assert (old.exists(), new.exists()) == (False, True)


def test_two_at_once_make_one_whole_model(folder, cache):
    made = []
    found = find.find(str(folder))
    threads = [threading.Thread(target=lambda: made.append(find.converted(found))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert [p.name for p in (cache / "models").iterdir()] == [made[0].name]


def test_a_cache_that_cannot_be_written_is_an_error(folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="cannot be written") as caught:
        find.converted(find.find(str(folder)))
    assert "MTQC_CACHE_DIR" in caught.value.hint


@pytest.mark.parametrize("named", ["./nowhere", "nowhere", "a/b/c", "~nobody/model", "https://example.org/x/y"])
def test_neither_a_folder_nor_a_name(named):
    with pytest.raises(ModelError, match="no such model folder") as caught:
        find.find(named)
    assert "Helsinki-NLP/opus-mt-fr-en" in caught.value.hint


def test_a_hub_name_downloads_only_what_is_needed(hub):
    found = find.find("Helsinki-NLP/opus-mt-fr-en@main")
    assert found.name == "opus-mt-fr-en"
    [(repo, revision, patterns)] = hub
    assert (repo, revision) == ("Helsinki-NLP/opus-mt-fr-en", "main")
    assert "model.safetensors" in patterns
    assert not {"pytorch_model.bin", "tf_model.h5", "*"} & set(patterns)


def test_the_pickle_is_downloaded_only_where_there_is_nothing_better(hub, folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert find.find("Helsinki-NLP/opus-mt-fr-en").weights == folder / "pytorch_model.bin"
    assert ["pytorch_model.bin" in patterns for _, _, patterns in hub] == [False, True]


def test_offline_and_unknown_names_say_what_to_do(monkeypatch):
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)  # whatever the first import found
    refuse(monkeypatch, LocalEntryNotFoundError("outgoing traffic has been disabled"))
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        find.find("Helsinki-NLP/opus-mt-fr-en")
    assert "HF_HUB_OFFLINE" in caught.value.hint
    refuse(
        monkeypatch, RepositoryNotFoundError("404", response=SimpleNamespace(headers={}, request=None, status_code=404))
    )
    with pytest.raises(ModelError, match=r"cannot be had from the hub \(404\)"):
        find.find("no/such-model")
    refuse(monkeypatch, ConnectionError("refused"))
    with pytest.raises(ModelError, match="refused"):
        find.find("Helsinki-NLP/opus-mt-fr-en")


def test_the_real_hub_client_is_asked_offline(monkeypatch, tmp_path):
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(ModelError, match=r"Helsinki-NLP/opus-mt-fr-en: .*HF_HUB_OFFLINE forbids to ask the hub"):
        find.find("Helsinki-NLP/opus-mt-fr-en")


def test_without_the_hub_library_there_is_a_hint(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "huggingface_hub", None)
    with pytest.raises(ModelError, match="huggingface_hub is needed") as caught:
        find.find("Helsinki-NLP/opus-mt-fr-en")
    assert "mtqc[hub]" in caught.value.hint
