import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from openslate import clock
from openslate.apps.greenlight.pitch import FACTS, Budget, Material, Pitch
from openslate.apps.greenlight.pitch_file import examine_pitch, pitch_from, read_pitch
from openslate.apps.greenlight.pitch_places import line_in_json, line_in_toml
from openslate.apps.greenlight.pitch_writing import write_pitch
from openslate.errors import AdmitError
from tests.apps.greenlight.pitches import AS_OF, FULL, pitches

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOML = '''name = "Night Train"
as_of = 2026-03-01
synopsis = """
season = 3
[[talent]]
"""
kind = "movie"
season = "2"
genres = ["drama", "drama"]
language = "EN"
countries = ["US", "UK"]
runtime_minutes = 0
budgt = 3
currency = "XXX"
release = 2026-13-01
worldwide = "yes"

[[talent]]
name = "Ada"
role = "director"

[[talent]]
name = "Per"
rol = "cast"

[[material]]
kind = "script"
record = "r 1"
text = "INT. SECRET PLACE"
'''


@pytest.fixture(autouse=True)
def at_noon():
    with clock.frozen(NOW):
        yield


def _file(folder: Path, text: str, name: str = "pitch.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pitch=pitches())
@pytest.mark.parametrize("ending", ["toml", "json"])
def test_what_was_written_is_read_back_as_the_same(tmp_path: Path, pitch: Pitch, ending: str) -> None:
    path = tmp_path / f"pitch.{ending}"
    with clock.frozen(NOW):
        write_pitch(pitch, path)
        again = read_pitch(path)
    assert again == pitch
    assert again.hash == pitch.hash


def test_a_full_pitch_misses_nothing_and_a_name_alone_everything_but_a_season() -> None:
    assert FULL.missing == ()
    assert Pitch("A", AS_OF).missing == tuple(fact for fact in FACTS if fact not in ("series", "season", "episodes"))
    assert {"series", "episodes"} <= set(Pitch("A", AS_OF, kind="season").missing)
    assert "regions" not in Pitch("A", AS_OF, worldwide=True).missing


def test_a_name_is_enough_and_stands_for_today(tmp_path: Path) -> None:
    assert read_pitch(_file(tmp_path, 'name = "A"')) == Pitch("A", NOW.date())


def test_every_field_counts_in_the_hash_and_money_and_script_have_one_text() -> None:
    bare = Pitch("", AS_OF)
    other = {field.name: getattr(bare, field.name) for field in fields(Pitch)}
    other |= {"as_of": date(2025, 1, 1), "regions": ("US",)}
    for name, value in other.items():
        assert replace(FULL, **{name: value}).hash != FULL.hash, name
    assert FULL.budget is not None
    same = Budget(Decimal("18000000.00"), Decimal("2.4E7"), "USD")
    assert replace(FULL, budget=same).hash == FULL.hash
    material = (replace(FULL.material[0], text="other"), FULL.material[1])
    assert replace(FULL, material=material).hash != FULL.hash


def test_material_is_carried_and_stands_in_no_description_log_or_filing() -> None:
    assert FULL.words == f"{FULL.logline}\n{FULL.synopsis}"
    assert "TRAIN" not in repr(FULL)
    assert "INT." not in json.dumps(FULL.plain())
    assert FULL.material[0].text.startswith("INT.")


def test_every_wrong_field_is_told_with_its_line_and_a_way_out(tmp_path: Path) -> None:
    text = TOML.replace("release = 2026-13-01\n", 'release = "2026-13-01"\n')
    found = examine_pitch(_file(tmp_path, text))
    assert found.pitch is None
    assert [(flaw.line, flaw.field) for flaw in found.flaws] == [
        (7, "kind"),
        (8, "season"),
        (9, "genres"),
        (10, "language"),
        (11, "countries 2"),
        (12, "runtime_minutes"),
        (13, "budgt"),
        (14, "currency"),
        (15, "release"),
        (16, "worldwide"),
        (22, "talent 2 role"),
        (24, "talent 2 rol"),
        (28, "material 1 record"),
    ]
    said = {flaw.field: str(flaw) for flaw in found.flaws}
    assert said["kind"].startswith("pitch.toml, line 7: kind = 'movie' is refused: it is none of 'film'")
    assert "'budget' may be meant" in said["budgt"]
    assert "ISO 3166 writes it 'GB'" in said["countries 2"]
    assert "there is no such day" in said["release"]
    assert "'role' may be meant" in said["talent 2 rol"]
    assert "nothing is refused: it is missing" in said["talent 2 role"]
    assert not any("SECRET" in told for told in said.values())
    assert all(flaw.way_out.endswith(".") and flaw.reason[-1] != "." for flaw in found.flaws)
    with pytest.raises(AdmitError) as raised:
        read_pitch(tmp_path / "pitch.toml")
    assert str(raised.value).count("is refused") == 13


@pytest.mark.parametrize(
    ("written", "field", "reason"),
    [
        ("budget = 5", "budget", "no currency"),
        ('currency = "USD"', "currency", "no budget"),
        ('lowest_budget = 5\ncurrency = "USD"', "lowest_budget", "two ends"),
        ('lowest_budget = 5\nhighest_budget = 4\ncurrency = "USD"', "lowest_budget", "above highest_budget = 4"),
        ('budget = 5\nlowest_budget = 4\nhighest_budget = 5\ncurrency = "USD"', "budget", "a band is given"),
        ('budget = 5.001\ncurrency = "USD"', "budget", "part of a coin"),
        ('budget = 0\ncurrency = "USD"', "budget", "above 0"),
        ('budget = nan\ncurrency = "USD"', "budget", "it is no amount"),
        ('budget = true\ncurrency = "USD"', "budget", "it is no amount"),
        ("as_of = 2026-03-03", "as_of", "future"),
        ("as_of = 2026-03-01T00:00:00", "as_of", "moment"),
        ("release = 2026-03-02", "release", "not after 2026-03-02"),
        ("earliest_release = 2027-03-02", "earliest_release", "two ends"),
        ("earliest_release = 2027-03-02\nlatest_release = 2027-03-01", "earliest_release", "after latest_release"),
        ("release = 2027-03-02\nlatest_release = 2027-03-03", "release", "a window is given"),
        ('worldwide = true\nregions = ["US"]', "regions", "worldwide"),
        ('kind = "limited series"\nseason = 2', "season", "one season"),
        ('kind = "film"\nseason = 2', "season", "its place in a franchise"),
        ('language = "xx"', "language", "no language as ISO 639-1"),
        ('title = "B"', "title", "no such field; 'name' stands there already"),
        ('KIND = "film"', "KIND", "'kind' may be meant"),
        ('logline = "a\\nb"', "logline", "cannot be printed"),
        ('logline = " "', "logline", "empty"),
        ('logline = " \u200d "', "logline", "empty"),
        ('logline = "turned \u202e round"', "logline", "cannot be printed"),
        ('countries = ["EU"]', "countries 1", "no country"),
        ("genres = 'drama'", "genres", "no list"),
        ("talent = ['Ada']", "talent 1", "no table"),
        ('material = [{kind = "script", record = "r"}]', "material 1", "neither"),
        ('material = [{kind = "script", record = "r", file = "../s"}]', "material 1 file", "leads away"),
    ],
)
def test_what_a_pitch_may_not_say(tmp_path: Path, written: str, field: str, reason: str) -> None:
    [flaw, *others] = examine_pitch(_file(tmp_path, f'name = "A"\n{written}\n')).flaws
    assert (flaw.field, others) == (field, [])
    assert flaw.line == 2 + [line.split()[0] for line in written.splitlines()].index(field.split()[0])
    assert reason in flaw.reason


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.txt", "", "no .toml or .json"),
        ("p.toml", "name = ", "not valid TOML"),
        ("p.json", "[]", "no object"),
        ("p.json", '{"name": "A", "name": "B"}', "named twice"),
        ("p.json", '{"season": NaN}', "no number"),
        ("p.json", "[" * 100_000, "not valid JSON"),
    ],
)
def test_a_file_that_is_no_pitch(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(AdmitError, match=said):
        examine_pitch(_file(tmp_path, text, name))


def test_what_clashes_is_told_beside_what_is_wrong_by_itself(tmp_path: Path) -> None:
    text = """kind = "tv show"
as_of = 2026-04-01
release = 2020-01-01
earliest_release = 2027-01-01
latest_release = 2026-12-30
lowest_budget = 30
highest_budget = 20
worldwide = true
regions = ["US", "UK"]
genres = ["", "drama", "drama"]
"""
    found = examine_pitch(_file(tmp_path, text)).flaws
    assert {(flaw.field, flaw.reason.partition(",")[0]) for flaw in found} == {
        ("name", "it is missing"),
        ("kind", "it is none of 'film'"),
        ("as_of", "it lies in the future"),
        ("release", "a window is given beside it"),
        ("earliest_release", "it is after latest_release = 2026-12-30"),
        ("lowest_budget", "it is above highest_budget = 20"),
        ("lowest_budget", "no currency is named for it"),
        ("regions", "worldwide = true holds already"),
        ("regions 2", "'UK' is no place: ISO 3166 writes it 'GB'"),
        ("genres 1", "it is empty"),
        ("genres", "it names one thing twice"),
    }


def test_lines_in_json(tmp_path: Path) -> None:
    text = '{\n "name": "A: {[,",\n "talent": [\n  {"name": "B", "role": "x"},\n  {"name": "C",\n   "role": 3}],'
    text += '\n "season": 0}'
    found = examine_pitch(_file(tmp_path, text, "p.json"))
    assert [(flaw.line, flaw.field) for flaw in found.flaws] == [(6, "talent 2 role"), (7, "season")]
    assert line_in_json('{"a": []}', ("b",)) == 1
    assert line_in_toml("[[a]]\n", ("b",)) == 1


def test_what_spells_persian_emoji_and_french_is_text(tmp_path: Path) -> None:
    said = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f680 Pourquoi\u00a0?"
    found = examine_pitch(_file(tmp_path, f'name = "{said}"\nlogline = "{said}"\nsynopsis = "{said}"\n'))
    assert not found.flaws
    assert read_pitch(_file(tmp_path, f'name = "A"\nlogline = "{said}"\n')).logline == said


def test_half_a_surrogate_pair_is_no_text(tmp_path: Path) -> None:
    [flaw] = examine_pitch(_file(tmp_path, '{"name": "A", "genres": ["\\ud800"]}', "p.json")).flaws
    assert "cannot be printed" in flaw.reason or "surrogate" in flaw.reason


def test_a_forms_values_are_read_as_a_files() -> None:
    assert pitch_from({"name": "A", "release": "2027-01-01"}).pitch is not None
    [flaw] = pitch_from({"name": ""}).flaws
    assert str(flaw).startswith("the form, line 1: name = '' is refused: it is empty.")


def test_material_needs_no_reading_to_be_carried(tmp_path: Path) -> None:
    pitch = read_pitch(
        _file(tmp_path, 'name = "A"\n[[material]]\nkind = "script"\nrecord = "r"\nfile = "absent.txt"\n')
    )
    assert pitch.material == (Material("script", "r", file="absent.txt"),)
