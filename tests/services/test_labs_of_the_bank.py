"""Every lab of the bank can be predicted, said in words and drawn in a line, whatever its measures are."""

from __future__ import annotations

from tests.services.support import Clock
from vivavoce.domain.lab import RunState
from vivavoce.domain.lab_run import SURENESS, Prediction, Way
from vivavoce.services.lab_words import comparison_words, effect_text, verdict_sentence
from vivavoce.services.labs import read_settings
from vivavoce.services.library import Library
from vivavoce.services.predict import compare, ways
from vivavoce.surfaces.cli.lab_plot import WIDTH, seed_lines


def test_every_claim_has_words_for_its_test_and_for_predictions(library: Library) -> None:
    for lab in library.bank.labs.values():
        assert read_settings(lab, {}) == lab.defaults()
        for name, claim in lab.claims.items():
            form = ways(lab, name)
            said = (form.asks, *form.sizes, *(words for _, words in form.ways), comparison_words(lab, claim))
            assert all(said)
            assert len(set(form.sizes)) == len(form.ways) == 3
            assert claim.test.arm in form.asks


def test_every_recorded_ruling_can_be_said_drawn_and_held_against_a_prediction(library: Library) -> None:
    bank = library.bank
    for item, recorded in bank.recorded.items():
        lab, result = bank.labs[item], recorded.result
        assert result.state is RunState.FINISHED
        for name, ruled in result.ruled.items():
            if name not in lab.claims:
                continue
            claim = lab.claims[name]
            assert verdict_sentence(lab, ruled).endswith((".", ")", "]"))
            for effect in ruled.effects:
                assert effect_text(lab, claim, effect)
                dots, scale = seed_lines(lab, claim, effect, result)
                assert len(dots) <= WIDTH
                assert bool(dots) == bool(scale)
            hits = 0
            for way in Way:
                guess = Prediction("p", item, name, ways(lab, name).condition, way, 1, SURENESS[2], Clock()())
                compared = compare(lab, guess, result)
                assert compared is not None
                assert (compared.size is None) == (compared.way is Way.EQUAL)
                hits += compared.hit
            assert hits == 1
