"""Reading one JSON record field by field, with a message that says what was found and what would be right."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from vivavoce.domain.errors import ExportFormatError, InvalidIdError, StorageError
from vivavoce.domain.ids import ItemId

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")


class Fields:
    """The fields of one JSON object. Methods raise `ExportFormatError` for a field that is not as it should be."""

    def __init__(self, values: object, what: str) -> None:
        if not isinstance(values, Mapping):
            raise ExportFormatError(f"{what} is {_shown(values)}; an object with named fields is expected")
        self._values: Mapping[str, Any] = values
        self._what = what

    def text(self, key: str) -> str:
        value = self._get(key)
        if not isinstance(value, str):
            raise self._wrong(key, value, "a text")
        return value

    def optional_text(self, key: str) -> str | None:
        return None if self._values.get(key) is None else self.text(key)

    def number(self, key: str) -> float:
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._wrong(key, value, "a number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self._wrong(key, value, "a finite number")
        return number

    def optional_number(self, key: str) -> float | None:
        return None if self._values.get(key) is None else self.number(key)

    def boolean(self, key: str) -> bool:
        value = self._get(key)
        if not isinstance(value, bool):
            raise self._wrong(key, value, "true or false")
        return value

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        value = self._get(key)
        try:
            return kind(value)
        except ValueError:
            raise self._wrong(key, value, "one of " + ", ".join(kind)) from None

    def moment(self, key: str) -> datetime:
        value = self.text(key)
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self._wrong(key, value, 'a time with its zone such as "2026-11-21T06:45:00.000000Z"')

    def item(self, key: str) -> ItemId:
        value = self.text(key)
        try:
            return ItemId.parse(value)
        except InvalidIdError:
            raise self._wrong(key, value, "an id such as dropout/why-scale") from None

    def items(self, key: str) -> list[Any]:
        value = self._get(key)
        if not isinstance(value, list):
            raise self._wrong(key, value, "a list")
        return value

    def objects(self, key: str) -> list[Fields]:
        return [Fields(item, f'{self._what}: "{key}" number {n}') for n, item in enumerate(self.items(key), 1)]

    def inner(self, key: str) -> Fields:
        return Fields(self._get(key), f'{self._what}: "{key}"')

    def optional_inner(self, key: str) -> Fields | None:
        return None if self._values.get(key) is None else self.inner(key)

    def counts(self, key: str) -> dict[str, int]:
        value = self._get(key)
        whole = isinstance(value, dict) and all(type(n) is int for n in value.values())
        if not whole:
            raise self._wrong(key, value, "an object of whole numbers")
        return dict(value)

    def optional_numbers(self, key: str) -> dict[str, int | float] | None:
        """An object of numbers that are finite; whole ones stay whole."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict) or not all(type(n) in (int, float) for n in value.values()):
            raise self._wrong(key, value, "an object of numbers")
        if not all(math.isfinite(n) for n in value.values() if isinstance(n, float)):
            raise self._wrong(key, value, "an object of finite numbers")
        return dict(value)

    def texts(self, key: str) -> dict[str, str]:
        value = self._get(key)
        if not (isinstance(value, dict) and all(isinstance(text, str) for text in value.values())):
            raise self._wrong(key, value, "an object of texts")
        return dict(value)

    def whole(self, key: str) -> int:
        value = self._get(key)
        if type(value) is not int:
            raise self._wrong(key, value, "a whole number")
        return value

    def optional_whole(self, key: str) -> int | None:
        return None if self._values.get(key) is None else self.whole(key)

    def optional_wholes(self, key: str) -> tuple[int, ...] | None:
        if self._values.get(key) is None:
            return None
        values = self.items(key)
        if not all(type(n) is int for n in values):
            raise self._wrong(key, values, "a list of whole numbers")
        return tuple(values)

    def parsed(self, read: Callable[[dict[str, Any]], Read]) -> Read:
        """What `read` makes of the whole object, with the place put before what it raises."""
        try:
            return read(dict(self._values))
        except (ExportFormatError, OverflowError, RecursionError) as error:
            raise ExportFormatError(f"{self._what}: {error}; what `viva export` writes is expected") from error

    def ranges(self, key: str) -> list[tuple[int, int]]:
        """A list of `[start, end]`."""
        result = []
        for pair in self.items(key):
            if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)):
                raise self._wrong(key, pair, "a list of [start, end]")
            result.append((pair[0], pair[1]))
        return result

    def _get(self, key: str) -> Any:
        if key not in self._values:
            raise ExportFormatError(f'{self._what}: field "{key}" is missing')
        return self._values[key]

    def _wrong(self, key: str, found: object, expected: str) -> ExportFormatError:
        return ExportFormatError(f'{self._what}: "{key}" is {_shown(found)}; {expected} is expected')


def moment_text(moment: datetime) -> str:
    """A time in UTC with microseconds, of fixed width so that texts sort as times do. Raises `StorageError`."""
    if moment.utcoffset() is None:
        raise StorageError(f"{moment.isoformat()} has no time zone; times are stored with one")
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
    except OverflowError:
        raise StorageError(f"{moment.isoformat()} cannot be written in UTC; years 1 to 9999 can be stored") from None


def made_storable(value: Any) -> Any:
    """A JSON value without what a database refuses in a text; for texts that a program of others wrote."""
    if isinstance(value, str):
        return value.replace("\0", "\u2400").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {made_storable(key): made_storable(inner) for key, inner in value.items()}
    return [made_storable(inner) for inner in value] if isinstance(value, list) else value


def require_storable(value: object, place: str) -> None:
    """Raises `StorageError` for what a database would refuse or silently change, wherever in `value` it is.

    That is: the NUL character (PostgreSQL refuses it), half a surrogate pair (it has no UTF-8 form) and numbers that
    are not finite (SQLite makes NULL of them).
    """
    if isinstance(value, str):
        if "\0" in value:
            raise StorageError(f"{place} has a NUL character at position {value.index(chr(0))}; it cannot be stored")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise StorageError(
                f"{place} has half a surrogate pair at position {error.start}; only complete characters can be stored"
            ) from None
    elif isinstance(value, float) and not math.isfinite(value):
        raise StorageError(f"{place} is {value}; only finite numbers can be stored")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            require_storable(key, f"a name in {place}")
            require_storable(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for inner in value:
            require_storable(inner, place)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
