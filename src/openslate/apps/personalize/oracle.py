"""The truth behind a simulated project, asked in the order of a dataset's members and titles."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from openslate.data.datasets import Viewing
from openslate.data.simulate import Oracle, Service
from openslate.data.sources.simulated import simulation_in
from openslate.project import Project

Truth = Callable[[NDArray[np.int64], int], NDArray[np.float32]]
"""Members by index in the dataset, and a moment in microseconds; their true scores [members, n_titles]."""


def find_oracle(project: Project, data: Viewing) -> tuple[Truth | None, str]:
    """The best ranking anybody could give, where the project's service is simulated and holds nothing else.

    Args:
        project: where the simulation's settings are kept.
        data: whose order of members and titles is used.

    Returns:
        The truth or None, and a sentence on why a simulated project has none, else ''.
    """
    settings = simulation_in(project)
    if settings is None:
        return None, ""
    service = Service.open(settings)
    invented = {*service.titles["title"].tolist(), *(f"m{number:07d}" for number in range(settings.members))}
    strangers = [
        one for one in (*data.members, *(title.title for title in data.catalogue.titles)) if one not in invented
    ]
    if strangers:
        return None, f"The oracle is left out because the simulator knows nothing of {strangers[0]!r}."
    oracle = Oracle(service)
    numbers = np.array([int(member.removeprefix("m")) for member in data.members], dtype=np.int64)
    columns = np.array([int(title.title.removeprefix("t")) for title in data.catalogue.titles], dtype=np.int64)

    def truth(members: NDArray[np.int64], at: int) -> NDArray[np.float32]:
        return oracle.score(numbers[members], at)[:, columns]

    return truth, ""
