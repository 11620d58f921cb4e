"""Which static files are shipped, how the style sheet is joined, and how files are named."""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, get_finders
from django.core.files.base import ContentFile
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# CKEditor's package brings 1,257 files, samples and foreign plugins among them. Only what
# the editor loads with our configuration is served; an update of the package cannot add a
# file unseen (tests/portal/test_editor_fence.py has the list).
_EDITOR = "ckeditor/ckeditor/"
_LOADER_FILES = {"ckeditor/ckeditor-init.js", "ckeditor/ckeditor.css", "ckeditor/fixups.js"}
_EDITOR_FILES = """
    ckeditor.js config.js contents.css styles.js lang/vi.js lang/en.js
    plugins/icons.png plugins/icons_hidpi.png
""".split()
_PLUGINS = """
    clipboard dialog find image2 lineutils link magicline pastefromword pastefromgdocs
    pastefromlibreoffice pastetools specialchar table tableselection tabletools
    uploadimage uploadwidget widget
""".split()
_FILES = _LOADER_FILES | {_EDITOR + name for name in _EDITOR_FILES}
_FOLDERS = (_EDITOR + "skins/moono-lisa/", *(f"{_EDITOR}plugins/{name}/" for name in _PLUGINS))


def is_shipped(path: str) -> bool:
    """Say whether a file of an installed package may be served."""
    if not path.startswith("ckeditor/"):
        return True
    if path in _FILES:
        return True
    if not path.startswith(_FOLDERS) or path.endswith((".html", ".md")):
        return False
    language = path.rpartition("/lang/")[2] if "/lang/" in path else None
    return language in {None, "vi.js", "en.js"} and "/samples/" not in path and "_ie" not in path


class ShippedFilesFinder(AppDirectoriesFinder):
    """Finds the static files of installed apps that are shipped."""

    def find_in_app(self, app, path):
        return super().find_in_app(app, path) if is_shipped(path) else None

    def list(self, ignore_patterns):
        for path, storage in super().list(ignore_patterns):
            if is_shipped(path):
                yield path, storage


STYLE_SHEET = "css/site.css"
_IMPORT = re.compile(
    r'@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?(?: (?P<media>\w+))?;'
)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """One style sheet instead of a dozen; hashed names also inside ES modules."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if STYLE_SHEET in paths and not dry_run:
            joined = self._joined(STYLE_SHEET)
            self.delete(STYLE_SHEET)
            self.save(STYLE_SHEET, ContentFile(joined.encode()))
            paths[STYLE_SHEET] = (self, STYLE_SHEET)
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, path: str) -> str:
        """
        Return a style sheet with the files it imports in the place of the imports.

        A browser would fetch them one round trip later, one request each.
        """
        sheet = _COMMENT.sub("", self._read(path))
        return _IMPORT.sub(lambda found: self._imported(path, **found.groupdict()), sheet)

    def _imported(self, path: str, file: str, layer: str | None, media: str | None) -> str:
        rules = _COMMENT.sub("", self._read(str(Path(path).with_name(file))))
        if layer:
            rules = f"@layer {layer} {{\n{rules}}}"
        return f"@media {media} {{\n{rules}}}" if media else rules

    def _read(self, path: str) -> str:
        with self.open(path) as file:
            return file.read().decode()


def collect_if_changed() -> None:
    """
    Collect static files unless the collected ones are those of the sources.

    Hashing and compressing takes seconds, and a warm start should not wait for them.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.sources")  # beside the folder, which everybody may read
    fingerprint = _fingerprint()
    is_there = root.is_dir() and stamp.exists()
    if not is_there or stamp.read_text() != fingerprint:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fingerprint)


def _fingerprint() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            found.update(f"{path} {storage.get_modified_time(path).timestamp()}\n".encode())
    return found.hexdigest()
