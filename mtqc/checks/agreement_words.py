"""Words that the rules on agreement treat apart: pronouns, auxiliaries, collective and invariable ones."""

from __future__ import annotations

from mtqc.text.french_forms import FP, FS, MP, MS, SINGULAR

PRONOUNS = {"il": MS, "elle": FS, "ils": MP, "elles": FP, "on": SINGULAR}
ANTECEDENTS = {"celui": MS, "celle": FS, "ceux": MP, "celles": FP, "ce": SINGULAR}
ETRE = frozenset(
    "est sont était étaient sera seront serait seraient fut furent soit soient semble semblent paraît paraissent"
    " devient deviennent demeure demeurent".split()
)
AVOIR = frozenset("a ont avait avaient aura auront aurait auraient ait aient eut".split())
MODAL = frozenset(
    "doit doivent devait devaient devra devront devrait devraient peut peuvent pouvait pouvaient pourra pourront"
    " pourrait pourraient va vont allait allaient semble semblent".split()
)
CLITICS = frozenset("ne n' le la l' les lui leur y en nous vous me m' te t' se s'".split())
REFLEXIVE = frozenset("se s'".split())
OPENERS = frozenset(
    "que qu' si quand lorsque lorsqu' mais car donc or où puisque puisqu' pourquoi quoique tandis alors".split()
)
COLLECTIVE = frozenset(
    """nombre majorité minorité partie moitié tiers quart ensemble série groupe couple foule multitude poignée dizaine
    quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine millier million milliard totalité total
    pourcentage équipe paire variété gamme dizaines centaines milliers millions milliards quarts cinquième dixième
    quantité flot vague lot infinité taux euros dollars mètres kilomètres heures minutes""".split()
)
"""Heads whose verb may agree with their complement: « une dizaine de personnes sont »."""
LOOSE = frozenset(
    """plupart temps détail origine reste type sorte espèce genre fois air côté couleur compte façon point peu plus
    moins trop assez beaucoup une un deux personne quelque tout rien quoi""".split()
)
"""Words after a determiner that are no ordinary nouns: « d’un côté », « la plupart », « une fois rentrés »."""
INVARIABLE = frozenset(
    """antipersonnel satellite suite entendu compris inclus vu étant fort haut bas court net cher juste seul ferme fin
    sauf demi nu marron orange kaki chic standard clé cool bien mal debout ci-joint excepté passé supposé
    ensemble même tel clair bon mieux pire loin près prêt-à-porter record vidéo audio web numéro""".split()
)
TEMPORAL = frozenset(
    "an année jour jours mois semaine matin matinée soir soirée nuit heure moment instant été hiver automne printemps"
    " lendemain veille midi lundi mardi mercredi jeudi vendredi samedi dimanche fois weekend week-end".split()
)
"""Nouns that open no clause as its subject and close no phrase: « les routes étaient ce matin praticables »."""
COLOURS = frozenset("bleu vert rouge jaune blanc noir gris brun rose couleur".split())
