"""Pictures of a lab's claims and illustrations, kept once made. Nothing of matplotlib is loaded before the first."""

from __future__ import annotations

import hashlib
import pkgutil
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from vivavoce.domain.exhibit import Log
from vivavoce.domain.lab import Illustration, Lab, LabResult
from vivavoce.surfaces.plots.alternative import claims_words, illustration_words
from vivavoce.surfaces.plots.svg import described_svg, inline_svg

_RENDER = "vivavoce.surfaces.plots.render"
_MOST_KEPT = 256
_kept: OrderedDict[str, str | bytes] = OrderedDict()
_lock = threading.Lock()
Made = TypeVar("Made", str, bytes)


def figure_svg(
    lab: Lab, result: LabResult, claim: str | None = None, theme: str = "light", narrow: bool = False
) -> str:
    """SVG of one claim, or of all one below the other.

    `theme` is `light` or `dark` for a file, or `page` for an element that takes its colours from the page. Raises
    `KeyError` for a claim that the lab has not.
    """
    claims = tuple(lab.claims) if claim is None else (claim,)
    key = _key("claims", lab.id, lab.hash, [lab.claims[c] for c in claims], _seen(result), theme, narrow)

    def make() -> str:
        render: Callable[..., str] = pkgutil.resolve_name(f"{_RENDER}:claims_svg")
        text = render(lab, result, claims, theme, narrow)
        title, words = claims_words(lab, result, claims)
        if theme != "page":
            return described_svg(text, title, words)
        return inline_svg(text, f"f{key[:10]}", title, words, _classes(narrow))

    return _keeping(key, make)


def figure_png(
    lab: Lab, result: LabResult, claim: str | None = None, theme: str = "light", narrow: bool = False
) -> bytes:
    """The same as a PNG file. `theme` is `light` or `dark`."""
    claims = tuple(lab.claims) if claim is None else (claim,)
    key = _key("png", lab.id, lab.hash, [lab.claims[c] for c in claims], _seen(result), theme, narrow)

    def make() -> bytes:
        render: Callable[..., bytes] = pkgutil.resolve_name(f"{_RENDER}:claims_png")
        return render(lab, result, claims, theme, narrow)

    return _keeping(key, make)


def illustration_svg(shown: Illustration, theme: str = "light", narrow: bool = False) -> str:
    """SVG of what a lab shows of one seed. Raises `TypeError` for a text, which needs no picture."""
    if isinstance(shown, Log):
        raise TypeError(f"{shown.title!r} is text, which needs no picture")
    key = _key("illustration", shown, theme, narrow)

    def make() -> str:
        render: Callable[..., str] = pkgutil.resolve_name(f"{_RENDER}:illustration_svg")
        text, words = render(shown, theme, narrow), illustration_words(shown)
        if theme != "page":
            return described_svg(text, shown.title, words)
        return inline_svg(text, f"f{key[:10]}", shown.title, words, _classes(narrow))

    return _keeping(key, make)


def _seen(result: LabResult) -> tuple[object, ...]:
    """What of a result a picture shows: not how long it took."""
    return result.measurements, result.ruled, result.confidence


def _classes(narrow: bool) -> str:
    return f"lab-figure {'narrow' if narrow else 'wide'}"


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _keeping(key: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, from the kept ones if it is there. Two threads may make the same: no harm but time."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]  # type: ignore[return-value]
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return made
