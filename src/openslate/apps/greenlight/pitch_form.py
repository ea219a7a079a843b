"""The form of a pitch: a page that is filled in with a browser, and gives the file that a forecast takes."""

from importlib.resources import files
from pathlib import Path

from openslate.apps.greenlight.form_examples import Examples
from openslate.apps.greenlight.pitch import KINDS, MATERIAL_KINDS, Pitch
from openslate.apps.greenlight.pitch_rules import pitch_rules
from openslate.apps.greenlight.pitch_writing import pitch_json
from openslate.drawing.form import Field, Form, Group, Rows, form_document
from openslate.errors import ProjectError
from openslate.rights.currencies import MINOR_DIGITS
from openslate.storage.files import OWNER_FILE
from openslate.storage.pages import write_page

SCRIPTS = ("reading.js", "checking.js", "writing.js", "page.js")
FINDINGS = (
    "Only the name must be there. What is left out widens the interval of the forecast.",
    "Everything stays on this machine: the page sends nothing, loads nothing and keeps nothing. Save before you close.",
    "Save as JSON to open it here again; a forecast takes TOML and JSON alike.",
)
ONE_A_LINE = "One on each line."


def form_script(names: tuple[str, ...] = SCRIPTS) -> str:
    """The script of the page: reads a file, checks, and writes one."""
    parts = files("openslate.apps.greenlight").joinpath("form")
    return "".join(parts.joinpath(name).read_text("utf-8") for name in names)


def pitch_form(examples: Examples = Examples(), service: str = "", pitch: Pitch | None = None) -> str:
    """The form as a complete HTML document.

    Args:
        examples: of a project's titles, to be offered.
        service: the project's name; empty for none.
        pitch: that the fields hold at first, material and all; None for empty ones.

    Example:
        >>> page = pitch_form()
        >>> "Night Train" in page, "://" in page
        (True, False)
    """
    made = f"{service}: offers what its {examples.titles:,} titles are made of" if examples.titles else service
    return form_document(
        Form(
            overline="Greenlight",
            heading="A pitch",
            made=made or "For any project",
            findings=FINDINGS,
            groups=_groups(examples),
            rules={**pitch_rules(), "pitch": None if pitch is None else pitch_json(pitch)},
            script=form_script(),
            without_script="Checking and saving need this page's own script, and none runs here. The page prints; "
            "write the file by hand as docs/greenlight.md shows.",
            foot="Made by Openslate. This file loads nothing, sends nothing, and runs only the script it holds.",
        )
    )


def write_form(document: str, path: Path) -> None:
    """Write the page, for its owner alone: it may hold a script that nobody else has read.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, document, OWNER_FILE)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def _groups(examples: Examples) -> list[Group]:
    held = f"The project holds {examples.films:,} films and {examples.seasons:,} seasons or series."
    return [
        Group(
            "What it is",
            held if examples.titles else "",
            [
                Field("name", "Name", "What it is to be called.", example="Night Train", required=True, wide=True),
                Field("logline", "Logline", "One sentence of at most 1,000 characters.", "long", wide=True),
                Field("synopsis", "Synopsis", "At most 20,000 characters; a script belongs below.", "long", wide=True),
                Field("kind", "Kind", "", "choice", choices=KINDS),
                Field("series", "Series or franchise", "That it belongs to.", suggestions=examples.series),
                Field("season", "Season", "1 to 200; of a film, its place in the franchise.", "digits", "2"),
                Field("runtime_minutes", "Length in minutes", "Of the film, or of one episode.", "digits", "52"),
                Field("episodes", "Episodes", "1 to 500; of a season or limited series.", "digits", "8"),
                Field(
                    *("genres", "Genres", ONE_A_LINE, "long", "drama"),
                    suggestions=examples.genres,
                    buttons=True,
                    wide=True,
                ),
            ],
        ),
        Group(
            "Where it is from",
            "",
            [
                Field(
                    *("language", "Original language", "Two letters of ISO 639-1.", "text"),
                    *(examples.languages[0] if examples.languages else "en", (), examples.languages[:12]),
                    buttons=True,
                ),
                Field(
                    *("countries", "Countries that produce it", "Two letters of ISO 3166-1 each.", "text", "GB, NO"),
                    *((), examples.countries[:12]),
                    buttons=True,
                ),
                Field("companies", "Companies", ONE_A_LINE, "long"),
            ],
        ),
        Group(
            "Budget",
            "One amount, or both ends of a band, in whole units such as dollars.",
            [
                Field("budget", "One amount", "", "digits", "20000000"),
                Field("lowest_budget", "Band: lowest", "", "digits", "18000000"),
                Field("highest_budget", "Band: highest", "", "digits", "24000000"),
                Field("currency", "Currency", "Three letters of ISO 4217.", "text", "USD", (), tuple(MINOR_DIGITS)),
            ],
        ),
        Group(
            "Release",
            "One day, or both ends of a window, after the day the pitch is judged as of.",
            [
                Field("release", "One day", "", "day"),
                Field("earliest_release", "Window: earliest", "", "day"),
                Field("latest_release", "Window: latest", "", "day"),
                Field(
                    "regions", "Regions", "Where it is to be seen: two letters of ISO 3166-1 each.", "text", "US, KR"
                ),
                Field("worldwide", "Worldwide at once", "In the place of regions.", "check"),
                Field(
                    *(
                        "maturity",
                        "Maturity rating aimed at",
                        "As the service writes it, at most 40 characters.",
                        "text",
                    ),
                    *(examples.maturities[0] if examples.maturities else "16+", (), examples.maturities[:12]),
                    buttons=True,
                ),
            ],
        ),
        Group(
            "Talent",
            "Who is attached. A forecast sees the track record of their titles, and never a score of a person.",
            rows=Rows(
                "talent",
                "Add somebody",
                [Field("name", "Name", required=True), Field("role", "Role", example="director", required=True)],
            ),
        ),
        Group(
            "Material",
            "Scripts, treatments and outlines are carried under their rights record, and no forecast reads them.",
            rows=Rows(
                "material",
                "Add material",
                [
                    Field("kind", "Kind", control="choice", choices=MATERIAL_KINDS, required=True),
                    Field("record", "Rights record", "Id of the record that says what may be done.", required=True),
                    Field("text", "Text", "Either the text itself, or a file beside the pitch.", "long", wide=True),
                    Field("file", "File", "Beside the pitch.", example="night-train-treatment.txt"),
                ],
            ),
        ),
        Group(
            "For the service",
            "",
            [
                Field("as_of", "As of", "Last day of which anything may be used; today (UTC) when left out.", "day"),
                Field("id", "Id", "The service's own: letters, digits and . _ : -", example="p-17"),
            ],
        ),
    ]
