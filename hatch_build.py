"""The wheel holds compiled catalogues, whoever builds it."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Compile what has changed; an editable install does it at `make setup`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from samrad.core.catalogues import compile_all

        compile_all(Path(self.root) / "src" / "samrad")
