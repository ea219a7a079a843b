"""`openslate greenlight slate`: which pitches to choose under a budget, and what would change it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say, waiting

if TYPE_CHECKING:
    from openslate.apps.greenlight.slate_advice import SlateAdvice
    from openslate.models.slate_choice import Slate


def add_to(app: typer.Typer) -> None:
    """Put this command among those of greenlight."""
    app.command(epilog="Example: openslate --project svc greenlight slate autumn.toml --out autumn.html")(slate)


def slate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="SLATE.toml", help="Names filed forecasts, costs and constraints.")],
    budget: Annotated[int | None, typer.Option("--budget", min=0, help="In the place of the file's.")] = None,
    runners_up: Annotated[int, typer.Option("--runners-up", min=0, max=20, help="Other slates to look for.")] = 3,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0, help="For asking what would change it; 0 for as long as it takes.")
    ] = 30.0,
    together: Annotated[
        float | None,
        typer.Option(metavar="0..1", help="How far outcomes move together; as the file or a backtest says without it."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write a page that prints to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Choose among filed pitches under a budget. It is advice; nothing is marked as chosen."""
    from decimal import Decimal

    from openslate.apps.greenlight.memo import write_memo
    from openslate.apps.greenlight.slate_advice import advise_slate
    from openslate.apps.greenlight.slate_page import slate_page
    from openslate.clock import stopwatch
    from openslate.project import Project

    began = stopwatch()
    project = Project.open(context.obj)
    with waiting("Looking at slates"):
        advice = advise_slate(
            project,
            file,
            None if budget is None else Decimal(budget),
            runners_up,
            lambda: not seconds or stopwatch() - began < seconds,
            together,
        )
    if out is not None:
        write_memo(slate_page(advice), out)
    if as_json:
        print_json(_document(advice))
        return
    _show(advice)
    if out is not None:
        say(f"The page is in {out}.")


def _show(advice: "SlateAdvice") -> None:
    from openslate.apps.greenlight import slate_words
    from openslate.apps.greenlight.memo_words import interval_in_words
    from openslate.apps.greenlight.slate_moved import risk_in_words
    from openslate.drawing.spreads import figure

    best = advice.choice.best
    say(slate_words.verdict(advice))
    for warning in advice.warnings:
        say(warning)
    if best.chosen:
        say(slate_words.total(advice, best))
    if best.chosen and (told := slate_words.shared(advice)):
        say(told)
    if told := risk_in_words(advice.risks, advice.target.unit):
        say(told)
    for one in best.chosen:
        candidate = advice.candidates[one]
        cost = slate_words.money(advice, float(candidate.cost))
        spread = interval_in_words(candidate.forecast, 80)
        abstained = ", abstained" if candidate.abstains else ""
        say(f"{candidate.name}: {cost}{abstained}, 80% {spread}, mean {figure(candidate.forecast.mean)}", indent=2)
    if served := slate_words.breadth(advice):
        say(f"Groups served: {', '.join(f'{group} {times:.2f}' for group, times in served)}.")
    if told := slate_words.broad(advice):
        say(told)
    for place, other in enumerate(advice.choice.runners_up, start=2):
        behind = (best.worth - other.worth) / abs(best.worth) if best.worth else 0.0
        say(f"{place}. {slate_words.named(advice, other.chosen)} ({behind:.1%} behind)")
    say("What would change it:")
    for sentence in slate_words.changes(advice):
        say(sentence, indent=2)
    say(slate_words.ADVICE)


def _document(advice: "SlateAdvice") -> dict[str, Any]:
    from openslate.apps.greenlight import slate_words

    changes, names = advice.changes, advice.problem.names
    return {
        "name": advice.slate.name,
        "target": vars(advice.target),
        "budget": advice.problem.budget,
        "currency": advice.slate.currency,
        "together": {
            "value": advice.together.value,
            "source": advice.together.source,
            "backtest": None if advice.together.found is None else vars(advice.together.found),
            "risk": [vars(one) for one in advice.risks],
        },
        "breadth": _breadth(advice),
        "scenarios": len(advice.problem.values),
        "best": _slate(advice, advice.choice.best),
        "bound": advice.choice.bound,
        "runners_up": [_slate(advice, one) for one in advice.choice.runners_up],
        "candidates": [
            {
                "name": one.name,
                "forecast": one.number,
                "cost": str(one.cost),
                "mean": one.forecast.mean,
                "quantiles": list(one.forecast.quantiles),
                "abstains": one.abstains,
                "why_abstained": one.why_abstained,
                "doubts": list(one.doubts),
                "chosen": place in advice.choice.best.chosen,
            }
            for place, one in enumerate(advice.candidates)
        ],
        "groups": dict(slate_words.breadth(advice)),
        "changes": {
            "picks": [
                {
                    "name": names[one.candidate],
                    "adds": one.adds,
                    "over_next": one.over_next,
                    "stays_from": one.stays_from,
                    "instead": None if one.instead is None else [names[other] for other in one.instead],
                }
                for one in changes.picks
            ],
            "left_out": [
                {"name": names[one.candidate], "value": one.value, "cost": one.cost} for one in changes.left_out
            ],
            "budget_from": changes.budget_from,
            "budget_until": changes.budget_until,
            "untold": [names[one] for one in changes.untold],
        },
        "warnings": list(advice.warnings),
        "advice": slate_words.ADVICE,
    }


def _breadth(advice: "SlateAdvice") -> dict[str, Any]:
    from openslate.apps.greenlight.slate_words import FEWEST

    found = advice.breadth
    members = found.members
    served = None if members is None else round(members.served(advice.choice.best.chosen))
    return {
        "of": "members" if members is not None else "variety" if found.variety else None,
        "members": None if members is None else members.of,
        "looked_at": None if members is None else members.counted,
        "members_denied": None if members is None else members.denied,
        "since": None if members is None else members.since,
        "until": None if members is None else members.until,
        # Of fewer than ten nothing more is told.
        "served": None if served is not None and 0 < served < FEWEST else served,
        "variety": list(found.variety),
        "told": found.words,
    }


def _slate(advice: "SlateAdvice", slate: "Slate") -> dict[str, Any]:
    from openslate.apps.greenlight.forecast_types import LEVELS

    return {
        "chosen": [advice.problem.names[one] for one in slate.chosen],
        "cost": slate.cost,
        "worth": slate.worth,
        "mean": slate.expected,
        "worst_mean": slate.worst,
        "breadth": slate.breadth,
        "quantiles": {f"{level:g}": slate.quantile(level) for level in LEVELS},
    }
