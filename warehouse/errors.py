"""What can go wrong with a warehouse. Imports warehouse.reasons only.

WarehouseError
├── NotPublishedError   no build has been published in this folder yet
├── DamagedError        the file of the published build cannot be opened
├── LockedError         another build runs in this folder
├── CheckError          a build broke a check and was not published
├── CorrectionsError    the corrections file, or a row for it, cannot be understood
├── QuestionError       no such stored question, or a parameter that it does not take
└── QueryError          ad hoc SQL gave no result; has `line`, `column` and `reason` where they are known
    ├── QueryRefusedError    it is not a SELECT of the warehouse's own tables
    ├── QueryFailedError     DuckDB could not run it
    ├── QueryTimeError       it ran longer than allowed
    ├── QueryMemoryError     it needed more memory than allowed
    ├── QueryCancelledError  somebody cancelled it
    └── QueryBusyError       too many queries are running
"""

from __future__ import annotations

from warehouse.reasons import Reason


class WarehouseError(Exception):
    """Base of everything the warehouse raises on purpose."""


class NotPublishedError(WarehouseError):
    """No build has been published in this folder."""


class DamagedError(WarehouseError):
    """The file of the published build cannot be opened."""


class LockedError(WarehouseError):
    """Another build runs in this folder."""


class CheckError(WarehouseError):
    """A build broke a check; what was published before stands."""


class CorrectionsError(WarehouseError):
    """The corrections file, or a row for it, cannot be understood."""


class QuestionError(WarehouseError):
    """No such stored question, or a parameter that it does not take."""


class QueryError(WarehouseError):
    """Ad hoc SQL gave no result. `line` and `column` count from 1; `reason` is None where DuckDB gave its own."""

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, reason: Reason | None = None
    ) -> None:
        super().__init__(message)
        self.line, self.column, self.reason = line, column, reason


class QueryRefusedError(QueryError):
    """It is not a SELECT of the warehouse's own tables."""


class QueryFailedError(QueryError):
    """DuckDB could not run it."""


class QueryTimeError(QueryError):
    """It ran longer than allowed and was stopped."""


class QueryMemoryError(QueryError):
    """It needed more memory than allowed and was stopped."""


class QueryCancelledError(QueryError):
    """Somebody cancelled it."""


class QueryBusyError(QueryError):
    """Too many queries are running."""
