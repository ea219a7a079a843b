"""How well copies are found: pairs of invented articles that were taken over, and pairs that only look alike.

`python -m benchmarks.press_copies`. Copies: the same title on another site, with its publisher's name, in capitals, or
without text; and text taken over with words changed, cut, or put before and after, under another title. Not copies:
another article of the same story, which shares names and half its title; the same title of a column, with other text.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from benchmarks.machine import describe
from openslate.apps.press.stories.copies import Copies
from openslate.apps.press.stories.things import Headline

ARTICLES = 1_000
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Labelled:
    """Items in the order in which they came, and the kind and the original of each that is a copy."""

    items: list[Headline]
    copies: dict[str, tuple[str, str]]


def labelled(seed: int = 0) -> Labelled:
    """Articles, copies of most, and others that only look like copies."""
    drawn = np.random.default_rng(seed)
    words = np.array(
        [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("a", "en", "ir", "ol") for c in ("ta", "ne", "sor", "li", "ku")]
    )
    items, copies = [], {}
    for at in range(ARTICLES):
        title, text = list(drawn.choice(words, 9)), list(drawn.choice(words, int(drawn.integers(60, 400))))
        items.append(_item(f"{at}", title, text))
        for kind in drawn.choice(("title", "publisher", "case", "words", "cut", "around"), 2, replace=False).tolist():
            name = f"{at} {kind}"
            items.append(_copied(drawn, words, kind, name, title, text))
            copies[name] = (kind, f"{at}")
        said = [*title[:5], *drawn.choice(words, 4)]
        items.append(_item(f"{at} same story", said, [*text[:12], *drawn.choice(words, len(text))]))
        if at % 5 == 0:
            items.append(
                _item(f"{at} column", ["what", "we", "learned", "this", "week"], list(drawn.choice(words, 200)))
            )
    return Labelled(items, copies)


def _copied(
    drawn: np.random.Generator, words: np.ndarray, kind: str, name: str, title: list[str], text: list[str]
) -> Headline:
    other = list(drawn.choice(words, 9))
    if kind == "title":
        return _item(name, title, [])
    if kind == "publisher":
        return _item(name, [*title, "|", "The", "Slate"], text)
    if kind == "case":
        return _item(name, [one.upper() for one in title], text[:30])
    if kind == "words":
        changed = [str(drawn.choice(words)) if drawn.random() < 0.05 else one for one in text]
        return _item(name, other, changed)
    if kind == "cut":
        return _item(name, other, text[: int(len(text) * 0.75)])
    return _item(name, [*title[:6], "says", "report"], [*drawn.choice(words, 10), *text, *drawn.choice(words, 10)])


def _item(name: str, title: list[str], text: list[str]) -> Headline:
    when = NOON + timedelta(seconds=len(name))
    address = f"https://{len(name)}-{name[-1]}.example/{name.replace(' ', '-')}"
    return Headline(name, " ".join(title), " ".join(text[:30]), " ".join(text), when, when, 0, address)


def main() -> None:
    """Print precision and recall of pairs of a copy and its original, and recall of each kind."""
    print(describe())
    given = labelled()
    found = Copies().with_more(given.items).of_last(len(given.items))
    right = {name for name, of in found.items() if name in given.copies and of == given.copies[name][1]}
    print(f"{len(given.items):,} items, {len(given.copies):,} copies, {len(found):,} found")
    print(f"  precision {len(right) / len(found):.3f}, recall {len(right) / len(given.copies):.3f}")
    for kind in sorted({kind for kind, _ in given.copies.values()}):
        every = [name for name, (one, _) in given.copies.items() if one == kind]
        print(f"  {kind}: {sum(name in right for name in every)} of {len(every)}")
    wrong = sorted(set(found) - right)
    print(f"  wrongly found: {', '.join(wrong[:5]) or 'none'}{' ...' if len(wrong) > 5 else ''}")


if __name__ == "__main__":
    main()
