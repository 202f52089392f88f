"""The hazard log, as far as going live depends on it. It stands beside the program and is read from there, so
that there is one log; a program without it does not know what is missing, and says that.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from student_portal.foundation.i18n import later as _

LOG = Path(__file__).parents[2] / "docs/clinical-safety/hazard-log.toml"

NO_LOG = _("The hazard log does not stand beside the program, so nobody can see here what it still lacks.")
UNSIGNED = _("No clinical safety officer has rated the hazards and put their name to it.")


@dataclass(frozen=True)
class Control:
    """One control of one hazard, in the words of the log: they are not translated."""

    hazard: str
    what: str

    def __str__(self) -> str:
        return f"{self.hazard}: {self.what}"


def go_live_blockers() -> list[str]:
    """A sentence for what the log itself lacks, then each control that is planned and not built."""
    log = _log(LOG)
    if log is None:
        return [NO_LOG]
    signed = log.get("clinical_safety_officer") and log.get("rated_on")
    return [*([] if signed else [UNSIGNED]), *map(str, _controls(log, "planned"))]


def deployers() -> list[Control]:
    """What an organisation must do and no program can see."""
    log = _log(LOG)
    return _controls(log, "deployer") if log else []


@cache
def _log(path: Path) -> Mapping[str, Any] | None:
    """Read once a process: another log comes with another program."""
    try:
        return tomllib.loads(path.read_text())
    except (OSError, tomllib.TOMLDecodeError):
        return None


def _controls(log: Mapping[str, Any], state: str) -> list[Control]:
    return [
        Control(hazard["id"], control["what"])
        for hazard in log.get("hazard", ())
        for control in hazard.get("control", ())
        if control["state"] == state
    ]
