"""The programs that are on the card only, loaded from where they lie in ``image/files``."""

import importlib.util
import sys
from types import ModuleType

from tests.kit.vigie import ROOT

FILES = ROOT / "image/files"


def program(name: str) -> ModuleType:
    """Give ``/usr/lib/card/NAME.py`` as a module."""
    file = FILES / f"usr/lib/card/{name}.py"
    spec = importlib.util.spec_from_file_location(f"card_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
