import json
from dataclasses import replace
from pathlib import Path

import pytest

from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import plain_values, read_recipe, recipe_from, write_recipe
from openslate.errors import OpenslateError, ProjectError, UsageError


def test_a_recipe_comes_back_from_its_file(tmp_path: Path) -> None:
    recipe = replace(Recipe(), sequential=replace(Recipe().sequential, l2=33.0, past=12))
    write_recipe(tmp_path / "recipe.json", recipe)
    assert read_recipe(tmp_path / "recipe.json") == recipe


def test_what_is_not_named_stays_as_it_is_in_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "some.json").write_text('{"taste": {"l2": 50}}')
    assert read_recipe(tmp_path / "some.json") == replace(Recipe(), taste=replace(Recipe().taste, l2=50.0))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"taste": {"l3": 50}}', "'taste.l3', which no recipe has"),
        ('{"savour": 1}', "'savour', which no recipe has"),
        ('{"taste": {"l2": "much"}}', "sets taste.l2 to 'much'"),
        ('{"taste": 5}', "sets taste to 5"),
        ('{"sequential": {"past": 1.5}}', "sets sequential.past to 1.5"),
        ('{"sequential": {"l2": -1}}', "sets sequential.l2 to -1, outside 0 to 1,000,000,000,000"),
        ('{"sequential": {"l2": Infinity}}', "sets sequential.l2 to inf, outside"),
        ('{"sequential": {"l2": NaN}}', "sets sequential.l2 to nan, outside"),
        ('{"sequential": {"l2": 1%s}}' % ("0" * 400), "sets sequential.l2 to a number beyond all bounds, outside"),
        ('{"sequential": {"past": 0}}', "sets sequential.past to 0, outside 1 to 10,000"),
        ('{"sequential": {"past": 1000000000000}}', "beyond all bounds"),
        ('{"recent": {"fold_in": {"half_life": 0}}}', "sets recent.fold_in.half_life to 0, outside"),
        ('{"recent": {"training": {"engagement_share": 1.5}}}', "to 1.5, outside 0 to 1"),
        ('{"similar": {"neighbours": 0}}', "sets similar.neighbours to 0, outside 1 to"),
        ('{"ranker": {"folds": 1}}', "sets ranker.folds to 1, outside 2 to 100"),
        ('{"taste": {"l2": 1}, "taste": {"l2": 2}}', "an object names 'taste' twice"),
        ('{"\\ud800": 1}', "sets the whole to .{80}[.]{3}: Invalid JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ("[1]", "holds no JSON object"),
        ("{", "is no JSON"),
    ],
)
def test_what_is_no_recipe_is_refused_in_two_sentences(text: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=what) as refused:
        read_recipe(path)
    assert str(path) in refused.value.what
    assert refused.value.way_out.endswith(".")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for attempt in (lambda: read_recipe(tmp_path / "none"), lambda: write_recipe(tmp_path / "no" / "r", Recipe())):
        with pytest.raises(ProjectError) as refused:
            attempt()
        assert isinstance(refused.value, OpenslateError)


def test_plain_values_are_those_that_json_gives_back() -> None:
    plain = plain_values(Recipe())
    assert plain == json.loads(json.dumps(plain))
    assert recipe_from(plain) == Recipe()


def test_every_default_survives_the_journey() -> None:
    plain = json.loads(json.dumps({"blend": {"l2": 0.002}}))
    assert recipe_from(plain).blend.l2 == 0.002
    assert recipe_from({}) == Recipe()
