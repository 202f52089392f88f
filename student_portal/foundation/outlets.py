"""Where this installation's messages go: to real providers, or to the demo's phone and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Outlets:
    """`real` names the channels for which a real provider is set up; in the demo there is none."""

    is_demo: bool
    real: Collection[str] = frozenset()


_installed: Outlets | None = None


def install(outlets: Outlets) -> None:
    """Say what this process's installation has."""
    global _installed
    _installed = outlets


def installed() -> Outlets:
    """What this installation has. Raises RuntimeError before `install`."""
    if _installed is None:
        raise RuntimeError("no outlets are installed: call outlets.install first")
    return _installed
