import gzip

import pytest

from filmld.diagnostics.model import Position, Severity
from filmld.turtle.decoding import SIZE_LIMIT, decode


def test_sound_utf8_is_decoded_without_a_word() -> None:
    assert decode("Kilpeläinen 影 🎬\r\n".encode(), filename="x.ttl") == ("Kilpeläinen 影 🎬\r\n", ())


def test_a_byte_order_mark_is_stripped_with_a_warning() -> None:
    text, (found,) = decode(b"\xef\xbb\xbf<urn:a> a <urn:b> .", filename="x.ttl")
    assert text == "<urn:a> a <urn:b> ."
    assert (found.code, found.severity, found.filename) == ("byte-order-mark", Severity.WARNING, "x.ttl")


def test_a_byte_of_windows_1252_is_named_with_its_place_and_letter() -> None:
    data = '# ä\n:a schema:name "Sokurovin '.encode() + b'\xe4\xe4ni" .'
    text, (found,) = decode(data, filename="x.ttl")
    assert text is None
    assert found.code == "encoding"
    assert found.message == "This file is not saved as UTF-8"
    assert found.span is not None
    assert found.span.start == Position(2, 27)
    assert found.label == "byte 0xE4 is not valid here; in Windows-1252 it would be ‘ä’"
    assert found.notes == ("2 places are affected; nothing else in the file was checked",)


def test_a_byte_that_windows_1252_lacks_is_named_without_a_letter() -> None:
    _, (found,) = decode(b'"a\x81"', filename="x.ttl")
    assert found.label == "byte 0x81 is not valid here"
    assert found.notes == ("1 place is affected; nothing else in the file was checked",)


@pytest.mark.parametrize("data", [b'"\xc0\xaf"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe4'])
def test_overlong_forms_surrogates_and_cut_characters_are_refused(data: bytes) -> None:
    text, (found,) = decode(data, filename="x.ttl")
    assert text is None
    assert found.span is not None
    assert (found.code, found.span.start) == ("encoding", Position(1, 2))


TURTLE = "@prefix : <urn:> . # a file\n:a :b :c .\n"


@pytest.mark.parametrize(
    ("data", "code", "named"),
    [
        (TURTLE.encode("utf-16"), "encoding", "UTF-16"),
        (TURTLE.encode("utf-16-le"), "encoding", "UTF-16"),
        (TURTLE.encode("utf-16-be"), "encoding", "UTF-16"),
        (TURTLE.encode("utf-32"), "encoding", "UTF-32"),
        (gzip.compress(TURTLE.encode()), "not-turtle", "gzip"),
        (b"<!DOCTYPE html>\n<html></html>", "not-turtle", "HTML"),
        (b"<html lang='en'>", "not-turtle", "HTML"),
        (b'<?xml version="1.0"?>\n<!-- x --><rdf:RDF xmlns:rdf="x">', "not-turtle", "RDF/XML"),
        (b"<rdf:RDF>", "not-turtle", "RDF/XML"),
        (b'<?xml version="1.0"?>\n<film/>', "not-turtle", "XML"),
        (b'{\n  "@context": "https://schema.org"}', "not-turtle", "JSON"),
        (b'[ {"@id": "x"} ]', "not-turtle", "JSON"),
        (b"%PDF-1.7", "not-turtle", "PDF"),
        (b"PK\x03\x04word", "not-turtle", "ZIP"),
        (bytes(range(1, 32)) * 20, "not-turtle", "binary"),
        (b" " * (SIZE_LIMIT + 1), "too-large", "16,777,217"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_is_no_turtle_is_named(data: bytes, code: str, named: str) -> None:
    text, (found,) = decode(data, filename="x.ttl")
    assert text is None
    assert found.code == code
    assert named in found.message


@pytest.mark.parametrize(
    "text", ["<urn:a> a <urn:b> .", "<html> a <x> .", "[ a <x> ] .", "", "# <html>", "[] a <x> ."]
)
def test_turtle_is_not_taken_for_something_else(text: str) -> None:
    decoded, found = decode(text.encode(), filename="x.ttl")
    if text.startswith("<html>"):
        assert decoded is None  # indistinguishable, and no record begins so
    else:
        assert (decoded, found) == (text, ())
