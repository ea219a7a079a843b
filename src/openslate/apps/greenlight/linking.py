"""Which title a filed pitch has become, as a named person says: before it is scored, with a reason for another."""

from dataclasses import replace

from openslate import clock
from openslate.apps.greenlight import filing, papers
from openslate.apps.greenlight.decision_types import Link
from openslate.apps.greenlight.filed import link_of, names_in, rows_about
from openslate.apps.greenlight.filing import Filed
from openslate.apps.greenlight.papers import paper
from openslate.apps.greenlight.persons import require_person, require_readable
from openslate.data.catalogue import read_catalogue
from openslate.data.matching.groups import same_titles
from openslate.data.matching.naming import title_named
from openslate.errors import UsageError
from openslate.project import Project


def link_title(project: Project, number: str, title: str, by: str, reason: str = "") -> Link:
    """Record which title a filed pitch has become, where its id does not say so; the last word stands.

    Once it is scored that stands too: whoever chose then would choose the outcome.

    Stability: provisional.

    Args:
        project: where.
        number: of the forecast, or its first characters.
        title: its id in the catalogue, its name, or one half of a name in two languages.
        by: who says so.
        reason: why it is not the title that the pitch names itself, in their own words.

    Returns:
        It as it was recorded.

    Raises:
        UsageError: nobody is named, there is no such forecast or title, it is scored by another title already, or no
            reason is given where the pitch names another title or the title came out before the pitch was forecast.
        ProjectError: rows that were filed earlier were changed.
        RightsError: the ledger or the vault cannot be written.
    """
    title = title_named(project, title)
    said = Link(title, by.strip(), "", reason.strip())
    require_person(said.by, "says so")
    require_readable(said.reason, "The link's reason")
    with filing.alone(project) as rows:
        number, about = rows_about(rows, number)
        names = names_in(project, about)
        before = [link_of(project, one.document, names) for one in about if one.kind == "link"]
        if before and replace(before[-1], at="") == said:
            return before[-1]
        named = str(about[0].document["pitch"]["id"])
        _require_not_scored(about, said, before[-1].title if before else named)
        if named and not said.reason and title not in same_titles(project).group(named):
            raise UsageError(
                f"The pitch names {named!r} as its own id, and {title!r} is another title.",
                "Say why it has become that one: --reason '...'. The reason is kept and shown.",
            )
        _require_later(project, about, said)
        reason = papers.masked(said.reason, {who: mark for mark, who in names.items()})
        words = paper(papers.LINK, said.by, **({"reason": reason} if reason else {}))
        document = {"at": clock.now().isoformat(), "title": title, "words": words.name}
        filing.add(project, rows, "link", number, {**document, **({"reasoned": True} if reason else {})}, [words])
        return replace(said, at=document["at"])


def _require_later(project: Project, about: list[Filed], said: Link) -> None:
    """A title that was out already when the pitch was forecast is hardly what it has become."""
    as_of = str(about[0].document["pitch"]["as_of"])
    released = next(one.released for one in read_catalogue(project).titles if one.title == said.title)
    if released is not None and released.isoformat() < as_of and not said.reason:
        raise UsageError(
            f"{said.title!r} was released on {released}, and the pitch is as of {as_of}.",
            "Name the title that it has become, or say why it is this one: --reason '...'.",
        )


def _require_not_scored(about: list[Filed], said: Link, current: str) -> None:
    """Nobody may choose the title of a forecast whose outcome is on record."""
    scored = [one for one in about if one.kind == "outcome"]
    if scored and said.title != current:
        raise UsageError(
            f"The forecast is scored already, by an outcome that was known on {scored[0].document['published']}: "
            f"linked to {said.title!r} now, its outcome would be chosen.",
            "The score stands. Put a mistake on record in the reason of a decision on it.",
        )
