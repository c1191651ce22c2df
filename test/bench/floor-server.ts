import Fastify from 'fastify';
import pg from 'pg';

/** The floor of a single check: Fastify, pg, one prepared look-up by primary key, and nothing else. */
const [url, connections] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections) });
const app = Fastify();
app.post('/lookup', async (request) => {
  const { id } = request.body as { id: string };
  const found = await pool.query({
    name: 'lookup',
    text: 'select employer_id, legal_name, region_code from employers where employer_id = $1',
    values: [id],
  });
  return found.rows[0];
});
const address = await app.listen({ port: 0 });
console.log(`Floor listens on ${address}`);
