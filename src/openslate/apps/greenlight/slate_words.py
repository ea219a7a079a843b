"""A slate's advice in sentences, for the terminal and the page alike."""

from collections.abc import Iterator

from openslate.apps.greenlight.forecast_types import LEVELS
from openslate.apps.greenlight.memo_words import part
from openslate.apps.greenlight.slate_advice import SlateAdvice
from openslate.drawing.spreads import figure
from openslate.models.slate_choice import Slate

ADVICE = "It is advice: nothing is marked as chosen, and a person decides on each pitch by name."

FEWEST = 10


def named(advice: SlateAdvice, chosen: tuple[int, ...]) -> str:
    """The names of a slate's candidates; of one that the model abstained on it says so."""
    return ", ".join(_marked(advice, one) for one in chosen) or "none"


def money(advice: SlateAdvice, amount: float) -> str:
    """An amount in whole units of the slate's currency."""
    return f"{amount:,.0f} {advice.slate.currency}"


def verdict(advice: SlateAdvice) -> str:
    """The choice in a sentence."""
    best = advice.choice.best
    if not best.chosen:
        return f"No pitch is chosen under a budget of {money(advice, advice.problem.budget)}."
    return (
        f"{len(best.chosen)} of {len(advice.candidates)} pitches for {money(advice, best.cost)} of "
        f"{money(advice, advice.problem.budget)}: {named(advice, best.chosen)}."
    )


def total(advice: SlateAdvice, slate: Slate) -> str:
    """The distribution of a slate's total, in a sentence; its mean is that of the totals."""
    low, high = slate.quantile(LEVELS[1]), slate.quantile(LEVELS[5])
    return (
        f"Together {figure(low)} to {figure(high)} {advice.target.unit} with a probability of 80%, "
        f"mean {figure(slate.expected)}; the worst {part(advice.slate.risk.tail)} of totals have a mean of "
        f"{figure(slate.worst)}."
    )


def shared(advice: SlateAdvice) -> str:
    """How much of the total's spread no choice among the pitches removes, in a sentence."""
    chosen = list(advice.choice.best.chosen)
    own = float(advice.problem.values[:, chosen].var(axis=0).sum())
    whole = float(advice.choice.best.totals.var())
    # Draws that are independent still meet a little; that is no moving together.
    if len(chosen) < 2 or whole <= 0 or not advice.together.moves:
        return ""
    told = part(max(0.0, 1 - own / whole))
    return f"{told} of the total's variance comes of what moves the pitches together, the rest of each by itself."


def breadth(advice: SlateAdvice) -> list[tuple[str, float]]:
    """How often each group is served by the choice."""
    return [
        (group, sum(advice.slate.candidate[one].serves.get(group, 0.0) for one in advice.choice.best.chosen))
        for group in advice.slate.groups
    ]


def served(advice: SlateAdvice, chosen: tuple[int, ...]) -> str:
    """How many members some candidates would serve together, in words; empty where none could be counted."""
    members = advice.breadth.members
    return "" if members is None else _few(members.served(chosen))


def served_alone(advice: SlateAdvice, candidate: int) -> str:
    """How many of them no other candidate of the choice would serve; of one left out, how many it would add."""
    members, best = advice.breadth.members, advice.choice.best.chosen
    if members is None:
        return ""
    others = [one for one in best if one != candidate]
    return _few(members.served([*others, candidate]) - members.served(others))


def broad(advice: SlateAdvice) -> str:
    """What the choice's breadth comes to, in a sentence; empty where nobody asked for any."""
    best, found = advice.choice.best, advice.breadth
    if found.members is not None:
        of = f"{found.members.of:,}"
        return f"The choice would serve {served(advice, best.chosen)} of {of} members with something they like."
    if not found.variety or advice.problem.breadth is None:
        return ""
    held = advice.problem.breadth.coverage[list(best.chosen), -len(found.variety) :].sum(axis=0)
    names = [name for name, times in zip(found.variety, held.tolist(), strict=True) if times]
    return f"The choice has {len(names)} of {len(found.variety)}: {', '.join(names) or 'none'}."


def _marked(advice: SlateAdvice, candidate: int) -> str:
    one = advice.candidates[candidate]
    return f"{one.name} (abstained)" if one.abstains else one.name


def _few(members: float) -> str:
    """A count of members; of fewer than ten nothing more is told."""
    return "0" if members <= 0 else "fewer than 10" if members < FEWEST else f"{members:,.0f}"


def changes(advice: SlateAdvice) -> Iterator[str]:
    """What would change the choice, a sentence each."""
    names = [one.name for one in advice.candidates]
    means, found = advice.problem.means, advice.changes
    for pick in found.picks:
        if pick.stays_from is None or pick.instead is None:
            yield f"{names[pick.candidate]} cannot be left out under these constraints."
        elif pick.stays_from <= 0:
            yield f"{names[pick.candidate]} stays, however little it may come to."
        else:
            yield (
                f"{names[pick.candidate]} stays down to a mean of "
                f"{_beside(pick.stays_from, float(means[pick.candidate]))}; below it: {named(advice, pick.instead)}."
            )
    for out in found.left_out:
        ways = []
        if out.value is not None:
            ways.append(f"at a mean of {_beside(out.value, float(means[out.candidate]))}")
        if out.cost is not None:
            ways.append(f"at a cost of {money(advice, out.cost)}")
        way = " or ".join(ways)
        yield f"{names[out.candidate]} comes in {way}." if way else f"{names[out.candidate]} cannot come in."
    yield f"The choice stands down to a budget of {money(advice, found.budget_from)}."
    if found.budget_until is not None:
        yield f"A better slate begins at a budget of {money(advice, found.budget_until)}."
    else:
        yield "No budget allows a better slate."
    if found.untold:
        yield f"There was no time to ask of {', '.join(names[one] for one in found.untold)}: give more --seconds."


def _beside(threshold: float, forecast: float) -> str:
    """A threshold beside the forecast, in so many digits that the two differ."""
    short = figure(threshold), figure(forecast)
    told = short if short[0] != short[1] else (f"{threshold:,.0f}", f"{forecast:,.0f}")
    return f"{told[0]} (forecast {told[1]})"
