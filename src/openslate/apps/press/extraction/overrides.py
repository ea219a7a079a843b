"""What a site's pages need besides, as data: where the article stands, and what in it is none of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from openslate.native import load
from openslate.storage.written_toml import Form, read_toml

FORM = Form("overrides", "docs/press-extraction.md", {"host": 'Write it as "www.slate.example".'})


@dataclass(frozen=True)
class Override:
    """Of one site.

    Attributes:
        body: XPath of the article; empty for the whole page.
        drop: XPaths of what is taken out.
    """

    body: str = ""
    drop: tuple[str, ...] = ()


def _xpath(text: str) -> str:
    etree = load("lxml.etree", "Reading overrides", "pip install 'openslate[press]'")
    try:
        etree.XPath(text)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"it is no XPath: {error}") from None
    return text


Expression = Annotated[str, Field(strict=True, min_length=1, max_length=1_000), AfterValidator(_xpath)]


class WrittenOverride(BaseModel):
    """Of one site."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9.-]{0,252}$")]
    body: Expression | None = None
    drop: list[Expression] = []


class WrittenOverrides(BaseModel):
    """A file of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    site: Annotated[list[WrittenOverride], Field(min_length=1)]


def read_overrides(path: Path) -> Mapping[str, Override]:
    """Overrides by host, from a TOML file.

    Args:
        path: of the file.

    Raises:
        AdmitError: it cannot be read, a field is wrong, or an expression is none; every one stands in the message.
        MissingExtra: lxml is not installed.
    """
    written, file = read_toml(path, WrittenOverrides, FORM)
    hosts = [one.host for one in written.site]
    twice = [(("site", row, "host"), "it is there already") for row, host in enumerate(hosts) if host in hosts[:row]]
    if twice:
        raise file.refused(twice)
    return {one.host: Override(one.body or "", tuple(one.drop)) for one in written.site}
