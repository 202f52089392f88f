"""Long lists, a page at a time; page, order and filter stand in the address as codes, never a person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

SIZE = 25


@dataclass(frozen=True)
class Leaf(Generic[Item]):
    """One page of a list. `number` counts from 1 to `pages`; `total` counts the whole list."""

    items: tuple[Item, ...]
    number: int
    pages: int
    total: int


def leaf(items: Sequence[Item], asked: str | None, *, size: int = SIZE) -> Leaf[Item]:
    """The page that was asked for, as it stands in an address; the nearest there is."""
    pages = max(1, -(-len(items) // size))
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = min(max(wanted, 1), pages)
    return Leaf(tuple(items[(number - 1) * size : number * size]), number, pages, len(items))


def one_of(asked: str | None, known: Collection[str]) -> str:
    """The order or filter that was asked for, or else the first of those there are."""
    return asked if asked is not None and asked in known else next(iter(known))
