"""Records say everything, survive JSON, and nothing that is not understood passes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.attempt import (
    Appeal,
    Attempt,
    Draft,
    Flag,
    Flagged,
    Grade,
    MisconceptionFound,
    Mode,
    PartVerdict,
    Span,
    Submission,
    Verdict,
    VerdictKind,
)
from vivavoce.domain.errors import ExportFormatError, StorageError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Rating, RatingSource, Review
from vivavoce.storage.codec import DATA_VERSION, Stored, decode, encode
from vivavoce.storage.fields import moment_text, require_storable

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
numbers = st.floats(allow_nan=False, allow_infinity=False)
whole = st.integers(-(2**53), 2**53)
times = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True)
items = st.builds(ItemId, slugs, slugs)
spans = st.lists(st.builds(Span, whole, whole), max_size=3).map(tuple)
grades = st.builds(
    Grade,
    verdicts=st.lists(
        st.builds(
            Verdict,
            texts,
            st.sampled_from(VerdictKind),
            numbers,
            spans,
            st.lists(st.builds(PartVerdict, texts, st.booleans(), numbers), max_size=2).map(tuple),
            st.none() | texts,
        ),
        max_size=3,
    ).map(tuple),
    misconceptions=st.lists(st.builds(MisconceptionFound, texts, numbers, spans), max_size=2).map(tuple),
    flags=st.lists(st.builds(Flagged, st.sampled_from(Flag), spans), max_size=2).map(tuple),
    grader=texts,
)
optional = st.none() | texts
attempts = st.builds(
    Attempt,
    id=texts,
    item=items,
    graded_hash=texts,
    mode=st.sampled_from(Mode),
    text=texts,
    grade=grades,
    points=st.dictionaries(texts, whole, max_size=3),
    submitted_at=times,
    seconds=numbers,
    follow_up=optional,
    parent=optional,
)
reviews = st.builds(
    Review,
    id=texts,
    item=items,
    attempt=texts,
    at=times,
    rating=st.sampled_from(Rating),
    source=st.sampled_from(RatingSource),
    map_version=texts,
    raw_score=numbers,
    predicted_recall=st.none() | numbers,
    model=texts,
    replaces=optional,
)
appeals = st.builds(Appeal, id=texts, attempt=texts, criterion=texts, at=times, note=texts, withdraws=optional)
drafts = st.builds(
    Draft,
    item=items,
    writer=texts,
    text=texts,
    updated_at=times,
    opened_at=times,
    submission=st.none()
    | st.builds(Submission, attempt_id=texts, submitted_at=times, seconds=numbers, follow_up=optional, parent=optional),
)
stored = attempts | reviews | appeals | drafts

REVIEW = Review(
    "r1",
    ItemId("a", "b"),
    "a1",
    datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    Rating.GOOD,
    RatingSource.DERIVED,
    "1",
    0.5,
    None,
    "m",
)


@given(stored)
def test_a_value_survives_its_record_and_json_unchanged(value: Stored) -> None:
    assert decode(json.loads(json.dumps(encode(value))), "record") == value


@given(stored)
def test_encoding_what_was_decoded_gives_the_same_text(value: Stored) -> None:
    text = json.dumps(encode(value))
    assert json.dumps(encode(decode(json.loads(text), "record"))) == text


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


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
        read = decode(record, "record")
    except ExportFormatError as error:
        said = str(error)
    else:
        said = ""
        assert isinstance(read, (Attempt, Review, Appeal, Draft))
    assert said == "" or (said.startswith("record") and ("expected" in said or "missing" in said or "reads" in said))


def test_a_record_says_its_type_and_version() -> None:
    record = encode(REVIEW)
    assert (record["type"], record["version"]) == ("review", DATA_VERSION)


def test_times_are_written_in_utc_with_one_width_so_that_texts_sort_as_times() -> None:
    assert encode(REVIEW)["at"] == "2026-01-02T03:04:05.000000Z"


@given(times, times)
def test_time_texts_sort_as_times_do(one: datetime, two: datetime) -> None:
    assert (moment_text(one) < moment_text(two)) == (one < two)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(StorageError, match="no time zone"):
        moment_text(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_record_of_a_newer_version_is_refused_as_newer() -> None:
    with pytest.raises(ExportFormatError, match=r"record 3 has version 2, written by a newer Vivavoce; .* up to 1"):
        decode({**encode(REVIEW), "version": 2}, "record 3")


@pytest.mark.parametrize("value", ["x", 3, None, [], ["type"]])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(ExportFormatError, match=r"record is .*; an object with named fields is expected"):
        decode(value, "record")


@pytest.mark.parametrize("number", [10**400, float("nan"), float("inf"), True, "1"])
def test_what_is_no_finite_number_is_refused(number: object) -> None:
    with pytest.raises(ExportFormatError, match=r'"raw_score" is .*; a .*number is expected'):
        decode({**encode(REVIEW), "raw_score": number}, "record")


@pytest.mark.parametrize("value", ["a\0b", {"a\0b": 1}, ["x", {"y": ["a\0b"]}], "a\udc00b", {"k": float("nan")}])
def test_what_a_database_cannot_hold_is_found_however_deep_it_lies(value: object) -> None:
    with pytest.raises(StorageError, match=r"position 1|only finite"):
        require_storable(value, "answer")
