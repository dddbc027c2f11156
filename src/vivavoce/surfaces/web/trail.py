"""What a person practises through: everything due, or one concept, or more new questions. Carried in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from vivavoce.domain.ids import SLUG
from vivavoce.services.browse import Filters
from vivavoce.surfaces.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Trail:
    """Empty and False is the plan of the day."""

    concept: str = ""
    more: bool = False

    @property
    def query(self) -> str:
        """`?within=dropout`, or nothing."""
        parts = {"within": self.concept, "more": "1" if self.more else ""}
        text = urlencode({k: v for k, v in parts.items() if v})
        return f"?{text}" if text else ""

    @property
    def filters(self) -> Filters:
        return Filters(concept=self.concept)

    def practise_url(self, after: object = "") -> str:
        """The address that leads to the next question after the item `after`."""
        parts = {"within": self.concept, "more": "1" if self.more else "", "after": str(after)}
        text = urlencode({k: v for k, v in parts.items() if v}, safe="/")
        return f"/practise?{text}" if text else "/practise"


def trail_of(visit: Visit) -> Trail:
    """The trail in the address or the form; an unknown concept is no trail."""
    concept = visit.query("within") or visit.form.get("within", "")
    more = visit.query("more") or visit.form.get("more", "")
    return Trail(concept if SLUG.fullmatch(concept) else "", more == "1")
