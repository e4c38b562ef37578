"""Our named tuples are what those of the library are."""

import copy
import pickle
import string
import types
import typing
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld import tuples


class Ours(tuples.NamedTuple):
    """A film, in short."""

    title: str
    year: "int | None" = None
    seconds: int = 0

    @property
    def minutes(self) -> int:
        return self.seconds // 60


class Theirs(typing.NamedTuple):
    """A film, in short."""

    title: str
    year: "int | None" = None
    seconds: int = 0

    @property
    def minutes(self) -> int:
        return self.seconds // 60


class Longer(Ours):
    """One that builds upon another."""

    def told(self) -> str:
        return f"{self.title}: {self.minutes}"


VALUES = st.lists(st.integers() | st.text(), max_size=4)
NAMED = st.dictionaries(st.sampled_from(["title", "year", "seconds", "length"]), st.integers(), max_size=3)


def _outcome(call: Callable[[], Any]) -> object:
    """What comes of a call, without the name of the class: a value, or the kind of error."""
    try:
        return repr(call()).replace("Theirs", "Ours")
    except (TypeError, ValueError) as error:
        return type(error)


@given(VALUES, NAMED)
def test_they_are_made_as_those_of_the_library(values: list[Any], named: dict[str, Any]) -> None:
    assert _outcome(lambda: Ours(*values, **named)) == _outcome(lambda: Theirs(*values, **named))


@given(VALUES)
def test_they_are_made_of_a_row_as_those_of_the_library(values: list[Any]) -> None:
    assert _outcome(lambda: Ours._make(values)) == _outcome(lambda: Theirs._make(values))


@given(NAMED)
def test_they_are_replaced_as_those_of_the_library(named: dict[str, Any]) -> None:
    ours, theirs = Ours("Mother", 1997, 4380), Theirs("Mother", 1997, 4380)
    assert _outcome(lambda: ours._replace(**named)) == _outcome(lambda: theirs._replace(**named))


def test_they_are_tuples() -> None:
    ours = Ours("Mother", seconds=4380)
    assert (ours.title, ours.year, ours.seconds, ours.minutes) == ("Mother", None, 4380, 73)
    assert hash(ours) == hash(("Mother", None, 4380))
    assert ours == ("Mother", None, 4380)
    match Ours("Mother", seconds=4380):
        case Ours(title, _, seconds):
            assert (title, seconds) == ("Mother", 4380)


def test_nothing_can_be_set_on_them() -> None:
    ours = Ours("Mother")
    for attribute in ("title", "director"):
        with pytest.raises(AttributeError):
            setattr(ours, attribute, "Father")


def test_they_tell_what_they_are_as_those_of_the_library() -> None:
    for attribute in ("_fields", "_field_defaults", "__match_args__", "__doc__", "__slots__"):
        assert getattr(Ours, attribute) == getattr(Theirs, attribute)
    assert Ours("Mother")._asdict() == Theirs("Mother")._asdict()


def test_they_can_be_copied_and_handed_to_another_process() -> None:
    ours = Ours("Mother", 1997)
    for again in (copy.copy(ours), pickle.loads(pickle.dumps(ours))):  # noqa: S301  we wrote it
        assert again == ours
        assert type(again) is Ours


def test_one_that_builds_upon_another_has_its_fields() -> None:
    assert Longer("Mother", seconds=4380).told() == "Mother: 73"


def test_a_class_can_have_as_many_fields_as_there_are_letters() -> None:
    def made(names: str) -> Any:
        body: dict[str, Any] = {"__annotations__": dict.fromkeys(names, int)}
        return types.new_class("Many", (tuples.NamedTuple,), exec_body=lambda new: new.update(body))

    many = made(string.ascii_lowercase)(*range(26))
    assert (many.a, many.m, many.z) == (0, 12, 25)
    with pytest.raises(ValueError, match="zip"):
        made(string.ascii_letters)
