"""The modules that a check takes, in one file: to load them from there takes half as long.

Python keeps what it has compiled in a file for each module, and looks for, opens, checks and reads 200 of
them before a record is checked. So what they hold is kept in one file as well, beside the others. It counts
as theirs does: for a module whose source has the size and the time that it had, and for this very Python.
Where it cannot be written all is as it would be without it.

This module itself imports next to nothing, so that Python's own modules are found here, too.
"""

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import CodeType, ModuleType
    from typing import Final, TypeAlias

_PACKAGE: "Final" = __name__.partition(".")[0]
_HEAD: "Final" = 8
"""Bytes that tell the length of the head, and whether it is whole."""
_MOST: "Final" = 400
"""What has loaded so many modules has had more to do than a check of a record, and time for it."""
_COMPILED: "Final" = 16
"""Bytes before what is compiled, in a file of Python's (PEP 552)."""

_Module: "TypeAlias" = "tuple[str, bool, int, int, int, int, int]"
"""A module: the file of its source, whether there are modules below it, when its source was changed, in
seconds, and its size; where what is compiled begins in the file and where it ends, and what tells that it is
whole."""


class _Loader(SourceFileLoader):
    """Loads a module from what was compiled, if that is whole.

    Args:
        name: Of the module.
        path: Of its source.
        compiled: What was compiled.
        sum_: Tells whether it is whole.
    """

    def __init__(self, name: str, path: str, compiled: memoryview, sum_: int) -> None:
        super().__init__(name, path)
        self._compiled = compiled
        self._sum = sum_

    def get_code(self, fullname: str) -> "CodeType | None":
        """What the module does when it is loaded."""
        if crc32(self._compiled) != self._sum:
            return super().get_code(fullname)
        code: CodeType = marshal.loads(self._compiled)  # noqa: S302  of whoever may write Python's own files
        return code


class Bundle:
    """Finds modules in the file.

    Args:
        folder: Of the package.
        path: The file, which need not be there.
    """

    def __init__(self, folder: str, path: str) -> None:
        self._path = path
        self._circumstances = [folder, sys.version, sys.flags.optimize]
        self._is_complete = True
        self._modules: dict[str, _Module] = {}
        self._data = memoryview(b"")
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  a path is not at hand here
                self._read(memoryview(file.readall()))
        except OSError:
            return

    def _read(self, data: memoryview) -> None:
        length, sum_ = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4))
        head = data[_HEAD : _HEAD + length]
        if len(head) != length or not length or crc32(head) != sum_:
            return
        circumstances, modules = marshal.loads(head)  # noqa: S302  as above
        if circumstances == self._circumstances:
            self._modules = modules
            self._data = data[_HEAD + length :]

    def find_spec(
        self,
        name: str,
        path: "Sequence[str] | None" = None,  # noqa: ARG002  for other finders
        target: "ModuleType | None" = None,  # noqa: ARG002  likewise
    ) -> ModuleSpec | None:
        """Find a module, if the file has it as its source is; see :class:`importlib.abc.MetaPathFinder`."""
        module = self._modules.get(name)
        if module is None or not _is_current(module):
            self._is_complete = self._is_complete and not _is_ours(name)
            return None
        source, is_package, _, _, start, end, sum_ = module
        loader = _Loader(name, source, self._data[start:end], sum_)
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(os.path.dirname(source))  # noqa: PTH120  as above
        return spec

    def keep(self) -> None:
        """Write the file anew if it lacks modules that have been loaded; see :func:`keep`."""
        if self._is_complete or sys.dont_write_bytecode or len(sys.modules) > _MOST:
            return
        written = f"{self._path}.{os.getpid()}"
        try:
            with open(written, "wb") as file:  # noqa: PTH123  as above
                file.writelines(self._parts())
            os.replace(written, self._path)  # noqa: PTH105  as above
        except OSError:
            _remove(written)

    def _parts(self) -> "Iterator[bytes | memoryview]":
        modules: dict[str, _Module] = {}
        parts: list[bytes | memoryview] = []
        end = 0
        for name, (module, compiled) in {**dict(self._kept()), **dict(_loaded())}.items():
            start, end = end, end + len(compiled)
            modules[name] = (*module[:4], start, end, crc32(compiled))
            parts.append(compiled)
        head = marshal.dumps((self._circumstances, modules))
        yield len(head).to_bytes(4, "little") + crc32(head).to_bytes(4, "little") + head
        yield from parts

    def _kept(self) -> "Iterator[tuple[str, tuple[_Module, bytes | memoryview]]]":
        for name, module in self._modules.items():
            if _is_current(module):
                yield name, (module, self._data[module[4] : module[5]])


def _is_ours(name: str) -> bool:
    return name.startswith(f"{_PACKAGE}.")


def _is_current(module: _Module) -> bool:
    source, _, time, size, *_ = module
    try:
        status = os.stat(source)  # noqa: PTH116  as above
    except OSError:
        return False
    return (int(status.st_mtime), status.st_size) == (time, size)


def _remove(path: str) -> None:
    try:
        os.unlink(path)  # noqa: PTH108  as above
    except OSError:
        return


def _loaded() -> "Iterator[tuple[str, tuple[_Module, bytes | memoryview]]]":
    """What Python has kept of the modules of ours that have been loaded, and of its own."""
    its = os.path.dirname(os.__file__)  # noqa: PTH120  as above
    for name, loaded in list(sys.modules.items()):
        spec = getattr(loaded, "__spec__", None)
        if spec is None or spec.name != name or not isinstance(spec.loader, SourceFileLoader):
            continue
        source = str(spec.origin)
        is_its = source.startswith(its) and "site-packages" not in source
        if not spec.cached or not (_is_ours(name) or is_its):
            continue
        try:
            with open(spec.cached, "rb") as file:  # noqa: PTH123  as above
                data = file.read()
        except OSError:
            continue
        flags, time, size = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
        if flags == 0:  # it counts by the time and size of its source
            is_package = spec.submodule_search_locations is not None
            yield name, ((source, is_package, time, size, 0, 0, 0), data[_COMPILED:])


def use() -> None:
    """Find modules in the file from here on, if Python finds them in files; once is enough."""
    spec = sys.modules[__name__].__spec__
    is_used = any(isinstance(finder, Bundle) for finder in sys.meta_path)
    if not is_used and spec and spec.origin and spec.cached and isinstance(spec.loader, SourceFileLoader):
        folder = os.path.dirname(spec.origin)  # noqa: PTH120  as above
        sys.meta_path.insert(0, Bundle(folder, f"{spec.cached.removesuffix('.pyc')}.modules"))


def keep() -> None:
    """Write the file anew if it is in use, lacks modules that have been loaded, and can be written."""
    for finder in sys.meta_path:
        if isinstance(finder, Bundle):
            finder.keep()
