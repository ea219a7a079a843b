"""An answer in sentences, as a document and as a picture; every one of them says under which assumptions."""

import math
from typing import Any

from openslate.apps.greenlight.causal_types import Answer
from openslate.drawing.confounding import Band, Yardstick, confounding
from openslate.models.causal.effect import Effect
from openslate.models.causal.sensitivity import Gain, equal_share

MARK = "Causal, under assumptions"
ASSUMPTIONS = (
    "It is causal only if every confounder that matters is among those stated, if alike titles were chosen for both "
    "ways, and if what is chosen for one title changes nothing for another; titles that were never made are not seen."
)


def sentences(answer: Answer) -> list[str]:
    """The answer, from what was found to what could overturn it.

    Args:
        answer: of `causal.ask`.
    """
    said = [f"{MARK}: {_found(answer)}"]
    if answer.average is not None and answer.on_treated is not None:
        on = answer.on_treated
        said.append(f"Over titles with {answer.question.text!r} alone it is {_multiple(on)}.")
    if answer.refused:
        said.append(answer.refused)
    plain = answer.association
    said += [
        f"Plainly seen, as an association: {times(plain.multiple)} (95% {times(plain.low)} to {times(plain.high)}).",
        f"{answer.treated} titles of {answer.treated_series} series have {answer.question.text!r}, {answer.other} of "
        f"{answer.other_series} {answer.question.instead!r}; of {answer.left_out} it is not known.",
        _overlap(answer.told),
        _robust(answer.told),
        _stated(answer),
        ASSUMPTIONS,
    ]
    if answer.at_most:
        said.insert(-1, f"{answer.at_most} outcomes are known only to be at most a step, and taken to be that step.")
    return said


def times(multiple: float) -> str:
    """A multiple of the outcome.

    Example:
        >>> times(1.234), times(0.0456)
        ('x1.23', 'x0.046')
    """
    return f"x{multiple:.2f}" if 0.1 <= multiple < 10 else f"x{multiple:.2g}"


def share(value: float) -> str:
    """A share in per cent, with a decimal where it is small.

    Example:
        >>> share(0.041), share(0.123), share(0.0002)
        ('4.1%', '12%', 'less than 0.1%')
    """
    if 0 <= value < 0.001:
        return "less than 0.1%"
    return f"{value:.1%}" if value < 0.1 else f"{value:.0%}"


def strongest(effect: Effect) -> tuple[str, Gain] | None:
    """The family of observed confounders that would bias the effect most, were it not recorded; None for none."""
    if not effect.gains:
        return None
    return max(effect.gains.items(), key=lambda one: (one[1].of_outcome * _odds(one[1].of_choice), one[0]))


def document(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, for JSON."""
    return {
        "kind": MARK,
        "question": answer.question.text,
        "instead": answer.question.instead,
        "measure": answer.measure,
        "region": answer.region,
        "titles": {"treated": answer.treated, "other": answer.other, "unknown": answer.left_out},
        "series": {"treated": answer.treated_series, "other": answer.other_series},
        "average": _effect(answer.average),
        "on_the_treated": _effect(answer.on_treated),
        "refused": answer.refused,
        "association": vars(answer.association),
        "confounders": list(answer.confounders),
        "dropped": list(answer.dropped),
        "at_most": answer.at_most,
        "assumptions": ASSUMPTIONS,
        "sentences": sentences(answer),
    }


def picture(answer: Answer) -> str:
    """The effect and what a confounder that nobody recorded could make of it, as SVG."""
    told, best = answer.told, strongest(answer.told)
    bands = [
        Band(level, *(math.exp(one) for one in (found.low, found.high, found.surely_low, found.surely_high)))
        for level, found in told.bounds
    ]
    yardstick = None
    if best is not None:
        # On this axis both shares are equal: where the bias would be as large as the family's.
        yardstick = Yardstick(best[0], equal_share(best[1].of_outcome, best[1].of_choice))
    return confounding(
        bands,
        math.exp(told.value),
        title=f"{MARK}: {answer.question.text}",
        axis=f"multiple of {answer.measure.replace('_', ' ')}",
        yardstick=yardstick,
    )


def _found(answer: Answer) -> str:
    told = answer.told
    whose = "" if told.estimand == "average" else f", over titles with {answer.question.text!r}"
    low, high = told.interval
    verdict = "" if low > 0 or high < 0 else " The interval includes x1, no effect at all."
    return (
        f"{answer.question.text!r} instead of {answer.question.instead!r} multiplies {_measure(answer)} by "
        f"{_multiple(told)}{whose}.{verdict}"
    )


def _measure(answer: Answer) -> str:
    return answer.measure.replace("_", " ") + ("" if answer.region == "*" else f" in {answer.region}")


def _multiple(effect: Effect) -> str:
    low, high = effect.interval
    return f"{times(math.exp(low))} to {times(math.exp(high))} (95%), most likely {times(math.exp(effect.value))}"


def _overlap(effect: Effect) -> str:
    low, _, high = effect.overlap.propensities
    one, other = effect.overlap.effective
    return (
        f"Overlap: nine titles in ten have a propensity of {low:.2f} to {high:.2f}, and weighted ones amount to "
        f"{one:.0f} and {other:.0f} titles."
    )


def _robust(effect: Effect) -> str:
    found, best = effect.robustness, strongest(effect)
    said = (
        f"A confounder that explains {share(found.value)} of what is left of both the outcome and the choice would be "
        "enough to bring it to none"
    )
    if found.surely > 0:
        said += f", and {share(found.surely)} to bring the interval there"
    if best is None:
        return f"{said}; no observed family can be left out to compare."
    name, gain = best
    return (
        f"{said}; one as strong as the strongest observed family, {name}, would explain {share(gain.of_outcome)} of "
        f"the outcome and {share(gain.of_choice)} of the choice."
    )


def _stated(answer: Answer) -> str:
    said = f"Adjusted for {', '.join(answer.confounders)}"
    if answer.dropped:
        said += f"; left out because it only tells the choice again, or at your word: {', '.join(answer.dropped)}"
    return f"{said}."


def _effect(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    low, high = effect.interval
    return {
        "multiple": math.exp(effect.value),
        "interval": [math.exp(low), math.exp(high)],
        "overlap": vars(effect.overlap),
        "robustness": vars(effect.robustness),
        "bounds": [
            {"share": level, "low": math.exp(found.low), "high": math.exp(found.high)} for level, found in effect.bounds
        ],
        "yardsticks": {
            family: {**vars(gain), "change": math.exp(gain.change)} for family, gain in sorted(effect.gains.items())
        },
    }


def _odds(value: float) -> float:
    return value / (1 - value)
