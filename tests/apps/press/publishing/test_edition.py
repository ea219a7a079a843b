"""An edition: scores by the rules, later items, and everything that people decided by hand."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from openslate.apps.press.desk.decisions import DecisionKind, decide
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.publishing.edition_types import Edition
from openslate.apps.press.scores.scoring import scored
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from tests.apps.press.publishing.newsroom import EVENING, HARBOUR, LONE, NOON, STRIKE, newsroom


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return newsroom(tmp_path / "svc")


def shown(desk: Desk) -> Edition:
    return edition_of(desk, film_and_tv(), EVENING)


def ids(edition: Edition) -> set[str]:
    return {one.id for one in edition.items}


def test_records_are_scored_as_the_form_has_it(desk: Desk) -> None:
    for one in shown(desk).items:
        again = scored(replace(one.record, secured="x;y"), film_and_tv())
        assert not again.changed


def test_related_are_later_originals_by_quality(desk: Desk) -> None:
    first = next(one for one in shown(desk).items if one.id == STRIKE[0].id)
    assert [one.web_url for one in first.record.related] == [STRIKE[2].address, STRIKE[3].address]
    assert next(one for one in shown(desk).items if one.id == STRIKE[3].id).record.related == ()


def test_a_story_has_its_lead_its_heat_and_what_it_was_called(desk: Desk) -> None:
    edition = shown(desk)
    assert [one.id for one in edition.stories] == ["strike01", "harbour1", "lone0001"]
    strike = edition.stories[0]
    assert strike.lead.id == STRIKE[0].id and strike.why == "It came first."
    assert strike.heat == strike.lead.quality.value + 20 and strike.published
    assert strike.sources == ("Slate", "Copyist", "Herald", "Gazette")
    assert edition.former == {"old00001": "strike01"}
    assert [one.name for one in strike.entities] == ["Ada Lane"]


def test_nothing_is_there_before_its_moment(desk: Desk) -> None:
    assert STRIKE[3].id not in ids(edition_of(desk, film_and_tv(), NOON + timedelta(hours=3)))
    assert ids(edition_of(desk, film_and_tv(), NOON - timedelta(days=3))) == set()
    assert len(edition_of(desk, film_and_tv(), EVENING, since=NOON).stories) == 1


@pytest.mark.parametrize(
    ("subject", "gone"),
    [
        (STRIKE[0].id, {STRIKE[0].id}),
        ("source:herald", {STRIKE[2].id, HARBOUR[0].id}),
        ("source:herald.example", {STRIKE[2].id, HARBOUR[0].id}),
        ("story:old00001", {one.id for one in STRIKE}),
        ("word:quiet  DAY", {LONE[0].id}),
        ("word:qui", set()),
        ("title:tt:harbour/lights", {HARBOUR[1].id}),
    ],
)
@pytest.mark.parametrize("kind", ["mute", "embargo"])
def test_what_is_muted_or_under_embargo_is_left_out(
    desk: Desk, kind: DecisionKind, subject: str, gone: set[str]
) -> None:
    every = ids(shown(desk))
    decide(desk, kind, subject, (EVENING + timedelta(minutes=1)).isoformat(), "Ada", "Asked for.")
    edition = shown(desk)
    assert every - ids(edition) == gone
    assert edition.hidden == len(gone)
    decide(desk, "embargo", subject, EVENING.isoformat(), "Ada", "Earlier.")
    assert (every - ids(shown(desk)) == set()) is (kind == "embargo" or not gone)


def test_where_the_lead_is_hidden_its_copy_stands_for_it(desk: Desk) -> None:
    decide(desk, "mute", STRIKE[0].id, "", "Ada", "Wrong.")
    strike = shown(desk).stories[0]
    assert len(strike.originals) == 3 and "leads for now" in strike.why
    assert not next(one for one in strike.items if one.id == STRIKE[1].id).copy_of


def test_a_correction_shows_and_says_what_was_there_before(desk: Desk) -> None:
    decide(desk, "correct", STRIKE[0].id, "title=Strike over = done", "Ada", "Typing error.")
    decide(desk, "correct", STRIKE[0].id, "published=2027-05-14T11:00:00+00:00", "Ada", "Wrong hour.")
    lead = shown(desk).stories[0].lead
    assert lead.record.title == "Strike over = done" and lead.record.published_at == "2027-05-14T11:00:00Z"
    assert [(one.field, one.before, one.by) for one in lead.corrections] == [
        ("title", STRIKE[0].title, "Ada"),
        ("published", NOON.isoformat(), "Ada"),
    ]
