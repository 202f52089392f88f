"""Files that others read while we write them: whole before, whole after, never half."""

import os
import tempfile
from pathlib import Path


def replace(path: Path, content: bytes) -> bool:
    """Make the file hold this, at once and to stay, readable for everybody on the machine.

    It is written beside its place, flushed to the disk and renamed. Gives whether that was needed.
    Raises OSError, and then the file is as it was.
    """
    if path.exists() and path.read_bytes() == content:
        return False
    if not path.parent.exists():
        path.parent.mkdir(parents=True)
        path.parent.chmod(0o755)  # whatever the umask, for the same reason as below
    number, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o644)  # a web server runs as somebody else
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    _flush(path.parent)
    return True


def _flush(folder: Path) -> None:
    """Only then does the new name outlive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
