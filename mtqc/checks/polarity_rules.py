"""The rules of the polarity check, with their examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("patterns written for this project; measured by tests/measure/polarity_mutation.py",)

POLARITY_FLIPPED = Rule(
    code="ACC701",
    name="polarity-flipped",
    category=Category.POLARITY,
    severity=Severity.MAJOR,
    summary="A negation of the English has no counterpart in the French, or the French denies what the English says.",
    rationale="“had not been renewed” turned into « avait été renouvelé » reads perfectly well and says the contrary:"
    " no reader can notice.",
    confidence=0.85,
    sources=_SOURCES,
    examples=(
        Example(
            "The harbour authority has not renewed the ferry licence.",
            "L’autorité portuaire a renouvelé la licence du ferry.",
            marks="a renouvelé",
        ),
        Example(
            "Doctors said the injection was no substitute for exercise.",
            "Les médecins ont déclaré que l’injection était un substitut à l’exercice.",
            marks="était un substitut",
        ),
        Example(
            "The commission has approved both mergers.",
            "La commission n’a pas approuvé les deux fusions.",
            marks="n’a pas approuvé",
            note="a negation added",
        ),
        Example(
            "The bridge was not built for lorries, and the mayor did not hide it.",
            "Le pont n’a pas été construit pour les camions, et le maire l’a dit.",
            note="“did not hide”: two negatives, the French says it straight",
        ),
        Example(
            "The court has not ruled on the appeal.",
            "Le tribunal ne s’est pas prononcé sur l’appel.",
        ),
        Example(
            "The minister would not say who had signed the letter.",
            "La ministre a refusé de dire qui avait signé la lettre.",
            note="« refuser » carries the negation",
        ),
        Example(
            "The festival attracts not only locals but also visitors from abroad.",
            "Le festival attire les habitants de la région, mais aussi des visiteurs étrangers.",
            note="near miss: “not only” denies nothing",
        ),
        Example(
            "Le tribunal n’a pas approuvé la fusion.",
            "The court has approved the merger.",
            marks="",
            note="an omission has only a place",
            langs=("fr", "en"),
        ),
        Example(
            "Le tribunal a approuvé la fusion.",
            "The court has not approved the merger.",
            marks="not",
            langs=("fr", "en"),
        ),
        Example("Le tribunal ne s’est pas prononcé.", "The court has not ruled.", langs=("fr", "en")),
        Example(
            "The two brothers hardly speak to each other.",
            "Les deux frères ne se parlent pas beaucoup.",
            note="“hardly” is negative enough",
        ),
        Example(
            "Payment is due no later than Friday.",
            "Le paiement doit intervenir d’ici à vendredi.",
            note="near miss: “no later than” denies nothing",
        ),
    ),
)

ANTONYM_FLIPPED = Rule(
    code="ACC702",
    name="antonym-flipped",
    category=Category.POLARITY,
    severity=Severity.MAJOR,
    summary="The French has the opposite of an English word, and the word itself nowhere.",
    rationale="“rose 6%” turned into « chuté de 6 % »: the sentence is sound, the sense reversed.",
    confidence=0.85,
    sources=_SOURCES,
    examples=(
        Example(
            "Shares in the shipyard rose 6% in Gdansk.",
            "L’action du chantier naval a chuté de 6 % à Gdansk.",
            marks="chuté",
        ),
        Example(
            "The crew left the ship before midnight.",
            "L’équipage a quitté le navire après minuit.",
            marks="après",
        ),
        Example(
            "Nights in the valley were colder than usual.",
            "Les nuits dans la vallée étaient plus chaudes que d’habitude.",
            marks="plus chaudes",
        ),
        Example(
            "Shares rose 6% after a 9% fall on Monday.",
            "L’action a repris 6 % après avoir chuté de 9 % lundi.",
            note="near miss: the English has both",
        ),
        Example(
            "The price increased for the first time since May.",
            "Le prix a augmenté pour la première fois depuis mai.",
        ),
        Example(
            "He bought the house from his uncle.",
            "Son oncle lui a vendu la maison ; il l’a achetée comptant.",
            note="near miss: both ways of putting it stand there",
        ),
    ),
)

HEDGE_LOST = Rule(
    code="ACC703",
    name="hedge-lost",
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    summary="“allegedly” or “reportedly” left no trace in the French: hearsay is told as a fact.",
    rationale="An accusation told as a fact can be libel; French has the conditional, « selon », « présumé » for it.",
    confidence=0.75,
    sources=_SOURCES,
    examples=(
        Example(
            "A group of tenants is reportedly preparing a complaint.",
            "Un groupe de locataires prépare une plainte en justice.",
            marks="prépare",
        ),
        Example(
            "The treasurer resigned after allegedly forging two invoices.",
            "Le trésorier a démissionné après avoir falsifié deux factures.",
            marks="avoir falsifié",
        ),
        Example(
            "The treasurer allegedly forged two invoices.",
            "Le trésorier aurait falsifié deux factures.",
            note="the conditional is French for hearsay",
        ),
        Example(
            "The alleged forger was released on Monday.",
            "Le faussaire présumé a été remis en liberté lundi.",
        ),
        Example(
            "The club is said to want a new coach.",
            "Selon plusieurs journaux, le club veut un nouvel entraîneur.",
        ),
    ),
)
