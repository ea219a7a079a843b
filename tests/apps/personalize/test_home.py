import json
import stat
from datetime import UTC, datetime, timedelta
from typing import cast

import numpy as np
import pytest

from openslate import clock
from openslate.apps.personalize.home import home, home_from
from openslate.apps.personalize.pages import page_id
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.rows import TAKEN_TOGETHER
from openslate.data.datasets import TABLES, MemberHistory
from openslate.errors import UsageError
from openslate.models.histories import Histories
from openslate.project import Project
from openslate.registry.lineage import ancestors
from openslate.rights.consent import record_member
from openslate.serving.exploration import Exploration
from openslate.serving.page_types import Page
from openslate.serving.page_value import PageSettings
from tests.lake_rows import add_rows
from tests.simulated import SETTINGS, personal, refusing, without_any

NO_CHANCE = PageSettings(exploration=Exploration(epsilon=0.0))


def names_of_titles(page: Page) -> list[str]:
    return [slot.title for row in page.rows for slot in row.slots]


def without(history: MemberHistory, title: int) -> Histories:
    return history.histories.keep(history.histories.titles != title)


def test_a_member_gets_a_page_of_their_own(recommender: Recommender) -> None:
    one, other = personal(recommender, 2)
    first, second = home_from(recommender, one.member, NO_CHANCE), home_from(recommender, other.member, NO_CHANCE)
    assert first.personalised
    assert first.note == ""
    assert first.model == recommender.model
    assert first.rows != second.rows
    assert "top-picks" in {row.kind for row in first.rows}


def test_a_page_keeps_its_rules(recommender: Recommender) -> None:
    for history in personal(recommender, 4):
        page = home_from(recommender, history.member)
        shown = names_of_titles(page)
        assert len(shown) == len(set(shown))
        watched = {recommender.catalogue.titles[title].title for title in history.histories.titles}
        for row in page.rows:
            assert row.reason
            for slot in row.slots:
                assert slot.reason
                assert 0 < slot.propensity <= 1
                assert np.isfinite(slot.score)
                assert (slot.title in watched) == (row.kind == "continue")


def test_exploring_pages_say_how_likely_each_place_was(recommender: Recommender) -> None:
    (history,) = personal(recommender, 1)
    page = home_from(recommender, history.member, PageSettings(exploration=Exploration(epsilon=0.5, reach=4)))
    odds = {round(slot.propensity, 9) for row in page.rows if row.kind != "continue" for slot in row.slots}
    assert {0.625, 0.125} <= odds


def test_because_rows_are_true(recommender: Recommender) -> None:
    looked_at = 0
    for history in personal(recommender, 5):
        scores = recommender.scores(history.histories)[0]
        for row in home_from(recommender, history.member).rows:
            if row.kind != "because":
                continue
            name = row.heading.removeprefix("Because you watched ")
            (watched,) = {int(t) for t in history.histories.titles if recommender.catalogue.titles[t].name == name}
            lower = recommender.scores(without(history, watched))[0]
            for slot in row.slots:
                title = recommender.catalogue.index[slot.title]
                assert lower[title] < scores[title], (history.member, name, slot.name)
                looked_at += 1
    assert looked_at > 30


def test_reasons_of_top_picks_are_true(recommender: Recommender) -> None:
    looked_at = 0
    for history in personal(recommender, 5):
        scores = recommender.scores(history.histories)[0]
        (row,) = [row for row in home_from(recommender, history.member).rows if row.kind == "top-picks"]
        assert f"the {len(set(history.histories.titles))} titles" in row.reason
        for slot in row.slots:
            if not slot.reason.startswith("Because you watched "):
                title = recommender.catalogue.index[slot.title]
                raised = scores[title] > recommender.scores(without_any(history.histories))[0, title]
                assert raised == (slot.reason == TAKEN_TOGETHER)
                continue
            name = slot.reason.removeprefix("Because you watched ").removesuffix(".")
            (watched,) = {int(t) for t in history.histories.titles if recommender.catalogue.titles[t].name == name}
            title = recommender.catalogue.index[slot.title]
            assert recommender.scores(without(history, watched))[0][title] < scores[title]
            looked_at += 1
    assert looked_at > 15


def test_continue_rows_hold_what_was_begun(recommender: Recommender) -> None:
    looked_at = 0
    for history in personal(recommender, 5):
        for row in home_from(recommender, history.member).rows:
            for slot in row.slots:
                if row.kind != "continue":
                    assert slot.progress is None
                    continue
                (plays,) = np.nonzero(history.histories.titles == recommender.catalogue.index[slot.title])
                shares = history.completion[plays]
                assert slot.progress == shares[~np.isnan(shares)][-1]
                looked_at += 1
    assert looked_at > 5


def test_new_rows_hold_what_is_new(recommender: Recommender) -> None:
    first_day = SETTINGS.start + timedelta(days=SETTINGS.days - 61)
    found = [
        slot
        for history in personal(recommender, 6)
        for row in home_from(recommender, history.member).rows
        if row.kind == "new"
        for slot in row.slots
    ]
    assert found
    for slot in found:
        released = recommender.catalogue.titles[recommender.catalogue.index[slot.title]].released
        assert released is not None
        assert slot.reason == f"Released on {released}."
        assert released >= first_day


def test_one_day_has_one_page(service: Project) -> None:
    (history,) = personal(Recommender.open(service), 1)
    with clock.frozen(datetime(2037, 5, 4, 9, tzinfo=UTC)):
        morning = home(service, history.member)
    with clock.frozen(datetime(2037, 5, 4, 21, tzinfo=UTC)):
        evening = home(Project.open(service.folder), history.member)
    assert morning.rows == evening.rows
    assert morning.seed == evening.seed
    with clock.frozen(datetime(2037, 5, 5, 9, tzinfo=UTC)):
        assert home(service, history.member).seed != morning.seed


def test_a_page_is_kept_for_its_owner_with_its_origin(service: Project) -> None:
    (history,) = personal(Recommender.open(service), 1)
    page = home(service, history.member)
    assert Page.from_dict(json.loads(json.dumps(page.to_dict()))) == page
    (path,) = (service.people / "pages").glob("*/*.json")
    assert Page.from_dict(json.loads(path.read_bytes())) == page
    for folder in (path.parent, path.parent.parent, service.people):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = {(one.relation, one.id) for one in ancestors(service, page_id(page))}
    files = service.lake.snapshot("titles", "members", "plays", "ratings", "consents")
    assert {("filled by", page.model), ("trained on", files.id), ("made from", files.id)} <= found
    assert {(f"holds {shard.table} from simulator", shard.hash) for shard in files.shards} <= found


def test_a_page_leads_to_what_was_imported_after_training(service: Project) -> None:
    (history,) = personal(Recommender.open(service), 1)
    add_rows(service, "plays", [(history.member, "t00001", datetime(2024, 4, 15), 4000.0, 1.0)], "later")
    page = home(service, history.member)
    files = service.lake.snapshot(*TABLES)
    found = {(one.relation, one.id) for one in ancestors(service, page_id(page))}
    assert ("made from", files.id) in found
    assert "holds plays from later" in {relation for relation, _ in found}


def test_a_kept_page_of_another_release_does_not_stop_todays(service: Project) -> None:
    (history,) = personal(Recommender.open(service), 1)
    with clock.frozen(datetime(2037, 5, 4, tzinfo=UTC)):
        home(service, history.member)
    (path,) = (service.people / "pages").glob("*/*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "mood": "good"}))
    with clock.frozen(datetime(2037, 5, 5, tzinfo=UTC)):
        assert home(service, history.member).personalised


@pytest.mark.parametrize("rest", ["", "{", "[]", "3", '{"rows": 3}'])
def test_a_damaged_page_of_yesterday_does_not_stop_todays(service: Project, rest: str) -> None:
    (history,) = personal(Recommender.open(service), 1)
    with clock.frozen(datetime(2037, 5, 4, tzinfo=UTC)):
        home(service, history.member)
    (path,) = (service.people / "pages").glob("*/*.json")
    path.write_text(rest)
    with clock.frozen(datetime(2037, 5, 5, tzinfo=UTC)):
        assert home(service, history.member).personalised


def test_every_page_of_a_day_is_kept_and_a_refusal_deletes_them_all(service: Project) -> None:
    recommender = Recommender.open(service)
    one, other = personal(recommender, 2)
    for hour in (9, 21):
        with clock.frozen(datetime(2037, 5, 4, hour, tzinfo=UTC)):
            home_from(recommender, one.member)
    kept = service.people / "pages"
    with clock.frozen(datetime(2037, 5, 5, tzinfo=UTC)):
        home_from(recommender, other.member)
        assert len(list(kept.glob("*/*.json"))) == 3
        record_member(service, one.member, ["personalize"], granted=False)
        home_from(recommender, one.member)
    assert len(list(kept.iterdir())) == len(list(kept.glob("*/*.json"))) == 1


def test_a_member_id_that_is_no_text_is_refused(recommender: Recommender) -> None:
    with pytest.raises(UsageError, match="member ids are text"):
        home_from(recommender, cast(str, 42))
    with pytest.raises(UsageError, match="no datetime"):
        recommender.history("m0000001", as_of=cast(datetime, "2024-04-01"))


def test_rows_stay_where_they_were_yesterday(service: Project) -> None:
    recommender = Recommender.open(service)
    clinging = PageSettings(stability=1000.0, exploration=Exploration(epsilon=0.0))
    (history,) = personal(recommender, 1)
    with clock.frozen(datetime(2037, 5, 4, tzinfo=UTC)):
        first = home_from(recommender, history.member, PageSettings(kind_bonus=0.0, calibration=0.9))
    with clock.frozen(datetime(2037, 5, 5, tzinfo=UTC)):
        second = home_from(recommender, history.member, clinging)
    assert [row.heading for row in second.rows] == [row.heading for row in first.rows]


def test_an_unknown_member_gets_everyones_page(recommender: Recommender) -> None:
    page = home_from(recommender, "nobody we know", NO_CHANCE)
    assert not page.personalised
    assert page.note == "You have not watched anything yet, so this page is the same for everyone."
    assert {"start", "popular"} <= {row.kind for row in page.rows}
    assert not {"because", "continue", "top-picks"} & {row.kind for row in page.rows}
    assert home_from(recommender, "somebody else", NO_CHANCE).rows == page.rows


def test_who_has_not_agreed_gets_everyones_page_and_their_events_say_nothing(recommender: Recommender) -> None:
    unknown = home_from(recommender, "nobody we know", NO_CHANCE)
    for history in refusing(recommender, 3):
        page = home_from(recommender, history.member, NO_CHANCE)
        assert not page.personalised
        assert page.note == "You have not agreed to personalisation, so this page is the same for everyone."
        assert page.rows == unknown.rows
        assert history.histories.n_events == 0


def test_a_withdrawal_holds_for_the_very_next_page(service: Project) -> None:
    recommender = Recommender.open(service)
    (history,) = personal(recommender, 1)
    member = history.member
    with clock.frozen(datetime(2037, 5, 4, tzinfo=UTC)):
        assert home_from(recommender, member, NO_CHANCE).personalised
    with clock.frozen(datetime(2037, 5, 5, tzinfo=UTC)):
        record_member(service, member, ["personalize"], granted=False)
        page = home_from(recommender, member, NO_CHANCE)
        assert not page.personalised
        assert page.note.startswith("You have not agreed")
        assert page.rows == home_from(recommender, "nobody we know", NO_CHANCE).rows
    with clock.frozen(datetime(2037, 5, 6, tzinfo=UTC)):
        record_member(service, member, ["personalize"], granted=True)
        assert home_from(recommender, member, NO_CHANCE).personalised
