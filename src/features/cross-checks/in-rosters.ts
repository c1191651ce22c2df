import type { Finding } from '#src/domain/cross-checks/cross-check.ts';
import {
  type ClusterFigures,
  clusterThreshold,
  minimumWageCluster,
} from '#src/domain/cross-checks/minimum-wage-cluster.ts';
import { type ContradictionFigures, nikContradictions } from '#src/domain/cross-checks/nik-contradictions.ts';
import { type RetiredFigures, retiredInPension } from '#src/domain/cross-checks/retired-in-pension.ts';
import { minimumWageFor } from '#src/domain/rules/minimum-wage.ts';
import { readMinimumWages } from '#src/facts/index.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import type { Examined } from './cross-check.ts';
import { monthRosters } from './month-rosters.ts';
import type { Found, Question } from './question.ts';

export function findRetired(
  question: Question,
  employers: readonly Examined[],
): Promise<Found<RetiredFigures>> {
  const parameters = question.law.at(question.period);
  return inEachRoster(question, employers, (lines) => retiredInPension(parameters, lines));
}

export function findContradictions(
  question: Question,
  employers: readonly Examined[],
): Promise<Found<ContradictionFigures>> {
  return inEachRoster(question, employers, (lines) => nikContradictions(question.period, lines));
}

export async function findClusters(
  question: Question,
  employers: readonly Examined[],
): Promise<Found<ClusterFigures>> {
  const { deps, law, period } = question;
  const regions = [...new Set(employers.map(({ regionCode }) => regionCode))];
  const wages = await readMinimumWages(deps.database.reader, regions, undefined);
  const minimums = new Map(regions.map((region) => [region, minimumWageFor(wages, region, period)]));
  const threshold = clusterThreshold(law, period);
  const comparable = employers.filter(({ regionCode }) => minimums.get(regionCode));
  return inEachRoster(question, comparable, (lines, { regionCode }) =>
    minimumWageCluster(period, lines, minimums.get(regionCode)!, threshold),
  );
}

async function inEachRoster<Figures>(
  question: Question,
  employers: readonly Examined[],
  rule: (lines: RosterLine[], employer: Examined) => Finding<Figures> | undefined,
): Promise<Found<Figures>> {
  const byId = new Map(employers.map((employer) => [employer.employerId, employer]));
  const found: Found<Figures> = new Map();
  for await (const { employerId, lines } of monthRosters(question, [...byId.keys()])) {
    const finding = rule(lines, byId.get(employerId)!);
    if (finding) found.set(employerId, finding);
  }
  return found;
}
