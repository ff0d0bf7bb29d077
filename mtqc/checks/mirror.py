"""A pair seen the other way round, so that what was written for one direction can look at the other."""

from __future__ import annotations

from dataclasses import replace

from mtqc.model import BackTranslation, Bead, BeadLinks, NotMeasured, PseudoReference, Signals, WordPair


def mirrored(bead: Bead) -> Bead:
    """Original and translation changed about: of an English translation, English is then the source side."""
    return Bead(
        bead.index,
        tuple(replace(s, side="source") for s in bead.target),
        tuple(replace(s, side="target") for s in bead.source),
        bead.target_text,
        bead.source_text,
        bead.target_start,
        bead.source_start,
        bead.confidence,
        bead.langs[::-1],
    )


def mirrored_signals(signals: Signals) -> Signals:
    """The signals of the mirrored bead, as far as they have a counterpart.

    What a model made of the original is, seen from the other side, a back-translation; its scores are not kept.
    """
    own, links = signals.pseudo_reference, signals.links
    back = BackTranslation(own.text, own.chrf, 0.0, 0.0) if isinstance(own, PseudoReference) else own
    if isinstance(links, BeadLinks):
        pairs = (WordPair(p.target, p.source, p.score) for p in links.pairs)
        links = BeadLinks(tuple(sorted(pairs)), links.origin)
    return Signals(
        back_translation=back if isinstance(back, BackTranslation | NotMeasured) else NotMeasured("no translation"),
        forced_source=signals.forced_target,
        forced_target=signals.forced_source,
        links=links,
    )
