"""What ships with filmld is found in a wheel as it is in a checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import unmeasured

RECORD = """\
@prefix : <https://films.example.org/film/a-film-2001#> .
@prefix film: <https://films.example.org/film/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix schema: <https://schema.org/> .

film:a-film-2001
    a schema:Movie ;
.

:record
    a fld:Record ;
    schema:mainEntity film:a-film-2001 ;
.
"""


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    environment = {**os.environ, "FILMLD_WEB": "0"}
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive that has nothing but a record."""
    (tmp_path / "filmld.toml").write_text('base = "https://films.example.org/"\n', encoding="utf-8")
    (tmp_path / "records" / "film").mkdir(parents=True)
    (tmp_path / "records" / "film" / "a-film-2001.ttl").write_text(RECORD, encoding="utf-8")
    return tmp_path


def run(installed: Path, archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The copy of the wheel is not what coverage is to be measured of.
    environment = {**unmeasured(), "PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=archive, env=environment, check=False, capture_output=True, text=True)


def test_the_wheel_itself_is_under_test(installed: Path, archive: Path) -> None:
    result = run(installed, archive, "-c", "import filmld; print(filmld.__file__)")
    assert Path(result.stdout.strip()).is_relative_to(installed)


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_the_wheel_carries_every_file_of_a_shipped_folder(installed: Path, root: Path, name: str) -> None:
    folder = installed / "filmld" / "data" / name
    shipped = {path.relative_to(folder) for path in folder.rglob("*.ttl")}
    assert shipped == {path.relative_to(root / name) for path in (root / name).rglob("*.ttl")}
    assert shipped


def test_an_archive_without_shapes_of_its_own_is_judged_by_those_in_the_wheel(
    installed: Path, archive: Path
) -> None:
    result = run(installed, archive, "-m", "filmld", "check", "--format", "concise")
    assert "records/film/a-film-2001.ttl:6:1: error[missing-title]: This film has no title." in result.stdout
    assert result.returncode == 1


def test_an_archive_that_has_the_shipped_shapes_itself_is_judged_by_them_once(
    installed: Path, root: Path, tmp_path: Path
) -> None:
    for name in ("records", "ontology", "shapes"):
        shutil.copytree(root / name, tmp_path / name)
    (tmp_path / "filmld.toml").write_text('base = "https://films.example.org/"\n', encoding="utf-8")
    result = run(installed, tmp_path, "-m", "filmld", "check", "--format", "concise")
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) == 15


def test_pages_are_built_from_the_wheel_alone(installed: Path, archive: Path) -> None:
    record = archive / "records" / "film" / "a-film-2001.ttl"
    record.write_text(RECORD.replace("Movie ;", 'Movie ;\n    schema:name "A film"@en ;'), encoding="utf-8")
    result = run(installed, archive, "-m", "filmld", "build")
    assert result.returncode == 0, result.stderr
    assert "A film" in (archive / "site/current/www/film/a-film-2001.html").read_text(encoding="utf-8")
    assert (archive / "site/current/www/assets/filmld.css").stat().st_size > 1000
