"""The result: verdicts beside the words that decided them, appeals, ratings, follow-ups."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import ITEM, Html, parse
from vivavoce.domain.attempt import Flag, Flagged, Grade, MisconceptionFound, Span, Verdict, VerdictKind
from vivavoce.services.workspace import Workspace

ANSWER = "Units are zeroed, and dropout is on at test time."


@pytest.fixture
def mixed(grader: SayingGrader, monkeypatch: pytest.MonkeyPatch) -> None:
    """One criterion met, one contradicted by a misconception, one unsure; the first two quote overlapping words."""

    def grade(answer: str, **kwargs: object) -> Grade:
        return Grade(
            (
                Verdict("random-zero", VerdictKind.MET, 0.9, (Span(0, 16),)),
                Verdict("test-time", VerdictKind.CONTRADICTED, 0.1, (Span(10, 48),), misconception="at-test-time"),
                Verdict("co-adaptation", VerdictKind.UNSURE, 0.5),
            ),
            (MisconceptionFound("at-test-time", 0.9, (Span(22, 48),)),),
            (Flagged(Flag.KEYWORD_LIST),),
            "scripted",
        )

    monkeypatch.setattr(grader, "grade", grade)


def test_the_score_is_said_in_numbers_words_and_a_bar(
    mixed: None, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    page = see(submit(ANSWER))
    assert page.one("p", class_="score").text.split() == ["2", "of", "4", "points"]
    assert page.one("svg", class_="score-bar").attrs["aria-label"] == "2 points earned, 0 claimed, 1 open, of 4"
    assert "Of 3 criteria: 1 met, 1 contradicted, 1 unsure." in page.text


def test_the_deciding_words_are_marked_and_nothing_of_the_answer_is_lost(
    mixed: None, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    page = see(submit(ANSWER))
    assert page.one("p", class_="answer-text").text == ANSWER
    marks = [(m.text, m.attrs["class"], m.attrs["data-marks"].split()) for m in page.all("mark")]
    assert marks == [
        ("Units are ", "met", ["random-zero"]),
        ("zeroed", "met", ["random-zero", "test-time"]),
        (", and ", "contradicted", ["test-time"]),
        ("dropout is on at test time", "contradicted", ["test-time", "!at-test-time"]),
    ]


def test_every_mark_leads_to_what_it_decided_and_back(
    mixed: None, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    page = see(submit(ANSWER))
    ids = {n.attrs["id"] for n in page.nodes if "id" in n.attrs}
    targets = [a.attrs["href"][1:] for a in page.all("a") if a.attrs["href"].startswith("#")]
    assert [t for t in targets if t not in ids] == []
    assert "criterion-test-time" in targets
    assert "misconception-at-test-time" in targets


def test_each_verdict_has_a_word_and_what_is_missing_is_said(
    mixed: None, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    page = see(submit(ANSWER))
    assert [v.text for v in page.all("span", class_="verdict")] == ["Met", "Contradicted", "Unsure"]
    assert [p.text for p in page.all("p", class_="says")] == [
        "I could not tell whether you said this. Why would that help at all?"
    ]


def test_a_misconception_comes_with_its_correction(
    mixed: None, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    box = see(submit(ANSWER)).one("div", class_="misconception").text
    assert "Dropout is on at test time." in box
    assert "It is switched off, and activations keep their expected size." in box


def test_a_flag_is_explained(mixed: None, see: Callable[..., Html], submit: Callable[..., str]) -> None:
    assert "A list of terms shows that you have heard them." in see(submit(ANSWER)).text


def test_an_answer_is_shown_as_text_never_as_markup(
    see: Callable[..., Html], submit: Callable[..., str], grader: SayingGrader
) -> None:
    evil = '<script>alert(1)</script><img src=x onerror=alert(2)> "><b>&amp; {{ 7*7 }} $x$ [claim: whole-network]'
    grader.says = {"random-zero": VerdictKind.MET}
    for path in (submit(evil), "/history", f"/history?item={ITEM}"):
        page = see(path)
        assert page.all("b") == []
        assert [s for s in page.all("script") if "src" not in s.attrs] == []
        assert [n for n in page.nodes if "onerror" in n.attrs] == []
        assert "{{ 7*7 }}" in page.text or path == "/history"


def test_a_draft_is_shown_as_text_never_as_markup(client: TestClient, see: Callable[..., Html]) -> None:
    evil = "</textarea><script>alert(1)</script>"
    client.post(f"/questions/{ITEM}/draft", data={"text": evil, "writer": "w"})
    assert see(f"/questions/{ITEM}?writer=w").one("textarea").text == evil
    assert [s for s in see("/").all("script") if "src" not in s.attrs] == []


def test_an_appeal_claims_points_visibly_and_can_be_undone(
    client: TestClient, see: Callable[..., Html], submit: Callable[..., str], ws: Workspace
) -> None:
    where = submit(attempt_id="a1")
    said = client.post(f"{where}/appeal", data={"criterion": "test-time", "note": "the second sentence", "on": "a1"})
    assert said.headers["location"] == "/attempts/a1#criterion-test-time"
    page = see(where)
    assert "1 claimed by you" in page.text
    assert page.one("svg", class_="score-bar").attrs["aria-label"] == "0 points earned, 1 claimed, 0 open, of 4"
    assert ws.store.attempts()[0].appeals[0].note == "the second sentence"
    client.post(f"{where}/appeal", data={"criterion": "test-time", "withdraw": "1"})
    assert "claimed" not in see(where).one("section", aria_labelledby="score-title").text


def test_an_appeal_against_a_met_criterion_is_refused(
    client: TestClient, submit: Callable[..., str], grader: SayingGrader
) -> None:
    grader.says = {"test-time": VerdictKind.MET}
    response = client.post(f"{submit()}/appeal", data={"criterion": "test-time"})
    assert response.status_code == 400
    assert "was met already" in response.text


def test_an_appeal_against_an_unknown_criterion_is_not_found(client: TestClient, submit: Callable[..., str]) -> None:
    assert client.post(f"{submit()}/appeal", data={"criterion": "nope"}).status_code == 404


def test_each_rating_shows_its_date_and_the_current_one_is_marked(
    see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    buttons = see(submit()).all("button", name="rating")
    assert [b.attrs["value"] for b in buttons] == ["again", "hard", "good", "easy"]
    assert [b.attrs["aria-pressed"] for b in buttons] == ["true", "false", "false", "false"]
    assert all(b.text != b.attrs["value"].capitalize() for b in buttons)


def test_a_rating_can_be_overridden(client: TestClient, see: Callable[..., Html], submit: Callable[..., str]) -> None:
    where = submit()
    client.post(f"{where}/rating", data={"rating": "good"})
    page = see(where)
    assert [b.attrs["value"] for b in page.all("button", name="rating", aria_pressed="true")] == ["good"]
    assert "Your own rating: Good." in page.text


def test_an_unknown_rating_is_refused(client: TestClient, submit: Callable[..., str]) -> None:
    response = client.post(f"{submit()}/rating", data={"rating": "superb"})
    assert response.status_code == 400
    assert "not one of again, hard, good, easy" in response.text


def test_a_follow_up_is_answered_right_there(
    client: TestClient, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    page = see(submit(attempt_id="a1"))
    assert "What would you see if you forgot to switch it off?" in page.text
    assert [d.attrs.get("open") for d in page.all("details") if "open" in d.attrs] == []
    follow_up = page.by_name("follow_up")
    response = client.post(
        f"/questions/{ITEM}/answer", data={"text": "Noisy.", "follow_up": follow_up, "parent": "a1", "attempt_id": "f1"}
    )
    assert response.headers["location"] == "/attempts/a1#follow-up"
    after = see("/attempts/a1")
    assert after.one("div", class_="answered").text.split()[0] == "Noisy."
    assert [n for n in after.nodes if n.attrs.get("name") == "follow_up"] == []
    assert len([d for d in after.all("details") if "open" in d.attrs]) == 1


def test_a_follow_up_has_a_page_of_its_own(
    client: TestClient, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    submit(attempt_id="a1")
    follow_up = see("/attempts/a1").by_name("follow_up")
    client.post(
        f"/questions/{ITEM}/answer", data={"text": "N.", "follow_up": follow_up, "parent": "a1", "attempt_id": "f1"}
    )
    page = see("/attempts/f1")
    assert page.one("a", href="/attempts/a1#follow-up").text == "this answer"
    assert "Noisy predictions." in page.text


def test_an_empty_answer_to_a_follow_up_comes_back_with_the_reason(
    client: TestClient, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    follow_up = see(submit(attempt_id="a1")).by_name("follow_up")
    response = client.post(f"/questions/{ITEM}/answer", data={"text": " ", "follow_up": follow_up, "parent": "a1"})
    assert response.status_code == 422
    assert "The answer is empty" in response.text


def test_answering_again_shows_the_change(
    see: Callable[..., Html], submit: Callable[..., str], grader: SayingGrader, clock: Clock
) -> None:
    submit(attempt_id="a1")
    clock.move(minutes=5)
    grader.says = {"random-zero": VerdictKind.MET}
    page = see(submit("Better.", attempt_id="a2"))
    assert page.one("span", class_="delta").text.split() == ["▲", "50", "%", "better", "than", "last", "time"]
    assert "was missed last time" in page.text
    assert [a.attrs["href"] for a in page.all("a") if a.text == "5 min ago"] == ["/attempts/a1"]


def test_sources_why_and_short_answer_are_there(see: Callable[..., Html], submit: Callable[..., str]) -> None:
    page = see(submit())
    assert (
        page.one("a", href="https://jmlr.org/papers/v15/srivastava14a.html").text == "Srivastava et al. (2014), Dropout"
    )
    assert "It separates the recipe from the reason." in page.text
    assert "Random zeros while training, none at test time." in page.text


def test_the_page_of_an_unknown_attempt_is_not_found(client: TestClient) -> None:
    response = client.get("/attempts/nope")
    assert response.status_code == 404
    assert "There is no attempt “nope”." in parse(response.text).text
