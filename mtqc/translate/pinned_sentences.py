"""Sentences written for mtqc, on which `mtqc model test` sees whether a model still says what it said.

News register; names, figures, quotations with no-break spaces, a headline, and one sentence of each side that is
longer than the shipped models take whole. Whoever changes one pins every shipped model anew.
"""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    (
        "The city council approved the new budget on Tuesday evening.",
        "Le conseil municipal a adopté le nouveau budget mardi soir.",
    ),
    (
        "Two people were injured when a bus left the road near Valmont.",
        "Deux personnes ont été blessées lorsqu’un autocar a quitté la route près de Valmont.",
    ),
    (
        "“We will not close this school,” the minister said.",
        "«\u00a0Nous ne fermerons pas cette école\u00a0», a déclaré la ministre.",
    ),
    (
        "Unemployment fell to 7.4% in the third quarter.",
        "Le chômage est tombé à 7,4\u00a0% au troisième trimestre.",
    ),
    ("Farmers fear another dry summer", "Les agriculteurs redoutent un nouvel été de sécheresse"),
    (
        "Anna Keller, who has led the company since 2019, will step down in June.",
        "Anna Keller, qui dirige l’entreprise depuis 2019, quittera ses fonctions en juin.",
    ),
    (
        "The bridge, which cost 12 million euros, has never been opened to traffic.",
        "Le pont, qui a coûté 12\u00a0millions d’euros, n’a jamais été ouvert à la circulation.",
    ),
    (
        "Why did nobody warn the residents?",
        "Pourquoi personne n’a-t-il prévenu les habitants\u202f?",
    ),
    (
        "The court rejected the appeal, and the three men remain in prison.",
        "La cour a rejeté l’appel, et les trois hommes restent en prison.",
    ),
    (
        "Fish stocks in the lake have recovered, but fishing is still banned until the end of March.",
        "Les stocks de poissons du lac se sont reconstitués, mais la pêche reste interdite jusqu’à la fin mars.",
    ),
    (
        "The union said the talks had ended without an agreement.",
        "Le syndicat a indiqué que les négociations s’étaient achevées sans accord.",
    ),
    (
        "More than 1,500 homes were without electricity on Sunday morning after a storm crossed the north.",
        "Plus de 1\u202f500 foyers étaient privés d’électricité dimanche matin après une tempête dans le nord.",
    ),
    (
        "A new vaccine could reach hospitals before winter, according to the health agency.",
        "Un nouveau vaccin pourrait arriver dans les hôpitaux avant l’hiver, selon l’agence de santé.",
    ),
    (
        "The museum will reopen on 5 May with an exhibition about the history of maps.",
        "Le musée rouvrira le 5\u00a0mai avec une exposition sur l’histoire des cartes.",
    ),
    (
        "He denied that he had received any money from the firm.",
        "Il a nié avoir reçu de l’argent de cette société.",
    ),
    (
        "Prices have risen faster than wages for the second year in a row.",
        "Les prix ont augmenté plus vite que les salaires pour la deuxième année consécutive.",
    ),
    (
        "The team lost its first match but won the next four.",
        "L’équipe a perdu son premier match, mais elle a gagné les quatre suivants.",
    ),
    (
        "The president of the regional assembly called for calm; the opposition demanded an inquiry, the mayor refused "
        "to comment, and several hundred people gathered in front of the town hall, where they remained until midnight "
        "despite the rain and the cold.",
        "Le président de l’assemblée régionale a appelé au calme\u202f; l’opposition a réclamé une enquête, le maire a "
        "refusé de commenter, et plusieurs centaines de personnes se sont rassemblées devant l’hôtel de ville, où "
        "elles sont restées jusqu’à minuit malgré la pluie et le froid.",
    ),
    (
        "Engineers at the plant stopped the second reactor for safety checks.",
        "Les ingénieurs de la centrale ont arrêté le deuxième réacteur pour des contrôles de sécurité.",
    ),
    (
        "“It was like an earthquake,” said Karim Benali, whose shop was destroyed.",
        "«\u00a0C’était comme un tremblement de terre\u00a0», raconte Karim Benali, dont le magasin a été détruit.",
    ),
)
"""(English, French), each a translation of the other."""
