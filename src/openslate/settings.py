"""What `openslate.toml` may say: the settings of one project, checked when it is opened."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from openslate.errors import ProjectError

FILE_NAME = "openslate.toml"
FORMAT = 1

TEMPLATE = """\
# Settings of this Openslate project. Every line may be left out.
format = {format}

[limits]
# threads = 2            # processor threads for SQL; all of them when left out
# memory_gigabytes = 8   # memory for SQL before it spills to disk; 4, or 60% of a small machine's, when left out
# lock_wait_seconds = 60 # how long a writer waits for another one
# rows_per_shard = 20000000 # rows of the largest file that an import writes
"""


class Limits(BaseModel):
    """How much of the machine a project may take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    threads: int | None = Field(default=None, ge=1, le=1024)
    memory_gigabytes: float | None = Field(default=None, gt=0)
    lock_wait_seconds: float = Field(default=60.0, ge=0)
    rows_per_shard: int = Field(default=20_000_000, ge=1)


class Settings(BaseModel):
    """All settings of a project."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    limits: Limits = Limits()


def read_settings(folder: Path) -> Settings:
    """The settings in `folder/openslate.toml`.

    Raises:
        ProjectError: the file is missing, is not TOML, or holds a setting that is unknown or out of range.
    """
    path = folder / FILE_NAME
    try:
        settings = Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ProjectError(
            f"{folder} is not an Openslate project: it has no {FILE_NAME}.",
            f"Make one with `openslate init {folder}`, or name another folder with --project.",
        ) from None
    except NotADirectoryError:
        raise ProjectError(f"{folder} is not a folder.", "Name the project's folder with --project.") from None
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.", "Mend its permissions.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path} is not valid TOML: {error}.", "Mend that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ProjectError(
            f"{path}: {field} = {first['input']!r} is refused: {first['msg']}.", "Mend that line."
        ) from error
    if settings.format > FORMAT:
        raise ProjectError(
            f"{path} says format {settings.format}, and this Openslate knows formats up to {FORMAT}.",
            "Install the newer Openslate that wrote it.",
        )
    return settings
