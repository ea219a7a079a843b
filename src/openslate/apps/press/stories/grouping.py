"""Headlines that came in together, grouped by the event that they are about."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from openslate.apps.press.stories.headlines import SHARP, SMOOTH, TYING, alike
from openslate.models.gathering.communities import numbered
from openslate.models.gathering.consensus import Ways, agreed
from openslate.models.gathering.tying import tied

TIED = 0.15
"""Likeness by stems from which two headlines tie a group together. Where few headlines are there, all of them are near
to one another beside nothing else, and ways agree on groups that share no more than a common word."""


def grouped(headlines: Sequence[str], ways: Ways = Ways(), seed: int = 0) -> NDArray[np.int64]:
    """The group of each headline; in which order they come says nothing.

    Args:
        headlines: to group; a text that is there twice is one thing.
        ways: of grouping.
        seed: of what is drawn.

    Returns:
        int64 (headlines,), numbered from 0 in the order of their first headline.
    """
    # More threads for matrices as small as these mostly wait for one another.
    with threadpool_limits(1):
        return agreed_groups(headlines, ways, seed)


def agreed_groups(headlines: Sequence[str], ways: Ways = Ways(), seed: int = 0) -> NDArray[np.int64]:
    """As `grouped`, for those who see to threads themselves."""
    texts = sorted(set(headlines))
    place = {text: row for row, text in enumerate(texts)}
    if len(texts) < 2:
        return np.zeros(len(headlines), dtype=np.int64)
    smooth = [one for view in SMOOTH for one in alike(texts, view, seed)]
    found = tied(agreed(smooth, alike(texts, SHARP, seed)[0], ways, seed), alike(texts, TYING, seed)[0], TIED)
    return numbered(found[[place[text] for text in headlines]])
