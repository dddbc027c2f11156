"""Only the refusals: the real conversion needs the 91 MB original, which no test downloads."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.domain.errors import EncoderError
from vivavoce.engines.grader.encoder.convert import ORIGINAL, ORIGINAL_SHA256, convert
from vivavoce.engines.grader.encoder.format import read_manifest


def test_a_folder_without_the_original_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"found no such file"):
        convert(tmp_path, tmp_path / "out")


def test_other_weights_are_refused_with_their_digest(tmp_path: Path) -> None:
    (tmp_path / ORIGINAL).write_bytes(b"other")
    with pytest.raises(EncoderError, match=r"found d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa"):
        convert(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_shipped_files_say_what_they_were_made_from() -> None:
    assert read_manifest().origin_sha256 == ORIGINAL_SHA256[ORIGINAL]
