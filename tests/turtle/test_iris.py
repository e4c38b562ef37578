import pytest

from filmld.turtle.iris import fault, host_fault, is_absolute, resolve

# RFC 3986 §5.4, with the base of the RFC; then cases of our own.
RFC = [
    ("g:h", "g:h"),
    ("g", "http://a/b/c/g"),
    ("./g", "http://a/b/c/g"),
    ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"),
    ("//g", "http://g"),
    ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"),
    ("g#s", "http://a/b/c/g#s"),
    ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"),
    ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y#s"),
    ("", "http://a/b/c/d;p?q"),
    (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"),
    ("..", "http://a/b/"),
    ("../", "http://a/b/"),
    ("../g", "http://a/b/g"),
    ("../..", "http://a/"),
    ("../../", "http://a/"),
    ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"),
    ("../../../../g", "http://a/g"),
    ("/./g", "http://a/g"),
    ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."),
    (".g", "http://a/b/c/.g"),
    ("g..", "http://a/b/c/g.."),
    ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"),
    ("./g/.", "http://a/b/c/g/"),
    ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g#s/./x", "http://a/b/c/g#s/./x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"),
    ("http:g", "http:g"),
]


@pytest.mark.parametrize(("reference", "expected"), RFC)
def test_references_resolve_as_in_the_rfc(reference: str, expected: str) -> None:
    assert resolve(reference, "http://a/b/c/d;p?q") == expected


@pytest.mark.parametrize(
    ("reference", "base", "expected"),
    [
        ("x", "http://a", "http://a/x"),
        ("", "http://a/b#c", "http://a/b"),
        ("#", "http://a/b#c", "http://a/b#"),
        ("a//b/../c", "http://h/", "http://h/a//c"),
        ("x", "urn:a/b", "urn:a/x"),
        ("é", "http://a/b", "http://a/é"),
        ("//h/../x", "https://a/b", "https://h/x"),
    ],
)
def test_other_bases_resolve_too(reference: str, base: str, expected: str) -> None:
    assert resolve(reference, base) == expected


def test_only_what_has_a_scheme_is_absolute() -> None:
    assert [is_absolute(iri) for iri in ("urn:x", "a+b-1.c:x", "1a:x", ":x", "a/b:c", "//a")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("iri", "culprit"),
    [
        ("http://a/b c", " "),
        ("http://a/%g0", "%"),
        ("http://a/%2", "%"),
        ("urn:<x", "<"),
        ("urn:\\x", "\\"),
        ("urn:\x07", "\x07"),
    ],
)
def test_forbidden_characters_are_named(iri: str, culprit: str) -> None:
    found = fault(iri)
    assert found is not None
    assert found[1] == culprit


@pytest.mark.parametrize("iri", ["http://a/é%20(x)!$&'*+,;=:@~", "urn:isbn:1", "mailto:a@b", "x:"])
def test_sound_links_have_no_fault(iri: str) -> None:
    assert fault(iri) is None
    assert host_fault(iri) is None


@pytest.mark.parametrize(
    "iri",
    [
        "http://",
        "http:///x",
        "https:x",
        "http://[::1/",
        "http://a:b/",
        "http://a:65536",
        "HTTP://?x",
        "http://u@/",
    ],
)
def test_impossible_hosts_are_told(iri: str) -> None:
    assert host_fault(iri) is not None


@pytest.mark.parametrize(
    "iri", ["http://a:65535/", "http://[::1]:80/x", "http://u:p@a/", "http://a:/", "https://a?x", "ftp:///x"]
)
def test_possible_hosts_are_accepted(iri: str) -> None:
    assert host_fault(iri) is None
