import { test } from 'vitest';
import { startApp } from '#test/setup/app.ts';
import { writeFileSync } from 'node:fs';
test('x', async () => {
  const s = await startApp();
  writeFileSync('/tmp/openapi.json', JSON.stringify(s.app.swagger(), null, 1));
  const r = await s.app.inject({ url: '/v1/employers' });
  console.log(r.headers, r.body);
  for (const u of ['/v1/employers/%zz', '/v1/employers/' + 'a'.repeat(300), '/v1/employers/%00', '/v1/employers/%2e%2e', '/nope']) {
    const q = await s.send({ url: u }); console.log(u.slice(0, 30), q.statusCode, q.headers['content-type'], q.headers['x-request-id'], q.body);
  }
  await s.close();
});
