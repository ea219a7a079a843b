"""A member's home page: from the model that serves and the member's history to rows with reasons."""

import hashlib
from datetime import datetime
from pathlib import Path

from openslate import clock
from openslate.apps.personalize.pages import keep, last_page
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.rows import candidate_rows
from openslate.apps.personalize.signals import Signals
from openslate.data.catalogue import Catalogue
from openslate.data.datasets import TABLES, MemberHistory
from openslate.drawing.page_html import home_document
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.registry.lineage import link_snapshot
from openslate.serving.candidates import Candidates
from openslate.serving.page_types import Page, TitleCard
from openslate.serving.page_value import PageSettings
from openslate.serving.pages import build_page
from openslate.storage.pages import write_page


def home(project: Project, member: str, settings: PageSettings = PageSettings(), country: str | None = None) -> Page:
    """Build, keep and return a member's home page of today.

    Args:
        project: where.
        member: the member's id; one who has not agreed, or is unknown, gets an unpersonalised page.
        settings: the page's shape and what counts on it.
        country: ISO 3166 alpha-2 of the visit, for members whose country is not known or may not be used.

    Raises:
        RegistryError: no model serves yet.
    """
    return home_from(Recommender.open(project), member, settings, country)


def home_from(
    recommender: Recommender, member: str, settings: PageSettings = PageSettings(), country: str | None = None
) -> Page:
    """The same from a recommender that is open already, for many members in a row."""
    moment = clock.now()
    history = recommender.history(member, "personalize home", country)
    files = recommender.project.lake.snapshot(*TABLES)
    previous = last_page(recommender.project, member, moment) if history.permitted else None
    page = page_of(recommender, history, moment, settings, previous)
    identity = keep(recommender.project, page, history.permitted)
    link_snapshot(recommender.project, identity, files, "made from")
    return page


def page_of(
    recommender: Recommender,
    history: MemberHistory,
    moment: datetime,
    settings: PageSettings = PageSettings(),
    previous: Page | None = None,
) -> Page:
    """A home page from a member's history, which is not kept.

    Args:
        recommender: the model that serves.
        history: whose page it is.
        moment: when it is shown.
        settings: the page's shape and what counts on it.
        previous: the page of an earlier day, whose rows keep their places.
    """
    signals = recommender.signals(history)
    return build_page(
        _candidates(signals, previous),
        settings,
        _seed(history.member, moment, recommender.model),
        lambda index: card(recommender.catalogue, index),
        member=history.member,
        made=moment.isoformat(),
        model=recommender.model,
        personalised=signals.personal,
        note=signals.note,
    )


def card(catalogue: Catalogue, index: int) -> TitleCard:
    """What a tile says about a title."""
    title = catalogue.titles[index]
    return TitleCard(
        title=title.title,
        name=title.name,
        kind=title.kind or "",
        year=None if title.released is None else title.released.year,
        genres=title.genres,
        runtime=title.runtime_minutes,
        maturity=title.maturity or "",
    )


def write_html(page: Page, path: Path) -> None:
    """Write a page as one HTML file that needs nothing else.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, home_document(page.to_dict()))
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def _candidates(signals: Signals, previous: Page | None) -> Candidates:
    return Candidates(
        rows=candidate_rows(signals),
        enjoyment=signals.enjoyment,
        genres=signals.catalogue.genre_shares,
        tastes=signals.tastes,
        last_rows=tuple((row.kind, row.heading) for row in previous.rows) if previous else (),
    )


def _seed(member: str, moment: datetime, model: str) -> int:
    """One draw of chance a member, day and model: reloading the page does not reshuffle it."""
    text = f"{member}\n{moment.date().isoformat()}\n{model}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
