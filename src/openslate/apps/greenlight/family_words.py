"""What a pitch says of each family of features, in words."""

from openslate.apps.greenlight.works import Work

NOT_SAID = "not said"


def family_words(family: str, work: Work) -> str:
    """What a work says of a family.

    Args:
        family: as in `features`.
        work: the pitch.

    Example:
        >>> family_words("genres", Work("", "Ash", genres=("Drama", "Crime"))), family_words("budget", Work("", "Ash"))
        ('Drama, Crime', 'not said')
    """
    said = {
        "release": "" if work.released is None else f"{work.released:%B %Y}",
        "kind and length": ", ".join(
            [
                *([work.kind] if work.kind else []),
                *([f"{work.runtime_minutes} minutes"] if work.runtime_minutes else []),
            ]
        ),
        "budget": "" if work.budget is None else f"{work.budget:,.0f} {work.currency}".strip(),
        "name": work.name,
        "genres": ", ".join(work.genres[:4]),
        "language and country": ", ".join([*([work.language] if work.language else []), *work.countries[:3]]),
        "series so far": work.series,
        "weekly lists": work.series,
        "companies' record": ", ".join(work.companies[:3]),
        "people's record": f"{len(work.people)} named" if work.people else "",
        "comparable titles": "what is most like it",
    }
    return said.get(family, "") or NOT_SAID
