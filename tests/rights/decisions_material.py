"""The decision table of writing and sources."""

from dataclasses import replace

from tests.rights.decision_rows import FREE, NO_UNION, RESERVED, row, uses
from tests.rights.people import LICENCE, LICENSE_OUT, NOW, PERFORMER, SOURCE, SYNOPSIS, TRAIN_WRITER, WRITER

R15 = (
    row("no permission to train", "R15", TRAIN_WRITER, WRITER, agreed={"uses": uses("generate")}),
    row("none to tune", "R15", TRAIN_WRITER, WRITER, asked={"use": "fine_tune"}),
    row("permission to train", None, TRAIN_WRITER, WRITER),
)
WRITTEN = {
    "use": "generate",
    "text_role": "neither",
    "disclosed_to_writer": True,
    "output": True,
    "synthetic_performer": False,
}
R16 = (
    row("as source material", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "text_role": "source"}),
    row("as assigned material", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "text_role": "assigned"}),
    row("nobody said as what", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "text_role": ""}),
    row("the writer was not told", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "disclosed_to_writer": False}),
    row("as neither, and told", None, TRAIN_WRITER, WRITER, asked=WRITTEN),
    row(
        "nobody's text is generated",
        None,
        TRAIN_WRITER,
        WRITER,
        asked={**WRITTEN, "text_role": "", "generated_text": False},
    ),
)
R17 = (
    row("no notice", "R17", LICENSE_OUT, PERFORMER, asked={"union_notice": ""}),
    row("notice", None, LICENSE_OUT, PERFORMER),
    row("no union", None, LICENSE_OUT, PERFORMER, asked={"union_notice": ""}, agreed=NO_UNION),
)
R18 = (
    row(
        *("measured, and nothing learned", None, SYNOPSIS, LICENCE),
        asked={"licence": "", "use": "evaluate"},
        agreed={"uses": uses("evaluate")},
        reservations={"press-site": (RESERVED,)},
    ),
    row("reserved", "R18", SYNOPSIS, LICENCE, asked={"licence": ""}, reservations={"press-site": (FREE, RESERVED)}),
    row("free", None, SYNOPSIS, LICENCE, asked={"licence": ""}, reservations={"press-site": (FREE,)}),
    row(
        "another source is reserved",
        None,
        SYNOPSIS,
        LICENCE,
        asked={"licence": ""},
        reservations={"other": (RESERVED,)},
    ),
    row("licensed", None, SYNOPSIS, LICENCE, reservations={"press-site": (RESERVED,)}),
    row(
        "an unknown licence",
        "R18",
        SYNOPSIS,
        LICENCE,
        asked={"licence": "rec-9"},
        reservations={"press-site": (RESERVED,)},
    ),
    row(
        *("a licence of another source", "R18", SYNOPSIS, LICENCE),
        asked={"licence": "rec-source"},
        more=(SOURCE,),
        reservations={"press-site": (RESERVED,)},
    ),
    row(
        *("a licence that ended", "R18", SYNOPSIS, LICENCE),
        asked={"licence": "rec-old"},
        more=(replace(LICENCE, record_id="rec-old", expires_at=NOW, uses=uses("train", "evaluate")),),
        reservations={"press-site": (RESERVED,)},
    ),
    row("nobody said from where", "R18", SYNOPSIS, LICENCE, asked={"source": ""}),
)
ROWS = (*R15, *R16, *R17, *R18)
