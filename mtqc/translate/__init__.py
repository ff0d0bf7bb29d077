"""Marian models: translating and forced decoding. Only here: ctranslate2, transformers, torch, sentencepiece.

`load_engine().translator.translate(["Bonjour."])` translates with the shipped model through CTranslate2;
`load_engine().scorer.score([("Bonjour.", "Hello.")])` says how probable that model finds “Hello.”.
"""

from mtqc.translate.engine import DEFAULT_BEAM, Engine, load_engine

__all__ = ["DEFAULT_BEAM", "Engine", "load_engine"]
