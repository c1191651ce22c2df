import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PURPOSES } from '#src/domain/check-policy.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, flagEmployer, pay, recordEmployer } from '#test/setup/employers.ts';
import { declareContract, recordParties, terms } from '#test/setup/placements.ts';

let service: TestApp;
let alone: TestApp;
const employers: { id: string; npp: string }[] = [];

beforeAll(async () => {
  service = await startApp();
  for (let index = 0; index < 12; index += 1) {
    const { id, npp } = await recordEmployer(service, {
      legalName: `PT Serentak ${index}`,
      npwp: String(3_171_000_000_000_000 + index),
      ...(index % 5 === 4 && { registeredOn: undefined }),
    });
    employers.push({ id, npp });
    if (index % 3 > 0) await declareMonth(service, id, '2026-10');
    if (index % 4 === 3) await flagEmployer(service, id, 'procurement_block');
  }
  // Another process on the same database and keys: what it answers one after another is what is right.
  alone = await startApp(undefined, {}, { beside: service });
});
afterAll(async () => {
  await alone.close();
  await service.close();
});

type Answer = { id: string; checkedAt: string; receipt: string; verdict?: { knownAt: string } };

/** What does not differ from check to check. */
function content({ id: _id, checkedAt: _at, receipt: _receipt, ...rest }: Answer) {
  return JSON.stringify(rest);
}

/** Gives an employer another NPWP, or none. */
async function rename(app: TestApp, { id }: { id: string }, npwp: string | null) {
  const { headers } = await app.send({ url: `/v1/employers/${id}` });
  const changed = await app.send({
    method: 'PATCH',
    url: `/v1/employers/${id}`,
    body: { npwp },
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': headers.etag as string },
  });
  expect(changed.statusCode, changed.body).toBe(200);
}

test('checks asked at once are answered as those asked one after another, byte for byte', async () => {
  const subjects = [
    ...employers.flatMap(({ npp }, index) => [{ npp }, { npwp: String(3_171_000_000_000_000 + index) }]),
    { npp: 'NOBODY' },
    { name: 'Serentak 3' },
    { npp: employers[0]!.npp, npwp: String(3_171_000_000_000_001) },
    { name: 'Bukan siapa-siapa' },
  ];
  const tokens = await Promise.all(
    ['disnaker-kulon-progo', 'lpse-kp', 'bpjs-yogya'].map((agency) =>
      service.token({ agency, sub: `petugas-${agency}` }),
    ),
  );
  const asked = subjects.flatMap((subject, index) =>
    ['id', 'en'].map((language) => ({
      language,
      token: tokens[index % tokens.length]!,
      body: {
        subject,
        purpose: PURPOSES[index % PURPOSES.length]!,
        reference: `R-${index}-${language}`,
        ...(index % 2 === 1 && { onBehalfOf: 'Pokja "7" \\ {a,b}' }),
        ...(index % 7 === 6 && { interval: { from: '2026-01-01', to: '2026-11-19' } }),
      },
    })),
  );
  const send = (app: TestApp) => async (each: (typeof asked)[number]) => {
    const { language, token, body } = each;
    const headers = { 'accept-language': language };
    return app.send({ url: '/v1/checks', token, body, headers });
  };
  // Twice: once with nothing remembered, once with all of it.
  for (let round = 0; round < 2; round += 1) {
    const together = await Promise.all(asked.map(send(service)));
    for (const [index, answer] of together.entries()) {
      const expected = await send(alone)(asked[index]!);
      expect(answer.statusCode, answer.body).toBe(200);
      expect(content(answer.json())).toBe(content(expected.json()));
      const { id, receipt } = answer.json() as Answer;
      const stored = await alone.send({ url: `/v1/checks/${id}`, token: asked[index]!.token });
      expect(stored.body).toBe(answer.body);
      const { payload } = await jwtVerify(
        receipt,
        createLocalJWKSet(service.deps.keys.publicJwks() as never),
      );
      const { subject, purpose, reference } = asked[index]!.body;
      expect(payload).toMatchObject({ jti: id, subject, purpose, reference });
    }
  }
});

test('what summaries say is what all facts say', async () => {
  for (const { npp } of employers) {
    const body = { subject: { npp }, purpose: 'tender_award', reference: 'R' };
    const quick: Answer = (await service.send({ url: '/v1/checks', body })).json();
    const { knownAt } = quick.verdict!;
    const slow: Answer = (await service.send({ url: '/v1/checks', body: { ...body, knownAt } })).json();
    expect(content(slow)).toBe(content(quick));
  }
});

test('what has just been recorded shows in the next check, by whichever process it was recorded', async () => {
  const { id, npp } = await recordEmployer(service);
  const bill = await declareMonth(service, id, '2026-10');
  const body = { subject: { npp }, purpose: 'tender_award', reference: 'R' };
  const arrears = async (app: TestApp) =>
    (await app.send({ url: '/v1/checks', body })).json().verdict.arrears.contributions;
  let owed = bill;
  for (let paid = 1; paid <= 20; paid += 1) {
    await pay(paid % 2 === 0 ? service : alone, id, 1_000, '2026-11-10');
    owed -= 1_000;
    const shown = await Promise.all([service, alone, service, alone].map(arrears));
    expect(shown).toEqual([owed, owed, owed, owed]);
  }
});

test('an identifier that now names another employer, or nobody, is answered so by whoever knew it otherwise', async () => {
  const npwp = '3179000000000001';
  const [first, second] = [await recordEmployer(service, { npwp }), await recordEmployer(service)];
  const named = async () => {
    const body = { subject: { npwp }, purpose: 'tender_award', reference: 'MOVED' };
    const answers = await Promise.all(
      [service, alone, service, alone].map((app) => app.send({ url: '/v1/checks', body })),
    );
    const said = answers.map((answer) => answer.json());
    return said.map(({ outcome, verdict }) => verdict?.employerId ?? outcome);
  };
  expect(await named()).toEqual(Array(4).fill(first.id));
  await rename(alone, first, '3179000000000002');
  expect(await named()).toEqual(Array(4).fill('none'));
  await rename(service, second, npwp);
  expect(await named()).toEqual(Array(4).fill(second.id));
  const stored = await service.deps.database.pool.query(
    "select count(*)::int from checks where reference = 'MOVED'",
  );
  expect(stored.rows[0].count).toBe(12);
});

test('what is remembered refuses nothing that is right by now', async () => {
  const npwp = '3179000000000003';
  const first = await recordEmployer(service, { npwp });
  const { vendor } = await recordParties(service);
  const placement = await declareContract(service, vendor.id, terms());
  const body = { subject: { npwp }, purpose: 'tender_award', reference: 'R' };
  expect((await service.send({ url: '/v1/checks', body })).json().verdict.employerId).toBe(first.id);
  await rename(alone, first, null);
  await rename(alone, vendor, npwp);
  const answer = await service.send({ url: '/v1/checks', body: { ...body, placementId: placement.id } });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json()).toMatchObject({
    verdict: { employerId: vendor.id },
    placement: { id: placement.id },
  });
});

test('a check that cannot be stored fails alone', async () => {
  const { pool } = service.deps.database;
  await pool.query(`create function refuse_poison() returns trigger language plpgsql as $$
    begin
      if new.reference = 'POISON' then raise exception 'poisoned'; end if;
      return new;
    end $$`);
  await pool.query(
    'create trigger poison before insert on checks for each row execute function refuse_poison()',
  );
  const references = ['A', 'B', 'POISON', 'C', 'D', 'POISON', 'E'];
  const answers = await Promise.all(
    references.map((reference) =>
      service.send({
        url: '/v1/checks',
        body: { subject: { npp: employers[0]!.npp }, purpose: 'inspection', reference },
      }),
    ),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 500, 200, 200, 500, 200]);
  const stored = await pool.query(
    `select reference from checks where check_id = any($1) order by reference`,
    [answers.flatMap((answer) => (answer.statusCode === 200 ? [answer.json().id] : []))],
  );
  expect(stored.rows.map(({ reference }) => reference)).toEqual(['A', 'B', 'C', 'D', 'E']);
  await pool.query('drop trigger poison on checks');
});

test('an answer stored with its receipt inside, as it once was, is read as it stands', async () => {
  const { id } = (
    await service.send({
      url: '/v1/checks',
      body: { subject: { npp: employers[1]!.npp }, purpose: 'inspection', reference: 'OLD' },
    })
  ).json();
  const old = '{"id":"x","checkedAt":"y","outcome":"none","action":"confirm_subject","receipt":"a.b.c"}';
  const { rows } = await service.deps.database.pool.query(
    `insert into checks (check_id, checked_at, checked_by, agency_code, purpose, reference, action, answer)
     select overlay(check_id::text placing '0000' from 20)::uuid, checked_at, checked_by, agency_code, purpose,
            reference, action, $2 from checks where check_id = $1 returning check_id`,
    [id, old],
  );
  const url = `/v1/checks/${rows[0].check_id}`;
  expect((await service.send({ url })).body).toBe(old);
  expect((await service.send({ url: `${url}/receipt` })).body).toBe('a.b.c');
});
