import { transaction, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { addDays, addPeriods, type Day, dayOf, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import { maskOf } from '#src/domain/rules/programme-mask.ts';
import { billOf, rosterSums } from '#src/domain/rules/roster.ts';
import {
  type DeclaredRoster,
  type ReportedPayment,
  recordDeclarations,
  recordPayments,
} from '#src/facts/index.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import { recordEmployers } from '#src/registry/index.ts';
import { SAMPLE_AGENCY, SAMPLE_COMPANIES, type SampleCompany } from './companies.ts';

const MONTHS = 6;
const NAMES = ['Siti Aminah', 'Budi Santoso', 'Sri Wahyuni', 'Agus Prasetyo', 'Dewi Lestari', 'Eko Nugroho'];
const BY = { client: 'sample', agency: SAMPLE_AGENCY.code, sub: 'sample' };

/** Fills an empty registry with a small fictional region, its last months as seen from today. */
export async function loadSample(deps: Deps): Promise<void> {
  await transaction(deps.database, async (tx) => {
    await tx.client.query(
      `insert into agencies (code, name, kind, regions, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [SAMPLE_AGENCY.code, SAMPLE_AGENCY.name, SAMPLE_AGENCY.kind, SAMPLE_AGENCY.regions, deps.clock()],
    );
    const filled = await tx.client.query('select 1 from employers limit 1');
    if (filled.rowCount) return;
    const today = dayOf(deps.clock());
    const companies = SAMPLE_COMPANIES.map((company) => ({ ...company, employerId: uuidv7() }));
    await recordEmployers(
      deps,
      tx,
      BY,
      companies.map(({ employerId, attributes }) => ({ employerId, version: 1, attributes })),
    );
    const rosters = companies.flatMap((company) => rostersOf(deps, company, today));
    await recordDeclarations(deps, tx, BY, rosters);
    const payments = companies.flatMap((company) => paymentsOf(deps, company, rosters, today));
    await recordPayments(deps, tx, BY, payments);
  });
}

type Company = SampleCompany & { employerId: string };

/** The months up to the newest one whose due day has passed. */
function dueMonths(deps: Deps, today: Day): Period[] {
  let newest = periodOf(today);
  while (deps.law.at(newest).dueOn >= today) newest = addPeriods(newest, -1);
  return Array.from({ length: MONTHS }, (_, index) => addPeriods(newest, index + 1 - MONTHS));
}

function rostersOf(deps: Deps, company: Company, today: Day): DeclaredRoster[] {
  if (company.workers === 0) return [];
  const periods = dueMonths(deps, today).slice(0, MONTHS - (company.undeclared ?? 0));
  return periods.map((period) => ({ employerId: company.employerId, period, lines: linesOf(company) }));
}

function linesOf(company: Company): RosterLine[] {
  return Array.from({ length: company.workers }, (_, index) => {
    const day = String((index % 28) + 1).padStart(2, '0');
    const serial = String(Number(company.attributes.npp?.slice(2)) * 100 + index + 1).padStart(4, '0');
    return {
      nik: `340101${day}0690${serial}`,
      name: `${NAMES[index % NAMES.length]} ${index + 1}`,
      birthDate: `1990-06-${day}`,
      citizenship: 'ID',
      wage: company.wage + (index % 5) * 150_000,
      programmes: maskOf(company.programmes),
    };
  });
}

function paymentsOf(
  deps: Deps,
  company: Company,
  rosters: readonly DeclaredRoster[],
  today: Day,
): ReportedPayment[] {
  const own = rosters.filter(({ employerId }) => employerId === company.employerId);
  const paid = own.slice(0, own.length - (company.unpaid ?? 0));
  return paid.flatMap(({ employerId, period, lines }, index) => {
    const { dueOn } = deps.law.at(period);
    const late = company.late === true && index === paid.length - 2;
    const paidOn = late ? addDays(dueOn, 1) : onDay(addPeriods(period, 1), 10);
    const amount = billOf(rosterSums(deps.law, period, lines).assessments[0]!, company.attributes.jkkClass!);
    if (amount === 0 || paidOn > today) return [];
    return [
      {
        employerId,
        reference: `CONTOH-${company.attributes.npp}-${period}`,
        amount,
        paidOn,
        period,
        penalty: false,
      },
    ];
  });
}
