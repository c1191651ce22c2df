import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, flagEmployer, recordEmployer } from '#test/setup/employers.ts';

const NOW = '2026-11-20T03:00:00Z';
const OFFICE = '-7.8588,110.1583';

let service: TestApp;
/** Of Kulon Progo alone. */
let inspector: string;
const ids: Record<string, string> = {};

type Item = {
  employer: { id: string; location?: object };
  priority: { points: number; parts: { name: string; points: number; weight: number; because: object }[] };
  distanceMetres?: number;
  assignment?: object;
};

beforeAll(async () => {
  service = await startApp(NOW);
  inspector = await service.token({ regions: ['34.01'] });
  const made: [name: string, wage: number | undefined, more: object][] = [
    ['rich', 60_000_000, { location: { latitude: -7.8588, longitude: 110.1583 }, nib: '9120301234567' }],
    ['middle', 20_000_000, { location: { latitude: -7.9, longitude: 110.2 }, scale: 'medium' }],
    ['poor', 2_000_000, { outsourcing: { licenceNumber: 'AD-7' }, kbli: { code: '80100', edition: '2020' } }],
    ['unregistered', undefined, { registeredOn: undefined }],
    ['elsewhere', 9_000_000, { regionCode: '34.04', location: { latitude: -7.86, longitude: 110.16 } }],
    ['inOrder', undefined, {}],
  ];
  for (const [name, wage, more] of made) {
    const registeredOn = wage === undefined ? '2026-11-02' : '2026-09-01';
    const { id } = await recordEmployer(service, { legalName: `PT ${name}`, registeredOn, ...more });
    ids[name] = id;
    if (wage !== undefined) await declareMonth(service, id, '2026-09', wage);
  }
});
afterAll(() => service.close());

async function queue(query = '', token = inspector) {
  const url = `/v1/inspections/queue?${query}`;
  const answer = await service.send({ url, token });
  expect(answer.statusCode, answer.body).toBe(200);
  const items = answer.json().items as Item[];
  const names = items.map(({ employer }) => Object.keys(ids).find((name) => ids[name] === employer.id)!);
  return { items, names, link: answer.headers.link, nextCursor: answer.json().nextCursor as string | null };
}

describe('the queue', () => {
  test('ranks by priority, with the reasons for each part of it, and leaves out who is in order', async () => {
    const { items, names } = await queue();
    expect([...names].sort()).toEqual(['middle', 'poor', 'rich', 'unregistered']);
    expect(names[0]).toBe('rich');
    const points = items.map(({ priority }) => priority.points);
    expect(points).toEqual([...points].sort((a, b) => b - a));
    for (const { priority } of items) {
      expect(priority.parts.map(({ name }) => name)).toEqual([
        'money',
        'workers',
        'age',
        'evidence',
        'history',
        'flags',
      ]);
      expect(priority.parts.reduce((sum, part) => sum + part.points, 0)).toBe(priority.points);
    }
    expect(items[0]).toMatchObject({
      employer: {
        id: ids.rich,
        legalName: 'PT rich',
        nib: '9120301234567',
        regionCode: '34.01',
        scale: 'small',
        isVendor: false,
        location: { latitude: -7.8588, longitude: 110.1583 },
      },
      status: 'non_compliant',
      codes: ['ARREARS', 'NOT_DECLARED'],
      arrears: { months: 2 },
    });
    expect(items.at(-1)!.employer).not.toHaveProperty('location');
  });

  test('ranks by what is stored what it shows, on any later day without a job', async () => {
    try {
      for (const day of ['2026-11-20', '2026-12-01', '2026-12-20', '2027-03-03', '2028-02-29']) {
        service.setNow(`${day}T03:00:00Z`);
        const { items } = await queue();
        const stored = await service.deps.database.pool.query<{ employer_id: string; priority: number }>(
          'select employer_id, priority from stretches where from_on <= $1 and until_on > $1',
          [day],
        );
        const byId = new Map(stored.rows.map((row) => [row.employer_id, row.priority]));
        expect(items.length).toBeGreaterThan(3);
        for (const { employer, priority } of items) expect(byId.get(employer.id)).toBe(priority.points);
      }
    } finally {
      service.setNow(NOW);
      await queue();
    }
  });

  test('rises with a flag in force', async () => {
    const points = async () =>
      (await queue()).items.find(({ employer }) => employer.id === ids.rich)!.priority.points;
    const before = await points();
    await flagEmployer(service, ids.rich!, 'watch');
    expect(await points()).toBe(before + 25);
  });

  test.each([
    ['status=not_registered', ['unregistered']],
    ['code=NOT_REGISTERED,PARTIAL_WAGES', ['unregistered']],
    ['scale=medium', ['middle']],
    ['vendor=true', ['poor']],
    ['kbli=801', ['poor']],
    ['minMonths=1&minAmount=3000000', ['rich', 'middle']],
    ['region=34.01&vendor=false&minMonths=2', ['rich', 'middle']],
    ['region=34.02', []],
    ['located=false', ['poor', 'unregistered']],
    ['located=true', ['rich', 'middle']],
  ])('is filtered by %s', async (query, expected) => {
    expect((await queue(query)).names.sort()).toEqual([...expected].sort());
  });

  test('pages in the same order', async () => {
    const { names } = await queue();
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await queue(`limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.names);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(names);
  });

  test('marks who has been given to an inspector, and leaves them out on demand', async () => {
    const assigned = await service.send({ url: '/v1/inspections', body: { employer: ids.poor } });
    const { id, inspector, plannedOn } = assigned.json();
    const { items, names } = await queue();
    expect(items[names.indexOf('poor')]!.assignment).toEqual({ inspectionId: id, inspector, plannedOn });
    expect(items[names.indexOf('rich')]).not.toHaveProperty('assignment');
    expect((await queue('assigned=true')).names).toEqual(['poor']);
    expect((await queue('assigned=false')).names).not.toContain('poor');
    await service.send({
      url: `/v1/inspections/${id}/outcomes`,
      body: { kind: 'cancelled', on: '2026-11-20', found: [] },
    });
    expect((await queue('assigned=true')).names).toEqual([]);
  });

  test('is a file, too', async () => {
    const csv = await service.send({
      url: '/v1/inspections/queue',
      headers: { accept: 'text/csv' },
      token: inspector,
    });
    const [head, first] = csv.body.split('\r\n');
    expect(head).toContain('priority.points');
    expect(first).toContain(ids.rich);
    expect(first).toContain('money|workers|age|evidence|history|flags');
    expect(first).toContain('Tunggakan Rp ');
    const lines = await service.send({
      url: '/v1/inspections/queue',
      headers: { accept: 'application/x-ndjson' },
      token: inspector,
    });
    expect(
      lines.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual((await queue()).items);
  });
});

describe('a search around a place', () => {
  test('finds who is within the radius, and tells of those without a place', async () => {
    const { items, names, link } = await queue(`near=${OFFICE}&radiusMetres=5000`);
    expect(names).toEqual(['rich']);
    expect(items[0]!.distanceMetres).toBe(0);
    expect(link).toBe('</v1/inspections/queue?located=false>; rel="related"; title="without a known place"');
    const wider = await queue(`near=${OFFICE}&radiusMetres=500000`);
    expect(wider.names).toEqual(['rich', 'middle']);
    const [, { distanceMetres }] = wider.items as [Item, Item];
    expect(distanceMetres).toBe(6488);
    expect((await queue(`near=${OFFICE}&radiusMetres=${distanceMetres}`)).names).toContain('middle');
    expect((await queue(`near=${OFFICE}&radiusMetres=${distanceMetres! - 1}`)).names).not.toContain('middle');
  });

  test('leads to those without a place by the same filters, and to nobody where there is none', async () => {
    const { link } = await queue(`near=${OFFICE}&radiusMetres=5000&vendor=true&code=ARREARS,NOT_DECLARED`);
    const path = /^<([^>]+)>/.exec(String(link))![1]!;
    expect((await queue(path.split('?')[1])).names).toEqual(['poor']);
    expect((await queue(`near=${OFFICE}&radiusMetres=5000&scale=medium`)).link).toBeUndefined();
    expect((await queue('vendor=true')).link).toBeUndefined();
  });

  test.each([
    [`near=${OFFICE}`, '/radiusMetres', 'required'],
    ['radiusMetres=5000', '/near', 'required'],
    ['near=110,-7&radiusMetres=5', '/near', 'invalid_place'],
    ['near=-7&radiusMetres=5', '/near', 'invalid_place'],
    ['near=-7,abc&radiusMetres=5', '/near', 'invalid_place'],
    ['near=1,180.1&radiusMetres=5', '/near', 'invalid_place'],
    [`near=${OFFICE}&radiusMetres=0`, '/radiusMetres', 'too_small'],
    [`near=${OFFICE}&radiusMetres=500001`, '/radiusMetres', 'too_big'],
  ])('by %s is refused', async (query, pointer, code) => {
    const answer = await service.send({ url: `/v1/inspections/queue?${query}` });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });
});

describe('who may see the queue', () => {
  test.each(['social_security_branch', 'auditor', 'operator', 'prosecutor'] as const)('%s', async (kind) => {
    const { names } = await queue('', await service.token({ agency: `a-${kind}`, kind, regions: ['34.04'] }));
    expect(names).toEqual(['elsewhere']);
  });

  test.each(['procurement_unit', 'licensing_office', 'village_government', 'employer'] as const)(
    'not %s',
    async (kind) => {
      const bound = kind === 'employer' ? { employerId: ids.rich! } : {};
      const token = await service.token({ agency: `a-${kind}`, kind, ...bound });
      for (const url of ['/v1/inspections/queue', '/v1/inspections', '/v1/reports/inspections']) {
        const answer = await service.send({ url, token });
        expect(answer.json()).toMatchObject({ status: 403, code: 'kind_not_allowed' });
      }
    },
  );
});
