"""The queue asks what is most worth asking, says why, and never more new questions than wanted."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.errors import NaiveTimeError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Kind, Level, Question, Status
from vivavoce.domain.review import Card
from vivavoce.engines.scheduler.fsrs_scheduler import FsrsScheduler
from vivavoce.engines.scheduler.queue import due_queue

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RECALL = FsrsScheduler().retrievability


def question(
    item: str,
    level: Level = Level.BASIC,
    likelihood: dict[str, float] | None = None,
    status: Status = Status.READY,
) -> Question:
    return Question(
        id=ItemId.parse(item),
        kind=Kind.EXPLAIN,
        level=level,
        minutes=2,
        prompt="Why?",
        why="",
        criteria=(),
        misconceptions=(),
        model_answer="",
        short_answer="",
        follow_ups=(),
        likelihood={} if likelihood is None else likelihood,
        sources=(),
        samples=(),
        status=status,
        graded_hash="h",
    )


def card(item: str, *, due_days: float, stability: float = 2.0, seen_days: float = 4) -> tuple[ItemId, Card]:
    """A card that is due `due_days` from now and was last seen `seen_days` ago."""
    key = ItemId.parse(item)
    return key, Card(key, stability, 5.0, NOW + due_days * DAY, NOW - seen_days * DAY, 1, 0)


def asked(*questions: Question, cards: dict[ItemId, Card] | None = None, **options: object) -> list[str]:
    queue = due_queue(questions, cards or {}, NOW, recall=RECALL, **options)  # type: ignore[arg-type]
    return [str(entry.item) for entry in queue]


# due
def test_what_is_due_comes_and_what_is_not_does_not() -> None:
    cards = dict([card("a/due", due_days=-1), card("a/now", due_days=0), card("a/later", due_days=0.001)])
    assert set(asked(question("a/due"), question("a/now"), question("a/later"), cards=cards)) == {"a/due", "a/now"}


def test_what_is_most_forgotten_comes_first() -> None:
    cards = dict(
        [
            card("a/strong", due_days=-3, stability=20),
            card("a/weak", due_days=-1, stability=0.5),
            card("a/middle", due_days=-2, stability=4),
        ]
    )
    assert asked(*map(question, ("a/strong", "a/weak", "a/middle")), cards=cards) == ["a/weak", "a/middle", "a/strong"]


def test_of_equally_forgotten_ones_the_more_likely_asked_comes_first() -> None:
    cards = dict([card("a/rare", due_days=-1), card("a/common", due_days=-1)])
    rare, common = question("a/rare", likelihood={"r": 0.1}), question("a/common", likelihood={"r": 0.9})
    assert asked(rare, common, cards=cards, role="r") == ["a/common", "a/rare"]


def test_the_role_decides_what_is_likely() -> None:
    cards = dict([card("a/one", due_days=-1), card("a/two", due_days=-1)])
    one = question("a/one", likelihood={"engineer": 0.9, "scientist": 0.1})
    two = question("a/two", likelihood={"engineer": 0.1, "scientist": 0.9})
    assert asked(one, two, cards=cards, role="engineer") == ["a/one", "a/two"]
    assert asked(one, two, cards=cards, role="scientist") == ["a/two", "a/one"]


def test_an_estimate_is_believed_by_half_so_a_rare_question_nearly_forgotten_still_comes_first() -> None:
    cards = dict([card("a/rare", due_days=-9, stability=0.3, seen_days=90), card("a/common", due_days=-1, stability=9)])
    rare, common = question("a/rare", likelihood={"r": 0.0}), question("a/common", likelihood={"r": 1.0})
    assert asked(rare, common, cards=cards, role="r") == ["a/rare", "a/common"]


def test_without_any_estimate_what_is_most_forgotten_still_comes_first() -> None:
    cards = dict([card("a/a-strong", due_days=-9, stability=20), card("a/weak", due_days=-1, stability=0.5)])
    assert asked(question("a/a-strong"), question("a/weak"), cards=cards) == ["a/weak", "a/a-strong"]


def test_due_ones_come_before_new_ones_and_are_not_limited() -> None:
    cards = dict(card(f"b/q{n}", due_days=-1) for n in range(20))
    queue = asked(question("a/new"), *(question(f"b/q{n}") for n in range(20)), cards=cards, new_limit=1)
    assert len(queue) == 21
    assert queue[-1] == "a/new"


# new
def test_new_ones_come_by_prerequisites_then_level_then_likelihood() -> None:
    questions = [
        question("later/basic", Level.BASIC, {"r": 0.9}),
        question("first/advanced", Level.ADVANCED, {"r": 0.9}),
        question("first/basic-rare", Level.BASIC, {"r": 0.2}),
        question("first/basic-common", Level.BASIC, {"r": 0.8}),
        question("unlisted/basic", Level.BASIC, {"r": 1.0}),
        question("first/intermediate", Level.INTERMEDIATE, {"r": 1.0}),
    ]
    assert asked(*questions, concept_order=["first", "later"], role="r") == [
        "first/basic-common",
        "first/basic-rare",
        "first/intermediate",
        "first/advanced",
        "later/basic",
        "unlisted/basic",
    ]


@pytest.mark.parametrize(
    ("limit", "done", "expected"), [(8, 0, 8), (8, 3, 5), (8, 8, 0), (8, 11, 0), (0, 0, 0), (99, 0, 12)]
)
def test_a_day_has_no_more_new_ones_than_its_limit(limit: int, done: int, expected: int) -> None:
    questions = [question(f"a/q{n}") for n in range(12)]
    assert len(asked(*questions, new_limit=limit, new_done=done)) == expected


def test_drafts_and_retired_questions_never_come() -> None:
    cards = dict([card("a/retired-due", due_days=-1)])
    questions = [
        question("a/draft", status=Status.DRAFT),
        question("a/retired", status=Status.RETIRED),
        question("a/retired-due", status=Status.RETIRED),
    ]
    assert asked(*questions, cards=cards) == []


def test_a_card_whose_question_left_the_bank_is_left_out() -> None:
    assert asked(question("a/new"), cards=dict([card("gone/q", due_days=-1)])) == ["a/new"]


@given(st.lists(st.floats(-30, 30), max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_the_bank_lists_them_does_not_matter(dues: list[float], chance: random.Random) -> None:
    cards = dict(card(f"a/q{n}", due_days=due) for n, due in enumerate(dues) if n % 3)
    questions = [question(f"a/q{n}") for n in range(len(dues))]
    shuffled = questions[:]
    chance.shuffle(shuffled)
    first = due_queue(questions, cards, NOW, recall=RECALL)
    assert due_queue(shuffled, cards, NOW, recall=RECALL) == first
    assert len({entry.item for entry in first}) == len(first)


# reasons
@pytest.mark.parametrize(
    ("due_days", "stability", "reason"),
    [
        (-2, 0.5, "due 2 days ago, recall about 7 in 10"),
        (-1, 4, "due 1 day ago, recall about 9 in 10"),
        (-0.25, 2, "due 6 hours ago, recall about 8 in 10"),
        (-5 / 24 / 60, 100, "due 5 minutes ago, recall over 9 in 10"),
        (0, 2, "due now, recall about 8 in 10"),
    ],
)
def test_a_due_question_says_since_when_and_how_likely_it_is_known(
    due_days: float, stability: float, reason: str
) -> None:
    cards = dict([card("a/q", due_days=due_days, stability=stability)])
    [entry] = due_queue([question("a/q")], cards, NOW, recall=RECALL)
    assert entry.reason == reason
    assert not entry.is_new
    assert entry.recall == RECALL(cards[entry.item], NOW)


@pytest.mark.parametrize(
    ("likelihood", "reason"),
    [
        ({"r": 0.42}, "new, basic, asked in about 4 in 10 interview loops"),
        ({"r": 0.01}, "new, basic, asked in under 1 in 10 interview loops"),
        ({"r": 1.0}, "new, basic, asked in over 9 in 10 interview loops"),
        ({}, "new, basic"),
    ],
)
def test_a_new_question_says_its_level_and_how_likely_it_is_asked(likelihood: dict[str, float], reason: str) -> None:
    [entry] = due_queue([question("a/q", likelihood=likelihood)], {}, NOW, recall=RECALL, role="r")
    assert (entry.reason, entry.is_new, entry.recall) == (reason, True, None)


def test_no_chance_is_ever_told_as_certain() -> None:
    for stability in (0.001, 0.1, 1, 10, 1000):
        cards = dict([card("a/q", due_days=-1, stability=stability, seen_days=3000)])
        [entry] = due_queue([question("a/q")], cards, NOW, recall=RECALL)
        assert not any(word in entry.reason for word in (" 0 in 10", "10 in 10"))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(NaiveTimeError):
        due_queue([], {}, datetime(2026, 1, 1), recall=RECALL)  # noqa: DTZ001
