"""The rules on names, ACC201 to ACC204, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = ("MQM core: accuracy, mistranslation, named entity", "docs/data.md: word and name tables")

NAME_MISTRANSLATED = Rule(
    code="ACC201",
    name="name-mistranslated",
    category=Category.NAMED_ENTITY,
    severity=Severity.CRITICAL,
    summary="A person's or company's name became a common noun, or another name.",
    rationale="An engine that takes a name for a word makes the sentence say something of somebody else, or nothing.",
    examples=(
        Example(
            "Tim Cook opened the conference.\nAnalysts like Cook.",
            "Tim Cook a ouvert la conférence.\nLes analystes aiment Cuisinier.",
            "Cuisinier",
        ),
        Example(
            "The suit names Dana Holt.\nA spokesman for Holt declined to comment.",
            "La plainte vise Dana Holt.\nUn porte-parole de Halt s’est refusé à tout commentaire.",
            "Halt",
        ),
        Example(
            "The court tried Saipov in June.",
            "Le tribunal a jugé Saison en juin.",
            "Saison",
            note="a word link says that one stands for the other",
            links=(("Saipov", "Saison", -12.0),),
        ),
        Example("The bank was founded by Marvin Stone.", "La banque a été fondée par Marvin Pierre.", "Pierre"),
        Example(
            "The cook thanked Tim Cook.", "Le cuisinier a remercié Tim Cook.", note="the common noun beside the name"
        ),
        Example(
            "Reporters asked Holt about the halt.\nHolt left.",
            "Les journalistes ont interrogé Holt sur la halte.\nIl est parti.",
            note="a pronoun in place of the name",
        ),
        Example(
            "She moved to London from Vienna.\nVienna is quiet.",
            "Elle a quitté Vienne pour Londres.\nVienne est calme.",
            note="cities have French names",
        ),
    ),
    confidence=0.9,
    sources=_SOURCES,
)

NAME_ALTERED = Rule(
    code="ACC202",
    name="name-altered",
    category=Category.NAMED_ENTITY,
    severity=Severity.MAJOR,
    summary="A name is spelt otherwise than in the original, and not as French would spell it.",
    rationale="A misspelt name cannot be searched for, and tells the reader that nobody read the text.",
    examples=(
        Example(
            "Nadia Brandenhof won.\nBrandenhof thanked her team.",
            "Nadia Brandenhof a gagné.\nBrandenhoff a remercié son équipe.",
            "Brandenhoff",
        ),
        Example(
            "The minister met Oliver Zuckermann on Friday.",
            "Le ministre a rencontré vendredi Oliver Zukermann.",
            "Zukermann",
        ),
        Example("David smiled.", "Dvaid a souri.", "Dvaid", note="a word link", links=(("David", "Dvaid", -12.0),)),
        Example(
            "Putin received Gorbachev.", "Poutine a reçu Gorbatchev.", note="French transliterates Russian its own way"
        ),
        Example(
            "The Hendersons met Anna in Barcelona.",
            "Les Henderson ont rencontré Anna à Barcelone.",
            note="no plural mark on French surnames; a city with a French ending",
        ),
        Example(
            "Nadia Brandenhof won.\nBrandenhof thanked her team.",
            "Nadia Brandenhof a gagné.\nElle a remercié son équipe.",
        ),
    ),
    confidence=0.8,
    sources=_SOURCES,
)

NAME_MISSING = Rule(
    code="ACC203",
    name="name-missing",
    category=Category.OMISSION,
    severity=Severity.MINOR,
    summary="Perhaps a name was left out: nothing like it stands in the translation.",
    rationale="A name that occurs nowhere in the French is often a clause left out; a pronoun may also stand for it.",
    examples=(
        Example("The study was led by Ingrid Thorvaldsen and published in May.", "L’étude a été publiée en mai.", ""),
        Example(
            "Ingrid Thorvaldsen led the study.\nThorvaldsen teaches in Oslo.",
            "Ingrid Thorvaldsen a dirigé l’étude.\nElle enseigne à Oslo.",
            note="a pronoun for a name that the French has elsewhere",
        ),
        Example(
            "L’étude a été dirigée par Ingrid Thorvaldsen.",
            "The study was led by Ingrid Lindqvist.",
            "Lindqvist",
            langs=("fr", "en"),
        ),
        Example(
            "Les Néerlandais ont gagné à Genève.", "The Dutch won in Geneva.", note="English names", langs=("fr", "en")
        ),
        Example("The Dutch won in Geneva.", "Les Néerlandais ont gagné à Genève.", note="translated as they should be"),
    ),
    confidence=0.7,
    sources=_SOURCES,
)

ACRONYM_ALTERED = Rule(
    code="ACC204",
    name="acronym-altered",
    category=Category.NAMED_ENTITY,
    severity=Severity.MAJOR,
    summary="An acronym, a product code or a camel-case name lost or changed letters or digits.",
    rationale="F-53 is another aircraft than F-35, and OpenIA is no company.",
    examples=(
        Example("The F-35 was grounded.", "Le F-53 a été cloué au sol.", "F-53"),
        Example("Engineers at OpenAI tested it.", "Des ingénieurs d’OpenIA l’ont testé.", "OpenIA"),
        Example("UNICEF sent doctors.", "L’UNISEF a envoyé des médecins.", "UNISEF"),
        Example("NATO and the IAEA met the UN envoy.", "L’OTAN et l’AIEA ont rencontré l’émissaire de l’ONU."),
        Example("The COVID-19 wards filled up.", "Les services Covid-19 se sont remplis.", note="case may change"),
        Example("The G20 met in Rome.", "Le G 20 s’est réuni à Rome.", note="a space may come in"),
        Example(
            "L’OTAN et l’AIEA ont rencontré l’émissaire de l’ONU.",
            "NATO and the IAEA met the UN envoy.",
            langs=("fr", "en"),
        ),
    ),
    confidence=0.85,
    sources=_SOURCES,
)

RULES = (NAME_MISTRANSLATED, NAME_ALTERED, NAME_MISSING, ACRONYM_ALTERED)
