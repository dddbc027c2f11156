"""The NumPy forward pass on int8 weights against a full-precision run.

`golden.npz` was made once with torch 2.13.0 and transformers, float32 on a CPU, from the original weights (the digest
in `convert.py`): the mean of the last hidden states, normalised, and the normalised state of the first token, stored
as float16.
"""

from __future__ import annotations

import json
import math
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from vivavoce.domain.errors import EncoderError
from vivavoce.engines.grader.encoder import model
from vivavoce.engines.grader.encoder.format import FOLDER, MANIFEST, WEIGHTS, dequantise, quantise
from vivavoce.engines.grader.encoder.model import Encoder

GOLDEN = np.load(Path(__file__).parent / "golden.npz")
SENTENCES = [str(s) for s in GOLDEN["sentences"]]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_sentence_vectors_keep_a_cosine_of_9993_to_full_precision(encoder: Encoder) -> None:
    ours = np.array([e.sentence for e in encoder.encode(SENTENCES)])
    cosines = (ours * GOLDEN["vectors"].astype(np.float32)).sum(axis=1)
    assert cosines.min() > 0.9993


def test_token_vectors_keep_a_cosine_of_999_to_full_precision(encoder: Encoder) -> None:
    ours = np.array([e.contextual[0] for e in encoder.encode(SENTENCES)])
    cosines = (ours * GOLDEN["first_tokens"].astype(np.float32)).sum(axis=1)
    assert cosines.min() > 0.999


def test_a_text_has_the_same_vector_alone_and_in_a_batch(encoder: Encoder) -> None:
    together = encoder.encode(SENTENCES)
    for text, in_batch in zip(SENTENCES, together, strict=True):
        alone = encoder.encode([text])[0]
        np.testing.assert_allclose(alone.sentence, in_batch.sentence, atol=2e-6)
        np.testing.assert_allclose(alone.contextual, in_batch.contextual, atol=2e-6)


def test_threads_get_the_vectors_of_a_single_thread() -> None:
    fresh = Encoder()
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(fresh.encode, [SENTENCES[:3]] * 8))
    for result in results:
        np.testing.assert_array_equal(result[0].sentence, results[0][0].sentence)


def test_empty_and_overlong_texts_have_finite_unit_vectors(encoder: Encoder) -> None:
    for encoded in encoder.encode(["", "\x00\ufeff", "word " * 3000]):
        assert np.linalg.norm(encoded.sentence) == pytest.approx(1.0, abs=1e-5)
        assert len(encoded.tokens) == len(encoded.contextual) <= model.MAX_TOKENS


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]) == []


def test_erf_stays_within_a_millionth_of_the_exact_one() -> None:
    x = np.linspace(-6, 6, 4001, dtype=np.float32)
    exact = np.array([math.erf(v) for v in x])
    assert np.abs(model._erf(x) - exact).max() < 1e-6


def test_quantising_is_off_by_at_most_half_a_step() -> None:
    matrix = np.random.default_rng(3).normal(size=(5, 64)).astype(np.float32)
    matrix[2] = 0.0
    values, scale = quantise(matrix)
    steps = np.repeat(scale.astype(np.float32), 32, axis=1)
    assert (np.abs(dequantise(values, scale) - matrix) <= steps * 0.56).all()  # the scale itself is rounded to float16


def test_a_damaged_weight_file_is_named_with_both_digests(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "w")
    with (tmp_path / "w" / WEIGHTS).open("r+b") as file:
        file.seek(1000)
        file.write(b"\x00\x01\x02\x03")
    expected = json.loads((FOLDER / MANIFEST).read_text())["sha256"][WEIGHTS]
    with pytest.raises(
        EncoderError, match=rf"{WEIGHTS} is damaged: sha256 [0-9a-f]{{64}}, expected {expected}; reinstall"
    ):
        Encoder(tmp_path / "w").load()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"not installed: .*manifest\.json cannot be read"):
        Encoder(tmp_path / "nothing").load()


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{}")
    with pytest.raises(EncoderError, match=r"manifest .* is damaged"):
        Encoder(tmp_path).load()
