"""The kept bank: the same as a loaded one, gone with any change, and never more than data."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from pathlib import Path

import pytest

from vivavoce.content.bank import LoadedBank, load_bank
from vivavoce.content.cache import BankCache
from vivavoce.content.search import SearchIndex

OURS = Path(__file__).parents[2] / "content"


@pytest.fixture
def pack(small_pack: Path) -> Path:
    return small_pack


@pytest.fixture
def cache(pack: Path, tmp_path: Path) -> BankCache:
    return BankCache(tmp_path / "cache", [pack])


@pytest.fixture
def kept(pack: Path, cache: BankCache) -> LoadedBank:
    loaded = load_bank([pack])
    cache.save(loaded.bank, loaded.diagnostics)
    return loaded


def test_what_is_kept_is_what_was_loaded(cache: BankCache, kept: LoadedBank) -> None:
    assert cache.load() == (kept.bank, kept.diagnostics)


def test_our_own_bank_comes_back_whole(tmp_path: Path) -> None:
    cache, loaded = BankCache(tmp_path, [OURS]), load_bank([OURS])
    cache.save(loaded.bank, loaded.diagnostics)
    assert cache.load() == (loaded.bank, loaded.diagnostics)


def test_nothing_is_kept_at_first(cache: BankCache) -> None:
    assert cache.load() is None


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_any_change_of_a_file_makes_the_cache_void(pack: Path, cache: BankCache, change: str) -> None:
    question = next(pack.rglob("questions/*.yaml"))
    match change:
        case "edited":
            question.write_text(question.read_text("utf-8") + "\n", "utf-8")
        case "added":
            shutil.copy(question, question.with_name("another.yaml"))
        case _:
            question.unlink()
    assert cache.load() is None


@pytest.mark.usefixtures("kept")
def test_another_list_of_packs_has_a_cache_of_its_own(pack: Path, tmp_path: Path) -> None:
    assert BankCache(tmp_path / "cache", [pack, tmp_path / "other"]).load() is None


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("share", [0, 0.5, 0.999])
def test_half_a_file_is_no_bank(cache: BankCache, share: float) -> None:
    whole = cache.file.read_bytes()
    cache.file.write_bytes(whole[: int(share * len(whole))])
    assert cache.load() is None


class _Touches:
    """Unpickled carelessly, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (os.mkdir, (str(self.path),))


def test_a_file_that_names_anything_else_runs_nothing(cache: BankCache, tmp_path: Path) -> None:
    made = tmp_path / "made"
    cache.file.parent.mkdir()
    cache.file.write_bytes(pickle.dumps(({}, _Touches(made), ())))
    assert cache.load() is None
    assert not made.exists()


@pytest.mark.usefixtures("kept")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_file_that_others_may_write_is_not_read(cache: BankCache) -> None:
    assert cache.file.stat().st_mode & 0o777 == 0o600
    cache.file.chmod(0o622)
    assert cache.load() is None


def test_where_nothing_can_be_written_nothing_is_kept(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder belongs", "utf-8")
    cache, loaded = BankCache(tmp_path / "file", [pack]), load_bank([pack])
    cache.save(loaded.bank, loaded.diagnostics)
    assert cache.load() is None


def test_the_index_is_kept_with_its_bank_and_goes_with_it(pack: Path, cache: BankCache, kept: LoadedBank) -> None:
    in_memory = SearchIndex(kept.bank).search("scaled units")
    file = cache.search_file(kept.bank)
    assert SearchIndex(kept.bank, file=file).search("scaled units") == in_memory
    assert file.is_file()
    assert SearchIndex(kept.bank, file=file).search("scaled units") == in_memory
    (pack / "concepts" / "dropout" / "concept.md").touch()
    changed = load_bank([pack])
    cache.save(changed.bank, changed.diagnostics)
    assert not file.exists()


def test_an_index_that_is_none_is_made_anew(cache: BankCache, kept: LoadedBank) -> None:
    file = cache.search_file(kept.bank)
    file.write_bytes(b"SQLite format 3\0 and then nothing of the kind")
    assert SearchIndex(kept.bank, file=file).search("scaled units") == SearchIndex(kept.bank).search("scaled units")


def test_an_index_that_cannot_be_written_is_kept_in_memory(kept: LoadedBank, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder belongs", "utf-8")
    index = SearchIndex(kept.bank, file=tmp_path / "file" / "index.sqlite")
    assert index.search("scaled units") == SearchIndex(kept.bank).search("scaled units")
