"""``filmld explain`` tells an archivist what a rule wants."""

from tests.cli.conftest import Run


def test_a_rule_of_the_text_is_explained(filmld: Run) -> None:
    result = filmld("explain", "unknown-prefix")
    assert result.returncode == 0
    for heading in ("What it does", "Why it matters", "Example", "Instead"):
        assert f"\n{heading}\n" in result.stdout


def test_a_rule_of_the_shapes_is_explained(filmld: Run) -> None:
    result = filmld("explain", "missing-title")
    assert result.returncode == 0
    assert "This film has no title." in result.stdout


def test_a_misspelt_code_is_answered_with_the_right_one(filmld: Run) -> None:
    result = filmld("explain", "dangling-lnk")
    assert result.returncode == 2
    assert "did you mean dangling-link?" in result.stderr


def test_all_rules_are_listed(filmld: Run) -> None:
    listed = {line.split()[0] for line in filmld("explain").stdout.splitlines()}
    assert {"unknown-prefix", "dangling-link", "missing-title", "bad-date", "possible-duplicate"} <= listed
