"""Which shapes are compiled, and which are not."""

from collections.abc import Iterator

from filmld.archive import Archive, Profile
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.lint import lint
from filmld.check.shapes.ready import ready
from filmld.turtle.terms import IRI
from filmld.vocab import curie, local_name


def explained(archive: Archive, profile: Profile) -> Iterator[str]:
    """Say of each shape that is not compiled where it stands and why, and how many are.

    Raises:
        ShapesError: The shapes cannot be used.
    """
    files = ShapeFiles.load(archive, profile)
    lint(files)
    compiled = ready(files)
    asking = dict.fromkeys(compiled.not_compiled())
    for shape, reason in asking:
        filename, span = files.place(shape) or ("", None)
        place = f"{filename}:{span.start.row}:{span.start.column}" if span else filename
        name = f" {local_name(shape.value)}" if isinstance(shape, IRI) else ""
        why = reason if reason.startswith("sh:") else f"the component {curie(reason)}"
        yield f"{place}:{name} asks pySHACL: {why} is not compiled"
    count = len(compiled.shapes) - len({shape for shape, _ in asking})
    yield f"{count} of {len(compiled.shapes)} shapes are compiled"
