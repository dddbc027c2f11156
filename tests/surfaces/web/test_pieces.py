"""Words, drawings, the secret, the manifest: the parts without a page."""

from __future__ import annotations

import itertools
import json
import stat
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.attempt import Flag, Score, VerdictKind
from vivavoce.domain.review import Rating
from vivavoce.services.progress import Day
from vivavoce.surfaces.web import charts, wording
from vivavoce.surfaces.web.assets import Assets
from vivavoce.surfaces.web.security.secret import cookie_name, cookie_value, load_secret
from vivavoce.surfaces.web.visit import parse_form

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(seconds=-1), "now"),
        (timedelta(seconds=20), "in 1 min"),
        (timedelta(minutes=10), "in 10 min"),
        (timedelta(hours=5), "today 14:00"),
        (timedelta(hours=16), "tomorrow"),
        (timedelta(days=5), "in 5 days"),
        (timedelta(days=60), "on 30 Apr"),
        (timedelta(days=400), "on 5 Apr 2027"),
    ],
    ids=str,
)
def test_a_coming_date_is_said_as_a_person_would(after: timedelta, words: str) -> None:
    assert wording.when(NOW + after, NOW, UTC) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(hours=3), "today 06:00"),
        (timedelta(hours=12), "yesterday 21:00"),
        (timedelta(days=90), "1 Dec 2025 09:00"),
        (timedelta(days=-2), "3 Mar 09:00"),
    ],
    ids=str,
)
def test_a_past_moment_is_said_as_a_person_would(before: timedelta, words: str) -> None:
    assert wording.ago(NOW - before, NOW, UTC) == words


def test_tomorrow_is_a_matter_of_the_local_day() -> None:
    west = timezone(timedelta(hours=-10))
    assert wording.when(NOW + timedelta(hours=3), NOW, west) == "tomorrow"


def test_every_verdict_rating_and_flag_has_words() -> None:
    assert set(wording.VERDICTS) == set(VerdictKind)
    assert set(wording.RATINGS) == set(Rating)
    assert set(wording.FLAGS) == set(Flag)


def test_score_words_count_every_verdict() -> None:
    words = wording.score_words(Score(1.5, 0, 1, 6), [VerdictKind.MET, VerdictKind.PARTLY, VerdictKind.UNSURE])
    assert words == "A start. Most of it is still missing. Of 3 criteria: 1 met, 1 partly, 1 unsure."


@given(st.dictionaries(st.sampled_from(charts.STACK_ORDER), st.integers(0, 50)))
def test_a_bar_is_filled_from_end_to_end_by_what_there_is(counts: dict[str, int]) -> None:
    pieces = charts.stack(counts)
    assert {p.name: p.count for p in pieces} == {name: n for name, n in counts.items() if n}
    assert sum(p.width for p in pieces) == pytest.approx(100 if pieces else 0, abs=0.05)
    for before, after in itertools.pairwise(pieces):
        assert after.x == pytest.approx(before.x + before.width, abs=0.02)


def test_the_score_bar_shows_claimed_points_beside_earned_ones() -> None:
    pieces = {p.name: p.width for p in charts.score_bar(Score(2, 1, 0, 4))}
    assert pieces == {"earned": 50, "claimed": 25, "empty": 25}


def test_the_tallest_column_fills_the_height_and_few_answers_do_not() -> None:
    days = [Day(date(2026, 3, n), count) for n, count in ((1, 0), (2, 10), (3, 5))]
    assert [c.height for c in charts.activity(days)] == [2.0, 70.0, 35.0]
    assert charts.activity([Day(date(2026, 3, 1), 1)])[0].height == 14.0


def test_the_secret_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    secret = load_secret(tmp_path / "new")
    assert load_secret(tmp_path / "new") == secret
    assert len(secret) == 32
    assert stat.S_IMODE((tmp_path / "new" / "web-secret").stat().st_mode) == 0o600
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["web-secret"]


def test_a_secret_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "web-secret").write_bytes(b"short")
    assert len(load_secret(tmp_path)) == 32
    assert load_secret(tmp_path) == load_secret(tmp_path)


def test_a_folder_that_cannot_be_written_still_gives_a_secret(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert len(load_secret(tmp_path / "file")) == 32


def test_cookies_of_two_users_have_two_names_and_values() -> None:
    one, two = b"1" * 32, b"2" * 32
    assert cookie_name(one) != cookie_name(two)
    assert cookie_value(one) != cookie_value(two)
    assert cookie_value(one) == cookie_value(one)


def test_without_a_bundle_there_are_no_addresses(tmp_path: Path) -> None:
    assert Assets(tmp_path).missing
    assert Assets(tmp_path).url("js/main.js") == ""


def test_the_manifest_gives_the_hashed_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"js/main.js": "main-ABC.js"}), encoding="utf-8")
    assert Assets(tmp_path).url("js/main.js") == "/static/main-ABC.js"


@given(st.dictionaries(st.sampled_from("abc"), st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_form_gives_back_what_was_typed(fields: dict[str, str]) -> None:
    assert parse_form(urlencode(fields).encode()) == fields


@given(st.binary())
def test_no_bytes_make_a_form_fail(body: bytes) -> None:
    assert isinstance(parse_form(body.replace(b"&", b"")), dict)
