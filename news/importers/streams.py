"""XML files of any length, read one element at a time and without believing them."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from news.importers.items import BrokenItem, ImportFileError

_SHOWN_ERRORS = 5


def elements(path: Path, *names: str) -> Iterator[etree._Element | BrokenItem]:
    """
    Yield the elements of these names as they are read; each is emptied after its turn.

    What libxml2 had to skip comes last. Raises ImportFileError for a file that is no XML
    or declares entities: nothing is fetched and nothing is expanded.
    """
    with path.open("rb") as file:
        reader = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,  # old portals leave control characters in their exports
        )
        try:
            yield from _ended(reader, names)
        except etree.XMLSyntaxError as error:
            raise ImportFileError(f"Tệp XML hỏng: dòng {error.lineno}.") from error
        for error in list(reader.error_log)[:_SHOWN_ERRORS]:
            yield BrokenItem(f"dòng {error.line}", "XML hỏng ở đây: có thể thiếu nội dung.")


def _ended(reader, names) -> Iterator[etree._Element]:
    root = None
    for event, element in reader:
        if root is None:
            root = element
            _refuse_entities(root)
        if event == "end" and element.tag in names:
            yield element
            element.clear()
            # Emptied siblings would add up over a hundred thousand items.
            while element.getprevious() is not None:
                del element.getparent()[0]


def _refuse_entities(root) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ImportFileError("Tệp XML khai báo thực thể (entity) riêng nên không được nhận.")


def root_of(path: Path) -> tuple[str, set[str]]:
    """
    Return the name of a file's root element and the namespaces it declares.

    Raises ImportFileError when the file is no XML.
    """
    try:
        with path.open("rb") as file:
            for _, root in etree.iterparse(
                file, events=("start",), resolve_entities=False, no_network=True, recover=True
            ):
                return root.tag, set(root.nsmap.values())
    except etree.XMLSyntaxError as error:
        raise ImportFileError("Tệp không phải XML hoặc đã hỏng.") from error
    raise ImportFileError("Tệp XML rỗng.")
