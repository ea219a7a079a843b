"""`openslate personalize`: train, evaluate, and show a member a page."""

from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.output import AsJson, console, print_json, progress_bar, say, waiting

if TYPE_CHECKING:
    from openslate.apps.personalize.recipe import Recipe

app = typer.Typer(
    help="Learn what members want to watch, and show them a page of it.",
    epilog="Example: openslate --project svc personalize train",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Seed = Annotated[int, typer.Option(help="Where randomness starts.")]
AsOf = Annotated[datetime | None, typer.Option(help="Use no event later than this moment (UTC).")]
RecipeFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Settings as JSON, such as a search writes; the defaults without.")
]
Member = Annotated[str, typer.Argument(help="The member's id.")]
Country = Annotated[
    str | None, typer.Option(help="Where the visit comes from, such as FR, if the member's country may not be used.")
]


@app.command(epilog="Example: openslate --project svc personalize train")
def train(
    context: typer.Context,
    as_of: AsOf = None,
    recipe: RecipeFile = None,
    workers: Annotated[int, typer.Option(help="Processes to count in; 1 works in this one.")] = 1,
    force: Annotated[
        bool, typer.Option("--force", help="Let it serve even if worse or stale; needs --reason.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why it is forced.")] = "",
    keep_inverses: Annotated[
        bool,
        typer.Option(
            "--keep-inverses",
            help="Keep what a member can be forgotten from at once; takes up to 16 bytes for each pair of titles.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Train on every event that may be used. The model serves if it is good enough."""
    from openslate.apps.personalize.train import train as train_model
    from openslate.errors import UsageError
    from openslate.project import Project

    if force and not reason.strip():
        raise UsageError("A forced promotion has no reason.", "Say why with --reason '...'.")
    project = Project.open(context.obj)
    with progress_bar() as progress:
        trained = train_model(
            project,
            as_of=_utc(as_of),
            recipe=_recipe(recipe),
            workers=workers,
            forced_because=reason if force else None,
            keep_inverses=keep_inverses,
            progress=progress,
        )
    validation = trained.artifact.manifest["validation"]
    if as_json:
        print_json(
            {
                "model": trained.artifact.id,
                "run": trained.run,
                "serves": trained.serves,
                "objection": trained.objection,
                "why": trained.judgement.why,
                "validation": validation,
                "bytes_kept": trained.bytes_kept,
            }
        )
        return
    view = console()
    decision = trained.decision
    view.print(
        f"Trained on {decision.rows_allowed:,} events of {decision.members_allowed:,} members; "
        f"{decision.members_denied:,} members were left out for want of a basis."
    )
    sure = validation["intervals"]["score"]
    view.print(
        f"Model {trained.artifact.id[:12]}: {validation['metric']} {validation['score']:.4f} on validation "
        f"({sure['low']:.4f} to {sure['high']:.4f}, {sure['n_members']:,} members), "
        f"popularity {validation['baseline']:.4f}."
    )
    say(trained.outcome)
    if keep_inverses:
        say(
            f"Kept {trained.bytes_kept / 1e9:,.3f} GB beside it, from which a member is forgotten at once."
            if trained.bytes_kept
            else "Nothing is kept beside it, as it does not serve."
        )


@app.command(epilog="Example: openslate --project svc personalize evaluate --protocol global-time")
def evaluate(
    context: typer.Context,
    protocol: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="global-time, leave-last-out or strong-generalisation; all three when left out."
        ),
    ] = None,
    as_of: AsOf = None,
    recipe: RecipeFile = None,
    seed: Seed = 1,
    report: Annotated[Path | None, typer.Option(help="Where to write the HTML report.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the models against baselines. Writes a report, with confidence intervals, by three protocols."""
    from openslate.apps.personalize.evaluate import evaluate as evaluate_models
    from openslate.cli.views import show_evaluation
    from openslate.project import Project

    project = Project.open(context.obj)
    with progress_bar() as progress:
        found = evaluate_models(
            project,
            protocols=tuple(protocol) if protocol else None,
            as_of=_utc(as_of),
            recipe=_recipe(recipe),
            seed=seed,
            report=report,
            progress=progress,
        )
    if as_json:
        evaluations = [evaluation.to_dict() for evaluation in found.evaluations]
        print_json(
            {
                "run": found.run,
                "report": str(found.report),
                "evaluations": evaluations,
                "worths": [worth.to_dict() for worth in found.worths],
                "left_out": dict(found.left_out),
            }
        )
        return
    view = console()
    for evaluation in found.evaluations:
        show_evaluation(view, evaluation)
    for name, reason in found.left_out.items():
        say("")
        say(f"The protocol {name} is left out: {reason}")
    say("")
    say(f"The report is {found.report}: open it in a browser.")


@app.command(epilog="Example: openslate --project svc personalize search --minutes 20 --output best.json")
def search(
    context: typer.Context,
    budget: Annotated[int | None, typer.Option(help="How many settings to try; 30 when nothing is given.")] = None,
    minutes: Annotated[float | None, typer.Option(help="How long to search, instead of --budget.")] = None,
    protocol: Annotated[
        str, typer.Option(metavar="NAME", help="global-time, leave-last-out or strong-generalisation.")
    ] = "global-time",
    recipe: RecipeFile = None,
    as_of: AsOf = None,
    seed: Seed = 1,
    output: Annotated[Path | None, typer.Option(help="Where to write the best recipe, as JSON.")] = None,
    report: Annotated[Path | None, typer.Option(help="Where to write the HTML page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look for better settings within a budget. Goes on where it was stopped."""
    from openslate.apps.personalize.search import search as search_settings
    from openslate.cli.views import show_trials
    from openslate.project import Project

    with progress_bar() as progress:
        found = search_settings(
            Project.open(context.obj),
            budget=budget,
            minutes=minutes,
            protocol=protocol,
            recipe=_recipe(recipe),
            as_of=_utc(as_of),
            seed=seed,
            output=output,
            report=report,
            progress=progress,
        )
    if as_json:
        print_json(found.to_dict())
        return
    show_trials(console(), found.metric, found.trials)
    say("")
    say(found.verdict)
    say(f"The page is {found.report}: open it in a browser.")
    say(f"To train with it: {_here(context)} personalize train --recipe {quote(str(found.recipe_file))}")


@app.command(epilog="Example: openslate --project svc personalize drift --report drift.html")
def drift(
    context: typer.Context,
    report: Annotated[Path | None, typer.Option(help="Where to write the HTML report.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what has changed since training, and what to do. Small data raises no alarm by chance."""
    from openslate.apps.personalize.drift import drift as measure_drift
    from openslate.cli.views import show_drift
    from openslate.project import Project

    with progress_bar() as progress:
        found = measure_drift(Project.open(context.obj), report, progress)
    if as_json:
        print_json(found.to_dict())
        return
    show_drift(console(), found.findings)
    say("")
    say(found.verdict)
    for sentence in found.to_do:
        say(sentence, indent=2)
    say(f"The report is {found.report}: open it in a browser.")


@app.command(epilog="Example: openslate --project svc personalize home 42 --html page.html")
def home(
    context: typer.Context,
    member: Member,
    country: Country = None,
    html: Annotated[Path | None, typer.Option(help="Write the page as HTML to this file, too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Build a member's home page. One who has not agreed, or is unknown, gets an unpersonalised one."""
    from openslate.apps.personalize.home import home as build_home
    from openslate.apps.personalize.home import write_html
    from openslate.apps.personalize.pages import page_id
    from openslate.drawing.page_terminal import home_view
    from openslate.project import Project

    with waiting("Building the page"):
        page = build_home(Project.open(context.obj), member, country=country)
    if html is not None:
        write_html(page, html)
    if as_json:
        print_json({"id": page_id(page), **page.to_dict()})
        return
    console().print(home_view(page.to_dict()))
    say(f"Page {page_id(page)[:12]}; {_here(context)} lineage {page_id(page)[:12]} leads back to its data.")
    if html is not None:
        say(f"The page is {html}: open it in a browser.")


@app.command(epilog="Example: openslate --project svc personalize recommend 42 --count 20")
def recommend(
    context: typer.Context,
    member: Member,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many titles.")] = 10,
    country: Country = None,
    as_json: AsJson = False,
) -> None:
    """List what a member would most like to watch next. Each title comes with its reason."""
    from dataclasses import asdict

    from openslate.apps.personalize.recommend import recommend as recommend_titles
    from openslate.cli.views import show_recommendations
    from openslate.project import Project

    with waiting("Choosing titles"):
        found = recommend_titles(Project.open(context.obj), member, count, country)
    if as_json:
        print_json(asdict(found))
    else:
        show_recommendations(console(), found)


@app.command(epilog="Example: openslate --project svc personalize batch lists --count 100")
def batch(
    context: typer.Context,
    output: Annotated[Path, typer.Argument(help="The folder to fill: new, or left by a batch that was stopped.")],
    count: Annotated[int, typer.Option(min=1, max=1000, help="Titles in each member's list.")] = 100,
    pages: Annotated[bool, typer.Option("--pages", help="Write whole home pages in place of lists.")] = False,
    members_per_part: Annotated[int, typer.Option(min=1, help="Members in one file.")] = 10_000,
    as_json: AsJson = False,
) -> None:
    """Write every permitted member's list or page as Parquet. Stopped, it goes on when it is run again."""
    from openslate.apps.personalize.batch import OTHERS
    from openslate.apps.personalize.batch import batch as write_batch
    from openslate.project import Project

    with progress_bar() as progress:
        done = write_batch(Project.open(context.obj), output, count, pages, members_per_part, progress)
    if as_json:
        print_json(
            {
                "id": done.id,
                "folder": str(done.folder),
                "model": done.model,
                "made": done.made,
                "members": done.members,
                "rows": done.rows,
                "parts": list(done.parts),
                "others": OTHERS,
                "run": done.run,
                "members_left_out": done.decision.members_denied,
            }
        )
        return
    say(f"{done.members:,} members, {done.rows:,} rows in {len(done.parts):,} files: {done.folder}.")
    say(f"{done.decision.members_denied:,} members have no basis; they and newcomers get what {OTHERS} holds.")
    say(f"Batch {done.id[:12]}; {_here(context)} lineage {done.id[:12]} leads back to its data.")


def _here(context: typer.Context) -> str:
    """How a further command on the same project begins."""
    return "openslate" if context.obj == Path() else f"openslate --project {quote(str(context.obj))}"


def _recipe(path: Path | None) -> "Recipe":
    """The recipe of a file, or the default one."""
    from openslate.apps.personalize.recipe import Recipe
    from openslate.apps.personalize.recipe_file import read_recipe

    return Recipe() if path is None else read_recipe(path)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
