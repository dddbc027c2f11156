"""The folder `figures/` of a concept: `<name>.yaml` to a `Figure`.

Expressions are computed here, once. A figure that cannot be drawn as written is reported under C009 and left out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from vivavoce.content.figure_schema import (
    FIGURE_KINDS,
    BarsFile,
    CurvesFile,
    DiagramFile,
    FigureFile,
    FigureKindFile,
    MatrixFile,
    PointsFile,
    RangeFile,
)
from vivavoce.content.files import PackReader
from vivavoce.content.reading import ContentFile, dangling_in, parsed_yaml
from vivavoce.content.shape import validate
from vivavoce.domain.errors import ExpressionError
from vivavoce.domain.exhibit import Arrow, Bars, Box, Curves, Diagram, Frame, Matrix, Points
from vivavoce.domain.expression import evaluate, names_in
from vivavoce.domain.figure import Figure, Picture

FIGURE_FILES = "files named <figure-name>.yaml"

_Fault = Callable[[tuple[str | int, ...], str, str], None]
"""Called with the place of what cannot be drawn, what was found, and the remedy."""


def load_figures(reader: PackReader, folder: Path) -> list[tuple[Figure, ContentFile]]:
    """Every figure of a concept's folder that can be drawn."""
    found = []
    for entry in reader.folder(folder / "figures", required=False):
        path = Path(entry.path)
        if path.suffix != ".yaml" or entry.is_dir():
            reader.stray(entry, "figures/", FIGURE_FILES)
        elif reader.is_id(path, path.stem):
            figure = _figure(reader, path)
            if figure is not None:
                found.append(figure)
    return found


def _figure(reader: PackReader, path: Path) -> tuple[Figure, ContentFile] | None:
    text = reader.text(path)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    if parsed is None:
        return None
    kind = parsed.value.get("kind") if isinstance(parsed.value, dict) else None
    model = FIGURE_KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        validate(FigureKindFile, parsed, reader, path)
        return None
    file = validate(model, parsed, reader, path)
    if file is None:
        return None
    where = ContentFile(path, parsed.marks)
    faults = 0

    def fault(keys: tuple[str | int, ...], message: str, remedy: str) -> None:
        nonlocal faults
        faults += 1
        reader.report("C009", path, where.line(*keys), message, remedy)

    picture = _picture(file, reader, where, fault)
    return None if faults else (Figure(path.stem, file.caption, file.alt, picture), where)


def _picture(file: FigureFile, reader: PackReader, where: ContentFile, fault: _Fault) -> Picture:
    match file:
        case DiagramFile():
            return _diagram(file, reader, where)
        case CurvesFile():
            return _curves(file, fault)
        case BarsFile():
            if file.log_y:
                _positive([(("values", name), value) for name, value in file.values.items()], fault)
            return Bars(file.title, file.y_label, dict(file.values), file.log_y)
        case MatrixFile():
            return _matrix(file, fault)
        case PointsFile():
            return Points(file.title, file.x_label, file.y_label, dict(file.groups))
    raise AssertionError(file.kind)


def _diagram(file: DiagramFile, reader: PackReader, where: ContentFile) -> Diagram:
    dangling = dangling_in(reader, where)
    boxes = {
        key: Box("\n".join(line.strip() for line in b.says.split("\n")), b.at[0], b.at[1], b.shape, b.tone)
        for key, b in file.boxes.items()
    }
    arrows = []
    for n, arrow in enumerate(file.arrows):
        missing = [(end, name) for end, name in (("from", arrow.source), ("to", arrow.target)) if name not in boxes]
        for end, name in missing:
            dangling(("arrows", n, end), "box", name, boxes)
        if not missing:
            arrows.append(Arrow(arrow.source, arrow.target, arrow.says.strip(), arrow.dashed))
    frames = []
    for n, frame in enumerate(file.frames):
        for i, name in enumerate(frame.around):
            if name not in boxes:
                dangling(("frames", n, "around", i), "box", name, boxes)
        inside = tuple(name for name in frame.around if name in boxes)
        if inside:
            frames.append(Frame(inside, frame.says.strip()))
    return Diagram(file.title, boxes, tuple(arrows), tuple(frames))


def _curves(file: CurvesFile, fault: _Fault) -> Curves:
    x = _spaced(file.x) if isinstance(file.x, RangeFile) else file.x
    if any(b <= a for a, b in pairwise(x)):
        fault(("x",), "x does not rise from number to number", "Write it in rising order.")
    lines: dict[str, tuple[float | None, ...]] = {}
    for name, line in file.lines.items():
        at = ("lines", name)
        if isinstance(line, str):
            values = _computed(line, x, at, fault)
        elif len(line) == len(x):
            values = line
        else:
            message = f'the line "{name}" has {len(line)} numbers, x has {len(x)}'
            fault(at, message, "Give each line one number for each of x.")
            continue
        if file.log_y:
            _positive([(at, value) for value in values], fault)
        lines[name] = values
    return Curves(file.title, file.x_label, file.y_label, x, lines, file.log_y)


def _computed(text: str, x: tuple[float, ...], at: tuple[str | int, ...], fault: _Fault) -> tuple[float | None, ...]:
    remedy = "Correct the expression, or the range of x."
    try:
        unknown = names_in(text) - {"x"}
    except ExpressionError as error:
        fault(at, str(error), "Correct the expression.")
        return ()
    if unknown:
        fault(at, f'"{text}" has the name "{min(unknown)}", which has no value', "Use x alone.")
        return ()
    values = []
    for number in x:
        try:
            values.append(float(evaluate(text, {"x": number})))
        except ExpressionError as error:
            fault(at, f"at x = {number:g}: {error}", remedy)
            return ()
    return tuple(values)


def _spaced(file: RangeFile) -> tuple[float, ...]:
    """Ends exact, and round numbers in between where the distance is one."""
    last = file.points - 1
    return tuple(round(file.start + (file.end - file.start) * n / last, 12) for n in range(file.points))


def _matrix(file: MatrixFile, fault: _Fault) -> Matrix:
    if len(file.values) != len(file.rows):
        message = f"{len(file.values)} rows of numbers for {len(file.rows)} names of rows"
        fault(("values",), message, "Give one row of numbers for each name.")
    for n, row in enumerate(file.values):
        if len(row) != len(file.columns):
            message = f"row {n + 1} has {len(row)} numbers, there are {len(file.columns)} columns"
            fault(("values", n), message, "Give one number for each column.")
    return Matrix(file.title, file.row_label, file.column_label, file.rows, file.columns, file.values)


def _positive(values: list[tuple[tuple[str | int, ...], float | None]], fault: _Fault) -> None:
    wrong = next(((at, value) for at, value in values if value is not None and value <= 0), None)
    if wrong:
        remedy = "Remove `log_y`, or leave the value out."
        fault(wrong[0], f"{wrong[1]:g} has no place on a logarithmic axis", remedy)
