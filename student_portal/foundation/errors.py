"""What a verb or a query may refuse. The web layer turns each into a kind page."""


class NotFound(Exception):
    """There is no such thing, or this person may not know that there is."""


class NotAllowed(Exception):
    """The person is known and may not do this."""


class Conflict(Exception):
    """Somebody else, or another tab, changed it first; what was typed must be kept and shown."""


class Refused(Exception):
    """A rule says no. `code` is a stable word that the view turns into a sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
