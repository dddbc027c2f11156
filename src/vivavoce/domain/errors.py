"""Every error of ours, one tree.

    VivavoceError                what a surface catches and shows as one clear message
    ├── BadInputError            the request cannot be carried out as it stands
    │   ├── InvalidIdError       a text that is no item id
    │   ├── UnknownItemError     an id that the bank does not hold (with the nearest that it does)
    │   ├── AnswerRejectedError  an answer that cannot be graded: empty, too long
    │   ├── ExpressionError      arithmetic of a content file that cannot be read or computed
    │   └── NaiveTimeError       a time without a time zone
    ├── StorageError             the database could not do it
    │   ├── StorageBusyError     locked by another program for too long
    │   ├── StorageCorruptError  the file is damaged
    │   ├── StorageReadOnlyError the file or folder cannot be written, or the disk is full
    │   └── StorageNewerError    written by a newer Vivavoce
    ├── ExportFormatError        a file that `viva import` cannot read
    └── EncoderError             the sentence encoder is missing or damaged

Every message names what was found and what would be right.
"""

from __future__ import annotations


class VivavoceError(Exception):
    """Base of all errors that are ours to explain."""


class BadInputError(VivavoceError):
    """The request cannot be carried out as it stands."""


class InvalidIdError(BadInputError):
    """A text that is no item id."""


class UnknownItemError(BadInputError):
    """An id that the bank does not hold; `suggestions` are the nearest ids that it does hold."""

    def __init__(self, kind: str, wanted: str, suggestions: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.wanted = wanted
        self.suggestions = suggestions
        hint = f" Did you mean {_either(suggestions)}?" if suggestions else ""
        super().__init__(f'no {kind} "{wanted}".{hint}')


class AnswerRejectedError(BadInputError):
    """An answer that cannot be graded: empty or too long."""


class ExpressionError(BadInputError):
    """Arithmetic of a content file that cannot be read or computed."""


class NaiveTimeError(BadInputError):
    """A time without a time zone."""


class StorageError(VivavoceError):
    """The database could not do it."""


class StorageBusyError(StorageError):
    """The database stayed locked by another program."""


class StorageCorruptError(StorageError):
    """The database file is damaged."""


class StorageReadOnlyError(StorageError):
    """The file or its folder cannot be written, or the disk is full."""


class StorageNewerError(StorageError):
    """The database was written by a newer Vivavoce than this one."""


class ExportFormatError(VivavoceError):
    """A file that is no export of ours, or one from a newer version."""


class EncoderError(VivavoceError):
    """The sentence encoder is missing, damaged or not the one expected."""


def _either(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" or {quoted[-1]}"
