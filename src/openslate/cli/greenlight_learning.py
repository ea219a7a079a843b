"""`openslate greenlight train`, `evaluate` and `causal`: learning from what became of titles, and how well."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

Measure = Annotated[str, typer.Option(help="What is forecast, such as views or revenue; chosen when left out.")]
Region = Annotated[str, typer.Option(help="Where: a country such as FR; '*' for everywhere.")]
Months = Annotated[int | None, typer.Option(min=1, max=120, help="Months of a block; chosen when left out.")]
Source = Annotated[str, typer.Option(help="Titles of this source alone are forecast and tested.")]
Everywhere = Annotated[
    bool | None,
    typer.Option("--everywhere/--any-reach", help="Titles available everywhere at once alone, or all of them."),
]
Plays = Annotated[int, typer.Option(min=0, max=730, help="Count own plays in so many days after release.")]
Ages = Annotated[
    str, typer.Option("--age-band", metavar="BAND", help="Count own plays of members of this age band alone.")
]
Published = Annotated[
    bool, typer.Option("--as-published", help="Outcomes count as known when published, not when their window closed.")
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of which anything is used.")]
Seed = Annotated[int, typer.Option(help="Where randomness starts.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of greenlight."""
    app.command(epilog="Example: openslate --project svc greenlight train")(train)
    app.command(epilog="Example: openslate --project svc greenlight evaluate --report backtest.html")(evaluate)
    app.command(epilog="Example: openslate --project svc greenlight causal 'release in 11,12'")(causal)
    app.command(epilog="Example: openslate --project svc greenlight card --output card.html")(card)
    app.command(epilog="Example: openslate greenlight demo demo-studio")(demo)


def train(
    context: typer.Context,
    measure: Measure = "",
    region: Region = "*",
    as_of: Day = None,
    months: Months = None,
    source: Source = "",
    everywhere: Everywhere = None,
    plays: Plays = 0,
    age_band: Ages = "",
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Train a forecaster. It learns from outcomes published by a day, and is tested on the latest titles."""
    from openslate.apps.greenlight.asked import Asked
    from openslate.apps.greenlight.evaluate import knowing
    from openslate.apps.greenlight.texts_words import texts_told
    from openslate.apps.greenlight.train import train as train_model
    from openslate.project import Project

    asked = Asked(measure, region, months, (), day_of(as_of), source, everywhere, plays, False, seed, age_band)
    with progress_bar() as progress:
        found = train_model(Project.open(context.obj), asked, progress=progress)
    manifest = found.artifact.manifest
    if as_json:
        print_json(
            {
                "model": found.artifact.id,
                "run": found.run,
                "measure": manifest["measure"],
                "as_of": manifest["as_of"],
                "learned": found.learned,
                "calibrated": found.calibrated,
                "texts": manifest["texts"],
                "removed": list(found.removed),
                "validation": manifest["validation"],
                "members": manifest["counted"],
                "why_no_audience": found.counted.why_no_audience or None,
            }
        )
        return
    short, window = found.artifact.id[:12], manifest["window"]
    say(f"Model {short} forecasts {manifest['unit']}, {window}, of {manifest['population']}.")
    say(f"It learned from {found.learned:,} titles; its intervals are calibrated on {found.calibrated:,}.")
    for what, members in manifest["counted"].items():
        say(f"It counted {members:,} members who allow it, for its {what}.")
    if found.counted.why_no_audience:
        say(f"It has no audience map. {found.counted.why_no_audience}")
    for sentence in texts_told(found):
        say(sentence)
    if found.tested is None:
        say("There are too few blocks of time to test it: read its forecasts as untested.")
        return
    card = found.tested.card
    say(
        f"Tested on {card.titles} titles released from {found.tested.day} to before {found.tested.until}, from"
        f" {knowing(manifest['validation']['as_published'])}: R2 {card.r_squared:.2f} on the logarithm, the 80%"
        f" interval held {card.coverages[1].share:.0%}, WIS skill {card.wis_skill:.2f} over the marginal."
    )
    for sentence in (found.tested.alarm, found.tested.drift):
        if sentence:
            say(sentence)


def evaluate(
    context: typer.Context,
    measure: Measure = "",
    region: Region = "*",
    until: Day = None,
    months: Months = None,
    origin: Annotated[
        list[datetime] | None,
        typer.Option(formats=["%Y-%m-%d"], help="Forecast as of this first day of a block; may be repeated."),
    ] = None,
    source: Source = "",
    everywhere: Everywhere = None,
    plays: Plays = 0,
    age_band: Ages = "",
    as_published: Published = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as an HTML page.")] = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Backtest the forecaster. At each of several days it learns anew and is tested on what came out later."""
    from openslate.apps.greenlight.asked import Asked
    from openslate.apps.greenlight.backtest_plain import backtest_plain
    from openslate.apps.greenlight.backtest_report import backtest_document
    from openslate.apps.greenlight.backtest_text import backtest_text
    from openslate.apps.greenlight.memo import write_memo
    from openslate.apps.greenlight.shared_shock import evaluate_and_keep
    from openslate.project import Project

    origins = tuple(sorted({_day(one) for one in origin or ()}))
    asked = Asked(
        measure, region, months, origins, day_of(until), source, everywhere, plays, as_published, seed, age_band
    )
    with progress_bar() as progress:
        found = evaluate_and_keep(Project.open(context.obj), asked, progress=progress)
    if report is not None:
        write_memo(backtest_document(found), report)
    if as_json:
        print_json(backtest_plain(found))
        return
    typer.echo(backtest_text(found))
    if report is not None:
        say(f"The report is in {report}.")


def causal(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Such as 'release in 11,12', 'worldwide' or 'budget over 50000000'.")],
    measure: Measure = "",
    region: Region = "*",
    until: Day = None,
    months: Months = None,
    source: Source = "",
    drop: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A confounder to leave out; may be given several times.")
    ] = None,
    picture: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the picture as SVG.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask what a choice changes. Under stated assumptions; everything else in greenlight is association."""
    from openslate.apps.greenlight.asked import Asked, read_asked
    from openslate.apps.greenlight.causal_types import Confounders
    from openslate.apps.greenlight.confounding import confounders_of
    from openslate.cli.causal_command import causal as answer
    from openslate.project import Project

    asked = Asked(measure, region, months, (), day_of(until), source, False)
    known, _ = read_asked(Project.open(context.obj), asked, asked.until)
    found: Confounders = confounders_of(known, asked.months)
    answer(question, known.labels, found, drop=tuple(drop or ()), picture=picture, as_json=as_json)


def card(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="Id of the forecaster, or how it begins; without, the latest.")] = "",
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write the HTML page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a forecaster's card. What it is for, from what, how good, and which texts were left out."""
    from openslate.apps.greenlight.forecast_card import card_plain, card_verdict
    from openslate.apps.greenlight.forecast_card_page import card_document
    from openslate.apps.greenlight.gathering_card import card_of_model
    from openslate.apps.greenlight.memo import write_memo
    from openslate.project import Project

    project = Project.open(context.obj)
    with progress_bar() as progress:
        found = card_of_model(project, model, progress=progress)
    path = output or project.folder / "reports" / f"card-{found.model[:12]}.html"
    write_memo(card_document(found), path)
    if as_json:
        print_json({**card_plain(found), "page": str(path)})
        return
    if found.data:
        say(found.data)
    say(card_verdict(found))
    say(f"The card is {path}: open it in a browser.")


def demo(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path("demo-studio"),
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """See greenlight on an invented studio. A backtest, a memo, gaps and a slate, as pages."""
    from openslate.apps.greenlight.demonstration.tour import run_tour

    with progress_bar() as progress:
        page = run_tour(folder, seed, progress)
    if as_json:
        print_json({"project": str(folder), "page": str(page)})
        return
    say(f"Everything it made is on {page}: open it in a browser.")


def day_of(moment: datetime | None) -> date | None:
    """The day of an option, or None."""
    return None if moment is None else _day(moment)


def _day(moment: datetime) -> date:
    return moment.replace(tzinfo=UTC).date()
