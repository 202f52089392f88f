"""Staff prove themselves with a password and six digits, each of which works once."""

from student_portal.foundation import passwords
from student_portal.foundation.clock import FrozenClock


def test_the_right_password_matches_and_a_wrong_one_does_not() -> None:
    stored = passwords.hashed("a long sentence nobody guesses")
    assert passwords.matches(stored, "a long sentence nobody guesses")
    assert not passwords.matches(stored, "a long sentence nobody guesses.")


def test_nobody_signs_in_to_an_account_that_does_not_exist() -> None:
    assert not passwords.matches(None, "nobody has this password")


def test_digits_hold_for_their_half_minute_and_one_either_side(frozen: FrozenClock) -> None:
    secret = passwords.new_totp_secret()
    digits = passwords.totp_now(secret)
    step = passwords.totp_step(secret, digits)
    frozen.forward(seconds=30)
    assert passwords.totp_step(secret, digits) == step
    frozen.forward(seconds=60)
    assert passwords.totp_step(secret, digits) is None


def test_wrong_digits_belong_to_no_step(frozen: FrozenClock) -> None:
    secret = passwords.new_totp_secret()
    right = passwords.totp_now(secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    assert passwords.totp_step(secret, wrong) is None
    assert passwords.totp_step(secret, "") is None
