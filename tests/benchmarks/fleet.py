"""How long a fleet of configurations takes live, beside plain requests: `python tests/benchmarks/fleet.py`.

The sandbox runs as a process of its own and answers each request after 50 ms. What cannot be faster is the
critical path: the round trips that need each other's answers, and the connections on the way. `--to` picks
the destination; the budgets are those of Dynamics 365, where a loop of plain requests, as many at a time,
does the same in its turn. Salesforce has its leads in a queue, and time passes until it is looked at again.

`run` is what the report says of itself; `wall` is the whole process, the start of Python included. For one
configuration, what counts is the climb without the loading of the libraries: the median of some in a process
that has loaded them. CPU is that of the whole process, divided by the configurations. Both processes share
the machine's cores: the last column tells what CPU the sandbox took, and the wall cannot go below that.
"""

# ruff: noqa: T201 - a script prints its result

from __future__ import annotations

import argparse
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
LEADCHECK = [sys.executable, "-m", "validator"]
MIB = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in KiB, on macOS in bytes

LATENCY = 50
"""Milliseconds: a request within a continent."""

TRIPS = {
    "dynamics": 6,
    "dynamics-office365": 7,
    "salesforce": 1,
    "salesforce-api": 4,
    "azure-table": 3,
    "https-endpoint": 1,
}
"""Round trips that need each other's answers, as tests/destinations/test_round_trips.py counts them.

Marketo is not among them: it takes 100 calls in 20 seconds, from all clients of an account together.
"""

ONE, FLEET, MEMORY, CPU = 1.15, 5.0, 64.0, 5 / 9
"""The budgets: of one and of all in critical paths, MiB, and CPU for each configuration.

CPU is a ratio to the start of Python, as all times of a machine are: 5 ms where that takes 9.
"""

CLIMB = """
import json, sys
from statistics import median
from validator.api import validate
times = [validate(sys.argv[1:]).duration_seconds for _ in range(6)]
print(json.dumps({"durationSeconds": median(times[1:])}))
"""

PEER = Path(__file__).with_name("plain_requests.py")


@contextmanager
def sandbox():
    """Run the sandbox; give what its first line says."""
    command = [*LEADCHECK, "sandbox", "--listen", "127.0.0.1:0", "--latency", str(LATENCY)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as running:
        try:
            yield json.loads(running.stdout.readline())
        finally:
            running.terminate()


def burned(pid):
    """Give the seconds of CPU that a process has used; none where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def connection(ready):
    """Measure what one connection through the proxy costs: TCP, CONNECT and TLS."""
    host, port = ready["proxy"].removeprefix("http://").rsplit(":", 1)
    context = ssl.create_default_context(cafile=ready["caFile"])
    name, times = "login.microsoftonline.com", []
    for _ in range(9):
        began = time.perf_counter()
        with socket.create_connection((host, int(port))) as plain:
            plain.sendall(f"CONNECT {name}:443 HTTP/1.1\r\nHost: {name}:443\r\n\r\n".encode())
            plain.recv(1000)
            with context.wrap_socket(plain, server_hostname=name):
                times.append(time.perf_counter() - began)
    return median(times)


def start():
    """Measure how long Python takes to start: how fast, and how busy, this machine is."""
    times = []
    for _ in range(25):
        began = time.perf_counter()
        os.waitpid(os.posix_spawn(sys.executable, [sys.executable, "-c", "pass"], os.environ), 0)
        times.append(time.perf_counter() - began)
    return median(times)


class Row:
    """A command, and what it took: the median round by wall."""

    def __init__(self, name, command, number, most=None):
        self.name, self.command, self.number, self.most, self.rounds = name, command, number, most, []

    def run(self, ready, folder):
        environ = {
            "PATH": os.environ["PATH"],
            "HTTPS_PROXY": ready["proxy"],
            "SSL_CERT_FILE": ready["caFile"],
        }
        report = Path(folder, "report.json")
        before, began = burned(ready["pid"]), time.perf_counter()
        out = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        actions = [(os.POSIX_SPAWN_DUP2, out, 1)]
        child = os.posix_spawn(
            self.command[0], self.command, environ | ready["credentials"], file_actions=actions
        )
        os.close(out)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - began
        said = json.loads(report.read_text("utf-8"))
        if code := os.waitstatus_to_exitcode(status):
            sys.exit(f"{self.name}: exit code {code}, {said['summary']['verdicts']}")
        cpu = usage.ru_utime + usage.ru_stime
        lit = burned(ready["pid"]) - before
        self.rounds.append((wall, said["durationSeconds"], usage.ru_maxrss / MIB, cpu, lit))

    def line(self, path):
        wall, run, mib, cpu, lit = sorted(self.rounds)[len(self.rounds) // 2]
        each = cpu / self.number * 1000
        return f"{self.name:32} {wall:6.2f} {run:6.2f} {run / path:6.2f}x {mib:6.1f} {each:8.1f} {lit:8.2f}"

    def over(self, path, began):
        """Say which budgets the median round misses; `began`: the seconds that Python takes to start."""
        _, run, mib, cpu, _ = sorted(self.rounds)[len(self.rounds) // 2]
        checks = {"time": run > self.most * path}
        if self.number > 1:
            checks |= {"memory": mib > MEMORY, "CPU": cpu / self.number > CPU * began}
        return [name for name, missed in checks.items() if missed]


def rows(folder, example, number, jobs):
    text = (ROOT / "examples" / f"{example}.yaml").read_text("utf-8")
    many = Path(folder, "many")
    many.mkdir()
    for n in range(number):
        (many / f"{n:04}.yaml").write_text(text, "utf-8")
    validate = [*LEADCHECK, "validate", "--format", "json", "--jobs", str(jobs)]
    ours = [
        Row("leadcheck, 1", [*validate, str(many / "0000.yaml")], 1),
        Row("leadcheck, 1, loaded", [sys.executable, "-c", CLIMB, str(many / "0000.yaml")], 1, ONE),
        Row(f"leadcheck, {number}", [*validate, str(many)], number, FLEET),
    ]
    peer = [sys.executable, str(PEER), str(number), str(jobs)]
    return ours + ([Row(f"plain requests, {number}", peer, number)] if example == "dynamics" else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    parser.add_argument("--number", type=int, default=200, help="configurations (default 200)")
    parser.add_argument("--jobs", type=int, default=64, help="at the same time (default 64)")
    parser.add_argument("--to", choices=TRIPS, default="dynamics", help="the example (default dynamics)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, starts = rows(folder, asked.to, asked.number, asked.jobs), []
        for _ in range(asked.rounds):
            starts.append(start())
            for row in table:
                with sandbox() as ready:  # a fresh one each time: leads pile up
                    path = TRIPS[asked.to] * LATENCY / 1000 + connection(ready)
                    row.run(ready, folder)
    began = median(starts)
    print(
        f"python -c pass: {began * 1000:.0f} ms; so each of many may take {CPU * began * 1000:.1f} ms of CPU"
    )
    print(f"{asked.to}: critical path {path:.3f} s ({TRIPS[asked.to]} round trips of {LATENCY} ms)\n")
    print(f"{'':32} {'wall':>6} {'run':>6} {'paths':>7} {'MiB':>6} {'CPU ms':>8} {'sandbox':>8}")
    for row in table:
        missed = row.over(path, began) if row.most else []
        print(row.line(path), f"over budget: {', '.join(missed)}" if missed else "")


if __name__ == "__main__":
    main()
