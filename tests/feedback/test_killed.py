"""The short form of benchmarks/faults.py: a kill of each kind while people send."""

import re
import shutil
import subprocess
import sys

from django.conf import settings


def test_what_was_acknowledged_survives_every_kill_once(tmp_path):
    shutil.copytree(settings.STATIC_ROOT, tmp_path / "static")
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", "--short", "--data", tmp_path],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=400,
    )
    report = dict(re.findall(r"^(\w+): (.+)$", run.stdout, re.MULTILINE))
    assert report, run.stderr
    assert int(report["acknowledged"]) >= 20
    assert report["lost"] == report["doubled"] == "0"
    assert report["refused"] == "0", report["reasons"]
