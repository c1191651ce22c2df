import { transaction, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { addPeriods, type Day, dayOf, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { JKK_CLASSES, SCALES } from '#src/domain/parameters.ts';
import { billOf, rosterSums } from '#src/domain/rules/roster.ts';
import { recordDeclarations, recordPayments } from '#src/facts/index.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import { recordEmployers } from '#src/registry/index.ts';

/** How many employers are recorded as offices record them; the rest of a nation are their copies. */
export const MODELS = 997;
const MONTHS = 8;
const PORTION = 200;
const ALL_PROGRAMMES = 15;
const BY = { client: 'bench', agency: 'bench', sub: 'bench' };

/** Of each hundred: 70 in order, 27 behind with payments or rosters by one to eight months, 3 not registered. */
type Standing = { registered: boolean; undeclared: number; unpaid: number };

function standingOf(index: number): Standing {
  const turn = (index * 37) % 100;
  const behind = 1 + (index % MONTHS);
  if (turn < 70) return { registered: true, undeclared: 0, unpaid: 0 };
  if (turn < 90) return { registered: true, undeclared: 0, unpaid: behind };
  if (turn < 97) return { registered: true, undeclared: Math.ceil(behind / 3), unpaid: behind % 3 };
  return { registered: false, undeclared: MONTHS, unpaid: 0 };
}

/** Models that are registered and owe contributions. */
export function modelsBehind(): { npp: string; npwp: string }[] {
  return Array.from({ length: MODELS }, (_, index) => index)
    .filter((index) => standingOf(index).unpaid > 0 && standingOf(index).undeclared === 0)
    .map((index) => ({ npp: attributesOf(index).npp!, npwp: attributesOf(index).npwp! }));
}

/** Records the models, invented and the same at every run but for their ids: employers, rosters and payments. */
export async function recordModels(deps: Deps): Promise<void> {
  const today = dayOf(deps.clock());
  const months = dueMonths(deps, today);
  const models = Array.from({ length: MODELS }, (_, index) => ({
    employerId: uuidv7(),
    attributes: attributesOf(index),
    lines: linesOf(index),
    declared: months.slice(0, MONTHS - standingOf(index).undeclared),
    ...standingOf(index),
  }));
  for (let start = 0; start < MODELS; start += PORTION) {
    const portion = models.slice(start, start + PORTION);
    await transaction(deps.database, async (tx) => {
      await recordEmployers(
        deps,
        tx,
        BY,
        portion.map(({ employerId, attributes }) => ({ employerId, version: 1, attributes })),
      );
      const rosters = portion.flatMap(({ employerId, declared, lines }) =>
        declared.map((period) => ({ employerId, period, lines })),
      );
      await recordDeclarations(deps, tx, BY, rosters);
      const payments = portion.flatMap(({ employerId, attributes, declared, lines, unpaid }) =>
        declared.slice(0, declared.length - unpaid).map((period) => ({
          employerId,
          reference: `${attributes.nib}-${period}`,
          amount: billOf(rosterSums(deps.law, period, lines).assessments[0]!, attributes.jkkClass!),
          paidOn: onDay(addPeriods(period, 1), 5),
          period,
          penalty: false,
        })),
      );
      await recordPayments(deps, tx, BY, payments);
    });
  }
}

/** The last months whose due day has passed. */
function dueMonths(deps: Deps, today: Day): Period[] {
  let newest = periodOf(today);
  while (deps.law.at(newest).dueOn >= today) newest = addPeriods(newest, -1);
  return Array.from({ length: MONTHS }, (_, index) => addPeriods(newest, index + 1 - MONTHS));
}

function attributesOf(index: number): EmployerAttributes {
  const number = String(index).padStart(6, '0');
  const { registered } = standingOf(index);
  return {
    legalName: `PT Model ${number}`,
    ...(registered && { npp: `MODEL${number}`, registeredOn: '2024-01-02' }),
    nib: `9000000${number}`,
    npwp: `9000000000${number}`,
    kind: 'private',
    scale: SCALES[index % SCALES.length]!,
    sector: 'general',
    jkkClass: JKK_CLASSES[index % JKK_CLASSES.length]!,
    jkkClassOrigin: 'bpjs_decision',
    kbli: { code: ['31001', '47111', '80100', '41011'][index % 4]!, edition: '2020' },
    regionCode: '34.01',
    ...(index % 25 === 0 && { outsourcing: { licenceNumber: `AD-${number}`, licensedOn: '2024-02-01' } }),
  };
}

function linesOf(index: number): RosterLine[] {
  return Array.from({ length: 1 + (index % 3) }, (_, worker) => ({
    nik: `3401010107${String(index * 3 + worker + 1).padStart(6, '0')}`,
    name: `Pekerja ${index} ${worker}`,
    birthDate: '1990-07-01',
    citizenship: 'ID',
    wage: 2_400_000 + index * 7_919 + worker * 100_003,
    programmes: ALL_PROGRAMMES,
  }));
}
