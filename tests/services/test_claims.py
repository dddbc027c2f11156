"""The ledger: every claim with its evidence, every dispute with its ruling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.lab_support import ITEM, a_fake, a_pack, a_result, a_workspace, record
from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.lab import Outcome
from vivavoce.services.claims import Evidence, LedgerEntry, ledger
from vivavoce.services.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    lab = a_pack(tmp_path / "pack")
    record(lab, a_result(lab))
    (tmp_path / "data").mkdir()
    fake = a_fake(a_result(lab, factor=0.5))
    with a_workspace(tmp_path / "data", tmp_path / "pack", lambda: fake) as space:
        yield space


def by_key(ws: Workspace) -> dict[str, LedgerEntry]:
    return {entry.key: entry for entry in ledger(ws)}


def test_every_claim_and_dispute_is_there_with_its_evidence(ws: Workspace) -> None:
    found = by_key(ws)
    assert {key: (entry.evidence, entry.outcome) for key, entry in found.items()} == {
        "halves": (Evidence.BOTH, Outcome.REFUTED),
        "adds": (Evidence.BOTH, Outcome.SUPPORTED),
        "cited": (Evidence.CITED, None),
        "measured": (Evidence.MEASURED, Outcome.REFUTED),
    }
    assert list(found) == ["halves", "adds", "cited", "measured"]
    assert [source.title for source in found["adds"].sources] == ["Euclid"]
    assert found["adds"].at == "2026-03-01T09:00:00+00:00"
    assert found["adds"].numbers.startswith("1.5")
    assert "more [" in found["adds"].numbers
    assert (found["cited"].numbers, found["cited"].at, found["cited"].own) == ("", "", False)


def test_the_readers_own_proof_replaces_the_recorded_one_and_a_ruling_stays(ws: Workspace) -> None:
    ws.labs.wait(ws.labs.start(ITEM, {}))
    found = by_key(ws)
    assert (found["adds"].outcome, found["adds"].own) == (Outcome.REFUTED, True)
    assert "less [" in found["adds"].numbers
    assert (found["halves"].outcome, found["halves"].own) == (Outcome.REFUTED, True)


def test_filters_keep_what_they_name(ws: Workspace) -> None:
    assert [e.key for e in ledger(ws, popular_but_false=True)] == ["halves"]
    assert ledger(ws, depends=True) == ()
    assert [e.key for e in ledger(ws, popular_but_false=True, depends=True)] == ["halves"]
    assert [e.key for e in ledger(ws, text="SUMS commute")] == ["cited"]
    assert [e.key for e in ledger(ws, text="makes larger")] == ["halves"]
    assert ledger(ws, text="nothing of the kind") == ()
    assert len(ledger(ws, concept="sums")) == 4
    with pytest.raises(UnknownItemError, match=r'no concept "sum". Did you mean "sums"'):
        ledger(ws, concept="sum")


def test_a_claim_whose_lab_has_no_result_says_so(tmp_path: Path) -> None:
    a_pack(tmp_path / "bare")
    (tmp_path / "more").mkdir()
    with a_workspace(tmp_path / "more", tmp_path / "bare") as ws:
        found = by_key(ws)
    assert (found["adds"].outcome, found["adds"].numbers, found["adds"].at) == (None, "", "")
    assert found["halves"].outcome is Outcome.REFUTED
