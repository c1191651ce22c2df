type Document = { components?: { schemas?: Record<string, unknown> } };

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;

/**
 * Drops the schemas that nothing refers to, and headers with them: every named schema is emitted once for requests
 * and once for answers, used or not.
 */
export function pruneComponents(document: Document): object {
  const schemas = document.components?.schemas;
  if (!schemas) return document;
  const { components: _, ...rest } = document;
  const used = new Set<string>();
  const visit = (part: unknown) => {
    for (const [, name] of (JSON.stringify(part) ?? '').matchAll(REFERENCE)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(rest);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } };
}
