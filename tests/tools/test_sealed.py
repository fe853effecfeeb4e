import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools.sealed import (
    AES,
    SM4,
    Unreadable,
    keyed_hash,
    master,
    new_key,
    seal,
    unseal,
    unwrap,
    wrap,
)

KEY = bytes(range(32))
HERE = "reporter:name:1"
BOTH = pytest.mark.parametrize("algorithm", [AES, SM4])


@BOTH
@given(text=st.text(st.characters(exclude_categories=[])))
def test_every_text_comes_back_as_it_was(algorithm, text):
    assert unseal(KEY, seal(KEY, text, HERE, algorithm), HERE) == text


@BOTH
def test_the_algorithm_is_the_first_byte(algorithm):
    assert seal(KEY, "王秀兰", HERE, algorithm)[0] == algorithm


def test_both_algorithms_are_read_with_one_key():
    assert [unseal(KEY, seal(KEY, "王", HERE, algorithm), HERE) for algorithm in (AES, SM4)] == ["王", "王"]


@BOTH
def test_a_sealed_value_is_longer_than_its_text_by_29_bytes(algorithm):
    assert len(seal(KEY, "0451-00000000", HERE, algorithm)) == 29 + 13


@BOTH
def test_the_same_text_is_never_sealed_alike(algorithm):
    assert len({seal(KEY, "王秀兰", HERE, algorithm) for _ in range(1_000)}) == 1_000


@BOTH
@pytest.mark.parametrize("elsewhere", ["reporter:name:2", "reporter:phone:1", "opinion:name:1", "", "reporter:name:1 "])
def test_a_value_moved_to_another_place_cannot_be_read(algorithm, elsewhere):
    with pytest.raises(Unreadable):
        unseal(KEY, seal(KEY, "13800000000", HERE, algorithm), elsewhere)


@BOTH
def test_no_flipped_bit_goes_unnoticed(algorithm):
    sealed = seal(KEY, "13800000000", HERE, algorithm)
    read = []
    for bit in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        read += readable(bytes(altered))
    assert read == []


@BOTH
def test_no_shortened_or_lengthened_value_is_read(algorithm):
    sealed = seal(KEY, "13800000000", HERE, algorithm)
    altered = [sealed[:length] for length in range(len(sealed))] + [sealed + b"\0", sealed[1:], sealed * 2]
    assert [text for value in altered for text in readable(value)] == []


@BOTH
@pytest.mark.parametrize("key", [bytes(32), KEY[:16], b"", KEY[::-1], KEY + KEY])
def test_another_key_reads_nothing(algorithm, key):
    with pytest.raises(Unreadable):
        unseal(key, seal(KEY, "王秀兰", HERE, algorithm), HERE)


@pytest.mark.parametrize("value", [None, "", b"", b"\x01", "text", 5, [], b"\x09" + bytes(40)])
def test_what_was_never_sealed_is_unreadable_not_an_error(value):
    with pytest.raises(Unreadable):
        unseal(KEY, value, HERE)


@given(st.binary(max_size=80))
def test_made_up_bytes_are_unreadable(value):
    assert readable(value) == []


def test_what_postgresql_hands_out_is_read():
    assert unseal(KEY, memoryview(seal(KEY, "王𠮷", HERE)), HERE) == "王𠮷"


def test_the_refusal_says_nothing_about_the_text():
    with pytest.raises(Unreadable, match=r"^This cannot be deciphered\.$") as refusal:
        unseal(bytes(32), seal(KEY, "王秀兰", HERE), HERE)
    assert refusal.value.__cause__ is None


def test_sealing_wants_a_whole_key():
    with pytest.raises(ValueError, match="32 bytes"):
        seal(KEY[:16], "王秀兰", HERE)


def test_new_keys_are_all_different_and_have_32_bytes():
    keys = {new_key() for _ in range(1_000)}
    assert (len(keys), {len(key) for key in keys}) == (1_000, {32})


@BOTH
def test_a_wrapped_key_comes_back(algorithm):
    key = new_key()
    assert unwrap(KEY, wrap(KEY, key, "person:1", algorithm), "person:1") == key


@BOTH
@pytest.mark.parametrize(("other", "context"), [(bytes(32), "person:1"), (KEY, "person:2")])
def test_a_wrapped_key_opens_only_with_its_master_in_its_place(algorithm, other, context):
    with pytest.raises(Unreadable):
        unwrap(other, wrap(KEY, new_key(), "person:1", algorithm), context)


def test_a_wrapped_key_cannot_pass_for_a_text_nor_a_text_for_a_key():
    with pytest.raises(Unreadable):
        unseal(KEY, wrap(KEY, new_key(), HERE), HERE)
    with pytest.raises(Unreadable):
        unwrap(KEY, seal(KEY, "王秀兰", HERE), HERE)


def test_a_keyed_hash_is_the_published_hmac():
    """Computed by another program: printf '\\0\\0\\0\\4code23456789012' | openssl dgst -sha256 -mac HMAC."""
    assert keyed_hash(KEY, "code", "23456789012") == "0b37816420e330c964b45b42c9a22d014849c63f49b59a72a157c7c4b7304527"


def test_a_keyed_hash_depends_on_key_label_and_value():
    inputs = [(KEY, "phone", "138"), (bytes(32), "phone", "138"), (KEY, "code", "138"), (KEY, "phone", "139")]
    inputs += [(KEY, "phone1", "38"), (KEY, "phon", "e138"), (KEY, "", "phone138"), (KEY, "phone138", "")]
    assert len({keyed_hash(*one) for one in inputs}) == len(inputs)


def test_without_the_key_no_number_is_found_behind_its_hash():
    """With another key every guess misses; the control shows that the same guesses find a number hashed without one."""
    numbers = [f"1380000{n:04d}" for n in range(10_000)]
    kept = {keyed_hash(KEY, "phone", numbers[4_321])}
    guesses = {keyed_hash(bytes(32), "phone", number) for number in numbers}
    control = {keyed_hash(b"", "phone", number) for number in numbers}
    assert kept & guesses == set()
    assert {keyed_hash(b"", "phone", numbers[4_321])} & control != set()


def test_a_master_key_in_hex_is_taken_as_it_is():
    assert master("000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F\n") == KEY


def test_a_master_key_in_words_is_derived_and_stays_the_same():
    assert (
        master("correct horse battery staple").hex()
        == "d5155e9f8a3c80b6d0ba7b326df1b742f42f6e745d6c1272a529de4eb74c7cd6"
    )


@pytest.mark.parametrize("text", ["口令", "x", "0" * 63, "g" * 64, "0" * 65])
def test_any_other_text_gives_32_bytes(text):
    assert len(master(text)) == 32


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_master_key_is_refused(text):
    with pytest.raises(ValueError, match="empty"):
        master(text)


def test_a_thousand_names_are_sealed_and_read_within_a_second():
    def stretch():
        for row in range(1_000):
            unseal(KEY, seal(KEY, "王秀兰", f"reporter:name:{row}"), f"reporter:name:{row}")
        return time.perf_counter()

    moments = [time.perf_counter(), *(stretch() for _ in range(3))]
    assert min(later - earlier for earlier, later in pairwise(moments)) < 1


def readable(value):
    try:
        return [unseal(KEY, value, HERE)]
    except Unreadable:
        return []
