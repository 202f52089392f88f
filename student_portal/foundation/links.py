"""Whole addresses of our own pages, for messages that are read elsewhere."""

_base: str | None = None


def install(base_url: str) -> None:
    """Choose the public address of this process's portal, without a slash at its end."""
    global _base
    _base = base_url


def base() -> str:
    """The public address of the portal. Raises RuntimeError before `install`."""
    if _base is None:
        raise RuntimeError("no public address is installed: call links.install first")
    return _base
