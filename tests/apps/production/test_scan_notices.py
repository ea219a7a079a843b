"""Notice of a scan keeps its scene back, and where nobody said when a person was asked the last day to ask is told."""

from dataclasses import replace

import pytest

from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.rules.rules import Rules, ScanNotice
from openslate.apps.production.rules.scan_notices import first_scan_day
from openslate.apps.production.scheduling.arrays import arranged
from openslate.apps.production.scheduling.impossible import why_impossible
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import Replica
from openslate.apps.production.shoot.shoot import Shoot
from tests.apps.production.shoots import SOURCE, board_of, day, plain_shoot, scene

TWO_DAYS = Rules(scan_notices=(ScanNotice(1, SOURCE), ScanNotice(2, SOURCE)))


def scanned(asked: int | None = 0, **more: object) -> Shoot:
    scan = Replica("1", "scan", asked=None if asked is None else day(asked))
    return plain_shoot(scenes=(scene("1", ["1"], replicas=(scan,)), scene("2", ["2"])), **more)


def test_a_scan_waits_for_its_notice() -> None:
    shoot = scanned()
    assert first_scan_day(shoot, shoot.scenes[0], TWO_DAYS) == day(3)
    arrays = arranged(shoot, TWO_DAYS)
    assert arrays.problem.allowed[0].tolist() == [at >= day(3) for at in arrays.dates]
    assert arrays.problem.allowed[1].all()
    found = schedule(shoot, TWO_DAYS, Effort(turns=2_000))
    assert found.broken == ()
    assert found.board.day_of("1") >= day(3)  # type: ignore[operator]


@pytest.mark.parametrize(("at", "clashes"), [(2, 1), (3, 0)])
def test_too_little_notice_is_a_hard_clash(at: int, clashes: int) -> None:
    found = [one for one in clashes_of(board_of(scanned(), (at, "1 2")), TWO_DAYS) if one.kind == "scan-notice"]
    assert len(found) == clashes
    for one in found:
        assert one.strength == "hard"
        assert one.words == (
            "Ada Berg (1, MIRA) is scanned in scene 1 on Wednesday 3 March 2027, and was asked on Monday 1 March 2027:"
            " 2 whole days of notice are due."
        )


def test_the_last_day_to_ask_is_told() -> None:
    (found,) = [one for one in clashes_of(board_of(scanned(None), (4, "1 2")), TWO_DAYS) if one.kind == "scan-notice"]
    assert (found.strength, found.cost, found.people) == ("penalty", 0, ("1",))
    assert found.words.endswith("so ask by Tuesday 2 March 2027.")


def test_a_member_says_other_days_than_the_rules() -> None:
    shoot = scanned(cast=(CastMember("1", "MIRA", scan_notice_days=7), CastMember("2", "OSK")))
    assert first_scan_day(shoot, shoot.scenes[0], TWO_DAYS) == day(8)
    assert first_scan_day(shoot, shoot.scenes[0], Rules()) == day(8)
    never = replace(shoot, cast=(CastMember("1", "MIRA", scan_notice_days=0), CastMember("2", "OSK")))
    assert first_scan_day(never, never.scenes[0], TWO_DAYS) is None


def test_notice_that_nothing_fits_is_told_in_words() -> None:
    shoot = scanned(calendar=Calendar(day(0), day(2)))
    assert why_impossible(shoot, TWO_DAYS)[0] == (
        "Notice of the scan in scene 1 lets it be shot from Thursday 4 March 2027 on."
    )


def test_the_pack_of_performers_asks_for_notice() -> None:
    rules = rules_of(replace(scanned(), rules=("us-sag-aftra-cast",), currency="USD"))
    assert [one.days for one in rules.scan_notices] == [2]
