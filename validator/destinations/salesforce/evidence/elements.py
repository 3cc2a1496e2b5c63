"""XML of Salesforce's metadata, read with care: the files are anybody's who may change the repository.

It is UTF-8, and nothing in it declares a document type, hence no entity: what does is refused before any
parser sees it. So is what has far more elements than any metadata.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

MOST: Final = 400_000
"""Tags of one file: an object with 800 fields has about 20,000, with long picklists ten times that."""


class Broken(Exception):
    """The text is no XML that is read here, with the reason."""


def read(data: bytes) -> Element:
    """Read a document. Raise Broken."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Broken("it is not UTF-8") from None
    if "<!DOCTYPE" in text:
        raise Broken("it declares a document type, which metadata never does")
    if text.count("<") > MOST:
        raise Broken("it has more tags than any metadata")
    try:
        return ET.fromstring(text)  # noqa: S314 - without a document type there is nothing to expand
    except ET.ParseError as error:
        raise Broken(str(error)) from None


def text(element: Element, *path: str) -> str:
    """Give the text at the end of a path of names; the empty string where there is none."""
    return (element.findtext(_anywhere(path)) or "").strip()


def holds(element: Element, *path: str) -> bool:
    """Whether `true` stands at the end of a path of names."""
    return text(element, *path).lower() == "true"


def each(element: Element, *path: str) -> Iterable[Element]:
    """Give the elements at the end of a path of names."""
    return element.findall(_anywhere(path))


def _anywhere(path: Iterable[str]) -> str:
    """Spell a path so that no namespace matters: files written by hand have none."""
    return "/".join(f"{{*}}{name}" for name in path)
