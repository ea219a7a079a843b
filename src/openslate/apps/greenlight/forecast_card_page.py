"""The model card of a forecaster as a page for people who did not train it."""

import math
from collections.abc import Sequence

from openslate.apps.greenlight.backtest_details import left_out_blocks
from openslate.apps.greenlight.backtest_figures import ABSENT, FIGURES, share, shown, told, width
from openslate.apps.greenlight.backtest_tables import covered
from openslate.apps.greenlight.backtest_words import FEWEST_TO_JUDGE
from openslate.apps.greenlight.forecast_card import (
    FOR,
    NOT_FOR,
    REFERENCE,
    RULES,
    SELECTION,
    card_verdict,
    fairness_told,
    texts_of,
    worse_groups,
)
from openslate.apps.greenlight.forecast_card_types import ForecastCard, GroupError, TextUse
from openslate.apps.greenlight.gap_words import gap_blocks
from openslate.apps.greenlight.memo_words import about
from openslate.drawing.page_words import day_in_words, moment_in_words
from openslate.drawing.sheet import Block, Cell, Facts, Points, Prose, Section, Sheet, Table, sheet_document

KNOWN = {"pitch": "at the pitch", "closed": "from outcomes closed by then"}
NONE = "not on record"
NOT_TESTED = "It was never tested with facts left out."


def card_document(card: ForecastCard) -> str:
    """The card as one HTML document that loads nothing and runs no script.

    Args:
        card: what is known of the forecaster.
    """
    return sheet_document(
        Sheet(
            overline="Openslate model card",
            heading=f"{card.service}: forecaster {card.model[:12]}",
            made=f"Made {moment_in_words(card.made)}" if card.made else f"When it was made is {NONE}",
            verdict=card_verdict(card),
            findings=[SELECTION],
            sections=[
                Section("What it is", [Facts(_details(card))]),
                Section(
                    "What it is for, and what not",
                    [Prose("It is meant for:"), Points(FOR), Prose("It must not be used for:"), Points(NOT_FOR)],
                ),
                Section("What it learned from", _learned(card)),
                Section("What it knows of a title, and when", _families(card)),
                Section("Whose texts it learned from", _texts(card)),
                Section("How good it is", _tested(card)),
                Section("What of a pitch that says less?", _gaps(card)),
                Section("For whom it errs more", _groups(card)),
                Section("How it is to be used", [Points(RULES)]),
                Section("How to get it again", [Facts(_provenance(card)), Prose(f"After {REFERENCE}.")]),
            ],
            alarms=card.alarms,
        )
    )


def _details(card: ForecastCard) -> list[tuple[str, str]]:
    blend = ", ".join(f"{name} {share(part)}" for name, part in card.shares.items())
    return [
        ("Forecasts", about(card.target)),
        ("Of", card.population),
        (
            "Gives",
            "seven quantiles, their mean and 50, 80 and 90% intervals; abstains where too little follows from a pitch",
        ),
        ("Blend", blend or NONE),
        ("Id", card.model),
        ("Latest of its target", "yes" if card.serves else "no"),
    ]


def _learned(card: ForecastCard) -> list[Block]:
    facts = (
        ("Titles", f"{card.titles:,}"),
        ("Released", f"{day_in_words(card.first)} to {day_in_words(card.last)}"),
        ("Outcomes known until", day_in_words(card.known_until)),
        ("Calibrated on", f"the latest {card.calibrated:,} of them"),
        ("Members counted", _members(card)),
    )
    return [Facts(facts), *left_out_blocks(card.left_out)]


def _members(card: ForecastCard) -> str:
    """How many members' plays were counted; whoever of them is forgotten makes it be trained again."""
    return ", ".join(f"{members:,} for its {what}" for what, members in card.members.items()) or "none"


def _families(card: ForecastCard) -> list[Block]:
    rows: list[tuple[str | Cell, ...]] = [
        (one.name, f"{one.features:,}", KNOWN[one.known], one.what or ABSENT) for one in card.families
    ]
    blocks: list[Block] = [
        Table("Families of features, and when each is known", ("Family", "features", "known", "what"), rows, (1,))
    ]
    if card.refused:
        refused: Sequence[tuple[str | Cell, ...]] = list(card.refused.items())
        blocks.append(Table("Refused by the leakage guard", ("Feature", "why"), refused))
    return blocks


def _texts(card: ForecastCard) -> list[Block]:
    texts = texts_of(card)
    rows: list[tuple[str | Cell, ...]] = [
        (one.kind, f"{one.used:,}", f"{sum(one.left_out.values()):,}", _reasons(one)) for one in texts
    ]
    said = (
        "Texts pass the rights gate before anything is learned from them. Scripts, treatments and outlines are left "
        "out unless their permission is on record; none is learned from because it happens to be there."
    )
    headings = ("Text", "learned from", "left out", "for want of permission")
    return [Prose(said), Table("Texts that it learned from, and that were left out", headings, rows, (1, 2))]


def _tested(card: ForecastCard) -> list[Block]:
    if not card.tested:
        return [Prose("It was never tested. Run `openslate greenlight evaluate` before anybody relies on it.")]
    keys = ("r_squared", "rmsle", "auc_top", "wis_skill", "total_bias")
    simple = list(dict.fromkeys(name for one in card.tested for name in one.baselines))
    figures: list[tuple[str | Cell, ...]] = []
    held: list[tuple[str | Cell, ...]] = []
    over: list[tuple[str | Cell, ...]] = []
    for one in card.tested:
        split, titles = Cell(one.label, f"released before {one.until.isoformat()}"), f"{one.titles:,}"
        figures.append((split, titles, *(told(key, getattr(one, key)) for key in keys)))
        widths = (width(coverage.width) for coverage in one.coverages)
        held.append((split, titles, *(covered(coverage) for coverage in one.coverages), *widths))
        over.append((split, titles, *(share(one.baselines.get(name, math.nan)) for name in simple)))
    nominal = [share(one.nominal) for one in card.tested[-1].coverages]
    holding = ("Origin", "tested", *(f"{one} held" for one in nominal), *(f"{one} width" for one in nominal))
    skill = ("Origin", "tested", *(FIGURES[key].label for key in keys))
    blocks: list[Block] = [
        Table("Coverage of the intervals, with the band that chance explains", holding, held, range(1, len(holding))),
        Table("How good its forecasts were", skill, figures, range(1, len(skill))),
    ]
    if simple:
        names = ("Origin", "tested", *simple)
        blocks.append(Table("Its WIS skill over each simple forecast", names, over, range(1, len(names))))
    knew = [Prose(f"At each origin it knew {card.knowing}.")] if card.knowing else []
    return [*knew, *blocks, *([Prose(card.abstention)] if card.abstention else [])]


def _gaps(card: ForecastCard) -> list[Block]:
    return gap_blocks(card.gaps) if card.tested else [Prose(NOT_TESTED)]


def _groups(card: ForecastCard) -> list[Block]:
    blocks: list[Block] = []
    given = (
        ("language", card.languages),
        ("country", card.countries),
        ("group of new or established talent or series", card.standings),
    )
    for what, groups in given:
        blocks.append(Prose(fairness_told(groups, what)))
        if groups:
            blocks.append(_group_table(what, groups))
    return blocks


def _group_table(what: str, groups: tuple[GroupError, ...]) -> Table:
    worse = worse_groups(groups)
    rows: list[tuple[str | Cell, ...]] = [
        (
            Cell(one.name, "" if one.titles >= FEWEST_TO_JUDGE else f"fewer than {FEWEST_TO_JUDGE}"),
            f"{one.titles:,}",
            shown(one.rmsle),
            f"×{shown(one.off_by)}",
            covered(one.eighty),
            Cell(f"{shown(one.worse_by)} worse", tone="worse") if one in worse else shown(one.worse_by),
            "<0.01" if one.chance < 0.01 else shown(one.chance),
        )
        for one in groups
    ]
    headings = ("Group", "titles", "RMSLE", "forecast over outcome", "80% held", "error less others'", "by chance")
    return Table(f"By {what}: tested titles of all origins", headings, rows, range(1, len(headings)))


def _provenance(card: ForecastCard) -> list[tuple[str, str]]:
    return [
        ("Run", card.run or NONE),
        ("Code", card.code or NONE),
        ("Data snapshot", card.snapshot),
        ("Seed", str(card.seed)),
        ("Versions", ", ".join(f"{name} {version}" for name, version in card.versions.items()) or NONE),
    ]


def _reasons(one: TextUse) -> str:
    return "; ".join(f"{reason}: {count:,}" for reason, count in one.left_out.items() if count) or ABSENT
