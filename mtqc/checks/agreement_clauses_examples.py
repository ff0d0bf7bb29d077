"""Executed examples of the rules on adjectives, participles and verbs, written for this project."""

from __future__ import annotations

from mtqc.rules import Example

ADJECTIVE_EXAMPLES = (
    Example("The economic measures failed.", "Les mesures économique ont échoué.", "Les mesures économique"),
    Example("It is an important decision.", "C’est une décision très important.", "une décision très important"),
    Example(
        "The high rate of unemployment worries them.",
        "Le taux de chômage élevé les inquiète.",
        note="agrees with the noun before",
    ),
    Example("The public and private sectors grow.", "Les secteurs public et privé croissent.", note="one each"),
    Example("A worried father and mother came.", "Un père et une mère inquiets sont venus.", note="both"),
    Example("The European Commission replied.", "La Commission européenne a répondu."),
)
PREDICATE_EXAMPLES = (
    Example("The decision was taken on Monday.", "La décision a été pris lundi.", "pris"),
    Example("She was absent.", "Elle était absent.", "absent"),
    Example("The results will be published.", "Les résultats seront publiée demain.", "publiée"),
    Example("She said so to herself.", "Elle s’est dit que c’était tard.", note="reflexive: another rule"),
    Example("Most of the pupils have come.", "La plupart des élèves sont venus.", note="agrees with « élèves »"),
    Example("She is prime minister.", "Elle est premier ministre.", note="a title"),
    Example("The decision has been taken.", "La décision de la cour doit être prise."),
)
VERB_EXAMPLES = (
    Example("The figures show a rise.", "Les chiffres montre une hausse.", "Les chiffres montre"),
    Example("He has left.", "Ils a quitté le pays.", "Ils a"),
    Example("The government of the two states has agreed.", "Le gouvernement des deux États ont accepté.",
            "Le gouvernement des deux États ont"),
    Example("A dozen people are ill.", "Une dizaine de personnes sont malades.", note="number of the complement"),
    Example("The mayor and the minister have come.", "Le maire et la ministre sont venus.", note="two subjects"),
    Example("What the ministers said pleases.", "Ce que les ministres ont dit plaît."),
)  # fmt: skip
