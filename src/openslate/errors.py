"""What can go wrong, each with one sentence that says what and one that says the way out.

OpenslateError
  UsageError          the command or call does not make sense as given (exit code 2)
  ProjectError        a folder is no project, is locked, or was damaged
  AdmitError          a row, table or file was refused on its way in
  RightsError         no basis allows this use of people's data
  FitError            training or evaluation could not finish
  RegistryError       a model, run or promotion was refused or is not there
  MissingExtra        an optional package, or a system library under it, is absent
"""


class OpenslateError(Exception):
    """The root of every error Openslate raises on purpose.

    Args:
        what: one sentence that names the thing that was wrong (file, line, field, value).
        way_out: one sentence that says what to do next.

    Example:
        >>> str(AdmitError("plays.csv has no column 'member'.", "Map it with columns={'member_id': 'member'}."))
        "plays.csv has no column 'member'. Map it with columns={'member_id': 'member'}."
    """

    exit_code = 1

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(f"{what} {way_out}")
        self.what = what
        self.way_out = way_out


class UsageError(OpenslateError):
    """The command or call does not make sense as given."""

    exit_code = 2


class ProjectError(OpenslateError):
    """A folder is no project, is locked, or was damaged."""


class AdmitError(OpenslateError):
    """A row, table or file was refused on its way in."""


class RightsError(OpenslateError):
    """No basis allows this use of people's data.

    Args:
        what: one sentence that names the thing that was wrong.
        way_out: one sentence that says what to do next.
        code: the reason code of the deny rule that this failure stands for, such as 'R25'; None for none.
    """

    def __init__(self, what: str, way_out: str, code: str | None = None) -> None:
        super().__init__(what, way_out)
        self.code = code


class NothingAllowed(RightsError):
    """Nothing is left that may be used, or there is nothing at all."""


class FitError(OpenslateError):
    """Training or evaluation could not finish."""


class RegistryError(OpenslateError):
    """A model, run or promotion was refused or is not there."""


class MissingExtra(OpenslateError):
    """An optional package, or a system library under it, is absent."""
