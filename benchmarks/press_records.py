"""The rules of records against shared ones: quality, heat, published, names, and addresses for phones.

`python -m benchmarks.press_records`. Quality is reckoned anew with the topics and tiers that are shared beside the
records (tiers were fitted on these very records, so a second column leaves out, host by host, the tier of the record's
own host and takes the most common tier of the others in its place). Heat and published are reckoned for the shared
leads, names and addresses for all. Whatever does not agree is named.
"""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.machine import describe, real_data
from openslate.apps.press.records.naming import cdn_amp_url, slug_of
from openslate.apps.press.records.reading import parse_record, read_record
from openslate.apps.press.records.record import Image, Provider, Record
from openslate.apps.press.records.writing import record_text
from openslate.apps.press.scores.heat import standing_of
from openslate.apps.press.scores.quality import quality_of, tier_of
from openslate.apps.press.scores.taxonomy import Rule, Taxonomy, Topic

FIRST_PARTY = frozenset({"microsoft.com"})
BY_HAND = {"engadget.com": 30, "techcrunch.com": 30}
"""Tiers of another collection, which the notes on the shared records give and its table does not."""


def shared_records(folder: Path) -> list[dict[str, Any]]:
    """Every shared record with its history."""
    path = str(folder / "records" / "records.jsonl.zst")
    read = "SELECT CAST(json AS VARCHAR) FROM read_json_objects(?, format = 'newline_delimited')"
    return [json.loads(text) for (text,) in duckdb.connect().execute(read, [path]).fetchall()]


def shared_taxonomy(folder: Path) -> Taxonomy:
    """The topics and tiers that are shared beside them."""
    topics = json.loads((folder / "records" / "topics.json").read_text(encoding="utf-8"))["topics"]
    with (folder / "records" / "source_tiers.csv").open(encoding="utf-8", newline="") as file:
        tiers = BY_HAND | {row["host"]: int(row["tier"]) for row in csv.DictReader(file)}
    named = {one["name"]: Topic(one["name"], tuple(one["keywords"]), one.get("parent", "")) for one in topics}
    return Taxonomy(named, tiers, by_host=FIRST_PARTY, rule=Rule("quality"))


def record_of(held: dict[str, Any]) -> Record:
    """A shared record; its token is not shared."""
    return Record(
        title=held["title"],
        excerpt=held["excerpt"],
        published_at=held["publishedDateTime"],
        original_url=held["originalUrl"],
        provider=Provider(held["provider"]["name"], held["provider"]["domain"]),
        topics=tuple(held["topics"]),
        secured="token",
        type=held["type"],
        quality=held["quality"],
        heat=held["heat"],
        published=held["published"],
        web_url=held.get("webUrl", ""),
        amp_url=held.get("ampWebUrl", ""),
        cdn_amp_url=held.get("cdnAmpWebUrl", ""),
        featured_content=held.get("featuredContent", ""),
        images=tuple(Image(one["url"], one["width"], one["height"], True) for one in held.get("images", ())),
    )


def main() -> None:
    """Print what agrees, and what does not."""
    print(describe())
    folder = real_data() / "press"
    for name in ("guardian", "engadget"):
        path = folder / "seeds" / f"{name}.md"
        same = record_text(read_record(path).record).encode() == path.read_bytes()
        print(f"{path.name}: {'byte for byte' if same else 'NOT the same'}")
    held = shared_records(folder)
    taxonomy = shared_taxonomy(folder)
    records = [record_of(one["record"]) for one in held]
    _qualities(records, taxonomy)
    _published(records)
    _names(held, records)
    _heats(json.loads((folder / "records" / "ai_leads.json").read_text(encoding="utf-8")))


def _qualities(records: list[Record], taxonomy: Taxonomy) -> None:
    distinct = {(one.title, one.original_url, one.quality): one for one in records}.values()
    wrong = [one for one in distinct if quality_of(one, taxonomy).value != one.quality]
    without = 0
    for one in distinct:
        host, _ = tier_of(one.provider, one.original_url, taxonomy)
        others = {name: points for name, points in taxonomy.tiers.items() if name != host}
        usual = Counter(others.values()).most_common(1)[0][0]
        left = Taxonomy(taxonomy.topics, {**others, host: usual}, by_host=taxonomy.by_host)
        without += quality_of(one, left).value == one.quality
    print(f"quality: {len(distinct) - len(wrong)} of {len(distinct)} exact; {without} with their host's tier left out")
    for one in wrong:
        found = quality_of(one, taxonomy)
        told = ", ".join(f"{term.points:+} {term.name}" for term in found.terms)
        print(f"  {one.quality} is said, {found.value} found ({told}): {one.title[:70]}")


def _published(records: list[Record]) -> None:
    right = sum((one.quality >= Rule().least) == one.published for one in records)
    print(f"published by quality: {right} of {len(records)}")


def _names(held: list[dict[str, Any]], records: list[Record]) -> None:
    slugs = [Path(one["path"]).stem[11:] for one in held]
    right = sum(slug_of(record.title) == slug for record, slug in zip(records, slugs, strict=True))
    print(f"slugs: {right} of {len(records)} ({right / len(records):.1%})")
    with_amp = [one for one in records if one.amp_url]
    print(f"cdnAmpWebUrl: {sum(cdn_amp_url(one.amp_url) == one.cdn_amp_url for one in with_amp)} of {len(with_amp)}")
    again = sum(parse_record(record_text(one)).record == one for one in records)
    print(f"written and read again as the same: {again} of {len(records)}")


def _heats(leads: dict[str, Any]) -> None:
    right = 0
    for name, lead in leads.items():
        found = standing_of(lead["quality"], [int(one.split()[1]) for one in lead["related"]])
        same = (found.heat, found.published) == (lead["heat"], lead["is_published"])
        right += same
        if not same:
            print(f"  {name}: {lead['heat']}, {lead['is_published']} is said; {found.words}")
    print(f"heat and published of leads: {right} of {len(leads)}")


if __name__ == "__main__":
    main()
