"""What pages of records say of the record itself: its address, its changes, its faults."""

from pathlib import Path

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.diagnostics import Diagnostic, Position, Severity, Span
from filmld.publish.site import Site
from tests.publish.helpers import ROOT, Html, body, catalog

RECORD = {"film/x": "<> a schema:Movie ; schema:name 'X' ."}


def finding(severity: Severity, message: str, row: int | None = 3) -> Diagnostic:
    span = Span(Position(row, 1), Position(row, 5)) if row else None
    return Diagnostic(
        code="some-rule", severity=severity, message=message, filename="records/film/x.ttl", span=span
    )


def page(folder: Path, *findings: Diagnostic) -> Html:
    return Html(body(Site(catalog(folder, RECORD), findings={"records/film/x.ttl": findings}), "film/x.html"))


def test_without_a_check_a_page_says_nothing_of_it(tmp_path: Path) -> None:
    assert "Check of this record" not in Html(body(Site(catalog(tmp_path, RECORD)), "film/x.html")).words


def test_a_sound_record_says_so(tmp_path: Path) -> None:
    assert "Check of this record No findings" in page(tmp_path).words


def test_findings_are_counted_and_told(tmp_path: Path) -> None:
    text = body(
        Site(
            catalog(tmp_path, RECORD),
            findings={
                "records/film/x.ttl": (
                    finding(Severity.WARNING, "Odd </script><b>"),
                    finding(Severity.WARNING, "Also odd", row=None),
                    finding(Severity.INFO, "By the way"),
                )
            },
        ),
        "film/x.html",
    )
    assert "2 warnings, 1 remark" in text
    assert 'warning, line 3: <span lang="en"><bdi>Odd &lt;/script&gt;&lt;b&gt;</bdi>' in text
    assert "warning: <span" in text


def test_a_very_faulty_record_has_a_page_all_the_same(tmp_path: Path) -> None:
    many = [finding(Severity.ERROR, f"Fault {number}") for number in range(500)]
    text = body(Site(catalog(tmp_path, RECORD), findings={"records/film/x.ttl": tuple(many)}), "film/x.html")
    assert "500 errors" in text
    assert text.count("<code>some-rule</code>") == 20


def test_the_permanent_address_can_be_copied_without_a_script(tmp_path: Path) -> None:
    inputs = [attributes for tag, attributes in page(tmp_path).elements if tag == "input"]
    address = next(each for each in inputs if each.get("id") == "page-address")
    assert (address["value"], "readonly" in address) == ("https://films.example.org/film/x", True)


def test_an_image_is_named_to_those_who_show_a_link_and_loaded_by_no_page(tmp_path: Path) -> None:
    record = {
        "film/x": "<> a schema:Movie ; schema:image <javascript:x>, <#i> . "
        "<#i> schema:contentUrl <https://films.example.org/still.jpg> ."
    }
    shown = Html(body(Site(catalog(tmp_path, record)), "film/x.html"))
    assert [e["content"] for tag, e in shown.elements if e.get("property") == "og:image"] == [
        "https://films.example.org/still.jpg"
    ]
    assert shown.count("img") == 0


def test_copies_versions_awards_and_titles_have_sections() -> None:
    site = Site(Catalog.load(Archive.open(ROOT / "tests" / "archives" / "invented")))
    words = Html(body(site, "film/the-bridge-at-ristisaari-1964.html")).words
    assert "Versions Die Brücke von Ristisaari Kind of variant Dubbed version" in words
    assert "Awards Silver Oar" in words
    assert "Copies Manifestation Manifestation of Die Brücke von Ristisaari Gauge 35 mm Item Held by" in words
    assert "#item-1" not in words


def test_a_running_time_is_told_in_minutes(tmp_path: Path) -> None:
    record = {"film/x": "<> a schema:Movie ; schema:duration 'PT1H35M'^^xsd:duration, 'long'^^xsd:duration ."}
    words = Html(body(Site(catalog(tmp_path, record)), "film/x.html")).words
    assert "Running time 95 min (PT1H35M) long" in words


def test_an_uncertain_year_stands_beside_the_title(tmp_path: Path) -> None:
    edtf = "http://id.loc.gov/datatypes/edtf/EDTF"
    record = {"film/x": f"<> a schema:Movie ; schema:name 'X' ; schema:dateCreated '193X'^^<{edtf}> ."}
    assert "X (193X)" in Html(body(Site(catalog(tmp_path, record)), "film/x.html")).words


def test_a_page_leads_to_where_its_file_is_edited_if_that_is_known(tmp_path: Path) -> None:
    settings = 'edit = "https://git.example.org/films/edit/main/"\n'
    known = Html(body(Site(catalog(tmp_path, RECORD, settings)), "film/x.html"))
    assert "https://git.example.org/films/edit/main/records/film/x.ttl" in known.all("href")
    unknown = Html(body(Site(catalog(tmp_path, RECORD)), "film/x.html"))
    assert "edit" not in unknown.all("rel")


def test_a_record_whose_file_cannot_be_read_any_more_says_so_on_top(tmp_path: Path) -> None:
    made = catalog(tmp_path, RECORD)
    made.outdated = frozenset(made.records)
    found = finding(Severity.ERROR, "‘a’ has no value", 9)
    text = body(Site(made, findings={"records/film/x.ttl": (found,)}), "film/x.html")
    assert text.index("page-outdated") < text.index("‘a’ has no value") < text.index("<h1>")
    assert "line 9" in Html(text).words
    assert "page-outdated" in body(Site(made), "film/x.html")
