"""Listings say what a dictionary of the same files says."""

from hypothesis import given
from hypothesis import strategies as st

from filmld.publish.listing import Entry, Listing

PATHS = st.lists(st.sampled_from(["a", "b", "-", ".", "é", "\t", "\n", "\r", "\\", "0", "t"]), min_size=1)
NAMES = st.lists(PATHS.map("".join), min_size=1, max_size=3).map("/".join)
ENTRIES = st.builds(Entry, st.integers(0, 10**12), st.text("0123456789abcdef", min_size=64, max_size=64))
FILES = st.dictionaries(NAMES, ENTRIES)


@given(FILES, st.lists(NAMES))
def test_files_are_found_and_no_others(files: dict[str, Entry], others: list[str]) -> None:
    listing = Listing.of(files.items())
    assert dict(listing.items()) == {path: listing[path] for path in listing} == files
    assert len(listing) == len(files)
    assert listing.sizes() == {path: entry.size for path, entry in files.items()}
    assert [path in listing for path in others] == [path in files for path in others]
    assert list(listing) == sorted(files, key=lambda path: path.translate(ESCAPED).encode())


ESCAPED = str.maketrans({"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"})


@given(FILES, st.dictionaries(NAMES, st.none() | ENTRIES))
def test_an_edited_listing_is_that_of_the_edited_files(
    files: dict[str, Entry], changes: dict[str, Entry | None]
) -> None:
    changes |= dict.fromkeys(list(files)[:2])
    after = {path: entry for path, entry in (files | changes).items() if entry}
    before, edited = Listing.of(files.items()), Listing.of(files.items()).edited(changes)
    assert edited == Listing.of(after.items())
    assert hash(edited) == hash(Listing.of(after.items()))
    different = {path for path in files.keys() | after.keys() if files.get(path) != after.get(path)}
    assert before.differing(edited) == edited.differing(before) == different


@given(FILES, NAMES)
def test_what_lies_below_a_folder_begins_with_its_name(files: dict[str, Entry], folder: str) -> None:
    folder = folder.partition("\\")[0].strip("\t\n\r") or "a"
    below = {path: entry for path, entry in files.items() if path.startswith(f"{folder}/")}
    assert Listing.of(files.items()).below(folder) == Listing.of(below.items())


def test_a_listing_is_no_other_thing() -> None:
    assert Listing() != {}
    assert Listing(b"a\t1\tb\n")["a"] == (1, "b")
