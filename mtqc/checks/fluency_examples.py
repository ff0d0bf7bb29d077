"""Executed examples of the fluency rules, written for this project."""

from __future__ import annotations

from mtqc.rules import Example

CAPITAL_EXAMPLES = (
    Example(
        "The newspaper wrote that the chip startup’s board would meet.",
        "Le journal écrit que la start-up de puces Le conseil d’administration se réunira.",
        "la start-up de puces Le conseil d’administration",
    ),
    Example(
        "On Friday, Renault’s chief executive resigned.",
        "Vendredi, Renault Le directeur général a démissionné.",
        "Renault Le directeur",
    ),
    Example("She learned on Tuesday that the group was leaving.", "Elle a appris mardi que Le groupe partait.", "Le"),
    Example("He writes for Le Monde.", "Il écrit pour Le Monde."),
    Example(
        "He praised the novel The Stranger.",
        "Il a loué le roman L’étranger.",
        note="title: the English has a capital too",
    ),
    Example("She lives in Los Angeles and La Paz.", "Elle vit à Los Angeles et à La Paz."),
    Example("“The board met,” he said.", "Il a dit : « Le conseil s’est réuni. »"),
    Example(
        "Parliament Does Not Support The Amendment", "Le Parlement Ne Soutient Pas La loi", note="headline in capitals"
    ),
)
DOUBLED_EXAMPLES = (
    Example("The price of oil fell.", "Le prix de de l’essence a baissé.", "de de"),
    Example("He bought the house.", "Il a acheté la la maison.", "la la"),
    Example("We met in Lyon.", "Nous nous sommes vus à Lyon.", note="reflexive"),
    Example("The band Tap Tap is playing.", "Le groupe Tap Tap joue ce soir.", note="a name"),
    Example("She had it made.", "Elle se l’est fait faire faire."),
    Example("It is very, very late.", "Il est très très tard.", note="emphasis"),
    Example("Le prix du pétrole a baissé.", "The price of of oil fell.", "of of", langs=("fr", "en")),
    Example("Elle avait déjà eu la grippe.", "She had had the flu.", note="two words, not one", langs=("fr", "en")),
)
LOOP_EXAMPLES = (
    Example(
        "The ministry said the road would reopen.",
        "Le ministère a dit que la route que la route que la route rouvrirait.",
        "que la route que la route que la route",
    ),
    Example(
        "The court heard three witnesses on Monday.",
        "Le tribunal a entendu trois témoins a entendu trois témoins lundi.",
        "a entendu trois témoins a entendu trois témoins",
    ),
    Example(
        "Le tribunal a entendu trois témoins.",
        "The court heard three witnesses heard three witnesses.",
        "heard three witnesses heard three witnesses",
        langs=("fr", "en"),
    ),
    Example("Little by little, step by step.", "Petit à petit, pas à pas."),
    Example(
        "The more we learn, the more we learn.",
        "Plus on apprend, plus on apprend.",
        note="the original repeats it as well",
    ),
    Example("From day to day, from year to year.", "De jour en jour, d’année en année."),
)
ELISION_EXAMPLES = (
    Example("The company sold its shares.", "La entreprise a vendu ses actions.", "La entreprise"),
    Example("She says that he lied.", "Elle dit que il a menti.", "que il"),
    Example("If he comes, we leave.", "Si il vient, nous partons.", "Si il"),
    Example("It costs eleven euros or yes.", "Le oui l’emporte de onze voix ; le yen baisse."),
    Example("The front page said so.", "La une du journal le dit, de un à dix."),
    Example("He works with Altman.", "Le patron de Altman le sait.", "de Altman"),
    Example("The hero was ashamed.", "L’héros avait honte.", "L’héros", note="this h forbids it"),
    Example("Simone de Avila spoke.", "Simone de Avila a parlé.", note="the name is spelt so in English"),
    Example("The one or ones that he or she chose.", "Le ou les élus, le haut et la honte, que onze et que oui."),
)
CONTRACTION_EXAMPLES = (
    Example("The minister’s office replied.", "Le cabinet de le ministre a répondu.", "de le ministre"),
    Example("He spoke to the journalists.", "Il a parlé à les journalistes.", "à les journalistes"),
    Example("He promised to do it.", "Il a promis de le faire et de les voir.", note="pronouns before an infinitive"),
    Example("She manages to say it.", "Elle arrive à le dire.", note="a pronoun"),
    Example("He writes for Le Monde.", "Il est journaliste de Le Monde."),
)
GOVERNMENT_EXAMPLES = (
    Example(
        "Vivendi’s offer to buy the channel was rejected.",
        "L’offre de Vivendi à acheter la chaîne a été rejetée.",
        "à acheter",
    ),
    Example("His attempt to stop the strike failed.", "Sa tentative à arrêter la grève a échoué.", "à arrêter"),
    Example("It is an offer to seize.", "C’est une offre à saisir avant lundi.", note="to be seized: « à » is right"),
    Example("There is a decision to take.", "Il y a une décision à prendre."),
    Example("His offer to buy the channel.", "Son offre d’acheter la chaîne."),
)
