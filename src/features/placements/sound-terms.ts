import type { ClientBase } from 'pg';
import type { z } from 'zod';
import { normaliseName } from '#src/domain/identifiers.ts';
import type { PlacementTerms, Principal } from '#src/domain/placements/terms.ts';
import { Problem, type Sentence } from '#src/http/problem.ts';
import { type FoundEmployer, lookUpEmployer } from '#src/registry/index.ts';
import type { PlacementCreate } from './placement.ts';

type Stated = z.output<typeof PlacementCreate>;

/**
 * The terms as they are recorded: the principal is an employer on record where the id or the NPWP says so. Throws 422
 * for a principal that is not on record, contradicts itself or is the vendor, and for another one than the caller where
 * it speaks as the principal. `at` is the pointer of the terms in the request.
 */
export async function soundTerms(
  client: ClientBase,
  { principal: stated, ...terms }: Stated,
  { vendor, self, at = '' }: { vendor: FoundEmployer; self?: FoundEmployer | undefined; at?: string },
): Promise<PlacementTerms> {
  const pointer = `${at}/principal`;
  const principal = self ? ownName(stated, self, pointer) : await onRecord(client, stated, pointer);
  const isVendor =
    principal.employerId === vendor.employerId ||
    (principal.employerId === undefined && namesVendor(principal, vendor));
  if (isVendor) {
    throw fault(pointer, 'vendor_itself', {
      id: 'Perusahaan alih daya tidak menempatkan pekerja pada dirinya sendiri.',
      en: 'A vendor does not place workers with itself.',
    });
  }
  return dropAbsent({ ...terms, principal });
}

/** The terms as a caller states them, for a merge patch. */
export function statedForm({ principal, ...terms }: PlacementTerms): object {
  const { employerId, npwp } = principal;
  const byId = employerId !== undefined && npwp === undefined;
  return { ...terms, principal: byId ? { employerId } : dropAbsent({ name: principal.name, npwp }) };
}

function ownName(
  { employerId, name, npwp }: Stated['principal'],
  self: FoundEmployer,
  pointer: string,
): Principal {
  const { legalName, npwp: own } = self.attributes;
  const meant =
    employerId !== undefined
      ? employerId === self.employerId
      : npwp !== undefined && own !== undefined
        ? npwp === own
        : normaliseName(name!) === normaliseName(legalName);
  if (!meant) {
    throw fault(pointer, 'not_yourself', {
      id: 'Pemberi kerja hanya menyatakan kontrak tempat ia sendiri menjadi pengguna jasa.',
      en: 'An employer declares contracts of which it is the principal itself.',
    });
  }
  return { employerId: self.employerId, name: legalName };
}

async function onRecord(
  client: ClientBase,
  { employerId, name, npwp }: Stated['principal'],
  pointer: string,
): Promise<Principal> {
  if (employerId === undefined) {
    const found = npwp === undefined ? undefined : await idByNpwp(client, npwp);
    return dropAbsent({ employerId: found, name: name!, npwp });
  }
  const found = await lookUpEmployer(client, employerId);
  if (!found) {
    throw fault(`${pointer}/employerId`, 'unknown_employer', {
      id: 'Tidak ada pemberi kerja dengan id ini.',
      en: 'There is no employer with this id.',
    });
  }
  const { legalName, npwp: own } = found.attributes;
  const otherName = name !== undefined && normaliseName(name) !== normaliseName(legalName);
  if (otherName || (npwp !== undefined && own !== undefined && npwp !== own)) {
    throw fault(`${pointer}/${otherName ? 'name' : 'npwp'}`, 'not_of_employer', {
      id: 'Bukan milik pemberi kerja dengan id itu; hapus salah satunya.',
      en: 'Does not belong to the employer of that id; leave one of them out.',
    });
  }
  return { employerId, name: legalName };
}

function namesVendor({ name, npwp }: Principal, { attributes }: FoundEmployer): boolean {
  if (npwp !== undefined && attributes.npwp !== undefined) return npwp === attributes.npwp;
  return name.toLowerCase() === attributes.legalName.toLowerCase();
}

async function idByNpwp(client: ClientBase, npwp: string): Promise<string | undefined> {
  const found = await client.query<{ employer_id: string }>(
    `select employer_id from employer_identifiers where scheme = 'npwp' and value = $1`,
    [npwp],
  );
  return found.rows[0]?.employer_id;
}

function fault(pointer: string, code: string, detail: Sentence): Problem {
  return new Problem('invalid_content', { errors: [{ pointer, code, detail }] });
}

function dropAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as never;
}
