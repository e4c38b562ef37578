"""Addresses of records that are out of use."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from filmld.cli.main import cli
from tests.publish.helpers import archive
from tests.serve.running import BROWSER, Running, serving

RECORDS = {
    "film/x": "<> a schema:Movie ; schema:name 'X' .",
    "film/old": "</film/old> fld:replacedBy <> .",
    "film/away": "</film/away> fld:replacedBy <https://elsewhere.example/a> .",
    "film/gone": "</film/gone> fld:retired true ; schema:name 'Gone' .",
}


@pytest.fixture(scope="module", params=["archive", "snapshot"])
def retired(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("retired")
    made = archive(folder, RECORDS)
    options = []
    if request.param == "snapshot":
        assert CliRunner().invoke(cli, ["--root", str(made.root), "build"]).exit_code == 0
        options = ["--snapshot", str(folder / "site" / "current")]
    with serving(made.root, *options) as running:
        yield running


@pytest.mark.parametrize("ending", ["", ".html", ".ttl", ".jsonld", ".nt"])
def test_what_nothing_has_replaced_is_gone(ending: str, retired: Running) -> None:
    reply = retired.ask(f"/film/gone{ending}", headers={"Accept": BROWSER})
    assert (reply.status, reply.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert "This record is out of use" in reply.text


@pytest.mark.parametrize("ending", ["", ".html", ".ttl", ".jsonld", ".nt"])
def test_what_was_replaced_leads_on_in_the_form_that_was_asked_for(ending: str, retired: Running) -> None:
    reply = retired.ask(f"/film/old{ending}")
    assert (reply.status, reply.headers["Location"]) == (301, f"/film/x{ending}")
    assert retired.ask(reply.headers["Location"]).status == 200


def test_it_may_lead_to_another_archive(retired: Running) -> None:
    reply = retired.ask("/film/away.ttl")
    assert (reply.status, reply.headers["Location"]) == (301, "https://elsewhere.example/a")


def test_the_list_of_retired_addresses_is_there_for_programs(retired: Running) -> None:
    assert retired.ask("/retired.json").headers["Content-Type"] == "application/json"
    assert retired.ask("/film/x").status == 200
