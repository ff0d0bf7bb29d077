"""Rewriting a pair keeps its links on the words that they linked."""

from links import word_texts
from pairs import Pair, copied, join, pair, rewritten


def linked_words(item):
    en, fr = word_texts(item.en), word_texts(item.fr)
    return {(en[i], fr[j]) for i, j in item.links}


BEFORE = pair("Tesla fell by 3% today.", "Tesla a perdu 3 % aujourd’hui.", "0-0 1-2 3-3 4-4 5-5 6-6")


def test_a_line_has_three_columns():
    assert BEFORE.line() == "Tesla fell by 3% today.\tTesla a perdu 3 % aujourd’hui.\t0-0 1-2 3-3 4-4 5-5 6-6\n"


def test_words_behind_an_edit_keep_their_links():
    after = rewritten(BEFORE, [(0, 5, "General Motors")], [(0, 5, "General Motors")])
    assert after.en == "General Motors fell by 3% today."
    assert linked_words(after) == {
        ("General", "General"), ("Motors", "Motors"), ("fell", "perdu"), ("3", "3"), ("%", "%"),
        ("today", "aujourd’hui"), (".", "."),
    }  # fmt: skip


def test_several_edits_in_any_order():
    at = BEFORE.en.index("3%")
    after = rewritten(BEFORE, [(at + 1, at + 2, " per cent"), (0, 5, "GM")], [])
    assert after.en == "GM fell by 3 per cent today."
    assert {("GM", "Tesla"), ("per", "%"), ("cent", "%"), ("today", "aujourd’hui")} <= linked_words(after)


def test_links_are_dropped_where_words_cannot_be_told_apart():
    after = rewritten(pair("a b c d", "w x y z", "0-0 1-1 3-3"), [(0, 3, "e f g")], [])
    assert linked_words(after) == {("d", "z")}


def test_deleting_words():
    after = rewritten(BEFORE, [(len(BEFORE.en) - 1, len(BEFORE.en), "")], [])
    assert after.en == "Tesla fell by 3% today"
    assert (".", ".") not in linked_words(after)
    assert ("today", "aujourd’hui") in linked_words(after)


def test_copies_are_linked_to_each_other_only():
    wrong = pair("Mr Musk left", "M. Musk est parti", "0-0 1-0 0-2 2-4")  # words of the French: M . Musk est parti
    after = copied(wrong, [(3, 7, "Van Dijk")], [(3, 7, "Van Dijk")], [(0, 0)])
    assert linked_words(after) == {("Mr", "M"), ("Van", "Van"), ("Dijk", "Dijk"), ("left", "parti")}


def test_join_counts_on():
    after = join(pair("Yes.", "Oui.", "0-0 1-1"), BEFORE)
    assert after.en == "Yes. Tesla fell by 3% today."
    assert linked_words(after) == linked_words(BEFORE) | {("Yes", "Oui")}


def test_pair_without_links():
    assert Pair("a", "b").line() == "a\tb\t\n"
