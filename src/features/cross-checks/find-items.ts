import type { CrossCheckName } from '#src/domain/cross-checks/cross-check.ts';
import { type CrossCheckItem, type Examined, MOST_WORKERS } from './cross-check.ts';
import { examinedEmployers } from './examined-employers.ts';
import { findDrops } from './find-drops.ts';
import { findDuplicates } from './find-duplicates.ts';
import { findShortfalls } from './find-shortfalls.ts';
import { findClusters, findContradictions, findRetired } from './in-rosters.ts';
import { nameOthers } from './others.ts';
import type { Found, Question } from './question.ts';

type Finder = {
  /** Looks at a batch of employers. */
  find: (question: Question, employers: readonly Examined[]) => Promise<Found<CrossCheckItem['figures']>>;
  /** What its spreadsheet shows of its figures. */
  csv: readonly string[];
};

export const FINDERS: Record<CrossCheckName, Finder> = {
  'duplicate-workers': {
    find: async (question, employers) => nameOthers(question, await findDuplicates(question, employers)),
    csv: ['figures.otherEmployers', 'figures.outsideYourRegions', 'others.id', 'others.legalName'],
  },
  'retired-in-pension': {
    find: findRetired,
    csv: ['figures.headcount', 'figures.retirementAge', 'figures.bornOnOrBefore'],
  },
  'minimum-wage-cluster': {
    find: findClusters,
    csv: ['figures.headcount', 'figures.minimumWage.monthly', 'figures.minimumWage.regionCode'],
  },
  'headcount-drop': {
    find: findDrops,
    csv: [
      'figures.headcount',
      'figures.peak.headcount',
      'figures.peak.period',
      'figures.tender.sign',
      'figures.tender.on',
    ],
  },
  'nik-contradictions': {
    find: findContradictions,
    csv: ['figures.headcount', 'figures.byBirthDate', 'figures.bySex'],
  },
  'placement-shortfall': {
    find: findShortfalls,
    csv: [
      'figures.headcount',
      'figures.contracted',
      'figures.declared',
      'figures.missingInTotal',
      'figures.contracts.contractNumber',
    ],
  },
};

/** What a cross-check finds of the employers in scope, batch by batch, in the order of their ids. */
export async function* findItems(
  check: CrossCheckName,
  question: Question,
  after: string | undefined,
): AsyncGenerator<CrossCheckItem[]> {
  for await (const employers of examinedEmployers(question, after)) {
    const found = await FINDERS[check].find(question, employers);
    await question.pause();
    yield employers.flatMap((employer) => {
      const finding = found.get(employer.employerId);
      if (!finding) return [];
      const niks = finding.niks.slice(0, MOST_WORKERS);
      return [{ employer, period: question.period, ...finding, niks }];
    });
  }
}
