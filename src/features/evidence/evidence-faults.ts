import type { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import type { Fault, Sentence } from '#src/http/problem.ts';
import type { EvidenceCreate } from './evidence.ts';

const FAULTS_SHOWN = 100;

type Stated = Omit<z.output<typeof EvidenceCreate>, 'employer'>;

/** What only shows across fields, or against the calendar. */
export function evidenceFaults(stated: Stated, today: Day, since: Day): Fault[] {
  const { observedOn, headcount, wageBill, lowestWage, workers } = stated;
  const faults: Fault[] = [];
  const fault = (pointer: string, code: string, detail: Sentence) => faults.push({ pointer, code, detail });
  if (observedOn > today || observedOn < since) {
    fault('/observedOn', observedOn > today ? 'in_future' : 'before_programmes', {
      id: `Antara ${since} dan ${today}.`,
      en: `Between ${since} and ${today}.`,
    });
  }
  if ([headcount, wageBill, lowestWage, workers].every((each) => each === undefined)) {
    fault('', 'nothing_stated', {
      id: 'Sebutkan sedikitnya satu dari headcount, wageBill, lowestWage, workers.',
      en: 'State at least one of headcount, wageBill, lowestWage, workers.',
    });
  }
  if (headcount !== undefined && workers && headcount < workers.length) {
    fault('/headcount', 'fewer_than_seen', {
      id: `Kurang dari ${workers.length} pekerja yang disebut.`,
      en: `Fewer than the ${workers.length} workers who are named.`,
    });
  }
  const seen = new Map<string, number>();
  for (const [index, { nik }] of (workers ?? []).entries()) {
    const first = seen.get(nik);
    if (first === undefined) seen.set(nik, index);
    else {
      fault(`/workers/${index}/nik`, 'duplicate_nik', {
        id: `Juga pekerja ${first}.`,
        en: `Also worker ${first}.`,
      });
    }
  }
  return faults.slice(0, FAULTS_SHOWN);
}
