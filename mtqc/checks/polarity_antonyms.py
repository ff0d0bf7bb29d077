"""More pairs of opposites, each with all the forms that are usual in news: for suspicions, where only counts speak.

One pair a line: English ; English = French ; French. Patterns, case ignored, whole words. A line's French words are
compared with its English ones by number, so both sides have to be broad. Written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

_TABLE = """
increas\\w*|r[io]s(?:e|es|en|ing)|rose|gr[eo]w\\w*|growth|up|upward\\w*|higher|gain\\w*|climb\\w*|jump\\w*|soar\\w*|surg\\w*|rais\\w*|rall\\w*|boost\\w*|hike\\w*|more|expand\\w*|rebound\\w*|spike\\w*|swell\\w*|accelerat\\w*|inflat\\w*|advanc\\w* ; decreas\\w*|f[ae]ll\\w*|drop\\w*|declin\\w*|down|downward\\w*|downturn|lower\\w*|los[est]\\w*|reduc\\w*|cut\\w*|plung\\w*|slump\\w*|tumbl\\w*|plummet\\w*|sink|s[au]nk|slid\\w*|slip\\w*|shed|shr[aiu]nk\\w*|dip\\w*|slow\\w*|weak\\w*|less|fewer|wan(?:e|ed|ing)|collaps\\w*|erod\\w*|subsid\\w*|dwindl\\w*|retreat\\w*|eas(?:e|ed|ing)|contract\\w*|crash\\w*|dent\\w*|depreciat\\w*|narrow\\w*|curb\\w*|slash\\w*|halv\\w*
  = augment\\w+|hausses?|progress(?:é|e|ent|er|ait|ion)\\w*|grimp\\w+|accr(?:oi|u|û)\\w*|relev\\w+|élev(?:é|er|ation)\\w*|bond(?:i|it)|flamb\\w+|croissance|montée?s?|monter ; baiss\\w*|diminu\\w*|chut\\w*|recul\\w*|rédu(?:i|ct)\\w*|dégringol\\w*|effondr\\w*|repli\\w*|décroi\\w*|déclin\\w*|ralent\\w*|plong\\w*|régress\\w*|abaiss\\w*
win|wins|won|winn\\w*|victor\\w*|gain\\w*|earn\\w*|triumph\\w*|beat\\w*|took|tak\\w+|champion\\w*|captur\\w*|land\\w*|secur\\w*|clinch\\w* ; los[est]\\w*|losing|defeat\\w*|beaten|fail\\w*|miss\\w*|shed|wast\\w*|drop\\w*|casualt\\w*|forfeit\\w*
  = gagn\\w+|remport\\w+|victoires?|vainqueurs?|triomph\\w* ; perd(?:u|us|ue|ues|re|ent|ait|ant|ra|rait)|pertes?|défaites?|perdants?
bought|buy\\w*|purchas\\w*|acqui\\w*|shopp\\w*|takeover ; sold|sell\\w*|sale\\w*|vend\\w*|unload\\w*|dispos\\w*|divest\\w*
  = achet\\w+|achèt\\w+|rachet\\w+|achats?|acheteurs?|acquisitions? ; vend(?:u|us|ue|ues|re|ent|ait|ant|eurs?|euses?)|ventes?
open\\w*|reopen\\w*|launch\\w* ; clos\\w*|shut\\w*|lock\\w*|seal\\w* = ouver(?:t|ts|te|tes|ture|tures)|ouvr\\w+|rouv\\w+ ; ferm(?:é|ée|és|ées|er|ent|eture|etures|era|ait)|clos|clôtur\\w*
accept\\w*|approv\\w*|agree\\w*|back\\w*|adopt\\w*|endors\\w*|pass\\w*|support\\w*|welcom\\w*|tak\\w+|took|let\\w*|allow\\w* ; reject\\w*|refus\\w*|turn\\w*|dismiss\\w*|den(?:y|ies|ied|ying|ial)|declin\\w*|no|not|\\w+n't|never|veto\\w*|oppos\\w*|against|throw\\w*|threw|disapprov\\w*|rebuff\\w*|defeat\\w*|overturn\\w*|quash\\w*
  = accept\\w+|approuv\\w+|approbation|adopt\\w+|valid\\w+|sout(?:enu|ien|ient)\\w* ; refus\\w*|rejet\\w*|repouss\\w*
allow\\w*|permit\\w*|permission|let|lets|letting|authori[sz]\\w*|legal\\w*|enabl\\w*|licen[cs]\\w*|approv\\w*|clear\\w* ; ban\\w*|forb\\w*|prohib\\w*|bar\\w*|block\\w*|outlaw\\w*|illegal\\w*|prevent\\w*|no|not|\\w+n't|never|stop\\w*|off-limits|sanction\\w*|restrict\\w*|without
  = autoris\\w+|permet\\w*|permis\\w* ; interd\\w+|prohib\\w+
begin\\w*|beg[au]n|start\\w*|launch\\w*|open\\w*|onset|initiat\\w*|early|first|kick\\w* ; end\\w*|finish\\w*|stop\\w*|clos\\w*|final\\w*|complet\\w*|conclud\\w*|late|later|last|over|out|expir\\w*|wrap\\w*|cease\\w*|halt\\w*
  = commenc\\w+|début\\w*|démarr\\w+|entam\\w+ ; termin(?:é|e|er|ent|ée|és|ées|era|ait)|fin|fini\\w*|achev\\w+|cess(?:é|e|er|ent|ation|era)
first\\w*|earliest|initial\\w*|opening|former|1st|prime|premier\\w*|debut\\w*|earlier|beginning|new|leading|top|primary|main|one ; last|latest|final\\w*|recent\\w*|past|latter|previous|end|lately|most|newest|lowest|late|passing|recently|yesterday|ago
  = premi(?:er|ère|ers|ères) ; derni(?:er|ère|ers|ères)
high\\w*|tall\\w*|top|up|upper|elevated|rais\\w*|large\\w*|big\\w*|rich|strong\\w*|great\\w* ; low\\w*|weak\\w*|small\\w*|slight\\w*|faint\\w*|modest\\w*|down|under\\w*|little|poor\\w*|thin|minor|cheap\\w*|less\\w*|bottom|mean|short\\w*|basic|soft\\w*|vulnerab\\w*|few\\w*|fragile|flaw\\w*|light\\w*
  = élevée?s?|hauts?|hautes?|fort|forts|forte|fortes|puissant\\w* ; faibles?|bas|basses?|basse
strong\\w*|strength\\w*|power\\w*|robust|hard|sharp\\w*|firm\\w*|heav\\w*|loud\\w*|high\\w*|great\\w*|significant\\w*|big\\w*|intense|large\\w*|much|solid ; weak\\w*|low\\w*|small\\w*|slight\\w*|faint\\w*|poor\\w*|soft\\w*|little|vulnerab\\w*|modest\\w*|dim|frail|feeble|less\\w*
  = fort|forts|forte|fortes|puissan\\w+|renforc\\w+|solides? ; faibl\\w+|affaibl\\w+|fragil\\w+
big\\w*|large\\w*|great\\w*|grand|tall\\w*|major|huge|high\\w*|massive|vast|most|wide\\w*|long\\w*|main|full|giant|leading|widely|top|heavy|full-\\w+|extensive\\w*|much|significant ; small\\w*|little|tiny|minor|low\\w*|young\\w*|short\\w*|petty|few\\w*|brief\\w*|kid\\w*|bit|less\\w*|girl\\w*|boy\\w*|baby|child\\w*|breakfast|grand\\w+|mini\\w*|thin|slight|modest|part|gradual\\w*|friend|slim|wee|some
  = grand|grands|grande|grandes|gros|grosses?|vastes?|énormes? ; petit|petits|petite|petites|minuscules?
new\\w*|fresh\\w*|latest|modern|young\\w*|another|more|further|recent\\w*|next|again|re\\w+|additional|other|innovat\\w*|novel|upcoming ; old\\w*|former\\w*|ancient\\w*|ex\\w*|previous\\w*|long\\w*|past|veteran\\w*|senior\\w*|once|early|earlier|then|age\\w*|traditional|historic\\w*|vintage|retired|late|antique|one-time|onetime|alum\\w*|original\\w*|exes|elder\\w*
  = nouveau|nouveaux|nouvelles?|nouvel|récent\\w*|modernes? ; ancien|anciens|anciennes?|vieux|vieil|vieilles?
young\\w*|youth\\w*|teen\\w*|junior|boy\\w*|girl\\w*|child\\w*|kid\\w*|student\\w*|early|little|guy\\w*|lad\\w*|millennial\\w*|people|small ; old\\w*|elder\\w*|senior\\w*|aged?|ag(?:e|ing)|veteran\\w*|former|ancient|long\\w*|traditional|retire\\w*|vintage
  = jeunes?|jeunesse ; vieux|vieil|vieilles?|vieill\\w+|âgée?s?|aînée?s?
rich\\w*|wealth\\w*|affluent|fortune\\w*|billionaire\\w*|well-off ; poor\\w*|povert\\w*|impoverish\\w*|needy|depriv\\w*|disadvantag\\w*|underprivileged|low-income|sorry|pity = riches?|richesses? ; pauvres?|pauvreté
good\\w*|fine|well|nice|great|happy|right|best|better|proper\\w*|sound|positive|lucky|decent|healthy|cheap|correct|bargain\\w*|voucher\\w*|many|full ; bad\\w*|poor\\w*|wrong\\w*|evil|ill|worse|worst|mis\\w+|negative|foul|un\\w+|faulty|rough|harsh|weeds?|nasty|severe|adverse|low|terrible|awful|dis\\w+|trouble\\w*|hard|unlucky|rogue|mal\\w+|inferior|weak
  = bon|bons|bonne|bonnes ; mauvais|mauvaise|mauvaises|méchant\\w*
better|best|improv\\w*|prefer\\w*|top|superior|good|well|enhanc\\w*|win\\w*|finest|excel\\w*|leading|premier|upgrad\\w*|greater ; worse\\w*|worst|bad\\w*|poor\\w*|aggravat\\w*|exacerbat\\w*|deteriorat\\w*|nightmare|ugl\\w*|lowest|least
  = meilleure?s?|mieux|amélior\\w+ ; pires?|pis|aggrav\\w+|détérior\\w+|empir\\w+
success\\w*|succeed\\w*|win\\w*|won|triumph\\w*|victor\\w*|achiev\\w*|hit|hits|manag\\w*|popular|well|able|accomplish\\w* ; fail\\w*|defeat\\w*|setback\\w*|flop\\w*|los[est]\\w*|chess|miss\\w*|collaps\\w*|unsuccessful\\w*|fall\\w*|no|not|\\w+n't|breakdown|debacle|botched|blow|foiled|thwart\\w*|unable
  = succès|réussi\\w*|réuss\\w+ ; échecs?|échou\\w+
eas\\w*|simpl\\w*|effortless\\w*|smooth\\w*|convenient\\w*|facilitat\\w*|ready|readily|light\\w*|comfortabl\\w* ; difficult\\w*|hard\\w*|tough\\w*|challeng\\w*|struggl\\w*|troubl\\w*|tricky|complicat\\w*|problem\\w*|strait\\w*|bad|uneasy|diffic\\w*|no|not|\\w+n't|demanding|plight|uncomfortable|dire|ordeal|hardship\\w*|pick\\w+|fuss\\w+|delicate|testing|stiff\\w*|heavy|rough|sensitive|embattled
  = facile\\w*|faciles|facilit\\w+|simples?|simplement|aisée?s?|aisément ; difficile\\w*|difficult\\w+|compliqu\\w+|durs?|dure|dures|durement
possib\\w*|can|could|may|might|able|potential\\w*|likely|feasibl\\w*|perhaps|prospect\\w* ; impossib\\w*|no|not|\\w+n't|never|cannot|unable|un\\w+|fail\\w*|beyond|hard\\w*|hopeless\\w*|without|nothing|neither
  = possibles?|possibilités? ; impossib\\w+
always|ever|all|forever|still|constant\\w*|continu\\w*|remain\\w*|keep\\w*|kept|invariabl\\w*|every\\w*|perpetual\\w*|long ; never|no|not|\\w+n't|nor|nobody|nothing|none|ever|unprecedented|cannot|neither|without|hardly|less
  = toujours|constamment ; jamais
often|frequent\\w*|many|regular\\w*|usual\\w*|common\\w*|tend\\w*|typically|generally|much|repeated\\w*|sometimes|mostly|customar\\w* ; rare\\w*|seldom|hardly|infrequent\\w*|few\\w*|little|occasion\\w*|uncommon\\w*|scarce\\w*|unusual\\w*|sparing\\w*|barely|no|not|\\w+n't|exotic|scant|never|precious
  = souvent|fréquemment|régulièrement|généralement ; rarement
support\\w*|back\\w*|favou?r\\w*|endors\\w*|for|pro\\w*|advocat\\w*|champion\\w*|help\\w*|fan|fans|follow\\w*|aid\\w*|defend\\w*|ally|allies|bolster\\w*|uphold\\w*|sustain\\w* ; oppos\\w*|against|anti\\w*|resist\\w*|critic\\w*|object\\w*|disagree\\w*|fight\\w*|counter\\w*|clash\\w*|differ\\w*|rival\\w*|contrast\\w*|versus|vs|pit\\w*|rebel\\w*|opponent\\w*|adversar\\w*|between|hostil\\w*|reject\\w*|refus\\w*
  = sout(?:ien|iens|enir|ient|enu|enue|enus|iennent|enait|enant)|partisans?|favorables?|appuy\\w+ ; oppos(?:é|ée|és|ées|er|ent|e|ait|aient|ition|ants?|itions)|défavorables?|hostiles?|adversaires?
inside|interior|within|indoor\\w*|internal\\w*|inner|domestic\\w*|home|in|into|in-house ; outside|exterior|outdoor\\w*|external\\w*|outer|foreign|out|abroad|away|open|beyond|overseas|off|outwards?|other|international
  = intérieur|intérieurs|intérieure\\w*|dedans ; extérieur|extérieurs|extérieure\\w*|dehors
entry|enter\\w*|entrance|join\\w*|came|com\\w+|arriv\\w*|get\\w* in\\w*|break|broke|into|in|access|admission\\w* ; exit\\w*|leav\\w*|left|out|quit\\w*|emerg\\w*|go\\w*|went|depart\\w*|releas\\w*|escap\\w*|withdr\\w*|com\\w+|came|issu\\w*|launch\\w*|publish\\w*|output
  = entr(?:ée|ées|er|é|és) ; sort(?:ie|ies|ir|i|is|ent|ait|ira|ant)
arriv\\w*|com\\w+|came|reach\\w*|land\\w*|get|gets|got|happen\\w*|show\\w*|manag\\w* ; lef\\w*|leav\\w*|depart\\w*|quit\\w*|go\\w*|went|start\\w*|gone|resign\\w*|walk\\w*|off|party|from|part\\w*|shar\\w*|set|split|based|away|take|took|exodus|begin\\w*|exit\\w*
  = arriv\\w+ ; partir|départs?|quitt\\w+
long\\w*|length\\w*|extended|prolonged|far|lengthy|elongat\\w* ; short\\w*|brief\\w*|soon|quick\\w*|cut\\w*|run\\w*|abrupt\\w*|small|courts?|little|current\\w*|golf|tennis|temporar\\w*
  = longs?|longues?|longtemps|longuement ; courts?|courtes?|brefs?|brèves?|brièvement
more|most|over|above|further|greater|additional|extra|longer|\\w+er|\\w+est|plus|increas\\w*|anymore|exceed\\w*|than|beyond|upwards|again|besides|also|no|not|\\w+n't|never|deeper|add\\w*|bonus\\w*|several|many|multiple|number|another|widely|too|very|best|much|hardly|nor|cut\\w*|drop\\w*|down|rather|some|even|increasingly ; less|fewer|few|least|under|below|minus|cheap\\w*|low\\w*|small\\w*|short\\w*|young\\w*|weak\\w*|reduc\\w*|decreas\\w*|unless|within|drop\\w*|slow\\w*|poor\\w*|nevertheless|nonetheless|regardless|rare\\w*|cool\\w*|light\\w*|cut\\w*|little|half|discount\\w*|under\\w+|anyway|still|somewhat|in\\w+ant|un\\w+ed
  = plus|davantage ; moins
before\\w*|prior|ahead|previous\\w*|until|till|earlier|by|pre\\w*|ago|former\\w*|first|then|already|advance|forward|early|to ; after\\w*|follow\\w*|since|later|once|post\\w*|then|next|subsequent\\w*|past|upon|on|late\\w*|when|having|aftermath|behind|by|from|in|as|according|afternoon|over|with|at|off|end\\w*|result\\w*|then
  = avant|auparavant|préalable\\w*|précéd\\w+|jusqu\\w* ; après|ensuite|lendemain|depuis|suivant\\w*|suite
with|along\\w*|together|including|and|by|via|from|having|through|using|to|at|of|alongside|featuring|in ; without|no|not|\\w+n't|un\\w+|\\w+less\\w*|free|lack\\w*|in\\w+|non\\w*|never|out|nothing|dis\\w+|off|wireless|im\\w+|doubt\\w*|homeless\\w*|probably|surely|likely|minus|despite|sans|outside|barring|ir\\w+|mis\\w+|fail\\w*|absen\\w*|unless|certainly|missing|must|absent|straight|neither|any|else
  = avec ; sans
positive\\w*|good|well|upbeat|favo\\w*|optimis\\w* ; negative\\w*|minus|bad\\w*|adverse\\w*|no|not|\\w+n't|detriment\\w* = positi\\w+ ; négati\\w+
safe\\w*|secur\\w*|harmless|sure|certain\\w*|confiden\\w* ; danger\\w*|unsafe|risk\\w*|hazard\\w*|insecur\\w*|peril\\w*|threat\\w*|harm\\w*|treacherous = sûre?s?|sûreté|sécuris\\w+ ; danger\\w*|risqu\\w*
true|truth\\w*|real\\w*|right|correct\\w*|indeed|genuine\\w*|actual\\w* ; false\\w*|fake\\w*|wrong\\w*|untrue|incorrect\\w*|mis\\w+|bogus|counterfeit\\w*|fault\\w*|lie|lies|no|not|\\w+n't|phony|pseudo\\w*|forg\\w* = vrais?|vraies?|véri\\w+|exacts?|exactes? ; faux|fausse\\w*
day|days|daily|daytime|date ; night\\w*|overnight|evening\\w*|midnight|sleep\\w* = jour|jours|journées?|diurne ; nuits?|nocturnes?
morning\\w*|a\\.?m\\.?|dawn|breakfast|early ; evening\\w*|night\\w*|p\\.?m\\.?|tonight|dinner|dusk|late = matin|matins|matinée ; soirs?|soirées?
public\\w*|state\\w*|government\\w*|open|crowd\\w*|audience\\w*|advertis\\w*|federal|taxpayer\\w*|outreach ; private\\w*|privati\\w*|depriv\\w*|personal\\w*|without|proprietary|strip\\w*|denied|confidential\\w* = public|publics|publique\\w* ; privée?s?
majority|most\\w*|major\\w*|predominant\\w*|adult\\w*|bulk|increase ; minorit\\w*|minor\\w*|few = majorit\\w*|majeur\\w*|plupart ; minorit\\w*|mineur\\w*
minimum|least|minim\\w*|lowest|bottom|bare ; maxim\\w*|most|highest|peak|top|full\\w*|best|largest|ceiling = minim\\w+ ; maxim\\w+
alive|live|lives|liv\\w+|surviv\\w*|life|bright\\w*|vivid\\w*|viv\\w+ ; dead|die[ds]?|dying|death\\w*|kill\\w*|fatal\\w*|deadl\\w*|lost|casualt\\w*|toll|murder\\w*|late|mortal\\w*|dead\\w+|stillborn|slain = vivants?|vivante?s?|survi\\w*|vie|vies ; morts?|morte|mortes|mortel\\w*|décéd\\w+|décès|mourir|meur\\w+
war\\w*|battl\\w*|combat\\w*|militar\\w*|fight\\w* ; peace\\w*|pacif\\w*|truce = guerres? ; paix
friend\\w*|ally|allies|pal|pals|mate\\w*|buddy|boyfriend\\w*|girlfriend\\w* ; enem\\w*|foe\\w*|hostil\\w*|adversar\\w*|opponent\\w* = amie?s?|alliée?s? ; ennemie?s?
love\\w*|lik\\w+|ador\\w*|enjoy\\w*|fond|want\\w* ; hat\\w+|loath\\w*|despis\\w*|detest\\w*|dislik\\w*|horr\\w* = aim(?:e|es|ent|er|é|ée|ait|aient)|ador\\w+ ; dét?est\\w+|haï\\w*|hait|haine\\w*
import\\w*|matter\\w*|key|major|significant\\w*|large\\w*|big\\w* ; export\\w* = import(?:ations?|é|e|er|ent|ée|és|ateurs?|atrices?) ; export\\w+
hir\\w+|recruit\\w*|employ\\w*|appoint\\w*|engag\\w*|job\\w*|staff\\w* ; fir(?:e|ed|es|ing)|sack\\w*|dismiss\\w*|la(?:y|id|yoff)\\w*|redundan\\w*|cut\\w*|ax(?:e|ed|ing)|layoff\\w* = embauch\\w+|recrut\\w+|engag\\w+ ; licenci\\w+|limog\\w+|congédi\\w+
north\\w*|n ; south\\w*|sud\\w*|s = nord|septentrion\\w* ; sud|méridion\\w*
west\\w*|occident\\w* ; east\\w*|orient\\w* = ouest|occident\\w* ; orient\\w*|l'est
left\\w*|labou?r|socialist\\w*|port|leav\\w* ; right\\w*|law\\w*|straight|conservativ\\w*|tory|tories|direct\\w*|entitl\\w*|dut\\w*|fee\\w*|royalt\\w*|legal\\w*|tax\\w*|justice|charge\\w*|tariff\\w*|copyright\\w* = gauche|gauches ; droite|droites
brother\\w*|son|sons|father\\w*|husband\\w*|man|men|he|his|him|boy\\w*|male\\w*|uncle\\w*|king\\w*|prince|parent\\w*|child\\w*|sibling\\w*|dad\\w*|grand\\w+|founding|lord|pope|actor\\w* ; sister\\w*|daughter\\w*|mother\\w*|wife|wives|woman|women|she|her|girl\\w*|female\\w*|aunt\\w*|queen\\w*|mum\\w*|mom\\w*|parent\\w*|spous\\w*|lad(?:y|ies)|nun\\w*|partner\\w*|child\\w*|bride\\w*|maid\\w*|femin\\w*|grand\\w+|maternal\\w*|granny|nurse
  = frères?|fils|pères?|maris?|hommes?|garçons?|oncles?|rois?|masculin\\w* ; sœurs?|soeurs?|filles?|mères?|femmes?|épouses?|tantes?|reines?|féminin\\w*
yesterday|eve|last|previous|past ; tomorrow|next|following|future = hier ; demain
"""


@dataclass(frozen=True, slots=True)
class Flip:
    """Opposites `said` of the English (a place among its words) and `there` of the French, with a surplus of the one
    and a lack of the other. `alone`: the right word stands nowhere in the French, the wrong one nowhere in the English.
    """

    said: int
    there: int
    alone: bool


@cache
def _sides() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """(English, French) of both sides of each pair; side n's opposite is n ^ 1."""
    found = []
    for line in re.split(r"\n(?! )", _TABLE.strip()):
        english, french = ([p.strip() for p in part.split(" ; ")] for part in line.replace("\n  ", " ").split(" = "))
        found += [(re.compile(e), re.compile(f)) for e, f in zip(english, french, strict=True)]
    return tuple(found)


@cache
def _by_letter(lang: Literal["en", "fr"]) -> dict[str, tuple[tuple[int, re.Pattern[str]], ...]]:
    """First letter ("" of any) → sides and what of them begins so: a new word is tried against few patterns."""
    found: dict[str, dict[int, list[str]]] = {}
    for side, patterns in enumerate(_sides()):
        for form in re.findall(r"(?:[^|()]|\((?:[^()]|\([^()]*\))*\))+", patterns[lang == "fr"].pattern):
            letter = form[0] if form[0].isalpha() and form[1:2] not in {"?", "*"} else ""
            found.setdefault(letter, {}).setdefault(side, []).append(form)
    return {k: tuple((side, re.compile("|".join(forms))) for side, forms in v.items()) for k, v in found.items()}


@lru_cache(maxsize=1 << 15)
def sides(word: str, lang: Literal["en", "fr"]) -> tuple[int, ...]:
    """The sides of the table that a lower-case word stands for, in order."""
    table = _by_letter(lang)
    tried = (*table.get(word[:1], ()), *table.get("", ()))
    return tuple(sorted({side for side, pattern in tried if pattern.fullmatch(word)}))


def _places(lower: Sequence[str], lang: Literal["en", "fr"]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for i, word in enumerate(lower):
        for side in sides(word, lang):
            found.setdefault(side, []).append(i)
    return found


def flips(english: Sequence[str], french: Sequence[str]) -> Iterator[Flip]:
    """Where the number of opposites differs both ways: lower-case words of both texts."""
    ours, theirs = _places(english, "en"), _places(french, "fr")
    for side, there in theirs.items():
        said, wrong, right = ours.get(side ^ 1, ()), ours.get(side, ()), theirs.get(side ^ 1, ())
        if len(there) > len(wrong) and len(said) > len(right):
            for i in said:
                for j in there:
                    yield Flip(i, j, not wrong and not right)
