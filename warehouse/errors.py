"""What can go wrong with a warehouse. Imports nothing of ours.

WarehouseError
├── NotPublishedError   no build has been published in this folder yet
├── LockedError         another build runs in this folder
└── CheckError          a build broke a check and was not published
"""

from __future__ import annotations


class WarehouseError(Exception):
    """Base of everything the warehouse raises on purpose."""


class NotPublishedError(WarehouseError):
    """No build has been published in this folder."""


class LockedError(WarehouseError):
    """Another build runs in this folder."""


class CheckError(WarehouseError):
    """A build broke a check; what was published before stands."""
