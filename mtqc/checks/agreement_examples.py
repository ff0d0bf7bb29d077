"""Executed examples of the agreement rules, written for this project."""

from __future__ import annotations

from mtqc.rules import Example

GENDER_EXAMPLES = (
    Example("He posted a thread on the strike.", "Il a publié une fil sur la grève.", "une fil"),
    Example("The union made a new claim.", "Le syndicat a formulé un revendication de plus.", "un revendication"),
    Example("It is an important decision.", "C’est un importante décision.", "un importante décision"),
    Example("The mayor took the decision on Monday.", "La maire a pris le décision lundi.", "le décision"),
    Example("She reads it and closes it.", "La règle, il la note ; le livre, elle le place là.", note="pronouns"),
    Example("One of the wires broke.", "L’un des fils a cassé.", note="« un » is a pronoun"),
    Example("It made the paper’s front page.", "Le scandale fait la une du journal.", note="« la une » is a noun"),
    Example("It is a triple victory.", "C’est une triple victoire."),
    Example(
        "He wore a mask once.", "Une fois, il a porté un voile ; la voile du bateau était pliée.", note="both genders"
    ),
)
NUMBER_EXAMPLES = (
    Example("The decisions will be published.", "Les décision seront publiées.", "Les décision"),
    Example("Several men were arrested.", "Plusieurs homme ont été arrêtés.", "Plusieurs homme"),
    Example("The measure was rejected.", "La mesures a été rejetée.", "La mesures"),
    Example("He carries them.", "Les sacs, il les porte.", note="pronoun before a verb"),
    Example("The price rose in one case.", "Le prix a monté dans un cas."),
    Example("Most of the days are long.", "La plupart des jours sont longs."),
)
