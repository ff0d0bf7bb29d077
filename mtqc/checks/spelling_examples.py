"""Executed examples of the spelling rules, written for this project."""

from __future__ import annotations

from mtqc.rules import Example

NON_WORD_EXAMPLES = (
    Example("The doctor came at once.", "Le médecinr est venu aussitôt.", "médecinr"),
    Example("She folded her clothes.", "Elle a plié ses têtements.", "têtements"),
    Example("Its skin began to wrinkle.", "Sa peau commençait à se frocher.", "frocher", note="no word is near"),
    Example("He posted a selfie with the tagine.", "Il a publié un selfie avec le tajine.", note="rare, but French"),
    Example("They study the biosatellite.", "Ils étudient le biosatellite.", note="the English has the word"),
    Example("A hyperlocal, anti-plastic market.", "Un marché hyperlocal et antiplastique.", note="prefixes"),
    Example("Fossil hominids were found.", "Des hominidés fossiles ont été trouvés.", note="a shared term"),
    Example("They say “schmilblick” here.", "Ici, on dit « schmilblick ».", note="quoted"),
    Example("Montenegrins voted.", "Des élus monténégrins ont voté ; il faut connaitre la loi.", note="people; 1990"),
    Example("Il a refusé de dire pourquoi.", "He refsued to say why.", "refsued", langs=("fr", "en")),
    Example("Ils ont dénucléarisé la région.", "They saw the region denuclearised.", langs=("fr", "en")),
)
