"""Marian models: translating and forced decoding. Only here: ctranslate2, transformers, torch, sentencepiece."""
