"""Forgetting at 20,000 titles: EASE 40x, 40x and 10x faster than retraining for 1, 10 and 100 members, sequential 10x.

Retraining is what training does: counting everybody who stays, solving, and choosing the 500 largest weights of each
row. Both are timed in the same run, on drawn members of a service of that size. Members leave one group after another,
so every group is taken out of what the group before it left. Beside the times: whether the whole numbers are equal to
those counted, how far the weights are from the solved ones, and how far they are promised to be at most.
OPENSLATE_FORGETTING_TITLES=3000 runs the same in half a minute.
"""

import hashlib
import os
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from benchmarks.machine import describe
from openslate.models.deviation import FEW_PROBES, FEW_SEEN, chance_of_error
from openslate.models.downdate import cut_from, downdated
from openslate.models.downdate_sequential import cut_solution, keep_solution, sequential_downdated
from openslate.models.ease import EaseSettings, ease_from_gram
from openslate.models.gram import add_gram, gram_of_part
from openslate.models.histories import ENGAGEMENT_STEPS, Histories
from openslate.models.kept_inverse import keep_inverse, measured_off
from openslate.models.kernels.warming import warm_up
from openslate.models.sequential import (
    SequentialSettings,
    add_pair_sums,
    pair_sums_of_part,
    sequential_from_sums,
)
from openslate.models.sparse_rows import SparseRows
from openslate.models.truncation import cut_ease, cut_sequential
from openslate.models.weights import WeightSettings

TITLES = int(os.environ.get("OPENSLATE_FORGETTING_TITLES", "20000"))
MEMBERS, EVENTS, PER_ROW = 5 * TITLES, 100, 500
GOALS = {1: 40.0, 10: 40.0, 100: 10.0}
SEQUENTIAL_GOAL, SEQUENTIAL_GROUPS = 10.0, (1, 3, 10, 30)
EASE = EaseSettings(l2=300.0, training=WeightSettings())
SEQUENTIAL = SequentialSettings()
SECONDS = "{:>8.2f} s"

Result = TypeVar("Result")


def drawn(members: int, n_titles: int, events: int) -> Histories:
    """Members of forty tastes, each with favourites of its own, and titles of very different popularity."""
    rng = np.random.default_rng(7)
    lengths = np.maximum(3, rng.lognormal(np.log(events) - 0.3, 0.8, members).astype(np.int64)).clip(max=10 * events)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    popular = np.floor(n_titles * rng.random(offsets[-1]) ** 2.5).astype(np.int64)
    taste = np.repeat(rng.integers(0, 40, members), lengths)
    own = (popular // 40 * 40 + taste) % n_titles
    titles = np.where(rng.random(len(own)) < 0.6, own, popular).astype(np.int32)
    engagement = rng.integers(0, ENGAGEMENT_STEPS + 1, len(titles)).astype(np.int32)
    return Histories(offsets, titles, np.arange(len(titles), dtype=np.int64), engagement, n_titles)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The seconds some work took, and what it gave."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def brought_in(*arrays: np.ndarray) -> float:
    """The seconds it takes to touch every page of some arrays, which a system may have put away meanwhile."""
    started = time.perf_counter()
    for array in arrays:
        array.reshape(-1)[::1024].sum()
    return time.perf_counter() - started


def digest(sums: np.ndarray) -> str:
    """SHA-256 of an array's bytes."""
    return hashlib.sha256(sums.data).hexdigest()


def timed_solve(gram: np.ndarray) -> tuple[float, str]:
    """The seconds that solving takes, and the digest of the weights."""
    seconds, solved = timed(lambda: ease_from_gram(gram, EASE))
    return seconds, digest(solved.item_weights)


def farthest(one: SparseRows, other: SparseRows) -> tuple[float, float]:
    """The largest difference between weights that both keep, and the share that only one keeps."""
    first, second = one.matrix(), other.matrix()
    both = (first != 0).multiply(second != 0)
    apart = abs((first - second).multiply(both))
    return float(apart.max()), 1 - both.nnz / max(first.nnz, 1)


def groups(histories: Histories, sizes: tuple[int, ...]) -> list[np.ndarray]:
    """Members who leave, group after group, drawn without regard to how much they watched."""
    order = np.random.default_rng(3).permutation(histories.n_members)
    ends = np.cumsum(sizes)
    return [np.sort(order[end - size : end]) for end, size in zip(ends, sizes, strict=True)]


def forget_ease(histories: Histories) -> None:
    """Groups of 1, 10 and 100 members out of an EASE, beside retraining without all of them."""
    gram = gram_of_part(histories, EASE.training)
    keeping, kept = timed(lambda: keep_inverse(gram, EASE))
    model = cut_from(kept, PER_ROW)
    print(f"EASE: solved, kept and its error measured in {keeping:.1f} s", flush=True)
    stays, times = np.arange(histories.n_members), []
    for leave in groups(histories, tuple(GOALS)):
        leaving, stays = histories.take(leave), np.setdiff1d(stays, leave)
        touching = brought_in(gram, kept.inverse, model.weights.values)
        exact, _ = timed(lambda leaving=leaving: add_gram(gram, leaving, EASE.training, sign=-1))
        quick, found = timed(
            lambda leaving=leaving, kept=kept, model=model: downdated(kept, gram, leaving, PER_ROW, model)
        )
        kept, model = found.kept, found.model
        times.append(exact + quick)
        print(
            f"  {len(leave):>4} members, rank {found.rank:>4}: sums {exact:.3f} s, model {quick:.2f} s, and "
            f"{touching:.1f} s to bring it into memory; {found.bound:.1e} from exact weights at most; condition "
            f"{found.condition:.3f}",
            flush=True,
        )
    rest = histories.take(stays)
    counting, counted = timed(lambda: gram_of_part(rest, EASE.training))
    equal = digest(counted) == digest(gram)
    first, bits = timed_solve(counted)
    again, solved = timed(lambda: ease_from_gram(gram, EASE))
    # Before it and after it, because the machine is not equally quick all the time.
    solving = (first + timed_solve(counted)[0]) / 2
    del counted
    print(
        f"  bit-identical re-solve {exact + again:.2f} s: {exact:.3f} s to take {leaving.n_events:,} events of those "
        f"who leave out of the sums, all it reads of {histories.n_events:,}; the solve alone {solving:.2f} s, "
        f"ratio {(exact + again) / solving:.3f} (goal 1); bits equal: {digest(solved.item_weights) == bits}",
        flush=True,
    )
    choosing, anew = timed(lambda: cut_ease(solved, PER_ROW))
    whole = counting + solving + choosing
    print(f"  retraining {whole:.1f} s (counting {counting:.1f}, solving {solving:.1f}, choosing {choosing:.1f})")
    for (size, goal), seconds in zip(GOALS.items(), times, strict=True):
        print(f"  {size:>4} members: {whole / seconds:.1f}x (goal {goal:.0f}x)")
    apart, swapped = farthest(model.weights, anew.weights)
    print(
        f"  after all groups: sums equal to those counted: {equal}; weights {apart:.1e} from the re-solved ones, "
        f"{swapped:.2%} of the kept ones differ",
        flush=True,
    )
    measuring, off = timed(lambda: measured_off(kept, gram))
    print(
        f"  the kept inverse's error in the end: carried {kept.off.max():.1e}, measured {off.max():.1e} in "
        f"{measuring:.1f} s"
    )


def forget_sequential(histories: Histories) -> None:
    """Groups of members out of a sequential model, and from how many on retraining is quicker."""
    sums = pair_sums_of_part(histories, SEQUENTIAL)
    keeping, kept = timed(lambda: keep_solution(sums, SEQUENTIAL))
    model = cut_solution(kept, PER_ROW)
    print(f"sequential: solved and kept in {keeping:.1f} s")
    stays, times, whole = np.arange(histories.n_members), [], 0.0
    for leave in groups(histories, SEQUENTIAL_GROUPS):
        leaving, stays = histories.take(leave), np.setdiff1d(stays, leave)
        touching = brought_in(sums, kept.factor, kept.weights, model.weights.values)
        exact, _ = timed(lambda leaving=leaving: add_pair_sums(sums, leaving, SEQUENTIAL, sign=-1))
        quick, found = timed(
            lambda leaving=leaving, kept=kept, model=model: sequential_downdated(kept, sums, leaving, PER_ROW, model)
        )
        times.append(exact + quick)
        said = f"  {len(leave):>4} members, rank {found.rank:>4}: sums {exact:.3f} s, model and bound {quick:.2f} s"
        if len(leave) == 1:
            rest = histories.take(stays)
            counting, counted = timed(lambda rest=rest: pair_sums_of_part(rest, SEQUENTIAL))
            equal = digest(counted) == digest(sums)
            del counted
            solving, solved = timed(lambda: sequential_from_sums(sums, SEQUENTIAL))
            choosing, anew = timed(lambda solved=solved: cut_sequential(solved, PER_ROW))
            del solved
            whole = counting + solving + choosing
            apart, swapped = farthest(found.model.weights, anew.weights)
            said += (
                f"; retraining {whole:.1f} s (counting {counting:.1f}, solving {solving:.1f}, choosing {choosing:.1f})"
                f"\n       sums equal to those counted: {equal}; weights {apart:.1e} from the re-solved ones; "
                f"{swapped:.2%} of the kept ones differ"
            )
        print(
            f"{said}\n       {whole / times[-1]:.1f}x, {touching:.1f} s more to bring it into memory; weights "
            f"{found.bound:.1e} from exact ones at most; condition {found.condition:.3f}",
            flush=True,
        )
        kept, model = found.kept, found.model
    print(f"  goal {SEQUENTIAL_GOAL:.0f}x for one member; retraining is quicker from about {crossing(times, whole)}")


def crossing(times: list[float], whole: float) -> str:
    """From how many members on retraining is quicker, by the line through the last two groups."""
    (before, after), (less, more) = SEQUENTIAL_GROUPS[-2:], times[-2:]
    slope = (more - less) / (after - before)
    return f"{before + (whole - less) / slope:.0f} members" if slope > 0 else "more members than were tried"


def main() -> None:
    """Both models, and the machine they ran on."""
    print(describe())
    print(f"loops compiled or loaded in {warm_up():.1f} s")
    histories = drawn(MEMBERS, TITLES, EVENTS)
    print(f"{MEMBERS:,} members, {TITLES:,} titles, {histories.n_events:,} events, {PER_ROW} weights of each row")
    forget_ease(histories)
    forget_sequential(histories)
    few = chance_of_error(TITLES, FEW_PROBES, FEW_SEEN)
    print(
        f"a bound is wrong with a probability of at most {chance_of_error(TITLES):.1e} (EASE), {few:.1e} (sequential)"
    )


if __name__ == "__main__":
    main()
