"""A ledger that is shorter than the state remembers: where it ends, how much is gone, cut or replaced."""

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.alarm import alarm
from openslate.rights.ledger import index
from openslate.rights.ledger.index import Head
from openslate.rights.ledger.lines import Line, walk


def refuse_short(project: Project, head: Head) -> None:
    """Refuse a file that is gone, or has fewer bytes than the state remembers.

    Raises:
        RightsError: it is, or a line that is left was changed; the place and the kind are named.
    """
    path = project.ledger_path
    if head.entries and (not path.exists() or path.stat().st_size < head.end):
        raise short(project, head)


def short(project: Project, head: Head) -> RightsError:
    """The error for a file in which whole entries are missing at the end.

    Raises:
        RightsError: a line that is left was changed, which is what is to be told first.
    """
    path = project.ledger_path
    remembered = f"the state remembers {head.entries} entries in {head.end} bytes, up to {head.hash.hex()[:12]}"
    if not path.exists():
        return alarm(f"The ledger {path} was removed: there is no such file, and {remembered}.")
    whole, end = 0, 0
    for line, row in zip(walk(path), index.rows_in_parts(project.state, head.entries), strict=False):
        if row[2] != line.hash:
            raise replaced(project, head, line)
        whole, end = line.number + 1, line.end
    left = path.stat().st_size - end
    if left:
        how = f"line {whole + 1}, byte {end}: the entry is cut after {left} of its bytes, and nothing follows it"
    else:
        gone = head.entries - whole
        count = "1 entry is" if gone == 1 else f"{gone} entries are"
        how = f"line {whole + 1}, byte {end}: the file ends here, and {count} gone"
    same = f"The {whole} before are unchanged: the file was cut, not replaced" if whole else "Nothing whole is left"
    return alarm(f"{path}, {how}; {remembered}. {same}.")


def replaced(project: Project, head: Head, line: Line) -> RightsError:
    """The error for a line that is whole, and not the one that the state remembers."""
    what = f"{project.ledger_path}, line {line.number + 1}: the entry is not the one the state remembers"
    if line.number == 0 and line.value.get("origin") != head.origin:
        what += f"; it begins another ledger, {line.value.get('origin')}, in the place of {head.origin}"
    return alarm(f"{what}.")
