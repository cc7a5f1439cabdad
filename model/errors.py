"""The exceptions that are no mistakes: one a person is meant to read, and one that a person asked for."""


class UserError(Exception):
    """Something outside the program stopped the work: a full disk, a locked file, a foreign format.

    The message is one Chinese text that says what happened, where, and what to do; it is shown as it is,
    in a window or on stderr. Mistakes in the clerk's own data are findings, never a UserError.
    """


class CancelledError(Exception):
    """Raised inside long work when the person asked it to stop; nothing was changed."""
