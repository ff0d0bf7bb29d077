"""French words that answer an English word by which an author takes no stand. Written by hand for this project.

For text after `plain`, case ignored; whole words.
"""

from __future__ import annotations

import re


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)", re.IGNORECASE)


_SPEECH = (
    "répèt\\w* répét\\w* savoir lanc(?:é|e|ent|ait|a) valoir entend\\w* pri(?:é|ée|és|ées|e|ent) tonn\\w* "
    "plaisant\\w* ironis\\w* répond\\w* demand\\w* tranch\\w* promet\\w* promis conseill\\w* rétorqu\\w* "
    "répliqu\\w* murmur\\w* résum\\w* poursui\\w* repri[st]\\w* reprend\\w* lâch\\w* gliss\\w* martel\\w* "
    "ten(?:u|ait) prévien\\w* prévenu\\w* avert\\w* met\\w*\\sen\\sgarde raill\\w* concèd\\w* concéd\\w* admis "
    "reproch\\w* dément\\w* nie nié nient regrett\\w* plaid\\w* dit disent disait disaient dire dires dixit "
    "déclar\\w* affirm\\w* indiqu\\w* rapport\\w* estim\\w* annonc\\w* révèl\\w* révél\\w* montr\\w* ajout\\w* "
    "expliqu\\w* préci[st]\\w* soulign\\w* assur\\w* souti\\w* juge\\w* jugé\\w* écri\\w* confi\\w* conclu\\w* "
    "constat\\w* observ\\w* établi\\w* suggè\\w* suggé\\w* avanc\\w* prétend\\w* racont\\w* évalu\\w* calcul\\w* "
    "compt\\w* état cit\\w* publi\\w* signal\\w* confirm\\w* ressort\\w* apprend\\w* appris considèr\\w* "
    "considér\\w* pens\\w* croi\\w* a-t-\\w+ yeux accus\\w* dénonc\\w* point\\w* prévoi\\w* prévis\\w* mention\\w* "
    "évoqu\\w* reconn\\w* admet\\w* décri\\w* stipul\\w* avis source sources recens\\w* attest\\w* témoign\\w* "
    "veut "
)
_SOURCED = (
    "selon d'après croire|crois|croit suivant dire dires l'aveu conform\\w* vertu fonction côté comme "
    "aurai\\w* serai\\w* "
)
_UNSURE = (
    "peut peuvent peux puiss\\w* pourr\\w* pouvai\\w* pouv\\w+ peut-être probabl\\w* vraisembl\\w* doute "
    "semb\\w* parai\\w* paraî\\w* appar\\w* sûrement certainement doit doivent dev(?:rai\\w*|ait|aient|r\\w+) "
    "\\w+rai(?:t|ent|s) risqu\\w* possib\\w* éventuel\\w* plausib\\w* présum\\w* suppos\\w* chances? croire "
    "dirait selon impression crain\\w* voire enclin\\w* suscept\\w* tend\\w* attend\\w* visiblement "
    "manifestement apparence soupçon\\w* hasard potentiel\\w* probabilit\\w* l'air "
)
_ABOUT = (
    "environ près proche\\w* approch\\w* quelque quelques presque quasi\\w* autour alentours "
    "(?:à|peu)-?(?=\\spe?u?) approxim\\w* vers avoisin\\w* frôl\\w* frise\\w* frisa\\w* grosso pratiquement "
    "tourn\\w* ordre \\w+aines? sensiblement bonne à\\speine guère loin marge frange estim\\w* "
    "plus\\sou\\smoins peu moins "
)
_OFTEN = (
    "souvent habitu\\w* parfois quelquefois général\\w* typiqu\\w* plupart majori\\w* majeure fréqu\\w* "
    "régul\\w* tend\\w* occasion\\w* ordinaire\\w* d'ordinaire normal\\w* coutum\\w* arriv\\w* temps "
    "principal\\w* surtout essentiel\\w* globale\\w* communé\\w* couram\\w* volontiers maint\\w* beaucoup "
    "nombre\\w* peut peuvent pouvai\\w* fois règle usage\\w* tradition\\w* rare\\w* propension constam\\w* "
    "longtemps toujours jamais classique\\w* périod\\w* quand lorsqu\\w* tantôt certain\\w* presque "
)

SOURCED = _any_of(_SOURCED + _SPEECH)
"""Who says it: « selon », « d'après », a verb of speech, a conditional."""
UNSURE = _any_of(_UNSURE)
"""« peut-être », « sembler », « devoir », a conditional."""
ABOUT = _any_of(_ABOUT)
"""« environ », « quelque », « une centaine »."""
OFTEN = _any_of(_OFTEN)
"""« souvent », « d'ordinaire », « il arrive que »."""
