"""Budgets in one currency: there is no exchange rate here, so that one in another currency counts as unknown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from openslate.apps.greenlight.works import Work


def currency_of(works: Iterable[Work]) -> str:
    """The currency that most budgets are in, of equally many the first by name; empty where there is no budget.

    Args:
        works: that are learned from.

    Example:
        >>> currency_of([Work("1", "A", budget=5e6, currency="EUR"), Work("2", "B")])
        'EUR'
    """
    counted = Counter(one.currency for one in works if one.budget is not None)
    return min(counted, key=lambda name: (-counted[name], name), default="")


def priced(work: Work, currency: str) -> Work:
    """A work whose budget is unknown where it is in another currency than the one given.

    Args:
        work: of a title or a pitch.
        currency: that is learned from; empty for none.

    Example:
        >>> priced(Work("1", "A", budget=5e6, currency="EUR"), "USD").budget is None
        True
    """
    if work.budget is None or work.currency == currency:
        return work
    return replace(work, budget=None, currency="")
