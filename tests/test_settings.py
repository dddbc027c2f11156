from __future__ import annotations

import os
from pathlib import Path

import pytest

from vivavoce.domain.errors import BadInputError
from vivavoce.settings import load_settings, setting_names


def test_without_any_variable_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings({}, data_dir=tmp_path)
    assert settings.database == tmp_path / "vivavoce.db"
    assert (settings.port, settings.new_per_day, settings.retention, settings.packs) == (8765, 8, 0.9, ())


def test_every_variable_is_read(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "VIVAVOCE_DATA_DIR": str(tmp_path),
            "VIVAVOCE_DATABASE_URL": "postgresql://localhost/viva",
            "VIVAVOCE_PACKS": os.pathsep.join(["/a", "/b"]),
            "VIVAVOCE_PORT": "9000",
            "VIVAVOCE_NEW_PER_DAY": "3",
            "VIVAVOCE_RETENTION": "0.8",
            "VIVAVOCE_ROLE": "data-scientist",
            "VIVAVOCE_EDITOR": "nano",
        }
    )
    assert len(setting_names()) == 8
    assert settings.data_dir == tmp_path
    assert settings.database == "postgresql://localhost/viva"
    assert settings.packs == (Path("/a"), Path("/b"))
    assert (settings.port, settings.new_per_day, settings.retention) == (9000, 3, 0.8)
    assert (settings.role, settings.editor) == ("data-scientist", "nano")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "0x50", "must be a whole number from 1 to 65535"),
        ("PORT", "70000", "must be a whole number from 1 to 65535"),
        ("PORT", "80.5", "must be a whole number from 1 to 65535"),
        ("NEW_PER_DAY", "-1", "must be a whole number from 0 to 500"),
        ("RETENTION", "1.5", "must be a number from 0.7 to 0.97"),
        ("RETENTION", "nan", "must be a number"),
        ("ROLE", "boss", "must be one of ml-engineer"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(name: str, value: str, says: str) -> None:
    with pytest.raises(BadInputError, match=f"VIVAVOCE_{name} is '{value}'; .*{says}"):
        load_settings({f"VIVAVOCE_{name}": value})
