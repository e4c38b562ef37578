import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.site import Site
from tests.publish.helpers import ROOT
from tests.publish.published import Published


@pytest.fixture(scope="session")
def first_catalog() -> Catalog:
    """The archive in this repository."""
    return Catalog.load(Archive.open(ROOT))


@pytest.fixture(scope="session")
def first_site(first_catalog: Catalog) -> Site:
    return Site(first_catalog)


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """What publishes an archive for the first time, for tests of what is done with the outcome."""
    return Published(tmp_path_factory.mktemp("published"))
