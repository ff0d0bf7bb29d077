"""The rules on French spacing and quotation marks, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

_SOURCES = (
    "Lexique des règles typographiques en usage à l'Imprimerie nationale",
    "Office québécois de la langue française, Vitrine linguistique: espacement",
)

SPACE_MISSING = Rule(
    "LOC110", "space-missing", Category.LOCALE_PUNCTUATION, Severity.MINOR,
    "No space before ; : ! ? % or inside « ».",
    "French typography wants a no-break space there; Canadian and Swiss houses do not before ; ! ?.",
    (
        Example("Why? Nobody knows: he left.", "Pourquoi? Nul ne sait : il est parti.", "Pourquoi?"),
        Example("It fell 3%.\nIt rose 4%.", "Il a perdu 3 %.\nIl a pris 4%.", "4%"),
        Example("He said “no” and “yes”.", "Il a dit « non » et «oui ».", "«oui"),
        Example("Why? Nobody knows.", "Pourquoi\u202f? Nul ne sait.", note="U+202F"),
        Example("Why? Nobody knows.", "Pourquoi\u00a0? Nul ne sait.", note="U+00A0 is as good"),
        Example("It starts at 10:30, odds 3:1.", "Elle commence à 10:30, à 3:1."),
        Example("See https://example.org/a?b=1.", "Voir https://example.org/a?b=1."),
        Example("Really?! Yes :-)", "Vraiment ?! Oui :-)"),
        Example("He wrote “Dust: A Life”.", "Il a écrit « Dust: A Life »."),
        Example("The Yahoo! site is down.", "Le site Yahoo! est en panne.", note="a name"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

PLAIN_SPACE = Rule(
    "LOC111", "plain-space", Category.LOCALE_PUNCTUATION, Severity.NEUTRAL,
    "Plain spaces where no-break spaces belong; one remark an article.",
    "The sign may slip to the next line; a typesetting step often puts this right.",
    (
        Example("Why? Nobody knows.", "Pourquoi ? Nul ne sait.", "Pourquoi ?"),
        Example("It fell 3%.\nIt rose 4%.", "Il a perdu 3 %.\nIl a pris 4 %.", "3 %"),
        Example("Why? Nobody knows.", "Pourquoi\u202f? Nul ne sait."),
        Example("Why? Nobody knows.", "Pourquoi? Nul ne sait.", note="missing is another rule"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

QUOTES = Rule(
    "LOC112", "foreign-quotation-marks", Category.LOCALE_PUNCTUATION, Severity.NEUTRAL,
    "Quotations stand in \" \" or “ ”, not in « ».",
    "Throughout, it is a habit and one remark; mixed with « » in one article it is an oversight.",
    (
        Example('“No,” he said.\n“Yes,” she said.', "« Non », a-t-il dit.\n“Oui”, a-t-elle dit.", "“Oui”"),
        Example('He said "no" and left.', 'Il a dit "non" avant de partir.', '"non"'),
        Example('“I heard ‘no’,” he said.', "« J'ai entendu “non” », a-t-il dit.", note="nested"),
        Example('He said "no".', "Il a dit « non »."),
        Example('He is 6\'2".', "Il mesure 6'2\"."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

SINGLE_QUOTES = Rule(
    "LOC113", "single-quotation-marks", Category.LOCALE_PUNCTUATION, Severity.MINOR,
    "English single quotation marks are kept.",
    "French quotes in « », and inside these in “ ”.",
    (
        Example("“He said ‘no’ to me,” she said.", "« Il m'a dit ‘non’ », a-t-elle dit.", "‘non’"),
        Example("The 'smart money' left.", "L'argent 'malin' est parti.", "'malin'"),
        Example("The 'smart money' left.", "L'argent « malin » d'aujourd'hui est parti."),
        Example("Today's workers' hall.", "La salle d'aujourd'hui, l'usine d'hier."),
        Example("The '90s were good.", "Les années '90 ont été bonnes."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

CURRENCY_SPACE = Rule(
    "LOC120", "currency-space", Category.CURRENCY_FORMAT, Severity.NEUTRAL,
    "No space between a figure and the currency sign after it; one remark an article.",
    "French writes 97 € with a no-break space; many sites leave it out.",
    (
        Example("It costs $97.", "Il coûte 97$.", "97$"),
        Example("It costs €1,200.50.", "Il coûte 1\u202f200,50€.", "1\u202f200,50€"),
        Example("It costs $97.", "Il coûte 97\u00a0$."),
        Example("It costs $97.", "Il coûte 97 $.", note="LOC111 is about plain spaces, and not before signs"),
        Example("A$AP Rocky sings 9$to5.", "A$AP Rocky chante 9$to5."),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

SPACE_UNWANTED = Rule(
    "LOC121", "space-unwanted", Category.LOCALE_PUNCTUATION, Severity.MINOR,
    "A space before a comma, a point or a closing bracket, after an opening one or after an elision.",
    "No French house sets one; engines do where they put pieces together. In Canada, none before ; ! ? either.",
    (
        Example("He came, then left.", "Il est venu , puis reparti.", "venu ,"),
        Example("He left.", "Il est parti .", "parti ."),
        Example("The firm closed.", "L' entreprise a fermé.", "L' entreprise"),
        Example("The firm (in Lyon) closed.", "L'entreprise ( à Lyon) a fermé.", "( à"),
        Example("He left... then came.", "Il est parti ... puis revenu.", note="points of suspension"),
        Example("It costs .50 now.", "Cela coûte .50 maintenant.", note="a figure"),
        Example("The '90s were good.", "Les années ' 90 étaient bonnes."),
        Example("He left , she said .", "Il est parti , dit-elle .", note="so the original"),
        Example("Really? He left.", "Vraiment ? Il est parti."),
        Example("a ) first", "a ) d'abord", note="a list"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

NESTED_QUOTES = Rule(
    "LOC122", "nested-quotation-marks", Category.LOCALE_PUNCTUATION, Severity.NEUTRAL,
    "A quotation inside « » stands in marks that the house does not use there.",
    "Inside « » come “ ”; the Imprimerie nationale sets « » again, others do not; straight marks are a typewriter's.",
    (
        Example("“He told me ‘no’,” she said.", "« Il m'a dit \"non\" », a-t-elle dit.", '"non"'),
        Example("“He told me ‘no’,” she said.", "« Il m'a dit “non” », a-t-elle dit."),
        Example("“He told me ‘no’,” she said.", "« Il m'a dit « non » », a-t-elle dit.", note="not in this house"),
        Example('He said "no" to "that".', 'Il a dit "non" à "cela".', note="not nested"),
    ),
    0.9,
    sources=_SOURCES,
)  # fmt: skip

TYPOGRAPHY_RULES = (
    SPACE_MISSING,
    PLAIN_SPACE,
    QUOTES,
    SINGLE_QUOTES,
    CURRENCY_SPACE,
    SPACE_UNWANTED,
    NESTED_QUOTES,
)
