from __future__ import annotations

from datetime import UTC

import pytest

from tests.services.support import ITEM, Clock, SayingGrader
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Rating, Review
from vivavoce.services.answer import Answer, submit
from vivavoce.services.appeal import appeal, withdraw
from vivavoce.services.browse import LIKELY_FROM, Filters, Standing, choices, concept_page, rows, search
from vivavoce.services.drafts import save_draft
from vivavoce.services.overview import overview
from vivavoce.services.practise import plan
from vivavoce.services.progress import CALIBRATION_NEEDS, progress
from vivavoce.services.rate import override
from vivavoce.services.workspace import Workspace

ALL_MET = dict.fromkeys(("product", "small-factor", "remedy"), VerdictKind.MET)


def test_a_new_learner_is_offered_the_day_s_number_of_new_questions_prerequisites_first(ws: Workspace) -> None:
    planned = plan(ws, zone=UTC)
    assert [p.new for p in planned] == [True] * ws.settings.new_per_day
    concepts = list(dict.fromkeys(p.question.id.concept for p in planned))
    order = list(ws.library.bank.concepts)
    assert concepts == sorted(concepts, key=order.index)


def test_an_answered_question_leaves_the_plan_until_it_is_due_and_then_comes_first(ws: Workspace, clock: Clock) -> None:
    first = plan(ws, zone=UTC)[0].question
    submit(ws, Answer(str(first.id), "an answer", "a1", "tab"))
    override(ws, "a1", Rating.GOOD)
    assert first.id not in [p.question.id for p in plan(ws, zone=UTC)]
    clock.now = ws.cards()[first.id].due
    again = plan(ws, zone=UTC)[0]
    assert (again.question.id, again.new) == (first.id, False)
    assert again.reason == "due now, recall about 9 in 10"


def test_the_day_s_limit_of_new_questions_counts_what_was_answered_and_starts_anew_tomorrow(
    ws: Workspace, clock: Clock
) -> None:
    limit = ws.settings.new_per_day
    for n, planned in enumerate(plan(ws, zone=UTC)):
        submit(ws, Answer(str(planned.question.id), "an answer", f"a{n}", "tab"))
        override(ws, f"a{n}", Rating.EASY)
    assert plan(ws, zone=UTC) == ()
    assert len(plan(ws, more_new=True, zone=UTC)) > limit
    clock.move(days=1)
    assert sum(p.new for p in plan(ws, zone=UTC)) == limit


def test_asking_for_a_concept_lifts_the_limit_and_keeps_to_it(ws: Workspace) -> None:
    planned = plan(ws, Filters(concept="dropout"), zone=UTC)
    assert {p.question.id.concept for p in planned} == {"dropout"}
    assert len(planned) == len(ws.library.bank.questions_of("dropout"))


def test_asking_for_a_standing_keeps_to_it(ws: Workspace) -> None:
    submit(ws, Answer(ITEM, "wrong", "a1", "tab"))
    assert ITEM not in [str(p.question.id) for p in plan(ws, Filters(standing="new"))]
    assert {p.new for p in plan(ws, Filters(standing="new"))} == {True}


def test_standing_goes_from_new_over_weak_to_due_and_strong(ws: Workspace, clock: Clock, grader: SayingGrader) -> None:
    def standing() -> Standing:
        return next(r.standing for r in rows(ws) if str(r.question.id) == ITEM)

    assert standing() is Standing.NEW
    submit(ws, Answer(ITEM, "wrong", "a1", "tab"))
    assert standing() is Standing.WEAK
    grader.says = ALL_MET
    submit(ws, Answer(ITEM, "right", "a2", "tab"))
    assert standing() in (Standing.LEARNING, Standing.STRONG)
    clock.now = ws.cards()[ItemId.parse(ITEM)].due
    assert standing() is Standing.DUE


def test_filters_keep_what_they_name_and_an_unknown_value_nothing(ws: Workspace) -> None:
    offered = choices(ws)
    for name, values in offered.items():
        if name not in ("standing", "role"):
            assert sum(len(rows(ws, Filters(**{name: v}))) for v in values) == len(rows(ws)), name
    assert rows(ws, Filters(level="impossible")) == ()


def test_a_role_keeps_what_is_likely_to_be_asked_for_it(ws: Workspace) -> None:
    bank = ws.library.bank
    found = {r.question.id for r in rows(ws, Filters(role="data-scientist"))}
    likely = {q.id for q in bank.questions.values() if q.likelihood.get("data-scientist", 0) >= LIKELY_FROM}
    assert found == likely
    assert 0 < len(found) < len(bank.questions)
    assert rows(ws, Filters(role="astronaut")) == ()


def test_search_forgives_a_typing_error(ws: Workspace) -> None:
    hits = search(ws, "backpropogation")
    assert "backpropagation" in str(hits[0].id)


def test_a_concept_page_names_what_comes_before_and_after(ws: Workspace) -> None:
    page = concept_page(ws, "vanishing-exploding-gradients")
    assert {c.id for c in page.prerequisites} == set(page.concept.prerequisites)
    assert all(page.concept.id in c.prerequisites for c in page.follows)
    assert {r.question.id.concept for r in page.rows} == {page.concept.id}


def test_home_shows_an_unfinished_draft_and_counts_what_is_there(ws: Workspace) -> None:
    save_draft(ws, ITEM, "tab", "half an ans")
    seen = overview(ws, zone=UTC)
    assert [u.draft.text for u in seen.unfinished] == ["half an ans"]
    assert (seen.due, seen.new, seen.problems) == (0, ws.settings.new_per_day, 0)
    assert seen.next_due is None


def test_progress_counts_answers_by_local_day_and_a_streak_may_end_yesterday(ws: Workspace, clock: Clock) -> None:
    for n in range(3):
        submit(ws, Answer(ITEM, "an answer", f"a{n}", "tab", seconds=90))
        clock.move(days=1)
    seen = progress(ws, zone=UTC)
    assert [d.answers for d in seen.days][-4:] == [1, 1, 1, 0]
    assert seen.streak == 3
    assert (seen.answers, seen.questions_seen, seen.minutes) == (3, 1, 4.5)


def test_a_streak_is_longer_than_the_days_that_are_shown(ws: Workspace, clock: Clock) -> None:
    for n in range(5):
        submit(ws, Answer(ITEM, "an answer", f"a{n}", "tab"))
        clock.move(days=1)
    assert progress(ws, days=2, zone=UTC).streak == 5
    clock.move(days=1)
    assert progress(ws, days=2, zone=UTC).streak == 0


def test_a_claim_taken_back_is_not_counted(ws: Workspace) -> None:
    submit(ws, Answer(ITEM, "an answer", "a1", "tab"))
    appeal(ws, "a1", "product")
    appeal(ws, "a1", "remedy")
    assert progress(ws).appeals == 2
    withdraw(ws, "a1", "product")
    assert progress(ws).appeals == 1


def test_cards_kept_while_the_log_grows_are_those_that_a_replay_of_the_whole_log_gives(
    ws: Workspace, clock: Clock, grader: SayingGrader
) -> None:
    other = str(next(q for q in ws.library.bank.questions if str(q) != ITEM))
    for n, item in enumerate((ITEM, other, ITEM, other, ITEM)):
        grader.says = ALL_MET if n % 2 else {}
        submit(ws, Answer(item, "an answer", f"a{n}", "tab"))
        assert ws.cards() == ws.scheduler.replay(ws.store.reviews())
        clock.move(days=3)
    override(ws, "a1", Rating.AGAIN)
    assert ws.cards() == ws.scheduler.replay(ws.store.reviews())
    assert ws.reviews() == ws.store.reviews()


def test_a_review_that_another_program_confirmed_late_is_not_missed(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server a line with a lower number may appear after one with a higher number."""
    submit(ws, Answer(ITEM, "one", "a1", "tab"))
    other = str(next(q for q in ws.library.bank.questions if str(q) != ITEM))
    submit(ws, Answer(other, "two", "a2", "tab"))
    early, late = ws.store.reviews()
    given: list[Review] = [late]
    monkeypatch.setattr(type(ws.store), "review_stamp", lambda self: len(given))
    monkeypatch.setattr(type(ws.store), "reviews", lambda self, skip=0: tuple(given[skip:]))
    ws._memory = None
    assert [str(item) for item in ws.cards()] == [other]
    given.insert(0, early)
    assert {str(item) for item in ws.cards()} == {ITEM, other}
    assert ws.reviews() == (early, late)


def test_calibration_is_silent_until_it_rests_on_enough_answers(ws: Workspace, clock: Clock) -> None:
    for n in range(CALIBRATION_NEEDS):
        submit(ws, Answer(ITEM, "an answer", f"a{n}", "tab"))
        clock.move(days=1)
    assert progress(ws).calibration is None
    submit(ws, Answer(ITEM, "an answer", "last", "tab"))
    found = progress(ws).calibration
    assert found is not None
    assert found.reviews == CALIBRATION_NEEDS
    assert 0 < found.predicted < 1
    assert found.passed == 0
