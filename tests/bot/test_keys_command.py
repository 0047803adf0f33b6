"""`cspr keys`: what IT makes before the first start, and rotates."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.cli import main
from state.crypto import cell, load_key


def test_a_new_key_file_is_private_and_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "keys" / "key.json"
    assert main(["keys", "new", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_key(file).current in capsys.readouterr().out


def test_a_key_file_that_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "key.json"
    main(["keys", "new", str(file)])
    before = file.read_bytes()
    assert main(["keys", "new", str(file)]) == 2
    assert file.read_bytes() == before
    assert "left as it is" in capsys.readouterr().err


def test_after_a_rotation_what_the_old_key_sealed_still_opens(tmp_path: Path) -> None:
    file, place = tmp_path / "key.json", cell("answers", "value", "1")
    main(["keys", "new", str(file)])
    old = load_key(file)
    sealed = old.seal(b"Test", place)
    assert main(["keys", "rotate", str(file)]) == 0
    new = load_key(file)
    assert new.current != old.current
    assert new.open(sealed, place) == b"Test"


def test_rotating_a_file_that_is_not_there_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "rotate", str(tmp_path / "none.json")]) == 2
    assert "Restore it from its backup" in capsys.readouterr().err
