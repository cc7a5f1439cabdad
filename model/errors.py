"""The exceptions that are no mistakes: those a person is meant to read, and one that a person asked for."""


class UserError(Exception):
    """Something outside the program stopped the work: a full disk, a locked file, a foreign format.

    The message is one Chinese text that says what happened, where, and what to do; it is shown as it is,
    in a window or on stderr. Mistakes in the clerk's own data are findings, never a UserError.
    """


_SAFE = "刚才的修改没有保存。\n此前的内容还可以读出：请按“另存一份…”存到别处，在另存的文件中继续。"


class GoneError(UserError):
    """The file of an open store was removed, replaced, or changed by another program; nothing can be saved into it.

    ``what`` says which of these, in one sentence.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}{_SAFE}")
        self.what = what


class CancelledError(Exception):
    """Raised inside long work when the person asked it to stop; nothing was changed."""
