"""Small labs for tests of the runner, written into a folder and loaded as the bank loads them."""

from __future__ import annotations

from pathlib import Path

from vivavoce.content.bank import load_bank
from vivavoce.domain.lab import Lab

HEAD = '''"""Does doubling make a number larger?

A number is drawn and doubled. What would change the outcome: negative numbers.
"""

import numpy as np

'''

STATED = """ARMS = {"plain": "the number", "double": "twice the number"}
MEASURES = {"size": {"says": "the number", "better": "higher"}}
PARAMETERS = {"low": {"says": "least number", "default": 1, "low": -3, "high": 5}}
CLAIMS = {
    "larger": {"says": "Doubling adds at least 0.1.", "test": "size: double > plain + 0.1"},
    "smaller": {"says": "Doubling makes it smaller.", "test": "size: double < plain"},
}
"""

MEASURE = '''

def measure(seed, low):
    """Draw and double."""
    number = np.random.default_rng(seed).uniform(low, low + 1)
    return {"plain": {"size": number}, "double": {"size": 2 * number}}
'''

DOUBLING = HEAD + STATED + MEASURE


def load(folder: Path, code: str = DOUBLING) -> Lab:
    """The lab of a file's text. Fails when the loader reports anything."""
    concept = folder / "concepts" / "sums"
    (concept / "labs").mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(
        'name: small\ntitle: Small\nversion: "1"\nlicence: CC0-1.0\ndescription: For tests.\n'
    )
    (concept / "concept.md").write_text(
        "---\ntitle: Sums\narea: foundations\nlevel: basic\nstatus: draft\nsummary: Adding.\n---\n"
    )
    (concept / "labs" / "doubling.py").write_text(code, encoding="utf-8")
    loaded = load_bank([folder])
    assert loaded.diagnostics == ()
    return loaded.bank.lab("sums/doubling")
