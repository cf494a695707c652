"""Merkle trees of RFC 9162, 2.1: roots, inclusion proofs, consistency proofs; pure.

A proof is a list of hashes, each over a range of leaves. Which ranges those are depends on numbers
only, so whoever keeps the hashes of complete subtrees makes a proof without reading a leaf.
"""

import hashlib
from collections.abc import Iterator

Range = tuple[int, int]
"""From leaf `begin` (counted from 0) to before leaf `end`."""
Place = tuple[int, int]
"""A complete subtree: its level (of 2**level leaves), and how many such ones come before it."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: list[bytes]) -> bytes:
    """The root over hashes of leaves. ValueError for none."""
    if not leaves:
        raise ValueError("no leaves")
    level = leaves
    while len(level) > 1:
        paired = [node_hash(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove leaf `index` in a tree of `size` leaves (2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    ranges, begin, end = list[Range](), 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """The ranges whose hashes prove that a tree of `second` leaves continues one of `first`
    (2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {second} leaves does not continue one of {first}")
    ranges, begin, end = list[Range](), 0, second
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return ([(begin, end)] if begin else []) + ranges[::-1]


def subtrees(begin: int, end: int) -> list[Place]:
    """The complete subtrees that make up a range of a proof, or a whole tree, from the left."""
    places = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        places.append((level, begin >> level))
        begin += 1 << level
    return places


def joined(hashes: list[bytes]) -> bytes:
    """The hash over the subtrees that `subtrees` names, given theirs."""
    *others, found = hashes
    for each in reversed(others):
        found = node_hash(each, found)
    return found


def includes(root: bytes, leaf: bytes, at: tuple[int, int], path: list[bytes]) -> bool:
    """Whether `path` proves the hash of a leaf at (index, size) under `root` (2.1.3.2)."""
    index, size = at
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for each in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(each, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, each)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def continues(first: tuple[int, bytes], second: tuple[int, bytes], path: list[bytes]) -> bool:
    """Whether `path` proves that the tree (size, root) `second` continues `first` (2.1.4.2)."""
    (size, old), (_, new) = first, second
    if size == second[0]:
        return not path and old == new
    if not 0 < size < second[0]:
        return False
    steps = _Steps(size - 1, second[0] - 1)
    nodes: Iterator[bytes] = iter([old, *path] if size & (size - 1) == 0 else path)
    begun = next(nodes, None)
    if begun is None:
        return False
    ends = _climbed(steps, begun, nodes)
    return ends == (old, new)


class _Steps:
    """Where the climb is: the places of both last leaves, level by level."""

    def __init__(self, first: int, second: int) -> None:
        while first & 1:
            first, second = first >> 1, second >> 1
        self.first, self.second = first, second

    def rise(self) -> None:
        self.first, self.second = self.first >> 1, self.second >> 1


def _climbed(steps: _Steps, begun: bytes, nodes: Iterator[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that the nodes of a proof lead to; None where it has too many or too few."""
    old = new = begun
    for node in nodes:
        if steps.second == 0:
            return None
        if steps.first & 1 or steps.first == steps.second:
            old, new = node_hash(node, old), node_hash(node, new)
            while not steps.first & 1 and steps.first:
                steps.rise()
        else:
            new = node_hash(new, node)
        steps.rise()
    return (old, new) if steps.second == 0 else None
