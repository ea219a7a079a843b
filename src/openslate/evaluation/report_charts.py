"""The report's drawings: an evaluation in, named and captioned SVG out."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from openslate.drawing.charts import Estimate, forest, grouped_bars, popularity_tenths
from openslate.drawing.curves import Series, reliability
from openslate.evaluation import wording
from openslate.evaluation.bootstrap import FEWEST_MEMBERS
from openslate.evaluation.results import Evaluation, ModelRow
from openslate.evaluation.verdicts import champion
from openslate.evaluation.worth import Worth

MOST_GENRES = 12


@dataclass(frozen=True)
class Chart:
    """A drawing with what is to be seen in it."""

    heading: str
    caption: str
    svg: Markup


def best_first(evaluation: Evaluation) -> list[ModelRow]:
    """The oracle apart at the end, the others from best to worst."""
    return sorted(
        evaluation.rows, key=lambda row: (row.role == "oracle", -row.metrics[evaluation.headline].mean, row.name)
    )


def forest_of_models(evaluation: Evaluation) -> Markup:
    """The headline of every model with its interval, the best baseline as a line."""
    metric = evaluation.headline
    drawn = forest(
        [_estimate(row, metric, ahead=False) for row in best_first(evaluation)],
        title=f"{wording.label(metric)} of every model",
        axis=f"{wording.label(metric)}, mean over members",
        reference=evaluation.row(evaluation.best_baseline).metrics[metric].mean,
        reference_label="best baseline",
    )
    return _safe(drawn)


def forest_of_differences(evaluation: Evaluation) -> Markup:
    """How far every model is ahead of the best baseline; empty when nothing is compared with it."""
    rows = [row for row in best_first(evaluation) if row.ahead and row.role != "oracle"]
    if not rows:
        return Markup("")
    metric = wording.label(evaluation.headline)
    drawn = forest(
        [_estimate(row, evaluation.headline, ahead=True) for row in rows],
        title=f"Paired difference in {metric} to {evaluation.best_baseline}",
        axis=f"difference in {metric} to {evaluation.best_baseline}, same members",
        reference=0.0,
        reference_label="no difference",
    )
    return _safe(drawn)


def forest_of_parts(worth: Worth) -> Markup:
    """What each part adds to the blend on validation, the most first."""
    metric = wording.label(worth.metric)
    drawn = forest(
        [
            Estimate(part.name, part.adds.mean, part.adds.low, part.adds.high, "part" if part.kept else "left out")
            for part in sorted(worth.parts, key=lambda part: -part.adds.mean)
        ],
        title=f"What each part adds to {metric} on validation",
        axis=f"{metric} with the part minus {metric} without it, same members",
        reference=0.0,
        reference_label="adds nothing",
    )
    return _safe(drawn)


def _estimate(row: ModelRow, metric: str, *, ahead: bool) -> Estimate:
    found = (row.ahead if ahead else row.metrics)[metric]
    return Estimate(row.name, found.mean, found.low, found.high, row.role)


def charts_of_lists(evaluation: Evaluation) -> list[Chart]:
    """What the lists of the best model are like, beside those of the best baseline."""
    best, baseline = champion(evaluation), evaluation.row(evaluation.best_baseline)
    pair = [best] if best is baseline else [best, baseline]
    charts = [_genres(evaluation, pair)] if evaluation.genre_names else []
    tastes = [line for line in map(_taste_line, pair) if line.points]
    if tastes:
        charts.append(_tastes(tastes))
    return [*charts, _popularity(evaluation)]


def _genres(evaluation: Evaluation, pair: Sequence[ModelRow]) -> Chart:
    shares = evaluation.history_genres
    chosen = sorted(range(len(shares)), key=lambda genre: (-shares[genre], genre))[:MOST_GENRES]
    series = [("watched by these members", shares)] + [(f"shown by {row.name}", row.genres) for row in pair]
    left_out = len(shares) - len(chosen)
    return Chart(
        heading="Genres watched and shown",
        caption="Mean share of each genre in the members' histories and in their lists."
        + (f" The {left_out} least watched genres are left out." if left_out else ""),
        svg=_safe(
            grouped_bars(
                [evaluation.genre_names[genre] for genre in chosen],
                [(name, [given[genre] for genre in chosen]) for name, given in series],
                title="Genre shares of histories and lists",
            )
        ),
    )


def _taste_line(row: ModelRow) -> Series:
    sure = [taste for taste in row.tastes if taste.pairs >= FEWEST_MEMBERS]
    return Series(row.name, [(taste.history, taste.listed) for taste in sure], [taste.pairs for taste in sure])


def _tastes(lines: Sequence[Series]) -> Chart:
    return Chart(
        heading="Member by member",
        caption=(
            "Where a genre makes up so much of a member's history, how much of the list is it? A calibrated list lies "
            f"on the dashed line. Larger marks rest on more members; those on fewer than {FEWEST_MEMBERS} are left out."
        ),
        svg=_safe(
            reliability(
                lines,
                title="Calibration of lists to tastes",
                x_axis="share of a genre in a member's history",
                y_axis="share of it in the member's list",
                ideal="list = history",
            )
        ),
    )


def _popularity(evaluation: Evaluation) -> Chart:
    rows = [("what they went on to watch", evaluation.target_deciles)]
    rows += [(row.name, row.deciles) for row in best_first(evaluation)]
    return Chart(
        heading="Popular and rare titles",
        caption=(
            "The catalogue in ten equal parts by how many training members watched each title. A model whose first "
            "part is wider than that of the held-out titles leans on what everybody watches."
        ),
        svg=_safe(popularity_tenths(rows, title="List places by popularity of the title")),
    )


def _safe(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 (drawing escapes every word it sets)
