import type { TestApp } from './app.ts';

export type Imported = {
  id: string;
  state: string;
  linesAccepted: number;
  linesRejected: number;
  groupsAccepted: number;
  groupsRejected: number;
};

/** Imports a file through the API and waits for its end. */
export async function importFile(
  service: TestApp,
  kind: string,
  file: string | Buffer,
  { type = 'text/csv', token }: { type?: string; token?: string } = {},
): Promise<Imported> {
  const accepted = await service.send({
    url: `/v1/imports?kind=${kind}`,
    body: file,
    headers: { 'content-type': type },
    ...(token && { token }),
  });
  if (accepted.statusCode !== 202) throw new Error(accepted.body);
  for (;;) {
    const found = await service.send({ url: String(accepted.headers.location), ...(token && { token }) });
    if (found.json().state !== 'running') return found.json();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
