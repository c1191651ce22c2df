import { z } from 'zod';
import { ACTIONS, PURPOSES, SERVICES } from '#src/domain/check-policy.ts';
import { addDays, type Day } from '#src/domain/civil.ts';
import { FLAG_KINDS } from '#src/domain/flags.ts';
import { articleText, type Language } from '#src/domain/language.ts';
import { PLACEMENT_FINDINGS } from '#src/domain/placements/placement-policy.ts';
import { STATUSES } from '#src/domain/status.ts';
import { DayOut } from '#src/http/fields.ts';
import type { LoadedLaw } from '#src/law/index.ts';
import { Article, Source, sourced, UNTIL } from './parameter-fields.ts';

/** An object with a field of each name. */
function each<const N extends string, S extends z.ZodType>(names: readonly N[], schema: S) {
  return z.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<N, S>);
}

const Purposes = z.array(z.enum(PURPOSES)).max(20);
const Actions = each(PURPOSES, each(STATUSES, z.enum(ACTIONS)));
const dated = { from: DayOut, until: DayOut.nullable().meta({ description: UNTIL }) };
const cited = { article: Article, source: Source };

export const CheckPolicy = z
  .object({
    ...dated,
    actions: Actions,
    actionsInArrears: Actions,
    flagHolds: each(FLAG_KINDS, Purposes),
    serviceHolds: each(SERVICES, Purposes),
    ...cited,
  })
  .meta({ id: 'CheckPolicy', description: 'What a check tells its caller to do' });

export const PlacementPolicy = z
  .object({
    ...dated,
    findings: z
      .array(
        z.object({
          finding: z.enum(PLACEMENT_FINDINGS),
          actions: each(PURPOSES, z.enum(ACTIONS)),
          article: z.string().max(300).optional().meta({ description: 'What the finding breaks' }),
        }),
      )
      .max(PLACEMENT_FINDINGS.length),
    ...cited,
  })
  .meta({
    id: 'PlacementPolicy',
    description: 'What a check of a placement tells its caller to do besides, where that is graver',
  });

const ACTION = { id: 'Tindakan atas pemeriksaan', en: 'Action of a check' };
const ACTION_ON_PLACEMENT = {
  id: 'Tindakan atas pemeriksaan penempatan',
  en: 'Action of a check of a placement',
};

/** The policies of a ruleset as they go out. */
export function policiesView(
  { checkPolicies, placementPolicies }: LoadedLaw,
  language: Language,
): { checkPolicies: z.input<typeof CheckPolicy>[]; placementPolicies: z.input<typeof PlacementPolicy>[] } {
  return {
    checkPolicies: checkPolicies.map(({ from, basis, policy }, index) => {
      const { actions, actionsInArrears, flagHolds, serviceHolds } = policy;
      return {
        from,
        until: eveOf(checkPolicies[index + 1]),
        actions,
        actionsInArrears,
        flagHolds: listed(flagHolds),
        serviceHolds: listed(serviceHolds),
        ...sourced(basis, language, ACTION),
      };
    }),
    placementPolicies: placementPolicies.map(({ from, basis, policy: { actions, articles } }, index) => ({
      from,
      until: eveOf(placementPolicies[index + 1]),
      findings: PLACEMENT_FINDINGS.map((finding) => {
        const article = articles[finding];
        return {
          finding,
          actions: actions[finding],
          ...(article !== undefined && { article: articleText(article, language) }),
        };
      }),
      ...sourced(basis, language, ACTION_ON_PLACEMENT),
    })),
  };
}

function eveOf(next: { from: Day } | undefined): Day | null {
  return next ? addDays(next.from, -1) : null;
}

function listed<K extends string, T>(lists: Readonly<Record<K, readonly T[]>>): Record<K, T[]> {
  return Object.fromEntries(
    Object.entries<readonly T[]>(lists).map(([name, list]) => [name, [...list]]),
  ) as Record<K, T[]>;
}
