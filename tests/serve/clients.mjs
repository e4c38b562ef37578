// Asks an endpoint as two clients do that nobody here wrote; prints what they understood as JSON.
import { QueryEngine } from '@comunica/query-sparql';
import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint';

const [endpoint] = process.argv.slice(2);
const names = 'SELECT ?name { ?film a <https://schema.org/Movie> ; <https://schema.org/name> ?name }';
const genres = 'CONSTRUCT WHERE { ?film <https://schema.org/genre> ?genre }';

const rows = async (stream) => {
  const found = [];
  for await (const row of stream) found.push(row);
  return found;
};

const fetcher = new SparqlEndpointFetcher({ timeout: 20000 });
const fetched = {
  bindings: (await rows(await fetcher.fetchBindings(endpoint, names))).map((row) => [row.name.value, row.name.language]),
  boolean: await fetcher.fetchAsk(endpoint, 'ASK { ?film a <https://schema.org/Movie> }'),
  triples: (await rows(await fetcher.fetchTriples(endpoint, genres))).map((triple) => triple.object.value),
};
const posted = new SparqlEndpointFetcher({ method: 'POST' });
fetched.posted = (await rows(await posted.fetchBindings(endpoint, names))).map((row) => [row.name.value, row.name.language]);

const engine = new QueryEngine();
const context = { sources: [{ type: 'sparql', value: endpoint }] };
const guessing = { sources: [endpoint] }; // finds out by the service description
const comunica = {
  bindings: (await (await engine.queryBindings(names, context)).toArray()).map((row) => [row.get('name').value, row.get('name').language]),
  guessed: (await (await engine.queryBindings(names, guessing)).toArray()).map((row) => [row.get('name').value, row.get('name').language]),
  boolean: await engine.queryBoolean('ASK { ?film a <https://schema.org/Movie> }', context),
  triples: (await (await engine.queryQuads(genres, context)).toArray()).map((quad) => quad.object.value),
};

console.log(JSON.stringify({ fetched, comunica }));
process.exit(0);
