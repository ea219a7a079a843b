"""What a site is called, where it will stand, and what it may load."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from openslate.apps.press.publishing.paths import outside
from openslate.errors import UsageError


@dataclass(frozen=True)
class SiteSettings:
    """How a site is made.

    Attributes:
        name: of the site.
        address: under which it will be read, such as https://press.slate.example; empty where that is not known.
        pictures: whether pages load pictures from those who published them, who then see who reads.
        least_heat: of records in the JSON API; those that are published, whatever their heat, when None.

    Raises:
        UsageError: the name is empty, or the address is none.
    """

    name: str = "Coverage"
    address: str = ""
    pictures: bool = False
    least_heat: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("The site has no name.", "Say what it is called: --title NAME.")
        parts = urlsplit(self.address) if outside(self.address) else None
        if self.address and (parts is None or parts.query or parts.fragment or "@" in parts.netloc):
            raise UsageError(
                f"{self.address!r} is no address of a site.", "Write one such as https://press.slate.example/news."
            )

    def at(self, path: str) -> str:
        """The whole address of a page; its path alone where the site's address is not known.

        Args:
            path: within the site.

        Example:
            >>> SiteSettings(address="https://a.example/news/").at("topics/ai.html")
            'https://a.example/news/topics/ai.html'
        """
        shown = "" if path == "index.html" else path
        return f"{self.address.rstrip('/')}/{shown}" if self.address else path
