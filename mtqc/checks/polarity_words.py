"""Negation and hearsay in English and French: the patterns behind the polarity check.

For text after `plain` (straight apostrophes, plain spaces), case ignored. Written by hand and completed from what human
translators wrote where only one side has a negation (NTREX documents of even index, FLORES dev, WMT 2012 and 2013
references, our own authored news sentences).
"""

from __future__ import annotations

import re

STRONG = re.compile(
    r"(?<![\w-])(?:\w+n't|cannot|not|never|none|nobody|nothing|nowhere|neither|unable"
    r"|no(?![-.]|\s*\d| (?:doubt|matter|wonder|sooner|less|fewer|more|stranger|exception|mean|small|question|idea)\b)"
    r"|without|fail(?:s|ed|ing)? to|(?:refus|declin)(?:es?|ed|ing) to)(?![\w-])",
    re.IGNORECASE,
)
"""English words that leave a trace in the French."""

_IDIOMS = (
    r"not (?:only|just|merely|simply|solely|least|to mention|so much|to be outdone|for nothing|surprising\w*|a few|as \w+ (?:as|and)"
    r"|modest|named|identified|counting|long (?:ago|after|before)|far (?:from|off|away))",
    r"(?:named|identified|recommend|exist|bother|forget|hesitate) not",
    r"(?:why|whether or|or|if|than|did|had|have|has|do|does|was|is|are|were|will) not(?=[\s\W]*(?:$|[,;:?!]|and\b|but\b))",
    r"(?:why|or|if|had better) not",
    r"\w+n't (?:only|just|merely|simply|forget|hesitate|worry|mind)",
    r"(?:for|by|all or|next to|almost) nothing|nothing (?:but|more|less|short|other|like|new|to show)|none (?:other|the)",
    r"can(?:no|')t (?:but|help|wait|resist|agree|get enough)|could(?:n't| not) (?:help|wait|resist|agree)",
    r"no (?:one (?:else|but)|other|better|(?:later|earlier|smaller|bigger|longer|worse|higher|lower|greater) than|time|way|problem"
    r"|end|point|sign|news|use|surprise|secret|shortage|coincidence|accident|joke|sense|confidence|difference|doubts"
    r"|see|deal|entry|fly|show|go|man's|name|trace|injuries|casualties)",
    r"never (?:mind|before|fails?|end\w*|a dull|too|stop\w*|ceas\w*|die\w*)",
    r"(?:do|go|did|doing) without|without (?:a |any )?(?:doubt|question|fail|delay|further|exception|incident|problems?|knowledge"
    r"|power|electricity|water|heating|breathing|missing|batting|looking)",
    r"not (?:involved|reported|part of) in",
    r"(?-i:[A-Z]\w+ No|No [A-Z]\w+)|no, no|no different|can and can(?:no|')t",
    r"(?:do|does|did|would)(?:n't| not) (?:care|mind|matter)|, not (?!that|because|the|when|if)\w+",
    r"without (?:your|their|his|her|its|my|our) knowledge",
    r"(?:do|does|did|is|are|was|were|has|have|had|ca|could|would|wo|should|ai)n't (?:it|he|she|they|we|you|I|there|that|this)",
    r"(?:not|\w+n't|never) (?:hide|hidden|deny|denied|fail|failed|doubt|rule out|ruled out|ignore|neglect|lack|object|oppose|spare"
    r"|un(?:common|usual|likely|reasonable|happy)|impossible|(?:\w+ ){0,3}without)",
)
IDIOMS = re.compile(rf"\b(?:{'|'.join(_IDIOMS)})\b", re.IGNORECASE)
"""English phrases with a word of negation that deny nothing, or that turn the sense round twice."""

_LOOSE = (
    r"not (?:long|far|yet|the only|unlike|always|necessarily|alone|even|enough|too|all that|very|particularly|much|often|many"
    r"|clear|known|so\w*|all\b)",
    r"\w+n't (?:yet|even|all|bother|always)|by no means|no (?:need|good|such)|never again|still not",
    r"(?:do|does|did|would)(?:n't| not) (?:need|have) to|(?:can(?:no|')t|could(?:n't| not)) (?:be|have)",
)
LOOSE = re.compile(rf"\b(?:{'|'.join(_LOOSE)})\b", re.IGNORECASE)
"""Negations that good French often renders without one: “not always”, « parfois »."""

CORE = re.compile(
    r"(?<!\w)(?:n'|ne\b|non\b|pas\b|sans\b|aucune?s?\b|nul(?:le)?s?\b|ni\b|jamais\b|rien\b|personne\b|guère\b|aucunement\b)",
    re.IGNORECASE,
)
"""French words that negate."""

_LEXICAL = (
    r"im(?:poss|pun|prévi|prob|perm|parf|prop|puiss|patien|matur|muab|mobil|prat|pens|popul|précis|passib)\w*",
    r"in(?:applic|access|accept|appropr|cohér|constant|dénia|dispu|é[gl]|équi|habit|imit|né[gn]|négal|opin|prévis|utile|act[iu]f|adapt|adéquat|admiss|anim|apte|assouv|attend|audib|cap|certain|cessa|chang|compat|compét|compl[eè]t"
    r"|compr|conc[eil]|connu|consci|consid|consist|contest|contr[ôo]l|corr|crédul|défini|dépend|dérang|désir|dign|dispo|dispens|dissoci|doc|dû"
    r"|éd|effica|égal|élig|épuis|évit|exact|excus|exist|expé|expli|exploit|fait|faill|féri|fertil|firm|fond|franch|fréqu|grat|hab|hosp"
    r"|imag|jus|juri|log|lass|nocen|nombr|occup|offens|opér|opin|opport|oubli|ouï|quiet|sat|sens|sign|sol|soup|sout|stab|succ|suff|support"
    r"|tact|temp|tol|cur|touch|trouv|util|val|variab|vendu|vérif|vers[^aéi]|vinc|viol|visib|vol[oé]|vraisemb|terdi|desc|défect|con[vt])\w*",
    r"ir(?:ré|rat|resp)\w*|ill(?:ég|is|im|og)\w*|mé(?:con|fi|pris|sent)\w*|mal\b|malgré|dis(?:para|pens|culp|convi|suad)\w*"
    r"|dés(?!ert|orm|ign|ir|ast|olé)\w{3,}",
    r"dé(?:fend|faut|nu|pourv|ni(?:er|e|é)\b|ment|clin|pit|rog|conseill|cour|bout|mun|fai)\w*|anti\w*|non-\w+|refus\w*|manqu\w*",
    r"gard(?:er|ant|e|é|ait|ent) (?:bien )?d[e']|échou\w*|échec\w*|évit\w*|empêch\w*|interdi\w*|exclu(?!si)\w*|except\w*|écart(?:e|é)\w*|rejet\w*|peu\b|peine\b|loin\b|faute d\w*"
    r"|sauf\b|hormis\b|hors\b|contraire\b|absen\w*|moins\b|priv(?:er|ée?s?|e|ant)\b|ignor\w*|oubli\w*|cess(?!ez-le-feu)\w*|arrêt(?!ée?s?\b)\w*|renonc\w*|perd\w*|perte\w*",
    r"abandon\w*|incap\w*|suspen\w*|annul\w*|nég(?:at|lig)\w*|ni(?:e|é|a|ait|aient|er|ent|ée)s?\b|contest\w*|abst\w*|trop\b",
    r"seul\w*|unique\w*|dépit|avant (?:de\b|d')|avant qu\w*|vide\w*|zéro|exempt\w*|vain\w*|vierge\w*|rat(?:é|e|er|a|ait)s?\b|plutôt|au lieu",
    r"difficil\w*|dout\w*|mauvais\w*|faux\b|fausse\w*|tort\b|erreur\w*|erron\w*|rare\w*|carenc\w*|pénurie\w*|lacun\w*|échapp\w*|jusqu\w*"
    r"|omet\w*|omis\w*|passe[rz]? d[e']|fich\w*|muet\w*|orphelin\w*|anonym\w*|épargn\w*|exonér\w*|relax\w*|indemn\w*|moindre\w*",
    r"autre\w*|désormais|plus (?:de|d'|en|aucun|que|besoin)|gratuit\w*|rest\w* muet|contre\b|oppos(?:e|er|é|ent|ait)\w*|sinon|calme|de marbre|débarrass\w*|épuis\w*|différ\w*|nui(?:re|t|sent|sait)\b|laborieu\w*|entrav\w*|bloqu\w*|problèm\w*|fous\b|toujours atten\w*|atten\w* toujours|préserv\w*|conserv\w*|demeur\w*|yeux fermés|remont\w*|secret|égal\b",
)
NEGATIVE = re.compile(rf"(?<!\w)(?:{'|'.join(_LEXICAL[:6])})", re.IGNORECASE)
"""French words that say by themselves what an English negation says: « impossible », « manque », « refuser »."""
OBLIQUE = re.compile(rf"(?<!\w)(?:{'|'.join(_LEXICAL[6:])})", re.IGNORECASE)
"""French words that may stand for an English negation, or for anything else: « seul », « contre », « autre »."""

ADDED = re.compile(
    r"(?<!\w)(?:ne |n')(?:(?:me|te|se|le|la|les|lui|leur|nous|vous|en|y)? ?|[mtsl]')*"
    r"(?:[\w-]+)(?: (?!pas\b|que\b)[\w'-]+){0,1}? (?P<no>pas|jamais|rien|aucune?)\b(?! (?:que|seul|moins|unique))"
    r"(?: (?:été |encore |pu |voulu )?[\w-]+(?:é|ée|és|ées|i|is|it|u|us|ue|ues|ir|er|re)\b)?",
    re.IGNORECASE,
)
"""A whole French negation, « n'ont pas reconnu »."""

SOFT = re.compile(
    r"\b(?:un(?!der|i(?:on|te|ty|ver|que|form|t\b|ts\b|lat)|cles?\b|veil|to\b|esco|icorn)\w{3,}"
    r"|in(?:abilit|accur|accessib|action|activ|adequa|appropriat|capab|capac|compat|compet|complet|conclus|consist|convenien|correct"
    r"|credib|decis|definit|depend|direct|effect|effici|eligib|evitab|expensiv|experien|explicab|flexib|frequent|human|hospitab"
    r"|justice|nocen|numerab|operab|sane|secur|sensitiv|separab|significan|sol(?:ub|ven)|stabil|suffici|tangib|toler"
    r"|valid|variab|visib|voluntar|vulnerab)\w*"
    r"|im(?:balanc|material|mature|mobil|moral|mortal|partial|patien|perfect|personal|plausib|polite|possib|practical|prob|prop|pun)\w*"
    r"|ir(?:ration|reconcil|redeem|refut|regular|relev|replac|resist|respect|respons|revers|revoc)\w*"
    r"|il(?:legal|legib|legitim|liter|logic)\w*|dis(?!tr|tin|cu|c\b|co(?!nt|mf|ur)|ease|h|k|p[lu]|ta|ci|cr)\w+|mis\w{3,}|non\w*|anti\w*|\w+less(?:ly|ness)?"
    r"|lack\w*|fail\w*|refus\w*|den(?:y|ie[sd]|ying|ial)|hardly|barely|scarcely|rarely|seldom|rare|few(?:er)?|little|less|least"
    r"|only|but|until|before|without|instead|rather|avoid\w*|stop\w*|prevent\w*|forb[ia]d\w*|prohibit\w*|ban(?:s|ned)?|bar(?:s|red)"
    r"|too|neglect\w*|miss\w*|reject\w*|oppos\w*|against|absen\w*|empty|loss|los[et]\w*|cease\w*|quit\w*|drop\w*"
    r"|withh\w+|exclud\w*|exclus\w*|except\w*|exempt\w*|other|far|doubt\w*|s[kc]eptic\w*"
    r"|wonder\w*|wrong\w*|bad\w*|ignor\w*|hid\w*|beyond|difficult\w*|hard|harder|struggl\w*|resist\w*|reluctan\w*|unless|whether|than"
    r"|nor|no|not|\w+n't|never|none|nobody|nothing|nowhere|neither|cannot|nil|zero|ever|any\w*|either|yet|still|remain\w*"
    r"|constant\w*|keep\w*|kept|mere\w*|just|simpl[ey]\w*|alone|sole\w*|poor\w*|weak\w*|different\w*|differ|contrary"
    r"|despite|spite|although|though|short\w*|limit\w*|restrict\w*|stranger|declin\w*|abstain\w*"
    r"|abandon\w*|elude\w*|escap\w*|free|spare\w*|exceed\w*|at most|ignoran\w*|blank|void|devoid|null|vain"
    r"|no-\w+|defy|defi\w+|surpris\w*|astonish\w*|amaz\w*|hes\w+|mind|help\w*|enough|out of|make sure|be sure|last|all (?:he|she|they|we|I|you|it|that)|throng\w*|record\w*|trouble\w*|teetotal\w*|crowd\w*|full|yet to|overlook\w*|otherwise|outside|broken?|block\w*|behind|tough|early|shortly|lucky|(?:so|such) \w+|safe|agnostic|divert\w*|spoil\w*|ruin\w*|undo\w*|fell short|late|delay\w*|postpon\w*|scarce\w*|vacan\w*|silen\w*|quiet\w*|empty|dead|dry|skip\w*|bypass\w*|veto\w*|reserv\w*|closed|shut|gone|depriv\w*|strip\w*|minus|instead|depends|forg[eo]t\w*|off|even|nothing\w*|cannot|secret\w*|mystery|questions?|leave\w*|left alone)\b|\?",
    re.IGNORECASE,
)
"""English words that a French negation may render: any of them, and an added « ne … pas » proves nothing."""

HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|(?P<weak>apparently|alleged|purported|suspected(?! (?:of|that|he|she|they|it|the)))"
    r"|(?:is|are|was|were) (?:said|believed|thought|understood|rumou?red|alleged|reported) to"
    r"|(?:said|believed|thought|understood|rumou?red|alleged|reported) to (?:be|have))\b",
    re.IGNORECASE,
)
_NO_CONDITIONAL = (
    r"montr|entr|tir|jur|dur|mesur|assur|rassur|prépar|sépar|déclar|compar|demeur|sidér|opér|espér|récupér|libér|ouvr|offr"
    r"|souffr|livr|cour|mour|spir|mir|sir|nor|plor|lior|pleur|figur|gur|cur|lébr|sacr|gistr|nistr|lustr|contr|centr|filtr|par|hér"
)
FRENCH_HEDGE = re.compile(
    rf"(?<!\w)(?:(?:(?:aur|ser|ir)(?:ais|ait|aient|ions)|(?!\w*(?:{_NO_CONDITIONAL})(?:ait|aient)\b)\w{{2,}}r(?:ait|aient))|selon|d'après|présum\w*|soupçon\w*|soi-disant|prétend\w*"
    r"|dit|disent|dirait|a-t-on|sembl\w*|appar\w*|parai[ts]\w*|paraît\w*|accus\w*|suppos\w*|suspect\w*|allég\w*|alléguant|censée?s?|réputée?s?|rumeur\w*|pass(?:e|ait|ent) pour"
    r"|croi\w*|croy\w*|pens\w*|estim\w*|affirm\w*|visibl\w*|source\w*|rapport\w*|peut-être|probabl\w*|considér\w*|éventuel\w*|parle\w*|racont\w*|déclar\w*|indiqu\w*|inculp\w*|reproch\w*"
    r"|poursui\w*|évoqu\w*|dénonc\w*|annonc\w*|tout port\w*|laiss\w* (?:croire|penser)|possibl\w*|présent\w* comme|dont on|on sait|vraisembl\w*|sans doute|imput\w*|attribu\w*|mis\w* en cause|en apparence|[aà] priori|officiel\w*|on donn\w*|en principe|manifeste\w*|évidemment|révél\w*|peu[tx]\w*|préten\w*|vouloir|titr\w*|écri\w*|signal\w*|fait état|argu\w*|présent\w*|revendiqu\w*)(?!\w)",
    re.IGNORECASE,
)

LITOTES_VERB = re.compile(
    r"(?<!\w)(?:manqu|oubli|cach|cess|hésit|tard|dés|empêch|ignor|dout|ni|quitt|lâch|échapp|faibl|dépass|excéd|augur|rest|arrêt|perd|rat)\w*",
    re.IGNORECASE,
)
"""French verbs that a negation makes positive."""
