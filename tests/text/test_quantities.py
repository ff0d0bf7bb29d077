"""Quantities: spans, values, units; comparison; French rendering."""

from __future__ import annotations

from fractions import Fraction

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from mtqc.text.numbers import quantities
from mtqc.text.numbers.compare import compare, converted, magnitude_slip, one_digit_off, rounded, same_reading
from mtqc.text.numbers.render import french, french_number, in_full
from mtqc.text.numbers.units import CURRENCIES, in_base, prefix_unit

NARROW, NO_BREAK = "\u202f", "\u00a0"


def only(text, lang):
    (found,) = (q for q in quantities(text, lang) if not q.weak)
    assert text[found.start : found.end] == found.text
    return found


@pytest.mark.parametrize(
    ("text", "lang", "marked", "value", "unit"),
    [
        ("about 1,500 people", "en", "1,500", 1500, ""),
        ("a $97.4 billion bid", "en", "$97.4 billion", 97_400_000_000, "dollar"),
        ("sold for £3m", "en", "£3m", 3_000_000, "pound"),
        ("worth €3.1billion now", "en", "€3.1billion", 3_100_000_000, "euro"),
        ("up 7.16%", "en", "7.16%", Fraction("7.16"), "%"),
        ("some 30 per cent", "en", "30 per cent", 30, "%"),
        ("two and a half million", "en", "two and a half million", 2_500_000, ""),
        ("half a million", "en", "half a million", 500_000, ""),
        ("ninety-seven", "en", "ninety-seven", 97, ""),
        ("two hundred and three", "en", "two hundred and three", 203, ""),
        ("6,2 thousand million", "en", "6,2 thousand million", 6_200_000_000, ""),
        ("some 40 000 men", "en", "40 000", 40_000, ""),
        ("at 90 degrees Fahrenheit", "en", "90 degrees Fahrenheit", 90, "°F"),
        ("tickers (ABCD-3.2%)", "en", "3.2%", Fraction("3.2"), "%"),
        ("the 1990s", "en", "1990s", 1990, ""),
        ("his 21st win", "en", "21st", 21, ""),
        ("at 3:30 p.m.", "en", "3:30 p.m.", Fraction("15.5"), ""),
        ("at 0230 GMT", "en", "0230", Fraction("2.5"), ""),
        ("half a dozen eggs", "en", "half a dozen", 6, ""),
        ("soit 1 500 euros", "fr", "1 500 euros", 1500, "euro"),
        (f"soit 1{NARROW}500 euros", "fr", f"1{NARROW}500 euros", 1500, "euro"),
        (f"soit 1{NO_BREAK}234{NO_BREAK}567,5", "fr", f"1{NO_BREAK}234{NO_BREAK}567,5", Fraction("1234567.5"), ""),
        ("97,4 milliards de dollars", "fr", "97,4 milliards de dollars", 97_400_000_000, "dollar"),
        ("1,2 billion d'euros", "fr", "1,2 billion d'euros", 1_200_000_000_000, "euro"),
        ("15 Mds€ de pertes", "fr", "15 Mds€", 15_000_000_000, "euro"),
        ("2 M€", "fr", "2 M€", 2_000_000, "euro"),
        ("quatre-vingt-dix-sept pays", "fr", "quatre-vingt-dix-sept", 97, ""),
        ("soixante et onze pays", "fr", "soixante et onze", 71, ""),
        ("mille neuf cent huit", "fr", "mille neuf cent huit", 1908, ""),
        ("deux cent mille", "fr", "deux cent mille", 200_000, ""),
        ("trois milliards et demi", "fr", "trois milliards et demi", 3_500_000_000, ""),
        ("mille milliards de dollars", "fr", "mille milliards de dollars", 10**12, "dollar"),
        ("un demi-million", "fr", "demi-million", 500_000, ""),
        ("5 pour cent", "fr", "5 pour cent", 5, "%"),
        ("3 p. 100", "fr", "3 p. 100", 3, "%"),
        ("à 15 h 30", "fr", "15 h 30", Fraction("15.5"), ""),
        ("à 15.30 heures", "fr", "15.30", Fraction("15.5"), ""),
        ("le 21e étage", "fr", "21e", 21, ""),
        ("deux ans et demi", "fr", "deux ans et demi", Fraction("2.5"), ""),
        ("dizaines de milliers", "fr", "dizaines de milliers", 10_000, ""),
    ],
)
def test_one_quantity(text, lang, marked, value, unit):
    found = only(text, lang)
    assert (found.text, found.value, found.unit) == (marked, value, unit)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("One of them told a friend.", "en"),
        ("See https://example.org/12/34 or call 0800 555 111.", "en"),
        ("GPT-4o, F-35, COVID-19, G7 and H1N1", "en"),
        ("L'un d'eux a une voiture.", "fr"),
        ("L'A320 et le F-35 ; le Covid-19 au G7.", "fr"),
    ],
)
def test_nothing_that_could_be_missed(text, lang):
    assert [q for q in quantities(text, lang) if q.is_exact or not (q.weak or q.vague)] == []


def test_a_range_hands_its_magnitude_and_unit_back():
    first, second = quantities("from 10 to 15 million dollars", "en")
    assert 10_000_000 in first.values
    assert (second.value, first.unit, first.inherited) == (15_000_000, "dollar", True)


def test_vague_groups_say_so():
    assert only("tens of thousands", "en").vague
    assert only("des centaines de millions", "fr").vague
    assert not only("un million de livres", "fr").vague


def test_decomposed_accents_and_capitals():
    assert only("la Moitie\u0301, soit trente", "fr").value == 30
    assert quantities("moitie\u0301", "fr")[0].value == Fraction(1, 2)
    assert only("Vingt Ans", "fr").value == 20


@given(st.integers(min_value=2, max_value=999_999_999), st.sampled_from([NARROW, NO_BREAK, " "]))
def test_babels_own_format_is_read_back(number, space):
    text = format_decimal(number, locale="fr").replace(NARROW, space)
    assert text in {q.text for q in quantities(text, "fr")}
    assert number in {v for q in quantities(text, "fr") for v in q.values}
    assert quantities(format_decimal(number, locale="en"), "en")[0].value == number
    assert french_number(Fraction(number)) == format_decimal(number, locale="fr")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.sampled_from(["en", "fr"]))
def test_any_text_gives_ordered_quantities_inside_it(text, lang):
    found = quantities(text, lang)
    assert all(0 <= q.start < q.end <= len(text) and text[q.start : q.end] == q.text for q in found)
    assert [q.start for q in found] == sorted(q.start for q in found)


@given(
    st.lists(
        st.sampled_from("1 2 20 1,500 3.5 7% $5 million de et and cent quatre vingt - 15h 3pm".split()), max_size=9
    )
)
def test_a_sentence_matches_itself(pieces):
    text = " ".join(pieces)
    for lang in ("en", "fr"):
        found = quantities(text, lang)
        result = compare(found, found)
        assert (result.missing, result.added) == ((), ())


@pytest.mark.parametrize(
    ("english", "translation", "test"),
    [
        ("30 miles", "48 km", converted),
        ("86 degrees Fahrenheit", "30 °C", converted),
        ("550 pounds", "250 kg", converted),
        ("6-foot-2", "1,88 m", converted),
        ("10 acres", "4 hectares", converted),
        ("1,480", "1 500", rounded),
        ("97.4 billion", "97 milliards", rounded),
        ("33%", "un tiers", rounded),
        ("3 p.m.", "15 h", same_reading),
        ("the 1990s", "années 90", same_reading),
        ("two decades", "vingt ans", same_reading),
        ("a dozen", "12", same_reading),
        ("1,000", "un millier", same_reading),
        ("1.2 billion", "1,2 million", magnitude_slip),
        ("1967", "1976", one_digit_off),
    ],
)
def test_comparisons(english, translation, test):
    assert any(test(a, b) for a in quantities(english, "en") for b in quantities(translation, "fr"))


@pytest.mark.parametrize(
    ("english", "translation", "test"),
    [
        ("30 miles", "30 km", converted),
        ("50 pounds", "50 kg", converted),
        ("1,480", "1 600", rounded),
        ("1967", "1970", rounded),
        ("3 hours", "15 h", same_reading),
        ("1.2 billion", "1,2 milliard", magnitude_slip),
        ("15", "51 pays", rounded),
    ],
)
def test_comparisons_that_fail(english, translation, test):
    assert not any(test(a, b) for a in quantities(english, "en") for b in quantities(translation, "fr"))


@pytest.mark.parametrize(
    ("english", "rendered", "full"),
    [
        ("$97.4 billion", f"97,4{NO_BREAK}milliards de dollars", "97,400,000,000"),
        ("€1.2 billion", f"1,2{NO_BREAK}milliard d'euros", "1,200,000,000"),
        ("7.16%", f"7,16{NARROW}%", "7.16"),
        ("1,500", f"1{NARROW}500", "1,500"),
        ("£850", f"850{NO_BREAK}livres", "850"),
        ("3:30 p.m.", f"15{NO_BREAK}h{NO_BREAK}30", "15:30"),
        ("21st", "21e", "21"),
        ("1967", "1967", "1967"),
    ],
)
def test_french_rendering(english, rendered, full):
    (found,) = quantities(english, "en")
    assert (french(found), in_full(found)) == (rendered, full)


def test_currency_names_are_those_of_cldr():
    codes = {
        "dollar": "USD",
        "euro": "EUR",
        "yen": "JPY",
        "yuan": "CNY",
        "rouble": "RUB",
        "peso": "MXN",
        "zloty": "PLN",
    }
    names = Locale("fr").currencies
    for family, code in codes.items():
        head = names[code].split()[0].lower()
        assert family in CURRENCIES
        assert only(f"500 {head}s", "fr").unit == family or only(f"500 {head}", "fr").unit == family
    assert [prefix_unit(s) for s in ("US$", "£", "CHF", "R$", "")] == ["dollar", "pound", "franc", "real", ""]


def test_measures():
    assert in_base(Fraction(212), "°F") == ("temperature", 100)
    assert in_base(Fraction(1), "mile") == ("length", Fraction("1609.344"))
    assert in_base(Fraction(1), "dollar") == ("", 1)
