"""The rules on lost, added, moved and untranslated sentences and on notices, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

LOST = Rule(
    code="ACC101",
    name="sentence-lost",
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    summary="A sentence of the original has no counterpart in the translation.",
    rationale="Engines and page layouts drop whole sentences; nobody who reads only the French can see it.",
    confidence=0.8,
    sources=("MQM core: accuracy/omission",),
    examples=(
        Example(
            "La maire a démissionné lundi.\nElle a nié toutes les accusations.",
            "The mayor resigned on Monday.\n",
            marks="",
            langs=("fr", "en"),
        ),
        Example(
            "The mayor resigned on Monday.\nShe denied all the charges against her.",
            "La maire a démissionné lundi.\n",
            marks="",
            note="an omission has only a place in the French",
        ),
        Example(
            "The mayor resigned on Monday.\nShe denied all the charges.",
            "La maire a démissionné lundi.\nElle a nié toutes les accusations.",
        ),
        Example("Read more.\nThe mayor resigned.", "\nLa maire a démissionné.", note="two words are a link, not news"),
    ),
)
ADDED = Rule(
    code="ACC102",
    name="sentence-added",
    category=Category.ADDITION,
    severity=Severity.MAJOR,
    summary="A sentence of the translation has no counterpart in the original.",
    rationale="Engines invent sentences, and repeat earlier ones; a reader takes them for the author's.",
    confidence=0.8,
    sources=("MQM core: accuracy/addition",),
    examples=(
        Example(
            "The mayor resigned on Monday.\n",
            "La maire a démissionné lundi.\nSon adjoint lui succédera dès la semaine prochaine.",
            marks="Son adjoint lui succédera dès la semaine prochaine.",
        ),
        Example("The mayor resigned on Monday.", "La maire a démissionné lundi."),
        Example("The mayor resigned.\n", "La maire a démissionné.\nLire aussi", note="two words are a link"),
    ),
)
UNTRANSLATED = Rule(
    code="ACC103",
    name="untranslated-stretch",
    category=Category.UNTRANSLATED,
    severity=Severity.MAJOR,
    summary="Running text was left in the original’s language.",
    rationale="Names, titles and quoted titles are rightly kept; English grammar words in a row are not.",
    confidence=0.9,
    sources=("MQM core: accuracy/untranslated",),
    examples=(
        Example(
            "La maire a nié toutes les accusations portées contre elle.",
            "The mayor denied toutes les accusations portées contre elle.",
            marks="toutes les accusations portées contre elle",
            langs=("fr", "en"),
        ),
        Example(
            "Il a vu le film « La vie est un long fleuve ».", "He saw “La vie est un long fleuve”.", langs=("fr", "en")
        ),
        Example(
            "The board said that the new plan would be approved in May.",
            "Le conseil a déclaré que the new plan would be approuvé en mai.",
            marks="the new plan would be",
        ),
        Example(
            "He refused to answer any of the questions that were put to him.",
            "He refused to answer any of the questions that were put to him.",
            marks="He refused to answer any of the questions that were put to him.",
        ),
        Example(
            "They watched the match on a screen in the old square.",
            "Ils ont vu le match sur un écran in the old square.",
            marks="in the old square",
        ),
        Example(
            "The skeleton was found in situ in the quarry.",
            "Le squelette a été trouvé in situ dans la carrière.",
            note="Latin, in both",
        ),
        Example(
            "She won for her role in “The Best Years of Our Lives”.",
            "Elle a été primée pour « The Best Years of Our Lives ».",
            note="a quoted title is kept",
        ),
        Example(
            "The Securities and Exchange Commission fined The Bank of New York.",
            "La Securities and Exchange Commission a condamné The Bank of New York.",
            note="names keep their small words",
        ),
        Example(
            "The plan was approved on Monday in Marseille.",
            "Le plan a été approuvé lundi à Marseille.",
        ),
    ),
)
NOTICE = Rule(
    code="ALN101",
    name="boilerplate",
    category=Category.ALIGNMENT,
    severity=Severity.NEUTRAL,
    summary="A publisher's notice that has no counterpart in the original: set apart, not judged.",
    rationale="A notice of automatic translation, a share link, a “read also” is no addition by the translator.",
    confidence=0.95,
    examples=(
        Example(
            "The mayor resigned.\n",
            "La maire a démissionné.\nCet article a été traduit automatiquement de l’anglais.",
            marks="Cet article a été traduit automatiquement de l’anglais.",
        ),
        Example("The mayor resigned.", "La maire a démissionné."),
        Example(
            "The app translates every message automatically.",
            "L’application traduit automatiquement tous les messages.",
            note="news about translation is no notice",
        ),
    ),
)
UNSURE = Rule(
    code="ALN102",
    name="alignment-unsure",
    category=Category.ALIGNMENT,
    severity=Severity.NEUTRAL,
    summary="The aligner could not tell what corresponds here; checks that compare both sides did not run on it.",
    rationale="A judgement of two texts that may not belong together would be a guess.",
    confidence=0.5,
    examples=(
        Example(
            "The mayor resigned.\nHer deputy took over.",
            "La maire a démissionné.\nLe conseil se réunira jeudi.",
            marks="Le conseil se réunira jeudi.",
            confidences=(0.9, 0.1),
        ),
        Example("The mayor resigned.", "La maire a démissionné.", confidences=(0.9,)),
        Example("The mayor resigned.", "L’édile a jeté l’éponge.", note="free, but sure", confidences=(0.9,)),
    ),
)
PARAGRAPH_LOST = Rule(
    code="ACC120",
    name="paragraph-lost",
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    summary="A paragraph of the original, or three sentences in a row, have no counterpart in the translation.",
    rationale="One finding for what went missing at once, instead of one a sentence.",
    confidence=0.9,
    sources=("MQM core: accuracy/omission",),
    examples=(
        Example(
            "The mayor resigned on Monday.\nShe denied all the charges.\nHer deputy took over.\nThe town is calm now.",
            "La maire a démissionné lundi.\n\n\n",
            marks="",
        ),
        Example(
            "The mayor resigned on Monday.\nShe denied all the charges.\nHer deputy took over.",
            "La maire a démissionné lundi.\n\nSon adjoint l’a remplacée.",
            note="one sentence: ACC101",
        ),
        Example("Read more.\nShare this.\nFollow us.\nThe mayor left.", "\n\n\nLa maire est partie.", note="links"),
        Example("The mayor resigned.\nShe left.", "La maire a démissionné.\nElle est partie."),
    ),
)
PARAGRAPH_ADDED = Rule(
    code="ACC121",
    name="paragraph-added",
    category=Category.ADDITION,
    severity=Severity.MAJOR,
    summary="A paragraph of the translation, or three sentences in a row, have no counterpart in the original.",
    rationale="A box, an older article, an invention: one finding for all of it.",
    confidence=0.9,
    sources=("MQM core: accuracy/addition",),
    examples=(
        Example(
            "The mayor resigned on Monday.\n\n\n",
            "La maire a démissionné lundi.\nElle a nié les faits.\nSon adjoint lui succède.\nLa ville est calme.",
            marks="Elle a nié les faits.\nSon adjoint lui succède.\nLa ville est calme.",
        ),
        Example(
            "The mayor resigned on Monday.\n",
            "La maire a démissionné lundi.\nElle a nié les faits devant la presse.",
            note="one sentence: ACC102",
        ),
        Example("The mayor resigned.\n\n", "La maire a démissionné.\nPartagez sur Facebook\nLire aussi", note="links"),
    ),
)
REORDERED = Rule(
    code="ALN103",
    name="sentence-moved",
    category=Category.ALIGNMENT,
    severity=Severity.MINOR,
    summary="A sentence stands at another place than in the original.",
    rationale="It is neither lost nor added; whether the new order is wanted, an editor can tell.",
    confidence=0.9,
    examples=(
        Example(
            "Okafor resigned on Monday in Lagos.\nThe parliament approved the budget.\nPrices rose by 7% in March.\n",
            "\nLe parlement a approuvé le budget.\nLes prix ont augmenté de 7 % en mars.\n"
            "Okafor a démissionné lundi à Lagos.",
            marks="Okafor a démissionné lundi à Lagos.",
        ),
        Example(
            "Okafor resigned on Monday in Lagos.\nPrices rose by 7% in March.",
            "Les prix ont augmenté de 7 % en mars.\nOkafor a démissionné lundi à Lagos.",
            marks="Les prix ont augmenté de 7 % en mars.",
            note="neighbours that the aligner took in order",
        ),
        Example(
            "Okafor resigned on Monday in Lagos.\nPrices rose by 7% in March.\n",
            "\nLes prix ont augmenté de 7 % en mars.\nLe gouvernement a nommé un nouveau préfet.",
            note="lost, and added",
        ),
        Example(
            "Okafor resigned on Monday in Lagos.\nPrices rose by 7% in March.",
            "Okafor a démissionné lundi à Lagos.\nLes prix ont augmenté de 7 % en mars.",
        ),
    ),
)
