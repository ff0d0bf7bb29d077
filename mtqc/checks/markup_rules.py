"""The rules on inline elements of web pages, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

APART = Rule(
    "FLU120", "fragment-translated-apart", Category.GARBLED, Severity.MAJOR,
    "A link or an emphasis was translated apart from its sentence, and the seam shows.",
    "Engines that are fed a page element by element never see the sentence: prepositions, articles and capitals clash.",
    (
        Example("Okafor told Reuters that talks would resume.",
                "Okafor dit Reuters que les discussions reprendraient.", "Okafor dit Reuters",
                source_markup=(("a", "told Reuters"),), target_markup=(("a", "dit Reuters"),)),
        Example("The head of the firm left.", "Le patron de de l'entreprise est parti.", "de de",
                source_markup=(("a", "of the firm"),), target_markup=(("a", "de l'entreprise"),)),
        Example("According to a new report, sales fell.", "Selon le un nouveau rapport, tout a baissé.", "le un",
                source_markup=(("a", "a new report"),), target_markup=(("a", "un nouveau rapport"),)),
        Example("It bought some shares on Friday.", "Elle a acheté vendredi Quelques actions.", "Quelques",
                source_markup=(("em", "some shares"),), target_markup=(("em", "Quelques actions"),)),
        Example("The success of the presidency is clear.", "Le succès la présidence est clair.", "succès la présidence",
                source_markup=(("a", "of the presidency"),), target_markup=(("a", "la présidence"),)),
        Example("The council hearing was long.", "Le conseil l'audience a été longue.", "conseil l'audience",
                source_markup=(("a", "hearing"),), target_markup=(("a", "l'audience"),)),
        Example("The people who came are gone.", "Les personnes qui : sont venues ont disparu.", " :",
                source_markup=(("a", "people who"),), target_markup=(("a", "personnes qui :"),)),
        Example("The new report is out.", "Le nouveaurapport est sorti.", "nouveaurapport",
                source_markup=(("a", "report"),), target_markup=(("a", "rapport"),)),
        Example("Okafor told Reuters that talks would resume.",
                "Okafor a dit à Reuters que les discussions reprendraient.",
                source_markup=(("a", "told Reuters"),), target_markup=(("a", "a dit à Reuters"),)),
        Example("He writes for the daily paper.", "Il écrit pour Le Monde.", note="a name",
                source_markup=(("em", "the daily"),), target_markup=(("em", "Le Monde"),)),
        Example("The head of the firm left.", "Le patron de de l'entreprise est parti.", note="no element: FLU501"),
        Example("She decided to name him.", "Elle a décidé de le nommer.", note="a pronoun",
                source_markup=(("a", "name him"),), target_markup=(("a", "le nommer"),)),
        Example("ABC stands for that.", "ABC veut dire cela.", note="part of a word",
                source_markup=(("b", "A"),), target_markup=(("b", "A"),)),
    ),
    0.9,
)  # fmt: skip

LOST = Rule(
    "FLU121", "element-lost-or-moved", Category.MARKUP, Severity.MINOR,
    "A link or an emphasis of the original is missing, or stands on other words.",
    "A link on the wrong words leads readers astray; an emphasis on them changes what is stressed.",
    (
        Example("Reuters wrote that Okafor had left Lagos.", "Reuters écrit qu'Okafor a quitté Lagos.", "",
                source_markup=(("a", "Reuters wrote"), ("a", "Lagos")), target_markup=(("a", "Reuters écrit"),)),
        Example("Reuters wrote that Okafor had left Lagos.", "Reuters écrit qu'Okafor a quitté Lagos.", "Lagos",
                source_markup=(("a", "Okafor"),), target_markup=(("a", "Lagos"),)),
        Example("Reuters wrote that Okafor had left Lagos.", "Reuters écrit qu'Okafor a quitté Lagos.",
                source_markup=(("a", "Reuters wrote"), ("a", "Lagos")),
                target_markup=(("a", "Reuters écrit"), ("a", "a quitté Lagos"))),
        Example("Okafor, of Lagos, met Dupont.", "Dupont a rencontré Okafor, de Lagos.", note="in another order",
                source_markup=(("a", "Okafor"), ("a", "Dupont")), target_markup=(("a", "Dupont"), ("a", "Okafor"))),
        Example("Reuters wrote that Okafor had left Lagos.", "Reuters écrit qu'Okafor a quitté Lagos.",
                note="the translation has no links at all", source_markup=(("a", "Lagos"),)),
        Example("He spoke to the head of the board.", "Il a parlé au président du conseil.",
                source_markup=(("strong", "board"),), target_markup=(("b", "conseil"),)),
    ),
    0.9,
)  # fmt: skip

RULES = (APART, LOST)
