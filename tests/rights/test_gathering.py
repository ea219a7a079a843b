from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.decide import decide
from openslate.rights.gathering import lift_reservations, note_reservations, set_strike, standing_of
from openslate.rights.records.importing import import_records
from openslate.rights.records.store import grant, grant_mandate, revoke_mandate, set_status, withdraw
from openslate.rights.reservation import Reservation
from openslate.rights.reservations import robots
from tests.rights.people import GENERATE, GUARDIAN, LICENCE, NOW, PERFORMER, SYNOPSIS
from tests.used import USE

EXAMPLE = Path(__file__).parents[2] / "examples" / "rights" / "performers.toml"
PACK = """
id = "house.policy"
version = 1
title = "A house's own policy"
kind = "policy"
in_force_from = 2020-01-01
decided_by = "use"
grade = "read"
enabled = true
sources = ["Policy of the house"]
[rules]
R04 = { source = "Section 1" }
"""


def given(project: Project) -> None:
    grant(project, replace(PERFORMER, strike_suspends=True))


def codes(project: Project, **asked: object) -> list[str]:
    request = replace(GENERATE, **asked)  # type: ignore[arg-type]
    return [one.code for one in decide(request, clock.now(), standing_of(project)).findings]


@pytest.fixture(autouse=True)
def _frozen() -> object:
    with clock.frozen(NOW):
        yield


def test_nothing_is_allowed_in_an_empty_project_and_a_record_is_enough(project: Project) -> None:
    assert codes(project) == ["R01"]
    given(project)
    assert codes(project) == []
    set_status(project, "rec-performer", "suspended")
    assert codes(project) == ["R01"]


def test_a_withdrawal_counts_at_the_very_next_decision(project: Project) -> None:
    given(project)
    withdraw(project, "rec-performer", "stop_new")
    assert codes(project) == ["R20"]
    assert codes(project, use="erase") == []


def test_a_strike_is_on_record_until_it_ends(project: Project) -> None:
    given(project)
    set_strike(project, "sag-aftra", True)
    assert standing_of(project).strikes == {"sag-aftra"}
    assert codes(project) == ["R09"]
    set_strike(project, "sag-aftra", False)
    assert codes(project) == []
    with pytest.raises(UsageError, match="no pack of the union 'equity'"):
        set_strike(project, "equity", True)
    with pytest.raises(UsageError, match="neither True nor False"):
        set_strike(project, "sag-aftra", 1)  # type: ignore[arg-type]


def test_reservations_are_what_the_owner_says_last(project: Project) -> None:
    grant(project, LICENCE)
    asked = replace(SYNOPSIS, licence="")
    closed = robots.from_robots(b"User-agent: *\nDisallow: /", ("openslate",), "/films")
    assert closed is not None
    note_reservations(project, "press-site", [closed, Reservation("aipref", False, "train-ai=y", "header", draft=True)])
    assert decide(asked, NOW, standing_of(project)).code == "R18"
    assert decide(SYNOPSIS, NOW, standing_of(project)).allowed
    with pytest.raises(UsageError, match="Nothing was said of the source 'press-site'"):
        note_reservations(project, "press-site", [])
    assert decide(asked, NOW, standing_of(project)).code == "R18"
    lift_reservations(project, "press-site")
    assert decide(asked, NOW, standing_of(project)).allowed
    with pytest.raises(UsageError, match="no name"):
        note_reservations(project, "", [closed])
    with pytest.raises(UsageError, match="no name"):
        lift_reservations(project, "")
    with pytest.raises(UsageError, match="UTF-8"):
        note_reservations(project, "press-site", [replace(closed, said="\ud800")])


def test_a_reading_takes_the_place_of_its_own_channels_alone(project: Project) -> None:
    letter = Reservation("stated", True, "No, letter of 3 May", "stated")
    closed, opened = (Reservation("robots", reserved, "Disallow: /", "robots.txt") for reserved in (True, False))
    usage = Reservation("aipref", True, "train-ai=n", "robots.txt", draft=True)
    read = (
        ([letter], (letter,)),
        ([opened], (letter, opened)),
        ([closed, usage], (letter, closed, usage)),
        ([opened], (letter, usage, opened)),
        ([replace(letter, reserved=False)], (usage, opened, replace(letter, reserved=False))),
    )
    for signals, stands in read:
        note_reservations(project, "press-site", signals)
        note_reservations(project, "elsewhere", [opened])
        assert standing_of(project).reservations == {"press-site": stands, "elsewhere": (opened,)}
    lift_reservations(project, "press-site")
    assert standing_of(project).reservations == {"press-site": (), "elsewhere": (opened,)}
    note_reservations(project, "press-site", [opened])
    assert standing_of(project).reservations["press-site"] == (opened,)


def test_uses_and_dues_come_from_the_ledger(project: Project) -> None:
    given(project)
    used = replace(USE, record="rec-performer", at=NOW)
    for _ in range(3):
        ledger.append(project, used.to_entry())
    standing = standing_of(project)
    assert standing.used == {("rec-performer", "generate"): 3}
    assert standing.last_at == NOW
    assert codes(project) == ["R01"]
    with clock.frozen(NOW + timedelta(days=200)):
        assert standing_of(project).overdue == {"rec-performer"}
        assert codes(project) == ["R01", "R21"]
    assert used.amount == Decimal("2566.00")


def test_mandates_and_models_that_have_to_forget(project: Project) -> None:
    grant_mandate(project, GUARDIAN)
    assert standing_of(project).mandates == {"man-guardian": GUARDIAN}
    revoke_mandate(project, "man-guardian")
    assert standing_of(project).mandates["man-guardian"].revoked_at == NOW
    given(project)
    late = standing_of(project, forgetting={"model-1": NOW})
    assert decide(replace(GENERATE, model="model-1"), NOW, late).code == "R20"


def test_packs_of_the_house_count_and_a_broken_one_stops_everything(project: Project) -> None:
    given(project)
    (project.folder / "packs").mkdir()
    path = project.folder / "packs" / "house.toml"
    path.write_text(PACK)
    assert codes(project, packs=("house.policy@1",)) == []
    assert codes(project, packs=("house.policy@2",)) == ["R23"]
    path.write_text("nonsense")
    with pytest.raises(RightsError, match=r"house\.toml is not valid TOML"):
        standing_of(project)


@pytest.mark.parametrize(
    "change",
    [
        ("R01 = ", "# R01 = "),
        ("enabled = true", "enabled = false"),
        ("least_words = 5", "least_words = 1"),
        ("in_force_from = 2000-01-01", "in_force_from = 2000-01-01\nin_force_to = 2001-01-01"),
        ('kind = "own"', 'kind = "law"'),
        ('id = "openslate.own"', 'id = "openslate.mine"'),
    ],
)
def test_a_house_cannot_ask_for_less_than_our_own_rules(project: Project, change: tuple[str, str]) -> None:
    text = (Path(ledger.__file__).parents[1] / "packs" / "texts" / "openslate.own.toml").read_text()
    (project.folder / "packs").mkdir()
    path = project.folder / "packs" / "own.toml"
    path.write_text(text.replace("version = 1", "version = 2").replace("least_words = 5", "least_words = 8"))
    assert standing_of(project).packs["openslate.own"].version == 2
    path.write_text(text.replace("version = 1", "version = 2").replace(*change))
    with pytest.raises(RightsError, match="less"):
        standing_of(project)


def test_a_ledger_that_takes_nothing_denies_everything(project: Project) -> None:
    given(project)
    project.ledger_path.unlink()
    assert codes(project) == ["R26"]
    assert codes(project, use="erase") == ["R26"]


def test_a_record_changed_in_the_vault_stops_everything(project: Project) -> None:
    given(project)
    project.vault.execute("UPDATE records SET document = ?", (b"{}",))
    with pytest.raises(RightsError, match="changed in the vault"):
        standing_of(project)


def test_the_clock_may_not_go_back(project: Project) -> None:
    given(project)
    assert decide(GENERATE, NOW - timedelta(microseconds=1), standing_of(project)).code == "R25"


def test_the_example_stands(project: Project) -> None:
    import_records(project, EXAMPLE)
    standing = standing_of(project)
    assert len(standing.held) == 7 and len(standing.mandates) == 2
    assert standing.deceased == {"house:late-200"}
