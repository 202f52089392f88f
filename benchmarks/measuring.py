"""Interleaved rounds: in each, every target once, in a rotated order; a ratio is taken inside its round."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import load
from benchmarks.load import Answered, Request
from benchmarks.serving import Server


@dataclass
class Target:
    """Something measured. `against`: the name of its floor, in the same run. `once`: its requests may each
    be sent a single time, such as Send."""

    name: str
    server: Server
    requests: Sequence[Request]
    against: str
    once: bool = False
    sent: int = 0
    slices: list[tuple[Answered, float]] = field(default_factory=list)

    @property
    def completed(self) -> int:
        return sum(answered.answers for answered, _ in self.slices)


@dataclass(frozen=True)
class Line:
    """One line of the table: medians over the rounds. `x_cpu`, `x_rate`: medians of each round's ratio."""

    name: str
    against: str
    cpu: float
    x_cpu: float
    rate: float
    x_rate: float
    p50: float
    p95: float
    p99: float
    x_p95: float
    x_p99: float
    answers: int
    bad: int


def measure(
    targets: Sequence[Target], folder: Path, *, rounds: int, seconds: int, connections: int
) -> list[Line]:
    """Warm every target up, then the rounds; gives the table."""
    for number, target in enumerate(targets):
        load.write(folder / f"requests-{number}", target.requests)
    files = {id(target): folder / f"requests-{number}" for number, target in enumerate(targets)}

    def one(target: Target, length: int) -> None:
        before = target.server.cpu_seconds()
        answered = load.replay(
            target.server.url,
            files[id(target)],
            seconds=length,
            connections=connections,
            offset=target.sent,
            loop=not target.once,
        )
        target.sent += answered.issued
        target.slices.append((answered, target.server.settled() - before))

    for target in targets:
        one(target, 1)
        target.slices.clear()
    for number in range(rounds):
        turn = number % len(targets)
        for target in (*targets[turn:], *targets[:turn]):
            one(target, seconds)
    by_name = {target.name: target for target in targets}
    return [_line(target, by_name[target.against]) for target in targets]


def _line(target: Target, floor: Target) -> Line:
    def mid(of: "list[float]") -> float:
        return statistics.median(of)

    pairs = list(zip(target.slices, floor.slices, strict=True))
    return Line(
        name=target.name,
        against=floor.name,
        cpu=mid([_cpu(one) for one in target.slices]),
        x_cpu=mid([_cpu(one) / _cpu(base) for one, base in pairs]),
        rate=mid([_rate(one) for one in target.slices]),
        x_rate=mid([_rate(one) / _rate(base) for one, base in pairs]),
        p50=mid([one.p50 for one, _ in target.slices]),
        p95=mid([one.p95 for one, _ in target.slices]),
        p99=mid([one.p99 for one, _ in target.slices]),
        x_p95=mid([one.p95 / base.p95 for (one, _), (base, _) in pairs]),
        x_p99=mid([one.p99 / base.p99 for (one, _), (base, _) in pairs]),
        answers=target.completed,
        bad=sum(one.bad for one, _ in target.slices),
    )


def _cpu(one: tuple[Answered, float]) -> float:
    """Milliseconds of the server's processor time for each request, those cut off at the end included."""
    answered, cpu = one
    return cpu * 1000 / max(answered.issued, 1)


def _rate(one: tuple[Answered, float]) -> float:
    """Answers a second."""
    return one[0].answers / one[0].took


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    titles = "target", "CPU ms", "x floor", "req/s", "x floor", "p50 ms", "p95", "p99", "answers", "bad"
    head = f"| {' | '.join(titles)} |\n{'|---' * len(titles)}|"
    rows = [
        f"| {one.name} | {one.cpu:.2f} | {one.x_cpu:.2f} | {one.rate:.0f} | {one.x_rate:.2f} | {one.p50:.1f} "
        f"| {one.p95:.1f} | {one.p99:.1f} | {one.answers} | {one.bad} |"
        for one in lines
    ]
    return "\n".join([head, *rows])
