"""One decision of the gate among 10,000 records: goal 50 us, median.

Records of performers, background actors, writers and members, three and more to some; requests that are all different,
so that nothing is answered from memory, half of them allowed. A request is made before the clock runs, as a caller has
it; its hash, which only a token needs, is not.
"""

import cProfile
import pstats
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from benchmarks.machine import describe
from openslate.rights.compensation import Compensation
from openslate.rights.decide import decide
from openslate.rights.packs.loading import built_in
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.standing import Held, Standing

GOAL_MICROSECONDS, RECORDS, REQUESTS, ROUNDS, SEED = 50, 10_000, 20_000, 5, 0
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TERRITORIES = ("US", "US-CA", "US-NY", "GB", "DE", "FR", "JP")


def drawn_record(number: int, rng: random.Random) -> ConsentRecord:
    """A performer's record."""
    words = f"Face placed on the stunt performer in scene {number % 90} on the roof"
    return ConsentRecord(
        record_id=f"rec-{number}",
        version=1,
        prev_hash=None,
        subject_id=f"house:{rng.randrange(RECORDS // 2)}",
        subject_kind="principal",
        asset_kind="EBDR",
        asset_ids=(f"scan-{number}",),
        uses=tuple(PermittedUse(use, words, (str(number % 90),), 9) for use in ("scan", "generate", "alter")),
        effective_from=NOW - timedelta(days=rng.randrange(1, 60)),
        expires_at=NOW + timedelta(days=rng.randrange(1, 900)),
        status=rng.choice(("active", "active", "active", "withdrawn")),
        producer="Harbour Pictures",
        project_id=f"p-{number % 40}",
        territories=("US", "GB", "DE"),
        media=("streaming",),
        languages=("en",),
        packs=("sag-aftra.tvth.2026@1",) if number % 3 else (),
        jurisdictions=("US-CA",) if number % 2 else ("GB",),
        compensation=Compensation("flat", Decimal("1283.00"), "USD"),
        represented_by="union",
        representation_evidence="a" * 64,
        separately_signed=True,
        signature="b" * 64,
    )


def drawn_request(record: ConsentRecord, rng: random.Random) -> Request:
    """A request for one of its uses, as agreed or not."""
    agreed = rng.random() < 0.8
    return Request(
        subject=record.subject_id,
        subject_kind="principal",
        use="generate",
        asset=record.asset_ids[0],
        asset_kind="EBDR",
        project=record.project_id,
        territory=rng.choice(TERRITORIES[:5] if agreed else TERRITORIES),
        medium="streaming",
        language="en",
        description=record.uses[1].description,
        scene=record.uses[1].scenes[0],
        custodian="Harbour Pictures" if agreed else "Rough Cut",
        photography_start=date(2026, 7, 1) + timedelta(days=rng.randrange(60)),
        fixed_on=date(2026, 10, 1) + timedelta(days=rng.randrange(50)),
        replaces_in_person=True,
        sexual_content=False,
        depicts_minor=False,
        counts_as_background=False,
        synthetic_performer=False,
        advertising=False,
        output=True,
        marks=frozenset(("c2pa", "digital_source_type", "disclosure")),
        units=Decimal(1),
        unit="use",
    )


def timed(requests: list[Request], standing: Standing, clock: Callable[[], int]) -> tuple[list[float], int]:
    """Microseconds of each decision by a clock in nanoseconds, and how many were allowed."""
    spent, allowed = [], 0
    for request in requests:
        started = clock()
        verdict = decide(request, NOW, standing)
        spent.append((clock() - started) / 1000)
        allowed += verdict.allowed
    return spent, allowed


def main() -> None:
    """Time decisions on people and on members, and say where the time goes."""
    print(describe())
    rng = random.Random(SEED)
    records = [drawn_record(number, rng) for number in range(RECORDS)]
    standing = Standing(
        held=tuple(Held(one, f"{number:064x}") for number, one in enumerate(records)), packs=built_in(), last_at=NOW
    )
    started = time.perf_counter()
    # The index by subject is made at the first decision.
    decide(drawn_request(records[0], rng), NOW, standing)
    print(f"the first decision, which indexes {RECORDS:,} records: {(time.perf_counter() - started) * 1e3:.1f} ms")
    # Processor time does not count what others do on the machine meanwhile.
    for name, clock in (("wall", time.perf_counter_ns), ("processor", time.thread_time_ns)):
        medians, tails = [], []
        for _ in range(ROUNDS):
            # Fresh requests: what one remembers of itself would make the second time quicker than the first.
            requests = [drawn_request(rng.choice(records), rng) for _ in range(REQUESTS)]
            spent, allowed = timed(requests, standing, clock)
            medians.append(statistics.median(spent))
            tails.append(statistics.quantiles(spent, n=100)[98])
        print(
            f"one decision, {name} time: {statistics.median(medians):.1f} us (median of {ROUNDS} medians of "
            f"{REQUESTS:,}; goal {GOAL_MICROSECONDS}), 99 in 100 within {statistics.median(tails):.0f} us; "
            f"{allowed / REQUESTS:.0%} allowed"
        )
    again = replace(standing, governing={})
    spent, _ = timed([drawn_request(rng.choice(records), rng) for _ in range(2000)], again, time.thread_time_ns)
    print(f"while the packs for each date and place are still looked up: {statistics.mean(spent):.1f} us (mean)")
    requests = [drawn_request(rng.choice(records), rng) for _ in range(REQUESTS)]
    profile = cProfile.Profile()
    profile.runcall(timed, requests, standing, time.thread_time_ns)
    pstats.Stats(profile).sort_stats("tottime").print_stats(8)


if __name__ == "__main__":
    main()
