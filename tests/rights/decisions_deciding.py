"""The decision table of what is owed and said, and deciding itself."""

from datetime import date
from decimal import Decimal

from openslate.rights.compensation import Compensation
from tests.rights.decision_rows import MICROSECOND, SCAN_AT, row
from tests.rights.people import DUB, GENERATE, NOW, PERFORMER, SCAN, TRAIN_WRITER, WRITER

BY_LINE = {"compensation": Compensation("per_line", Decimal(25), "USD")}
BY_POOL = {"compensation": Compensation("pro_rata", None, "USD", pool="films")}
BARGAINED = {"compensation": Compensation("freely_bargained", Decimal(900), "USD")}
UNSAID = {"estimate_author": " ", "estimate_basis": "one-line schedule"}
R21 = (
    row("no compensation", "R21", GENERATE, PERFORMER, agreed={"compensation": None}),
    row("no rate", "R21", GENERATE, PERFORMER, agreed={"compensation": Compensation("day_equiv", None, "USD")}),
    row("days without an estimate", "R21", GENERATE, PERFORMER, asked={"estimate_author": "", "estimate_basis": ""}),
    row("days that nobody counted", "R21", GENERATE, PERFORMER, asked={"units": None}),
    row("uses that nobody counted, paid by the day", "R21", GENERATE, PERFORMER, asked={"units": None, "unit": "use"}),
    row("lines that nobody counted", "R21", GENERATE, PERFORMER, asked={"units": None, "unit": "line"}, agreed=BY_LINE),
    row("a share that nobody counted", "R21", TRAIN_WRITER, WRITER, asked={"units": None}, agreed=BY_POOL),
    row("a flat sum for a use by itself", None, TRAIN_WRITER, WRITER, asked={"units": None}),
    row("as many days as a year", None, GENERATE, PERFORMER, asked={"units": Decimal(366)}),
    row("a thousand days", "R21", GENERATE, PERFORMER, asked={"units": Decimal(1000)}),
    row("bargained days without an estimate", "R21", GENERATE, PERFORMER, asked=UNSAID, agreed=BARGAINED),
    row("bargained days with one", None, GENERATE, PERFORMER, agreed=BARGAINED),
    row("earlier dues are overdue", "R21", GENERATE, PERFORMER, overdue=frozenset({"rec-performer"})),
    row("dues of another record are", None, GENERATE, PERFORMER, overdue=frozenset({"rec-writer"})),
)
R22 = (
    row("no manifest", "R22", GENERATE, PERFORMER, asked={"marks": frozenset({"digital_source_type"})}),
    row("no source type", "R22", GENERATE, PERFORMER, asked={"marks": frozenset({"c2pa"})}),
    row(
        "nobody said whether anything comes out",
        "R22",
        GENERATE,
        PERFORMER,
        asked={"marks": frozenset(), "output": None},
    ),
    *(
        row(f"nothing is said to come out, with marks: {marks}", "R22", request, PERFORMER, asked=asked)
        for request in (GENERATE, DUB)
        for marks, asked in (
            ("none", {"marks": frozenset(), "output": False}),
            ("all", {"output": False}),
        )
    ),
    row("nothing comes out of a scan", None, SCAN, PERFORMER, asked={"marks": frozenset(), "output": False}),
    row(
        "both, where no disclosure is due",
        None,
        GENERATE,
        PERFORMER,
        asked={"marks": frozenset({"c2pa", "digital_source_type"})},
    ),
    row(
        *("no disclosure in the Union", "R22", GENERATE, PERFORMER),
        asked={"marks": frozenset({"c2pa", "digital_source_type"}), "territory": "DE"},
        agreed={"territories": ("*",)},
    ),
    *(
        row(
            *(f"no disclosure in {place}", code, GENERATE, PERFORMER),
            asked={"marks": frozenset({"c2pa", "digital_source_type"}), "territory": place, "advertising": False},
            agreed={"territories": ("*",)},
        )
        for place, code in (("DE-BY", "R22"), ("EU", "R22"), ("GB", None), ("US", None))
    ),
    *(
        row(
            *(f"no disclosure in some state, advertising {advertising}", code, GENERATE, PERFORMER),
            asked={
                "marks": frozenset({"c2pa", "digital_source_type"}),
                "territory": "US",
                "advertising": advertising,
            },
        )
        for advertising, code in ((True, "R22"), (None, "R22"), (False, None))
    ),
    *(
        row(
            *(f"no disclosure in New York, advertising {advertising}", code, GENERATE, PERFORMER),
            asked={
                "marks": frozenset({"c2pa", "digital_source_type"}),
                "territory": "US-NY",
                "advertising": advertising,
            },
        )
        for advertising, code in ((True, "R22"), (None, "R22"), (False, None))
    ),
)
R23 = (
    row("an unknown pack", "R23", GENERATE, PERFORMER, asked={"packs": ("sag-aftra.tvth.2030",)}),
    row("an unknown version", "R23", GENERATE, PERFORMER, asked={"packs": ("sag-aftra.tvth.2026@9",)}),
    row("a known version", None, GENERATE, PERFORMER, asked={"packs": ("sag-aftra.tvth.2026@1",)}),
    row("a disabled draft", "R23", GENERATE, PERFORMER, asked={"packs": ("us.nofakes.draft",)}),
    row("no longer in force", "R23", GENERATE, PERFORMER, asked={"packs": ("dga.ba.2023",)}),
    row("no date to judge it by", "R23", GENERATE, PERFORMER, asked={"photography_start": None}),
    *(
        row(
            *(f"photography began {day} under {pack}", code, GENERATE, PERFORMER),
            asked={"photography_start": day},
            agreed={"packs": (pack,)},
        )
        for day, pack, code in (
            (date(2026, 6, 30), "sag-aftra.tvth.2023", None),
            (date(2026, 7, 1), "sag-aftra.tvth.2023", "R23"),
            (date(2026, 6, 30), "sag-aftra.tvth.2026", "R23"),
            (date(2026, 7, 1), "sag-aftra.tvth.2026", None),
            (date(2030, 6, 30), "sag-aftra.tvth.2026", None),
            (date(2030, 7, 1), "sag-aftra.tvth.2026", "R23"),
        )
    ),
)
R24 = (
    row("a moment without a zone", "R24", GENERATE, PERFORMER, at=NOW.replace(tzinfo=None)),
    row("notice without a zone", "R24", SCAN, PERFORMER, asked={"notice_at": SCAN_AT.replace(tzinfo=None)}),
    row("a datetime for a date", "R24", GENERATE, PERFORMER, asked={"photography_start": NOW}),
    row("a number for an answer", "R24", GENERATE, PERFORMER, asked={"sexual_content": 0}),
    row("marks in one text", "R24", GENERATE, PERFORMER, asked={"marks": "c2pa digital_source_type disclosure"}),
    row("an unknown use", "R24", GENERATE, PERFORMER, asked={"use": "sell"}),
    row("an unknown kind of asset", "R24", GENERATE, PERFORMER, asked={"asset_kind": "soul"}),
    row("half a use", "R24", GENERATE, PERFORMER, asked={"count": 0.5}),
    *(
        row(
            f"a place that is none: {place!r}",
            "R24",
            GENERATE,
            PERFORMER,
            {"territory": place},
            {"territories": ("*",)},
        )
        for place in ("US-ca", "us-ca", "de", "USA", "California", "US_CA", "US-CA ", "US-CA\n", " ", "US-")
    ),
    *(
        row(f"laws of a place that is none: {place!r}", "R24", GENERATE, PERFORMER, {"jurisdictions": ("US", place)})
        for place in ("us-ca", "California", "")
    ),
    row("no packs at all", "R24", GENERATE, PERFORMER, packs={}),
)
R25 = (
    row("a clock gone back", "R25", GENERATE, PERFORMER, last_at=NOW + MICROSECOND),
    row("a clock that stands", None, GENERATE, PERFORMER, last_at=NOW),
)
R26 = (
    row("no ledger", "R26", GENERATE, PERFORMER, durable=False),
    row("no ledger for erasure, too", "R26", GENERATE, PERFORMER, asked={"use": "erase"}, durable=False),
)
ROWS = (*R21, *R22, *R23, *R24, *R25, *R26)
