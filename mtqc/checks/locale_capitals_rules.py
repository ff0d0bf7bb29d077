"""The rules on capitals of peoples, languages and headlines, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("Lexique des règles typographiques en usage à l'Imprimerie nationale: capitales",)

CAPITAL_DEMONYM = Rule(
    "LOC114", "capital-demonym", Category.CAPITALS, Severity.MINOR,
    "An adjective from a people's name, or the name of a language, keeps its English capital.",
    "French writes les Français, but l'économie française, and le français for the language.",
    (
        Example("The French economy grew.", "L'économie Française a crû.", "Française"),
        Example("She speaks German at home.", "Elle parle Allemand à la maison.", "Allemand"),
        Example("The film is in English.", "Le film est en Anglais.", "Anglais"),
        Example("The French economy grew.", "L'économie française a crû."),
        Example("Young Americans left.", "Les jeunes Américains sont partis.", note="a people"),
        Example("The French Football Federation met.", "La Fédération Française de Football a siégé.", note="a name"),
        Example("She lives in Germany.", "Elle vit en Allemagne."),
        Example("Some Germans left.", "Deux Allemands sont partis."),
        Example("The Arabian peninsula is dry.", "La péninsule Arabique est aride.", note="part of a name"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

TITLE_CASE = Rule(
    "LOC115", "title-case-headline", Category.CAPITALS, Severity.MINOR,
    "A headline has the English capitals on all its words.",
    "French headlines are written like sentences: a capital on the first word and on names.",
    (
        Example("Government Announces Cuts in Public Spending", "Le Gouvernement Annonce Des Coupes Dans Les Dépenses",
                "Le Gouvernement Annonce Des Coupes Dans Les Dépenses"),
        Example("Price of Bread to Rise Again Next Year", "Le Prix du Pain Va Encore Augmenter l'Année Prochaine",
                "Le Prix du Pain Va Encore Augmenter l'Année Prochaine"),
        Example("Government Announces Cuts", "Le gouvernement annonce des coupes"),
        Example("United Nations Security Council Meets", "Le Conseil de sécurité des Nations unies se réunit"),
        Example("JPMorgan Chase and Goldman Sachs Merge", "JPMorgan Chase et Goldman Sachs fusionnent"),
        Example("CUTS ANNOUNCED", "DES COUPES ANNONCÉES DANS LES DÉPENSES", note="all in capitals"),
        Example("“The Lord of the Rings” Returns", "« Le Seigneur des Anneaux » revient", note="a title"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

RULES = (CAPITAL_DEMONYM, TITLE_CASE)
