"""The rules on what a text is sure of, ACC704 to ACC707, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("word lists written for this project; measured on clean translations and with `mtqc plant`",)

SOURCE_LOST = Rule(
    code="ACC704",
    name="source-lost",
    category=Category.OMISSION,
    severity=Severity.MINOR,
    summary="“according to” and its like left no trace: the French states as a fact what somebody said.",
    rationale="Who says it is half of the news; without it the newspaper itself vouches for the claim.",
    confidence=0.6,
    sources=_SOURCES,
    examples=(
        Example(
            "The ferry was overloaded, according to the harbour police.",
            "Le ferry était surchargé.",
            "Le ferry était surchargé",
        ),
        Example(
            "According to the union, 40 drivers were ill.",
            "Quarante chauffeurs étaient malades.",
            "Quarante chauffeurs étaient malades",
        ),
        Example("According to the union, 40 drivers were ill.", "Le syndicat fait état de 40 chauffeurs malades."),
        Example("Each was paid according to age.", "Chacun a été payé en fonction de l’âge.", note="a measure"),
        Example("The ferry was overloaded, according to the police.", "Le ferry était surchargé, d’après la police."),
    ),
)

UNCERTAINTY_LOST = Rule(
    code="ACC705",
    name="uncertainty-lost",
    category=Category.OMISSION,
    severity=Severity.MINOR,
    summary="“perhaps”, “probably” or “seems” left no trace: the French is surer than the original.",
    rationale="A guess told as a fact is a false statement once the guess is wrong.",
    confidence=0.55,
    sources=_SOURCES,
    examples=(
        Example("The leak was probably caused by frost.", "La fuite a été causée par le gel.", "a été causée"),
        Example("The bridge will perhaps reopen in May.", "Le pont rouvrira en mai.", "rouvrira"),
        Example("The leak was probably caused by frost.", "La fuite aurait été causée par le gel.", note="conditional"),
        Example("The bridge will perhaps reopen in May.", "Il se peut que le pont rouvre en mai."),
        Example("Tests are likely to last two days.", "Les essais devraient durer deux jours.", note="« devoir »"),
    ),
)

APPROXIMATION_LOST = Rule(
    code="ACC706",
    name="approximation-lost",
    category=Category.OMISSION,
    severity=Severity.MINOR,
    summary="“about”, “nearly” or “some” before a figure left no trace: the French is exact where the original is not.",
    rationale="“about 300” is an estimate; « 300 » claims a count.",
    confidence=0.55,
    sources=_SOURCES,
    examples=(
        Example("About 300 people signed it.", "300 personnes l’ont signée.", "300"),
        Example("The dam cost nearly 40 million euros.", "Le barrage a coûté 40 millions d’euros.", "40"),
        Example("About 300 people signed it.", "Quelque 300 personnes l’ont signée."),
        Example("About 300 people signed it.", "Ils sont 300 à peu près à l’avoir signée."),
        Example("A book about 300 soldiers.", "Un livre sur 300 soldats.", note="“about” that means « sur »"),
    ),
)

FREQUENCY_LOST = Rule(
    code="ACC707",
    name="frequency-lost",
    category=Category.OMISSION,
    severity=Severity.MINOR,
    summary="“often”, “usually” or “sometimes” left no trace: the French says it of all cases.",
    rationale="What happens at times is told as a rule.",
    confidence=0.55,
    sources=_SOURCES,
    examples=(
        Example("The well often runs dry.", "Le puits est à sec.", "est"),
        Example("Tickets are usually sold at the pier.", "Les billets sont vendus sur la jetée.", "sont vendus"),
        Example("The well often runs dry.", "Il arrive que le puits soit à sec."),
        Example("Tickets are usually sold at the pier.", "Les billets se vendent d’ordinaire sur la jetée."),
        Example("More often than not, it rains.", "Il pleut la plupart du temps."),
    ),
)

RULES = (SOURCE_LOST, UNCERTAINTY_LOST, APPROXIMATION_LOST, FREQUENCY_LOST)
