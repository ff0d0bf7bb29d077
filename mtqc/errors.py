"""The error tree. Every error that reaches a user is one of these.

MtqcError
├── UsageError     wrong options or arguments                          exit 2
├── ConfigError    mtqc.toml or [tool.mtqc] is wrong                   exit 2
├── InputError     a text cannot be read, or is not what it should be  exit 2
├── ModelError     a model cannot be had, loaded or run                exit 3
└── CheckCrashed   a check raised; the other checks still ran          exit 3
"""

from __future__ import annotations

PASSED, GATE_FAILED, BAD_INPUT, NOT_JUDGED = 0, 1, 2, 3
"""The four exit codes (docs/exit-codes in README): passed, gate failed, input or usage error, could not judge."""


class MtqcError(Exception):
    """One sentence that says what and where (`message`), one that says what to do (`hint`)."""

    exit_code: int = BAD_INPUT

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(MtqcError):
    """The command line asks for something that cannot be."""


class ConfigError(MtqcError):
    """A configuration file holds an unknown key or a wrong value."""


class InputError(MtqcError):
    """A text is missing, unreadable, empty, or not in the language it should be in."""


class ModelError(MtqcError):
    """A translation model cannot be found, loaded or run."""

    exit_code = NOT_JUDGED


class CheckCrashed(MtqcError):  # noqa: N818 -- the design names it so
    """A check raised an exception; its findings are missing from the report."""

    exit_code = NOT_JUDGED
