"""Articles, read top to bottom: sentences → back-translation → beads → signals → findings → report."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from mtqc import __version__, judgement, optional, signals
from mtqc.align.sentences import ABSTAIN_BELOW, AlignSettings, align, article_confidence, is_sure
from mtqc.checks import ArticleCheck, Check
from mtqc.checks.base import directions, judges
from mtqc.config import Settings, check_key, content, thresholds
from mtqc.errors import CheckCrashed, MtqcError
from mtqc.gate import NOTHING_RAN
from mtqc.measuring import Direction, Models, back_translate, measure
from mtqc.model import (
    NO_MODEL,
    AlignedArticle,
    ArticlePair,
    ArticleReport,
    BackTranslation,
    Bead,
    CorpusReport,
    Document,
    Finding,
    NotMeasured,
    Score,
    Sentence,
    SentenceReport,
    Severity,
    Side,
    Signals,
    Skipped,
)
from mtqc.placing import homes, order
from mtqc.policy import fingerprint, without_duplicates
from mtqc.rules import Rule
from mtqc.scoring import ENOUGH_WORDS, count_words, penalty, per_1000_words, quality
from mtqc.text.boilerplate import mark_boilerplate
from mtqc.text.sentences import split
from mtqc.together import each, together
from mtqc.translate.base import Progress

LANGUAGES = {"en": "English", "fr": "French"}
NOTICE = NotMeasured("boilerplate is not translated")
Found = TypeVar("Found")


def signature(settings: Settings, models: Models | None) -> str:
    """Everything that can change a number in a report, in one line."""
    fields = ";".join(f"{check_key(c)}:{thresholds(c)}{content(c) or ''}" for c in settings.checks)
    fields += f";{judgement.signature()};{AlignSettings()};{ABSTAIN_BELOW};{optional.signature(settings)}"
    fields += "".join(f";{lang}" for lang in settings.langs)
    fields += f";desk:{sorted(settings.desk.items())}" if settings.desk else ""
    digest = hashlib.sha256(fields.encode()).hexdigest()[:12]
    engine = models.signature if models else "none"
    return f"mtqc:{__version__}|checks:{digest}|model:{engine}|{signals.signatures()}"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article on its way: its sentences, then their back-translations, then its beads."""

    pair: ArticlePair
    source: tuple[Sentence, ...] = ()
    target: tuple[Sentence, ...] = ()
    hypotheses: tuple[str | NotMeasured, ...] = ()
    beads: tuple[Bead, ...] = ()


def check_article(
    pair: ArticlePair, settings: Settings, models: Models | None, progress: Progress | None = None
) -> ArticleReport:
    """Everything that mtqc knows about one article. Raises MtqcError where it cannot be judged."""
    return _only(check_articles([pair], settings, models, progress))


def check_articles(
    pairs: Sequence[ArticlePair], settings: Settings, models: Models | None, progress: Progress | None = None
) -> list[ArticleReport | MtqcError]:
    """The report on each article, in order, or why there is none. A model's batches are filled across the articles.

    All are of one direction, that of the models. Raises ModelError where a model itself fails, MemoryError.
    """
    return each(lambda article: judge_article(article, settings), align_articles(pairs, models, progress))


def judge_article(article: AlignedArticle, settings: Settings) -> ArticleReport:
    """The report on an article that is aligned and measured already."""
    article = judgement.with_doubts(optional.estimated(article, settings))
    findings, skipped, failures = run_checks(article, settings)
    failures = [*_doubts(article), *failures]
    return _report(article, findings, skipped, failures, settings)


def align_article(pair: ArticlePair, models: Models | None, progress: Progress | None = None) -> AlignedArticle:
    """Sentences, their back-translations, beads, and the signals of each bead. Raises MtqcError."""
    return _only(align_articles([pair], models, progress))


def align_articles(
    pairs: Sequence[ArticlePair], models: Models | None, progress: Progress | None = None
) -> list[AlignedArticle | MtqcError]:
    """The same of many articles, in order, or why one could not be aligned. Raises ModelError, MemoryError."""
    return together(lambda drafts: _measured(drafts, models), _drafts(pairs, models, progress))


def align_sentences(
    pair: ArticlePair, models: Models | None, progress: Progress | None = None
) -> tuple[tuple[Bead, ...], dict[int, str | NotMeasured]]:
    """Beads, and back-translations by the index of the translation's sentence. Raises MtqcError."""
    draft = _only(_drafts([pair], models, progress))
    return draft.beads, dict(enumerate(draft.hypotheses))


def _only(found: list[Found | MtqcError]) -> Found:
    [one] = found
    if isinstance(one, MtqcError):
        raise one
    return one


def _drafts(pairs: Sequence[ArticlePair], models: Models | None, progress: Progress | None) -> list[Draft | MtqcError]:
    split_up = each(_split, [Draft(p) for p in pairs])
    translated = together(lambda drafts: _back_translated(drafts, models, progress), split_up)
    return each(lambda d: replace(d, beads=align(d.source, d.target, d.hypotheses, d.pair)), translated)


def _split(draft: Draft) -> Draft:
    source = _sentences(draft.pair.source, "source")
    target = _sentences(draft.pair.target, "target")
    return replace(draft, source=source, target=target)


def _sentences(document: Document, side: Side) -> tuple[Sentence, ...]:
    return mark_boilerplate(split(document.text, side, document.lang), document.blocks)


def _back_translated(drafts: Sequence[Draft], models: Models | None, progress: Progress | None) -> list[Draft]:
    body = [s.text for d in drafts for s in d.target if s.role == "body"]
    done = iter([NO_MODEL] * len(body) if models is None else back_translate(body, models, progress))
    return [replace(d, hypotheses=tuple(next(done) if s.role == "body" else NOTICE for s in d.target)) for d in drafts]


def _measured(drafts: Sequence[Draft], models: Models | None) -> list[AlignedArticle]:
    beads = [b for d in drafts for b in d.beads]
    texts = [[d.hypotheses[s.index] for s in b.target] for d in drafts for b in d.beads]
    signals = iter(measure(beads, texts, models))
    return [AlignedArticle(d.pair, d.beads, tuple(islice(signals, len(d.beads)))) for d in drafts]


def _doubts(article: AlignedArticle) -> list[str]:
    sure = article_confidence(article.beads)
    if isinstance(sure, NotMeasured) or sure >= ABSTAIN_BELOW:
        return []
    return [
        "The two texts do not seem to be translations of each other"
        f" (alignment confidence {sure:.2f}): check that the files belong together and"
        " that nothing is missing."
    ]


def run_checks(article: AlignedArticle, settings: Settings) -> tuple[list[Finding], list[Skipped], list[str]]:
    """All findings of the selected rules, what was skipped and why, and what failed."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    failures: list[str] = []
    ran = False
    for check in (*settings.checks, *optional.asked(settings)):
        rules = [r for r in check.rules if settings.policy.selects(r.code, r.name, article.pair.target.path)]
        if not rules:
            continue
        if not judges(check, article):
            skipped += [Skipped(r.code, f"only {_judged(check)} are judged") for r in rules]
            continue
        skipped += _unmet(article, rules)
        found = _find(check, article)
        if isinstance(found, CheckCrashed):
            failures.append(str(found))
        elif isinstance(found, NotMeasured):
            skipped += [Skipped(r.code, found.reason) for r in rules]
        else:
            ran = ran or any(_met(article, r) for r in rules)
            codes = {r.code for r in rules}
            findings += [settings.policy.apply(_calibrated(f, settings)) for f in found if f.code in codes]
    failures += optional.unanswered(article, settings)
    failures += [] if ran or failures else [NOTHING_RAN]
    return without_duplicates(findings), skipped, failures


def _calibrated(f: Finding, settings: Settings) -> Finding:
    return replace(f, confidence=judgement.calibrated(f.code, f.confidence, settings.desk))


def _judged(check: Check) -> str:
    return " and ".join(f"{LANGUAGES.get(d[-2:], d[-2:])} translations" for d in directions(check))


def _find(check: Check, article: AlignedArticle) -> list[Finding] | NotMeasured | CheckCrashed:
    try:
        return optional.judged(check, article) if isinstance(check, optional.Judge) else _found(check, article)
    except Exception as error:  # a third party's check may raise anything; the run goes on
        return error if isinstance(error, CheckCrashed) else _crashed(check, error)


def _found(check: Check, article: AlignedArticle) -> list[Finding]:
    if isinstance(check, ArticleCheck):
        return list(check.find_in_article(article))
    pairs = article.pairs
    sure = [(b, s) for b, s in pairs if is_sure(b)]
    return [f for bead, measured in sure for f in check.find(bead, measured)]


def _crashed(check: Check, error: Exception) -> CheckCrashed:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.name}, line {last.lineno}"
    return CheckCrashed(
        f"The check “{check_key(check)}” crashed ({type(error).__name__}: {error}; in {place}).",
        hint="Its findings are missing here; please report this with the two texts.",
    )


def _met(article: AlignedArticle, rule: Rule) -> bool:
    """True where the rule has what it needs on one pair of sentences at least, or there are none."""
    return not article.pairs or any(not rule.unmet(s) for _, s in article.pairs)


def _unmet(article: AlignedArticle, rules: Sequence[Rule]) -> list[Skipped]:
    skipped = []
    pairs = article.pairs
    for rule in rules:
        reasons = [why for _, s in pairs if (why := rule.unmet(s))]
        if reasons:
            share = "" if len(reasons) == len(pairs) else f"{len(reasons)} of {len(pairs)} sentences: "
            skipped.append(Skipped(rule.code, share + reasons[0]))
    return skipped


def _report(
    article: AlignedArticle,
    findings: Sequence[Finding],
    skipped: Sequence[Skipped],
    failures: Sequence[str],
    settings: Settings,
) -> ArticleReport:
    placed: list[list[Finding]] = [[] for _ in article.beads]
    wide: list[Finding] = []
    home, lang = homes(article.beads), article.pair.target.lang
    for f in findings:
        index = home(f)
        bead = article.beads[index]
        signed = replace(f, fingerprint=fingerprint(f, bead.source_text, bead.target_text))
        (wide if f.article_wide else placed[index]).append(signed)
    sentences = tuple(
        SentenceReport(b, s, tuple(sorted(fs, key=order)), _sentence_quality(b, s, fs, settings, lang))
        for b, s, fs in zip(article.beads, article.signals, placed, strict=True)
    )
    everything = [f for fs in placed for f in fs] + wide
    return ArticleReport(
        pair=article.pair,
        sentences=sentences,
        findings=tuple(sorted(wide, key=order)),
        score=_score(article, everything, settings),
        skipped=tuple(skipped),
        failures=tuple(failures),
    )


def _sentence_quality(
    bead: Bead, measured: Signals, findings: Sequence[Finding], settings: Settings, target_lang: str
) -> float | NotMeasured:
    """100 less the percent probability of a serious error; without the models, 100 less the penalty per 100 words."""
    if bead.is_boilerplate:
        return NotMeasured("boilerplate is not judged")
    wrong = judgement.serious(bead, measured, findings, target_lang)
    if isinstance(wrong, NotMeasured):
        return quality(penalty(findings, settings.weights), count_words(bead.source_text or bead.target_text))
    return 100 * (1 - wrong)


def _score(article: AlignedArticle, findings: Sequence[Finding], settings: Settings) -> Score | NotMeasured:
    word_count = sum(count_words(b.source_text) for b in article.beads)
    if not word_count:
        return NotMeasured("the original has no words")
    points = penalty(findings, settings.weights)
    measured = [(s.back_translation, b) for b, s in article.pairs]
    counted = [v.counts or signals.counts(v.text, b.source_text) for v, b in measured if isinstance(v, BackTranslation)]
    void = NotMeasured("no sentence could be back-translated")
    bleu, chrf, ter = signals.added_up(counted) if counted else (void, void, void)
    return Score(
        words=word_count,
        mqm_per_1000_words=per_1000_words(points, word_count),
        quality=quality(points, word_count),
        bleu=bleu,
        chrf=chrf,
        ter=ter,
        enough_text=word_count >= ENOUGH_WORDS,
    )


def corpus_report(
    articles: Iterable[ArticleReport], settings: Settings, models: Models | None, unread: Sequence[tuple[str, str]] = ()
) -> CorpusReport:
    """Articles folded into what every writer takes."""
    return CorpusReport(tuple(articles), signature(settings, models), __version__, tuple(unread))


__all__ = [
    "Direction",
    "Models",
    "Severity",
    "align_article",
    "align_articles",
    "align_sentences",
    "check_article",
    "check_articles",
    "corpus_report",
    "run_checks",
]
