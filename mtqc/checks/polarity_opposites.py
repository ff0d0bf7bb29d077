"""Pairs of opposites, English and French: where only one stands on the English side and only the other on the French.

`only` is what must stand there for a finding, kept narrow; `also` are further words that would explain the other
side, kept wide. For `plain` text, case ignored. Written by hand for this project.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

_TABLE = """
rose|risen|increased|climbed|soared|surged|jumped ; fell|fallen|decreased|declined|plunged|slumped|tumbled
  + up\\w*|high\\w*|more|increas\\w*|r[io]s\\w*|gr[eo]w\\w*|gain\\w*|rais\\w*|jump\\w*|soar\\w*|surg\\w*|climb\\w*|ris\\w*|larg\\w*|great\\w*|worse\\w*|expand\\w*|add\\w* ; \\w*low\\w*|cut\\w*|less\\w*|los[est]\\w*|reduc\\w*|down\\w*|drop\\w*|slow\\w*|shr[aiu]nk\\w*|decreas\\w*|fall\\w*|fell|few\\w*|weak\\w*|slid\\w*|dip\\w*|sank|collaps\\w*|declin\\w*|\\w*under\\w*
  = augment\\w+|progressé\\w*|grimp\\w+|bondi\\w*|(?:a|ont|avait|en) repris|reparti\\w* ; chut(?:é|ait|ent|er)\\w*|(?:a|ont|avait|avaient|en) (?:fortement |légèrement |nettement )?(?:baiss\\w+|diminu\\w+|recul\\w+)|dégringol\\w+
  + mont\\w*|hauss\\w*|accr\\w+|cr[ou]\\w+|gagn\\w*|pass\\w*|élev\\w*|bond\\w*|envol\\w*|hiss\\w*|relev\\w*|plus|grand\\w*|progress\\w*|flamb\\w*|explos\\w*|dress\\w*|lev[ée]\\w* ; baiss\\w*|diminu\\w*|recul\\w*|tomb\\w*|plong\\w*|effondr\\w*|repli\\w*|perd\\w*|cédé?\\w*|ralenti\\w*|moins|rédu\\w*|déclin\\w*|fl[ée]ch\\w*|effrit\\w*|lâch\\w*|pass\\w*|redescend\\w*|descend\\w*|refl\\w*|abaiss\\w*|dévis\\w*|contract\\w*
before ; after
  + till|until|by|ahead|pre\\w*|prior|earlier|previous\\w*|ago|former\\w*|in front|only to|then ; since|follow\\w*|later|once|post\\w*|then|next|when\\w*|past|upon|late\\w*|having|on \\w+ing|aftermath|subsequent\\w*
  = avant ; après
  + devant|auparavant|jusqu\\w*|d'ici|veille|préalabl\\w*|précéd\\w*|antérieur\\w*|pré\\w+|face|tôt|déjà|jadis|autrefois|pas encore|d'abord|quand|lorsqu\\w*|puis|plus tard|finir|fini|finit|ensuite ; depuis|suite|lendemain|dès|ensuite|puis|une fois|lorsqu\\w*|quand|alors|issue|tard|suiv\\w*|dans les|ultérieur\\w*|ayant|au terme|fin|derrière|passé|ans?|plus
colder|cooler ; warmer|hotter + cold\\w*|cool\\w*|chill\\w* ; warm\\w*|hot\\w*|heat\\w*
  = plus (?:froid|frais|fraîche)\\w* ; plus chaud\\w* + froid\\w*|frais|fraîch\\w*|refroid\\w* ; chaud\\w*|chaleur\\w*|réchauff\\w*
higher ; lower + high\\w*|rise\\w*|up|above|top\\w* ; low\\w*|less|below|down|cheap\\w*|fall\\w*
  = plus (?:haut|élevé)\\w* ; plus (?:bas|basse|faible)\\w* + haut\\w*|élev\\w*|hauss\\w*|supéri\\w*|augment\\w*|plus ; bas|basse\\w*|moins|baiss\\w*|inféri\\w*|rédui\\w*
bigger|larger ; smaller + big\\w*|large\\w*|great\\w*|more ; small\\w*|little|tiny|less\\w* = plus (?:grand|gros|vaste)\\w* ; plus petit\\w* + grand\\w*|gros\\w*|vaste\\w*|important\\w* ; petit\\w*
older ; younger + old\\w*|eld\\w*|senior\\w* ; young\\w*|junior\\w* = plus (?:vieux|vieille|âgé|ancien)\\w* ; plus jeune\\w* + vieux|vieil\\w*|âgé\\w*|ancien\\w*|aîné\\w* ; jeune\\w*|cadet\\w*
richer ; poorer + rich\\w*|wealth\\w* ; poor\\w* = plus riche\\w* ; plus pauvre\\w* + rich\\w* ; pauvr\\w*
stronger ; weaker + str[eo]ng\\w*|more ; weak\\w*|less = plus (?:fort|solide|puissant)\\w* ; plus faible\\w* + fort\\w*|puissan\\w*|solid\\w*|renforc\\w* ; faibl\\w*
faster|quicker ; slower + fast\\w*|quick\\w*|speed\\w* ; slow\\w* = plus (?:vite|rapide)\\w* ; plus lent\\w* + vite|rapid\\w*|accélér\\w* ; lent\\w*|ralent\\w*
better ; worse + better|improv\\w*|best ; worse|worst|bad\\w* = mieux|meilleur\\w* ; pire|pires|plus mal|moins bien + mieux|meilleur\\w*|améli\\w*|préf\\w* ; pir\\w+|mal|mauvais\\w*|aggrav\\w*|empir\\w*
cheaper ; pricier|dearer|costlier|more expensive + cheap\\w*|low\\w* ; dear\\w*|expens\\w*|cost\\w* = moins (?:cher|chère)s? ; plus (?:cher|chère)s?|plus coûteu\\w+ + moins|bon marché ; cher|chers|chère\\w*|coût\\w*
easier ; harder|more difficult + eas\\w*|simpl\\w* ; hard\\w*|difficult\\w* = plus (?:facile|simple|aisé)\\w* ; plus difficile\\w* + facil\\w*|simpl\\w*|aisé\\w*|mieux|moins ; diffic\\w*|dur\\w*|moins
won|wins ; lost|loses + w[io]n\\w*|victor\\w*|beat\\w*|champion\\w*|gain\\w*|earn\\w* ; los[est]\\w*|defeat\\w*|beaten|miss\\w*|brok\\w*|drop\\w*
  = (?:remport|gagn)\\w+ ; perdu\\w*|perd(?:ent|ait)? + gagn\\w*|remport\\w*|vict\\w*|vain\\w*|impos\\w*|décroch\\w*|obten\\w*|conqu\\w*|raflé\\w*|empoch\\w*|battu\\w* ; perd\\w*|pert\\w*|défai\\w*|battu\\w*
bought|buys|purchased ; sold|sells + b[ou]\\w*|purchas\\w*|acqui\\w*|shop\\w*|takeover ; s[eo]l[ld]\\w*|sale\\w*
  = achet\\w+|acheté\\w*|racheté\\w* ; vend(?:u|us|ue|ues|ent|ait|re)|cédé\\w* + ach\\w*|rachet\\w*|acqu\\w*|offert\\w*|procur\\w*|pay[ée]\\w*|acha\\w* ; vend\\w*|vent\\w*|céd\\w*|cess\\w*|écoul\\w*
opened|reopened ; closed|shut + open\\w*|reopen\\w*|start\\w*|launch\\w*|began ; clos\\w*|shut\\w* = (?:r?ouver(?:t|ts|te|tes)) ; ferm(?:é|ée|és|ées|ent|era) + ouv\\w*|rouv\\w*|inaugur\\w*|lanc\\w*|début\\w*|entam\\w*|commenc\\w*|déboutonn\\w* ; ferm\\w*|clos\\w*|clôt\\w*
accepted|approved|backed ; rejected|refused|turned down + accept\\w*|approv\\w*|back\\w*|agree\\w*|support\\w*|adopt\\w*|pass\\w* ; reject\\w*|refus\\w*|turn\\w*|dismiss\\w*|against|oppos\\w*|den\\w*|not?|\\w+n't|veto\\w*|declin\\w*
  = accept(?:é|e|ée|és|ées|ent|ait)|approuv\\w+ ; rejet(?:é|ée|és|ées|te)|refus(?:é|ée|és|ées|e|ait) + accept\\w*|approuv\\w*|adopt\\w*|sout\\w*|appuy\\w*|valid\\w*|favor\\w*|aval\\w*|vot\\w* ; rejet\\w*|refus\\w*|débout\\w*|contre|repouss\\w*|écart\\w*|oppos\\w*
above ; below + above|over|top\\w*|exceed\\w*|up\\w* ; below|under\\w*|beneath|down|low\\w*|following = au-dessus ; au-dessous|en dessous|ci-dessous + dessus|sup[ée]r\\w*|delà|plus|dépass\\w*|haut\\w* ; dessous|inf[ée]r\\w*|sous|moins|bas
majority ; minority + major\\w*|most ; minor\\w* = majorit\\w+ ; minorit\\w+ + major\\w*|plupart ; minor\\w*
against ; in favour of|in favor of + against|oppos\\w*|anti\\w* ; for|favou?r\\w*|support\\w*|pro\\w*|back\\w* = (?<!par )contre ; en faveur + contre|oppos\\w*|face|envers|lutte\\w*|anti\\w* ; faveur|pour|favor\\w*|sout\\w*|partisan\\w*
called off ; launched + cancel\\w*|call\\w* off|off ; launch\\w*|began|start\\w*|call\\w* for = annul\\w+|suspend\\w* ; lanc(?:é|ée|és|ées) + annul\\w*|suspen\\w*|lev[ée]\\w*|interromp\\w*|report\\w*|renonc\\w*|fin|décommand\\w*|stopp\\w*|abandon\\w*|reti\\w+|cess\\w* ; lanc\\w*
imports ; exports + import\\w* ; export\\w* = import(?:ation)?s? ; exportations? + import\\w*|achats|achète ; export\\w*
surplus ; deficit + surplus\\w* ; deficit\\w*|shortfall = excédent\\w* ; déficit\\w* + excéd\\w*|surplus|bénéfic\\w* ; défic\\w*
guilty ; innocent|not guilty + guilt\\w*|convict\\w* ; innocen\\w*|acquit\\w*|not = coupable\\w* ; innocent\\w* + coupab\\w*|culpab\\w*|condamn\\w* ; innoc\\w*
convicted|sentenced ; acquitted|cleared + convict\\w*|sentenc\\w*|guilty|condemn\\w* ; acquit\\w*|clear\\w*|innocen\\w* = condamn(?:é|ée|és|ées) ; acquitt(?:é|ée|és|ées)|relax(?:é|ée|és|ées) + condamn\\w*|coupab\\w*|reconnu\\w*|peine\\w* ; acquitt\\w*|relax\\w*|blanch\\w*|innoc\\w*
strengthened|strengthens ; weakened|weakens + str[eo]ng\\w*|tight\\w*|boost\\w* ; weak\\w*|soft\\w* = renforc\\w+|raffermi\\w* ; affaibli\\w* + renforc\\w*|consolid\\w*|fort\\w*|appréci\\w*|raffer\\w* ; affaibl\\w*|faibl\\w*
allowed|permitted ; banned|forbidden|prohibited + allow\\w*|permit\\w*|let\\w*|legal\\w*|authori\\w* ; ban\\w*|forb\\w*|prohib\\w*|bar\\w*|not?|\\w+n't|stop\\w*|only|outlaw\\w*|illegal\\w*|off-limits = autoris(?:é|ée|és|ées|e)|permet\\w* ; interdi(?:t|te|ts|tes|sait|sent) + autoris\\w*|perm[ei]\\w*|laiss\\w*|droit\\w* ; interd\\w*|prohib\\w*|proscr\\w*|bann\\w*
yesterday ; tomorrow + yesterday|last|previous\\w* ; tomorrow|next|future = hier ; demain + hier|veille|précéd\\w* ; demain|lendemain
winter ; summer + winter\\w*|snow ; summer\\w*|estival = hiver\\w* ; été(?= (?:dernier|prochain|\\d{4}))|l'été + hive\\w*|hiber\\w* ; été|estiv\\w*
spring ; autumn + spring\\w* ; autumn\\w*|fall\\w* = printemps ; automne + print\\w*|ressort\\w*|source\\w* ; autom\\w*
northern|north ; southern|south + north\\w*|nord\\w* ; south\\w*|sud = nord ; sud + nord\\w*|septent\\w*|boréal\\w* ; sud\\w*|méridion\\w*|austral\\w*|midi
eastern|east ; western|west + east\\w*|orient\\w* ; west\\w*|occident\\w* = l'est|orient\\w* ; ouest|occident\\w* + orient\\w*|est ; ouest|occident\\w*
brother|son|father|husband ; sister|daughter|mother|wife + brother\\w*|sons?|father\\w*|husband\\w*|dad\\w*|parent\\w*|siblings? ; sister\\w*|daughter\\w*|mother\\w*|wife|wives|mum\\w*|parent\\w*|widow\\w*|girl\\w*|siblings? = frère\\w*|fils|père\\w*|mari|maris ; sœur\\w*|soeur\\w*|fille\\w*|mère\\w*|femme\\w*|épouse\\w* + frère\\w*|fils|père\\w*|mari|maris|époux|garçon\\w*|enfant\\w*|paternel\\w*|conjoint\\w*|filial\\w*|demi-\\w+ ; sœur\\w*|fille\\w*|mère\\w*|femme\\w*|épou\\w*
largest|biggest ; smallest + larg\\w*|big\\w*|great\\w*|main|top ; small\\w*|least|tiny|lowest = (?:plus|premi\\w+) (?:grand|gros|vaste|important)\\w* ; plus petit\\w* + grand\\w*|gros\\w*|vaste\\w*|important\\w*|premi\\w*|majeur\\w* ; petit\\w*
highest ; lowest + high\\w*|top\\w*|record\\w* ; low\\w*|bottom|least = plus (?:haut|élevé|fort)\\w* ; plus (?:bas|basse|faible)\\w* + haut\\w*|élev\\w*|fort\\w*|record\\w*|sommet\\w*|pic ; bas|basse\\w*|faib\\w*|moins
best ; worst + best|good ; worst|bad = meilleur\\w*|mieux ; pire\\w*|plus mauvais\\w* + meilleur\\w*|mieux|bon\\w* ; pir\\w*|mauvais\\w*
maximum ; minimum + max\\w*|most ; min\\w*|least = maxim\\w+ ; minim\\w+ + maxim\\w*|plafon\\w*|plus ; minim\\w*
optimistic ; pessimistic + optimis\\w* ; pessimis\\w* = optimis\\w+ ; pessimis\\w+ + optimis\\w* ; pessimis\\w*
profit|profits ; loss|losses + profit\\w*|earn\\w*|gain\\w*|income|benefit\\w* ; loss\\w*|los[et]\\w*|deficit\\w* = bénéfices?|profits? ; pertes? + bénéf\\w*|profit\\w*|gain\\w*|résultat\\w* ; pert\\w*|perd\\w*|défic\\w*|manqu\\w*
victory ; defeat(?! of) + victor\\w*|w[io]n\\w*|triumph\\w* ; defeat\\w*|los[est]\\w*|beaten = victoire\\w* ; défaite\\w* + vict\\w*|succès|gagn\\w*|triomph\\w* ; défai\\w*|éche\\w*|perd\\w*|revers
hired|hires ; fired|sacked + hir\\w*|recruit\\w*|appoint\\w* ; fir\\w*|sack\\w*|dismiss\\w*|lay\\w*|laid|redundan\\w* = embauch\\w+|recrut\\w+|engag\\w+ ; licenci\\w+|limog\\w+ + embauch\\w*|recrut\\w*|engag\\w*|nomm\\w* ; licenci\\w*|limog\\w*|renvo\\w*|viré\\w*
arrived|arrives ; left|leaves + arriv\\w*|com\\w*|came|reach\\w*|land\\w* ; lef\\w*|leav\\w*|depart\\w*|quit\\w*|go\\w*|walk\\w* = arriv\\w+ ; parti(?:e|s|es)?|quitt\\w+ + arriv\\w*|ven[iu]\\w*|atteri\\w*|atteint\\w*|débarqu\\w*|rend\\w* ; part\\w*|quitt\\w*|laiss\\w*|sort\\w*
more than ; less than|fewer than + more\\w*|over|exceed\\w*|above|at least|than|longer ; less\\w*|few\\w*|under|below|within|minus = plus d[e'] ?\\w*|davantage ; moins d[e'](?! plus)\\w* + plus|supér\\w*|dépass\\w*|excéd\\w*|au-delà|quelque|davantage|delà ; moins|inférieur\\w*|sous
"""


@dataclass(frozen=True, slots=True)
class Sense:
    """One member of a pair: what must stand in English and in French, and what else explains it on either side."""

    english: re.Pattern[str]
    english_also: re.Pattern[str]
    french: re.Pattern[str]
    french_also: re.Pattern[str]


@cache
def opposites() -> Mapping[str, tuple[tuple[Sense, Sense], ...]]:
    """The pairs, both ways round (what the English says, what the French says instead), under the first word, lower
    case, of each English form that may stand there.
    """
    found: defaultdict[str, list[tuple[Sense, Sense]]] = defaultdict(list)
    for entry in re.split(r"\n(?! )", _TABLE.strip()):
        english, french = (part.split(" + ") for part in re.sub(r"\s*\n\s*", " ", entry).split(" = "))
        first, second = (Sense(*map(_pattern, forms)) for forms in zip(*_sides(english), *_sides(french), strict=True))
        for side, pair in enumerate(((first, second), (second, first))):
            for word in {re.split("[ (]", form.strip())[0] for form in english[0].split(" ; ")[side].split("|")}:
                found[word].append(pair)
    return {word: tuple(pairs) for word, pairs in found.items()}


def _sides(parts: list[str]) -> Iterator[tuple[str, str]]:
    narrow, wide = ([x.strip() for x in p.split(" ; ")] for p in parts)
    yield narrow[0], narrow[1]
    yield f"{wide[0]}|{narrow[0]}", f"{wide[1]}|{narrow[1]}"


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
