"""The exact answer by the table of all subsets: the plain reference that every search is tested against."""

import numpy as np

from openslate.models.talent.instance import Instance

MOST_SCENES = 22


def best_by_table(instance: Instance) -> tuple[list[int], int]:
    """The cheapest order, from the best hold of every set of scenes that may have been shot first.

    Args:
        instance: of at most 22 scenes; memory and time grow as two to that power.

    Returns:
        The order and its cost.

    Raises:
        ValueError: there are more scenes.

    Source: Garcia de la Banda, Stuckey, Chu 2011, INFORMS JoC 23(1):120-137.

    Example:
        >>> shoot = Instance(np.array([[1, 0, 1], [0, 1, 1]], dtype=bool), np.array([10, 1]), np.array([1, 2, 1]))
        >>> best_by_table(shoot)[1]
        23
    """
    scenes = len(instance.days)
    if scenes > MOST_SCENES:
        raise ValueError(f"a table of all subsets is for at most {MOST_SCENES} scenes, not for {scenes}")
    sets = np.arange(2**scenes, dtype=np.int64)
    masks = [int(sum(1 << scene for scene in np.flatnonzero(row))) for row in instance.plays]
    best = np.full(2**scenes, np.iinfo(np.int64).max // 2)
    best[0] = 0
    came = np.zeros(2**scenes, dtype=np.int8)
    size = np.bitwise_count(sets)
    for placed in range(scenes):
        before = sets[size == placed]
        for scene in range(scenes):
            free = before[(before >> scene) & 1 == 0]
            after = free | (1 << scene)
            waiting = np.zeros(len(free), dtype=np.int64)
            for actor, mask in enumerate(masks):
                if not mask >> scene & 1:
                    waiting += instance.pay[actor] * (((free & mask) != 0) & ((mask & ~after) != 0))
            reached = best[free] + instance.days[scene] * waiting
            better = reached < best[after]
            best[after[better]], came[after[better]] = reached[better], scene
    left, order = 2**scenes - 1, []
    while left:
        order.append(int(came[left]))
        left ^= 1 << order[-1]
    return order[::-1], instance.worked + int(best[-1])
