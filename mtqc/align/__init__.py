"""Sentence beads and word links: which stretches of the two texts translate each other."""
