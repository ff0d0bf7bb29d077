"""One family a file; CHECKS is the explicit, ordered registry."""

from __future__ import annotations

from mtqc.checks.base import ArticleCheck, BeadCheck, Check

CHECKS: tuple[Check, ...] = ()

__all__ = ["CHECKS", "ArticleCheck", "BeadCheck", "Check"]
