"""The editors' local page: findings are decided on, sentences corrected, and both are remembered."""
