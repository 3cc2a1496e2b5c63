"""What other programs call, and the command line too: read the inputs, climb, report."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator import catalogue, config
from validator.config import Configuration, File, Secrets, Unreadable
from validator.destinations import destination
from validator.foreign import shown
from validator.model import Problem, Report
from validator.rehearsal import Climb, Interruption, Options, Run, rehearse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from validator.http.session import Network
    from validator.model import Outcome, Result
    from validator.sandbox import Sandbox

__all__ = ["Interruption", "Options", "Order", "Usage", "explain", "load", "run", "validate"]


class Usage(Exception):
    """What was asked for cannot be done; the message says why, in a sentence."""


@dataclass(frozen=True)
class Order:
    """Everything asked of one run. `worlds` None: production; `timeout` is in seconds, per request."""

    paths: Sequence[str] = ()
    options: Options = field(default_factory=Options)
    worlds: Sequence[str] | None = None
    supplied: Mapping[str, str] = field(default_factory=dict, repr=False)
    product: str | None = None
    fix: Callable[[bytes], object] | None = None
    """Takes the repaired standard input; without it nothing is repaired."""
    exact: bool = False
    """Find where each value at fault ends, and how its repair would be written."""
    timeout: float = 30.0
    ca_bundle: str | None = None
    log: Callable[[str], None] = lambda _: None
    observe: Callable[[str, Iterable[Outcome]], None] = lambda *_: None
    progress: Callable[[int, int], None] = lambda *_: None
    """Told how many configurations are done, and of how many; by any thread."""
    interruption: Interruption = field(default_factory=Interruption)


def load(path: str, environ: Mapping[str, str] = os.environ) -> list[Configuration]:
    """Read the configurations of one file. Raise `config.Unreadable`."""
    data = config.Input(path, Path(path), named=True).read()
    return config.load(path, data, environ=environ, offline=True, folder=Path(path).parent)


def validate(paths: Sequence[str], **options: Any) -> Report:  # noqa: ANN401 - the fields of Options
    """Rehearse the publish step on every configuration found in `paths`. Raise Usage."""
    return run(Order(paths, Options(**options)))


def explain(text: str) -> catalogue.Diagnosis:
    """Say what an error text means."""
    return catalogue.diagnose(text)


def run(order: Order) -> Report:
    """Carry an order out. Raise Usage."""
    started, clock = datetime.now(UTC), time.monotonic()
    with ExitStack() as stack:
        sandbox = stack.enter_context(_sandbox(order.worlds)) if order.worlds is not None else None
        network = None if order.options.offline else stack.enter_context(closing(_network(order, sandbox)))
        configurations, problems = _read(order, sandbox)
        results = _climb(order, network, configurations)
    return Report(
        environment="production" if sandbox is None else "sandbox",
        started_at=started.strftime("%Y-%m-%dT%H:%M:%SZ"),
        duration_seconds=round(time.monotonic() - clock, 3),
        problems=tuple(problems),
        results=tuple(results),
    )


def patches(order: Order) -> tuple[list[str], list[Problem]]:
    """Give what could be repaired in each file as a patch, and what could not be read. Raise Usage."""
    from validator.fixing import patch  # noqa: PLC0415 - most runs repair nothing

    files, problems = _files(order, {})
    _chosen(order, [one for file in files for one in file.configurations])
    found = [patch(file, order.options, order.product) for file in files if file.configurations]
    return [each for each in found if each], problems


def _climb(order: Order, network: Network | None, configurations: Sequence[Configuration]) -> list[Result]:
    run_ = Run(order.options, network, order.observe, _counter(order, len(configurations)))
    climbs = [Climb(run_, found, destination(found.destination)) for found in configurations]
    if network is not None:
        results = rehearse(climbs, order.options.jobs, order.interruption)
    else:
        for climb in climbs:
            climb.climb()
        results = [climb.result() for climb in climbs]
    return [_exact(*pair) for pair in zip(configurations, results, strict=True)] if order.exact else results


def _counter(order: Order, total: int) -> Callable[[], None]:
    done = count()  # atomic, which `+= 1` is not
    order.progress(next(done), total)
    return lambda: order.progress(next(done), total)


def _exact(configuration: Configuration, result: Result) -> Result:
    from validator.config.extent import exact  # noqa: PLC0415 - for a few formats alone

    return replace(result, findings=exact(configuration, result.findings))


def _read(order: Order, sandbox: Sandbox | None) -> tuple[list[Configuration], list[Problem]]:
    files, problems = _files(order, sandbox.credentials if sandbox else {})
    chosen = _chosen(order, [one for file in files for one in file.configurations])
    if order.fix:
        chosen = [one for file in files for one in _fixed(order, file, problems)]
    return [_broken(one, sandbox) for one in chosen], problems


def _files(order: Order, credentials: Mapping[str, str]) -> tuple[list[File], list[Problem]]:
    """Read every file; `credentials` override the environment."""
    environ = {**os.environ, **credentials}
    secrets = Secrets(*order.supplied.values())
    files: list[File] = []
    problems: list[Problem] = []
    for each in config.find(order.paths, _here()):
        load = partial(
            config.load,
            each.name,
            environ=environ,
            supplied=order.supplied,
            offline=order.options.offline,
            secrets=secrets,
            named=each.named,
            folder=each.path and each.path.parent,
        )
        try:
            data = each.read()
            files.append(File(each, data, load, load(data)))
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
    if not problems and not any(file.configurations for file in files):
        searched = shown(", ".join(order.paths))
        problems = [Problem(searched, "no lead-destination configuration was found in it")]
    return files, problems


def _fixed(order: Order, file: File, problems: list[Problem]) -> list[Configuration]:
    """Repair a file; one that cannot be written is a problem, and is reported as it is."""
    from validator.fixing import fixed  # noqa: PLC0415 - most runs repair nothing

    try:
        configurations = fixed(file, order.options, order.product, order.fix)
    except Unreadable as unreadable:
        problems.append(unreadable.problem)
        configurations = file.configurations
    return [one for one in configurations if order.product in {None, one.product}]


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise Usage("the current folder is gone") from None


def _chosen(order: Order, found: list[Configuration]) -> list[Configuration]:
    chosen = [one for one in found if order.product is None or one.product == order.product]
    if found and not chosen:
        products = ", ".join(sorted({one.product for one in found if one.product})) or "none"
        raise Usage(f"no configuration of that product was found; the products here are: {products}")
    if found and (unmatched := config.unmatched(order.supplied, chosen)):
        raise Usage(f"--secret: no configuration has a credential {', '.join(unmatched)}")
    return chosen


def _broken(configuration: Configuration, sandbox: Sandbox | None) -> Configuration:
    """Break a configuration as the sandbox's worlds ask for, where it has what they break."""
    overrides = sandbox.overrides if sandbox else {}
    known = {pointer: value for pointer, value in overrides.items() if configuration.get(pointer) is not None}
    return configuration.changed(known) if known else configuration


def _sandbox(worlds: Sequence[str]) -> Sandbox:
    try:
        from validator.sandbox import Contradiction, Sandbox, UnknownWorld  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise Usage("the sandbox needs its extra: pip install 'leadcheck[sandbox]'") from missing
    try:
        return Sandbox(worlds)
    except (Contradiction, UnknownWorld) as wrong:
        raise Usage(str(wrong)) from None


def _network(order: Order, sandbox: Sandbox | None) -> Network:
    from validator.http.session import Network  # noqa: PLC0415 - requests, which --offline does not need
    from validator.http.wire import tls_context  # noqa: PLC0415 - the same

    authorities = sandbox.ca_file if sandbox else order.ca_bundle
    try:
        tls = tls_context(authorities, os.environ)
    except OSError as error:
        raise Usage(f"the CA bundle cannot be read: {error.strerror or error}") from None
    proxies = {"https": sandbox.proxy} if sandbox else None
    return Network(tls, proxies, order.timeout, order.options.allow_hosts, order.log)
