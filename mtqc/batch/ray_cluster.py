"""A Ray cluster: reached, looked over before work begins, left again. Ray is imported when it is asked for."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtqc import __version__
from mtqc.errors import ModelError, UsageError
from mtqc.translate.batching import cores

LOCAL_STORE = 256 * 2**20
"""Bytes of shared memory of a Ray that mtqc starts itself: what waits to be judged, a few chunks a worker."""
_KNOCK = 5.0
"""Seconds until a port that does not answer counts as closed."""
_JOIN = 40.0
"""Seconds that a cluster gets to let this machine in; Ray itself tries for minutes where the port is another's."""
_LOOK = 90.0
"""Seconds that the machines get to say what they see: the first process on each has to start."""
_QUIET: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
_DEBUG = bool(os.environ.get("MTQC_DEBUG"))
_START = "Start one with “ray start --head”, or leave --address out: mtqc then starts Ray on this machine alone."


@dataclass(frozen=True, slots=True)
class Workers:
    """How many workers there are to be, and how many CPUs each has."""

    count: int
    cpus: int


def require() -> None:
    """Raise UsageError where Ray is not installed."""
    if importlib.util.find_spec("ray") is None:
        raise UsageError("--engine ray needs Ray, which is not installed.", hint="pip install 'mtqc[ray]'")


def _ray() -> Any:
    """The module. It reads the environment when it is imported."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told of the run
    if not _DEBUG:
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what concerns the run is said in its own words
    return importlib.import_module("ray")


@contextmanager
def connected(address: str, threads: int) -> Iterator[Any]:
    """Ray, connected: at the address, else that of RAY_ADDRESS, else started here with a CPU a thread.

    A connection that there is already is used, and stays. Raises UsageError where there is no cluster.
    """
    require()
    if "ray" in sys.modules and _ray().is_initialized():
        yield _ray()
        return
    address = address or os.environ.get("RAY_ADDRESS", "")
    if address:
        _rehearse(address := _known(address))
    ray = _ray()
    try:
        with _hushed():
            _join(ray, address) if address else _start(ray, cores(threads))
        yield ray
    finally:
        ray.shutdown()


@contextmanager
def _hushed() -> Iterator[None]:
    """Ray's libraries write about themselves to stderr when they start; not to the user's, unless MTQC_DEBUG is set."""
    if _DEBUG:
        yield
        return
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _known(address: str) -> str:
    """HOST:PORT, and somebody listens there."""
    place = _current() if address == "auto" else address
    host, colon, port = place.rpartition(":")
    if not colon or not port.isdecimal() or "/" in host:
        hint = "Give HOST:PORT as “ray start --head” prints it, and start mtqc on one of the cluster's machines."
        raise UsageError(f"--address {address}: that is no address of a Ray cluster.", hint=hint)
    try:
        socket.create_connection((host.strip("[]"), int(port)), _KNOCK).close()
    except (OSError, OverflowError) as error:
        raise UsageError(f"No Ray cluster answers at {place} ({error}).", hint=_START) from None
    return place


def _current() -> str:
    """Where the cluster is that was last started on this machine."""
    try:
        return (Path(os.environ.get("RAY_TMPDIR") or tempfile.gettempdir()) / "ray" / "ray_current_cluster").read_text()
    except OSError:
        raise UsageError("--address auto: no Ray cluster was started on this machine.", hint=_START) from None


def _rehearse(address: str) -> None:
    """Let a process that can be stopped join first: Ray waits for minutes where it is not let in."""
    if not os.environ.get("RAY_AUTH_MODE") and (Path.home() / ".ray" / "auth_token").exists():
        os.environ["RAY_AUTH_MODE"] = (
            "token"  # as “ray start” takes it; a cluster that asks for none lets it in as well
        )
    code = "import ray, sys; ray.init(sys.argv[1], log_to_driver=False)"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, address], check=False, capture_output=True, text=True, timeout=_JOIN
        )
    except subprocess.TimeoutExpired:
        raise _shut(address, f"it did not answer within {_JOIN:.0f} seconds") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise _shut(address, said[-1] if said else "it did not say why")


def _shut(address: str, why: str) -> UsageError:
    hint = "Ray and Python must have the same version here and there. Does it ask for a token? RAY_AUTH_MODE=token"
    reason = why.partition(". ")[0].rstrip(".")
    return UsageError(f"The Ray cluster at {address} cannot be joined: {reason}.", hint=hint)


def _join(ray: Any, address: str) -> None:
    try:
        ray.init(address, **_QUIET)
    except (Exception, SystemExit) as error:  # Ray ends the program where it waited in vain
        raise _shut(address, _why(error)) from None


def _start(ray: Any, cpus: int) -> None:
    own: dict[str, Any] = {"num_cpus": cpus, "object_store_memory": LOCAL_STORE, "include_dashboard": False}
    try:
        ray.init("local", _node_ip_address="127.0.0.1", **own, **_QUIET)
    except (Exception, SystemExit) as error:
        hint = "Leave --engine ray out to judge on this machine without Ray."
        raise UsageError(f"Ray cannot be started on this machine: {_why(error)}", hint=hint) from None


def look_over(ray: Any, folder: Path, jobs: int, threads: int) -> Workers:
    """Ask every machine that can work whether it has this mtqc and sees this folder; the workers that they can have.

    Raises UsageError that names the machine where one is not fit.
    """
    nodes = [n for n in ray.nodes() if n["Alive"] and n["Resources"].get("CPU", 0) >= 1]
    if not nodes:
        raise UsageError("No machine of the Ray cluster has a CPU to work with.", hint="Add one with “ray start”.")
    token = secrets.token_hex(8)
    mark = folder / f"seen-{token}"
    mark.write_text(token)
    try:
        for told in _asked(ray, nodes, str(mark), token):
            _fit(*told, folder)
    finally:
        for path in folder.glob(f"{mark.name}*"):
            path.unlink(missing_ok=True)
    cpus = [int(n["Resources"]["CPU"]) for n in nodes]
    count = jobs or sum(cpus)
    return Workers(count, max(1, min(sum(cpus) // count, *cpus, cores(threads) if threads else sum(cpus))))


def _asked(ray: Any, nodes: Sequence[dict[str, Any]], mark: str, token: str) -> list[tuple[str, str, str]]:
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    remote = ray.remote(num_cpus=0, max_retries=0)(_looker())
    asked = [
        remote.options(scheduling_strategy=NodeAffinitySchedulingStrategy(n["NodeID"], soft=False)).remote(mark, token)
        for n in nodes
    ]
    try:
        found: list[tuple[str, str, str]] = ray.get(asked, timeout=_LOOK)
    except (ray.exceptions.GetTimeoutError, ray.exceptions.RayError) as error:
        why = "in time." if isinstance(error, ray.exceptions.GetTimeoutError) else f"as it should: {_why(error)}"
        raise ModelError(f"Not every machine of the Ray cluster answers {why}", hint="See “ray status”.") from None
    return found


def _looker() -> Callable[[str, str], tuple[str, str, str]]:
    """What a machine runs to say its name, its mtqc's version ("": none), and what is wrong with the folder there.

    A function made here goes over the wire as it is, so that it runs where there is no mtqc either.
    """

    def look(mark: str, token: str) -> tuple[str, str, str]:
        import os
        import socket

        try:
            from mtqc import __version__ as version
        except Exception:  # whatever keeps it from being imported there
            version = ""
        host = socket.gethostname()
        try:
            with open(mark) as file:  # noqa: PTH123
                wrong = "" if file.read() == token else "sees another folder"
            with open(f"{mark}-{os.getpid()}", "w") as file:  # noqa: PTH123
                file.write(host)
        except FileNotFoundError:
            wrong = "does not see"
        except OSError as error:
            wrong = f"cannot write ({error.strerror})"
        return host, version, wrong

    return look


def _fit(host: str, version: str, wrong: str, folder: Path) -> None:
    if not version:
        hint = f"Install it there, of version {__version__}, in the environment that runs “ray start”."
        raise UsageError(f"{host}, a machine of the Ray cluster, has no mtqc.", hint=hint)
    if version != __version__:
        hint = f"Install {__version__} there, and start its Ray again."
        raise UsageError(f"{host} has mtqc {version}, and this machine {__version__}.", hint=hint)
    if wrong:
        hint = "Give an --output that all machines of the cluster see under the same path, and may write to."
        raise UsageError(f"{host}, a machine of the Ray cluster, {wrong} {folder}.", hint=hint)


def _why(error: BaseException) -> str:
    """What Ray says, its first line, as a sentence."""
    said = "" if isinstance(error, SystemExit) else next(iter(str(error).splitlines()), type(error).__name__)
    return f"{said.rstrip('.') or 'it did not answer'}."
