"""The model card tells what was measured, and says so where nothing was; people appear in it as counts alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from openslate.apps.personalize import card as card_module
from openslate.apps.personalize.card import LIMITS, NOT_MEASURED, model_card
from openslate.apps.personalize.card_page import write_card
from openslate.apps.personalize.drift import drift
from openslate.apps.personalize.evaluate import evaluate
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.train import ROLE, train
from openslate.errors import ProjectError, RegistryError
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.promotion import serving
from tests.simulated import LIGHT


def test_a_card_of_a_model_that_was_only_trained(service: Project, tmp_path: Path) -> None:
    model = serving(service, ROLE)
    assert model is not None
    card = model_card(service, model.id[:10])
    assert card.model["id"] == model.id
    assert card.model["serves"]
    assert card.data["members"] == model.manifest["members"]
    assert card.data["members_left_out"] > 0
    assert card.validation["intervals"]["ahead"]["low"] > 0
    assert card.evaluations == {}
    assert card.drift is None
    assert {part["alone"] for part in card.components.values()} == {None}
    write_card(card, tmp_path / "card.html")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert page.count(NOT_MEASURED) >= 4
    assert LIMITS[0] in page
    assert "doi:10.1145/3287560.3287596" in page
    assert "m0000" not in page
    assert "m0000" not in json.dumps(card.to_dict())


def test_evaluations_and_drift_of_the_model_stand_on_its_card(service: Project, tmp_path: Path) -> None:
    measured = evaluate(service, protocols=("global-time",), recipe=LIGHT)
    evaluate(service, protocols=("leave-last-out",), recipe=replace(LIGHT, recent=replace(LIGHT.recent, l2=999.0)))
    found = drift(service)
    card = model_card(service, found.model)
    assert list(card.evaluations) == ["global-time"]
    figures = card.evaluations["global-time"]
    assert figures["run"] == measured.run
    blend = measured.evaluations[0].row("blend").metrics["ndcg@10"]
    assert figures["rows"]["blend"] == vars(blend)
    # Validation on an earlier cut may keep other parts than the model's; those it did not keep were not measured.
    alone = {name for name, part in card.components.items() if part["alone"]}
    assert alone == set(card.components) & set(figures["rows"]) and alone
    assert card.drift is not None
    assert card.drift["verdict"] == found.verdict
    write_card(card, tmp_path / "card.html")
    assert found.verdict in (tmp_path / "card.html").read_text(encoding="utf-8")


def test_the_card_says_what_to_do_to_get_the_model_again(fresh: Project) -> None:
    recipe = replace(LIGHT, recent=replace(LIGHT.recent, l2=999.0))
    made = train(fresh, recipe=recipe).artifact
    card = model_card(fresh, made.id)
    left_out = set(Recipe().parts) - set(LIGHT.parts) | {"ranker"}
    assert card.recipe["not_default"] == {"recent.l2": 999.0, **dict.fromkeys(left_out)}
    assert "--recipe recipe.json" in card.reproduce[3]
    assert "--as-of 2024-04-09T" in card.reproduce[3]
    assert artifacts.find(fresh, made.id).manifest["recipe"] == card.recipe["given"]


def test_a_card_says_whose_histories_the_model_holds(
    service: Project, whole_service: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {"neighbours", "next_neighbours"} == card_module.REMEMBERING
    pages = {}
    for name, project in {"light": service, "whole": whole_service}.items():
        model = serving(project, ROLE)
        assert model is not None
        if name == "whole":
            # Which parts stay is validation's affair; here it is what the card says of one that remembers.
            remembering = max(model.manifest["components"])
            monkeypatch.setattr(card_module, "REMEMBERING", {remembering})
        card = model_card(project, model.id)
        write_card(card, tmp_path / f"{name}.html")
        pages[name] = (card, (tmp_path / f"{name}.html").read_text(encoding="utf-8"))
    light, told = pages["light"]
    assert light.data["holds_histories_in"] == []
    assert "no member&#39;s history" in told
    assert f"A blend of {', '.join(light.components)} over" in told
    assert "between left out" in told
    whole, told = pages["whole"]
    assert whole.data["holds_histories_in"] == [remembering]
    assert "no member&#39;s history" not in told
    assert "members&#39; histories without their ids in" in told


def test_what_is_not_there_is_refused(service: Project, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no model"):
        model_card(service, "zzz")
    model = serving(service, ROLE)
    assert model is not None
    with pytest.raises(ProjectError, match="cannot be written"):
        write_card(model_card(service, model.id), tmp_path / "nowhere" / "card.html")
