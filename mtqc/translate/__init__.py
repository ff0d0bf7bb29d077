"""Marian models: translating and forced decoding. The only importer of ctranslate2, transformers, torch, sentencepiece."""
