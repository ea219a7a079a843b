"""What the numbers say in plain sentences, written from the numbers alone: also when a baseline wins."""

from collections.abc import Sequence

from openslate.evaluation.results import Evaluation, ModelRow
from openslate.evaluation.wording import figure, interval, label


def champion(evaluation: Evaluation) -> ModelRow:
    """The model with the best headline; the best baseline when there are no models."""
    models = [row for row in evaluation.rows if row.role == "model"]
    return max(
        models or [evaluation.row(evaluation.best_baseline)],
        key=lambda row: row.metrics[evaluation.headline].mean,
    )


def verdict(evaluation: Evaluation) -> str:
    """The one sentence to remember: is the best model better than the best baseline, and how sure is that."""
    best, baseline = champion(evaluation), evaluation.row(evaluation.best_baseline)
    if best is baseline:
        return f"Only baselines were compared; {best.name} is the best of them."
    metric, members = evaluation.headline, f"{evaluation.counts.scored_members:,}"
    ahead = best.ahead[metric]
    ours, theirs = figure(best.metrics[metric].mean), figure(baseline.metrics[metric].mean)
    figures = f"{label(metric)} {ours} against {theirs}"
    if ahead.caution:
        return f"{members} members are too few for a verdict on {best.name} and {baseline.name} ({figures})."
    sure = f"(95% interval of {best.name} minus {baseline.name}: {interval(ahead)}, {members} members)"
    if not ahead.excludes_zero:
        return f"{best.name} and {baseline.name}, the best baseline, cannot be told apart: {figures} {sure}."
    if ahead.mean < 0:
        figures = f"{label(metric)} {theirs} against {ours}"
        return f"{baseline.name}, a baseline, is better than {best.name}, the best of the models: {figures} {sure}."
    return f"{best.name} is better than {baseline.name}, the best baseline: {figures} {sure}."


def losses_elsewhere(name: str, others: Sequence[Evaluation]) -> list[str]:
    """A sentence for each further split on which a model is clearly behind the best baseline there.

    Args:
        name: of the model, such as the one that is to serve; a split that lacks it says nothing.
        others: the evaluations after the headline.
    """
    said = []
    for evaluation in others:
        metric, best = evaluation.headline, evaluation.row(evaluation.best_baseline)
        for row in evaluation.rows:
            if row.name == name and row.ahead and row.ahead[metric].excludes_zero and row.ahead[metric].mean < 0:
                figures = (
                    f"{label(metric)} {figure(row.metrics[metric].mean)} against {figure(best.metrics[metric].mean)}"
                )
                said.append(f"Under {evaluation.split}, {name} is behind {best.name}: {figures}.")
    return said


def findings(evaluation: Evaluation) -> list[str]:
    """Further sentences: the other models, the oracle, popularity, coverage and calibration."""
    return [*_others(evaluation), *_oracle(evaluation), *_by_title(evaluation), *_character(evaluation)]


def _others(evaluation: Evaluation) -> list[str]:
    best = champion(evaluation)
    others = [row for row in evaluation.rows if row.role == "model" and row is not best]
    groups: dict[str, list[str]] = {"ahead of": [], "behind": [], "not to be told apart from": []}
    for row in others:
        ahead = row.ahead[evaluation.headline]
        where = "not to be told apart from" if not ahead.excludes_zero else "ahead of" if ahead.mean > 0 else "behind"
        groups[where].append(row.name)
    return [
        f"{_listed(names)} {'is' if len(names) == 1 else 'are'} {where} {evaluation.best_baseline}."
        for where, names in groups.items()
        if names
    ]


def _oracle(evaluation: Evaluation) -> list[str]:
    best = champion(evaluation)
    reached = best.metrics[evaluation.headline].mean
    return [
        f"The simulator's own truth would score {figure(row.metrics[evaluation.headline].mean)}; {best.name} reaches "
        f"{reached / row.metrics[evaluation.headline].mean:.0%} of it."
        for row in evaluation.rows
        if row.role == "oracle" and row.metrics[evaluation.headline].mean > 0
    ]


def _by_title(evaluation: Evaluation) -> list[str]:
    """Whether the verdict holds when popular titles have no more voice than others."""
    best = champion(evaluation)
    metric = evaluation.headline.replace("ndcg", "title-recall")
    if metric not in best.ahead:
        return []
    ahead = best.ahead[metric]
    if not ahead.excludes_zero:
        said = "the two cannot be told apart"
    else:
        said = f"{best.name} is {'ahead' if ahead.mean > 0 else 'behind'}"
    return [f"Counting every title once instead of every member, {said} (difference {interval(ahead)})."]


def _character(evaluation: Evaluation) -> list[str]:
    best, baseline = champion(evaluation), evaluation.row(evaluation.best_baseline)
    k = evaluation.headline.partition("@")[2]
    shift = best.metrics[f"popularity-shift@{k}"].mean
    points = f"{abs(shift) * 100:.0f} percentile points {'more' if shift > 0 else 'less'} popular"
    said = [f"The lists of {best.name} are {points} than what the members watch."]
    if best is not baseline:
        ours, theirs = (row.lists[f"coverage@{k}"] for row in (best, baseline))
        said.append(f"They show {ours:.0%} of the catalogue to somebody; those of {baseline.name} show {theirs:.0%}.")
    gap = best.ahead.get(f"miscalibration@{k}")
    if gap:
        where = "as close" if not gap.excludes_zero else "closer" if gap.mean < 0 else "less close"
        than = "as" if where == "as close" else "than"
        said.append(f"Their genres are {where} to the members' tastes {than} those of {baseline.name}.")
    return said


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
