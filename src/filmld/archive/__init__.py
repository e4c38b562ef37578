"""One archive on disk: its configuration, its files, and the IRIs they stand for."""

from filmld.archive.archive import Archive, Profile
from filmld.archive.config import Config
from filmld.archive.records import Record

__all__ = ["Archive", "Config", "Profile", "Record"]
