"""Questions to the catalogue, in SPARQL."""
