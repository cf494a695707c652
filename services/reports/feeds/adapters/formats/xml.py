"""XML without DTD, entities or anything fetched (defusedxml)."""

from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from chassis.errors import Unreadable

MAX_DEPTH: Final = 200


def parse_xml(body: bytes) -> Element:
    """The root element. Unreadable for broken XML, for a DTD or entities, and for what is nested too deeply."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("The body is not plain XML: it is broken, or it has a DTD or entities, which are not taken.") from error
    if _depth(root) > MAX_DEPTH:
        raise Unreadable("The XML is nested too deeply.")
    return root


def _depth(root: Element) -> int:
    depth, level = 0, [root]
    while level and depth <= MAX_DEPTH:
        depth, level = depth + 1, [child for each in level for child in each]
    return depth


def split_tag(tag: str) -> tuple[str, str]:
    """Namespace and local name of a tag or attribute."""
    namespace, brace, name = tag.rpartition("}")
    return (namespace.removeprefix("{"), name) if brace else ("", tag)
