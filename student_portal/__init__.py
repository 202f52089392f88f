"""The student portal. `create_app` is all that is public here."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from student_portal.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    # Lazy, because every room imports this package on its way to its own modules.
    if name == "create_app":
        from student_portal.app import create_app

        return create_app
    raise AttributeError(name)
