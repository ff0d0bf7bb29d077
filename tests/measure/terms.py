"""The glossary check on human translations, with a glossary of some hundred common news terms: how many uses of a term
it finds, how many of these it calls missing, and how much of that each way to compare inflected words recovers.

    .venv/bin/python tests/measure/terms.py [--half tune|report] [--list]
"""

from __future__ import annotations

import argparse
from collections import Counter

from data import Half, mt, ntrex

from mtqc.checks import glossary_match
from mtqc.checks.glossary import Glossary
from mtqc.checks.glossary_match import index_terms
from mtqc.model import AlignedArticle, ArticlePair
from mtqc.pipeline import align_article
from mtqc.source.glossary import parse_csv
from mtqc.testing import run_check

TERMS = """prime minister,premier ministre|première ministre
interest rate,taux d'intérêt|taux directeur
climate change,changement climatique|réchauffement climatique|dérèglement climatique
tax cut,baisse d'impôt|réduction d'impôt|allègement fiscal
budget deficit,déficit budgétaire|déficit
European Union,Union européenne|UE
White House,Maison-Blanche
Supreme Court,Cour suprême
central bank,banque centrale
human rights,droits de l'homme|droits humains
nuclear weapon,arme nucléaire
national security,sécurité nationale
foreign minister,ministre des affaires étrangères
police officer,policier|agent de police|officier de police
stock market,bourse|marché boursier|marché des actions
real estate,immobilier
social network,réseau social
social media,réseau social|médias sociaux
mobile phone,téléphone portable|téléphone mobile|portable
health care,santé|soins
health insurance,assurance maladie|assurance santé
labour market,marché du travail
trade union,syndicat
economic growth,croissance économique|croissance
unemployment,chômage
inflation,inflation
election,élection|scrutin|électoral
government,gouvernement|gouvernemental|État
parliament,parlement|parlementaire
president,président
senator,sénateur
lawyer,avocat
judge,juge|magistrat
hospital,hôpital|hospitalier
doctor,médecin|docteur
nurse,infirmier
school,école|scolaire
university,université|universitaire
teacher,enseignant|professeur|instituteur
student,étudiant|élève
scientist,scientifique|chercheur|savant
researcher,chercheur
company,entreprise|société|compagnie
shareholder,actionnaire
customer,client
employee,employé|salarié
worker,travailleur|ouvrier|employé|salarié
journalist,journaliste
newspaper,journal|quotidien
farmer,agriculteur|fermier|paysan
soldier,soldat|militaire
army,armée
weapon,arme
refugee,réfugié
earthquake,séisme|tremblement de terre
flood,inondation
drug,médicament|drogue|stupéfiant
vaccine,vaccin
cancer,cancer
water,eau
horse,cheval
animal,animal
eye,œil
work of art,œuvre d'art
railway,chemin de fer|ferroviaire
airport,aéroport
aircraft,avion|appareil
passenger,passager
driver,conducteur|chauffeur
street,rue
bridge,pont
tower,tour
island,île
coast,côte
sea,mer
storm,tempête|orage
temperature,température
energy,énergie|énergétique
gas,gaz|essence
oil,pétrole|pétrolier|huile
coal,charbon
tax,impôt|taxe|fiscal
budget,budget|budgétaire
price,prix
market,marché
bank,banque|bancaire
currency,monnaie|devise
to implement,mettre en œuvre|appliquer
to increase,augmenter
"""


def articles(half: Half) -> list[ArticlePair]:
    blocks = [p for name in ("wmt12", "wmt13") for p in mt(name)]
    wanted = 0 if half == "tune" else 1
    return ntrex(half) + [p for i, p in enumerate(blocks) if i % 2 == wanted]


def missing(every: list[AlignedArticle], check: Glossary) -> Counter[str]:
    found = Counter()
    for article in every:
        found.update(f.severity.label for f in run_check(check, article) if f.code == "TRM201")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--list", action="store_true")
    a = parser.parse_args()
    every = [align_article(p, None) for p in articles(a.half)]
    terms = parse_csv(TERMS)
    index = index_terms(terms)
    pairs = [b for x in every for b, _ in x.pairs]
    uses = sum(len({u.term for u in index.uses(b.source_text)}) for b in pairs)
    print(f"{len(pairs)} sentence pairs, {len(terms)} terms, {uses} uses (a term and sentence)")
    check = Glossary(terms)
    print("missing, all ways to compare:", dict(missing(every, check)))
    if a.list:
        for article in every:
            for f in run_check(check, article):
                bead = next(
                    b
                    for b, _ in article.pairs
                    if b.target_start <= f.target.span.start <= b.target_start + len(b.target_text)
                )
                print(
                    f"{f.severity.label} {f.source.text!r} → {f.target.text!r}\n   {bead.source_text}\n   {bead.target_text}"
                )
    same = glossary_match._same
    ways = {
        "same spelling": lambda x, y: x.lower() == y.lower(),
        "number and gender (french_key)": lambda x, y: glossary_match.french_key(x) == glossary_match.french_key(y),
        "Snowball alone": lambda x, y: glossary_match.french_stem(x) == glossary_match.french_stem(y),
    }
    for name, way in ways.items():
        glossary_match._same = way
        print(f"missing, {name}:", dict(missing(every, check)))
    glossary_match._same = same
    print("missing, no words between:", dict(missing(every, Glossary(terms, gap=0))))


if __name__ == "__main__":
    main()
