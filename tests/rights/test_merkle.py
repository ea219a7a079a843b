import hashlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import UsageError
from openslate.rights import merkle
from openslate.rights.merkle import Frontier, Growing, consistency_path, inclusion_path, is_consistent, leaf_hash
from openslate.rights.verifier import openslate_verify as verifier

# The usual eight test entries of RFC 6962 implementations, and the roots over the first of them.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LARGEST = 130
LEAVES = [leaf_hash(str(number).encode()) for number in range(LARGEST)]
SUBTREE = cache(merkle.subtrees_of(LEAVES))


def defined_root(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962, section 2.1, defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


ALL_ROOTS = [defined_root(LEAVES[:size]) for size in range(LARGEST + 1)]


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    entries = [bytes.fromhex(entry) for entry in ENTRIES[:size]]
    assert merkle.root([leaf_hash(entry) for entry in entries]).hex() == ROOTS[size]
    tree = verifier.Tree()
    for entry in entries:
        tree.add(verifier.hash_leaf(entry))
    assert tree.root().hex() == ROOTS[size]


def test_every_entry_of_every_tree_up_to_130_is_shown_to_be_in_it_and_nowhere_else() -> None:
    for size in range(1, LARGEST + 1):
        root = ALL_ROOTS[size]
        for index in range(size):
            path = inclusion_path(index, size, SUBTREE)
            assert merkle.root_by_inclusion(LEAVES[index], index, size, path) == root
            assert verifier.includes(index, size, LEAVES[index], root, path)
        if size > 1:
            assert merkle.root_by_inclusion(LEAVES[0], size - 1, size, path) != root
            assert not verifier.includes(size - 1, size, LEAVES[0], root, path)


def test_every_pair_of_trees_up_to_130_is_shown_to_be_consistent() -> None:
    for new in range(LARGEST + 1):
        for old in range(new + 1):
            path = consistency_path(old, new, SUBTREE)
            assert is_consistent(old, new, ALL_ROOTS[old], ALL_ROOTS[new], path)
            assert verifier.extends(old, new, ALL_ROOTS[old], ALL_ROOTS[new], path)
            if 0 < old < new:
                other = hashlib.sha256(ALL_ROOTS[old]).digest()
                assert not is_consistent(old, new, other, ALL_ROOTS[new], path)
                assert not verifier.extends(old, new, other, ALL_ROOTS[new], path)
                assert not is_consistent(old, new, ALL_ROOTS[old], other, path)
                assert not verifier.extends(old, new, ALL_ROOTS[old], other, path)


def damaged(path: list[bytes], how: int) -> list[list[bytes]]:
    """Paths that are not quite the one: a step flipped, dropped, doubled, swapped, or one too many."""
    place = how % max(len(path), 1)
    flipped = [bytes([path[place][0] ^ (1 << how % 8)]) + path[place][1:]] if path else []
    return [
        path[:place] + flipped + path[place + 1 :],
        path[:place] + path[place + 1 :],
        [*path, LEAVES[0]],
        [LEAVES[1], *path],
        path[:place] + path[place : place + 1] * 2 + path[place + 1 :],
        path[::-1],
    ]


@given(size=st.integers(1, LARGEST), index=st.integers(0, LARGEST), how=st.integers(0, 255))
def test_a_damaged_proof_of_inclusion_shows_nothing(size: int, index: int, how: int) -> None:
    index %= size
    path, root = inclusion_path(index, size, SUBTREE), ALL_ROOTS[size]
    for wrong in damaged(path, how):
        if wrong != path:
            assert merkle.root_by_inclusion(LEAVES[index], index, size, wrong) != root
            assert not verifier.includes(index, size, LEAVES[index], root, wrong)
    for elsewhere in (index - 1, index + 1, size, -1, how):
        if elsewhere != index:
            assert merkle.root_by_inclusion(LEAVES[index], elsewhere, size, path) != root
            assert not verifier.includes(elsewhere, size, LEAVES[index], root, path)


@given(old=st.integers(0, LARGEST), new=st.integers(0, LARGEST), how=st.integers(0, 255))
def test_a_damaged_proof_of_consistency_shows_nothing(old: int, new: int, how: int) -> None:
    old, new = sorted((old, new))
    path = consistency_path(old, new, SUBTREE)
    for wrong in damaged(path, how):
        if wrong != path:
            assert not is_consistent(old, new, ALL_ROOTS[old], ALL_ROOTS[new], wrong)
            assert not verifier.extends(old, new, ALL_ROOTS[old], ALL_ROOTS[new], wrong)
    if old < new:
        assert not is_consistent(new, old, ALL_ROOTS[new], ALL_ROOTS[old], path)
        assert not verifier.extends(new, old, ALL_ROOTS[new], ALL_ROOTS[old], path)


@given(
    size=st.integers(0, 70),
    start=st.integers(0, 70),
    path=st.lists(st.binary(min_size=32, max_size=32), max_size=9),
    index=st.integers(-3, 2**60),
)
def test_a_proof_of_anything_shows_nothing(size: int, start: int, path: list[bytes], index: int) -> None:
    leaf, root = bytes(32), ALL_ROOTS[size]
    assert merkle.root_by_inclusion(leaf, index, size, path) != root
    assert not verifier.includes(index, size, leaf, root, path)
    if 0 < start != size:
        assert not is_consistent(start, size, leaf, root, path)
        assert not verifier.extends(start, size, leaf, root, path)


@given(st.lists(st.binary(max_size=40), max_size=70), st.integers(0, 70))
@settings(deadline=None)
def test_trees_agree_with_their_definition_however_they_grow(entries: list[bytes], cut: int) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    cut = min(cut, len(leaves))
    first = Growing(Frontier())
    for leaf in leaves[:cut]:
        first.add(leaf)
    assert first.frontier.root == defined_root(leaves[:cut])
    second = Growing(first.frontier)
    for leaf in leaves[cut:]:
        second.add(leaf)
    assert second.frontier.root == merkle.root(leaves) == defined_root(leaves)
    assert merkle.root_at(len(leaves), merkle.subtrees_of(leaves)) == defined_root(leaves)
    assert len(second.frontier.hashes) == len(leaves).bit_count()


def test_a_node_is_never_a_leaf() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != merkle.node_hash(left, right)
    assert merkle.root([leaf_hash(left + right)]) != merkle.root([left, right])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 3), (9, 3)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(UsageError, match="has no entry"):
        inclusion_path(index, size, SUBTREE)
    assert merkle.root_by_inclusion(LEAVES[0], index, size, []) is None


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2), (1, 0)])
def test_a_tree_begins_with_no_larger_one(old: int, new: int) -> None:
    with pytest.raises(UsageError, match="does not begin with"):
        consistency_path(old, new, SUBTREE)
