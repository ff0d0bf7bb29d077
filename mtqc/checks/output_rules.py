"""The rules on output that failed altogether, ACC105 to ACC108, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

EQUAL = Rule(
    code="ACC105",
    name="equal-to-source",
    category=Category.UNTRANSLATED,
    severity=Severity.MAJOR,
    summary="The translation is the original, word for word.",
    rationale="An engine that fails often copies; headlines, captions and short answers slip through.",
    confidence=0.9,
    examples=(
        Example("Shipyard workers walk off.", "Shipyard workers walk off.", "Shipyard workers walk off."),
        Example("Weather and tides", "Weather and tides", "Weather and tides"),
        Example("Paris, Texas", "Paris, Texas", note="names are the same in both"),
        Example("Impossible!", "Impossible!", note="one word that French has too"),
        Example("Weather and tides", "Météo et marées"),
    ),
)

LANGUAGE = Rule(
    code="ACC106",
    name="wrong-language",
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    summary="The sentence is neither French nor English.",
    rationale="Engines for many languages now and then answer in another one; pages put together by hand mix them up.",
    confidence=0.9,
    examples=(
        Example(
            "The council will decide on the new harbour next week.",
            "Der Rat wird nächste Woche über seinen neuen Hafen entscheiden.",
            "Der Rat wird nächste Woche über seinen neuen Hafen entscheiden.",
        ),
        Example(
            "The workers want better wages and shorter working days.",
            "Gli operai vogliono salari migliori con giornate lavorative brevi.",
            "Gli operai vogliono salari migliori con giornate lavorative brevi.",
        ),
        Example(
            "The council will decide on the new harbour next week.",
            "Le conseil se prononcera la semaine prochaine sur le nouveau port.",
        ),
        Example("Juan Carlos Ortega, Madrid", "Juan Carlos Ortega, Madrid", note="names"),
        Example(
            "“Der Rat wird nächste Woche über seinen neuen Hafen entscheiden.”",
            "« Der Rat wird nächste Woche über seinen neuen Hafen entscheiden. »",
            note="the original quotes it so",
        ),
    ),
)

LOOP = Rule(
    code="ACC107",
    name="looping-output",
    category=Category.ADDITION,
    severity=Severity.MAJOR,
    summary="A word or phrase stands three times in a row or more.",
    rationale="Neural engines that lose the thread repeat themselves until they run out of room.",
    confidence=0.95,
    examples=(
        Example(
            "The harbour was closed by fog.",
            "Le port a été fermé par le brouillard, par le brouillard, par le brouillard.",
            "par le brouillard, par le brouillard, par le brouillard",
        ),
        Example("He left early.", "Il est parti parti parti tôt.", "parti parti parti"),
        Example("“No, no, no,” she said.", "« Non, non, non », a-t-elle dit.", note="so does the English"),
        Example("He left early.", "Il est parti tôt, très tôt."),
    ),
)

TRUNCATED = Rule(
    code="ACC108",
    name="sentence-truncated",
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    summary="The French breaks off: no final mark, and a last word that needs another, or far too few words.",
    rationale="Engines stop at their length limit, pages cut paragraphs; what is missing is often the point.",
    confidence=0.85,
    examples=(
        Example(
            "The ship was built in 1912 and sank near the coast.",
            "Le navire a été construit en 1912 et a sombré près de la",
            "la",
        ),
        Example(
            "The ship was built in 1912, served for forty years as a ferry and sank near the coast.",
            "Le navire a été construit en 1912",
            "1912",
        ),
        Example("The ship sank near the coast", "Le navire a sombré près de la côte", note="a headline"),
        Example("The ship sank near the coast.", "Le navire a sombré près de la côte", note="only the mark is missing"),
        Example("The ship sank near the coast.", "Le navire a sombré près de la côte."),
    ),
)

RULES = (EQUAL, LANGUAGE, LOOP, TRUNCATED)
