"""The form of a pitch: what it writes is what `read_pitch` reads, and what it refuses it refuses in the same words."""

import re
import tempfile
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.apps.greenlight.form_examples import Examples, form_examples
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.pitch_fields import WrittenMaterial, WrittenPitch, WrittenTalent
from openslate.apps.greenlight.pitch_file import pitch_from, read_pitch
from openslate.apps.greenlight.pitch_form import pitch_form, write_form
from openslate.apps.greenlight.pitch_rules import pitch_rules
from openslate.apps.greenlight.pitch_writing import pitch_json, write_pitch
from openslate.errors import ProjectError
from openslate.project import Project
from tests.apps.greenlight.browsers import in_chromium, in_node
from tests.apps.greenlight.pitches import AS_OF, FULL, pitches
from tests.apps.greenlight.studio import studio_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = "2026-03-02"
HOSTILE = (
    'A "quoted" name',
    "</script><script>alert(1)</script>",
    "\\u0041 \\n \\",
    "'''",
    '"""',
    '"""\n[[talent]]\nname = "x"\n"""',
    "ночной поезд 夜行列車 قطار الليل 🚂",
    "a = 1 # no comment\n\n  [table]\r\ntab\tend",
    "{{ 7 * 7 }} ${7} <!-- ]]>",
    "e\u0301\u00e9",
)
EXAMPLES = Examples(3, 2, 1, ("Drama", '<b>"Noir"</b>'), ("ko",), ("KR",), ("A & B",), ("16+",), ("Night Train",))


@pytest.fixture(autouse=True)
def at_noon():
    with clock.frozen(NOW):
        yield


def read_back(text: str, suffix: str) -> Pitch:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"pitch.{suffix}"
        path.write_bytes(text.encode())
        return read_pitch(path)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(pitch=pitches())
def test_a_pitch_that_was_opened_is_saved_as_it_was(pitch: Pitch) -> None:
    body = """const {values, flaws} = readPitch(given.text, rules);
        return [flaws, checkPitch(values, rules, given.today), asToml(values, rules), asJson(values, rules)];"""
    misread, wrong, toml, json = in_node(body, {"text": pitch_json(pitch), "today": TODAY})
    assert not misread and not wrong
    assert read_back(toml, "toml").hash == pitch.hash == read_back(json, "json").hash
    assert json == pitch_json(pitch)
    with tempfile.TemporaryDirectory() as folder:
        write_pitch(pitch, Path(folder) / "pitch.toml")
        assert toml.encode() == (Path(folder) / "pitch.toml").read_bytes()


# Letters of this year's Unicode are letters to a newer browser alone.
ANY = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=40) | st.sampled_from(HOSTILE)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(name=ANY, logline=ANY, synopsis=ANY, genres=st.lists(ANY, max_size=3))
def test_whatever_somebody_writes_is_refused_or_read_as_it_was_written(
    name: str, logline: str, synopsis: str, genres: list[str]
) -> None:
    values = {"name": name.strip(), "logline": logline.strip(), "synopsis": synopsis.strip(), "genres": genres}
    body = "return [checkPitch(given, rules, '2026-03-02'), asToml(given, rules), asJson(given, rules)];"
    wrong, toml, json = in_node(body, values)
    found = pitch_from({key: value for key, value in values.items() if value})
    assert bool(wrong) == (found.pitch is None), (wrong, found.flaws)
    if found.pitch is not None:
        assert read_back(toml, "toml") == found.pitch == read_back(json, "json")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    values = {"name": "N", "synopsis": text, "material": [{"kind": "script", "record": "r", "text": text}]}
    body = "return [checkPitch(given, rules, '2026-03-02'), asToml(given, rules), asJson(given, rules)];"
    wrong, toml, json = in_node(body, values)
    assert not wrong
    for pitch in (read_back(toml, "toml"), read_back(json, "json")):
        assert (pitch.name, pitch.synopsis, pitch.material[0].text, pitch.talent) == ("N", text, text, ())


WRONG: list[dict[str, Any]] = [
    {},
    {"name": "n" * 301},
    {"name": "a\u202eb"},
    {"name": "N", "logline": "two\nlines"},
    {"name": "N", "synopsis": "s" * 20_001},
    {"name": "N", "id": "no id"},
    {"name": "N", "kind": "movie"},
    {"name": "N", "season": 0},
    {"name": "N", "season": 201},
    {"name": "N", "season": 2, "kind": "limited series"},
    {"name": "N", "genres": ["drama", "x" * 301]},
    {"name": "N", "genres": ["drama", "drama"]},
    {"name": "N", "genres": [f"g{number}" for number in range(101)]},
    {"name": "N", "season": 2, "kind": "film"},
    {"name": "N", "language": "EN"},
    {"name": "N", "language": "xx"},
    # Everything at once, and nothing that only follows from what is refused.
    {"name": "N", "budget": "-5", "currency": "dollars", "episodes": 900, "kind": "series", "as_of": "2026-04-01"},
    {"name": "N", "lowest_budget": "30", "highest_budget": "20", "genres": ["x" * 301, "a", "a"], "currency": "XXX"},
    {
        "earliest_release": "2027-03-01",
        "latest_release": "2025-02-01",
        "release": "soon",
        "worldwide": True,
        "regions": ["usa"],
    },
    {
        "name": "N",
        "talent": [{"name": "Ada"}, {"name": "Bo", "role": "r"}, {"name": "Bo", "role": "r"}],
        "season": 3,
        "kind": "film",
    },
    {"name": "N", "material": [{"kind": "novel", "record": "r 1"}], "release": "2026-01-01", "as_of": "2027-01-01"},
    {"name": "N", "countries": ["US", "UK"]},
    {"name": "N", "countries": ["QQ"]},
    {"name": "N", "countries": ["EU"]},
    {"name": "N", "regions": ["usa"], "worldwide": True},
    {"name": "N", "regions": ["US"], "worldwide": True},
    {"name": "N", "runtime_minutes": 6001},
    {"name": "N", "episodes": 0, "kind": "season"},
    {"name": "N", "episodes": 501, "kind": "season"},
    {"name": "N", "episodes": 8, "kind": "film"},
    {"name": "N", "episodes": 8},
    {"name": "N", "budget": "0", "currency": "USD"},
    {"name": "N", "budget": "1000000000000000", "currency": "USD"},
    {"name": "N", "budget": "1.005", "currency": "USD"},
    {"name": "N", "budget": "1.5", "currency": "JPY"},
    {"name": "N", "budget": "5"},
    {"name": "N", "budget": "5", "lowest_budget": "3", "currency": "USD"},
    {"name": "N", "lowest_budget": "3", "currency": "USD"},
    {"name": "N", "lowest_budget": "30", "highest_budget": "4", "currency": "USD"},
    {"name": "N", "lowest_budget": "3.75", "highest_budget": "3.5", "currency": "USD"},
    {"name": "N", "currency": "USD"},
    {"name": "N", "currency": "XXX"},
    {"name": "N", "release": "2026-13-01"},
    {"name": "N", "release": "2027-02-29"},
    {"name": "N", "release": "next year"},
    {"name": "N", "release": "2026-03-02"},
    {"name": "N", "release": "2027-01-01", "latest_release": "2027-02-01"},
    {"name": "N", "earliest_release": "2027-01-01"},
    {"name": "N", "earliest_release": "2027-03-01", "latest_release": "2027-02-01"},
    {"name": "N", "as_of": "2026-03-03"},
    {"name": "N", "as_of": "2026-01-03", "release": "2026-01-02"},
    {"name": "N", "maturity": "m" * 41},
    {"name": "N", "talent": [{"name": "Ada"}]},
    {"name": "N", "talent": [{"name": "Ada", "role": "cast"}, {"name": "Ada", "role": "cast"}]},
    {"name": "N", "material": [{"kind": "script", "record": "r 1", "text": "t"}]},
    {"name": "N", "material": [{"kind": "novel", "record": "r1", "text": "t"}]},
    {"name": "N", "material": [{"kind": "script", "record": "r1"}]},
    {"name": "N", "material": [{"kind": "script", "record": "r1", "text": "t", "file": "f"}]},
    {"name": "N", "material": [{"kind": "script", "record": "r1", "file": "../f"}]},
]


def test_what_is_wrong_is_told_in_the_words_of_the_reader() -> None:
    def as_text(values: dict[str, Any]) -> dict[str, Any]:
        return {key: str(value) if type(value) is int else value for key, value in values.items()}

    body = f"return given.map((one) => checkPitch(one, rules, '{TODAY}'));"
    for values, told in zip(WRONG, in_node(body, [as_text(one) for one in WRONG]), strict=True):
        found = pitch_from(values).flaws
        assert found, values
        wanted = {(one.field, one.reason, one.way_out) for one in found}
        assert {(one["field"], one["reason"], one["wayOut"]) for one in told} == wanted, values


def test_a_file_that_is_no_pitch_is_told_and_what_is_right_in_it_stays() -> None:
    text = """{"name": "N", "budgt": 1, "genres": "drama", "season": "2", "worldwide": 1, "countries": ["US", 3],
        "talent": [{"name": "A", "role": "r", "age": 4}, 7], "budget": 1.80e7, "synopsis": 5, "__proto__": {"a": 1}}"""
    found = in_node("return readPitch(given, rules);", text)
    assert found["values"] == {
        "name": "N",
        "countries": ["US"],
        "budget": "18000000",
        "talent": [{"name": "A", "role": "r"}, {}],
    }
    assert {(one["field"], one["reason"]) for one in found["flaws"]} == {
        ("budgt", "a pitch has no such field"),
        ("__proto__", "a pitch has no such field"),
        ("genres", "it is no list"),
        ("season", "it is no whole number"),
        ("worldwide", "it is neither true nor false"),
        ("countries 2", "it is no text"),
        ("talent 1 age", "a pitch has no such field"),
        ("talent 2", "it is no table of fields"),
        ("synopsis", "it is no text"),
    }
    for text in ("[]", "3", "null"):
        assert in_node("return readPitch(given, rules);", text)["flaws"]
    exact = in_node("return readPitch(given, rules).values.budget;", '{"budget": 123456789012345.67}')
    assert exact == "123456789012345.67"


def test_every_field_of_a_pitch_is_on_the_page_with_a_label() -> None:
    rules = pitch_rules()["fields"]
    assert set(rules) == set(WrittenPitch.model_fields)
    assert set(rules["talent"]["fields"]) == set(WrittenTalent.model_fields)
    assert set(rules["material"]["fields"]) == set(WrittenMaterial.model_fields)
    page = pitch_form()
    for name, rule in rules.items():
        if rule["kind"] == "rows":
            assert f'data-adds="{name}"' in page
            assert all(f'data-part="{part}"' in page for part in rule["fields"])
        else:
            assert re.search(rf'<(input|select|textarea)[^>]* name="{name}"', page)
            assert f'<label for="{name}">' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for names in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
        assert set(names.split()) <= set(ids)


def test_the_page_loads_nothing_and_escapes_every_word() -> None:
    page = pitch_form(EXAMPLES, "svc </title><script>", FULL)
    HTMLParser().feed(page)
    assert page == pitch_form(EXAMPLES, "svc </title><script>", FULL)
    assert page.lower().count("<script") == 2
    assert "<b>" not in page and "&lt;b&gt;" in page
    assert not re.search(r"(src|href|action)=", page)
    assert "://" not in page
    assert "script-src 'sha256-" in page and "default-src 'none'" in page


def test_the_projects_own_words_are_offered(tmp_path_factory: pytest.TempPathFactory, project: Project) -> None:
    folder, _ = studio_of(tmp_path_factory)
    found = form_examples(Project.open(folder))
    assert found.titles == 400 == found.films + found.seasons
    assert found.genres and found.languages and found.series
    page = pitch_form(found, "studio")
    for one in (*found.genres, *found.languages):
        assert f"<bdi>{one}</bdi>" in page
    assert form_examples(project) == Examples()
    assert "The project holds" not in pitch_form(form_examples(project))


def test_the_page_is_its_owners_alone_or_says_why_not(tmp_path: Path) -> None:
    write_form("text", tmp_path / "pitch.html")
    assert (tmp_path / "pitch.html").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ProjectError, match="cannot be written"):
        write_form("text", tmp_path / "absent" / "pitch.html")


FILL = """
// The browser's clock runs ahead of reads of files: what is written and what is opened is there at once.
const Written = Blob;
window.Blob = class extends Written {
  constructor(parts, options) { super(parts, options); this.parts = parts; }
  text() { return Promise.resolve(this.parts.join("")); }
};
const files = [];
URL.createObjectURL = (blob) => { files.push(blob); return "#"; };
HTMLAnchorElement.prototype.click = function () { files.push(this.download); };
const put = (id, text) => {
  const control = document.getElementById(id);
  control.value = text;
  control.dispatchEvent(new Event("input", {bubbles: true}));
  control.dispatchEvent(new Event("change", {bubbles: true}));
};
const told = () => document.getElementById("said").textContent;
const press = (id) => document.getElementById(id).click();
"""


def test_in_a_browser_it_is_filled_in_and_saved(tmp_path: Path) -> None:
    body = f"""{FILL}
    press("save-toml");
    const empty = [told(), document.activeElement.id, document.getElementById("name-flaw").textContent];
    put("name", {HOSTILE[0]!r}); put("logline", "{HOSTILE[6]}"); put("kind", "season"); put("season", "2");
    put("synopsis", "One.\\n\\"\\"\\"\\nTwo: \\\\ <\\/script>"); put("budget", "18,000,000"); put("currency", "usd");
    document.querySelector('[data-suggests="genres"]').click(); press("worldwide"); put("countries", "gb no");
    put("release", "2097-09-01"); put("companies", "A, Inc.\\n\\n B ");
    press("add-talent"); put("talent-1-name", "Ada"); put("talent-1-role", "director");
    press("add-talent"); press("add-material");
    put("season", "0");
    const beside = [document.getElementById("season-flaw").textContent,
      document.getElementById("season").getAttribute("aria-invalid")];
    put("season", "2");
    press("save-toml"); press("save-json");
    const [toml, first, json, second] = files;
    return {{empty, beside, toml: await toml.text(), json: await json.text(), names: [first, second], told: told(),
      missing: document.getElementById("missing").textContent}};
    """
    with clock.frozen(datetime.now(UTC)):
        found = in_chromium(pitch_form(EXAMPLES), body, tmp_path)
        toml, json = read_back(found["toml"], "toml"), read_back(found["json"], "json")
    assert toml == json
    assert (toml.name, toml.logline, toml.season, toml.worldwide) == (HOSTILE[0], HOSTILE[6], 2, True)
    assert toml.synopsis == 'One.\n"""\nTwo: \\ </script>'
    assert (toml.genres, toml.companies, toml.countries) == (("Drama",), ("A, Inc.", "B"), ("GB", "NO"))
    assert toml.budget is not None and toml.budget.lowest == 18_000_000 and toml.budget.currency == "USD"
    assert toml.release is not None and toml.release.latest == date(2097, 9, 1)
    assert [one.name for one in toml.talent] == ["Ada"] and not toml.material
    assert found["names"] == ["a-quoted-name.toml", "a-quoted-name.json"]
    assert found["empty"][0].startswith("One field is to be mended first.name: it is missing. Write what it is to be")
    assert found["empty"][1:] == ["said", "It is missing. " + found["empty"][0].split("missing. ")[1]]
    assert found["beside"] == ["It is below 1. Write a whole number from 1 to 200, or leave it out.", "true"]
    assert "a maturity" in found["missing"] or "maturity" in found["missing"]
    assert "greenlight forecast a-quoted-name.json" in found["told"]


def test_in_a_browser_a_pitch_is_opened_and_saved_again(tmp_path: Path) -> None:
    body = f"""{FILL}
    const give = async (text) => {{
      const chosen = new DataTransfer();
      chosen.items.add(new File([text], "p.json"));
      File.prototype.arrayBuffer = () => Promise.resolve(new TextEncoder().encode(text).buffer);
      const control = document.getElementById("opens");
      document.getElementById("said").textContent = "";
      control.files = chosen.files;
      control.dispatchEvent(new Event("change"));
      for (let turn = 0; turn < 100 && !(told() && !control.files.length); turn += 1) {{
        await new Promise((done) => setTimeout(done, 50));
      }}
      return told();
    }};
    press("save-json");
    const before = await files[0].text();
    const bad = [await give("no json"), await give('{{"name": "N", "budgt": 1}}')];
    bad.push(document.getElementById("name").value);
    const good = await give({pitch_json(FULL)!r});
    press("save-json");
    return {{before, bad, good, after: await files[2].text()}};
    """
    found = in_chromium(pitch_form(EXAMPLES, pitch=FULL), body, tmp_path)
    assert found["before"] == found["after"] == pitch_json(FULL)
    assert found["bad"][0].startswith("p.json is not valid JSON.")
    assert "budgt: a pitch has no such field" in found["bad"][1] and found["bad"][2] == "N"
    assert found["good"] == "p.json is in the form."
    assert FULL.as_of == AS_OF
