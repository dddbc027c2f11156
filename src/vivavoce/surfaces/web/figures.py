"""Figures of lessons and questions as their template takes them."""

from __future__ import annotations

from vivavoce.domain.exhibit import Diagram, Points
from vivavoce.domain.figure import Figure
from vivavoce.surfaces.web.diagram import DrawnDiagram, drawn_diagram
from vivavoce.surfaces.web.exhibits import BarTable, Drawing, Grid, Text, drawn
from vivavoce.surfaces.web.points import Scatter, scatter


def drawn_figure(figure: Figure) -> DrawnDiagram | Scatter | Drawing | BarTable | Grid | Text:
    """The picture of a figure; `kind` names the template's part."""
    match figure.picture:
        case Diagram():
            return drawn_diagram(figure.picture)
        case Points():
            return scatter(figure.picture)
        case _:
            return drawn(figure.picture)
