"""What stands on each page, made from the catalogue by pure functions; templates only lay it out."""
