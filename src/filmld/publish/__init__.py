"""Documents made from the catalogue: JSON-LD, pages, dumps, and the snapshot of them all."""
