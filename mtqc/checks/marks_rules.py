"""The rules on quotation marks, brackets and final marks, with their executed examples."""

from __future__ import annotations

from mtqc.model import Category, Severity
from mtqc.rules import Example, Rule

QUOTE_UNPAIRED = Rule(
    "FLU301", "quotation-mark-unpaired", Category.PUNCTUATION, Severity.MINOR,
    "A quotation opens and never closes, or closes and never opened.",
    "The reader no longer knows whose words these are.",
    (
        Example('He called it "a small step" forward.', "Il a parlé d'« un petit pas en avant.", "«"),
        Example('It was "less bad" than before.', 'C\'était moins mauvais" qu\'avant.', '"'),
        Example('"I came," he said. "I saw."', "« Je suis venu, a-t-il dit. J'ai vu. »"),
        Example('"We came.\nWe saw."', "« Nous sommes venus.\nNous avons vu. »", note="over two sentences"),
        Example('"We came," he said.\n"We saw."', "« Nous sommes venus, a-t-il dit.\nNous avons vu. »"),
        Example('"He said, "No.""', "« Il a dit : « Non. »", note="one » closes both"),
        Example('"We came.', "« Nous sommes venus.", note="as in the original"),
        Example("He is 6'2\" tall.", "Il mesure 6'2\"."),
    ),
    0.8,
)  # fmt: skip

BRACKET_UNPAIRED = Rule(
    "FLU302", "bracket-unpaired", Category.PUNCTUATION, Severity.MINOR,
    "A bracket has no partner, though the original's are in pairs.",
    "What is an aside and what is not can no longer be told.",
    (
        Example("The firm (founded in May) closed.", "L'entreprise (fondée en mai a fermé.", "("),
        Example("The firm [sic] closed.", "L'entreprise sic] a fermé.", "]"),
        Example("The firm (founded in May) closed.", "L'entreprise (fondée en mai) a fermé."),
        Example("First, it closed; second, it sold.", "a) elle a fermé ; b) elle a vendu.", note="a list"),
        Example("Good news!", "Bonne nouvelle :-)"),
    ),
    0.85,
)  # fmt: skip

FINAL_MARK = Rule(
    "FLU303", "final-mark-changed", Category.PUNCTUATION, Severity.MINOR,
    "A question became a statement, or a statement a question or an exclamation.",
    "A lost question mark turns doubt into fact.",
    (
        Example("Will he stay?", "Il restera.", "."),
        Example("He will stay.", "Restera-t-il ?", "?"),
        Example("He will stay.", "Il restera !", "!"),
        Example("Will he stay?", "Restera-t-il ?"),
        Example("“Will he stay?” she asked.", "« Restera-t-il ? », a-t-elle demandé."),
        Example("How can he stay.", "Comment peut-il rester ?", note="the original forgot its mark"),
        Example("Who knows? He may stay.", "Qui sait s'il restera ?", note="the question is there"),
        Example("What a day!", "Quelle journée.", note="French exclaims less"),
    ),
    0.7,
)  # fmt: skip

QUOTATION_LOST = Rule(
    "ACC311", "quotation-lost", Category.OMISSION, Severity.MINOR,
    "The original quotes; the translation says it without quotation marks.",
    "Someone's words become the newspaper's own.",
    (
        Example('He said "this is the end of it all" and left.', "Il a dit que c'était fini et il est parti.", ""),
        Example('He said "this is the end of it all".', "Il a dit : « c'est la fin de tout »."),
        Example('"I must go home right now."', "— Je dois rentrer tout de suite.", note="a dialogue dash"),
        Example('He read "War and Peace".', "Il a lu Guerre et Paix.", note="a title in italics"),
        Example('"I said it all," he said.\nHe left.', "Il a parlé.\n« J'ai tout dit », puis il est parti."),
    ),
    0.6,
)  # fmt: skip

QUOTATION_ADDED = Rule(
    "ACC312", "quotation-added", Category.ADDITION, Severity.MINOR,
    "The translation quotes what the original does not.",
    "Reported speech put in quotation marks makes up someone's words.",
    (
        Example("He said it was all over.", "« Tout est bel et bien fini », a-t-il dit.",
                "« Tout est bel et bien fini »"),
        Example("He said 'it is all over now'.", "Il a dit : « tout est fini maintenant »."),
        Example("He likes Le Monde.", "Il aime « Le Monde ».", note="a title"),
    ),
    0.6,
)  # fmt: skip

RULES = (QUOTE_UNPAIRED, BRACKET_UNPAIRED, FINAL_MARK, QUOTATION_LOST, QUOTATION_ADDED)
