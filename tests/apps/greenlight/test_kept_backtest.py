"""A backtest is read where the same was asked before, to the last bit, and worked out anew where anything differs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.greenlight import gathering_card, shared_shock
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.evaluate import Prepared, prepare
from openslate.apps.greenlight.forecast_card import card_plain
from openslate.apps.greenlight.gathering_card import card_of_model
from openslate.apps.greenlight.kept_backtest import question_of
from openslate.apps.greenlight.shared_shock import evaluate_and_keep
from openslate.apps.greenlight.train import train
from openslate.apps.greenlight.typed_json import as_json, from_json
from openslate.project import Project
from openslate.registry import runs
from tests.apps.greenlight.backtests import backtest
from tests.apps.greenlight.studio import UNTIL, copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("kept") / "studio")


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What is truly worked out; everything else was read."""
    found: list[Asked] = []
    for module in (gathering_card, shared_shock):
        truly = module.evaluate_prepared  # type: ignore[attr-defined]

        def counted(prepared: Prepared, asked: Asked, *more: object, truly: object = truly) -> Backtest:
            found.append(asked)
            return truly(prepared, asked, *more)  # type: ignore[operator,no-any-return]

        monkeypatch.setattr(module, "evaluate_prepared", counted)
    return found


def test_a_backtest_comes_back_to_the_last_bit() -> None:
    found = replace(backtest(), deciles=np.array([0.1 + 0.2, np.nan, np.inf]))
    again = from_json(Backtest, as_json(found))
    assert as_json(again) == as_json(found)
    assert again.origins[0] == found.origins[0] and isinstance(again.origins[0].day, date)
    assert again.tested.released.dtype == found.tested.released.dtype and again.tested.abstained.dtype == np.bool_
    assert np.array_equal(again.tested.quantiles, found.tested.quantiles)
    misnamed = as_json(replace(found, seed="0"))  # type: ignore[arg-type]
    for wrong in ("{}", "[1]", misnamed, "nothing"):
        with pytest.raises(ValueError, match=r"This is no Backtest|Expecting value"):
            from_json(Backtest, wrong)


def test_a_card_reads_the_backtest_that_was_made(project: Project, worked_out: list[Asked]) -> None:
    model = train(project, Asked(until=UNTIL), QUICK).artifact.id
    told: list[tuple[str, float]] = []
    first = card_of_model(project, model, lambda step, share: told.append((step, share)))
    assert len(worked_out) == 1
    # Whoever waits sees it move within an origin, too, and never back.
    shares = [share for _, share in told]
    assert shares == sorted(shares) and shares[-1] == 1 and len(told) >= 2 + 4 * (len(first.tested) - 1)
    assert card_plain(card_of_model(project, model)) == card_plain(first) and len(worked_out) == 1
    (kept,) = (project.folder / "reports").glob("backtest-*.json")
    assert [one.kind for one in runs.every(project) if "backtest" in one.record] == ["greenlight card"]
    # A figure that somebody made better is not read, and neither is what is no backtest.
    for spoiled in (kept.read_text().replace('"r_squared": 0.', '"r_squared": 0.9'), "{}"):
        kept.write_text(spoiled)
        before = len(worked_out)
        assert card_plain(card_of_model(project, model)) == card_plain(first) and len(worked_out) == before + 1


def test_what_evaluate_found_is_read_as_well(project: Project, worked_out: list[Asked]) -> None:
    model = train(project, Asked(until=UNTIL, seed=5), QUICK).artifact
    validation = model.manifest["validation"]
    # Everything that was known by that day is all that the project knows.
    asked = Asked(seed=5, as_published=validation["as_published"])
    found = evaluate_and_keep(project, asked, QUICK)
    card = card_of_model(project, model.id)
    assert worked_out == [asked]
    assert card.shares == found.pooled.shares


def test_nothing_of_members_is_kept_and_anything_else_makes_another_question(project: Project, tmp_path: Path) -> None:
    asked = Asked(until=UNTIL)
    prepared = prepare(project, asked)
    first = question_of(prepared, asked, QUICK)
    assert question_of(prepare(project, asked), asked, QUICK) == first
    works = prepared.past.works
    others = [
        (prepared, replace(asked, seed=1), QUICK),
        (prepared, asked, replace(QUICK, line=not QUICK.line)),
        (replace(prepared, origins=prepared.origins[1:]), asked, QUICK),
        (replace(prepared, population=~prepared.population), asked, QUICK),
        (replace(prepared, past=replace(prepared.past, wait=not prepared.past.wait)), asked, QUICK),
        # Texts stand in no name of a work, and are learned from all the same.
        (
            replace(
                prepared, past=replace(prepared.past, works=(replace(works[0], text="A whale returns."), *works[1:]))
            ),
            asked,
            QUICK,
        ),
    ]
    assert len({first, *(question_of(*one) for one in others)}) == 1 + len(others)
    assert question_of(prepared, replace(asked, plays=28), QUICK) == ""
