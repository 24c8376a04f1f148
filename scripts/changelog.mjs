// What a release reads of CHANGELOG.md, and what it writes there.

/** A version that can be released: three numbers. */
const VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

const sectionsOf = (changelog) => changelog.split(/^(?=## )/m).filter((section) => section.startsWith('## '));

/** The lines under "Unreleased", or `undefined` where there is no such section; '' where it is empty. */
export function unreleasedLines(changelog) {
  const section = sectionsOf(changelog).find((each) => /^## Unreleased[ \t]*$/m.test(each));
  return section?.replace(/^.*\n?/, '').trim();
}

/** The newest version that has a date, or `undefined` before the first release. */
export function lastRelease(changelog) {
  return sectionsOf(changelog)
    .map((section) => /^## (\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d\s/.exec(section)?.[1])
    .find(Boolean);
}

/** The changelog with what was unreleased under that version and day, and an empty section for what comes. */
export function dateUnreleased(changelog, version, day) {
  return changelog.replace(/^## Unreleased[ \t]*$/m, `## Unreleased\n\n## ${version} – ${day}`);
}

/** The versions that may follow one: its next fault, its next addition, its next break (https://semver.org). */
function stepsFrom(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  return { patch: `${major}.${minor}.${patch + 1}`, minor: `${major}.${minor + 1}.0`, major: `${major + 1}.0.0` };
}

/**
 * What is wrong with a version as the next one, or `undefined`. Before the first release that of package.json counts as
 * one that may come.
 */
export function refuseVersion(version, { changelog, current }) {
  if (!VERSION.test(version)) return `"${version}" is no version to release: three numbers, such as 1.2.0.`;
  const last = lastRelease(changelog);
  if (last && last !== current) {
    return `package.json has ${current}, but the last release in CHANGELOG.md is ${last}: make them agree first.`;
  }
  const steps = stepsFrom(current);
  const legal = [...(last ? [] : [current]), ...Object.values(steps)];
  if (!legal.includes(version)) return `${version} does not follow ${current}: ${legal.join(', ')} would.`;
  if (version === steps.patch && /^### Added\b/m.test(unreleasedLines(changelog) ?? '')) {
    return `CHANGELOG.md tells of something that is added: ${steps.minor} at least, by Semantic Versioning.`;
  }
  return undefined;
}
