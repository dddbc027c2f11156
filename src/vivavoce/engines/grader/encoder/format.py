"""The converted encoder on disk: int8 weights with their scales, the manifest, and the check of both."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vivavoce.domain.errors import EncoderError

Floats = npt.NDArray[np.floating[Any]]
Bytes8 = npt.NDArray[np.int8]

FOLDER = Path(__file__).parent / "weights"
WEIGHTS = "encoder.npz"
VOCABULARY = "vocab.txt"
MANIFEST = "manifest.json"
SCALE = "/scale"
"""Suffix of the array that holds the scales of an int8 array."""
GROUP = 32
"""Columns that share a scale. One scale per row lets the cosine to full precision of a two-letter text fall to .997."""
REMEDY = "reinstall Vivavoce, or convert it again with `python -m vivavoce.engines.grader.encoder.convert`"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the converted files are, and what they were made from."""

    model: str
    licence: str
    origin: str
    origin_sha256: str
    sha256: dict[str, str]
    """File name to digest."""


def quantise(matrix: Floats) -> tuple[Bytes8, npt.NDArray[np.float16]]:
    """Symmetric int8 with a scale per `GROUP` columns of a row: off by at most half a step per entry."""
    groups = matrix.reshape(matrix.shape[0], -1, GROUP)
    scale = (np.abs(groups).max(axis=2, keepdims=True) / 127.0).astype(np.float16)
    scale[scale == 0.0] = 1.0
    values = np.rint(groups / scale.astype(np.float32)).clip(-127, 127)
    return values.reshape(matrix.shape).astype(np.int8), scale[:, :, 0]


def dequantise(values: Bytes8, scale: npt.NDArray[np.float16]) -> Floats:
    """The matrix that `quantise` stored."""
    groups = values.reshape(values.shape[0], -1, GROUP).astype(np.float32)
    groups *= scale.astype(np.float32)[:, :, None]
    return groups.reshape(values.shape)


def read_weights(folder: Path = FOLDER) -> dict[str, Floats]:
    """All arrays in full precision. Raises `EncoderError` when a file is missing or not the one that was converted."""
    verify(folder)
    try:
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise EncoderError(f"{folder / WEIGHTS} cannot be read ({error}); {REMEDY}") from error
    return {
        name: dequantise(array, arrays[name + SCALE]) if array.dtype == np.int8 else array.astype(np.float32)
        for name, array in arrays.items()
        if not name.endswith(SCALE)
    }


def verify(folder: Path = FOLDER) -> Manifest:
    """The manifest, once every file's digest agrees with it. Raises `EncoderError` naming what was found."""
    manifest = read_manifest(folder)
    for name, expected in manifest.sha256.items():
        path = folder / name
        try:
            found = digest(path)
        except OSError as error:
            raise EncoderError(f"the encoder's file {path} cannot be read ({error.strerror}); {REMEDY}") from error
        if found != expected:
            raise EncoderError(f"the encoder's file {path} is damaged: sha256 {found}, expected {expected}; {REMEDY}")
    return manifest


def read_manifest(folder: Path = FOLDER) -> Manifest:
    """The manifest alone. Raises `EncoderError`."""
    path = folder / MANIFEST
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise EncoderError(
            f"the encoder is not installed: {path} cannot be read ({error.strerror}); {REMEDY}"
        ) from error
    except (ValueError, TypeError) as error:
        raise EncoderError(f"the encoder's manifest {path} is damaged ({error}); {REMEDY}") from error


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
