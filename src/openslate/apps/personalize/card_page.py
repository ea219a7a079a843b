"""The model card as a page for people who did not train the model."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openslate import clock
from openslate.apps.personalize import card_rights_page as of_rights
from openslate.apps.personalize.card import FOR, LIMITS, NOT_FOR, NOT_MEASURED, REFERENCE, Card
from openslate.drawing.charts import Estimate, Kind, forest
from openslate.drawing.sheet import (
    Block,
    Cell,
    Counts,
    Facts,
    Figure,
    Points,
    Prose,
    Section,
    Sheet,
    Table,
    sheet_document,
)
from openslate.errors import ProjectError
from openslate.evaluation.wording import figure, label
from openslate.storage.pages import write_page


def write_card(card: Card, path: Path) -> None:
    """Write the card as HTML.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, sheet_document(card_sheet(card)))
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def card_sheet(card: Card) -> Sheet:
    """The card as words, numbers and drawings, in the order of Mitchell et al."""
    return Sheet(
        overline="Openslate model card",
        heading=f"{card.model['service']}: {card.model['kind']} {card.model['id'][:12]}",
        made=f"Written {clock.now():%d %B %Y, %H:%M %Z}",
        verdict=_verdict(card),
        findings=(),
        sections=[
            Section("What it is", _details(card)),
            Section("What it is for, and what not", _uses()),
            Section("What it learned from", _data(card)),
            Section("Whose consent it rests on", of_rights.consent_blocks(card.rights)),
            Section("Where that is on record", of_rights.ledger_blocks(card.rights)),
            Section("What it has forgotten", of_rights.forgetting_blocks(card.rights)),
            Section("How good it is", _figures(card)),
            Section("What it is made of", _parts(card)),
            Section("Since it was trained", _drift(card)),
            Section("Where it ends", [Points(LIMITS), Prose(_factors())]),
            Section("How to get it again", _reproduce(card)),
        ],
    )


def _verdict(card: Card) -> str:
    validation = card.validation
    serves = "It serves now." if card.model["serves"] else "It does not serve now."
    sure = validation.get("intervals", {})
    score, ahead = _sure(sure.get("score"), validation["score"]), _sure(sure.get("ahead"), _lead(validation))
    return f"{_metric(validation)} {score} on validation, {ahead} ahead of popularity. {serves}"


def _details(card: Card) -> list[Block]:
    model = card.model
    described = model["machine"] or {}
    seconds, memory = model["seconds"], model["peak_memory_megabytes"]
    spent = NOT_MEASURED if seconds is None else f"{seconds:,.1f} seconds, at most {memory:,.0f} MB"
    return [
        Prose(
            f"A blend of {', '.join(card.components) or 'no part'} over what members watched; docs/models.md says what "
            "each of them believes. Its few weights were fitted by conditional logit on validation."
        ),
        Facts(
            (
                ("Id", model["id"]),
                ("Number", f"{model['version']} of the {model['kind']} models in this project"),
                ("Made", _or_not(model["made"] or of_rights.made_by_forgetting(model))),
                ("By run", _or_not(model["made_by_run"])),
                ("Code", _or_not(model["code"])),
                ("Libraries", ", ".join(f"{name} {version}" for name, version in described.items()) or NOT_MEASURED),
                ("Cost", spent),
                ("Promoted", "; ".join(_promotion(one) for one in model["promotions"]) or "never"),
                ("Licence", "The program is under Apache-2.0; the weights are the service's, on the bases below."),
            )
        ),
    ]


def _uses() -> list[Block]:
    return [Prose("It is for:"), Points(FOR), Prose("It is not for:"), Points(NOT_FOR)]


def _data(card: Card) -> list[Block]:
    data = card.data
    return [
        Counts(
            (
                ("members it learned from", _count(data["members"])),
                ("events", _count(data["events"])),
                ("members left out", _count(data["members_left_out"])),
                ("events left out with them", _count(data["events_left_out"])),
            )
        ),
        Prose(
            f"{_held(data['holds_histories_in'])} No id is a feature. A member who withdraws is left out of the next "
            "training; until then their events are a part of what it learned."
        ),
        Facts(
            (
                ("Last event", data["learned_up_to"]),
                ("Snapshot", _or_not(data["snapshot"])),
                ("Data", _or_not(data["hash"])),
            )
        ),
    ]


def _held(remembering: list[str]) -> str:
    """What of members' viewing lies in the model's files."""
    if not remembering:
        return "It holds counts of who watched what with what, and no member's history."
    return (
        "It holds counts of who watched what with what, and members' histories without their ids in "
        f"{' and '.join(remembering)}: keep its files as you keep data about people."
    )


def _figures(card: Card) -> list[Block]:
    validation = card.validation
    sure = validation.get("intervals", {})
    found: list[Block] = [
        Table(
            caption="Validation at training: members asked for what they watched in the latest tenth of the events",
            headings=("figure", "mean", "95% interval", "members"),
            rows=[
                _row(f"{_metric(validation)} of the model", validation["score"], sure.get("score")),
                _row(f"{_metric(validation)} of popularity, 7 days", validation["baseline"], sure.get("baseline")),
                _row("difference, paired", _lead(validation), sure.get("ahead")),
            ],
            numbers=(1, 2, 3),
        )
    ]
    if not card.evaluations:
        return [*found, Prose(f"Evaluation on later events, by protocol: {NOT_MEASURED} for this data and recipe.")]
    for split, figures in card.evaluations.items():
        found.append(
            Figure(
                f"Evaluation by {split}, run {figures['run']}: the recipe fitted on a part of the same files and asked "
                f"for the rest; the best baseline is {figures['best_baseline']}.",
                forest(
                    [
                        Estimate(name, one["mean"], one["low"], one["high"], _kind(name, figures))
                        for name, one in sorted(figures["rows"].items(), key=lambda row: -row[1]["mean"])
                    ],
                    title=f"{label(figures['metric'])} by {split}",
                    axis=f"{label(figures['metric'])}, mean over members",
                ),
            )
        )
    return found


def _parts(card: Card) -> list[Block]:
    rows = [
        (name, f"{part['weight']:.3f}", NOT_MEASURED if part["alone"] is None else _sure(part["alone"], 0.0))
        for name, part in card.components.items()
    ]
    changed = {**card.recipe["not_default"], **card.recipe["chosen_on_validation"]}
    chosen = ", ".join(f"{name} {'left out' if value is None else value}" for name, value in changed.items())
    return [
        Table(
            caption="Parts of the blend; weights apply to scores of one scale. What the blend loses without a part: "
            f"{NOT_MEASURED}",
            headings=("part", "weight", "alone, by the first evaluation above"),
            rows=rows,
            numbers=(1, 2),
        ),
        Facts((("Other than the defaults", chosen or "nothing"),)),
    ]


def _drift(card: Card) -> list[Block]:
    if card.drift is None:
        return [Prose(f"Drift: {NOT_MEASURED}. Measure it with `openslate personalize drift` while the model serves.")]
    grave = [f"{name}: {severity}" for name, severity in card.drift["findings"].items() if severity != "steady"]
    told = Prose(f"{card.drift['verdict']} Measured {card.drift['measured'][:10]}, run {card.drift['run']}.")
    return [told, *([Points(grave)] if grave else [])]


def _factors() -> str:
    return (
        f"Figures by group of members, such as country, age or language: {NOT_MEASURED}. The model uses none of these "
        "but the country, for what is popular there; equal quality for all groups must not be assumed. "
        f"The order of this card follows {REFERENCE}."
    )


def _reproduce(card: Card) -> list[Block]:
    given = card.recipe["given"]
    return [Points(card.reproduce), *([Facts((("recipe.json", json.dumps(given, sort_keys=True)),))] if given else [])]


def _promotion(one: Mapping[str, Any]) -> str:
    return f"{str(one['recorded'])[:10]}{', forced' if one['forced'] else ''}: {one['reason']}"


def _row(name: str, mean: float, sure: Mapping[str, float] | None) -> tuple[str | Cell, ...]:
    if sure is None:
        return name, figure(mean), NOT_MEASURED, NOT_MEASURED
    return name, figure(mean), f"{figure(sure['low'])} to {figure(sure['high'])}", f"{sure['n_members']:,}"


def _kind(name: str, figures: Mapping[str, Any]) -> Kind:
    baselines = {figures["best_baseline"], "popularity, 7 days", "EASE, plain"}
    return "oracle" if name == "oracle" else "baseline" if name in baselines else "model"


def _metric(validation: Mapping[str, Any]) -> str:
    return label(validation.get("metric", "ndcg@10"))


def _lead(validation: Mapping[str, Any]) -> float:
    return float(validation["score"] - validation["baseline"])


def _sure(sure: Mapping[str, float] | None, mean: float) -> str:
    if sure is None:
        return figure(mean)
    return f"{figure(sure['mean'])} ({figure(sure['low'])} to {figure(sure['high'])})"


def _count(value: int | None) -> str:
    return NOT_MEASURED if value is None else f"{value:,}"


def _or_not(value: object) -> str:
    return NOT_MEASURED if value is None else str(value)
