"""The rules on an article's agreement with itself, TRM104 to TRM106, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

FIGURE_INCONSISTENT = Rule(
    "TRM104", "figure-inconsistent", Category.INCONSISTENT, Severity.MINOR,
    "One figure of the original is given in two ways: converted here and not there, rounded here and not there.",
    "A reader who finds 5 miles and then 8 km takes them for two distances.",
    (
        Example("The road is 50 miles long.\nAfter 50 miles they stopped.\nThe 50 miles were hard.",
                "La route fait 80 km.\nAprès 80 km, ils se sont arrêtés.\nLes 50 miles ont été durs.", "50 miles"),
        Example("It is worth $97.4 billion.\nThe $97.4 billion came late.\nNobody saw $97.4 billion.",
                "Elle vaut 97,4 milliards de dollars.\nLes 97,4 milliards de dollars sont venus tard.\n"
                "Nul n'a vu 97 milliards de dollars.", "97 milliards de dollars"),
        Example("The road is 50 miles long.\nAfter 50 miles they stopped.",
                "La route fait 80 km.\nAprès 80 kilomètres, ils se sont arrêtés."),
        Example("It cost $500,000.\nThe $500,000 are gone.",
                "Cela a coûté 500\u202f000 dollars.\nLes 0,5 million de dollars sont partis.", note="the same amount"),
        Example("In 2019 he left.\nSince 2019 he is gone.", "En 2019, il est parti.\nDepuis, il n'est plus là."),
    ),
    0.8,
    sources=("MQM core: terminology, inconsistent use",),
)  # fmt: skip

REPETITION_INCONSISTENT = Rule(
    "TRM105", "quotation-inconsistent", Category.INCONSISTENT, Severity.MINOR,
    "The original quotes the same words twice; the French quotes different ones.",
    "A quotation that changes from one paragraph to the next was not quoted.",
    (
        Example("“We will never sell the company,” she said.\nHer “we will never sell the company” was a lie.",
                "« Nous ne vendrons jamais l'entreprise », a-t-elle dit.\nSon « jamais la firme ne sera à vendre » "
                "était un mensonge.", "« jamais la firme ne sera à vendre »"),
        Example("“We will never sell the company,” she said.\nHer “we will never sell the company” was a lie.",
                "« Nous ne vendrons jamais l'entreprise », a-t-elle dit.\n"
                "Son « nous ne vendrons jamais l’entreprise » était un mensonge."),
        Example("“We will never sell the company,” she said.\nHer “never sell” was a lie.",
                "« Nous ne vendrons jamais l'entreprise », a-t-elle dit.\nSon « jamais » était un mensonge."),
        Example("“We will never sell the company,” she said.\n“We will never sell the company,” she said.",
                "« Nous ne vendrons jamais l'entreprise », a-t-elle dit.\n"
                "« Nous ne vendrons jamais cette entreprise », a-t-elle dit.", note="one word"),
    ),
    0.7,
    sources=("MQM core: terminology, inconsistent use",),
)  # fmt: skip

HEADLINE = Rule(
    "TRM106", "headline-against-body", Category.INCONSISTENT, Severity.MAJOR,
    "A figure, a name or a negation of the headline contradicts the French body; the English agrees with itself.",
    "Many readers see nothing but the headline; the article that would put it right stands under it.",
    (
        Example("Prices rise by 21% in Lagos\nPrices rose by 21% last year.",
                "Les prix augmentent de 12 % à Lagos\nLes prix ont augmenté de 21 % l'an dernier.", "12 %"),
        Example("Okafor sues Zenbrook over patents\nThe firm Zenbrook was sued on Monday.",
                "Okafor poursuit Zonbrick pour des brevets\nL'entreprise Zenbrook a été poursuivie lundi.", "Zonbrick"),
        Example("Minister will not resign over letters\nThe minister said she will not resign over the letters.",
                "La ministre démissionne pour des lettres\n"
                "La ministre a dit qu'elle ne démissionnera pas pour des lettres.",
                "La ministre démissionne pour des lettres"),
        Example("Prices rise by 21% in Lagos\nPrices rose by 21% last year.",
                "Un cinquième de plus à Lagos\nLes prix ont augmenté de 21 % l'an dernier.", note="in words"),
        Example("Prices rise by 21% in Lagos\nPrices rose by 12% last year.",
                "Les prix augmentent de 12 % à Lagos\nLes prix ont augmenté de 12 % l'an dernier.",
                note="the original contradicts itself"),
        Example("Minister will not resign over letters\nThe minister said she will not resign over the letters.",
                "La ministre refuse de démissionner\nLa ministre a dit qu'elle ne démissionnera pas pour ces lettres."),
        Example("Okafor sues Zenbrook over patents\nThe firm Zenbrook was sued on Monday.",
                "Okafor poursuit l'entreprise pour des brevets\nL'entreprise Zenbrook a été poursuivie lundi."),
    ),
    0.8,
)  # fmt: skip
