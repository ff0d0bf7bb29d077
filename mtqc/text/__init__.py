"""Pure string work: offsets, sentences, tokens, numbers, names, typography; language facts for English and French."""
