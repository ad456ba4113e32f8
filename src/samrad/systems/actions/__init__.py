"""What people do with the system register."""

from samrad.systems.actions.importing import ImportResult, import_systems, keep_columns, lock_import, upload_register
from samrad.systems.actions.keeping import change_system, register_system, retire_system
from samrad.systems.actions.warning import warn_expiry

__all__ = [
    "ImportResult",
    "change_system",
    "import_systems",
    "keep_columns",
    "lock_import",
    "register_system",
    "retire_system",
    "upload_register",
    "warn_expiry",
]
