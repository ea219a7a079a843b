"""Services that lack what others have: plays, ratings, genres, release dates, events, or all of it."""

from datetime import datetime

import numpy as np
import pytest

from openslate.apps.personalize.evaluate import evaluate
from openslate.apps.personalize.home import home
from openslate.apps.personalize.recommend import recommend
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.rows import candidate_rows
from openslate.apps.personalize.train import train
from openslate.errors import FitError, RightsError
from openslate.project import Project
from openslate.serving.page_types import Page
from tests.drawn_service import START, add_plays, add_ratings, add_titles, allow, draw_events, members_of

MEMBERS = members_of(45)


def served(project: Project) -> Page:
    """The page of a member after training; whether the model beats popularity is not what these tests are about."""
    allow(project)
    train(project, forced_because="a test of sparse services")
    page = home(project, MEMBERS[0])
    scores = [slot.score for row in page.rows for slot in row.slots]
    assert np.isfinite(scores).all()
    assert page.rows
    return page


def test_ratings_alone_are_enough(project: Project) -> None:
    add_titles(project, 24)
    add_ratings(project, draw_events(MEMBERS, 24, 8))
    page = served(project)
    assert page.personalised
    assert "continue" not in {row.kind for row in page.rows}
    assert {"top-picks"} <= {row.kind for row in page.rows}


def test_plays_alone_are_enough(project: Project) -> None:
    add_titles(project, 24)
    add_plays(project, draw_events(MEMBERS, 24, 8))
    assert served(project).personalised
    (evaluation,) = evaluate(project, protocols=("leave-last-out",)).evaluations
    assert evaluation.counts.scored_members == len(MEMBERS)


def test_titles_without_genres(project: Project) -> None:
    add_titles(project, 24, genres=False)
    add_plays(project, draw_events(MEMBERS, 24, 8))
    page = served(project)
    assert page.personalised
    assert "genre" not in {row.kind for row in page.rows}
    (evaluation,) = evaluate(project, protocols=("leave-last-out",), pages_for=(MEMBERS[0],)).evaluations
    assert evaluation.genre_names == ("no genre",)


def test_titles_without_release_dates(project: Project) -> None:
    add_titles(project, 24, dates=False)
    add_plays(project, draw_events(MEMBERS, 24, 8))
    page = served(project)
    assert "new" not in {row.kind for row in page.rows}
    assert {slot.year for row in page.rows for slot in row.slots} == {None}


def test_members_of_one_event_among_others(project: Project) -> None:
    add_titles(project, 24)
    add_plays(project, draw_events(MEMBERS, 24, 8))
    add_plays(project, [("once", "t3", START)])
    served(project)
    found = recommend(project, "once")
    assert found.personalised
    assert {one.reason for one in found.titles} <= {
        "Because you watched Film 3.",
        "Popular with others.",
        "Watched by others.",
        "Little watched by others lately.",
    }
    assert home(project, "once").personalised


def test_what_others_watched_names_its_week_and_holds_only_what_they_watched(project: Project) -> None:
    add_titles(project, 26)
    add_plays(project, [*draw_events(MEMBERS, 24, 8), (MEMBERS[0], "t24", START)])
    served(project)
    recommender = Recommender.open(project)
    found = candidate_rows(recommender.signals(recommender.history("nobody")))
    rows = {row.kind: row for row in found if row.kind in ("trending", "popular")}
    assert {kind: row.reason for kind, row in rows.items()} == {
        "trending": "What others watched most in the week to 29 February 2024.",
        "popular": "What others have been watching most.",
    }
    shown = {kind: {recommender.catalogue.titles[title].title for title in row.titles} for kind, row in rows.items()}
    assert not {"t24", "t25"} & shown["trending"]
    reasons = {one.title: one.reason for one in recommend(project, "nobody", 26).titles}
    assert reasons["t25"] == "Little watched by others lately."
    assert len(set(reasons.values())) == 3


def test_a_title_watched_and_rated_counts_once_in_words(project: Project) -> None:
    add_titles(project, 24)
    events = draw_events(MEMBERS, 24, 8)
    add_plays(project, events)
    add_ratings(project, events)
    (row,) = [row for row in served(project).rows if row.kind == "top-picks"]
    assert row.reason == "Chosen from the 8 titles you have watched or rated."


def test_two_events_a_member_are_enough_to_train(project: Project) -> None:
    add_titles(project, 24)
    add_plays(project, draw_events(MEMBERS, 24, 2))
    assert served(project).personalised


@pytest.mark.parametrize("protocol", ["global-time", "leave-last-out", "strong-generalisation"])
def test_too_little_to_measure_on_is_said(project: Project, protocol: str) -> None:
    add_titles(project, 3)
    add_plays(project, [("ann", "t0", START), ("bob", "t1", START)])
    allow(project)
    with pytest.raises(FitError, match=r"(scores nobody|too few to hold out).*\. .*\."):
        evaluate(project, protocols=(protocol,))


@pytest.mark.parametrize("members", [1, 45])
def test_too_little_to_train_on_is_said(project: Project, members: int) -> None:
    add_titles(project, 24)
    add_plays(project, draw_events(MEMBERS[:members], 24, 1))
    allow(project)
    with pytest.raises(FitError, match=r"too little to train on: .* to predict\. Import more events:"):
        train(project)


def test_an_empty_project_says_what_is_missing(project: Project) -> None:
    with pytest.raises(RightsError, match=r"holds no plays and no ratings .* Import some"):
        train(project)
    add_titles(project, 3)
    with pytest.raises(RightsError, match="holds no plays and no ratings"):
        evaluate(project)


def test_all_events_at_one_moment(project: Project) -> None:
    add_titles(project, 24)
    moment = datetime(2024, 5, 1)
    add_plays(project, [(member, title, moment) for member, title, _ in draw_events(MEMBERS, 24, 8)])
    allow(project)
    with pytest.raises(FitError, match="scores nobody"):
        evaluate(project, protocols=("global-time",))
