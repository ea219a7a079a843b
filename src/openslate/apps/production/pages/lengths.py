"""Times of the day and lengths of scenes, as they are printed."""

from openslate.apps.production.shoot.scenes import pages


def clock_words(minutes: int) -> str:
    """A time of the day, of minutes after midnight; on another day it is said how many days on.

    Example:
        >>> clock_words(7 * 60), clock_words(25 * 60 + 30), clock_words(-30)
        ('07:00', '01:30 (+1)', '23:30 (-1)')
    """
    days, rest = divmod(minutes, 24 * 60)
    return f"{rest // 60:02}:{rest % 60:02}{f' ({days:+})' if days else ''}"


def pages_words(eighths: int) -> str:
    """A length with its unit.

    Example:
        >>> pages_words(4), pages_words(8), pages_words(9)
        ('4/8 page', '1 page', '1 1/8 pages')
    """
    return f"{pages(eighths)} page{'s' if eighths > 8 or not eighths else ''}"
