"""Text that only the holder of a key can read: names and phone numbers of residents.

A sealed value is one byte for the algorithm, twelve random bytes, then ciphertext and tag. The context
("table:column:row") is bound to it, so a value moved to another row or column cannot be opened there.
"""

import hashlib
import hmac
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext_lazy as _

AES, SM4 = 1, 2
KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16


class Unreadable(Exception):
    """Wrong key, wrong place or altered bytes; it never says which."""

    def __init__(self):
        super().__init__(_("This cannot be deciphered."))


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def master(text: str) -> bytes:
    """The 32 bytes behind a setting: 64 hex characters as they are, other text through HKDF, which adds no strength."""
    text = text.strip()
    if not text:
        raise ValueError(_("The key is empty."))
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    return _derived(text.encode("utf-8", "surrogatepass"), b"liaison master key", KEY_BYTES)


def seal(key: bytes, plaintext: str, context: str, algorithm: int = AES) -> bytes:
    # A lone surrogate is kept as it came: sealing must not be where somebody's words are refused.
    return _lock(key, plaintext.encode("utf-8", "surrogatepass"), b"text", context, algorithm)


def unseal(key: bytes, sealed: bytes, context: str) -> str:
    return _open(key, sealed, b"text", context).decode("utf-8", "surrogatepass")


def seal_bytes(key: bytes, data: bytes, context: str, algorithm: int = AES) -> bytes:
    """A whole file, which waits on the disk for somebody."""
    return _lock(key, data, b"file", context, algorithm)


def unseal_bytes(key: bytes, sealed: bytes, context: str) -> bytes:
    return _open(key, sealed, b"file", context)


def wrap(master: bytes, key: bytes, context: str, algorithm: int = AES) -> bytes:
    """A key sealed under another; to destroy what is returned is to destroy all that the key has sealed."""
    return _lock(master, key, b"key", context, algorithm)


def unwrap(master: bytes, wrapped: bytes, context: str) -> bytes:
    return _open(master, wrapped, b"key", context)


def keyed_hash(key: bytes, label: str, value: str) -> str:
    """For blind indexes and stored codes: 64 hex characters, different under each label, worthless without the key."""
    named = label.encode()
    message = len(named).to_bytes(4, "big") + named + value.encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()


class _SM4GCM:
    """SM4 in the shape of AESGCM; its 16-byte key is derived, so that one stored key serves both algorithms."""

    def __init__(self, key: bytes):
        self.key = _derived(key, b"liaison sm4-gcm", 16)

    def encrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        encryptor = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        mode = modes.GCM(nonce, data[-TAG_BYTES:], TAG_BYTES)
        decryptor = Cipher(algorithms.SM4(self.key), mode).decryptor()
        decryptor.authenticate_additional_data(bound)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


CIPHERS = {AES: AESGCM, SM4: _SM4GCM}


def _lock(key, data, purpose, context, algorithm):
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    nonce = os.urandom(NONCE_BYTES)
    head = bytes([algorithm])
    return head + nonce + CIPHERS[algorithm](key).encrypt(nonce, data, _bound(head, purpose, context))


def _open(key, sealed, purpose, context):
    try:
        sealed = bytes(memoryview(sealed))  # PostgreSQL hands out memoryviews
        head, nonce, data = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if len(key) != KEY_BYTES or len(data) < TAG_BYTES:
            raise Unreadable
        return CIPHERS[head[0]](key).decrypt(nonce, data, _bound(head, purpose, context))
    except (InvalidTag, KeyError, IndexError, TypeError):
        raise Unreadable from None


def _bound(head, purpose, context):
    return head + purpose + b"\0" + context.encode("utf-8", "surrogatepass")


def _derived(material, info, length):
    return HKDF(SHA256(), length, salt=None, info=info).derive(material)
