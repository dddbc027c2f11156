"""Finding things."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from tests.surfaces.web.support import ITEM, Html, parse

DRAFT = "/questions/dropout/unfinished"


def titles(page: Html) -> list[str]:
    return [a.attrs["href"] for a in page.all("a", class_="title")]


def test_the_bank_is_shown_by_area_and_concept(see: Callable[..., Html]) -> None:
    page = see("/browse")
    assert [h.text.strip() for h in page.all("h2")] == ["Regularization", "Sequences"]
    assert titles(page) == []
    assert "3 questions on 2 concepts." in page.text


def test_filters_narrow_the_list(see: Callable[..., Html]) -> None:
    ready = [f"/questions/{ITEM}", "/questions/attention/why-scale"]
    assert titles(see("/browse?all=1")) == [DRAFT, *ready]
    assert titles(see("/browse?level=advanced")) == ["/questions/attention/why-scale"]
    assert titles(see("/browse?concept=dropout&kind=explain")) == [DRAFT, f"/questions/{ITEM}"]
    assert titles(see("/browse?area=sequences")) == ["/questions/attention/why-scale"]
    assert titles(see("/browse?standing=new&level=basic")) == [DRAFT, f"/questions/{ITEM}"]


def test_a_role_narrows_the_list_to_what_is_likely_for_it(see: Callable[..., Html]) -> None:
    page = see("/browse?role=ml-engineer")
    assert titles(page) == ["/questions/attention/why-scale"]
    chosen = [o.text for o in page.all("option") if "selected" in o.attrs]
    assert chosen == ["ML engineer"]
    assert titles(see("/browse?role=data-scientist")) == []


def test_a_draft_is_listed_as_one(see: Callable[..., Html]) -> None:
    assert [tag.text for tag in see("/browse?all=1").all("span", class_="tag")] == ["draft"]


def test_a_filter_that_nothing_passes_says_so(see: Callable[..., Html]) -> None:
    page = see("/browse?level=impossible")
    assert titles(page) == []
    assert "0 questions with all of that." in page.text


def test_a_search_forgives_typing_errors(see: Callable[..., Html]) -> None:
    page = see("/browse?q=dropuot")
    assert titles(page) == [f"/questions/{ITEM}"]
    assert "/concepts/dropout" in [a.attrs["href"] for a in page.all("a")]
    assert page.by_name("q") == "dropuot"


def test_a_search_keeps_to_the_filters(see: Callable[..., Html]) -> None:
    assert titles(see("/browse?q=dropout&level=advanced")) == []


def test_a_search_is_shown_as_text(see: Callable[..., Html]) -> None:
    page = see("/browse?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert [s for s in page.all("script") if "src" not in s.attrs] == []


def test_a_very_long_search_is_cut(see: Callable[..., Html]) -> None:
    assert len(see(f"/browse?q={'dropout+' * 200}").by_name("q")) == 300


def test_a_concept_page_has_lesson_evidence_questions_and_neighbours(see: Callable[..., Html]) -> None:
    page = see("/concepts/dropout")
    assert page.one("a", class_="claim").attrs["href"] == "#claim-whole-network"
    assert "At test time the whole network is used." in page.one("li", id="claim-whole-network").text
    assert "Srivastava et al. (2014), Dropout, section 4" in page.one("li", id="claim-whole-network").text
    assert titles(page) == [f"{DRAFT}?within=dropout", f"/questions/{ITEM}?within=dropout"]
    around = " ".join(page.one("aside").text.split())
    assert around == "Questions 2 questions Comes before Nothing: start here.Comes after Attention"


def test_markup_in_a_lesson_is_shown_not_obeyed(see: Callable[..., Html]) -> None:
    page = see("/concepts/dropout")
    assert '<script>alert("lesson")</script>' in page.one("article").text
    assert [s for s in page.all("script") if "src" not in s.attrs] == []


def test_an_unknown_concept_suggests_the_nearest(client: TestClient) -> None:
    response = client.get("/concepts/dropuot")
    assert response.status_code == 404
    assert parse(response.text).one("a", href="/concepts/dropout").text == "Dropout"


def test_an_unknown_question_suggests_the_nearest(client: TestClient) -> None:
    response = client.get("/questions/dropout/what-is-this")
    assert response.status_code == 404
    page = parse(response.text)
    assert "There is no question “dropout/what-is-this”." in page.text
    assert page.one("a", href=f"/questions/{ITEM}").text.startswith("What does dropout do")


def test_an_id_that_is_none_says_what_one_looks_like(client: TestClient) -> None:
    response = client.get("/questions/Drop%20out/x")
    assert response.status_code == 404
    assert "such as dropout/why-scale" in response.text


def test_an_address_that_leads_nowhere_suggests_pages(client: TestClient) -> None:
    response = client.get("/brows")
    assert response.status_code == 404
    assert parse(response.text).all("a", href="/browse")[-1].text == "Browse the bank"
    assert "There is no page at /brows." in response.text
