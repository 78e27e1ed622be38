"""Timing, memory and the table that the figures stand in."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. reached: None where there is nothing to reach."""

    what: str
    got: str
    to_reach: str = ""
    reached: bool | None = None


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """Return the median wall time of some runs in milliseconds; the first one warms up and does not count."""
    work()
    runs = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        runs.append((time.perf_counter() - begin) * 1000)
    return statistics.median(runs)


def seconds(work: Callable[[], object]) -> float:
    """Return the wall time of one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def memory_mb(pid: int | None = None) -> float:
    """Return the resident memory of a process in MB."""
    return _status(pid, "VmRSS")


def peak_mb(pid: int | None = None) -> float:
    """Return the highest resident memory of a process in MB."""
    return _status(pid, "VmHWM")


def _status(pid: int | None, name: str) -> float:
    text = Path(f"/proc/{pid or os.getpid()}/status").read_text("ascii")
    line = next(line for line in text.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def at_most(what: str, got: float, limit: float, unit: str) -> Figure:
    """Return a figure that should not be above its limit."""
    return Figure(
        what, f"{got:,.2f} {unit}" if got < 10 else f"{got:,.1f} {unit}", f"≤ {limit:g} {unit}", got <= limit
    )


def at_least(what: str, got: float, limit: float, unit: str) -> Figure:
    """Return a figure that should not be below its limit."""
    return Figure(what, f"{got:,.0f} {unit}", f"≥ {limit:,.0f} {unit}", got >= limit)


def table(figures: list[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    marks = {None: "", True: "reached", False: "**missed**"}
    rows = [f"| {one.what} | {one.got} | {one.to_reach} | {marks[one.reached]} |" for one in figures]
    return "\n".join(["| what | got | to reach | |", "|---|---|---|---|", *rows])
