"""Cells open at their own place only; keyed digests keep their purposes apart; key files are their owner's alone."""

from __future__ import annotations

import hashlib
import hmac
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.crypto import CannotOpen, KeyProblem, KeyRing, Purpose, cell, load_key, load_or_make_key, parse_keys, rotate_key

OLD = KeyRing({"k1": b"1" * 32}, "k1")
BOTH = KeyRing({"k1": b"1" * 32, "k2": b"2" * 32}, "k2")
NEW = KeyRing({"k2": b"2" * 32}, "k2")
PLACE = cell("answers", "value", "draft", "path", 1)


@settings(derandomize=True, max_examples=30)
@given(st.binary(max_size=300))
def test_a_cell_opens_where_it_was_sealed(clear: bytes) -> None:
    assert OLD.open(OLD.seal(clear, PLACE), PLACE) == clear


@pytest.mark.parametrize(
    "elsewhere",
    [
        cell("drafts", "value", "draft", "path", 1),
        cell("answers", "source", "draft", "path", 1),
        cell("answers", "value", "other", "path", 1),
        cell("answers", "value", "draft", "path", 2),
        cell("answers", "value", "draft", "path", "1"),
        cell("answers", "value", "draftpath", 1),
    ],
)
def test_a_cell_moved_elsewhere_does_not_open(elsewhere: bytes) -> None:
    with pytest.raises(CannotOpen):
        OLD.open(OLD.seal(b"Test", PLACE), elsewhere)


@settings(derandomize=True, max_examples=60)
@given(st.integers(min_value=0, max_value=34), st.integers(min_value=1, max_value=255))
def test_a_cell_with_one_byte_changed_does_not_open(place: int, flip: int) -> None:
    sealed = bytearray(OLD.seal(b"Test", PLACE))
    sealed[place] ^= flip
    with pytest.raises(CannotOpen):
        OLD.open(bytes(sealed), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01\x02k1", b"\x01\x02k1short"])
def test_what_is_no_cell_does_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        OLD.open(sealed, PLACE)


def test_sealing_twice_gives_different_bytes() -> None:
    assert OLD.seal(b"Test", PLACE) != OLD.seal(b"Test", PLACE)


def test_after_a_rotation_old_cells_open_and_new_ones_carry_the_new_key() -> None:
    sealed = OLD.seal(b"Test", PLACE)
    assert BOTH.open(sealed, PLACE) == b"Test"
    again = BOTH.seal(BOTH.open(sealed, PLACE), PLACE)
    assert NEW.open(again, PLACE) == b"Test"
    with pytest.raises(CannotOpen):
        NEW.open(sealed, PLACE)


def test_a_digest_is_hmac_sha256_and_names_its_key() -> None:
    key, _, digest = OLD.digest(Purpose.CHILDREN, "test name").partition(":")
    again = hmac.new(_sub_key("digest/children"), b"test name", hashlib.sha256).hexdigest()
    assert (key, digest) == ("k1", again)


def _sub_key(purpose: str) -> bytes:
    extracted = hmac.new(bytes(32), b"1" * 32, hashlib.sha256).digest()  # RFC 5869, with the empty salt
    return hmac.new(extracted, f"cspr/{purpose}/1".encode() + b"\x01", hashlib.sha256).digest()


def test_every_purpose_has_digests_of_its_own() -> None:
    assert len({OLD.digest(purpose, "test") for purpose in Purpose}) == len(Purpose)


def test_digests_are_looked_up_under_every_key() -> None:
    assert OLD.digest(Purpose.CHILDREN, "test") in BOTH.digests(Purpose.CHILDREN, "test")
    assert BOTH.digests(Purpose.CHILDREN, "test")[0] == BOTH.digest(Purpose.CHILDREN, "test")


def test_a_kept_digest_is_compared_under_the_key_it_names() -> None:
    kept = OLD.digest(Purpose.HISTORY, "test")
    assert BOTH.matches(Purpose.HISTORY, "test", kept)
    assert not BOTH.matches(Purpose.HISTORY, "other", kept)
    assert not NEW.matches(Purpose.HISTORY, "test", kept)


def test_a_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "cspr.key"
    first = load_or_make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert load_or_make_key(path).open(first.seal(b"Test", PLACE), PLACE) == b"Test"
    assert [file.name for file in path.parent.iterdir()] == ["cspr.key"]


def test_many_that_make_a_key_at_once_get_the_same(tmp_path: Path) -> None:
    path, names = tmp_path / "cspr.key", []
    threads = [threading.Thread(target=lambda: names.append(load_or_make_key(path).current)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 8
    assert len(set(names)) == 1


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cspr.key"
    load_or_make_key(path)
    path.chmod(0o640)
    with pytest.raises(KeyProblem, match="chmod 600"):
        load_or_make_key(path)


def test_rotating_a_key_file_keeps_the_older_keys(tmp_path: Path) -> None:
    path = tmp_path / "cspr.key"
    before = load_or_make_key(path)
    after = rotate_key(path)
    assert after.current != before.current
    assert after.open(before.seal(b"Test", PLACE), PLACE) == b"Test"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not keys", "cannot be read"),
        ('{"current":"k1","keys":{"k1":"c2VjcmV0"}}', "not 32 bytes"),
        ('{"current":"k1","keys":{"k1":"c2VjcmV0*"}}', "not base64"),
        ('{"current":"k2","keys":{}}', "not among the keys"),
        ('{"current":"k 1","keys":{"k 1":""}}', "plain letters"),
    ],
)
def test_keys_that_are_none_are_refused_without_quoting_them(text: str, sentence: str) -> None:
    with pytest.raises(KeyProblem, match=sentence) as refused:
        parse_keys(text)
    assert "c2VjcmV0" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_missing_key_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="cannot be read"):
        load_key(tmp_path / "none.key")
