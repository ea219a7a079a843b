"""`openslate greenlight decide`, `link` and `filed`: what a named person decided, and what came of it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say
from openslate.cli.scoring_now import in_hindsight, score_now

if TYPE_CHECKING:
    from openslate.apps.greenlight.decision_types import Decision, FiledForecast, Link
    from openslate.apps.greenlight.scoring import Calibration
    from openslate.apps.greenlight.scoring_filed import Scored

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Of the filed forecast, or its first characters.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of greenlight."""
    app.command(
        epilog="Example: openslate --project svc greenlight decide 9c0f --by 'Ines Falk' --role 'head of series' "
        "--decision commission --reason 'Members asked for it.'"
    )(decide)
    app.command(epilog="Example: openslate --project svc greenlight link 9c0f tt42 --by 'Ines Falk'")(link)
    app.command(epilog="Example: openslate --project svc greenlight filed")(filed)


def decide(
    context: typer.Context,
    number: Number,
    who: Annotated[str, typer.Option("--by", metavar="NAME", help="The person who decided.")],
    role: Annotated[str, typer.Option("--role", help="In which they decided.")],
    decision: Annotated[
        str, typer.Option("--decision", metavar="WORD", help="commission, develop further, pass or wait.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="In their own words.")],
    departs: Annotated[
        bool, typer.Option("--departs", help="It departs from what the forecast advises, as they see it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Record what a person decided. A later decision stands beside the earlier one."""
    from typing import cast

    from openslate.apps.greenlight.decision_types import Decision, Verdict
    from openslate.apps.greenlight.decisions import decide as record
    from openslate.apps.greenlight.filed import find_filed
    from openslate.project import Project

    project = Project.open(context.obj)
    # What is no verdict is refused there, with the words that are.
    mine = record(project, number, Decision(who, role, cast("Verdict", decision), reason, departs))
    _, unscored = score_now(project)
    found = find_filed(project, number)
    # Somebody else may have decided meanwhile, and everybody is told what they themselves decided.
    beside = [one for one in found.decisions if (one.at, one.who) != (mine.at, mine.who)]
    if as_json:
        said = {"number": found.number, "name": found.name, "decision": _decision(mine)}
        others = {"beside": [_decision(one) for one in beside]}
        print_json({**said, **others, "foretold": found.foretold, "unscored": unscored})
        return
    say(f"{found.name} ({found.number}): {_in_words(mine)}")
    for one in beside:
        say(f"Beside it stands: {_in_words(one)}")
    if unscored:
        say(f"Whether its outcome was known already could not be looked up: {unscored}")
    if not found.foretold:
        say(f"Beware: {in_hindsight(found)} The decision is recorded; it rests on no forecast.")


def link(
    context: typer.Context,
    number: Number,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The title that the pitch has become, by id or name.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")],
    reason: Annotated[str, typer.Option("--reason", help="Needed where the pitch names another title's id.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say which title a pitch has become. By that title's outcome the forecast is scored."""
    from openslate.apps.greenlight.decisions import link_title
    from openslate.apps.greenlight.filed import find_filed
    from openslate.project import Project

    project = Project.open(context.obj)
    # What has come in is scored first, so that nobody chooses a title by its outcome.
    score_now(project)
    mine = link_title(project, number, title, by, reason)
    found = find_filed(project, number)
    if as_json:
        print_json({"number": found.number, **vars(mine)})
        return
    say(f"{found.name} ({found.number}) {_linked(mine)}")
    if found.links[-1] != mine:
        say(f"Meanwhile a later link was filed, which counts: it {_linked(found.links[-1])}")


def filed(context: typer.Context, as_json: AsJson = False) -> None:
    """List filed forecasts, decisions and scores. What has come in is scored first."""
    from openslate.apps.greenlight.decisions import running_calibration
    from openslate.apps.greenlight.filed import filed_forecasts
    from openslate.apps.greenlight.scoring_filed import score_filed
    from openslate.project import Project

    project = Project.open(context.obj)
    scored = {one.number: one for one in score_filed(project)}
    found = filed_forecasts(project)
    running = running_calibration(found)
    if as_json:
        print_json(
            {
                "filed": [_document(one, scored[one.number]) for one in found],
                "calibration": None if running is None else _calibration(running),
                "after_outcome": sum(not one.foretold for one in found),
            }
        )
        return
    if not found:
        say("No forecast is filed.")
    for one in found:
        if one.foretold:
            _show(one, scored[one.number])
    if running is not None:
        _show_calibration(running)
    hindsight = [one for one in found if not one.foretold]
    if hindsight:
        say("Filed after the outcome was known, and therefore in no calibration:")
    for one in hindsight:
        _show(one, scored[one.number])


def _linked(link: "Link") -> str:
    return f"has become {link.title}, says {link.by}{f': {link.reason}' if link.reason else '.'}"


def _show(one: "FiledForecast", scored: "Scored") -> None:
    from openslate.apps.greenlight.forecast_types import quantiles_of
    from openslate.apps.greenlight.memo_words import interval_in_words
    from openslate.drawing.spreads import figure

    target, distribution = one.forecast["target"], quantiles_of(one.forecast)
    say(f"{one.number}  {one.name}, as of {one.forecast['as_of']}")
    spread = interval_in_words(distribution, 80)
    said = f"80%: {spread} {target['unit']}, {target['window']}; median {figure(distribution.median)}"
    say(f"{said}.{' The model abstained.' if one.forecast['abstains'] else ''}", indent=2)
    for decision in one.decisions:
        say(_in_words(decision), indent=2)
    if not one.decisions:
        say("Nobody has decided.", indent=2)
    for place, link in enumerate(one.links, 1):
        stands = "It" if len(one.links) == 1 else "The link that counts: it"
        say(f"{stands if place == len(one.links) else 'Replaced by a later link: it'} {_linked(link)}", indent=2)
    if not one.foretold:
        say(in_hindsight(one), indent=2)
    if one.outcome is None or one.score is None:
        say(f"Not scored: {scored.waits}", indent=2)
        return
    inside = [percent for percent, held in one.score.inside if held]
    held = f"inside the {min(inside)}% interval" if inside else "outside every interval"
    value = f"{'at most ' if one.outcome.at_most else ''}{figure(one.outcome.value)}"
    worth = f"score {one.score.wis:.2f}, baseline {one.score.baseline_wis:.2f} (less is better)"
    new = ", scored now" if scored.new else ""
    say(f"It came to {value} {target['unit']}, known on {one.outcome.published}: {held}; {worth}{new}.", indent=2)


def _in_words(decision: "Decision") -> str:
    from openslate.drawing.page_words import moment_in_words

    departs = ", departing from the forecast" if decision.departs else ""
    return (
        f"{decision.verdict}, decided by {decision.who} ({decision.role}) on {moment_in_words(decision.at)}{departs}: "
        f"{decision.reason}"
    )


def _show_calibration(running: "Calibration") -> None:
    from openslate.apps.greenlight.memo_words import part

    shares = ", ".join(
        f"{percent}% held {part(share)} (chance: {part(low)} to {part(high)})"
        for (percent, share), (_, low, high) in zip(running.coverage, running.bands, strict=True)
    )
    skill = "" if running.skill is None else f"; skill over the baseline {running.skill:.2f}"
    say(f"Running calibration of {running.scored:,} scored forecasts: {shares}; mean score {running.wis:.2f}{skill}.")


def _document(one: "FiledForecast", scored: "Scored") -> dict[str, Any]:
    from openslate.apps.greenlight.forecast_types import plain

    return {
        "number": one.number,
        "name": one.name,
        "filed": one.filed,
        "pitch": one.pitch,
        "forecast": one.forecast,
        "decisions": [_decision(decision) for decision in one.decisions],
        "links": [plain(link) for link in one.links],
        "title": scored.title,
        "foretold": one.foretold,
        "first_known": one.first_known,
        "outcome": None if one.outcome is None else vars(one.outcome),
        "score": None if one.score is None else {**vars(one.score), "inside": _named(one.score.inside)},
        "scored_now": scored.new,
        "waits": scored.waits,
    }


def _decision(decision: "Decision") -> dict[str, Any]:
    return dict(vars(decision))


def _calibration(running: "Calibration") -> dict[str, Any]:
    bands = {str(percent): [low, high] for percent, low, high in running.bands}
    return {**vars(running), "coverage": _named(running.coverage), "bands": bands}


def _named(pairs: tuple[tuple[int, Any], ...]) -> dict[str, Any]:
    return {str(percent): value for percent, value in pairs}
