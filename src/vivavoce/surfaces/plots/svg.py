"""matplotlib's SVG made fit to stand inside a page under a strict content policy.

No style attribute and no style element is left: sizes become presentation attributes, and colours become classes
(`fill-arm0`, `stroke-ink`) that the page's style sheet sets for light and dark. Ids are the picture's own, and a title
and a description say what is seen.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from vivavoce.surfaces.plots.style import ROLE_OF

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_KEPT = frozenset(
    {"fill-opacity", "stroke-opacity", "opacity", "stroke-width", "stroke-dasharray", "stroke-dashoffset"}
    | {"stroke-linecap", "stroke-linejoin", "text-anchor", "font-size", "font-weight", "font-style", "fill-rule"}
)
_FONT = re.compile(r"(?:(?P<weight>bold|\d{3})\s+)?(?P<size>[\d.]+)px\b")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_PLACES = ("d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "transform", "points")
"""Attributes whose numbers are places: two decimals of a seventieth of an inch are enough."""
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
ET.register_namespace("", "http://www.w3.org/2000/svg")


def inline_svg(text: str, prefix: str, title: str, description: str, classes: str = "lab-figure") -> str:
    """`text` as matplotlib wrote it, as an element for a page. `prefix` makes its ids unique in the page."""
    root = ET.fromstring(text)  # noqa: S314
    _drop_foreign(root)
    used = _references(root)
    for node in root.iter():
        _plain(node, prefix, used)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"class": classes, "role": "img", "aria-labelledby": f"{prefix}-t {prefix}-d", "focusable": "false"}
    for place, (tag, key, words) in enumerate((("title", "t", title), ("desc", "d", description))):
        node = ET.Element(f"{_SVG}{tag}", {"id": f"{prefix}-{key}"})
        node.text = words
        root.insert(place, node)
    made = ET.tostring(root, encoding="unicode")
    return made.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)


def described_svg(text: str, title: str, description: str) -> str:
    """The same for a file of its own: with its colours, which also show where a policy forbids styles."""
    root = ET.fromstring(text)  # noqa: S314
    _drop_foreign(root)
    used = _references(root)
    for node in root.iter():
        _plain(node, "p", used, by_class=False)
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        node = ET.Element(f"{_SVG}{tag}")
        node.text = words
        root.insert(place, node)
    root.attrib |= {"role": "img", "font-family": "DejaVu Sans, Verdana, sans-serif"}
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _drop_foreign(root: ET.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}style", f"{_SVG}metadata"):
                parent.remove(child)


def _references(root: ET.Element) -> frozenset[str]:
    found: set[str] = set()
    for node in root.iter():
        for name, value in node.attrib.items():
            if name == _XLINK:
                found.add(value.removeprefix("#"))
            found.update(_REFERENCE.findall(value))
    return frozenset(found)


def _plain(node: ET.Element, prefix: str, used: frozenset[str], *, by_class: bool = True) -> None:
    """One element without styles, with its own ids, and with classes for its colours."""
    classes: list[str] = []
    given = dict(node.attrib)
    node.attrib.clear()
    styles = dict(_declarations(given.pop("style", "")))
    for name in ("fill", "stroke"):
        if name in given:
            styles.setdefault(name, given.pop(name))
    for name, value in given.items():
        if name == "id":
            if value in used:
                node.set("id", f"{prefix}-{value}")
        elif name == _XLINK:
            node.set("href", f"#{prefix}-{value.removeprefix('#')}")
        elif name in _PLACES:
            node.set(name, _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}", value))
        else:
            node.set(name, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    if by_class and node.tag == f"{_SVG}text" and "fill" not in styles:
        classes.append("fill-ink")
    for name, value in styles.items():
        role = ROLE_OF.get(value.lower())
        if name in ("fill", "stroke"):
            if not by_class:
                node.set(name, value)
            elif role:
                classes.append(f"{name}-{role}")
            else:
                node.set(name, value if value == "none" else "currentColor")
        elif name == "font":
            found = _FONT.search(value)
            if found:
                node.set("font-size", found["size"])
                if found["weight"]:
                    node.set("font-weight", found["weight"])
        elif name in _KEPT:
            node.set(name, value.removesuffix("px"))
    if classes:
        node.set("class", " ".join(classes))


def _declarations(style: str) -> list[tuple[str, str]]:
    parts = (one.partition(":") for one in style.split(";"))
    return [(name.strip(), value.strip()) for name, _, value in parts if name.strip()]
