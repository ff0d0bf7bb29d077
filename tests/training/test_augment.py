"""Variants: what changes, that it changes alike on both sides, and that the links stay right."""

import random

import augment
import pytest
from hypothesis import given
from hypothesis import strategies as st
from links import word_spans, word_texts
from pairs import Pair, pair


def diagonal(en, fr):
    """A pair whose n-th words are linked, as far as both go."""
    size = min(len(word_spans(en)), len(word_spans(fr)))
    return Pair(en, fr, frozenset((i, i) for i in range(size)))


def linked_words(item):
    en, fr = word_texts(item.en), word_texts(item.fr)
    return {(en[i], fr[j]) for i, j in item.links}


def many(variant, item, tries=60):
    return [variant(item, random.Random(seed)) for seed in range(tries)]


# --- names ---


@pytest.mark.parametrize(
    ("en", "fr", "found"),
    [
        ("Elon Musk said so.", "Elon Musk l’a dit.", ["Elon Musk"]),
        ("He met Ursula von der Leyen.", "Il a vu Ursula von der Leyen.", ["Ursula von der Leyen"]),
        ("Rice's plan failed.", "Le plan de Rice a échoué.", ["Rice"]),
        ("Maria de La Cruz won.", "Maria de La Cruz a gagné.", ["Maria de La Cruz"]),
        ("Important news.", "Important : des nouvelles.", []),
        ("New France rules", "Nouvelles règles en France", []),  # `en` would not suit every name
        ("NATO met in Paris.", "L’OTAN s’est réunie à Paris.", ["Paris"]),
        ("Kernel Maintenance", "Maintenance du noyau", []),
    ],
)
def test_names_that_both_sides_share(en, fr, found):
    assert augment.shared_names(Pair(en, fr)) == found


def test_a_name_is_replaced_wherever_it_stands_and_linked():
    before = pair(
        "Elon Musk left; Musk's firm stayed.", "Elon Musk est parti ; la firme de Musk est restée.", "0-0 1-1 2-3"
    )
    for after in many(augment.swap_names, before):
        assert "Musk" not in after.en + after.fr
        new = after.en.split(" left")[0]
        assert after.fr.startswith(f"{new} est parti")
        last = new.split(" ", 1)[1]
        assert f"{last}'s firm" in after.en
        assert after.fr.endswith(f"{last} est restée.")
        links = linked_words(after)
        assert ("left", "parti") in links
        assert {(word, word) for word in word_texts(new)} <= links


def test_elision_follows_the_name():
    before = Pair("The ministers of Altman say that Altman lied.", "Les ministres d’Altman disent qu’Altman a menti.")
    for after in many(augment.swap_names, before):
        new = after.fr.split(" a menti")[0]
        new = new.split("disent ")[1].removeprefix("que ").removeprefix("qu’")
        vowel = new[0] in augment.VOWELS
        assert after.fr.startswith(f"Les ministres {'d’' if vowel else 'de '}{new} disent {'qu’' if vowel else 'que '}")
        assert after.en == f"The ministers of {new} say that {new} lied."


def test_first_names_keep_their_sex():
    for after in many(augment.swap_names, Pair("Sarah Rice is here.", "Sarah Rice est arrivée.")):
        assert after.en.split()[0] in augment.names.WOMEN


def test_names_with_an_article_stay():
    item = Pair("The Chad team lost.", "L’équipe du Chad a perdu.")
    assert many(augment.swap_names, item) == [item] * 60


# --- numbers ---


def test_numbers_change_alike():
    before = diagonal("It cost 1,234.5 dollars.", "Cela coûtait 1 234,5 dollars.")
    for after in many(augment.change_numbers, before):
        en, fr = word_texts(after.en)[2], word_texts(after.fr)[2]
        assert en.replace(",", "") == fr.replace(" ", "").replace(",", ".")
        assert en != "1,234.5"
        assert (en, fr) in linked_words(after)


def test_dates_stay_dates_and_years_years():
    for after in many(augment.change_numbers, Pair("On 14 May 2022", "Le 14 mai 2022")):
        day, year = (int(w) for w in word_texts(after.en) if w.isdigit())
        assert 2 <= day <= 28
        assert 1900 <= year <= 2040
        assert after.fr == f"Le {day} mai {year}"


@pytest.mark.parametrize(
    ("en", "fr"),
    [
        ("They won 3-1.", "Ils ont gagné 3-1."),
        ("A G7 summit", "Un sommet du G7"),
        ("Covid-19", "Le Covid-19"),
        ("1 person", "1 personne"),  # another number would be a plural
        ("10 of 10", "10 sur 10"),  # which is which?
        ("Version 1.2.3", "Version 1.2.3"),
        ("Half of 12", "La moitié de douze"),
    ],
)
def test_numbers_that_stay(en, fr):
    assert many(augment.change_numbers, Pair(en, fr)) == [Pair(en, fr)] * 60


def test_ways_of_writing_per_cent():
    made = many(augment.percent_style, diagonal("By 3.5% a year", "De 3,5 % par an"))
    assert {m.en for m in made} == {"By 3.5% a year", "By 3.5 percent a year", "By 3.5 per cent a year"}
    assert {m.fr for m in made} == {"De 3,5 % par an", "De 3,5% par an", "De 3,5 pour cent par an"}
    assert all(("year", "an") in linked_words(m) for m in made)


def test_ways_of_writing_money():
    item = diagonal("It cost $12 million.", "Cela coûtait 12 dollars.")
    assert {m.en for m in many(augment.money_style, item)} == {item.en, "It cost 12 million dollars."}
    assert {m.fr for m in many(augment.money_style, item)} == {item.fr, "Cela coûtait 12 $."}
    for kept in ("It cost €2.8bn.", "A $5-a-day job", "C$7", "$1"):
        assert {m.en for m in many(augment.money_style, Pair(kept, "x"))} == {kept}


# --- typography ---


def test_straight_and_curly():
    printed = diagonal("“It’s late…” — he said", "« C’est tard… » — a-t-il dit")
    made = many(augment.straight, printed)
    assert {m.en for m in made} == {'"It\'s late..." - he said'}
    assert {m.fr for m in made} == {"« C'est tard... » - a-t-il dit", '"C\'est tard..." - a-t-il dit'}
    typed = diagonal("He said: \"It's the boys' turn.\"", 'Il a dit : "C\'est leur tour."')
    assert {m.en for m in many(augment.curly, typed)} == {"He said: “It’s the boys’ turn.”"}
    assert {m.fr for m in many(augment.curly, typed)} == {"Il a dit : « C’est leur tour. »"}


def test_typography_keeps_links_of_words():
    typed = pair('"It\'s late"', '"C\'est tard"', "0-0 2-1 3-3 4-4")
    after = augment.curly(typed, random.Random(1))
    assert after.fr == "« C’est tard »"
    assert linked_words(after) == {("“", "«"), ("’s", "C’"), ("late", "tard"), ("”", "»")}


def test_an_odd_quotation_mark_stays():
    assert augment.curly(Pair('5" wide', '5" de large'), random.Random(1)) == Pair('5" wide', '5" de large')


# --- case and shape ---


def test_title_case():
    assert (
        augment.title_case("the end of an era for iPhone 4s owners in the US")
        == "The End of an Era for iPhone 4s Owners in the US"
    )


def test_headlines():
    made = {(m.en, m.fr) for m in many(augment.headline, diagonal("Prices of eggs rise.", "Les œufs renchérissent."))}
    assert made == {
        ("Prices of Eggs Rise", "Les œufs renchérissent"),
        ("PRICES OF EGGS RISE", "LES ŒUFS RENCHÉRISSENT"),
        ("PRICES OF EGGS RISE", "LES ŒUFS RENCHERISSENT"),
    }


def test_only_short_single_sentences_become_headlines():
    for en in ("Yes. It is so.", " ".join(["word"] * 20) + "."):
        assert augment.headline(Pair(en, "Oui."), random.Random(1)) == Pair(en, "Oui.")


def test_the_full_stop_goes_on_both_sides_or_none():
    assert augment.strip_final(Pair("Yes.", "Oui."), random.Random(1)) == Pair("Yes", "Oui")
    for en, fr in (("Yes.", "Oui"), ("Wait...", "Attendez...")):
        assert augment.strip_final(Pair(en, fr), random.Random(1)) == Pair(en, fr)


# --- the other language's words ---


def test_templates_keep_titles_as_they_are():
    template = diagonal("See “Xylo” now", "Voir « Xylo » donc")
    after = augment.fill(template, "Xylo", "The Long Way")
    assert after.en == "See “The Long Way” now"
    assert after.fr == "Voir « The Long Way » donc"
    assert {("The", "The"), ("Long", "Long"), ("Way", "Way"), ("now", "donc")} <= linked_words(after)


def test_titles_are_runs_of_words():
    text = "He came, and the quiet men of the village left at 5."
    made = {augment.title_from(text, random.Random(seed), english=True) for seed in range(50)}
    assert "The Quiet Men" in made
    assert all(title.lower() in text.lower() and 2 <= len(title.split()) <= 5 for title in made)
    assert augment.title_from("No, 5!", random.Random(1), english=False) is None


# --- of every variant ---

ALL = [augment.swap_names, augment.change_numbers, augment.percent_style, augment.money_style, augment.straight,
       augment.curly, augment.headline, augment.strip_final]  # fmt: skip
SENTENCES = [
    ("Elon Musk's “plan” cost $1,200 in 2019…", "Le « plan » d’Elon Musk a coûté 1 200 dollars en 2019…"),
    ("\"It's 5% of Obama's budget,\" said Rice.", "« C'est 5 % du budget d'Obama », a dit Rice."),
    ("", ""),
    ("???", "« » \" ' … -"),
]


@pytest.mark.parametrize("variant", ALL, ids=lambda v: v.__name__)
@given(seed=st.integers(0, 10_000), number=st.integers(0, len(SENTENCES) - 1))
def test_links_stay_within_the_words_and_chance_repeats_itself(variant, seed, number):
    item = diagonal(*SENTENCES[number])
    after = variant(item, random.Random(seed))
    assert after == variant(item, random.Random(seed))
    assert all(i < len(word_spans(after.en)) and j < len(word_spans(after.fr)) for i, j in after.links)
    assert "  " not in after.en + after.fr
    assert "\t" not in after.line().strip("\n").replace("\t", "", 2)
