"""Texts of articles from 181 shared pages, beside trafilatura alone in the same run, by the set's own scorer.

`python -m benchmarks.press_extraction`. F1 is of precision and recall on runs of four words, each averaged over pages,
as the benchmark of the pages scores them. Ours is trafilatura without comments, and then without callouts; no site of
the set has rules of its own. The wording of callouts was read off these pages, so the figures of two halves by host are
printed beside: a rule that holds for one site alone helps in one half.
"""

import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import trafilatura

from benchmarks.machine import describe, real_data
from openslate.apps.press.extraction.extracting import extracted
from openslate.apps.press.extraction.many import Page, extract_pages
from openslate.storage.engine import processes

WORDS = re.compile(r"\w+")
Scored = tuple[float, float]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words."""
    words = WORDS.findall(text)
    runs = (tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))
    return Counter(run for run in runs if run)


def scored(true: str, found: str) -> Scored:
    """Precision and recall of a page."""
    one, other = shingles(true), shingles(found)
    both, more, less = ((one & other).total(), (other - one).total(), (one - other).total())
    if more == less == 0:
        return 1.0, 1.0
    return (both / (both + more) if both + more else 0.0), (both / (both + less) if both + less else 0.0)


def told(scores: Iterable[Scored]) -> str:
    """F1 of averages."""
    pairs = list(scores)
    precision, recall = (sum(pair[at] for pair in pairs) / len(pairs) for at in (0, 1))
    return f"F1 {2 * precision * recall / (precision + recall):.4f} (P {precision:.3f}, R {recall:.3f})"


def half(url: str) -> int:
    """In which half of the hosts an address is."""
    return hashlib.sha256((urlsplit(url).hostname or "").encode()).digest()[0] % 2


def main() -> None:
    """Print ours beside trafilatura alone."""
    print(describe(), f"trafilatura {trafilatura.__version__}")
    folder = real_data() / "press" / "extraction"
    true = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {name: gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()) for name in sorted(true)}
    ways = {
        "trafilatura alone": lambda page, _: trafilatura.extract(page) or "",
        "trafilatura alone, without comments": lambda page, _: trafilatura.extract(page, include_comments=False) or "",
        "ours": lambda page, url: extracted(page, url).text,
    }
    for name, way in ways.items():
        began = time.perf_counter()
        texts = {one: way(page, true[one]["url"]) for one, page in pages.items()}
        took = time.perf_counter() - began
        scores = {one: scored(true[one]["articleBody"], text) for one, text in texts.items()}
        halves = [told(scores[one] for one in pages if half(true[one]["url"]) == which) for which in (0, 1)]
        print(f"{name}: {told(scores.values())}, {len(pages) / took:.0f} pages a second")
        print(f"  halves by host: {halves[0]}; {halves[1]}")
    _throughput([Page(page, true[name]["url"]) for name, page in pages.items()])
    for path in sorted((folder.parent / "seeds").glob("raw-*.txt")):
        _raw(path)


def _throughput(pages: list[Page]) -> None:
    """Pages a second of as many processes as there are cores, once they have read their libraries."""
    with processes() as engine:
        list(extract_pages(pages[:20], engine=engine))
        began = time.perf_counter()
        many = len(list(extract_pages(pages, engine=engine)))
        took = time.perf_counter() - began
    print(f"ours, one process a core: {many / took:.0f} pages a second")


def _raw(path: Path) -> None:
    """What is taken out of a raw text."""
    from openslate.apps.press.extraction.callouts import lines_of, without_callouts

    text = path.read_text(encoding="utf-8")
    lines, kept = lines_of(text), without_callouts(lines_of(text))
    gone = [line.text for line in lines if line.text not in kept]
    print(f"{path.name}: {len(kept)} of {len(lines)} lines kept; taken out: {gone}")


if __name__ == "__main__":
    main()
