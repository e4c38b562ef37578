"""Random edits of an archive, such as a year of archivists makes, a few at a time."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

_TEXT: Final = re.compile(r'(schema:(?:name|alternateName|description|caption) ")([^"\\]+)"')
_NAME: Final = re.compile(r'(schema:name ")([^"\\]+)"')
_DATE: Final = re.compile(r'"(1[89]|20)(\d\d)(-[\d-]+)?"\^\^xsd:(date|gYear)')
_MAIN: Final = re.compile(r"^([a-z]+:[a-z0-9-]+)$", re.MULTILINE)


class Editor:
    """Edits the records of one archive; the same seed makes the same edits."""

    def __init__(self, root: Path, seed: int) -> None:
        self._records = root / "records"
        self._dice = random.Random(seed)  # noqa: S311  edits, no secrets
        self._count = 0
        self._edits: tuple[Callable[[], str], ...] = (
            self.change_a_text,
            self.rename,
            self.change_a_date,
            self.add_a_film,
            self.remove_a_statement,
            self.retire,
            self.bring_back,
            self.say_elsewhere,
            self.change_a_comment,
            self.link_to_another,
        )

    def edit(self) -> list[str]:
        """Make one edit, or several; say which."""
        return [self._dice.choice(self._edits)() for _ in range(self._dice.choice((1, 1, 1, 2, 5)))]

    def _choose(self, kinds: str = "*") -> Path:
        return self._dice.choice(sorted(self._records.glob(f"{kinds}/*.ttl")))

    def _once(self, path: Path, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> str:
        """Replace one of the places in a record where a pattern is found."""
        text = path.read_text(encoding="utf-8")
        found = list(pattern.finditer(text))
        if not found:
            return f"nothing in {path.stem}"
        match = self._dice.choice(found)
        path.write_text(text[: match.start()] + new(match) + text[match.end() :], encoding="utf-8")
        self._count += 1
        return f"{new.__name__} in {path.stem}: {match[0]}"

    def _append(self, path: Path, statements: str) -> str:
        with path.open("a", encoding="utf-8") as file:
            file.write(statements)
        self._count += 1
        return f"{path.stem}: {statements}"

    def _word(self) -> str:
        return self._dice.choice(("Äpfel", "zwei", "the End", "Голос", "<b>", "O'Hara", "Abba"))

    def change_a_text(self) -> str:
        def longer(match: re.Match[str]) -> str:
            return f'{match[1]}{match[2]} {self._count}"'

        return self._once(self._choose(), _TEXT, longer)

    def rename(self) -> str:
        word = self._word()

        def named(match: re.Match[str]) -> str:
            return f'{match[1]}{word} {self._count}"'

        return self._once(
            self._choose(self._dice.choice(("person", "festival", "genre", "film"))), _NAME, named
        )

    def change_a_date(self) -> str:
        year = self._dice.randint(10, 99)

        def dated(match: re.Match[str]) -> str:
            return f'"{match[1]}{year}{match[3] or ""}"^^xsd:{match[4]}'

        return self._once(self._choose("film"), _DATE, dated)

    def add_a_film(self) -> str:
        person, genre = self._choose("person").stem, self._choose("genre").stem
        self._count += 1
        path = self._records / "film" / f"added-{self._count}.ttl"
        path.write_text(
            "@prefix schema: <https://schema.org/> .\n"
            "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
            f"<https://invented.example.org/film/added-{self._count}> a schema:Movie ;\n"
            f'    schema:name "{self._word()}"@en ;\n'
            f'    schema:dateCreated "19{self._dice.randint(10, 99)}"^^xsd:gYear ;\n'
            f'    schema:genre <https://invented.example.org/genre/{genre}> , "odd" ;\n'
            f"    schema:director <https://invented.example.org/person/{person}> .\n",
            encoding="utf-8",
        )
        return f"add {path.stem} with {person}"

    def remove_a_statement(self) -> str:
        line = re.compile(
            r"^    schema:(?:genre|director|duration|inLanguage|contributor) .*;\n", re.MULTILINE
        )

        def removed(_match: re.Match[str]) -> str:
            return ""

        return self._once(self._choose("film"), line, removed)

    def retire(self) -> str:
        path = self._choose()
        place = path.relative_to(self._records).with_suffix("").as_posix()
        other = self._choose().relative_to(self._records).with_suffix("").as_posix()
        more = (
            f" ; <https://w3id.org/filmld/ontology#replacedBy> </{other}>"
            if self._dice.random() < 0.5
            else ""
        )
        return self._append(
            path,
            f"\n@base <https://invented.example.org/> .\n"
            f"</{place}> <https://w3id.org/filmld/ontology#retired> true{more} . # retired\n",
        )

    def bring_back(self) -> str:
        line = re.compile(r"^<.*# retired\n", re.MULTILINE)
        out = [path for path in sorted(self._records.rglob("*.ttl")) if line.search(path.read_text("utf-8"))]
        if not out:
            return "nothing to bring back"

        def back(_match: re.Match[str]) -> str:
            return ""

        return self._once(self._dice.choice(out), line, back)

    def say_elsewhere(self) -> str:
        """Split a subject over files: a record states something of what another describes."""
        subject = self._choose("person").stem
        return self._append(
            self._choose("film"),
            f"\n<https://invented.example.org/person/{subject}> <https://schema.org/alternateName> "
            f'"{self._word()} {self._count}" .\n',
        )

    def change_a_comment(self) -> str:
        return self._append(self._choose(), f"# seen {self._count}\n")

    def link_to_another(self) -> str:
        role = self._dice.choice(("editor", "director", "actor", "about", "musicBy"))
        path = self._choose("film")
        main = _MAIN.search(path.read_text(encoding="utf-8"))
        film = main[1] if main else f"<https://invented.example.org/film/{path.stem}>"
        other = self._choose("person").stem
        return self._append(
            path, f"\n{film} <https://schema.org/{role}> <https://invented.example.org/person/{other}> .\n"
        )
