from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.accounts.pools import both, pro_rata, unwatched, user_centric
from openslate.accounts.rounding import apportion
from openslate.errors import RightsError

PARTS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 50).map(Fraction), max_size=5)
VIEWERS = st.dictionaries(st.integers(0, 30).map(str), PARTS, max_size=15)


def by_hand() -> tuple[dict[str, Fraction], dict[str, dict[str, Fraction]]]:
    """Three viewers pay 10 each: one watches A 8 times, one B once, one A once and B once."""
    fees = {name: Fraction(10) for name in ("u", "v", "w")}
    uses = {"u": {"A": 8}, "v": {"B": 1}, "w": {"A": 1, "B": 1}}
    return fees, {viewer: {part: Fraction(use) for part, use in used.items()} for viewer, used in uses.items()}


def test_the_two_methods_pay_as_reckoned_by_hand() -> None:
    fees, uses = by_hand()
    shares = both(Fraction(30), {"A": Fraction(9), "B": Fraction(2)}, fees, uses)
    # Pro rata: 30 * 9/11 and 30 * 2/11. Viewer by viewer: 10 + 5 and 10 + 5.
    assert shares.pro_rata == {"A": Fraction(270, 11), "B": Fraction(60, 11)}
    assert shares.user_centric == {"A": Fraction(15), "B": Fraction(15)}
    assert shares.unwatched == 0


def test_an_idle_viewers_fee_is_shared_out_pro_rata() -> None:
    fees, uses = by_hand()
    fees["idle"] = Fraction(11)
    uses["idle"] = {"A": Fraction(0)}
    assert unwatched(fees, uses) == 11
    assert user_centric(fees, uses) == {"A": Fraction(24), "B": Fraction(17)}


@given(VIEWERS, st.integers(0, 10**6))
def test_both_methods_conserve_the_pool_to_the_cent(uses: dict[str, dict[str, Fraction]], cents: int) -> None:
    total: dict[str, Fraction] = {}
    for used in uses.values():
        for part, use in used.items():
            total[part] = total.get(part, Fraction(0)) + use
    fees = {viewer: Fraction(share, 100) for viewer, share in zip(uses, _split(cents, len(uses)), strict=True)}
    pool = sum(fees.values(), Fraction(0))
    for shares in (pro_rata(pool, total), user_centric(fees, uses)):
        if not sum(total.values()):
            assert sum(shares.values()) == 0
            continue
        assert sum(shares.values()) == pool
        assert all(share >= 0 for share in shares.values())
        paid = apportion(Decimal(int(pool * 100)) / 100, {**shares, "?": Fraction(0)} if not pool else shares, "USD")
        assert Fraction(sum(paid.values())) == pool


@given(VIEWERS, st.randoms(use_true_random=False))
def test_the_order_of_viewers_changes_nothing(uses: dict[str, dict[str, Fraction]], random: object) -> None:
    fees = {viewer: Fraction(len(used) + 1) for viewer, used in uses.items()}
    shuffled = list(uses.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(user_centric(fees, dict(shuffled)).items()) == list(user_centric(fees, uses).items())


def test_figures_that_do_not_fit_are_refused_and_name_no_viewer() -> None:
    fees, uses = by_hand()
    units = {"A": Fraction(9), "B": Fraction(2)}
    with pytest.raises(RightsError, match="add up to 30, and the pool is 31"):
        both(Fraction(31), units, fees, uses)
    with pytest.raises(RightsError, match="uses of A add up to 9, and the ledger holds 10"):
        both(Fraction(30), {**units, "A": Fraction(10)}, fees, uses)
    with pytest.raises(RightsError, match=r"^A viewer has uses and no fee"):
        user_centric({"v": Fraction(1)}, uses)
    with pytest.raises(RightsError, match="negative"):
        user_centric({**fees, "u": Fraction(-1)}, uses)


def _split(cents: int, parts: int) -> list[int]:
    return [cents // parts + (number < cents % parts) for number in range(parts)] if parts else []
