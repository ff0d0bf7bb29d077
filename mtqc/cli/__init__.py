"""The command line: one short module a command; nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import sys
import traceback

from mtqc.errors import NOT_JUDGED, MtqcError


def main() -> None:
    """Entry point of `mtqc`. Every error becomes one clear sentence on standard error and its exit code."""
    from mtqc.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except MtqcError as error:
        _say(error.message, error.hint)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("interrupted: nothing was judged to the end.", "")
        sys.exit(NOT_JUDGED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(NOT_JUDGED)
    except Exception as error:  # no traceback reaches a user who did not ask for it
        _internal(error)
        sys.exit(NOT_JUDGED)


def _say(message: str, hint: str) -> None:
    print(f"mtqc: error: {message}", file=sys.stderr)
    if hint:
        print(f"  {hint}", file=sys.stderr)


def _internal(error: Exception) -> None:
    if os.environ.get("MTQC_DEBUG"):
        traceback.print_exc()
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}, line {last.lineno}"  # noqa: PTH119 -- pathlib is not needed otherwise
    _say(
        f"internal fault ({type(error).__name__}: {error}; {place}).",
        "This is a bug in mtqc: please report it with the two texts. MTQC_DEBUG=1 shows the traceback.",
    )
