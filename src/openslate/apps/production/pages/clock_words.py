"""Minutes after midnight as a clock shows them."""


def clock_words(minutes: int) -> str:
    """A time of the day; after midnight it is said that it is the next day's.

    Example:
        >>> clock_words(7 * 60), clock_words(25 * 60 + 30), clock_words(-30)
        ('07:00', '01:30 (+1)', '23:30 (-1)')
    """
    days, rest = divmod(minutes, 24 * 60)
    return f"{rest // 60:02}:{rest % 60:02}{f' ({days:+})' if days else ''}"
