"""Names to put into sentences, so that the model learns to copy what it has never seen. Real ones and invented ones.

Names that are words of one of the languages (Rice, Petit) stand in SURNAMES more than once: they are the ones that a
model translates.
"""

from __future__ import annotations

import random

WOMEN = tuple(
    """
Mary Sarah Emily Kate Laura Olivia Grace Faith Hope Joy Rose Ruby Amber Dawn Marie Claire Sophie Camille Chloé Léa
Inès Aurélie Noémie Agnès Hélène Céline Solène Blanche Fleur Violette Aminata Fatou Awa Mariama Khadija Fatima Leïla
Yasmine Samira Nour Zeynep Ayşe Svetlana Oksana Olena Natalia Anastasia Ingrid Astrid Freya Sigrid Elena Giulia Chiara
Lucía Carmen Paloma Beatriz Mei Yuki Hana Jia Priya Ananya Deepika Thandiwe Ngozi Chiamaka Adaeze Wanjiru Rachel Rebecca
Angela Ursula Christine Marine Ségolène Valérie Kamala Hillary Michelle Melania Ivanka Jill Nikki Condoleezza
Liz Rishika
""".split()
)
MEN = tuple(
    """
John James Robert Michael David Peter Mark Bill Jack Rich Chase Grant Hunter Frank Ernest Pierre Jean Louis Étienne
Benoît Loïc Gaël Théo Jérôme Éric François Clément Désiré Constant Juste Olivier Moussa Ibrahima Ousmane Cheikh Mamadou
Mohammed Ahmed Youssef Karim Tariq Mehmet Emre Vladimir Dmitri Sergueï Volodymyr Mykola Oleksandr Lars Sven Bjørn Søren
Giovanni Matteo Luca Javier José Andrés João Wei Jun Hiroshi Kenji Arjun Rahul Vikram Sipho Chukwuemeka Kwame Olusegun
Elon Sam Tim Jeff Steve Donald Joe Barack Emmanuel Nicolas Jordan Gabriel Édouard Keir Boris Rishi Viktor Recep Narendra
""".split()
)
SURNAMES = tuple(
    """
Rice|Wolf|Baker|Cook|Banks|Woods|Stone|Price|Young|Brown|White|Black|Green|Gray|King|Bishop|Pope|Knight|Page|Rose|Bush
Ford|Hill|Lake|Rivers|Field|Marsh|Winter|Summers|Day|Love|Sharp|Swift|Long|Short|Small|Little|Strong|Wise|Gates|Jobs
Walls|Fox|Bird|Crane|Drake|Hawk|Lamb|Bull|Fisher|Hunter|Butler|Carpenter|Mason|Miller|Taylor|Smith|Cruise|Nail|Moon
Bell|Flood|Frost|Snow|Rain|Storm|Power|Person|Justice|Law|May|March|Powell|Pence|Cash|Penny|Major|Rich|Case|Bond|Best
Blanc|Leblanc|Chrétien|Petit|Legrand|Grand|Lebrun|Roux|Noir|Boulanger|Boucher|Berger|Lefèvre|Meunier|Moulin|Dupont
Dubois|Laforêt|Rivière|Fontaine|Montagne|Lamer|Leroy|Roi|Lévêque|Chevalier|Marchand|Masson|Charpentier|Tisserand|Chat
Poisson|Loiseau|Lecoq|Lelièvre|Mouton|Barbier|Royal|Loyal|Content|Constant|Bon|Lebon|Beau|Joly|Mercier|Carrefour|Vert
Lemaire|Lejeune|Levieux|Sage|Franc|Champion|Prudhomme|Bonhomme|Bellamy|Carré|Ledoux|Sauvage|Prince|Comte|Duc|Cousin
Musk|Altman|Zuckerberg|Bezos|Trump|Biden|Macron|Scholz|Merkel|Starmer|Sunak|Zelensky|Poutine|Erdoğan|Orbán|Meloni|Tusk
Sánchez|Lula da Silva|Da Costa|De La Cruz|de La Cruz|de la Torre|del Toro|Van der Berg|van Dijk|von der Leyen|Le Pen
Le Goff|La Fontaine|De Niro|de Villiers|d’Estaing|bin Salman|Al Sissi|Ben Ali|Ould Abdel Aziz|O’Neill|O’Brien|D’Angelo
McDonald|MacKenzie|McConnell|Saint-Exupéry|Mélenchon|Ocasio-Cortez|Lloyd-Jones|Park-Smith|Nguyễn|Trần|Kim|Lee|Wu|Xi
Zhang|Tanaka|Murakami|Singh|Modi|Gandhi|Khan|Hussein|Diallo|Traoré|Konaté|Mbappé|Okonkwo|Adeyemi|Mandela|Nkosi|Touré
Kovalenko|Shevchenko|Lewandowski|Kowalczyk|Novák|Dvořák|Nagy|Popescu|Ivanov|Papadopoulos|Yılmaz|Öztürk|Müller|Schäfer
Schwarzenegger|Johansson|Lindqvist|Hämäläinen|Jørgensen|Rossi|Bianchi|Ferrari|García|Rodríguez|Fernández|Gonçalves|Sá
Weinstein|Goldberg|Epstein|Whitmore|Fairbanks|Cholmondeley|Featherstone|Wojciechowski|Brzezinski|Netanyahou|Haddad
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
PLACES = tuple(
    """
Tesla Boston Toledo Austin Phoenix Buffalo Mobile Orange Reading Bath Nice Tours Lens Angers Troyes Sète Brest Rennes
Dakar Bamako Abidjan Lagos Nairobi Accra Tunis Rabat Oran Beyrouth Ankara Izmir Kharkiv Odessa Lviv Gdansk Brno Split
Chicago Seattle Dallas Houston Denver Miami Portland Oakland Sydney Perth Toronto Calgary Halifax Dublin Cork Leeds
Bristol Cardiff Glasgow Manchester Liverpool Birmingham Stuttgart Dortmund Bilbao Porto Oslo Bergen Malmö Helsinki
Bangalore Mumbai Karachi Lahore Dacca Hanoi Osaka Kyoto Busan Shenzhen Wuhan Manille Jakarta Lima Quito Bogota Caracas
""".split()
)
COMPANIES = tuple(
    """
Apple Amazon Google Meta OpenAI Anthropic Microsoft Nvidia Intel Oracle Tesla SpaceX Boeing Airbus Shell Total Orange
Free Bouygues Carrefour Casino Target Gap Visa Square Stripe Slack Zoom Uber Lyft Snap Twitter X Starlink Palantir
BlackRock Goldman Barclays Lloyds Renault Stellantis Ford Chrysler Nestlé Danone Unilever Pfizer Moderna BioNTech Bayer
Siemens BASF Thales Dassault Safran Samsung Sony Huawei Alibaba Tencent ByteDance TikTok Ubisoft Netflix Disney Spotify
AFP Reuters Bloomberg Greenpeace Amnesty Oxfam Frontex Interpol Europol
""".split()
)
_SYLLABLES = (
    "ka lo mi ster van dor eau quen ty bra ski ov ine mar gol thu zel ran phe cro wick ley son dé né rou ch ber".split()
)
FIRST_NAMES = frozenset(WOMEN) | frozenset(MEN)


def invented(rng: random.Random) -> str:
    """A name that nobody has: two halves of others, or syllables."""
    if rng.random() < 0.6:
        first, second = (rng.choice((*MEN, *WOMEN, *PLACES, *COMPANIES)) for _ in range(2))
        return first[: max(2, len(first) // 2)] + second[len(second) // 2 :].lower()
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()


def surname(rng: random.Random) -> str:
    """A family name, with its particles; one in three invented, one in twelve double."""
    name = invented(rng) if rng.random() < 0.33 else rng.choice(SURNAMES)
    return f"{name}-{rng.choice(PLACES)}" if rng.random() < 0.08 and "-" not in name and " " not in name else name


def first_name(rng: random.Random, like: str) -> str:
    """A given name of the same sex as `like`, as far as the lists know it."""
    if like in WOMEN:
        return rng.choice(WOMEN)
    if like in MEN:
        return rng.choice(MEN)
    return rng.choice((*WOMEN, *MEN)) if rng.random() < 0.5 else invented(rng)
