from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.governing import Dates, govern
from openslate.rights.packs.loading import built_in, packs_of, parse_pack
from openslate.rights.rules.codes import CODES
from openslate.rights.rules.table import RULES

INDEX = {
    "sag-aftra.tvth.2023": ("secondary", True),
    "sag-aftra.tvth.2026": ("secondary", True),
    "sag-aftra.ima.2025": ("secondary", False),
    "wga.mba.2023": ("read", True),
    "wga.mba.2026": ("secondary", True),
    "dga.ba.2023": ("read", True),
    "equity-uk.none": ("read", True),
    "netflix.partner.2025-08": ("read", True),
    "us-ca.ab2602": ("read", True),
    "us-ca.ab1836": ("read", True),
    "us-ny.gol-5-302": ("read", True),
    "us-ny.gbl-396-b": ("read", True),
    "us-tn.elvis": ("read", True),
    "us-il.bipa": ("read", True),
    "eu.ai-act.50": ("secondary", True),
    "eu.ai-act.53-dsm4": ("secondary", True),
    "eu.gdpr": ("unverified", False),
    "us.nofakes.draft": ("unverified", False),
    "openslate.own": ("read", True),
}
GOOD = """
id = "house.policy"
version = 1
title = "A policy"
kind = "policy"
in_force_from = 2020-01-01
in_force_to = 2020-12-31
decided_by = "use"
grade = "read"
enabled = true
sources = ["Policy"]
[rules]
R04 = { source = "Section 1" }
"""


def test_every_pack_is_there_graded_and_shipped_as_it_should_be() -> None:
    assert {name: (pack.grade, pack.enabled) for name, pack in built_in().items()} == INDEX


def test_every_rule_comes_from_somewhere_and_every_source_names_a_rule() -> None:
    switched = {code for pack in built_in().values() if pack.enabled for code in pack.rules}
    assert switched == set(CODES)
    assert [*RULES, "R24", "R25", "R26"] == list(CODES)
    for pack in built_in().values():
        assert pack.sources and all(source.source.strip() for source in pack.rules.values())


def test_no_pack_claims_what_the_contracts_do_not_say() -> None:
    packs = built_in()
    writers = packs["openslate.own"].rules["R15"]
    assert writers.stricter and "Never call it WGA compliance" in writers.note
    assert not any("R15" in pack.rules for name, pack in packs.items() if name.startswith("wga."))
    texts = Path(__file__).parents[2] / "src" / "openslate" / "rights" / "packs" / "texts"
    for path in texts.glob("*.toml"):
        assert "revoke" not in path.read_text(), f"{path}: no contract has a right to revoke within 48 hours"


def test_days_at_either_end_are_in_force() -> None:
    pack = built_in()["sag-aftra.tvth.2026"]
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2030, 6, 30), date(2030, 7, 1))
    assert [pack.in_force(day) for day in days] == [False, True, True, False]
    assert parse_pack(GOOD, "house.toml").in_force(date(2020, 12, 31))


@pytest.mark.parametrize(
    ("law", "places", "holds"),
    [
        ("US-CA", "US-CA", True),
        ("US-CA", "US", True),
        ("US-CA", "US-NY", False),
        ("US", "US-CA", True),
        ("DE", "EU", True),
        ("DE-BY", "EU", True),
        ("GB", "EU", False),
        ("EU", "EU", True),
        ("EU", "DE-BY", True),
        ("EU", "GB", False),
        ("DE", "FR", False),
        ("U", "US", False),
        ("US-CA", "", False),
        ("US-CA", "*", True),
    ],
)
def test_a_law_holds_in_the_parts_of_its_place_and_where_a_part_may_be_meant(
    law: str, places: str, holds: bool
) -> None:
    of_the_house = replace(parse_pack(GOOD, "house.toml"), kind="law", jurisdictions=(law,), in_force_to=None)
    packs = {**built_in(), of_the_house.id: of_the_house}
    found = govern(packs, frozenset(), frozenset({places}), Dates(date(2026, 1, 1), None, None, None))
    assert (of_the_house in found.packs) is holds


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version = 1", "version = 0", "version = 0 is refused"),
        ('grade = "read"', 'grade = "sure"', "grade = 'sure' is refused"),
        ('decided_by = "use"', 'decided_by = "mood"', "decided_by = 'mood' is refused"),
        ('sources = ["Policy"]', "sources = []", "sources = "),
        ('kind = "policy"', 'kind = "law"\njurisdictions = ["us-ca"]', "jurisdictions.0 = 'us-ca' is refused"),
        ("R04 =", "R99 =", "rules.R99 is no rule"),
        ("2020-12-31", "2019-12-31", "is before in_force_from"),
        ('id = "house.policy"', 'id = "../policy"', "id = '../policy' is refused"),
        ("enabled = true", "enabled = true\ncolour = 3", "colour = 3 is refused"),
        ("{ source", "{{ source", "not valid TOML"),
    ],
)
def test_a_file_that_is_no_pack_is_refused_by_field_and_value(old: str, new: str, said: str) -> None:
    with pytest.raises(RightsError, match=r"house\.toml") as refused:
        parse_pack(GOOD.replace(old, new), "house.toml")
    assert said in refused.value.what


def test_a_house_changes_a_pack_under_a_higher_version_alone(project: Project) -> None:
    folder = project.folder / "packs"
    folder.mkdir()
    path = folder / "sag.toml"
    text = GOOD.replace('id = "house.policy"', 'id = "sag-aftra.tvth.2026"')
    path.write_text(text)
    with pytest.raises(RightsError, match="is not above version 1"):
        packs_of(project)
    path.write_text(text.replace("version = 1", "version = 2"))
    assert packs_of(project)["sag-aftra.tvth.2026"].version == 2
    assert built_in()["sag-aftra.tvth.2026"].version == 1
