import type { default as Axe } from 'axe-core';
import 'axe-core/axe.min.js'; // not a module: it adds a global

declare const axe: typeof Axe;

/** Returns the violations that axe-core finds, each as "rule: markup". */
export async function violationsIn(context: Element): Promise<string[]> {
  const { violations } = await axe.run(context, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { region: { enabled: false } }, // landmarks belong to the page
    resultTypes: ['violations'],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
