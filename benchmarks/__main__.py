"""The one command: everything measured side by side, printed as tables, and the goals judged by them."""

import argparse
import os
import platform
import tempfile
from pathlib import Path

from benchmarks import caseload, databases, goals, hot_path, load, measuring, paper


def main() -> None:
    asked = argparse.ArgumentParser(description="Measure the portal against the floors, side by side.")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=2, help="length of each target's turn in a round")
    asked.add_argument("--connections", type=int, default=8)
    asked.add_argument("--db", choices=[*databases.KINDS, "both"], default="both")
    asked.add_argument("--lighthouse", action="store_true", help="also Lighthouse, from the npm registry")
    asked.add_argument("--only", choices=["server", "caseload", "paper", "phone"], default=None)
    asked.add_argument("--stored", type=int, default=1_000_000, help="responses beside the therapist's pages")
    chosen = asked.parse_args()
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}.", _disk())
    if chosen.only in (None, "server"):
        _server(chosen)
    if chosen.only in (None, "caseload"):
        _caseload(chosen)
    if chosen.only in (None, "paper"):
        print(f"\n## The report as a PDF (load average {os.getloadavg()[0]:.1f})\n", flush=True)
        print(paper.said(paper.run(rounds=chosen.rounds)), flush=True)
    if chosen.only in (None, "phone"):
        from benchmarks import phone  # here, because it needs a browser

        phone.run(lighthouse=chosen.lighthouse)


def _disk() -> str:
    with tempfile.TemporaryDirectory(prefix="portal-benchmarks-") as kept:
        return f"Making 8 kB durable takes {databases.flush_milliseconds(Path(kept)):.2f} ms here."


def _server(chosen: argparse.Namespace) -> None:
    turns = f"{chosen.connections} connections, {chosen.rounds} rounds of {chosen.seconds} s"
    print(f"Load by {load.install_wrk()}: {turns}.")
    for kind in databases.KINDS if chosen.db == "both" else (chosen.db,):
        print(f"\n## {kind} (load average {os.getloadavg()[0]:.1f})\n", flush=True)
        lines = hot_path.run(
            kind,
            rounds=chosen.rounds,
            seconds=chosen.seconds,
            connections=chosen.connections,
        )
        print(measuring.table(lines))
        print("\n".join(goals.judged(lines)), flush=True)
    print("\nNo peer is run here; nothing is said about the goals that compare with one.")


def _caseload(chosen: argparse.Namespace) -> None:
    for kind in databases.KINDS if chosen.db == "both" else (chosen.db,):
        print(f"\n## The therapist's pages, {kind} (load average {os.getloadavg()[0]:.1f})\n", flush=True)
        lines = caseload.run(
            kind,
            stored=chosen.stored,
            rounds=chosen.rounds,
            seconds=chosen.seconds,
            connections=chosen.connections,
        )
        print(measuring.table(lines))
        print("\n".join(caseload.judged(lines, chosen.stored)), flush=True)


if __name__ == "__main__":
    main()
