"""Random shoots as the literature draws them, for tests and benchmarks."""

import numpy as np

from openslate.models.talent.instance import Instance


def invented(scenes: int, actors: int, seed: int) -> Instance:
    """A random shoot: each actor plays in 2 to all scenes, for 1 to 100 a day; a scene takes 1 to 5 days.

    Args:
        scenes: how many, at least 2.
        actors: how many.
        seed: of the draw.

    Source: Garcia de la Banda, Stuckey, Chu 2011, after Cheng, Diamond, Lin 1993 ("Type 2"); the published ranges are
    not printed there, these fit the one instance that Qin et al. 2016 print. So the draws are ours, not the files.

    Example:
        >>> invented(16, 8, seed=1).plays.shape
        (8, 16)
    """
    draw = np.random.default_rng((seed, scenes, actors))
    plays = np.zeros((actors, scenes), dtype=np.bool_)
    for actor in range(actors):
        plays[actor, draw.choice(scenes, draw.integers(2, scenes + 1), replace=False)] = True
    return Instance(plays, draw.integers(1, 101, actors), draw.integers(1, 6, scenes))
