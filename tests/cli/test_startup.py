"""The command starts at once, because it imports a heavy library only where one is needed."""

import subprocess
import sys

import pytest

HEAVY = (
    "jinja2",
    "pyld",
    "pyoxigraph",
    "pyshacl",
    "rdflib",
    "starlette",
    "uvicorn",
    "watchfiles",
    "langcodes",
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["init", "--help"],
        ["new", "--help"],
        ["serve", "--help"],
    ],
)
def test_help_imports_no_heavy_library(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['filmld', *{arguments!r}]\n"
        "from filmld.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n"
        f"    sys.stderr.write(' '.join(name for name in {HEAVY!r} if name in sys.modules))\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout
