"""The rules on consistency, TRM101 to TRM103, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("MQM core: terminology, inconsistent use",)

NAME_INCONSISTENT = Rule(
    code="TRM101",
    name="name-inconsistent",
    category=Category.INCONSISTENT,
    severity=Severity.MINOR,
    summary="One name of the original is written in two ways in the French.",
    rationale="A reader takes two spellings for two people; a search finds half of the article.",
    examples=(
        Example(
            "Marchenko spoke first.\nThe crowd cheered Marchenko.",
            "Marchenko a parlé en premier.\nLa foule a acclamé Martchenko.",
            "Martchenko",
        ),
        Example(
            "He flew to Beijing.\nIn Beijing he met traders.\nShe likes Beijing.",
            "Il s’est rendu à Pékin.\nÀ Pékin, il a rencontré des négociants.\nElle aime Beijing.",
            "Beijing",
        ),
        Example("He met Marchenko.\nMarchenko left.", "Il a rencontré Martchenko.\nMartchenko est parti."),
        Example("The Hoopers left.\nHooper smiled.", "Les Hooper sont partis.\nHooper a souri.", note="a plural"),
        Example(
            "Édouard Meyer won.\nThen Édouard Meyer slept.",
            "Édouard Meyer a gagné.\nPuis Edouard Meyer a dormi.",
            note="a capital without its accent",
        ),
    ),
    confidence=0.8,
    sources=_SOURCES,
)

TERM_INCONSISTENT = Rule(
    code="TRM102",
    name="term-inconsistent",
    category=Category.INCONSISTENT,
    severity=Severity.MINOR,
    summary="One word is written with a hyphen at one place and without at another.",
    rationale="Either spelling may be right; an article should choose one.",
    examples=(
        Example(
            "The startup grew.\nStartups hire.\nA startup closed.",
            "La startup a grandi.\nLes startups embauchent.\nUne start-up a fermé.",
            "start-up",
        ),
        Example(
            "Cybersecurity matters.\nShe teaches cybersecurity.",
            "La cybersécurité compte.\nElle enseigne la cyber-sécurité.",
            "cyber-sécurité",
        ),
        Example("Perhaps he can be.\nPerhaps.", "Il peut être là.\nPeut-être.", note="two different words"),
        Example("The weekend was long.\nNext weekend.", "Le week-end fut long.\nLe week-end prochain."),
    ),
    confidence=0.85,
    sources=_SOURCES,
)

KEPT_AND_TRANSLATED = Rule(
    code="TRM103",
    name="kept-and-translated",
    category=Category.INCONSISTENT,
    severity=Severity.MINOR,
    summary="A nickname or a title with a name in it is kept in English at one place and translated at another.",
    rationale="The reader cannot tell that the two are one.",
    examples=(
        Example(
            "“Lucky Harlan”\nFans call him “Lucky Harlan” on his tours.",
            "« Harlan le veinard »\nSes admirateurs l’appellent « Lucky Harlan » en tournée.",
            "Harlan le veinard",
        ),
        Example(
            "“Lucky Harlan”\nFans call him “Lucky Harlan” on his tours.",
            "« Lucky Harlan »\nSes admirateurs l’appellent « Lucky Harlan » en tournée.",
        ),
        Example(
            "Ann Harlan won.\nReporters met Ann Harlan.",
            "Ann Harlan a gagné.\nLes journalistes ont rencontré Harlan.",
            note="a name shortened",
        ),
        Example(
            "“Harlan is lucky,” Ann Harlan said.\nLater Ann Harlan left.",
            "« Harlan a de la chance », a dit Ann Harlan.\nPlus tard, Harlan est partie.",
        ),
    ),
    confidence=0.8,
    sources=_SOURCES,
)

RULES = (NAME_INCONSISTENT, TERM_INCONSISTENT, KEPT_AND_TRANSLATED)
