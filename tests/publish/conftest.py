import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.site import Site
from tests.publish.helpers import ROOT


@pytest.fixture(scope="session")
def first_catalog() -> Catalog:
    """The archive in this repository."""
    return Catalog.load(Archive.open(ROOT))


@pytest.fixture(scope="session")
def first_site(first_catalog: Catalog) -> Site:
    return Site(first_catalog)
