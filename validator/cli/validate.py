"""`leadcheck validate`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from validator.cli import INTERRUPTED, tell
from validator.cli import options as o
from validator.cli.baseline import read
from validator.cli.exits import exit_code, wrong
from validator.cli.output import Writing, destinations, writable, write
from validator.cli.signals import heeded
from validator.cli.supplied import supplied
from validator.foreign import shown
from validator.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.api import Order
    from validator.model import Outcome, Report


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
    from validator import api  # noqa: PLC0415 - yaml and jsonschema, which --help does not need

    counted = _known("--select", select), _known("--ignore", ignore)
    hosts = frozenset(map(str.lower, allow_host or ()))
    before = read(baseline) if baseline else frozenset()
    options = api.Options(
        offline,
        not no_test_lead,
        cleanup,
        probe_shapes,
        deadline,
        jobs,
        *counted,
        hosts,
        policy,
        before,
    )
    aside = fix and "-" in (paths or ())  # the repaired text has standard output for itself
    after = writable("--write-baseline", write_baseline) if write_baseline else None
    files = destinations(output or [])
    writing = Writing(format, files, color, -1 if quiet else verbose, after, aside=aside)
    order = api.Order(
        paths=paths or [],
        options=options,
        worlds=_worlds(world or [], sandbox=sandbox),
        supplied=supplied(secret or [], paths or []),
        product=product,
        fix=sys.stdout.buffer.write if fix else None,
        exact=writing.exact,
        timeout=timeout,
        ca_bundle=str(ca_bundle) if ca_bundle else None,
        **_watched(verbose),
    )
    zero = exit_zero or write_baseline is not None
    raise typer.Exit(_carried_out(order, writing, Severity(fail_on), zero=zero))


def _carried_out(order: Order, writing: Writing, fail_on: Severity, *, zero: bool) -> int:
    """Run, write the report whatever happens meanwhile, and give the exit code."""
    with heeded(order.interruption):
        report = _run(order)
        interrupted = order.interruption.requested
        write(report, replace(writing, baseline=None) if interrupted else writing)
    return INTERRUPTED if interrupted else exit_code(report, fail_on, zero=zero)


def _run(order: Order) -> Report:
    from validator import api  # noqa: PLC0415 - as above

    try:
        return api.run(order)
    except api.Usage as usage:
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


def _watched(verbose: int) -> dict[str, Any]:
    """Say what is told meanwhile: the checks, and with more verbosity each request."""
    return {"observe": _observe} | ({"log": _tell} if verbose > 1 else {}) if verbose else {}


def _tell(line: str) -> None:
    """Tell a line that begins with a word of ours."""
    tell(shown(line))


def _observe(source: str, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        _tell(f"{outcome.status} {outcome.title} ({outcome.seconds:.2f} s): {source}")
