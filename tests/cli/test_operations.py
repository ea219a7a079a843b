"""The commands of a model's months: search, train with what was found, drift, card."""

import json
from pathlib import Path

from tests.cli.conftest import Openslate


def test_from_a_search_to_a_card(openslate: Openslate, svc: Path, light: Path, tmp_path: Path) -> None:
    here, best = ("--project", svc), tmp_path / "best.json"
    found = openslate(*here, "personalize", "search", "--budget", 2, "--recipe", light, "--output", best)
    assert found.code == 0, found.err
    assert "had no part in choosing" in found.out
    assert f"personalize train --recipe {best}" in found.out
    assert "Setting 1 of 2" in found.err

    trained = openslate(*here, "personalize", "train", "--recipe", best, "--json").document
    assert trained["validation"]["intervals"]["ahead"]["low"] > 0
    assert trained["why"]
    models = openslate(*here, "models")
    assert "serves" in models.out
    assert " to 0." in models.out

    drift = openslate(*here, "personalize", "drift", "--report", tmp_path / "drift.html")
    assert drift.code == 0
    assert "rest on too little" in drift.out
    assert openslate(*here, "personalize", "drift", "--json").document["severity"] == "unknown"

    card = openslate(*here, "models", "card", trained["model"][:10], "--output", tmp_path / "card.html", "--json")
    assert card.document["model"]["id"] == trained["model"]
    assert "Openslate model card" in (tmp_path / "card.html").read_text(encoding="utf-8")
    assert openslate(*here, "models", "card", trained["model"][:10]).code == 0


def test_a_recipe_that_is_none_is_refused_in_two_sentences(openslate: Openslate, svc: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({"sequential": {"l3": 1}}))
    for verb in ("train", "evaluate", "search"):
        refused = openslate("--project", svc, "personalize", verb, "--recipe", wrong, "--json")
        assert refused.code == 2
        assert "'sequential.l3', which no recipe has" in refused.document["error"]
        assert refused.document["way_out"]


def test_two_budgets_are_one_too_many(openslate: Openslate, svc: Path) -> None:
    refused = openslate("--project", svc, "personalize", "search", "--budget", 3, "--minutes", 1)
    assert refused.code == 2
    assert "Give one of the two." in refused.err
