"""What a pitch says and a forecaster has no use for: facts that no title has from which it learned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from openslate.apps.greenlight.works import Work

NOBODY_HAS = "not used: no title learned from has one"
_FACTS: Mapping[str, Callable[[Work], object]] = {
    "genres": lambda work: work.genres,
    "language": lambda work: work.language,
    "countries": lambda work: work.countries,
    "runtime": lambda work: work.runtime_minutes,
    "budget": lambda work: work.budget,
    "talent": lambda work: work.people,
    "companies": lambda work: work.companies,
    "series": lambda work: work.series,
}
FEW = 0.5
"""Share of the titles learned from, below which a fact is told to be known of few."""
_SEVERAL = ("genres", "countries", "companies")
_SINGLE = ("language", "runtime", "budget")
_OF_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "budget": ("budget",),
    "genres": ("genres",),
    "language and country": ("language", "countries"),
    "companies' record": ("companies",),
    "people's record": ("talent",),
}


def unused(said: Work, learned: Sequence[Work]) -> tuple[str, ...]:
    """The facts that a pitch says and that no title has from which was learned, by name.

    Args:
        said: what the pitch says, its budget in its own currency.
        learned: the titles that the forecaster learned from.

    Example:
        >>> unused(Work("", "Ash", genres=("Drama",), language="en"), [Work("a", "Bay", language="fr")])
        ('genres',)
    """
    return tuple(
        name for name, value_of in _FACTS.items() if value_of(said) and not any(value_of(one) for one in learned)
    )


def usable(said: Work, learned: Sequence[Work]) -> Work:
    """What a pitch says, without facts that no title of its kind has from which was learned.

    What films alone have says nothing of series: that a title has it at all would stand for what such films are.

    Args:
        said, learned: as in `unused`.

    Example:
        >>> learned = [Work("a", "Bay", "film", language="fr"), Work("b", "Cay", "series")]
        >>> usable(Work("", "Ash", "series", language="en"), learned).language
        ''
    """
    gone = set(unused(said, of_kind(said, learned)))
    return replace(
        said,
        genres=() if "genres" in gone else said.genres,
        language="" if "language" in gone else said.language,
        countries=() if "countries" in gone else said.countries,
        runtime_minutes=None if "runtime" in gone else said.runtime_minutes,
        budget=None if "budget" in gone else said.budget,
        currency="" if "budget" in gone else said.currency,
        people=() if "talent" in gone else said.people,
        companies=() if "companies" in gone else said.companies,
        series="" if "series" in gone else said.series,
    )


def of_kind(said: Work, learned: Sequence[Work]) -> tuple[Work, ...]:
    """Titles of the kind of a pitch; all where it says none, or there is none of its kind."""
    alike = tuple(one for one in learned if said.kind is None or one.kind == said.kind)
    return alike or tuple(learned)


def unused_in_words(facts: Sequence[str]) -> str:
    """That facts are of no use to a forecast, in one sentence; empty where there are none.

    Example:
        >>> unused_in_words(("genres", "language"))
        'The pitch says its genres and language, which no title learned from has: the forecast does not use them.'
        >>> unused_in_words(("language",))
        'The pitch says its language, which no title learned from has: the forecast does not use it.'
    """
    if not facts:
        return ""
    named = " and ".join(filter(None, [", ".join(facts[:-1]), facts[-1]]))
    used = "them" if len(facts) > 1 or facts[0] in _SEVERAL else "it"
    return f"The pitch says its {named}, which no title learned from has: the forecast does not use {used}."


def seldom(said: Work, learned: Sequence[Work]) -> tuple[tuple[str, float], ...]:
    """The facts that a pitch says and that few titles have from which was learned, each with its share of them.

    Args:
        said, learned: as in `unused`.

    Returns:
        Facts of fewer than half of the titles, the rarest first. A series is none: a title without one has none.

    Example:
        >>> known = [Work("a", "Bay", language="fr"), Work("b", "Cay"), Work("c", "Day")]
        >>> seldom(Work("", "Ash", language="en"), known)
        (('language', 0.3333333333333333),)
    """
    shares = {
        name: sum(bool(value_of(one)) for one in learned) / len(learned)
        for name, value_of in _FACTS.items()
        if learned and name != "series" and value_of(said)
    }
    few = [(name, share) for name, share in shares.items() if 0 < share < FEW]
    return tuple(sorted(few, key=lambda one: (one[1], one[0])))


def seldom_in_words(facts: Sequence[tuple[str, float]]) -> str:
    """That little was to be learned of facts, in one sentence; empty where there are none.

    Example:
        >>> seldom_in_words([("budget", 0.02), ("genres", 0.31)])
        'Few titles learned from have a budget (2%) and genres (31%): the forecast can take little from them.'
    """
    if not facts:
        return ""
    names = [f"{'a ' if name in _SINGLE else ''}{name} ({_share_in_words(share)})" for name, share in facts]
    named = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"Few titles learned from have {named}: the forecast can take little from them."


def _share_in_words(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "under 1%"


def why_unused(said: Work, learned: Sequence[Work], currency: str) -> dict[str, str]:
    """By family of features, why nothing that the pitch says of it is used; families that are used are not there.

    Args:
        said, learned: as in `unused`.
        currency: of the budgets that were learned from; empty for none.

    Example:
        >>> why_unused(Work("", "Ash", budget=5e6, currency="EUR"), [Work("a", "Bay", budget=1e6)], "USD")
        {'budget': 'not used: in EUR, and what was learned from is in USD'}
    """
    lacking = set(unused(said, learned))
    told = {}
    for family, names in _OF_FAMILIES.items():
        says = {name for name in names if _FACTS[name](said)}
        if says and says <= lacking:
            told[family] = NOBODY_HAS
    if said.budget is not None and "budget" not in told and currency and said.currency != currency:
        told["budget"] = f"not used: in {said.currency}, and what was learned from is in {currency}"
    return told
