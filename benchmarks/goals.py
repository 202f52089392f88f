"""Goals 1 to 4 in sentences, from the lines of one interleaved run."""

from collections.abc import Iterator, Sequence

from benchmarks import hot_path
from benchmarks.measuring import Line


def judged(lines: Sequence[Line]) -> Iterator[str]:
    """Each goal with its figure and whether it is met."""
    by_name = {line.name: line for line in lines}
    for name in (hot_path.SAVE, hot_path.SEND_10):
        line = by_name[name]
        yield _said(1, f"{name}: CPU at most 1.7 x floor (iv)", line.x_cpu, line.x_cpu <= 1.7)
        yield _said(1, f"{name}: req/s at least 0.6 x floor (iv)", line.x_rate, line.x_rate >= 0.6)
    page = by_name[hot_path.GET]
    yield _said(3, f"{page.name}: req/s at least 0.6 x {page.against}", page.x_rate, page.x_rate >= 0.6)
    for name in (hot_path.SAVE, hot_path.SEND_10):
        line = by_name[name]
        yield _said(4, f"{name}: p95 at most 2 x floor (iv)", line.x_p95, line.x_p95 <= 2)
        yield _said(4, f"{name}: p99 at most 3 x floor (iv)", line.x_p99, line.x_p99 <= 3)
    long = by_name[hot_path.SEND_OM].cpu / by_name[hot_path.SEND_10].cpu
    yield _said(4, "Send CORE-OM: CPU at most 1.5 x Send CORE-10", long, long <= 1.5)


def _said(goal: int, what: str, figure: float, met: bool) -> str:
    return f"- goal {goal}, {what}: {figure:.2f}, {'met' if met else 'NOT met'}"
