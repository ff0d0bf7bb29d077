"""The fastest setting is found on the job, and no setting changes what comes out."""

import pytest
from translate_fixtures import SHIPPED, shipped

from mtqc.translate import ct2, tune
from mtqc.translate.ct2 import CTranslate2Decoder
from mtqc.translate.marian import Marian, Search
from mtqc.translate.tune import Setting, cpu_settings, fastest

SLOW, FAST = Setting(2, 1, 512), Setting(1, 2, 512)


def working(cost, seen):
    def work(setting, indexes):
        seen.append((setting, list(indexes)))
        return cost(setting, len(seen)) * len(indexes)

    return work


def test_the_faster_setting_goes_on_and_every_sentence_is_done_once():
    seen = []
    chosen, left = fastest([SLOW, FAST], [10] * 5000, working(lambda s, _: 2 if s == SLOW else 1, seen))
    assert chosen == FAST
    done = [i for _, part in seen for i in part]
    assert sorted(done + left) == list(range(5000))
    assert [s for s, _ in seen] == [SLOW, FAST] * tune.ROUNDS
    assert all(len(part) == tune.SLICE for _, part in seen)


def test_a_difference_that_may_be_noise_keeps_the_default():
    assert fastest([SLOW, FAST], [10] * 5000, working(lambda s, _: 1.04 if s == SLOW else 1, []))[0] == SLOW


def test_one_disturbed_trial_does_not_decide():
    disturbed = working(lambda s, n: 9 if n == 2 else 2 if s == SLOW else 1, [])
    assert fastest([SLOW, FAST], [10] * 5000, disturbed)[0] == FAST


def test_slices_are_alike_in_length():
    lengths = [5] * 2500 + [60] * 2500
    seen = []
    fastest([SLOW, FAST], lengths, working(lambda *_: 1, seen))
    means = [sum(lengths[i] for i in part) / len(part) for _, part in seen]
    assert max(means) - min(means) < 1


@pytest.mark.parametrize("cores", [1, 2, 3, 4, 64])
def test_settings_use_no_more_than_the_cores_and_begin_with_the_default(cores):
    found = cpu_settings(cores)
    assert found[0] == Setting(cores, 1, 512)
    assert len(set(found)) == len(found)
    assert all(1 <= s.workers * s.each <= cores for s in found)


def sentences():
    subjects = ["Le maire", "La ministre", "Une équipe de chercheurs", "L’entreprise", "Le président du conseil"]
    verbs = ["a annoncé", "refuse", "veut financer", "a longtemps défendu", "critique"]
    things = ["le projet.", "une baisse des impôts locaux.", "la fermeture de l’école après trois ans de débats."]
    return [f"{s} {v} {t}" for s in subjects for v in verbs for t in things]


@pytest.mark.model
def test_no_setting_changes_a_hypothesis_or_a_score(monkeypatch):
    monkeypatch.setattr(ct2, "PAYS", 1 << 30)
    texts, found = sentences(), []
    for setting in (*cpu_settings(4), Setting(1, 1, 1)):
        decoder = CTranslate2Decoder(SHIPPED / "ct2", threads=4)
        decoder._tuned.append(setting)
        marian = Marian(shipped(), decoder, Search(2, 128))
        made = marian.translate(texts)
        found.append((made, marian.score(list(zip(texts, texts[::-1], strict=True)))))
    assert all(f == found[0] for f in found[1:])


@pytest.mark.model
def test_a_large_job_is_tuned_on_the_way_with_the_same_results(monkeypatch):
    texts, ticks = sentences(), []
    plain = Marian(shipped(), CTranslate2Decoder(SHIPPED / "ct2", threads=2), Search(2, 128)).translate(texts)
    monkeypatch.setattr(ct2, "PAYS", 60)
    monkeypatch.setattr(tune, "SLICE", 4)
    decoder = CTranslate2Decoder(SHIPPED / "ct2", threads=2)
    assert decoder.setting == cpu_settings(2)[0]
    marian = Marian(shipped(), decoder, Search(2, 128))
    assert marian.translate(texts, ticks.append) == plain
    assert sum(ticks) == len(texts)
    assert decoder._tuned == [decoder.setting]
    assert decoder.setting in cpu_settings(2)


@pytest.mark.model
def test_a_score_does_not_depend_on_its_neighbours():
    texts = sentences()
    pairs = list(zip(texts, texts[::-1], strict=True))
    marian = Marian(shipped(), CTranslate2Decoder(SHIPPED / "ct2"), Search(2, 128))
    assert marian.score(pairs) == [marian.score([p])[0] for p in pairs]
