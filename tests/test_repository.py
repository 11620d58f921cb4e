"""The repository tests itself: facts a newcomer relies on."""

import ast
import importlib
import re

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = settings.BASE_DIR
APPS = ("news", "indicators", "feedback")
# These sit on top and may import every app; nothing imports them but each other.
TOP = {
    "portal.urls",
    "portal.views",
    "portal.sitemaps",
    "portal.management",
    "portal.admin_site",
    "portal.badges",
    "portal.components",
    "portal.component_samples",
    "portal.desk",
    "portal.desk_charts",
    "portal.periodic",
    "portal.readership",
    "portal.readership_views",
    "portal.search_views",
    "portal.warming",
}
CHECK_DEPLOY = """
import django
from django.core.management import call_command

django.setup()
call_command("check", deploy=True, fail_level="WARNING")
"""
TREE = ("portal", *APPS, "tests", "templates", "static", "docs", "fixtures")


def modules():
    for app in ("portal", *APPS):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def imported_names(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_top(name):
    return any(name == top or name.startswith(f"{top}.") for top in TOP)


def test_imports_point_one_way():
    allowed = {
        "portal": set(),
        "news": {"portal"},
        "indicators": {"portal", "news"},
        "feedback": {"portal", "news"},
    }
    for module, path in modules():
        app = module.partition(".")[0]
        if is_top(module):
            continue
        for name in imported_names(path):
            other = name.partition(".")[0]
            if other in allowed and other != app:
                assert other in allowed[app], f"{module} imports {name}"
            assert not is_top(name), f"{module} imports {name}, which sits on top"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_row_of_the_map_resolves():
    rows = re.findall(r"^\| .+? \| `([\w.]+)` \|$", (ROOT / "docs/where.md").read_text(), re.M)
    assert len(rows) >= 15
    for dotted in rows:
        parts = dotted.split(".")
        for length in range(len(parts), 0, -1):
            try:
                found = importlib.import_module(".".join(parts[:length]))
            except ModuleNotFoundError:
                continue
            for attribute in parts[length:]:
                found = getattr(found, attribute)
            break
        else:
            pytest.fail(f"docs/where.md: {dotted} does not exist")


def test_markup_is_trusted_in_one_module_alone():
    for module, path in modules():
        if module != "portal.richtext":
            assert "mark_safe" not in path.read_text(), f"{module} uses mark_safe"
    for path in (ROOT / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text()), path


def test_no_template_carries_inline_script_or_style():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text), path


def test_public_files_name_no_other_host():
    for path in (*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")):
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text()), path


def test_every_partial_states_what_it_needs():
    for path in (ROOT / "templates").rglob("_*.html"):
        assert path.read_text().startswith("{# " + path.name), path


def test_locked_requirements_carry_hashes_and_no_addresses():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "--index-url" not in text


def test_every_dependency_has_a_reason():
    for line in (ROOT / "pyproject.toml").read_text().splitlines():
        if re.match(r'\s+"[\w-]+(\[[\w,]+\])?~=', line):
            assert "#" in line, f"pyproject.toml: {line.strip()} has no reason beside it"


def test_text_files_are_composed_utf8():
    import unicodedata

    for folder in TREE:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".md", ".json", ".css", ".js"} and path.is_file():
                text = path.read_text(encoding="utf-8")
                assert unicodedata.is_normalized("NFC", text), path


def test_production_settings_pass_djangos_own_check():
    import os
    import subprocess
    import sys

    environment = os.environ | {
        "PORTAL_BASE_URL": "https://soct.example.gov.vn",
        "PORTAL_SECRET_KEY": "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    }
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            CHECK_DEPLOY,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
