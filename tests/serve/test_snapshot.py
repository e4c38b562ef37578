"""The files of a built snapshot."""

from pathlib import Path

from filmld.serve.snapshot import Snapshot


def test_a_link_that_leads_out_of_the_site_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    site = tmp_path / "snapshot"
    (site / "store").mkdir(parents=True)
    (site / "www" / "film").mkdir(parents=True)
    (site / "www" / "index.html").write_text("home", encoding="utf-8")
    (site / "www" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "www" / "film" / "up").symlink_to(tmp_path)
    (site / "www" / "loop").symlink_to("loop")
    (site / "www" / "gone").symlink_to("nothing")

    snapshot = Snapshot(site)
    assert snapshot.paths() == ("index.html",)
    for path in ("out.txt", "film/up/secret.txt", "loop", "gone", "../store/CURRENT"):
        assert snapshot.render(path) is None
