"""The titles a member would most like to watch next, each with its reason."""

from dataclasses import dataclass

from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.rows import reason_for
from openslate.project import Project


@dataclass(frozen=True)
class Recommendation:
    """One title for one member.

    Attributes:
        title: the title's id.
        name: what it is called.
        year: year of release, or None.
        genres: its genres.
        score: the model's score, comparable within this member's list only.
        reason: why, in one true sentence.
    """

    title: str
    name: str
    year: int | None
    genres: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True)
class Recommendations:
    """A member's list.

    Attributes:
        member: for whom.
        model: which model ranked it.
        personalised: whether the member's own history changed any score.
        note: why it is not personalised, in words for the member; empty where it is.
        titles: the best first.
    """

    member: str
    model: str
    personalised: bool
    note: str
    titles: tuple[Recommendation, ...]


def recommend(project: Project, member: str, count: int = 10, country: str | None = None) -> Recommendations:
    """Rank what a member has not watched yet.

    Args:
        project: where.
        member: the member's id; one who has not agreed, or is unknown, gets what is popular.
        count: how many titles.
        country: ISO 3166 alpha-2 of the visit, for members whose country is not known or may not be used.

    Raises:
        RegistryError: no model serves yet.
    """
    recommender = Recommender.open(project)
    signals = recommender.signals(recommender.history(member, "personalize recommend", country))
    found = []
    for index in signals.best(signals.unseen, signals.scores, count):
        title = recommender.catalogue.titles[int(index)]
        found.append(
            Recommendation(
                title=title.title,
                name=title.name,
                year=None if title.released is None else title.released.year,
                genres=title.genres,
                score=float(signals.scores[index]),
                reason=reason_for(signals, int(index)),
            )
        )
    return Recommendations(member, recommender.model, signals.personal, signals.note, tuple(found))
