"""Executed examples of the reporting rules, written for this project."""

from __future__ import annotations

from mtqc.rules import Example

BARE_RECIPIENT_EXAMPLES = (
    Example(
        "She told her followers that it was late.",
        "Elle a dit ses partisans qu’il était tard.",
        note="no known French of “followers”: silent",
    ),
    Example(
        "The bank told its customers that it was late.",
        "La banque a dit ses clients qu’il était tard.",
        "a dit ses clients",
    ),
    Example(
        "Okafor told Reuters that talks would resume.",
        "Okafor dit Reuters que les discussions reprendraient.",
        "Okafor dit Reuters",
    ),
    Example(
        "On Friday, the spokesman told Le Monde the plant would close.",
        "Vendredi, le porte-parole a déclaré le Monde que l’usine fermerait.",
        "le porte-parole a déclaré le Monde",
    ),
    Example(
        "The minister told reporters she would resign.",
        "La ministre a dit journalistes qu’elle démissionnerait.",
        "La ministre a dit journalistes",
    ),
    Example(
        "“It is late,” Reuters reported.", "« Il est tard », a rapporté Reuters.", note="inversion: Reuters speaks"
    ),
    Example("“I told Dupont,” Martin said.", "« Je l’ai dit à Dupont », a déclaré Martin."),
    Example(
        "Martin told Dupont to leave. “Never,” Dupont said.",
        "Martin a dit à Dupont de partir. « Jamais », a dit Dupont.",
        note="told and speaking",
    ),
    Example(
        "Okafor told Reuters that talks would resume.",
        "Okafor a assuré Reuters que les discussions reprendraient.",
        note="« assurer » takes its hearer directly",
    ),
    Example("“Come in,” said the Witch.", "« Entrez », dit la Sorcière."),
    Example(
        "The minister told reporters she would resign.", "La ministre a dit aux journalistes qu’elle démissionnerait."
    ),
)
DOUBLED_SPEECH_EXAMPLES = (
    Example(
        "The minister said the law would pass.",
        "La ministre a dit a affirmé que la loi passerait.",
        "a dit a affirmé",
    ),
    Example("What he said revealed his plan.", "Ce qu’il a dit a révélé son projet.", note="a relative clause"),
    Example(
        "Lindqvist told Bloomberg that sales rose.",
        "Lindqvist dit Bloomberg a déclaré que les ventes avaient augmenté.",
        "Lindqvist dit Bloomberg a déclaré",
    ),
    Example(
        "The minister told France 2 the law would pass.",
        "La ministre dit France 2 a affirmé que la loi passerait.",
        "La ministre dit France 2 a affirmé",
    ),
    Example(
        "The head of the bank told CNBC he was leaving.",
        "Le patron de la banque dit CNBC a déclaré qu’il partait.",
        "Le patron de la banque dit CNBC a déclaré",
    ),
    Example("Lindqvist says Bloomberg reported a fall.", "Lindqvist dit que Bloomberg a rapporté une baisse."),
    Example(
        "Ibrahim, known as Bouba, said he was innocent.",
        "Ibrahim dit Bouba a déclaré qu’il était innocent.",
        note="« dit »: known as",
    ),
    Example("“No,” Lindqvist told Bloomberg.", "« Non », a déclaré Lindqvist à Bloomberg."),
)
DOUBLED_VERB_EXAMPLES = (
    Example(
        "The group said it sold its stake.", "Le groupe annonce a vendu sa participation.", "Le groupe annonce a vendu"
    ),
    Example("She was dismissed on Monday.", "Elle est a été licenciée lundi.", "Elle est a été"),
    Example("All that he is was built here.", "Tout ce qu’il est a été construit ici.", note="free relative"),
    Example("The announcement surprised the markets.", "L’annonce a surpris les marchés."),
    Example("What she says has been confirmed.", "Ce qu’elle dit a été confirmé."),
)
