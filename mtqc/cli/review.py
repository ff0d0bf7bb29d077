"""`mtqc review`: the editors' page over a run, in the browser; or, without it, what its decisions come to."""

from __future__ import annotations

import contextlib
import getpass
import secrets
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli import showing as screen
from mtqc.cli.common import ConfigOption, Options, settings, warn
from mtqc.cli.options import LangOption
from mtqc.cli.report import RunArgument
from mtqc.errors import UsageError

if TYPE_CHECKING:
    import socket

    from mtqc.model import CorpusReport
    from mtqc.review.store import Store


def review(
    run: RunArgument,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Port on this machine (default: a free one).")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, and open no browser.")] = False,
    editor: Annotated[
        str | None, typer.Option("--editor", help="Who decides (default: the login name); the page can change it.")
    ] = None,
    lang: LangOption = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Folder: write what was decided so far into it, and open no page.")
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", help="With --export: corrected, decisions, tmx, xliff or marot; repeatable."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Decide on each finding of a run in the browser, and correct the translation; kept beside the run."""
    from mtqc.review import carried
    from mtqc.review.store import Store, beside

    if form and export is None:
        raise UsageError("--format without --export.", hint="Name the folder: --export FOLDER.")
    language = screen.language(lang or settings(Options(config=config)).interface)
    report = screen.read_run(run)
    if export is not None:
        _export(report, run, export, tuple(form or ()))
        return
    store = Store(beside(run))
    before = store.belong(carried.digest(run), report.signature)
    events = store.events()
    report = carried.reviewed(report, events)
    if said := carried.told(report, events, before):
        warn(said)
    _serve(report, store, _socket(store, port), language, _name(editor), not no_browser)


def _export(report: CorpusReport, run: Path, folder: Path, kinds: tuple[str, ...]) -> None:
    """Files of what was decided so far."""
    from mtqc.review import carried
    from mtqc.review.exports import export
    from mtqc.review.store import beside, read

    events = read(beside(run))
    report = carried.reviewed(report, events)
    if said := carried.told(report, events, None):
        warn(said)
    if not events:
        warn(f"{run}: nobody decided on anything in it yet.")
    for path in export(report, events, folder, kinds):
        typer.echo(path)


def _name(editor: str | None) -> str:
    """As the page would take it. Without a login name: none, and the page says so."""
    from mtqc.report.phrases import harmless
    from mtqc.review.decisions import MAX_NAME

    if editor is None:
        try:
            editor = getpass.getuser()
        except (OSError, KeyError):
            editor = ""
    return harmless(editor).strip()[:MAX_NAME]


def _socket(store: Store, port: int | None) -> socket.socket:
    """On the port that was asked for; else on that of the last time, where browsers keep what is not saved yet."""
    from mtqc.review.app import listen

    if port is not None:
        return listen(port)
    last = store.remembered("port")
    try:
        return listen(int(last) if last.isdecimal() else 0)
    except UsageError:
        return listen()


def _serve(report: CorpusReport, store: Store, sock: socket.socket, language: str, editor: str, browser: bool) -> None:
    """Answer until Ctrl-C."""
    from mtqc.review import app

    store.remember("port", str(sock.getsockname()[1]))
    token = secrets.token_urlsafe(32)
    address = app.address(sock, token)
    typer.echo(f"{address}\nDecisions are in {store.path} at once. Ctrl-C ends the page.")
    if browser:  # a text browser would keep us from answering it
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        # uvicorn raises the signal again once it has closed, which says nothing where a parent had it ignored
        with contextlib.suppress(KeyboardInterrupt):
            app.serve(app.create(report, store, token=token, lang=language, editor=editor), sock)
        typer.echo("\nThe page is closed.")
    finally:
        store.close()
