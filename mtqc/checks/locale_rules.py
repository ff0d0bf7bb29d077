"""The rules on French formats of figures, hours and dates, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("Lexique des règles typographiques en usage à l'Imprimerie nationale", "CLDR fr, number formats")

DECIMAL_POINT = Rule(
    "LOC101", "decimal-point", Category.NUMBER_FORMAT, Severity.MINOR,
    "A decimal figure keeps the English point.",
    "French writes a decimal comma; a point groups thousands in older texts.",
    (
        Example("Shares fell 4.25% on Monday.", "L'action a cédé 4.25 % lundi.", "4.25 %"),
        Example("Rivals fell too (ABCD-3.2%).", "Ses rivaux ont aussi baissé (ABCD-3.2%).", "3.2%"),
        Example("It is worth 2.5 billion euros.", "Il vaut 2.5 milliards d'euros.", "2.5"),
        Example("Each woman has 1.8 children.", "Chaque femme a 1.8 enfant.", "1.8"),
        Example("Shares fell 4.25% on Monday.", "L'action a cédé 4,25 % lundi."),
        Example("Android 4.4 and version 2.1 came out.", "Android 4.4 et la version 2.1 sont sortis."),
        Example("The match is at 8.45.", "Le match est à 8.45.", note="an hour"),
        Example("Some 1,500 people came.", "Quelque 1.500 personnes sont venues.", note="an older French habit"),
        Example("It took 2.375 seconds.", "Il a fallu 2.375 secondes.", note="cannot be told from the above"),
        Example("The server is at 10.0.0.1.", "Le serveur est en 10.0.0.1."),
    ),
    0.95,
    sources=_SOURCES,
)  # fmt: skip

THOUSANDS_COMMA = Rule(
    "LOC102", "thousands-comma", Category.NUMBER_FORMAT, Severity.MINOR,
    "A figure keeps the English comma between thousands.",
    "In French a comma is the decimal sign: “1,500” reads as one and a half.",
    (
        Example("Some 1,500 people came.", "Quelque 1,500 personnes sont venues.", "1,500"),
        Example("It has 2,340,000 users.", "Il compte 2,340,000 utilisateurs.", "2,340,000"),
        Example("Some 1,500 people came.", "Quelque 1\u202f500 personnes sont venues."),
        Example("It weighs 1.125 kg.", "Il pèse 1,125 kg.", note="a decimal"),
        Example("He won in 2010, 2012 and 2014.", "Il a gagné en 2010, 2012 et 2014."),
    ),
    0.97,
    sources=_SOURCES,
)  # fmt: skip

CURRENCY_BEFORE = Rule(
    "LOC103", "currency-before-figure", Category.CURRENCY_FORMAT, Severity.MINOR,
    "The currency sign stands in front of the figure.",
    "French puts the sign, or the name, after the figure: 97 $, 2,4 milliards de dollars.",
    (
        Example("It costs $97.", "Il coûte $97.", "$97"),
        Example("The fund holds £2.4 billion.", "Le fonds gère £2,4 milliards.", "£2,4 milliards"),
        Example("It costs US$1,200.", "Il coûte US$1,200.", "US$1,200"),
        Example("It costs $97.", "Il coûte 97 $."),
        Example("It costs $97.", "Il coûte 97 dollars (80 €)."),
        Example("A$AP Rocky sings.", "A$AP Rocky chante."),
    ),
    0.97,
    sources=_SOURCES,
)  # fmt: skip

ORDINAL = Rule(
    "LOC104", "english-ordinal", Category.NUMBER_FORMAT, Severity.MINOR,
    "An ordinal keeps its English ending.",
    "French writes 1er, 2e, 21e.",
    (
        Example("He finished 4th in the race.", "Il a fini 4th de la course.", "4th"),
        Example("The 21st floor burned.", "Le 21st étage a brûlé.", "21st"),
        Example("He lives on 5th Avenue.", "Il habite sur la 5th Avenue."),
        Example("The 2nd regiment left.", "Le 2nd régiment est parti.", note="second, in French too"),
        Example("He finished 4th in the race.", "Il a fini 4e de la course."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

CLOCK = Rule(
    "LOC105", "english-clock", Category.DATE_FORMAT, Severity.MINOR,
    "An hour keeps a.m. or p.m.",
    "French counts the hours to 24: 15 h, 15 h 30.",
    (
        Example("It starts at 3 p.m. on Friday.", "Elle commence à 3 p.m. vendredi.", "3 p.m."),
        Example("It closes at 10:30 PM.", "Il ferme à 10:30 PM.", "10:30 PM"),
        Example("It starts at 3 p.m.", "Elle commence à 15 h."),
        Example("It starts at 10:30.", "Elle commence à 10:30."),
        Example("He ran 10 m.", "Il a couru 10 m."),
    ),
    0.95,
    sources=_SOURCES,
)  # fmt: skip

DATE = Rule(
    "LOC106", "english-date", Category.DATE_FORMAT, Severity.MINOR,
    "A date keeps the English order, month first.",
    "French puts the day before the month: 3 mai 2023.",
    (
        Example("He left on May 3, 2023.", "Il est parti mai 3, 2023.", "mai 3, 2023"),
        Example("He left on June 12.", "Il est parti le June 12.", "June 12"),
        Example("He left on May 3, 2023.", "Il est parti le 3 mai 2023."),
        Example("The riots of May 68 changed it.", "Les émeutes de mai 68 l'ont changé."),
        Example("In May, 3 people left.", "En mai 3 personnes sont parties."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

CAPITAL_DATE = Rule(
    "LOC107", "capital-month", Category.DATE_FORMAT, Severity.MINOR,
    "A month or weekday keeps its English capital.",
    "French writes janvier and lundi in lower case, but for the names of feasts.",
    (
        Example("The vote is on November 6.", "Le vote aura lieu le 6 Novembre.", "Novembre"),
        Example("He left on Monday.", "Il est parti Lundi avec sa sœur.", "Lundi"),
        Example("It opens in March 2026.", "Elle ouvre en Mars 2026 à Brest.", "Mars"),
        Example("He left on Monday.", "Il est parti lundi."),
        Example("Monday was quiet.", "Lundi a été calme."),
        Example("Marchers came on May 1.", "Les manifestants sont venus le 1er Mai.", note="a feast"),
        Example("Shops open on Black Friday.", "Les magasins ouvrent pour le Vendredi noir."),
        Example("He writes for the Sunday Post.", "Il écrit pour le Sunday Post."),
        Example("The probe left Mars in March.", "La sonde a quitté Mars en mars."),
        Example("April Lane sang in April.", "April Lane a chanté en avril."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

FORMAT_RULES = (DECIMAL_POINT, THOUSANDS_COMMA, CURRENCY_BEFORE, ORDINAL, CLOCK, DATE, CAPITAL_DATE)
