"""`leadcheck validate`."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from validator.cli import INTERRUPTED, tell
from validator.cli import options as o
from validator.cli.bar import Bar
from validator.cli.exits import FOUND, USAGE, exit_code, wrong
from validator.cli.output import Writing, destinations, writable, write
from validator.cli.signals import heeded
from validator.cli.supplied import supplied
from validator.foreign import shown
from validator.reporters.words import place
from validator.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from validator.api import Options, Order
    from validator.model import Outcome

T = TypeVar("T")


def validate(  # noqa: PLR0913 - each is an option
    paths: o.Paths = None,
    *,
    offline: o.Offline = False,
    no_test_lead: o.NoTestLead = False,
    cleanup: o.Cleanup = False,
    probe_shapes: o.ProbeShapes = False,
    sandbox: o.UseSandbox = False,
    world: o.Worlds = None,
    format: o.ReportFormat = o.Format.TEXT,  # noqa: A002 - the option's name
    output: o.Outputs = None,
    fail_on: o.FailOnOption = o.FailOn.ERROR,
    exit_zero: o.ExitZero = False,
    select: o.Select = None,
    ignore: o.Ignore = None,
    policy: o.PolicyOption = o.Policy.CURRENT,
    baseline: o.Baseline = None,
    write_baseline: o.WriteBaseline = None,
    fix: o.Fix = False,
    diff: o.Diff = False,
    secret: o.SecretsOption = None,
    product: o.Product = None,
    jobs: o.Jobs = 16,
    timeout: o.Timeout = 30.0,
    deadline: o.Deadline = 120.0,
    ca_bundle: o.CaBundle = None,
    allow_host: o.AllowHosts = None,
    color: o.ColourOption = o.Colour.AUTO,
    quiet: o.Quiet = False,
    verbose: o.Verbose = 0,
) -> None:
    """Rehearse the publish step on every lead-destination configuration found in PATH.

    Exit codes: 0 nothing found, 1 findings, 2 wrong usage or unreadable input, 3 something stayed unproven.
    """
    asked = SimpleNamespace(**locals())
    if fix and diff:
        wrong("--diff shows what --fix would write: ask for one of them")
    writing = _writing(asked)
    bar = Bar(wanted=not (quiet or verbose))
    order = _order(asked, exact=writing.exact, progress=bar.show)
    if diff:
        raise typer.Exit(_patched(order))
    zero = exit_zero or write_baseline is not None
    raise typer.Exit(_carried_out(order, writing, bar, Severity(fail_on), zero=zero))


def _writing(asked: SimpleNamespace) -> Writing:
    files, rows = destinations(asked.output or []), writable("--write-baseline", asked.write_baseline)
    aside = asked.fix and "-" in (asked.paths or ())  # the repaired text has standard output for itself
    verbosity = -1 if asked.quiet else asked.verbose
    return Writing(asked.format, files, asked.color, verbosity, rows, aside=aside)


def _order(asked: SimpleNamespace, **more: Any) -> Order:  # noqa: ANN401 - further fields of Order
    from validator import api  # noqa: PLC0415 - yaml and jsonschema, which --help does not need

    return api.Order(
        paths=asked.paths or [],
        options=_options(asked),
        worlds=_worlds(asked.world or [], sandbox=asked.sandbox),
        supplied=supplied(asked.secret or [], asked.paths or []),
        product=asked.product,
        fix=sys.stdout.buffer.write if asked.fix else None,
        timeout=asked.timeout,
        ca_bundle=str(asked.ca_bundle) if asked.ca_bundle else None,
        **_watched(asked.verbose),
        **more,
    )


def _options(asked: SimpleNamespace) -> Options:
    from validator import api  # noqa: PLC0415 - as above

    return api.Options(
        offline=asked.offline or asked.diff,
        test_lead=not asked.no_test_lead,
        cleanup=asked.cleanup,
        probe_shapes=asked.probe_shapes,
        deadline=asked.deadline,
        jobs=asked.jobs,
        select=_known("--select", asked.select),
        ignore=_known("--ignore", asked.ignore),
        allow_hosts=frozenset(map(str.lower, asked.allow_host or ())),
        policy=asked.policy,
        baseline=_known_before(asked.baseline),
    )


def _patched(order: Order) -> int:
    """Print what --fix would change, as a patch."""
    from validator import api  # noqa: PLC0415 - as above

    patches, problems = _done(api.patches, order)
    typer.echo("".join(patches), nl=False)
    for problem in problems:
        tell(f"leadcheck: cannot read {place(problem)}: {problem.message}")
    return USAGE if problems else FOUND if patches else 0


def _carried_out(order: Order, writing: Writing, bar: Bar, fail_on: Severity, *, zero: bool) -> int:
    """Run, write the report whatever happens meanwhile, and give the exit code."""
    from validator import api  # noqa: PLC0415 - as above

    with heeded(order.interruption):
        with closing(bar):
            report = _done(api.run, order)
        interrupted = order.interruption.requested
        write(report, replace(writing, baseline=None) if interrupted else writing)
    return INTERRUPTED if interrupted else exit_code(report, fail_on, zero=zero)


def _done(what: Callable[[Order], T], order: Order) -> T:
    from validator.api import Usage  # noqa: PLC0415 - as above

    try:
        return what(order)
    except Usage as usage:
        return wrong(str(usage))


def _worlds(worlds: list[str], *, sandbox: bool) -> list[str] | None:
    if worlds and not sandbox:
        wrong("--world breaks the sandbox, so it needs --sandbox")
    return worlds if sandbox else None


def _known(option: str, ids: list[str] | None) -> frozenset[str]:
    """Refuse ids that no finding has: selecting one would hide all findings there are."""
    from validator.catalogue import entries  # noqa: PLC0415 - --help does not need it

    for unknown in sorted(set(ids or ()).difference(entries())):
        wrong(f"{option}: no finding is called {unknown!r} (see: leadcheck catalogue)")
    return frozenset(ids or ())


def _known_before(baseline: Path | None) -> frozenset[str]:
    if baseline is None:
        return frozenset()
    from validator.cli.baseline import read  # noqa: PLC0415 - most runs have none

    return read(baseline)


def _watched(verbose: int) -> dict[str, Any]:
    """Say what is told meanwhile: the checks, and with more verbosity each request."""
    return {"observe": _observe} | ({"log": _tell} if verbose > 1 else {}) if verbose else {}


def _tell(line: str) -> None:
    """Tell a line that begins with a word of ours."""
    tell(shown(line))


def _observe(source: str, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        _tell(f"{outcome.status} {outcome.title} ({outcome.seconds:.2f} s): {source}")
