"""R17: roots and proofs of RFC 9162 against a naive construction and the RFC's own recursion."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.merkle import (
    consistency_ranges,
    continues,
    includes,
    inclusion_ranges,
    joined,
    leaf_hash,
    merkle_root,
    subtrees,
)

SIZES = st.integers(1, 200)


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(bytes([n])) for n in range(size)]


def mth(leaves: list[bytes]) -> bytes:
    """MTH as 2.1.1 defines it, over hashes of leaves."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH as 2.1.3.1 defines it."""
    n, k = len(leaves), 1
    if n == 1:
        return []
    while k * 2 < n:
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF as 2.1.4.1 defines it."""
    n, k = len(leaves), 1
    if m == n:
        return [] if whole else [mth(leaves)]
    while k * 2 < n:
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def test_the_roots_of_the_known_example() -> None:
    """The reference tree of certificate-transparency (merkle_tree_test.cc): its root of 8 leaves."""
    told = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    root = merkle_root([leaf_hash(bytes.fromhex(each)) for each in told]).hex()
    assert root == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(SIZES)
def test_the_root_is_that_of_the_rfc_and_of_its_subtrees(size: int) -> None:
    leaves = leaves_of(size)
    parts = [leaves[n << level : (n + 1) << level] for level, n in subtrees(0, size)]
    assert merkle_root(leaves) == mth(leaves) == joined([mth(each) for each in parts])


@given(SIZES, st.data())
def test_inclusion_is_proven_for_each_leaf_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    hashes = [mth(leaves[begin:end]) for begin, end in inclusion_ranges(index, size)]
    assert hashes == path(index, leaves)
    assert includes(mth(leaves), leaves[index], (index, size), hashes)
    assert includes(mth(leaves), leaves[other], (index, size), hashes) == (other == index)
    assert includes(mth(leaves), leaves[index], (other, size), hashes) == (other == index)
    assert not includes(mth(leaves), leaves[index], (index, size), [*hashes, leaves[0]])
    assert not includes(mth(leaves), leaves[index], (size, size), hashes)
    if hashes:
        assert not includes(mth(leaves), leaves[index], (index, size), hashes[:-1])


@given(SIZES, st.data())
def test_consistency_is_proven_for_what_continues_only(second: int, data: st.DataObject) -> None:
    leaves, first = leaves_of(second), data.draw(st.integers(1, second))
    old, new = (first, mth(leaves[:first])), (second, mth(leaves))
    hashes = [mth(leaves[begin:end]) for begin, end in consistency_ranges(first, second)]
    assert hashes == subproof(first, leaves, whole=True)
    assert continues(old, new, hashes)
    place = data.draw(st.integers(0, first - 1))
    cut = [*leaves[:place], leaf_hash(b"another"), *leaves[place + 1 : first]]
    assert not continues((first, mth(cut)), new, hashes)
    assert not continues(old, new, [*hashes, leaves[0]])
    if hashes:
        assert not continues(old, new, hashes[:-1])
        assert not continues(old, (second, leaf_hash(b"another")), hashes)


@given(SIZES, st.data())
def test_every_range_of_a_proof_is_made_of_few_complete_subtrees(size: int, data: st.DataObject) -> None:
    leaves, first = leaves_of(size), data.draw(st.integers(1, size))
    for begin, end in [*inclusion_ranges(first - 1, size), *consistency_ranges(first, size)]:
        parts = subtrees(begin, end)
        hashes = [mth(leaves[n << level : (n + 1) << level]) for level, n in parts]
        assert joined(hashes) == mth(leaves[begin:end])
        assert len(parts) <= size.bit_length()


def test_there_are_no_proofs_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="does not continue"):
        consistency_ranges(4, 3)
    assert not continues((4, b"a"), (3, b"a"), [])
    assert not continues((0, b"a"), (3, b"a"), [b"a"])
