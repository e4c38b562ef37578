"""What tells search engines which pages there are."""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree import ElementTree as ET

LARGEST: Final = 50_000
"""Addresses in one sitemap, by the sitemap protocol 0.9."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_count(addresses: int) -> int:
    """How many sitemaps are needed for so many addresses."""
    return max(1, -(-addresses // LARGEST))


def sitemap(addresses: Sequence[str], number: int = 1) -> bytes:
    """Write one sitemap, counted from 1."""
    return _xml("urlset", "url", addresses[(number - 1) * LARGEST : number * LARGEST])


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """Write the list of sitemaps, where one is too few."""
    return _xml("sitemapindex", "sitemap", addresses)


def robots(base: str) -> bytes:
    """Write ``robots.txt``: everything is welcome, and here is the list."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {base}sitemap.xml\n".encode()


def _xml(root_name: str, entry_name: str, addresses: Iterable[str]) -> bytes:
    root = ET.Element(root_name, xmlns=_NAMESPACE)
    for address in addresses:
        ET.SubElement(ET.SubElement(root, entry_name), "loc").text = address
    ET.indent(root, space="")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
