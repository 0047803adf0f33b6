"""The keys, and what is done with them: cells sealed to their place, and keyed digests with a purpose each.

AES-256-GCM and HKDF come from `cryptography` (its pages "Authenticated encryption" and "Key derivation functions"); HMAC-SHA256
from the standard library. No key ever leaves this module, and no message in it says what was sealed.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import enum
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"


class Purpose(enum.StrEnum):
    """What a digest is for. Each purpose has a sub-key of its own, so digests of two purposes can never be compared."""

    HISTORY = "history"
    CONTENT = "content"
    HEADS = "heads"
    CHILDREN = "children"
    CODES = "codes"
    TURNS = "turns"


class KeyProblem(Exception):
    """A key file or setting cannot be used. The message says why and what to do; it never holds a key."""


class CannotOpen(Exception):
    """A sealed cell does not open: it was changed, was moved from another place, or its key is not in the ring."""


class KeyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How keys are written: base64 of 32 bytes by id, and the id that seals what is written next."""

    current: str
    keys: dict[str, str]


def cell(table: str, column: str, *key: str | int) -> bytes:
    """The name of one cell, as a ciphertext is bound to it. JSON, so that no two cells can have one name."""
    return msgspec.json.encode((table, column, key))


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"cspr/{purpose}/1".encode()).derive(key)


def _hmac_states(key: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    block = key.ljust(hashlib.sha256().block_size, b"\0")
    inner, outer = bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
    return hashlib.sha256(inner), hashlib.sha256(outer)


class _Key:
    """One key, with its sub-keys derived once."""

    def __init__(self, name: str, secret: bytes) -> None:
        self.prefix = FORMAT + bytes((len(name),)) + name.encode("ascii")
        self.cipher = AESGCM(_derived(secret, "seal"))
        self._macs = {purpose: _hmac_states(_derived(secret, f"digest/{purpose.value}")) for purpose in Purpose}

    def mac(self, purpose: Purpose, data: bytes) -> str:
        """HMAC-SHA256 in hex, from states that hold the key already (RFC 2104, section 4): half the time."""
        inner, outer = self._macs[purpose]
        within, around = inner.copy(), outer.copy()
        within.update(data)
        around.update(within.digest())
        return around.hexdigest()


class KeyRing:
    """Several keys by id, one of them current. Older keys still open; what is written again is sealed with the current one."""

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        """Raises KeyProblem when a key is not 32 bytes, an id is not plain ASCII of 1 to 32 letters, or none is current."""
        for name, secret in keys.items():
            if not (name.isascii() and name.isalnum() and len(name) <= 32):
                raise KeyProblem("A key's id is 1 to 32 plain letters and digits. Change the id in the key file.")
            if len(secret) != KEY_BYTES:
                raise KeyProblem(f"The key {name} is not 32 bytes long. Restore the key file from its backup.")
        if current not in keys:
            raise KeyProblem("The current key is not among the keys. Restore the key file from its backup.")
        self._keys = {name: _Key(name, secret) for name, secret in keys.items()}
        self.current = current
        self._now = self._keys[current]

    def seal(self, clear: bytes, place: bytes) -> bytes:
        """Encrypt for one place only (see `cell`). The result names its key: format, id length, id, nonce, ciphertext."""
        nonce = os.urandom(NONCE_BYTES)
        return self._now.prefix + nonce + self._now.cipher.encrypt(nonce, clear, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """What was sealed at that place. Raises CannotOpen."""
        key = self._now if sealed.startswith(self._now.prefix) else self._named(sealed)
        start = len(key.prefix)
        try:
            return key.cipher.decrypt(sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :], place)
        except (InvalidTag, ValueError) as wrong:
            raise CannotOpen("A sealed cell was changed or moved from another place.") from wrong

    def _named(self, sealed: bytes) -> _Key:
        name = sealed[2 : 2 + sealed[1]] if len(sealed) > 2 and sealed[:1] == FORMAT else b""
        key = self._keys.get(name.decode("ascii", "replace"))
        if key is None:
            raise CannotOpen("A sealed cell names a key that is not in the key file.")
        return key

    def digest(self, purpose: Purpose, text: str | bytes) -> str:
        """A keyed digest under the current key, as `key id:hex`."""
        return self._digest(self.current, purpose, text)

    def digests(self, purpose: Purpose, text: str | bytes) -> tuple[str, ...]:
        """The digest under every key, the current one first: for looking up what was kept before a rotation."""
        names = (self.current, *(name for name in self._keys if name != self.current))
        return tuple(self._digest(name, purpose, text) for name in names)

    def matches(self, purpose: Purpose, text: str | bytes, digest: str) -> bool:
        """Whether a kept digest is of this text, under the key it names. False where that key is not in the ring."""
        name = digest.partition(":")[0]
        return name in self._keys and hmac.compare_digest(self._digest(name, purpose, text), digest)

    def _digest(self, name: str, purpose: Purpose, text: str | bytes) -> str:
        data = text.encode() if isinstance(text, str) else text
        return f"{name}:{self._keys[name].mac(purpose, data)}"


def parse_keys(text: str | bytes) -> KeyRing:
    """A key ring from the text of a key file, or of a secret that holds the same. Raises KeyProblem."""
    written = _decoded(text)
    try:
        keys = {name: base64.b64decode(secret, validate=True) for name, secret in written.keys.items()}
    except binascii.Error:
        raise KeyProblem("A key is not base64. Restore the key file from its backup.") from None
    return KeyRing(keys, written.current)


def _decoded(text: str | bytes) -> KeyFile:
    try:
        return msgspec.json.decode(text, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Not chained: the parser's message may quote the file.
        raise KeyProblem("The keys cannot be read. A key file is JSON with `current` and `keys`. Restore its backup.") from None


def new_keys(older: KeyFile | None = None) -> KeyFile:
    """A fresh current key, beside the older ones."""
    name = "k" + secrets.token_hex(4)
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    return KeyFile(current=name, keys={**(older.keys if older else {}), name: key})


def load_key(path: Path) -> KeyRing:
    """The ring of a key file. Raises KeyProblem when it is missing, is not keys or can be read by others."""
    return parse_keys(_private_bytes(path))


def load_or_make_key(path: Path) -> KeyRing:
    """For local mode: the ring of a key file, made first where there is none (0600, whole or not at all)."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # Another process made it a moment ago: theirs counts.
            _written(path, new_keys(), os.link)
    return load_key(path)


def rotate_key(path: Path) -> KeyRing:
    """Add a new current key to a key file. Older keys stay in it: they open what was sealed before."""
    _written(path, new_keys(_decoded(_private_bytes(path))), os.replace)
    return load_key(path)


def _private_bytes(path: Path) -> bytes:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyProblem(f"Others can read the key file {path}. Run: chmod 600 {path}")
        return path.read_bytes()
    except OSError as missing:
        raise KeyProblem(f"The key file {path} cannot be read ({missing.strerror}). Restore it from its backup.") from missing


def _written(path: Path, keys: KeyFile, into_place: Callable[[Path, Path], None]) -> None:
    """Write beside the file and put it in place in one step, so that no reader meets half a key."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(keys))
            file.flush()
            os.fsync(file.fileno())
        into_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)
