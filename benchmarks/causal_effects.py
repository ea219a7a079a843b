"""How often the interval of a causal effect holds a known truth, where the plain difference of both sides does not.

`python -m benchmarks.causal_effects`. Simulated titles whose outcome and choice both follow what is known of them, with
bends and steps; a placebo, a choice that is drawn by lot; and titles of series that share a shock. The last lines say
what a confounder that was withheld does, and whether the bounds of its own strength hold the truth then.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.machine import describe
from openslate.clock import stopwatch
from openslate.models.causal.effect import Parted, difference, effect
from openslate.models.causal.nuisances import Learning, Nuisances
from openslate.models.causal.rows import Floats, Rows, standard_error
from openslate.models.causal.scores import Estimand, Scored, scored
from openslate.models.causal.sensitivity import NORMAL, bounds, middle

TITLES, EFFECT = 500, 0.4
ROUNDS, FEWER, FEWEST = 100, 40, 16
ONCE = Learning(repeats=1)
ESTIMANDS: tuple[Estimand, ...] = ("average", "on the treated")


@dataclass(frozen=True)
class Drawn:
    """Titles with the truth about them: what there is to learn, and the effect over all and over the treated."""

    rows: Rows
    known: Nuisances
    truth: dict[Estimand, float]


def drawn(seed: int, *, by_lot: bool = False, per_series: int = 1) -> Drawn:
    """Titles of which some were chosen for one way.

    Args:
        seed: of the draws.
        by_lot: whether the choice follows nothing and changes nothing.
        per_series: titles that share a shock.
    """
    source = np.random.default_rng(seed)
    x = source.normal(size=(TITLES, 8))
    series = np.arange(TITLES) // per_series
    follows = 0.8 * x[:, 0] - 0.5 * x[:, 1] + 0.6 * (x[:, 2] > 0.5) - 0.4
    chance = np.full(TITLES, 0.4) if by_lot else 1 / (1 + np.exp(-follows))
    treated = source.random(TITLES) < chance
    each = np.zeros(TITLES) if by_lot else EFFECT + 0.3 * x[:, 0]
    base = x[:, 0] - 0.6 * x[:, 1] + 0.5 * np.abs(x[:, 1]) + 0.6 * (x[:, 2] > 0.5) + 0.3 * x[:, 3] * x[:, 4]
    shock = 0.6 * source.normal(size=TITLES)[series] if per_series > 1 else np.zeros(TITLES)
    outcomes = base + each * treated + shock + source.normal(size=TITLES)
    seen = x.copy()
    # Where a confounder is unknown it cannot be adjusted for: only what moves nothing has gaps.
    seen[:, 5:][source.random((TITLES, 3)) < 0.1] = np.nan
    truth: dict[Estimand, float] = {"average": 0.0 if by_lot else EFFECT, "on the treated": float(each[treated].mean())}
    return Drawn(Rows(outcomes, treated, seen, series), Nuisances(base + each, base, chance), truth)


def show(name: str, held: Floats, off: Floats, errors: Floats) -> None:
    """One line: coverage with its own 95% band, bias, spread of the estimates and mean standard error."""
    band = NORMAL * np.sqrt(0.95 * 0.05 / len(held))
    print(
        f"{name:58} {len(held):4} {held.mean():9.3f} (.95 -/+ {band:.3f}) {off.mean():8.3f} {off.std():8.3f} "
        f"{errors.mean():8.3f}"
    )


def estimated(partings: list[Scored], rows: Rows) -> tuple[float, float]:
    """Effect and standard error."""
    errors = [float(standard_error(one.influences, rows.series)) for one in partings]
    return middle(np.array([one.effect for one in partings]), np.array(errors))


def simulate(name: str, rounds: int, **how: bool | int) -> None:
    """Many small worlds of one kind: ours over all and over the treated, and the plain difference."""
    found: dict[str, list[tuple[bool, float, float]]] = {}
    for seed in range(rounds):
        world = drawn(seed, **how)  # type: ignore[arg-type]
        parted = Parted(world.rows, ONCE)
        for estimand in ESTIMANDS:
            truth = world.truth[estimand]
            for label, (value, error) in (
                (estimand, estimated(parted.scores(estimand), world.rows)),
                (f"{estimand}, nuisances known", estimated([scored(world.rows, world.known, estimand)], world.rows)),
            ):
                held = abs(value - truth) <= NORMAL * error
                found.setdefault(f"{name}, {label}", []).append((held, value - truth, error))
        plain, error = difference(world.rows)
        off = plain - world.truth["average"]
        found.setdefault(f"{name}, plain difference", []).append((abs(off) <= NORMAL * error, off, error))
    for label, rows in found.items():
        show(label, *np.array(rows, dtype=np.float64).T)


def withheld(rounds: int) -> None:
    """Without the strongest confounder: is the truth within the bounds of a confounder of that strength?"""
    alone = within = 0
    for seed in range(rounds):
        world = drawn(seed)
        full = Parted(world.rows, ONCE)
        gain = effect(full, "average", {"first": full.without(np.array([0]), 1)}).gains["first"]
        blind = Parted(world.rows.without(np.array([0])), ONCE).scores("average")
        # Shares of what is left without it, which is what bounds are about.
        shares = gain.of_outcome / (1 + gain.of_outcome), gain.of_choice / (1 + gain.of_choice)
        for strong, (of_outcome, of_choice) in enumerate(((0.0, 0.0), shares)):
            found = bounds(blind, world.rows.series, of_outcome, of_choice)
            held = found.surely_low <= EFFECT <= found.surely_high
            alone, within = alone + (held and not strong), within + (held and bool(strong))
    print(f"strongest confounder withheld, {rounds} worlds: the interval holds the truth in {alone},")
    print(f"  the bounds of a confounder as strong as it in {within}")


def main() -> None:
    """Print the table."""
    print(describe())
    started = stopwatch()
    print(f"{'':58} {'n':>4} {'coverage':>9} {'':14} {'bias':>8} {'spread':>8} {'error':>8}")
    simulate("confounded", ROUNDS)
    simulate("series of 4 with a shock", FEWER, per_series=4)
    simulate("placebo", FEWER, by_lot=True)
    withheld(FEWEST)
    print(f"{stopwatch() - started:.0f} s")


if __name__ == "__main__":
    main()
