"""One style for every picture: colours that a colour-blind reader can tell apart, in light and dark, and sizes.

A colour has a *role*. For a file the role is a colour of the light or the dark theme. For a page it is a stand-in that
`svg.py` replaces by a class, so that the page's own theme colours the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.lab import Outcome

ARMS = 6
"""Colours and markers for arms; a seventh arm begins again."""
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (7, 2, 1, 2, 1, 2)), (0, (1, 3)))

ROLES = (
    *("paper", "ink", "soft", "line", "band"),
    *(outcome.value for outcome in Outcome),
    *(f"arm{n}" for n in range(ARMS)),
)
_LIGHT = (
    *("#fffefb", "#20231f", "#565b54", "#ddd7c9", "#b9b4a6"),
    *("#1d6137", "#a12622", "#7a5600", "#4a4f96"),
    *("#0072b2", "#c45500", "#00795a", "#a4508b", "#7d5a10", "#4f6d8a"),
)
_DARK = (
    *("#1b2024", "#e8e5dd", "#abaea6", "#3f474e", "#5d666e"),
    *("#84d29d", "#ff9d94", "#e8c069", "#b4b8f5"),
    *("#56b4e9", "#ff9d5c", "#3fc9a0", "#e6a1cc", "#e8c547", "#a9bdd3"),
)
_PAGE = tuple(f"#0a0b{n:02x}" for n in range(len(ROLES)))

FONT_PT = 8.5
WIDE_IN, NARROW_IN = 7.4, 3.45
"""Width of a picture: beside a text column, and on a phone."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour for each role."""

    name: str
    colours: tuple[str, ...]

    def __getitem__(self, role: str) -> str:
        return self.colours[ROLES.index(role)]

    def arm(self, number: int) -> str:
        return self[f"arm{number % ARMS}"]


THEMES = {"light": Theme("light", _LIGHT), "dark": Theme("dark", _DARK), "page": Theme("page", _PAGE)}
ROLE_OF = dict(zip(_PAGE, ROLES, strict=True))
"""Stand-in to role."""
