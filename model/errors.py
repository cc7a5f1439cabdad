"""The one exception a person is meant to read."""


class UserError(Exception):
    """Something outside the program stopped the work: a full disk, a locked file, a foreign format.

    The message is one Chinese text that says what happened, where, and what to do; it is shown as it is,
    in a window or on stderr. Mistakes in the clerk's own data are findings, never a UserError.
    """
