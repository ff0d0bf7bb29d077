"""The rules on quantities, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

MAGNITUDE = Rule(
    "ACC301", "number-magnitude", Category.NUMBER, Severity.CRITICAL,
    "A figure kept its digits but is a thousand or a million times too big or too small.",
    "English billion is French milliard (10^9), French billion is 10^12; the figure looks right, so no one notices.",
    (
        Example("It set aside $2.4 billion.", "Elle a provisionné 2,4 millions de dollars.", "2,4 millions de dollars"),
        Example("The deal is worth 1.2 billion euros.", "L'accord vaut 1,2 billion d'euros.", "1,2 billion d'euros"),
        Example("Some 300,000 people fled.", "Quelque 300 millions de personnes ont fui.", "300 millions"),
        Example("Il coûtera 4,2 millions d’euros.", "It will cost 4.2 billion euros.", "4.2 billion euros",
                langs=("fr", "en")),
        Example("Le pays compte 1,2 milliard d’habitants.", "The country has 1.2 billion people.", langs=("fr", "en")),
        Example("The bank set aside $2.4 billion.", "La banque a provisionné 2,4 Mds$.", note="Mds is milliards"),
        Example("Debt reached 1.3 trillion dollars.", "La dette atteint 1 300 milliards de dollars."),
        Example("It costs $1.5m.", "Il coûte 1,5 million de dollars."),
        Example("About 1,000 fans came.", "Un millier de supporters sont venus."),
        Example("It lost $10-15 billion.", "Il a perdu entre 10 et 15 milliards de dollars."),
    ),
    0.95,
    sources=("Long scale and short scale: BIPM, CLDR fr",),
)  # fmt: skip

CHANGED = Rule(
    "ACC302", "number-changed", Category.NUMBER, Severity.MAJOR,
    "Another figure stands where the original's should.",
    "A wrong figure misleads on a fact; in a fluent sentence nothing else gives it away.",
    (
        Example("Prices rose 3.7% in May.", "Les prix ont augmenté de 3,1 % en mai.", "3,1 %"),
        Example("He was born in 1967.", "Il est né en 1976.", "1976"),
        Example("The company paid £850.", "L'entreprise a versé 580 livres.", "580 livres"),
        Example("They ordered 40 F-16s and one GPT-4.", "Ils ont commandé 40 F-16 et un GPT-5.", "GPT-5"),
        Example("The meeting starts at 3:30 p.m.", "La réunion commence à 15 h 30.", note="24-hour clock"),
        Example("On May 3, 2023, he left.", "Il est parti le 3 mai 2023."),
        Example("The town is 30 miles away.", "La ville se trouve à 48 km.", note="converted"),
        Example("It was 86 degrees Fahrenheit.", "Il faisait 30 °C."),
        Example("It grew by 1,480 jobs.", "Quelque 1 500 emplois ont été créés.", note="rounded"),
        Example("Shares fell 50%.", "L'action a perdu la moitié de sa valeur."),
    ),
    0.85,
)  # fmt: skip

MISSING = Rule(
    "ACC303", "number-missing", Category.OMISSION, Severity.MAJOR,
    "A figure of the original has no counterpart in the translation.",
    "Figures are what a news sentence is there for; one that is gone usually took its clause with it.",
    (
        Example("The fire killed 17 people in the hotel.", "L'incendie a tué des personnes dans l'hôtel.", ""),
        Example("Sales rose 12% to €340 million.", "Les ventes ont augmenté de 12 %.", ""),
        Example("Both of the 2 sisters came.", "Les deux sœurs sont venues."),
        Example("He is one of the top 10.", "Il est parmi les dix premiers."),
        Example("In the 21st century, 1 in 4 reads.", "Au XXIe siècle, un sur quatre lit."),
        Example("It killed 17 people.\nIt was in 2019.", "C'était en 2019.\nIl y a eu 17 morts.", note="moved"),
        Example("He served 24 months.", "Il a purgé vingt-quatre mois."),
    ),
    0.8,
)  # fmt: skip

ADDED = Rule(
    "ACC304", "number-added", Category.ADDITION, Severity.MAJOR,
    "A figure stands in the translation only.",
    "A figure that the original does not have is invented, or belongs to another sentence.",
    (
        Example("It signed a striker.", "Il a recruté un attaquant pour 45 millions d'euros.", "45 millions d'euros"),
        Example("The law was passed last year.", "La loi a été adoptée l'an dernier par 212 voix.", "212"),
        Example("A dozen people were hurt.", "12 personnes ont été blessées."),
        Example("The nineties were good.", "Les années 90 ont été bonnes."),
        Example("Thousands came at noon.", "Des milliers de personnes sont venues à 12 h."),
        Example("The COVID-19 wards are full.", "Les services Covid 19 sont pleins."),
    ),
    0.7,
)  # fmt: skip

CURRENCY = Rule(
    "ACC305", "currency-changed", Category.NUMBER, Severity.MAJOR,
    "The figure is the same but the currency is another one.",
    "£500 is not 500 €: same digits, other sum.",
    (
        Example("He paid £500 for it.", "Il l'a payé 500 €.", "500 €"),
        Example("The fund lost $3 billion.", "Le fonds a perdu 3 milliards d'euros.", "3 milliards d'euros"),
        Example("He paid $500 for it.", "Il l'a payé 500 dollars."),
        Example("He paid US$500.", "Il a payé 500 dollars américains."),
        Example("He paid £500 (€580).", "Il a payé 500 livres (580 €)."),
        Example("It weighs 500 pounds.", "Il pèse 500 livres.", note="a weight"),
    ),
    0.9,
)  # fmt: skip

PERCENT = Rule(
    "ACC306", "percent-lost", Category.NUMBER, Severity.MAJOR,
    "The figure is there but no longer a percentage.",
    "“7” instead of “7 %” is another quantity.",
    (
        Example("Turnout fell by 7%.", "La participation a baissé de 7.", "7"),
        Example("Some 30 percent agree.", "Quelque 30 sont d'accord.", "30"),
        Example("Turnout fell by 7 percent.", "La participation a baissé de 7 pour cent."),
        Example("It rose 5%, then 6%.", "Elle a augmenté de 5, puis de 6 %.", note="one sign for both"),
        Example("It fell 3 percentage points.", "Elle a perdu 3 points."),
    ),
    0.8,
)  # fmt: skip

UNIT = Rule(
    "ACC307", "unit-changed", Category.NUMBER, Severity.MAJOR,
    "The figure is the same but the unit is another one.",
    "A unit translated without converting the figure states another length, weight or temperature.",
    (
        Example("The river is 50 miles long.", "Le fleuve mesure 50 kilomètres.", "50 kilomètres"),
        Example("It was 90 degrees Fahrenheit.", "Il faisait 90 degrés Celsius.", "90 degrés Celsius"),
        Example("The shaft is 612.4 metres deep.", "Le puits a 612,4 kilomètres de profondeur.", "612,4 kilomètres"),
        Example("The ship held 9,000 tonnes of grain.", "Le navire portait 9 000 kilos de blé.", "9 000 kilos"),
        Example("The outage lasted 12 hours.", "La panne a duré 12 jours.", "12 jours"),
        Example("He was jailed for six months.", "Il a été condamné à six ans de prison.", "six ans"),
        Example("It lasted 36 hours, or a day and a half.", "Cela a duré 36 heures, un jour et demi."),
        Example("The 10-day tour took five weeks to plan.", "Il a fallu cinq semaines pour préparer ces 10 jours."),
        Example("It closed for the last five years.", "Elle est fermée depuis cinq longues années."),
        Example("It opens for 8 hours, 5 days a week.", "Elle ouvre 8 heures par jour, 5 jours par semaine."),
        Example("A 30-day ban.", "Une suspension d'un mois (30 jours)."),
        Example("The river is 50 miles long.", "Le fleuve mesure 80 kilomètres."),
        Example("The river is 50 miles long.", "Le fleuve mesure 50 miles."),
        Example("He ran 100 yards.", "Il a couru 100 mètres.", note="close enough for a newspaper"),
    ),
    0.85,
)  # fmt: skip

WORD_CHANGED = Rule(
    "ACC308", "number-word-changed", Category.NUMBER, Severity.MINOR,
    "A number written in words seems to have become another one.",
    "Number words have many renderings, so this is a suspicion: look at both.",
    (
        Example("The strike lasted seven weeks.", "La grève a duré huit semaines.", "huit"),
        Example("He has 12 grandchildren.", "Il a quinze petits-enfants.", "quinze"),
        Example("Both men left.", "Les deux hommes sont partis."),
        Example("It happened twice in a fortnight.", "C'est arrivé deux fois en quinze jours."),
        Example("One of them has a new car.", "L'un d'eux a une voiture neuve."),
        Example("He ate half a dozen eggs.", "Il a mangé six œufs."),
    ),
    0.5,
)  # fmt: skip

CURRENCY_LOST = Rule(
    "ACC309", "currency-lost", Category.NUMBER, Severity.MAJOR,
    "The figure is there but the sentence no longer says which currency.",
    "“249” instead of “249 dollars” is no price.",
    (
        Example("I paid $249 for a bell.", "J'ai payé 249 pour une sonnette.", "249"),
        Example("He left 40,000 euros to the choir.", "Il a légué 40 000 à la chorale.", "40 000"),
        Example("I paid $249 for a bell.", "J'ai payé 249 dollars pour une sonnette."),
        Example("It rose from $10 to $15.", "Il est passé de 10 à 15 dollars.", note="one word for both"),
        Example("He lost 20 pounds.", "Il a perdu 9 kilos.", note="a weight"),
        Example("Tickets cost $20 and $30.", "Les billets coûtent 20 et 30 $."),
    ),
    0.8,
)  # fmt: skip

DATE_CHANGED = Rule(
    "ACC310", "date-changed", Category.NUMBER, Severity.MAJOR,
    "Another month or weekday stands where the original's should.",
    "A wrong month reads as well as the right one; a reader who acts on it misses the date.",
    (
        Example("LIMA, March 14 - The ship sank.", "LIMA, 14 mai - Le navire a coulé.", "mai"),
        Example("The trial opens in October.", "Le procès s'ouvre en novembre.", "novembre"),
        Example("The vote is on Tuesday.", "Le vote a lieu mercredi.", "mercredi"),
        Example("He left on 3 June and returned in July.", "Parti le 3 juin, il est revenu en août.", "août"),
        Example("The trial opens in October.", "Le procès s'ouvre en octobre."),
        Example("It happened on Tuesday night.", "Cela s'est produit dans la nuit de mardi à mercredi."),
        Example("He said on Tuesday that it works.", "Il a déclaré hier que cela marchait.", note="only missing"),
        Example("It began on the 15th.\nIt ended in May.", "Elle a commencé le 15 mai.\nPuis elle a pris fin.",
                note="moved"),
        Example("He may march on Monday.", "Il pourrait défiler lundi."),
        Example("He was hurt on Saturday night.", "Il a été blessé dans la nuit de dimanche.", note="after midnight"),
        Example("Theresa May spoke in June.", "Theresa May s'est exprimée en juin."),
        Example("The probe left Mars in April.", "La sonde a quitté Mars en avril."),
    ),
    0.9,
)  # fmt: skip

RULES = (MAGNITUDE, CHANGED, MISSING, ADDED, CURRENCY, PERCENT, UNIT, WORD_CHANGED, CURRENCY_LOST)
