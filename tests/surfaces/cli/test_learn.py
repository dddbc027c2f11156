"""`viva map` and `viva next`."""

from __future__ import annotations

import json

from tests.surfaces.cli.conftest import Viva


def test_next_names_concepts_with_reasons_and_how_to_begin(viva: Viva) -> None:
    ran = viva("next")
    assert ran.code == 0
    assert "needs nothing before it" in ran.out
    assert "viva practice --concept " in ran.out
    described = json.loads(viva("next", "--json").out)
    assert described["due"] == 0
    assert described["next"][0]["reason"].startswith("needs nothing before it")


def test_the_map_lists_every_concept_after_what_it_builds_on(viva: Viva) -> None:
    described = json.loads(viva("map", "--json").out)
    layers = {one["concept"]: one["layer"] for one in described}
    assert all(layers[need] < one["layer"] for one in described for need in one["needs"])
    lines = viva("map").out.splitlines()
    assert lines[0] == "Needs nothing before it"
    shown = [line for line in lines if line.startswith("  ")]
    assert len(shown) >= len(described)


def test_the_list_keeps_to_a_role_and_refuses_one_that_is_none(viva: Viva) -> None:
    rows = json.loads(viva("bank", "list", "--role", "data-scientist", "--json").out)
    assert 0 < len(rows) < len(json.loads(viva("bank", "list", "--json").out))
    refused = viva("bank", "list", "--role", "astronaut")
    assert refused.code == 2
    assert "no role 'astronaut'; it is one of ml-engineer" in refused.err
