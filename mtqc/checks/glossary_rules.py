"""The rules on the user's own terminology, TRM201 to TRM204, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_FOOTPRINT = "carbon footprint,empreinte carbone\ncarbon,carbone"
_RATE = "interest rate,taux d'intérêt\nstartup,jeune pousse|start-up"

WRONG_TERM = Rule(
    code="TRM201",
    name="wrong-term",
    category=Category.WRONG_TERM,
    severity=Severity.MAJOR,
    summary="The original has a term of the glossary, and the French none of its translations.",
    rationale="A desk that keeps a glossary wants one word for one thing.",
    examples=(
        Example(
            "The firm cut its carbon footprint.",
            "L’entreprise a réduit son bilan de gaz carbonique.",
            "",
            glossary=_FOOTPRINT,
            note="no word of the French can be told to stand for it",
        ),
        Example("A startup was sold.", "Une startup a été vendue.", "startup", "spelt otherwise", glossary=_RATE),
        Example("The bank raised interest rates.", "La banque a relevé ses intérêts.", "intérêts", glossary=_RATE),
        Example(
            "Firms publish their carbon footprints.",
            "Les entreprises publient leurs empreintes carbone.",
            note="a plural",
            glossary=_FOOTPRINT,
        ),
        Example("The interest rate rose.", "Le taux moyen de l’intérêt a monté.", note="words between", glossary=_RATE),
        Example("Carbon Holdings rose.", "L’action de Carbon Holdings a monté.", note="a name", glossary=_FOOTPRINT),
        Example("Banks of America Inc. rose.", "Banks of America Inc. a monté.", note="a name", glossary="bank,banque"),
        Example("A carbon-neutral town.", "Une ville climatiquement neutre.", note="a compound", glossary=_FOOTPRINT),
    ),
    confidence=0.9,
    sources=("the user's glossary (configuration key `glossary`)", "measured: docs/terminology.md"),
)
_DIGITAL = "digital,numérique\ndigital,digital,,,forbidden\nto deliver,livrer\n,au final,,,forbidden"
FORBIDDEN_TERM = Rule(
    code="TRM202",
    name="forbidden-term",
    category=Category.WRONG_TERM,
    severity=Severity.MAJOR,
    summary="The French has a translation that the glossary forbids.",
    rationale="A deprecated term was once in use, and engines go on using it.",
    examples=(
        Example("The digital economy grew.", "L’économie digitale a crû.", "digitale", glossary=_DIGITAL),
        Example("In the end he won.", "Au final, il a gagné.", "Au final", "forbidden always", glossary=_DIGITAL),
        Example("The digital economy grew.", "L’économie numérique a crû.", glossary=_DIGITAL),
        Example("A fingerprint was taken.", "Une empreinte digitale a été relevée.", glossary=_DIGITAL),
        Example(
            "He waited for the final result.",
            "Il attendait le résultat final.",
            note="one word of two",
            glossary=_DIGITAL,
        ),
    ),
    confidence=0.9,
    sources=("the user's glossary, status forbidden or deprecated",),
)
_KEEP = "Le Monde,,,,do-not-translate\niCloud,,,,do-not-translate\nApple,,,,do-not-translate"
TERM_NOT_KEPT = Rule(
    code="TRM203",
    name="term-not-kept",
    category=Category.WRONG_TERM,
    severity=Severity.MAJOR,
    summary="A term of the do-not-translate list does not stand in the French as it is.",
    rationale="Names of products and titles are known under one spelling.",
    examples=(
        Example("He uses iCloud daily.", "Il utilise icloud chaque jour.", "icloud", glossary=_KEEP),
        Example("Apple raised prices.", "Pomme a relevé ses prix.", "Pomme", glossary=_KEEP),
        Example("He uses iCloud daily.", "Il utilise iCloud chaque jour.", glossary=_KEEP),
        Example("She ate an apple.", "Elle a mangé une pomme.", note="in lower case another word", glossary=_KEEP),
        Example("Apple's prices rose.", "Les prix d’Apple ont monté.", note="possessive, elision", glossary=_KEEP),
    ),
    confidence=0.95,
    sources=("the user's list (configuration key `do-not-translate`)",),
)
_TRANSLATE = "newsletter,,,,must-translate\nnewsletter,lettre d'information\nchat,,,,must-translate"
TERM_NOT_TRANSLATED = Rule(
    code="TRM204",
    name="term-not-translated",
    category=Category.WRONG_TERM,
    severity=Severity.MAJOR,
    summary="A term of the must-translate list stands in the French in English.",
    rationale="A house that wants French for an English word says so in a list.",
    examples=(
        Example("Read the newsletter.", "Lisez la newsletter.", "newsletter", glossary=_TRANSLATE),
        Example("Read the newsletter.", "Lisez la lettre d’information.", glossary=_TRANSLATE),
        Example("The cat sleeps.", "Le chat dort.", note="not in the original: another word", glossary=_TRANSLATE),
        Example("He founded Newsletter Weekly.", "Il a fondé Newsletter Weekly.", note="a name", glossary=_TRANSLATE),
    ),
    confidence=0.9,
    sources=("the user's list (configuration key `must-translate`)",),
)
RULES = (WRONG_TERM, FORBIDDEN_TERM, TERM_NOT_KEPT, TERM_NOT_TRANSLATED)
