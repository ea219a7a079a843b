"""One stream of randomness for each thing that is simulated, so that no part depends on when another one runs."""

import numpy as np

CATALOGUE, WORLD, MEMBERS, WATCHING, ANSWERS = range(5)


def stream(seed: int, *path: int) -> np.random.Generator:
    """The generator of one part of the simulation.

    Args:
        seed: the seed of the whole service.
        path: which part: one of the constants above, then its number (a shard, a moment, a member) if it has any.

    Example:
        >>> stream(7, MEMBERS, 3).random() == stream(7, MEMBERS, 3).random()
        True
    """
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=path)))
