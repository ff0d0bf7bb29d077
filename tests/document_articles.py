"""Five articles in English and French, written for the tests of document alignment."""

from __future__ import annotations

ARTICLES = (
    (
        "The mayor of Lyon has ordered 40 electric buses from a Polish maker, despite protests by the drivers' union.\n"
        "The first of them will arrive in March and serve the hills above the Saône, Camille Berthet said.",
        "Le maire de Lyon a commandé 40 autobus électriques à un constructeur polonais, malgré les protestations du"
        " syndicat des conducteurs.\n"
        "Les premiers arriveront en mars et desserviront les collines au-dessus de la Saône, a dit Camille Berthet.",
    ),
    (
        "A storm tore the roof off the theatre in Bergen on Sunday night.\n"
        "Nobody was hurt, but the premiere of an opera by Grieg was cancelled and 620 tickets were refunded.",
        "Une tempête a arraché le toit du théâtre de Bergen dans la nuit de dimanche à lundi.\n"
        "Personne n'a été blessé, mais la première d'un opéra de Grieg a été annulée et 620 billets ont été remboursés.",
    ),
    (
        "Fishermen found a wooden ship from the 14th century off Gotland.\n"
        "Divers brought up coins, a bronze bell and the bones of two horses, the museum in Visby announced.",
        "Des pêcheurs ont découvert un navire en bois du XIVe siècle au large de Gotland.\n"
        "Des plongeurs ont remonté des pièces de monnaie, une cloche en bronze et les os de deux chevaux, a annoncé le"
        " musée de Visby.",
    ),
    (
        "Inflation in Turkey slowed to 38.1 percent in October, the statistics office said.\n"
        "Economists had expected 37.5 percent; food prices rose again, above all bread and olive oil.",
        "L'inflation en Turquie a ralenti à 38,1 % en octobre, selon l'office des statistiques.\n"
        "Les économistes attendaient 37,5 % ; les prix alimentaires ont encore augmenté, surtout le pain et l'huile"
        " d'olive.",
    ),
    (
        "The goalkeeper Ana Ribeiro will miss the final against Chile with a broken finger.\n"
        "Her coach wants to replace her with a girl of 17 who has never played for Portugal.",
        "La gardienne Ana Ribeiro manquera la finale contre le Chili en raison d'un doigt cassé.\n"
        "Son entraîneur veut la remplacer par une fille de 17 ans qui n'a jamais joué pour le Portugal.",
    ),
)
ENGLISH, FRENCH = zip(*ARTICLES, strict=True)
