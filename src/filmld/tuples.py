"""Named tuples whose classes are made in a seventh of the time.

To make one, :class:`typing.NamedTuple` compiles a function, and each annotation: a quarter of a millisecond.
There are some 180, and a check of one record that was saved needs 75 of them: the tenth part of all that it
takes. Here a function is compiled for each number of fields, once, and annotations stay what they are. All
else is as it is there.
"""

from collections import namedtuple
from functools import lru_cache
from types import FunctionType
from typing import TYPE_CHECKING, Final, Self, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414, TID251  type checkers know no difference

_Places = namedtuple("_Places", "a b c d e f g h i j k l m n o p q r s t u v w x y z")  # noqa: PYI024  see below
_GETTERS: Final = tuple(getter for name, getter in vars(_Places).items() if name in _Places._fields)
"""Each gets what stands at a place of a tuple, of whatever class, as quickly as those of the library do."""


class _Named(type):
    """Gives a class the fields that its body annotates."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> "_Named":
        if tuple in bases or _Fields not in bases:  # the first of all, or one that builds upon a named tuple
            return super().__new__(cls, name, bases, body)
        made = super().__new__(cls, name, bases, body | {"__slots__": ()})
        for attribute, value in _attributes(tuple(made.__annotations__), body).items():
            setattr(made, attribute, value)
        return made


class _Fields(tuple[object, ...], metaclass=_Named):
    """What all named tuples can do."""

    __slots__ = ()
    _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: "Iterable[object]") -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(cls, len(made))
        return made

    def _replace(self, /, **others: object) -> Self:
        made = self._make(map(others.pop, self._fields, self))
        if others:
            raise ValueError(list(others))
        return made

    def _asdict(self) -> dict[str, object]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
        return f"{type(self).__name__}({values})"

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)


if not TYPE_CHECKING:
    NamedTuple = _Fields


def _attributes(fields: tuple[str, ...], body: "Mapping[str, object]") -> dict[str, object]:
    """What makes named tuples of a class with some fields; its body has the defaults."""
    defaults = {field: body[field] for field in fields if field in body}
    return {
        **dict(zip(fields, _GETTERS[: len(fields)], strict=True)),
        "__new__": _maker(fields, tuple(defaults.values())),
        "__match_args__": fields,
        "_fields": fields,
        "_field_defaults": defaults,
    }


def _maker(fields: tuple[str, ...], defaults: tuple[object, ...]) -> FunctionType:
    """A function that makes a tuple of values, given by place or by name."""
    made = _maker_of(len(fields))
    code = made.__code__.replace(co_name="__new__", co_qualname="__new__", co_varnames=("_cls", *fields))
    return FunctionType(code, made.__globals__, "__new__", defaults)


@lru_cache(maxsize=len(_GETTERS))
def _maker_of(count: int) -> "Callable[..., tuple[object, ...]]":
    places = "".join(f"_{nth}, " for nth in range(count))
    return cast(
        "Callable[..., tuple[object, ...]]",
        eval(f"lambda _cls, {places}: make(_cls, ({places}))", {"make": tuple.__new__}),  # noqa: S307  of ours
    )
