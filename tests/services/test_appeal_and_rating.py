from __future__ import annotations

import pytest

from tests.services.support import ITEM, Clock, SayingGrader
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.review import Rating, RatingSource, effective
from vivavoce.services.answer import Answer, submit
from vivavoce.services.appeal import appeal, withdraw
from vivavoce.services.rate import override, rated
from vivavoce.services.result import result
from vivavoce.services.workspace import Workspace


@pytest.fixture
def missed(ws: Workspace, grader: SayingGrader) -> Workspace:
    """An attempt `a1` whose must-have criterion was missed and the others met."""
    grader.says = {"small-factor": VerdictKind.MET, "remedy": VerdictKind.MET}
    submit(ws, Answer(ITEM, "the slope is small", "a1", "tab"))
    return ws


def test_an_appeal_shows_as_claimed_and_leaves_the_earned_score_alone(missed: Workspace) -> None:
    before = result(missed, "a1").score
    appeal(missed, "a1", "product", "second sentence")
    after = result(missed, "a1").score
    assert (before.earned, before.claimed) == (4, 0)
    assert (after.earned, after.claimed, after.total) == (4, 2, 6)
    assert next(r for r in result(missed, "a1").criteria if r.criterion.id == "product").claimed


def test_an_appeal_is_kept_with_its_note_as_a_labelled_example(missed: Workspace) -> None:
    appeal(missed, "a1", "product", "second sentence")
    record = missed.store.attempt("a1")
    assert record is not None
    assert [(a.criterion, a.note, a.attempt) for a in record.appeals] == [("product", "second sentence", "a1")]


def test_an_appeal_moves_the_derived_rating_and_withdrawing_it_moves_it_back(missed: Workspace) -> None:
    def rating() -> Rating:
        (line,) = effective(missed.store.reviews())
        return line.rating

    assert rating() is Rating.AGAIN
    appeal(missed, "a1", "product")
    assert rating() is Rating.EASY
    withdraw(missed, "a1", "product")
    assert rating() is Rating.AGAIN
    assert result(missed, "a1").score.claimed == 0


def test_repeating_an_appeal_changes_nothing(missed: Workspace) -> None:
    assert appeal(missed, "a1", "product").appeals == appeal(missed, "a1", "product").appeals


def test_a_met_criterion_cannot_be_claimed(missed: Workspace) -> None:
    with pytest.raises(BadInputError, match='"remedy" was met already'):
        appeal(missed, "a1", "remedy")


def test_a_criterion_that_is_not_there_is_named_with_those_that_are(missed: Workspace) -> None:
    with pytest.raises(UnknownItemError, match='no criterion "prodct"'):
        appeal(missed, "a1", "prodct")


def test_an_override_is_a_new_line_of_the_log_and_holds_against_later_appeals(missed: Workspace) -> None:
    override(missed, "a1", Rating.HARD)
    appeal(missed, "a1", "product")
    (line,) = effective(missed.store.reviews())
    assert (line.rating, line.source) == (Rating.HARD, RatingSource.OVERRIDE)
    assert len(missed.store.reviews()) == 2


def test_every_rating_shows_the_date_it_leads_to_and_choosing_it_gives_that_date(
    missed: Workspace, clock: Clock
) -> None:
    record = missed.store.attempt("a1")
    assert record is not None
    shown = rated(missed, record)
    assert shown is not None
    assert list(shown.choices) == list(Rating)
    assert shown.choices[shown.rating] == shown.due
    clock.move(hours=1)
    for rating, due in shown.choices.items():
        override(missed, "a1", rating)
        now = rated(missed, record)
        assert now is not None
        assert (now.rating, now.due) == (rating, due)


def test_an_older_attempt_offers_no_dates_once_a_later_one_has_overtaken_it(missed: Workspace, clock: Clock) -> None:
    clock.move(days=2)
    submit(missed, Answer(ITEM, "again", "a2", "tab"))
    record = missed.store.attempt("a1")
    assert record is not None
    shown = rated(missed, record)
    assert shown is not None
    assert shown.choices == {}


def test_answering_again_shows_the_change_criterion_by_criterion(missed: Workspace, grader: SayingGrader) -> None:
    grader.says["product"] = VerdictKind.PARTLY
    submit(missed, Answer(ITEM, "again", "a2", "tab"))
    shown = result(missed, "a2")
    assert shown.delta == pytest.approx(1 / 6)
    assert {r.criterion.id: r.before for r in shown.criteria}["product"] is VerdictKind.MISSED
