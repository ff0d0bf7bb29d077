"""Executed examples of the rules on broken clauses, written for this project."""

from __future__ import annotations

from mtqc.rules import Example

TWO_VERBS_EXAMPLES = (
    Example("The protein causes growth.", "La protéine entraîne provoque une croissance.", "entraîne provoque"),
    Example("The cut would have set off a crisis.", "La coupe aurait déclencherait une crise.", "aurait déclencherait"),
    Example("What he says is true.", "Ce qu’il dit est vrai.", note="two clauses"),
    Example("The man who sells rents too.", "L’homme qui vend loue aussi.", note="relative clause"),
    Example("It may be better to wait.", "Il vaut mieux attendre ; la porte a été ouverte.", note="set phrase"),
)
NO_VERB_EXAMPLES = (
    Example(
        "The minister has announced a new plan for the hospitals in the north.",
        "Le ministre de la Santé un nouveau plan pour les hôpitaux du nord.",
        "Le ministre de la Santé un nouveau plan pour les hôpitaux du nord.",
    ),
    Example("The minister announced a plan for hospitals.", "Le ministre a annoncé un plan pour les hôpitaux du nord."),
    Example("A new plan for the hospitals in the north", "Un nouveau plan pour les hôpitaux du nord du pays",
            note="a heading"),
    Example("Now for the good part of the day.", "Et maintenant, place à la bonne partie de la journée.",
            note="the English has none either"),
)  # fmt: skip
PREPOSITION_EXAMPLES = (
    Example("The result depends on the weather.", "Le résultat dépend la météo.", "dépend la météo"),
    Example("She took part in the meeting.", "Elle a participé la réunion.", "participé la réunion"),
    Example("The measure on which the rest depends.", "La mesure dont dépend la suite est votée.", note="inversion"),
    Example("She took part on Monday.", "Elle a participé le lundi suivant à la réunion.", note="a date"),
    Example("They benefit from the law.", "Ils bénéficient de la loi et profitent du temps."),
)
