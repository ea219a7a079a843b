from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from openslate import clock
from openslate.apps.personalize.home import home_from
from openslate.apps.personalize.recommend import recommend
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.rows import TAKEN_TOGETHER, candidate_rows, reason_for
from openslate.apps.personalize.train import train
from openslate.errors import RegistryError
from openslate.models.histories import Histories
from openslate.project import Project
from openslate.registry.artifacts import WEIGHTS, find
from openslate.rights.consent import PURPOSES, record_member
from tests.lake_rows import add_rows
from tests.simulated import LIGHT, SETTINGS, personal, refusing, without_any

AFTER = datetime(2024, 4, 15)
"""A moment after the last simulated one."""


def with_one_more(histories: Histories, title: int) -> Histories:
    return replace(
        histories,
        offsets=histories.offsets + np.array([0, 1]),
        titles=np.append(histories.titles, np.int32(title)),
        times=np.append(histories.times, histories.times[-1] + 3_600_000_000),
        engagement=np.append(histories.engagement, np.int32(32)),
    )


def test_a_list_is_ranked_with_true_reasons(recommender: Recommender) -> None:
    for history in personal(recommender, 4):
        found = recommend(recommender.project, history.member, count=SETTINGS.titles)
        assert found.personalised
        assert found.model == recommender.model
        assert len({one.title for one in found.titles}) == SETTINGS.titles - len(set(history.histories.titles))
        scores = [one.score for one in found.titles]
        assert scores == sorted(scores, reverse=True)
        ours = recommender.scores(history.histories)[0]
        of_nothing = recommender.scores(without_any(history.histories))[0]
        watched = {recommender.catalogue.titles[title].name: int(title) for title in history.histories.titles}
        for one in found.titles:
            title = recommender.catalogue.index[one.title]
            assert title not in history.histories.titles
            if one.reason.startswith("Because you watched "):
                named = watched[one.reason.removeprefix("Because you watched ").removesuffix(".")]
                lower = recommender.scores(history.histories.keep(history.histories.titles != named))[0]
                assert lower[title] < ours[title]
            else:
                assert (one.reason == TAKEN_TOGETHER) == (ours[title] > of_nothing[title])


def test_without_a_liked_title_the_reason_is_the_whole_history_or_what_others_watch(recommender: Recommender) -> None:
    reasons = set()
    for history in personal(recommender, 4):
        disliked = replace(history.histories, engagement=np.ones_like(history.histories.engagement))
        signals = recommender.signals(replace(history, histories=disliked))
        raised = recommender.scores(disliked)[0] > recommender.scores(without_any(disliked))[0] + 1e-4
        for title in np.flatnonzero(signals.unseen):
            reason = reason_for(signals, int(title))
            assert (reason == TAKEN_TOGETHER) == raised[title]
            reasons.add(reason)
    assert reasons > {TAKEN_TOGETHER, "Popular with others.", "Watched by others."}


def test_a_list_is_as_long_as_there_are_titles(recommender: Recommender) -> None:
    (history,) = personal(recommender, 1)
    left = SETTINGS.titles - len(set(history.histories.titles))
    assert len(recommend(recommender.project, history.member, count=1000).titles) == left
    assert len(recommend(recommender.project, history.member, count=1).titles) == 1


def test_without_agreement_or_history_a_list_is_what_others_watch(recommender: Recommender) -> None:
    (history,) = refusing(recommender, 1)
    refused, unknown = (recommend(recommender.project, member) for member in (history.member, "nobody"))
    assert not refused.personalised
    assert refused.titles == unknown.titles
    assert {one.reason for one in unknown.titles} == {"Popular with others."}


def test_a_new_event_changes_the_next_scores(recommender: Recommender) -> None:
    for history in personal(recommender, 3):
        before = recommender.scores(history.histories)[0]
        title = int(np.argmax(np.where(np.isin(np.arange(len(before)), history.histories.titles), -np.inf, before)))
        after = recommender.scores(with_one_more(history.histories, title))[0]
        assert np.isfinite(after).all()
        assert np.abs(after - before).max() > 1e-3


def test_a_new_play_changes_the_next_answer_without_training(service: Project) -> None:
    (history,) = personal(Recommender.open(service), 1)
    before = recommend(service, history.member)
    watched = before.titles[0].title
    add_rows(service, "plays", [(history.member, watched, AFTER, 4000.0, 1.0)], "simulator")
    after = recommend(service, history.member)
    assert after.model == before.model
    assert watched not in {one.title for one in after.titles}
    assert [one.score for one in after.titles] != [one.score for one in before.titles[1:]]
    assert any(before.titles[0].name in one.reason for one in recommend(service, history.member, 100).titles)


def test_a_title_imported_after_training_finds_its_viewers(fresh: Project) -> None:
    service = fresh
    # All of it in the past: a ledger that knows the present refuses a clock that is behind it.
    with clock.frozen(datetime(2024, 4, 12, tzinfo=UTC)):
        assert train(service, recipe=LIGHT).serves
        recommender = Recommender.open(service)
        (history,) = personal(recommender, 1)
        best = recommend(service, history.member).titles[0].title
    like = recommender.catalogue.titles[recommender.catalogue.index[best]]
    credited = [{"name": name, "role": role} for name, role in like.credits]
    described = (list(like.genres), like.language, like.runtime_minutes, like.maturity, like.synopsis, credited)
    add_rows(service, "titles", [("later", "Much Later", like.kind, date(2024, 4, 14), *described)])
    add_rows(service, "titles", [("someday", "Some Day", like.kind, date(2031, 1, 1), *described)])
    with clock.frozen(datetime(2024, 4, 16, tzinfo=UTC)):
        newer = Recommender.open(service)
        assert newer.model == recommender.model
        fresh = newer.history(history.member, "a test")
        scores = newer.scores(fresh.histories)[0]
        assert np.isfinite(scores).all()
        later = newer.catalogue.index["later"]
        assert scores[later] > np.median(scores)
        (row,) = [row for row in candidate_rows(newer.signals(fresh)) if row.kind == "new"]
        assert later in row.titles
        listed = {one.title for one in recommend(service, history.member, 1000).titles}
        assert "later" in listed
        assert "someday" not in listed
        assert home_from(newer, history.member).personalised
    with clock.frozen(datetime(2031, 1, 2, tzinfo=UTC)):
        assert "someday" in {one.title for one in recommend(service, history.member, 1000).titles}


def test_members_who_watched_only_new_titles_are_served(service: Project) -> None:
    add_rows(service, "titles", [("later", "Much Later", "film", date(2024, 4, 12), ["Drama"])])
    add_rows(service, "plays", [("newcomer", "later", AFTER, 4000.0, 1.0)])
    record_member(service, "newcomer", PURPOSES, granted=True)
    found = recommend(service, "newcomer")
    assert not found.personalised
    assert found.note.startswith("The model knows nothing yet of what you have watched")
    assert len(found.titles) == 10
    assert "later" not in {one.title for one in found.titles}
    page = home_from(Recommender.open(service), "newcomer")
    assert page.rows
    assert not page.personalised
    assert page.note == found.note


def test_before_training_there_is_no_answer(fresh: Project) -> None:
    with pytest.raises(RegistryError, match=r"No model serves in this project yet\. Train one: openslate --project"):
        recommend(fresh, "anybody")


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_model_says_so(service: Project, damage: str) -> None:
    path = find(service, Recommender.open(service).model).folder / WEIGHTS
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:1000] if damage == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(RegistryError, match=r"is damaged: .* train again"):
        recommend(service, "anybody")
