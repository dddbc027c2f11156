"""Search, with and without FTS5."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vivavoce.content.bank import load_bank
from vivavoce.content.search import Hit, SearchIndex

OURS = Path(__file__).parents[2] / "content"


@pytest.fixture(params=[True, False], ids=["fts5", "plain"])
def index(request: pytest.FixtureRequest, small_pack: Path) -> SearchIndex:
    return SearchIndex(load_bank([small_pack]).bank, fts=request.param)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.id for hit in hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("attention", "attention"),
        ("ATTENTION", "attention"),
        ("quadratic", "attention"),
        ("naive", "attention"),
        ("naïve", "attention"),
        ("atention", "attention"),
        ("attnetion", "attention"),
        ("quadratc", "attention"),
        ("atten", "attention"),
        ("weighted mean", "attention"),
        ("test time", "dropout/at-test-time"),
        ("kept units", "dropout/why-scale"),
        ("gradeint desc", "gradient-descent"),
    ],
)
def test_a_page_is_found_by_its_words_misspelt_or_half_typed(index: SearchIndex, text: str, first: str) -> None:
    assert ids(index.search(text))[0] == first


def test_a_title_counts_more_than_a_lesson(small_pack: Path, index: SearchIndex) -> None:
    # "units" and "dropped" stand in lessons of several; the concept's own title decides.
    assert "dropout" in ids(index.search("dropout", 4))


@pytest.mark.parametrize("text", ["", "   ", "?!", "zzzzzzzz", '"', "*", "学习"])
def test_nothing_is_found_for_nothing(index: SearchIndex, text: str) -> None:
    assert index.search(text) == []


def test_words_that_never_stand_together_find_pages_with_any_of_them(index: SearchIndex) -> None:
    assert {"attention", "dropout/why-scale"} <= set(ids(index.search("quadratic scaled")))


def test_the_limit_is_kept(index: SearchIndex) -> None:
    assert len(index.search("dropout", 2)) == 2
    assert index.search("dropout", 0) == []


def test_a_hit_shows_title_and_snippet(index: SearchIndex) -> None:
    assert index.search("scaled units", 1) == [
        Hit("question", "dropout/why-scale", "Why are the kept units scaled?", "Why are the kept units scaled?")
    ]
    concept = next(hit for hit in index.search("quadratic") if hit.kind == "concept")
    assert concept == Hit("concept", "attention", "Attention", "The naïve cost is quadratic.")


def test_a_snippet_never_gives_a_question_s_answer_away(index: SearchIndex) -> None:
    hits = [hit for hit in index.search("expectation") if hit.kind == "question"]
    assert hits
    assert all("expectation" not in hit.snippet for hit in hits)


def test_drafts_and_retired_questions_are_not_found(
    write_pack: Callable[..., Path], concept: Callable[..., str], question: Callable[..., str]
) -> None:
    texts = {s: question(prompt=f"Unusual {s}?", status=s) for s in ("draft", "ready", "retired")}
    files = {f"concepts/a/questions/{status}.yaml": text for status, text in texts.items()}
    bank = load_bank([write_pack({"concepts/a/concept.md": concept(), **files})]).bank
    assert ids(SearchIndex(bank).search("unusual")) == ["a/ready"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_makes_search_raise(index: SearchIndex, text: str) -> None:
    assert len(index.search(text, 3)) <= 3


def test_many_threads_search_one_index(small_pack: Path) -> None:
    index = SearchIndex(load_bank([small_pack]).bank)
    expected, wrong = ids(index.search("dropout")), []

    def work() -> None:
        for _ in range(50):
            if ids(index.search("dropout")) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_query_over_our_bank_takes_less_than_20_ms_of_cpu() -> None:
    index = SearchIndex(load_bank([OURS]).bank)
    queries = ["vanishing gradeint", "why does dropout scale", "attention", "bacth normalisaton", "zzzzzzz yyyyyyy"]
    took = []
    for query in queries:
        best = float("inf")
        for _ in range(3):  # CPU time, the best of three: the machine may be busy
            begin = time.process_time()
            index.search(query)
            best = min(best, time.process_time() - begin)
        took.append(best)
    assert max(took) < 0.020
