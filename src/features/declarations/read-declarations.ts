import type { ClientBase, Pool } from 'pg';
import type { Deps } from '#src/deps.ts';
import { dayOf, EVER, type Period } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt } from '#src/domain/facts.ts';
import { classFor } from '#src/domain/ledger/class-on-file.ts';
import { isRelievedIn } from '#src/domain/ledger/labour-intensive.ts';
import { totalsOf } from '#src/domain/rules/contributions.ts';
import { sharesOf } from '#src/domain/rules/roster.ts';
import { keptHistories, readHistories } from '#src/facts/index.ts';
import type { DeclarationView } from './declaration.ts';

/** One declaration of an employer as it goes out. */
export async function readDeclaration(
  deps: Deps,
  client: ClientBase | Pool,
  employerId: string,
  declarationId: string,
): Promise<DeclarationView | undefined> {
  const all = await readDeclarations(deps, client, employerId);
  return all.find(({ id }) => id === declarationId);
}

/** Every declaration of an employer, superseded ones too, in order of recording; `client` must be able to write. */
export async function readDeclarations(
  deps: Deps,
  client: ClientBase | Pool,
  employerId: string,
): Promise<DeclarationView[]> {
  const histories = await keptHistories(deps.law, client, (made) =>
    readHistories(deps, client, [employerId], made),
  );
  const history = histories.get(employerId);
  const facts = history && factsKnownAt(history, EVER);
  if (!history || !facts) return [];
  const isRelieved = isRelievedIn(facts, deps.law, dayOf(deps.clock()));
  const last = new Map<Period, string>();
  const inOrder = [...history.declarations].sort((a, b) => (a.id < b.id ? -1 : 1));
  return inOrder.map((declaration) => {
    const supersedes = last.get(declaration.period);
    last.set(declaration.period, declaration.id);
    return { ...view(deps, facts, declaration, isRelieved), ...(supersedes && { supersedes }) };
  });
}

function view(
  deps: Deps,
  facts: Facts,
  declaration: Facts['declarations'][number],
  isRelieved: (period: Period) => boolean,
): DeclarationView {
  const { id, period, headcount, recordedAt } = declaration;
  const assessment = declaration.assessments[0]!;
  const { jkkClass } = classFor(facts, deps.law, period);
  const { dueOn, calendarProvisional } = deps.law.at(period);
  const programmes = sharesOf(assessment, jkkClass, isRelieved(period));
  const { employer, worker, bill } = totalsOf(programmes);
  return {
    id,
    employerId: facts.employerId,
    period,
    headcount,
    wageBase: assessment.wageBase,
    dueOn,
    ...(calendarProvisional && { calendarProvisional }),
    assessment: {
      total: bill,
      employer,
      worker,
      programmes,
    },
    recordedAt,
  };
}
