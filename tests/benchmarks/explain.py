"""How long `explain` takes over a mebibyte, whatever stands in it: `python tests/benchmarks/explain.py`.

Processor time of the diagnosis alone, and beside it that of a plain search of the same text for the anchors
of all rows, which nobody could do without. Twice the text may take twice the time: only a part is read.
"""

# ruff: noqa: T201 - a script prints its result

from __future__ import annotations

import sys
import time

from validator.catalogue import diagnose, entries

SIZE, BUDGET, ROUNDS = 1 << 20, 0.5, 5
"""Bytes; seconds."""

TEXTS = {
    "a log": "2026-03-04T05:06:07Z [INFO] GET /api/leads 200 dynamics salesforce marketo 0x80040220\n",
    "tags": "<a href='x'><b ",
    "entities": "&#38;&amp;&#",
    "backslashes": '\\\\\\"\\n',
    "percent signs": "%2520%20%",
    "colours": "\x1b[31m[0;1m",
    "quoted mail": "> > > lead ",
    "questions": "where can I find the test lead table e-mail duplicate customer cost missing ",
    "GUIDs": "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214 ",
    "digits": "0123456789 700016 ",
    "JSON": '{"error":{"code":"0x80040220","message":"x"}}',
}


def seconds(question, text):
    """Give the least time of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        question(text)
        times.append(time.process_time() - began)
    return min(times)


def anchors(text):
    lowered = text.lower()
    return [rule.anchor in lowered for entry in entries().values() for rule in entry.says]


def main():
    slowest = 0.0
    print(f"{'1 MiB of':16} {'s':>7} {'anchors':>9} {'2 MiB':>7}")
    for name, piece in TEXTS.items():
        text = (piece * (SIZE // len(piece) + 1))[:SIZE]
        took, plain, twice = seconds(diagnose, text), seconds(anchors, text), seconds(diagnose, text * 2)
        slowest = max(slowest, took)
        print(f"{name:16} {took:7.3f} {took / plain:8.1f}x {twice / took:6.1f}x")
    print(f"budget {BUDGET} s: {'met' if slowest < BUDGET else 'missed'}")
    return slowest >= BUDGET


if __name__ == "__main__":
    sys.exit(main())
