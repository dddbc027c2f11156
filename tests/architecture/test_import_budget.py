"""`import vivavoce` stays light: what is heavy is loaded by those who use it."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = (
    "torch",
    "onnxruntime",
    "numpy",
    "sqlalchemy",
    "sqlite3",
    "psycopg",
    "starlette",
    "uvicorn",
    "pydantic",
    "yaml",
    "sklearn",
    "openai",
)


def _loaded_by(statement: str) -> set[str]:
    code = f"import json, sys; {statement}; print(json.dumps(sorted(m.split('.')[0] for m in sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not _loaded_by("import vivavoce") & set(HEAVY)


def test_importing_the_domain_loads_nothing_heavy() -> None:
    assert not _loaded_by("import vivavoce.domain.question, vivavoce.domain.review") & set(HEAVY)


def test_no_surface_loads_a_training_library_or_a_model_client() -> None:
    unwanted = {"torch", "onnxruntime", "sklearn", "scipy", "matplotlib", "openai", "transformers", "psycopg"}
    assert not _loaded_by("import vivavoce.surfaces.cli") & unwanted


def test_importing_the_package_takes_at_most_a_tenth_of_a_second_of_processor_time() -> None:
    code = "import time; t = time.process_time(); import vivavoce; print(time.process_time() - t)"
    best = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    assert best <= 0.1
