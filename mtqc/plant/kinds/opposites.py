"""Pairs of opposites, with the words of the original that show which one is right. Written for this project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opposite:
    """`word` (a pattern) may be turned into `opposite` where the original has one of `original` (a pattern).

    `unless`: not where this stands around it.
    """

    lang: str
    word: str
    opposite: str
    original: str
    unless: str = ""


_FRENCH = """
augmenté ; diminué ; increas\\w*|r[io]se\\w*|grow\\w*|grew|rais\\w*|up|gain\\w*|climb\\w*|went up|jump\\w*
diminué ; augmenté ; decreas\\w*|f[ae]ll\\w*|reduc\\w*|drop\\w*|declin\\w*|shr[aiu]nk|down|dwindl\\w*|less\\w*
augmentation ; diminution ; increas\\w*|rise\\w*|growth|hike\\w*|surge|raise
augmenter ; diminuer ; increas\\w*|rise|raise|grow|boost
diminuer ; augmenter ; decreas\\w*|fall|reduc\\w*|drop|declin\\w*|shrink|cut
hausse ; baisse ; increas\\w*|rise\\w*|rose|up|growth|hike\\w*|jump\\w*|surg\\w*|higher|climb\\w*|rising|gain\\w*
hausses ; baisses ; increas\\w*|rises|hikes|gains
baisse ; hausse ; f[ae]ll\\w*|drop\\w*|declin\\w*|decreas\\w*|down|cut\\w*|lower\\w*|reduc\\w*|slump\\w*|slid\\w*|plunge\\w*
baissé ; monté ; f[ae]ll\\w*|drop\\w*|declin\\w*|decreas\\w*|down|cut\\w*|lower\\w*|slid\\w*|dipp\\w*
progressé ; reculé ; grew|grown|rose|risen|up|gain\\w*|increas\\w*|advanc\\w*|climb\\w*|progress\\w*
reculé ; progressé ; f[ae]ll\\w*|drop\\w*|declin\\w*|down|slip\\w*|lost|retreat\\w*|shed|slid\\w*|contract\\w*
grimpé ; chuté ; climb\\w*|rose|risen|jump\\w*|soar\\w*|surg\\w*|up
chuté ; grimpé ; f[ae]ll\\w*|plung\\w*|drop\\w*|tumbl\\w*|slump\\w*|plummet\\w*|sank|down
gagné ; perdu ; won|win\\w*|gain\\w*|earn\\w*|add\\w*
perdu ; gagné ; los[est]\\w*|shed ; vue|temps|patience|connaissance
remporté ; perdu ; won|wins?|winning|victor\\w*|tak\\w+|took|claim\\w*
remporter ; perdre ; win\\w*|won|claim
gagner ; perdre ; win|earn|gain
perdre ; gagner ; los[est]\\w*|losing ; vue|patience|connaissance|temps
victoire ; défaite ; victor\\w*|win|wins|won|triumph
défaite ; victoire ; defeat\\w*|loss|lost|losing
acheté ; vendu ; b[ou]\\w*ght|buy\\w*|purchas\\w*
vendu ; acheté ; sold|sell\\w*|sale
acheter ; vendre ; buy\\w*|purchas\\w*|bought
vendre ; acheter ; sell\\w*|sold|sale
acheteurs ; vendeurs ; buyers?|purchasers?|shoppers?
ouvert ; fermé ; open\\w*|launch\\w*
ouverte ; fermée ; open\\w*|launch\\w*
ouverts ; fermés ; open\\w*
ouvertes ; fermées ; open\\w*
fermé ; ouvert ; clos\\w*|shut\\w*
fermée ; ouverte ; clos\\w*|shut\\w*
fermés ; ouverts ; clos\\w*|shut\\w*
fermées ; ouvertes ; clos\\w*|shut\\w*
accepté ; refusé ; accept\\w*|agree\\w*|approv\\w*|t[oa]\\w?k
refusé ; accepté ; refus\\w*|reject\\w*|declin\\w*|deni\\w*|turn\\w*|would not|wouldn't
rejeté ; approuvé ; reject\\w*|dismiss\\w*|turn\\w* down|refus\\w*|thr[eo]w\\w*|defeat\\w*
approuvé ; rejeté ; approv\\w*|back\\w*|pass\\w*|endors\\w*|agree\\w*|adopt\\w*
adopté ; rejeté ; adopt\\w*|pass\\w*|approv\\w*|embrac\\w*
autorisé ; interdit ; allow\\w*|permit\\w*|authori[sz]\\w*|clear\\w*|legal\\w*|let
autorise ; interdit ; allow\\w*|permit\\w*|authori[sz]\\w*|let|lets
interdit ; autorise ; bans?|bann\\w*|forbid\\w*|prohibit\\w*|barr\\w*|bars|outlaw\\w* ; (?:est|sont|été|était|a) interdit|interdit(?:s|e|es)\\b
commencé ; terminé ; beg[aiu]n\\w*|start\\w*
terminé ; commencé ; end\\w*|finish\\w*|conclud\\w*|over|complet\\w*
le début ; la fin ; beginning|start\\w*|early|beg[ai]n\\w*|outset|opening|onset
au début ; à la fin ; beginning|start\\w*|early|beg[ai]n\\w*|outset|opening|onset
dès le début ; à la fin ; beginning|start\\w*|early|beg[ai]n\\w*|outset|opening|onset
début ; fin ; beginning|start\\w*|early|beg[ai]n\\w*|outset|opening|onset ; \\b(?:le|au|un|du|de|tout) début
la fin ; le début ; end\\w*|late|close ; fin(?:e|es|s)\\b|à la fin|[Ss]ans fin|\\btoute la fin
à la fin ; au début ; end\\w*|late|close
fin ; début ; end|late|by the end ; (?:la|sa|une|sans|met|mis|mettre|mettant|prend|pris|mit|leur|de|en|bonne|cette) fin|fin(?:e|es|s)\\b
premier ; dernier ; first
première ; dernière ; first ; Première ministre|première fois
premiers ; derniers ; first
premières ; dernières ; first
dernier ; premier ; last|latest|final ; (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mois|an|printemps|été|automne|hiver|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) dernier
riches ; pauvres ; rich\\w*|wealth\\w*|affluent
pauvres ; riches ; poor\\w*|impoverish\\w*
riche ; pauvre ; rich\\w*|wealth\\w*
pauvre ; riche ; poor\\w*
un jeune ; un vieux ; young\\w*|youth ; jeune (?:homme|garçon|fils|frère|âge)
une jeune ; une vieille ; young\\w*|youth ; jeune (?:homme|garçon|fils|frère|âge)
le jeune ; le vieux ; young\\w*|youth ; jeune (?:homme|garçon|fils|frère|âge)
la jeune ; la vieille ; young\\w*|youth ; jeune (?:homme|garçon|fils|frère|âge)
plus jeune ; plus âgé ; young\\w*|youth ; jeune (?:homme|garçon|fils|frère|âge)
jeunes ; vieux ; young\\w*|youth\\w*|teen\\w* ; jeunes (?:femmes|filles)
vieux ; jeune ; old\\w*
fort ; faible ; str[eo]ng\\w*|heav\\w*|sharp\\w*|high
forte ; faible ; str[eo]ng\\w*|heav\\w*|sharp\\w*|high|hefty|steep
un faible ; un fort ; weak\\w*|low\\w*|light|faint|slight|poor\\w*
une faible ; une forte ; weak\\w*|low\\w*|light|faint|slight|poor\\w*
le faible ; le fort ; weak\\w*|low\\w*|light|faint|slight|poor\\w*
la faible ; la forte ; weak\\w*|low\\w*|light|faint|slight|poor\\w*
plus faible ; plus fort ; weak\\w*|low\\w*|light|faint|slight|poor\\w*
haute ; basse ; high\\w*|tall|upper|top
haut ; bas ; high\\w*|tall|upper|top ; plus haut|en haut|là-haut
succès ; échec ; success\\w*|hit
échec ; succès ; fail\\w*
réussi ; échoué ; succe\\w*|manag\\w* ; réussi à|réussi s|réussi le|réussi un|réussi la
échoué ; réussi ; fail\\w*
positif ; négatif ; positive\\w*
négatif ; positif ; negative\\w*
positive ; négative ; positive\\w*
négative ; positive ; negative\\w*
optimiste ; pessimiste ; optimis\\w*|upbeat|hopeful|bullish
pessimiste ; optimiste ; pessimis\\w*|gloom\\w*|bearish|downbeat
excédent ; déficit ; surplus\\w*
déficit ; excédent ; deficit\\w*|shortfall
importations ; exportations ; import\\w*
exportations ; importations ; export\\w*
bénéfice ; déficit ; profit\\w*|earning\\w*|income
bénéfices ; pertes ; profit\\w*|earning\\w*
pertes ; bénéfices ; loss\\w*|losing
majorité ; minorité ; majorit\\w*|most
minorité ; majorité ; minorit\\w*
coupable ; innocent ; guilt\\w*|culprit
innocent ; coupable ; innocen\\w*
condamné ; acquitté ; convict\\w*|sentenc\\w*|jail\\w*|fin\\w*
acquitté ; condamné ; acquit\\w*|clear\\w*
arrêté ; libéré ; arrest\\w*|detain\\w*|held
libéré ; arrêté ; releas\\w*|freed|free
nord ; sud ; north\\w*
sud ; nord ; south\\w*
ouest ; est ; west\\w* ; l'ouest
gauche ; droite ; left\\w*
droite ; gauche ; right\\w* ; (?:lignes?|toute|bien) droite
un homme ; une femme ; man|male
l'homme ; la femme ; man|male
une femme ; un homme ; wom[ae]n|female
la femme ; l'homme ; wom[ae]n|female|wife ; femme de
hommes ; femmes ; men|male|man
femmes ; hommes ; wom[ae]n|female\\w*
mère ; sœur ; mother\\w*|mum|mom
père ; frère ; father\\w*|dad
mari ; frère ; husband
fils ; père ; sons?|boy\\w*
matin ; soir ; morning|a\\.m\\.|am|dawn
soir ; matin ; evening|night|p\\.m\\.|pm
nuit ; journée ; nights?|overnight ; (?:la|une|cette|de) nuit (?:de|du|où)|bonne nuit|minuit
hiver ; été ; winter\\w*
mort ; né ; died|dies|dead|death|killed ; (?:la|de|sa|leur|à|par|peine de|une) mort|mort(?:e|s|es)\\b
légal ; illégal ; legal\\w*|lawful
illégal ; légal ; illegal\\w*|unlawful
légale ; illégale ; legal\\w*|lawful
illégale ; légale ; illegal\\w*|unlawful
possible ; impossible ; possib\\w*|can|could|able ; (?:que|plus|moins|dès que|si) possible|possible que
impossible ; possible ; impossib\\w*|unable|cannot|can't
public ; privé ; public\\w* ; (?:grand|ministère|en|son|le) public
privé ; public ; privat\\w*
privée ; publique ; privat\\w*
inférieur ; supérieur ; less\\w*|below|under|lower|inferior|short|fewer|smaller
supérieur ; inférieur ; more|above|over|higher|exceed\\w*|superior|greater|larger
inférieure ; supérieure ; less\\w*|below|under|lower|fewer|smaller
supérieure ; inférieure ; more|above|over|higher|exceed\\w*|superior|greater|larger
meilleur ; pire ; best|better
meilleure ; pire ; best|better
pire ; meilleur ; worst|worse ; la pire|une pire|pires
mieux ; moins bien ; better|best ; (?:de|au|le|tant|faute de) mieux|mieux (?:vaut|que)
facile ; difficile ; eas\\w*|simple
difficile ; facile ; difficult\\w*|hard\\w*|tough\\w*
pour ; contre ; in favou?r of|voted for|votes for|support\\w* ; ^$
contre ; pour ; against ; (?:par|ci-|là-|tout|rencontre|lutte\\w*|lutter|luttant|protég\\w+|protection|prémuni\\w*|plainte|poursuite\\w*|match|jou\\w*|gagn\\w*|victoire|enquête\\w*|accusation\\w*|charge\\w*|menac\\w*|menace\\w*|guerre|vaccin\\w*|recours|combat\\w*|euro|dollar|yen) contre|contre (?:le dollar|l'euro|le yen|eux|lui|elle|moi|son|sa)
présence ; absence ; presence|attend\\w*
absence ; présence ; absence|absent|lack
presque tous ; presque aucun ; almost all|nearly all
renforcer ; affaiblir ; strengthen\\w*|bolster\\w*|reinforc\\w*|tighten\\w*|boost\\w*|beef
renforcé ; affaibli ; strengthen\\w*|bolster\\w*|reinforc\\w*|tighten\\w*|boost\\w*
accélérer ; ralentir ; accelerat\\w*|speed\\w*|hasten
accéléré ; ralenti ; accelerat\\w*|speed\\w*|sped|quicken\\w*
ralenti ; accéléré ; slow\\w*|decelerat\\w*
ralentir ; accélérer ; slow\\w*
rejoindre ; quitter ; join\\w*|enter
quitter ; rejoindre ; leav\\w*|left|quit\\w*|exit|depart\\w*
quitté ; rejoint ; left|leav\\w*|quit|depart\\w*|exit\\w*
rejoint ; quitté ; join\\w* ; rejoint(?:s|e|es)\\b
confirmé ; démenti ; confirm\\w*
confirme ; dément ; confirm\\w*
démenti ; confirmé ; den(?:y|ied|ies|ying)
nié ; reconnu ; den(?:y|ied|ies|ying)
reconnu ; nié ; admit\\w*|acknowledg\\w*|conced\\w* ; (?:été|est|sont|a été) reconnu|reconnu (?:coupable|pour|comme)
dessus ; dessous ; above|over|on top ; (?:le|là|par|prendre|ci-|pris le) ?-?dessus
intérieur ; extérieur ; inside|indoor\\w*|interior|within ; ministre|ministère|Intérieur
extérieur ; intérieur ; outside|outdoor\\w*|exterior
entrée ; sortie ; entr\\w*|admission|enter\\w* ; entrée en
sortie ; entrée ; exit\\w*|departure\\w*|leav\\w*|way out|withdrawal
le départ ; l'arrivée ; departure\\w*|leav\\w*|depart\\w* ; (?:au|de|point de|coup de|du|dès le) départ
l'arrivée ; le départ ; arriv\\w*
création ; suppression ; creat\\w*
suppression ; création ; cut\\w*|abol\\w*|scrapp\\w*|axing|eliminat\\w*|remov\\w*
demande ; offre ; demand ; (?:la|une|leur|sa) demande d|(?:il|elle|on|se|me) demande|demande (?:à|que|qu|aux|au|si|des|un|le|la|d'|s'|de |l')
"""

_ENGLISH = """
increased ; decreased ; augment\\w*|accr\\w*|hauss\\w*
rose ; fell ; augment\\w*|progress\\w*|grimp\\w*|hauss\\w*|mont\\w*
fell ; rose ; baiss\\w*|recul\\w*|chut\\w*|tomb\\w*|diminu\\w*
increase ; decrease ; augment\\w*|hauss\\w*
decrease ; increase ; baiss\\w*|diminu\\w*|rédu\\w*
won ; lost ; gagn\\w*|remport\\w*
lost ; won ; perd\\w*
win ; lose ; gagn\\w*|remport\\w*
victory ; defeat ; victoire\\w*
defeat ; victory ; défaite\\w*
bought ; sold ; ach[eè]t\\w*
sold ; bought ; vend\\w*
buy ; sell ; ach[eè]t\\w*
sell ; buy ; vend\\w*|vent\\w*
opened ; closed ; ouv\\w*
closed ; opened ; ferm\\w*
accepted ; refused ; accept\\w*
rejected ; approved ; rejet\\w*|repouss\\w*
approved ; rejected ; approuv\\w*|adopt\\w*
allowed ; banned ; autoris\\w*|perm\\w*
banned ; allowed ; interd\\w*
began ; ended ; commenc\\w*|début\\w*
ended ; began ; fin\\w*|termin\\w*|achev\\w*
first ; last ; premi\\w*
rich ; poor ; riche\\w*
poor ; rich ; pauvre\\w*
young ; old ; jeune\\w*
strong ; weak ; fort\\w*|solid\\w*|puissan\\w*
weak ; strong ; faibl\\w*
high ; low ; haut\\w*|élev\\w*
low ; high ; bas|basse\\w*|faibl\\w*
success ; failure ; succès|réussite\\w*
failure ; success ; échec\\w*
positive ; negative ; positi\\w*
negative ; positive ; négati\\w*
surplus ; deficit ; excédent\\w*
deficit ; surplus ; déficit\\w*
imports ; exports ; import\\w*
exports ; imports ; export\\w*
majority ; minority ; majorit\\w*
minority ; majority ; minorit\\w*
guilty ; innocent ; coupable\\w*|culpab\\w*
convicted ; acquitted ; condamn\\w*
north ; south ; nord
south ; north ; sud
left ; right ; gauche
men ; women ; hommes?
women ; men ; femmes?
morning ; evening ; matin\\w*
evening ; morning ; soir\\w*
legal ; illegal ; légal\\w*
illegal ; legal ; illégal\\w*
possible ; impossible ; possible\\w*
public ; private ; publi\\w*
private ; public ; privé\\w*
best ; worst ; meilleur\\w*|mieux
easy ; difficult ; facile\\w*|simple
difficult ; easy ; difficile\\w*
against ; for ; contre
strengthen ; weaken ; renforc\\w*
confirmed ; denied ; confirm\\w*
denied ; confirmed ; nié\\w*|dément\\w*
"""


def _read(lang: str, table: str) -> tuple[Opposite, ...]:
    rows = ([cell.strip().replace("\\\\", "\\") for cell in row.split(" ; ")] for row in table.strip().splitlines())
    return tuple(Opposite(lang, *row) for row in rows)


OPPOSITES: tuple[Opposite, ...] = (*_read("fr", _FRENCH), *_read("en", _ENGLISH))
