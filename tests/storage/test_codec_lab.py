"""Records of labs say everything, survive JSON, and nothing that is not understood passes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Effect, Measurement, Origin, Outcome, Points, Ruled, RunState
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun, Prediction, Way
from vivavoce.storage.codec import Stored, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
names = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
few = st.integers(-999, 999).map(lambda n: n / 8)
times = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
items = st.builds(ItemId, names, names)
values = st.dictionaries(names, st.dictionaries(names, st.dictionaries(names, few, max_size=2), max_size=2), max_size=2)
origins = st.builds(
    Origin,
    texts,
    texts,
    st.dictionaries(names, texts, max_size=2),
    texts,
    st.dictionaries(names, few | texts, max_size=2),
)
runs = st.builds(LabRun, texts, items, origins, st.lists(st.integers(2, 64), max_size=3).map(tuple), times)
kept = st.builds(KeptMeasurement, texts, st.builds(Measurement, st.integers(0, 99), values, few), st.none() | texts)
effects = st.builds(
    Effect,
    texts,
    st.sampled_from(Outcome),
    st.none() | few,
    st.none() | few,
    st.none() | few,
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9),
    st.dictionaries(names, st.integers(0, 9), max_size=2),
    st.booleans(),
)
several = st.lists(effects, max_size=2).map(tuple)
rulings = st.dictionaries(names, st.tuples(st.sampled_from(Outcome), several, several, texts), max_size=2).map(
    lambda found: {name: Ruled(name, *rest) for name, rest in found.items()}
)
pictures = st.builds(Points, texts, texts, texts, st.dictionaries(names, st.lists(st.tuples(few, few)).map(tuple)))
ends = st.builds(
    LabEnd,
    texts,
    st.sampled_from(RunState),
    times,
    few,
    st.just(0.95),
    rulings,
    texts,
    st.lists(pictures, max_size=1).map(tuple),
)
predictions = st.builds(
    Prediction, texts, items, texts, texts, st.sampled_from(Way), st.integers(0, 2), st.sampled_from((0.4, 0.95)), times
)
stored = runs | kept | ends | predictions
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(stored)
def test_a_value_survives_its_record_and_json_unchanged(value: Stored) -> None:
    assert decode(json.loads(json.dumps(encode(value))), "record") == value


@given(stored, st.data())
def test_a_record_with_any_field_replaced_by_anything_is_read_or_refused_and_never_crashes(
    value: Stored, data: st.DataObject
) -> None:
    record: Any = encode(value)
    holder = record
    while True:
        keys = list(range(len(holder))) if isinstance(holder, list) else list(holder)
        key = data.draw(st.sampled_from(keys))
        if isinstance(holder[key], (dict, list)) and holder[key] and data.draw(st.booleans()):
            holder = holder[key]
            continue
        holder[key] = data.draw(junk)
        break
    try:
        read: object = decode(record, "record")
    except ExportFormatError as error:
        read = error
    assert isinstance(read, (LabRun, KeptMeasurement, LabEnd, Prediction, ExportFormatError))
