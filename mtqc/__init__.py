"""mtqc: a quality checker for machine-translated articles, English to French."""

__version__ = "0.1.0"
