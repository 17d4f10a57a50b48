import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTRACT_VERSION } from 'kontor/sdk';
import { discover, type Found } from '../../kernel/plugins/discover.ts';
import { solve } from '../../kernel/plugins/solve.ts';
import type { RuleResult } from './index.ts';

const BUNDLED = fileURLToPath(new URL('../../plugins', import.meta.url));

/** The plugins to be checked, and bundled ones that they cannot do without. */
export type Family = { plugins: Found[]; company: Found[] };

/** What can be said of plugins from their data alone: a family to go on with, and a result for each rule. */
export async function readFamily(path: string): Promise<{ family: Family; results: RuleResult[] }> {
  const folder = resolve(path);
  const judged = await discover({ bundled: join(folder, 'none'), modules: [], folders: [folder] });
  const isBundled = folder.startsWith(BUNDLED);
  const found = judged.found.map((one): Found => (isBundled ? { ...one, source: 'bundled' } : one));
  const { setAside } = judged;
  const bundled = (await discover({ bundled: BUNDLED, modules: [], folders: [] })).found.filter(
    ({ manifest }) => !found.some((one) => one.manifest.id === manifest.id),
  );
  const company = neededBy(found, bundled);
  const { refused } = solve({ plugins: [...found, ...company], contract: CONTRACT_VERSION });
  const faults = [...setAside.map(({ reason }) => reason), ...refused.values()];
  if (faults.length === 0 && found.length === 0) {
    const there = existsSync(folder) ? 'found none' : 'there is no such folder';
    faults.push(`Expected a plugin.json in ${folder}, ${there}`);
  }
  const ofCodes = faults.filter((fault) => isAboutCodes(fault));
  const ofRanges = faults.filter((fault) => !isAboutCodes(fault) && [...refused.values()].includes(fault));
  const ofManifests = faults.filter((fault) => !ofCodes.includes(fault) && !ofRanges.includes(fault));
  const results: RuleResult[] = [
    verdict('manifest', ofManifests, `${found.length} manifest(s) say what they should`),
    verdict('codes', ofCodes, 'Codes are its own, and each is declared once'),
    verdict('ranges', ofRanges, `It runs on contract ${CONTRACT_VERSION} with what it depends on`),
  ];
  return { family: { plugins: found, company }, results };
}

/** A result from the faults that were found. */
export function verdict(rule: RuleResult['rule'], faults: readonly string[], good: string): RuleResult {
  return { rule, passed: faults.length === 0, sentence: faults.join('. ') || good };
}

function isAboutCodes(fault: string): boolean {
  return /is declared twice|not this plugin's to declare|is declared by .* and again by/.test(fault);
}

function neededBy(plugins: readonly Found[], bundled: readonly Found[]): Found[] {
  const needed = new Set<Found>();
  const visit = ({ manifest }: Found): void => {
    for (const id of Object.keys(manifest.dependsOn ?? {})) {
      const found = bundled.find((one) => one.manifest.id === id);
      if (found && !needed.has(found)) {
        needed.add(found);
        visit(found);
      }
    }
  };
  plugins.forEach(visit);
  return [...needed];
}
