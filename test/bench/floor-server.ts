import Fastify from 'fastify';
import pg from 'pg';

/** The floors of checks: Fastify, pg, one prepared look-up by primary key, and nothing else. */
const [url, connections] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections) });
const app = Fastify({ bodyLimit: 4 * 1_048_576 });

app.post('/lookup', async (request) => {
  const { id } = request.body as { id: string };
  const found = await pool.query({
    name: 'lookup',
    text: 'select employer_id, legal_name, region_code from employers where employer_id = $1',
    values: [id],
  });
  return found.rows[0];
});

for (const [path, columns] of [
  ['/names', 'employer_id, legal_name, region_code from employers'],
  ['/facts', 'employer_id, facts from summaries'],
] as const) {
  app.post(path, async (request) => {
    const { ids } = request.body as { ids: string[] };
    const text = `select ${columns} where employer_id = any($1)`;
    return (await pool.query({ name: path, text, values: [ids] })).rows;
  });
}

const address = await app.listen({ port: 0 });
console.log(`Floor listens on ${address}`);
