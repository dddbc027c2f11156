"""The pages of an estimate, without JavaScript: the form carries the numbers, the result shows them."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.services.estimate_pack import ITEM, written_pack
from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import Html, parse
from vivavoce.domain.estimate import numbers_text, read_numbers
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store

See = Callable[..., Html]
PAGE = f"/questions/{ITEM}"


@pytest.fixture
def ws(tmp_path: Path, clock: Clock, grader: SayingGrader) -> Iterator[Workspace]:
    settings = load_settings({}, data_dir=tmp_path)
    numbers = itertools.count(1)
    workspace = Workspace(
        settings=settings,
        library=Library([PackFolder("p", written_pack(tmp_path / "pack"))]),
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock,
        new_id=lambda: f"id{next(numbers)}",
    )
    with workspace:
        yield workspace


def right(page: Html) -> int:
    given = read_numbers(page.by_name("numbers"))
    return int((given["k"] ** 2 * given["c"] + 1) * given["f"])


def form(page: Html, **fields: str) -> dict[str, str]:
    """What the browser would send."""
    return {name: page.by_name(name) for name in ("attempt_id", "writer", "numbers", "opened")} | fields


def test_the_page_carries_the_numbers_that_it_shows_and_a_reload_the_same(see: See) -> None:
    page = see(PAGE)
    given = read_numbers(page.by_name("numbers"))
    assert f"A filter of {given['k']} by {given['k']} over {given['c']} channels, {given['f']} of them" in page.text
    assert "[[" not in page.text
    assert "new numbers each time" in page.text
    assert see(PAGE).by_name("numbers") == page.by_name("numbers")


def test_a_right_number_is_right_and_the_next_page_has_others(see: See, submit: Callable[..., str]) -> None:
    page = see(PAGE)
    result = see(submit(f"It is {right(page):,}.", ITEM, **form(page)))
    assert f"{right(page):,} is right." in result.one(id="beside").text
    assert "3 of 3 points" in result.text
    again = [n for n in result.all("a") if "Again with new numbers" in n.text]
    assert [n.attrs["href"] for n in again] == [PAGE]
    assert see(PAGE).by_name("numbers") != page.by_name("numbers")


def test_a_page_that_was_opened_earlier_is_graded_by_its_own_numbers(see: See, submit: Callable[..., str]) -> None:
    first, second = see(PAGE), see(PAGE)
    submit("It is 1.", ITEM, **form(first))
    result = see(submit(f"It is {right(second)}.", ITEM, **form(second)))
    assert "is right." in result.one(id="beside").text


def test_a_wrong_number_says_how_far_off_and_shows_the_steps(see: See, submit: Callable[..., str]) -> None:
    page = see(PAGE)
    given = read_numbers(page.by_name("numbers"))
    result = see(submit(f"The answer is {4 * right(page)} parameters.", ITEM, **form(page)))
    assert "4 times too high" in result.one(id="beside").text
    weights = given["k"] ** 2 * given["c"]
    assert f"{given['k'] ** 2}·{given['c']} = {weights:,} weights" in result.text
    assert f"How many weights has one filter of {given['k']} by {given['k']}?" in result.text


def test_a_known_slip_is_explained_with_these_numbers(see: See, submit: Callable[..., str]) -> None:
    page = see(PAGE)
    given = read_numbers(page.by_name("numbers"))
    result = see(submit(f"It is {right(page) - int(given['f'])}.", ITEM, **form(page)))
    assert "The biases were left out." in result.text
    assert f"There are {given['f']} of them." in result.text


def test_an_empty_answer_comes_back_with_the_same_numbers(see: See, client: TestClient) -> None:
    page = see(PAGE)
    response = client.post(f"{PAGE}/answer", data=form(page, text=" "))
    assert response.status_code == 422
    assert parse(response.text).by_name("numbers") == page.by_name("numbers")


def test_a_saved_draft_is_continued_with_its_numbers_after_another_attempt(
    see: See, client: TestClient, submit: Callable[..., str]
) -> None:
    page = see(PAGE)
    saved = client.post(f"{PAGE}/draft", data=form(page, text="half of it"))
    assert see(saved.headers["location"]).by_name("text") == "half of it"
    submit("It is 1.", ITEM, **(form(page) | {"writer": "another"}))
    fresh = see(PAGE)
    assert fresh.by_name("numbers") != page.by_name("numbers")
    assert fresh.by_name("text") == ""
    go_on = next(n for n in fresh.all("a") if "Go on with those numbers" in n.text)
    continued = see(go_on.attrs["href"])
    assert (continued.by_name("text"), continued.by_name("numbers")) == ("half of it", page.by_name("numbers"))


def test_a_text_to_numbers_that_are_never_drawn_any_more_is_not_lost(
    see: See, client: TestClient, tmp_path: Path
) -> None:
    saved = client.post(f"{PAGE}/draft", data=form(see(PAGE), text="half of it"))
    path = tmp_path / "pack/concepts/cnn/questions/count.yaml"
    path.write_text(path.read_text("utf-8").replace("k: [3, 5, 7]", "k: [1, 9]"), "utf-8")
    time.sleep(1.1)  # files are looked at once a second
    page = see(saved.headers["location"])
    assert page.by_name("text") == "half of it"
    assert read_numbers(page.by_name("numbers"))["k"] in (1, 9)


def test_only_texts_to_these_numbers_are_offered_by_the_script(see: See, client: TestClient) -> None:
    page = see(PAGE)
    body = form(page, text="half", writer="tab-1") | {"reply": "json"}
    assert client.post(f"{PAGE}/draft", data=body).status_code == 200
    numbers = page.by_name("numbers")
    found = client.get(f"{PAGE}/drafts", params={"writer": "tab-1", "numbers": numbers}).json()
    assert found["mine"]["text"] == "half"
    others = numbers_text({**read_numbers(numbers), "k": 9})
    found = client.get(f"{PAGE}/drafts", params={"writer": "tab-1", "numbers": others}).json()
    assert found == {"mine": None, "others": []}


@pytest.mark.parametrize("numbers", ["k=4,c=16,f=8", "k=3", "<script>", "k=1e400,c=16,f=8"])
def test_numbers_that_are_never_drawn_are_refused_with_the_text_kept(
    see: See, client: TestClient, numbers: str
) -> None:
    response = client.post(f"{PAGE}/answer", data=form(see(PAGE)) | {"numbers": numbers, "text": "my <b>text</b>"})
    assert response.status_code == 400
    page = parse(response.text)
    assert page.faults == []
    assert "my <b>text</b>" in page.text
    assert see("/history").text.count("No answers yet") == 1


def test_lists_and_titles_show_names_in_place_of_numbers(see: See) -> None:
    for path in ("/browse?all=1", "/browse?q=filter", "/concepts/cnn"):
        page = see(path)
        assert "[[" not in page.text
        assert "A filter of k by k over c channels" in page.text, path


def test_the_home_page_says_the_numbers_that_the_next_question_will_have(see: See) -> None:
    given = read_numbers(see(PAGE).by_name("numbers"))
    assert f"A filter of {given['k']} by {given['k']} over {given['c']} channels" in see("/").text


def test_the_history_shows_each_attempt_with_its_numbers(see: See, submit: Callable[..., str]) -> None:
    prompts = []
    for _ in range(2):
        page = see(PAGE)
        given = read_numbers(page.by_name("numbers"))
        prompts.append(f"A filter of {given['k']} by {given['k']} over {given['c']} channels")
        submit("It is 1.", ITEM, **form(page))
    for path in ("/history", f"/history?item={ITEM}"):
        titles = [n.text for n in see(path).all("a", class_="title")]
        assert [title.startswith(prompt) for title, prompt in zip(titles, reversed(prompts), strict=True)] == [True] * 2
