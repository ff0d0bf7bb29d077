"""False friends and other senses, with the English words that show which one is right. Written for this project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Gender = Literal["m", "f", ""]


@dataclass(frozen=True, slots=True)
class WrongWord:
    """`forms`: (right, wrong) forms that correspond; the genders are "" of what is no noun."""

    english: str
    forms: tuple[tuple[str, str], ...]
    right_gender: Gender
    wrong_gender: Gender

    @property
    def same_gender(self) -> bool:
        """True where the article can stay."""
        return self.right_gender == self.wrong_gender


_FALSE = """
librar(?:y|ies) ; bibliothèque f ; librairie f
actually|in fact ; en fait|en réalité|effectivement ; actuellement
eventually|ultimately|in the end ; finalement|à terme|au bout du compte ; éventuellement
sensible|reasonable ; raisonnable ; sensible
decepti\\w+|deceiv\\w+ ; tromperie f ; déception f
injur\\w+|wounds? ; blessure f ; injure f
injured|wounded|hurt ; blessé ; injurié
injured|wounded|hurt ; blessée ; injuriée
locations?|places?|sites? ; lieu m ; location f
locations?|sites? ; emplacement m ; location f
coins? ; pièce f ; coin m
figures?|numbers?|data ; chiffre m ; figure f
issues? ; question f ; issue f
issues? ; problème m ; issue f
evidence|proof ; preuve f ; évidence f
large|big ; grand ; large
large|big ; grande ; large
agenda ; ordre du jour ; agenda
balance ; équilibre m ; balance f
candid ; franc ; candide
deput(?:y|ies) ; adjoint m ; député m
comprehensive ; complet ; compréhensif
comprehensive ; complète ; compréhensive
confidence|trust ; confiance f ; confidence f
consistent ; cohérent ; consistant
consistent ; cohérente ; consistante
delays? ; retard m ; délai m
engines? ; moteur m ; engin m
fabrics? ; tissu m ; fabrique f
facilit(?:y|ies) ; installation f ; facilité f
hazards?|dangers? ; danger m ; hasard m
journeys?|trips? ; voyage m ; journée f
journeys? ; trajet m ; journée f
lectures? ; conférence f ; lecture f
medicines?|drugs?|medications? ; médicament m ; médecine f
novels? ; roman m ; nouvelle f
phrases?|expressions? ; expression f ; phrase f
physicians?|doctors? ; médecin m ; physicien m
prejudices?|bias ; préjugé m ; préjudice m
petrol|gasoline|gas ; essence f ; pétrole m
resum\\w+ ; reprendre ; résumer
resum\\w+ ; repris ; résumé
rude ; grossier ; rude
scholars?|researchers? ; chercheur m ; écolier m
stages? ; scène f ; stage m
stages? ; étape f ; stage m
surnames? ; nom de famille ; surnom
sympathetic ; compréhensif ; sympathique
support\\w* ; soutenir ; supporter
support\\w* ; soutenu ; supporté
support\\w* ; soutient ; supporte
support\\w* ; soutiennent ; supportent
support\\w* ; soutien m ; support m
advert\\w*|ads? ; publicité f ; avertissement m
appointments? ; nomination f ; appointements m
caves? ; grotte f ; cave f
cartoons? ; dessin animé ; carton
courses?|class(?:es)? ; cours m ; course f
directors? ; réalisateur m ; directeur m
habits? ; habitude f ; habit m
labels?|tags? ; étiquette f ; label m
money|cash ; argent m ; monnaie f
offices? ; bureau m ; office m
pieces? ; morceau m ; pièce f
places?|spots? ; endroit m ; place f
polic(?:y|ies) ; politique f ; police f
strangers? ; inconnu m ; étranger m
virtually|practically|nearly|almost ; pratiquement|quasiment ; virtuellement
billions? ; milliard m ; billion m
trillions? ; mille milliards ; trillion
argument\\w*|quarrel\\w*|row ; dispute f ; argument m
process\\w* ; processus m ; procès m
plates? ; assiette f ; plat m
attend\\w* ; assister à ; attendre
attend\\w* ; assisté à ; attendu
attend\\w* ; assistent à ; attendent
introduc\\w+ ; présenter ; introduire
assum\\w+ ; suppose ; assume
assum\\w+ ; supposer ; assumer
achiev\\w+ ; atteint ; achevé
achiev\\w+ ; atteindre ; achever
demand\\w* ; exiger ; demander
demand\\w* ; exige ; demande
demand\\w* ; exigé ; demandé
rest\\w* ; se reposer ; rester
dramatic|drastic ; spectaculaire ; dramatique
graves? ; tombe f ; grave
college|universit\\w+ ; université f ; collège m
camera ; appareil photo ; caméra
advice ; conseils ; avis
editors?-in-chief|editors? ; rédacteur en chef ; éditeur en chef
vacanc(?:y|ies) ; poste vacant ; vacance
sales? ; vente f ; solde f
relatives? ; proches ; relatifs
gentle|gently ; doux ; gentil
"""

_SENSES = """
banks? ; banque f ; rive f
courts? ; tribunal m ; court m
board ; conseil m ; tableau m
part(?:y|ies) ; parti m ; fête f
part(?:y|ies) ; fête f ; parti m
charg\\w+|indict\\w+ ; inculpation f ; charge f
trials? ; procès m ; essai m
trials? ; essai m ; procès m
cases? ; affaire f ; caisse f
plants? ; usine f ; plante f
plants? ; plante f ; usine f
spring ; printemps m ; ressort m
match(?:es)? ; match m ; allumette f
bills? ; projet de loi ; billet
bills? ; facture f ; loi f
str(?:ikes?|iking) ; grève f ; frappe f
strikes? ; frappe f ; grève f
rac(?:e|es|ing) ; course f ; race f
drugs?|medicines? ; médicament m ; drogue f
drugs? ; drogue f ; médicament m
fields? ; domaine m ; champ m
fields? ; champ m ; domaine m
firms? ; entreprise f ; ferme f
terms? ; mandat m ; terme m
pitch(?:es)? ; terrain m ; ton m
draws? ; match nul ; tirage
goals? ; but m ; objectif m
coach(?:es)? ; entraîneur m ; autocar m
tanks? ; char m ; réservoir m
nails? ; ongle m ; clou m
papers?|newspapers? ; journal m ; papier m
organs? ; orgue m ; organe m
orders? ; commande f ; ordre m
power|electricity ; courant m ; pouvoir m
power|electricity ; électricité f ; puissance f
presents?|gifts? ; cadeau m ; présent m
releas\\w+ ; sortie f ; libération f
rings? ; bague f ; ring m
sentences? ; peine f ; phrase f
sentences? ; phrase f ; peine f
stars? ; vedette f ; étoile f
trade ; commerce m ; métier m
unions? ; syndicat m ; union f
watch(?:es)? ; montre f ; garde f
waves? ; vague f ; onde f
watchdogs? ; autorité f ; sentinelle f
capital ; capitale f ; capital m
colds? ; rhume m ; froid m
degrees? ; diplôme m ; degré m
degrees? ; degré m ; diplôme m
bonds? ; obligation f ; lien m
branch(?:es)? ; agence f ; branche f
caps? ; plafond m ; casquette f
channels? ; chaîne f ; canal m
characters? ; personnage m ; caractère m
chests? ; poitrine f ; coffre m
columns? ; chronique f ; colonne f
covers? ; couverture f ; couvercle m
dish(?:es)? ; plat m ; vaisselle f
drafts? ; projet m ; brouillon m
drills? ; exercice m ; perceuse f
fans? ; supporter m ; ventilateur m
files? ; dossier m ; lime f
flats? ; appartement m ; plat m
floors? ; étage m ; plancher m
games?|matche?s? ; match m ; jeu m
grants? ; subvention f ; concession f
iron ; fer m ; repassage m
jams? ; embouteillage m ; confiture f
keys? ; clé f ; touche f
laps? ; tour m ; genou m
lead ; plomb m ; tête f
motions? ; motion f ; mouvement m
plays? ; pièce f ; jeu m
polls? ; sondage m ; scrutin m
pupils? ; élève m ; pupille f
quarters? ; trimestre m ; quartier m
resorts? ; station f ; recours m
rulers? ; dirigeant m ; règle f
screens? ; écran m ; paravent m
showers? ; averse f ; douche f
suits?|lawsuits? ; costume m ; procès m
tears? ; larme f ; déchirure f
tolls? ; bilan m ; péage m
tracks? ; voie f ; chanson f
vessels? ; navire m ; vase m
wards? ; service m ; pupille f
yields? ; rendement m ; récolte f
speakers? ; orateur m ; haut-parleur m
seats? ; siège m ; chaise f
ministers? ; ministre m ; pasteur m
leaves? ; feuille f ; congé m
mines? ; mine f ; mienne f
nets? ; filet m ; réseau m
pools? ; piscine f ; mare f
records? ; disque m ; dossier m
rocks? ; rocher m ; rock m
rules? ; règle f ; domination f
safes? ; coffre m ; sûreté f
scales? ; balance f ; écaille f
shots? ; tir m ; piqûre f
tables? ; table f ; tableau m
tips? ; pourboire m ; pointe f
trunks? ; coffre m ; tronc m
wings? ; aile f ; coulisse f
"""


def _plural(noun: str) -> str:
    """Plural of a French noun that is regular."""
    if noun[-1] in "sxz":
        return noun
    if noun.endswith(("eau", "au", "eu", "ou")) and noun.endswith(("eau", "au", "eu", "genou")):
        return noun + "x"
    return noun[:-2] + "aux" if noun.endswith("al") else noun + "s"


def _read(table: str) -> tuple[WrongWord, ...]:
    return tuple(_row(*line.split(" ; ")) for line in table.replace("\\\\", "\\").strip().splitlines())


def _row(english: str, right: str, wrong: str) -> WrongWord:
    (good, gender), (bad, other) = _noun(right), _noun(wrong)
    forms = {good: bad}
    if gender and other:
        forms.setdefault(_plural(good), _plural(bad))
    return WrongWord(english, tuple(forms.items()), gender if other else "", other if gender else "")


def _noun(text: str) -> tuple[str, Gender]:
    if text.endswith(" m"):
        return text[:-2], "m"
    return (text[:-2], "f") if text.endswith(" f") else (text, "")


FALSE_FRIENDS = _read(_FALSE)
SENSES = _read(_SENSES)
