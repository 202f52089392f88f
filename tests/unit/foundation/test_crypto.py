"""Sealed cells open only where they were sealed; marks and tokens give nothing away."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation import crypto
from student_portal.foundation.crypto import Keyring, SealBroken

OLD, NEW = os.urandom(32), os.urandom(32)
BEFORE = Keyring({1: OLD}, 1, os.urandom(32))
AFTER = Keyring({1: OLD, 2: NEW}, 2, BEFORE.index)
CELL = {"table": "person", "column": "name_sealed", "row": "row-1"}


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again_in_its_own_cell(value: bytes) -> None:
    assert crypto.open(crypto.seal(value, **CELL, key=BEFORE), **CELL, key=BEFORE) == value


@pytest.mark.hazard("H02")
@pytest.mark.parametrize("moved", ["table", "column", "row"])
def test_a_value_moved_to_another_cell_does_not_open(moved: str) -> None:
    sealed = crypto.seal(b"Sam", **CELL, key=BEFORE)
    with pytest.raises(SealBroken):
        crypto.open(sealed, **{**CELL, moved: "another"}, key=BEFORE)


@given(st.integers(min_value=0, max_value=30), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_does_not_open(position: int, change: int) -> None:
    sealed = bytearray(crypto.seal(b"Sam", **CELL, key=BEFORE))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        crypto.open(bytes(sealed), **CELL, key=BEFORE)


def test_after_a_new_key_is_added_old_values_still_open_and_new_ones_use_it() -> None:
    old = crypto.seal(b"Sam", **CELL, key=BEFORE)
    new = crypto.seal(b"Sam", **CELL, key=AFTER)
    assert crypto.open(old, **CELL, key=AFTER) == b"Sam"
    assert new[0] == 2
    with pytest.raises(SealBroken):
        crypto.open(new, **CELL, key=BEFORE)


def test_the_same_value_sealed_twice_looks_different() -> None:
    assert crypto.seal(b"Sam", **CELL, key=BEFORE) != crypto.seal(b"Sam", **CELL, key=BEFORE)


def test_a_mark_is_the_same_for_one_purpose_and_another_for_the_next() -> None:
    crypto.install(BEFORE)
    assert crypto.blind("07700900123", purpose="phone") == crypto.blind("07700900123", purpose="phone")
    assert crypto.blind("07700900123", purpose="phone") != crypto.blind("07700900123", purpose="word")


def test_tokens_hold_128_bits_in_letters_that_survive_a_phone() -> None:
    tokens = {crypto.token() for _ in range(10_000)}
    assert len(tokens) == 10_000
    assert all(len(token) == 26 and token.isalnum() and token == token.lower() for token in tokens)
