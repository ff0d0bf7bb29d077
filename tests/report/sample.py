"""A corpus report with everything that a writer must cope with; every sentence written for these tests."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from mtqc.model import (
    ArticlePair,
    ArticleReport,
    BackTranslation,
    Bead,
    Category,
    CorpusReport,
    Document,
    Evidence,
    Finding,
    Fix,
    Location,
    NotMeasured,
    Score,
    Sentence,
    SentenceReport,
    Severity,
    Signals,
    Skipped,
    Span,
)
from mtqc.rules import Rule
from mtqc.testing import make_pair

NB, NNB = "\u00a0", "\u202f"

ROWS = [  # English sentences (one a line), French sentences, back-translation (or why there is none), quality
    (
        ["Ferry operator Norsand to cut 1,200 jobs"],
        [f"L’opérateur de ferry Norsand va couper 1{NNB}200 emplois"],
        ("Ferry operator Norsand will cut 1,200 jobs", 88.1, 70.7, 14.3),
        50.0,
    ),
    (
        ["Chief executive Ingrid Musgrave told the board on Tuesday that it would not seek new investors before 2026."],
        [
            "La directrice générale Ingrid Musgrève a déclaré mardi au conseil "
            "qu’elle chercherait de nouveaux investisseurs avant 2025."
        ],
        (
            "Chief executive Ingrid Musgrève told the board on Tuesday she would seek new investors before 2025.",
            71.4,
            52.3,
            26.3,
        ),
        0.0,
    ),
    (
        ["Sailings to Calais will stop in March.", "Cargo routes are not affected."],
        ["Les traversées vers Calais cesseront en mars et les routes de fret ne sont pas affectées."],
        ("Crossings to Calais will cease in March and freight routes are not affected.", 55.0, 22.8, 50.0),
        92.3,
    ),
    (
        ["The union, which represents 900 sailors, called the plan “brutal”."],
        [f"Le syndicat a qualifié le plan de «{NNB}brutal{NNB}»."],
        ("The union called the plan brutal.", 43.9, 18.2, 50.0),
        45.0,
    ),
    (
        ['🚢 The booking site showed <script>alert("sold out")</script> & nothing else.'],
        ['🚢 Le site de réservation affichait <script>alert("épuisé")</script> & rien d\'autre !'],
        "the hypothesis repeats itself",
        88.9,
    ),
    (
        ["The harbour café stays open for the staff, Musgrave said."],
        ["Le cafe\u0301 du portuaire reste ouverte pour le personnel, a indiqué Mme Musgrave."],
        ("The port's coffee remains open for the staff, Ms Musgrave said.", 62.7, 41.1, 36.4),
        40.0,
    ),
    (
        ["Passengers who have booked will get their money back."],
        ["Les passagers ayant réservé seront remboursés."],
        ("Passengers who have booked will be refunded.", 57.9, 46.7, 44.4),
        100.0,
    ),
    (["The union meets again on Friday."], [], "there is no French sentence", 0.0),
    (
        ["The last traversal leaves at noon."],
        ["Le dernier traversier part à midi."],
        ("The last ferry leaves at noon.", 71.5, 59.5, 16.7),
        100.0,
    ),
    (
        [],
        ["Cet article a été traduit automatiquement à partir de l’anglais."],
        "there is no English sentence",
        "a publisher's notice is not judged",
    ),
]

NAME = ("ACC201", "name-mistranslated", Category.NAMED_ENTITY, Severity.CRITICAL, 0.97)
POLARITY = ("ACC301", "negation-lost", Category.POLARITY, Severity.CRITICAL, 0.91)
NUMBER = ("ACC101", "number-changed", Category.NUMBER, Severity.CRITICAL, 0.95)
OMISSION = ("ACC401", "clause-omitted", Category.OMISSION, Severity.MAJOR, 0.82)
SENTENCE = ("ALN101", "sentence-untranslated", Category.OMISSION, Severity.CRITICAL, 0.9)
CALQUE = ("STY201", "calque", Category.CALQUE, Severity.MAJOR, 0.78)
FALSE_FRIEND = ("ACC501", "false-friend", Category.FALSE_FRIEND, Severity.MINOR, 0.6)
AGREEMENT = ("FLU201", "agreement", Category.AGREEMENT, Severity.MINOR, 0.88)
GARBLED = ("FLU101", "garbled", Category.GARBLED, Severity.MAJOR, 0.7)
SPACE = ("LOC101", "space-before-punctuation", Category.LOCALE_PUNCTUATION, Severity.MINOR, 0.99)
HINT = ("STY301", "literal-wording", Category.AWKWARD, Severity.NEUTRAL, 0.4)
TERM = ("TRM101", "term-inconsistent", Category.INCONSISTENT, Severity.MINOR, 0.75)


def corpus() -> CorpusReport:
    """Two articles, one that could not be read, a note."""
    return CorpusReport(
        articles=(ferry(), harvest()),
        signature="marian fr-en 1a2b3c, ctranslate2 int8, beam 4; chrF2++ nrefs:1 case:mixed",
        version="0.1.0",
        unread=(("tariffs", "tariffs/target.fr.txt is empty"),),
        notes=("The models were trained on news up to 2024.",),
    )


def ferry() -> ArticleReport:
    """The article with every kind of finding."""
    pair, beads = build(ROWS)
    found = _findings(beads)
    sentences = []
    for bead, (_, _, back, quality) in zip(beads, ROWS, strict=True):
        signal = NotMeasured(back) if isinstance(back, str) else BackTranslation(*back)
        value = NotMeasured(quality) if isinstance(quality, str) else quality
        mine = tuple(_printed(f) for f in found.get(bead.index, ()))
        sentences.append(SentenceReport(bead, Signals(back_translation=signal), mine, value))
    return ArticleReport(
        pair=pair,
        sentences=tuple(sentences),
        findings=(_printed(_wide(beads)),),
        score=Score(81, 1777.8, 0.0, 44.2, 64.9, 38.5, enough_text=False),
        skipped=(Skipped("ACC601", "it needs forced decoding, and no translation model was run"),),
        failures=("FLU301 crashed on sentence s5 (ValueError: not a span: [9, 3)).",),
    )


def harvest() -> ArticleReport:
    """A short, clean article without a model's scores."""
    article = make_pair(
        "Apple growers expect a good year.\nPicking starts in September.",
        "Les pomiculteurs s’attendent à une bonne année.\nLa cueillette commence en septembre.",
    )
    sentences = tuple(SentenceReport(b, s, (), 100.0) for b, s in zip(article.beads, article.signals, strict=True))
    why = NotMeasured("no translation model was run")
    return ArticleReport(
        replace(article.pair, id="harvest"), sentences, (), Score(10, 0.0, 100.0, why, why, why, enough_text=False)
    )


def large(sentences: int) -> CorpusReport:
    """The ferry article over and over, as one article of at least so many sentences."""
    pair, beads = build(ROWS * (sentences // len(ROWS) + 1))
    base = ferry()
    reports = []
    for bead in beads:
        like = base.sentences[bead.index % len(ROWS)]
        by = (bead.source_start - like.bead.source_start, bead.target_start - like.bead.target_start)
        reports.append(replace(like, bead=bead, findings=tuple(_moved(f, *by) for f in like.findings)))
    article = replace(base, pair=pair, sentences=tuple(reports), findings=())
    return replace(corpus(), articles=(article,))


def build(rows) -> tuple[ArticlePair, list[Bead]]:
    """The documents and beads of rows of sentences, one sentence a line."""
    texts = tuple("\n".join(s for row in rows for s in row[side]) + "\n" for side in (0, 1))
    source, target = (
        Document(text, lang, f"ferry/{name}", hashlib.sha256(text.encode()).hexdigest())
        for text, lang, name in zip(texts, ("en", "fr"), ("source.en.txt", "target.fr.txt"), strict=True)
    )
    warnings = ("source.en.txt: 1 line ends in spaces, which were kept.",)
    at, index, beads = {"source": 0, "target": 0}, {"source": 0, "target": 0}, []
    for number, row in enumerate(rows):
        sides = {}
        for side, lines in (("source", row[0]), ("target", row[1])):
            start, sentences = at[side], []
            for text in lines:
                role = "boilerplate" if text.startswith("Cet article a été traduit") else "body"
                span = Span(at[side], at[side] + len(text))
                sentences.append(Sentence(side, index[side], span, text, index[side] + 1, role))
                index[side] += 1
                at[side] += len(text) + 1
            sides[side] = (tuple(sentences), "\n".join(lines), start)
        (s, s_text, s_at), (t, t_text, t_at) = sides["source"], sides["target"]
        beads.append(Bead(number, s, t, s_text, t_text, s_at, t_at, confidence=0.98 if s and t else 0.61))
    return ArticlePair("ferry", source, target, warnings=warnings), beads


def _rule(code, name, category, severity, confidence) -> Rule:
    return Rule(code, name, category, severity, "", "", (), confidence)


def _fr(bead, text, occurrence=0) -> Location:
    at = -1
    for _ in range(occurrence + 1):
        at = bead.target_text.index(text, at + 1)
    return bead.target_at(at, at + len(text))


def _en(bead, text) -> Location:
    at = bead.source_text.index(text)
    return bead.source_at(at, at + len(text))


def _findings(b) -> dict[int, list[Finding]]:
    gap = b[3].target_text.index(" a qualifié")
    harbour = _fr(b[5], "portuaire")
    word = Evidence("probability of “not” given the French", 0.00021, "", "forced decoding, marian fr-en")
    back = Evidence("back-translation", "she would seek", "", "marian fr-en")
    return {
        0: [
            _rule(*CALQUE).finding(
                _fr(b[0], "couper"),
                "“cut … jobs” was translated word for word: posts are not «\u00a0coupés\u00a0».",
                source=_en(b[0], "cut"),
                fix="supprimer",
                evidence=(Evidence("seen in French news", 3, "times in 10 million words", "lexicon"),),
            )
        ],
        1: [
            _rule(*NAME).finding(
                _fr(b[1], "Musgrève"),
                "“Musgrave” became “Musgrève”: a surname must stay as it is.",
                source=_en(b[1], "Musgrave"),
                fix=Fix(_fr(b[1], "Musgrève"), "Musgrave", safe=True),
                evidence=(Evidence("edit distance", 1, "letter"), Evidence("spelling elsewhere", "Musgrave, line 8")),
            ),
            _rule(*POLARITY).finding(
                _fr(b[1], "chercherait"),
                "“would not seek” lost its negation: “chercherait” says the opposite.",
                source=_en(b[1], "would not seek"),
                fix="ne chercherait pas",
                evidence=(word, back),
            ),
            _rule(*NUMBER).finding(_fr(b[1], "2025"), "“2026” became “2025”.", source=_en(b[1], "2026"), fix="2026"),
        ],
        2: [
            _rule(*FALSE_FRIEND).finding(
                _fr(b[2], "les routes de fret"),
                "“routes” of ships are “lignes”; “routes” are roads.",
                source=_en(b[2], "Cargo routes"),
                fix="les lignes de fret",
            ),
            _rule(*HINT).finding(
                _fr(b[2], "routes de fret ne sont pas affectées"),
                "“not affected” may read better as “ne sont pas concernées”.",
                source=_en(b[2], "routes are not affected"),
            ),
        ],
        3: [
            _rule(*OMISSION).finding(
                b[3].target_at(gap, gap),
                "“which represents 900 sailors” is missing from the translation.",
                source=_en(b[3], "which represents 900 sailors"),
                evidence=(Evidence("words without a counterpart", 4, "words", "contrastive coverage"),),
            )
        ],
        4: [
            _rule(*SPACE).finding(
                _fr(b[4], " ", occurrence=9),
                "An ordinary space stands before “!”; <b>French</b> wants a narrow no-break space.",
                fix=Fix(_fr(b[4], " ", occurrence=9), NNB, safe=True),
            )
        ],
        5: [
            _rule(*GARBLED).finding(
                _fr(b[5], "cafe\u0301 du portuaire reste ouverte"),
                "“cafe\u0301 du portuaire” is no French phrase.",
                source=_en(b[5], "harbour café"),
                fix=Fix(harbour, "port"),
            ),
            _rule(*AGREEMENT).finding(
                _fr(b[5], "ouverte"), "“ouverte” does not agree with “cafe\u0301”, which is masculine.", fix="ouvert"
            ),
        ],
        7: [
            _rule(*SENTENCE).finding(
                b[7].target_at(0, 0),
                "“The union meets again on Friday.” has no translation.",
                source=b[7].source_at(0, len(b[7].source_text)),
            )
        ],
    }


def _wide(b) -> Finding:
    return _rule(*TERM).finding(
        _fr(b[0], "ferry"),
        "“ferry” is “ferry” on line 1 and “traversier” on line 8.",
        source=_en(b[0], "Ferry"),
        related=(_fr(b[8], "traversier"), _en(b[8], "traversal")),
        article_wide=True,
        evidence=(Evidence("translations of “ferry”", "ferry (1), traversier (1)"),),
    )


def _printed(finding: Finding) -> Finding:
    digest = hashlib.sha256(f"{finding.code} {finding.target.text} {finding.message}".encode()).hexdigest()
    return replace(finding, fingerprint=digest[:16])


def _moved(finding: Finding, source_by: int, target_by: int) -> Finding:
    def move(place: Location | None) -> Location | None:
        by = {"source": source_by, "target": target_by}
        return place and replace(place, span=place.span.shift(by[place.side]))

    fix = finding.fix and replace(finding.fix, location=move(finding.fix.location))
    return replace(finding, target=move(finding.target), source=move(finding.source), fix=fix)
