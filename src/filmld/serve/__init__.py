"""HTTP: the pages of an archive, in every form they have, and its SPARQL endpoint."""
