"""The rules on English habits of dates, hours and amounts, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("Lexique des règles typographiques en usage à l'Imprimerie nationale", "CLDR fr, date formats")

MAGNITUDE = Rule(
    "LOC116", "english-magnitude", Category.NUMBER_FORMAT, Severity.MINOR,
    "An amount keeps the English abbreviation bn, mn, m or tn.",
    "Readers of French know milliards and millions (Md, M), not “bn”; and an English trillion is a French billion.",
    (
        Example("It raised $3.5bn last year.", "Elle a levé 3,5bn de dollars l'an dernier.", "3,5bn"),
        Example("It lost €40 mn in May.", "Elle a perdu 40 mn € en mai.", "40 mn"),
        Example("It cost £5m to build.", "Elle a coûté 5m £ à construire.", "5m"),
        Example("It raised $3.5bn last year.", "Elle a levé 3,5 milliards de dollars l'an dernier."),
        Example("The wall is 5m high.", "Le mur fait 5m de haut.", note="metres"),
        Example("The talk takes 40 min.", "L'exposé prend 40 mn.", note="minutes"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

FIRST_OF_MONTH = Rule(
    "LOC117", "first-of-month", Category.DATE_FORMAT, Severity.MINOR,
    "The first of a month is written 1, not 1er.",
    "French counts the days from « 1er », the only ordinal: 1er mai, 2 mai.",
    (
        Example("He left on May 1.", "Il est parti le 1 mai.", "1 mai"),
        Example("It opens on January 1, 2026.", "Elle ouvre le 1 janvier 2026.", "1 janvier"),
        Example("He left on May 1.", "Il est parti le 1er mai."),
        Example("He left on May 11.", "Il est parti le 11 mai."),
        Example("Between 0.1 and 1 March.", "Entre 0,1 mars et le 1er mars."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

DATE_COMMA = Rule(
    "LOC118", "comma-before-year", Category.DATE_FORMAT, Severity.MINOR,
    "A date keeps the English comma before the year.",
    "French writes 3 mai 2023 without a comma.",
    (
        Example("He left on May 3, 2023.", "Il est parti le 3 mai, 2023.", "3 mai, 2023"),
        Example("It opened in June, 2019.", "Elle a ouvert en juin, 2019.", "juin, 2019"),
        Example("He left on May 3, 2023.", "Il est parti le 3 mai 2023."),
        Example("In May, 2,000 people left.", "En mai, 2000 personnes sont parties."),
        Example("In May, some 1950 books were sold.", "En mai, 1950 livres ont été vendus."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

NUMERIC_DATE = Rule(
    "LOC119", "month-first-date", Category.DATE_FORMAT, Severity.MAJOR,
    "A date in figures has the month first, as in the United States.",
    "French reads 05/23/2023 as the 5th of a 23rd month; of 05/06/2023 nobody can tell, and nothing is said.",
    (
        Example("Signed 5/23/2023.", "Signé le 5/23/2023.", "5/23/2023"),
        Example("Filed 12-31-19.", "Déposé le 12-31-19.", "12-31-19"),
        Example("Signed 5/23/2023.", "Signé le 23/5/2023."),
        Example("Signed 05/06/2023.", "Signé le 05/06/2023.", note="cannot be told"),
        Example("See 2023-05-23.", "Voir 2023-05-23."),
        Example("Model 5-13-2 sells.", "Le modèle 5-13-2 se vend."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

CLOCKS_MIXED = Rule(
    "LOC123", "hours-mixed", Category.DATE_FORMAT, Severity.NEUTRAL,
    "One article writes hours in two ways; one remark.",
    "15 h 30, 15h30 and 15:30 are all in use: a house has one of them.",
    (
        Example("At 3:30 p.m. it began.\nIt ended at 5 p.m.\nAt 6:15 p.m. all was over.",
                "À 15h30, cela a commencé.\nCela a fini à 17h00.\nÀ 18:15, tout était fini.", "18:15"),
        Example("At 3:30 p.m. it began.\nIt ended at 5 p.m.", "À 15 h 30, cela a commencé.\nCela a fini à 17 h."),
        Example("At 3:30 p.m. it began.\nOdds are 3:1.", "À 15h30, cela a commencé.\nLa cote est de 3:1."),
        Example("At 3:30 it began.\nIt took 1h05.", "À 15h30, cela a commencé.\nCela a pris 1h05."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

RULES = (MAGNITUDE, FIRST_OF_MONTH, DATE_COMMA, NUMERIC_DATE, CLOCKS_MIXED)
