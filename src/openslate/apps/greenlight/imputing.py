"""What a pitch leaves out, as titles had it that are otherwise like it: each is one way in which it may be meant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from openslate.apps.greenlight.works import Work

WAYS = 40
FACTS = (
    *("kind", "released", "runtime_minutes", "genres", "language", "countries", "budget", "worldwide"),
    *("people", "companies"),
)
"""Facts that are filled in. Of a series the lack is a fact, too. Of people and companies it is none: a source that has
none of a title's has an obscure title, and a pitch that names none has not said them."""
FEWEST_SHARE = 0.5
"""A fact that fewer of the titles have was not learned from, and is left out."""


def imputed(work: Work, titles: Sequence[Work], as_of: date, seed: int) -> list[Work]:
    """The ways in which a work may be meant; itself alone where nothing is missing.

    Args:
        work: a pitch.
        titles: that were learned from and are forecast like it.
        as_of: the day of the forecast; a release that is left out lies in the year after it.
        seed: of the draw; the same pitch is filled in the same way.
    """
    told = {fact: sum(getattr(one, fact) not in (None, "", ()) for one in titles) for fact in FACTS}
    lacking = [
        fact
        for fact in FACTS
        if getattr(work, fact) in (None, "", ()) and (told[fact] >= FEWEST_SHARE * len(titles) or fact == "released")
    ]
    if not lacking:
        return [work]
    alike = [one for one in titles if work.kind is None or one.kind == work.kind] or list(titles)
    whole = [one for one in alike if all(getattr(one, fact) not in (None, "", ()) for fact in lacking)] or alike
    drawn = np.random.default_rng(seed).choice(len(whole), size=min(WAYS, len(whole)), replace=False)
    return [_filled(work, whole[place], lacking, as_of) for place in drawn]


def _filled(work: Work, like: Work, lacking: Sequence[str], as_of: date) -> Work:
    values = {fact: getattr(like, fact) for fact in lacking}
    if "budget" in values:
        values["currency"] = like.currency
    released = values.get("released")
    if released is not None:
        values["released"] = date(as_of.year + 1, released.month, min(released.day, 28))
    return replace(work, **values)
