from dataclasses import replace
from pathlib import Path

import pytest

from openslate.apps.production.rules.loading import (
    built_in_packs,
    merged,
    packs_named,
    parse_pack,
    read_pack,
    rules_of,
)
from openslate.apps.production.rules.rules import Rules
from openslate.errors import AdmitError
from tests.apps.production.shoots import MONDAY, plain_shoot

OWN = """
id = "studio.own"
title = "Our crew"
currency = "GBP"

[[rest]]
id = "eleven"
title = "Letter of engagement"
dated = 2026-05-01
sure = "read"
who = "cast"
minutes = 660
strength = "penalty"
share = 0.5
most = 400
contracts = ["weekly"]

[[scan_notice]]
id = "scan"
title = "Letter of engagement"
dated = 2026-05-01
sure = "read"
days = 2
"""


def test_every_pack_of_ours_names_where_each_rule_is_written() -> None:
    for name, pack in built_in_packs().items():
        rules = pack.rules
        every = (
            *rules.rests,
            *rules.ages,
            *rules.minors_windows,
            *rules.days_in_a_row,
            *rules.premiums,
            *rules.scan_notices,
            *pack.watched,
        )
        assert every
        ids = [one.source.rule for one in every]
        assert len(ids) == len(set(ids))
        assert {one.source.pack for one in every} == {name}
        assert pack.note, name


def test_what_was_read_and_what_was_told_are_kept_apart() -> None:
    packs = built_in_packs()
    assert {one.source.sure for one in packs["us-ca-minors"].rules.ages} == {"secondary"}
    assert {one.source.sure for one in packs["us-sag-aftra-cast"].rules.rests} == {"read"}
    assert {one.source.sure for one in packs["openslate-crew"].rules.rests} == {"unverified"}
    assert "not a contract" in packs["openslate-crew"].note


def test_hours_of_minors_follow_one_another_without_a_gap() -> None:
    ages = built_in_packs()["us-ca-minors"].rules.ages
    assert ages[0].from_age == pytest.approx(15 / 365.25)
    assert [one.below_age for one in ages[:-1]] == [one.from_age for one in ages[1:]]
    assert [(one.on_set_minutes, one.work_minutes) for one in ages] == [
        (120, 20),
        (240, 120),
        (360, 180),
        (480, 240),
        (540, 300),
        (600, 360),
    ]


def test_a_pack_of_ones_own_lies_beside_the_shoot(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs/own.toml").write_text(OWN)
    packs = packs_named(("openslate-crew", "packs/own.toml", "openslate-crew"), tmp_path)
    assert [pack.id for pack in packs] == ["openslate-crew", "studio.own"]
    assert packs[1] == read_pack(tmp_path / "packs/own.toml")
    rules = merged(packs)
    assert len(rules.rests) == 3
    assert rules.rests[2].contracts == ("weekly",)
    assert rules.scan_notices[0].days == 2
    assert merged(()) == Rules()


def test_a_pack_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    inside = tmp_path / "shoot"
    inside.mkdir()
    (inside / "link.toml").symlink_to(tmp_path / "own.toml")
    for name in ("../own.toml", str(tmp_path / "own.toml"), "link.toml"):
        with pytest.raises(AdmitError, match="leads out of the folder of the shoot"):
            packs_named((name,), inside)


def test_unknown_and_doubled_packs(tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"no rule pack 'us-ca-minor'; 'us-ca-minors' may be meant"):
        packs_named(("us-ca-minor",))
    with pytest.raises(AdmitError, match="is a file, and the shoot is none"):
        packs_named(("own.toml",))
    (tmp_path / "own.toml").write_text(OWN.replace("studio.own", "uk-pact-bectu"))
    with pytest.raises(AdmitError, match="Two rule packs of the shoot have the id 'uk-pact-bectu'"):
        packs_named(("uk-pact-bectu", "own.toml"), tmp_path)


def test_amounts_in_another_currency_are_refused() -> None:
    shoot = replace(plain_shoot(MONDAY), rules=("us-sag-aftra-cast", "us-iatse-basic"))
    with pytest.raises(AdmitError, match="has amounts in USD, and the shoot is in EUR"):
        rules_of(shoot)
    assert len(rules_of(replace(shoot, currency="USD")).rests) == 3
    assert rules_of(replace(shoot, rules=())) == Rules()


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("minutes = 660", "minutes = 0", "line 12: rest 1 minutes = 0 is refused: it is not above 0"),
        ("sure = ", "sur = ", "rest 1 sur = 'read' is refused: a rule pack has no such field; 'sure' may be meant"),
        ('sure = "read"', 'sure = "sure"', "it is none of 'read', 'secondary' or 'unverified'"),
        ('currency = "GBP"', "", "rest 1 most = 400 is refused: it is an amount, and the pack names no currency"),
        ('currency = "GBP"', 'currency = "gbp"', "line 4: currency = 'gbp' is refused: it is no currency"),
        ('strength = "penalty"', 'strength = "hard"', "a hard rule is never broken"),
        ('who = "cast"', 'who = "crew"', "contracts and most are of the cast alone"),
        ('id = "scan"', 'id = "eleven"', "line 19: scan_notice 1 id = 'eleven' is refused: another rule of the pack"),
        ("dated = 2026-05-01", 'dated = "yesterday"', "line 9: rest 1 dated = 'yesterday' is refused: it is no day"),
        ("dated = 2026-05-01", "dated = 3", "rest 1 dated = 3 is refused: it is no day"),
    ],
)
def test_what_is_wrong_with_a_pack_is_told(was: str, becomes: str, said: str) -> None:
    assert was in OWN
    with pytest.raises(AdmitError) as refused:
        parse_pack(OWN.replace(was, becomes, 1), "own.toml")
    assert said in str(refused.value)


def test_windows_and_ages_as_people_write_them() -> None:
    rule = 'title = "T"\ndated = 2026-05-01\nsure = "read"\n'
    pack = 'id = "own"\ntitle = "T"\n[[minors_window]]\nid = "w"\n' + rule + 'opens = "05:00"\ncloses = "00:30"\n'
    (window,) = parse_pack(pack, "own.toml").rules.minors_windows
    assert (window.opens, window.closes) == (300, 1470)
    with pytest.raises(AdmitError, match=r"closes = '24:30' is refused: it is no time of the day, such as '07:00'"):
        parse_pack(pack.replace("00:30", "24:30"), "own.toml")
    age = 'id = "own"\ntitle = "T"\n[[age]]\nid = "a"\n' + rule + "on_set_minutes = 9\nwork_minutes = 3\n"
    with pytest.raises(AdmitError, match=r"line 11: age 1 below_age = '6 months' is refused: it is not above from_age"):
        parse_pack(age + 'from_age = "1 year"\nbelow_age = "6 months"\n', "own.toml")
    with pytest.raises(AdmitError, match=r"from_age = 'young' is refused: it is no age"):
        parse_pack(age + 'from_age = "young"\nbelow_age = "6 months"\n', "own.toml")
