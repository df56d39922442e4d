import { Environment } from './environment.js';
import { describeSettings, type SettingDescription } from './setting.decorators.js';

/** The text of `.env.example`: every variable, commented out, with its default and unit. */
export function renderEnvExample(): string {
  const lines = ['# Every setting, with its default. Nothing here is required.', ''];
  for (const [group, settings] of settingsByGroup()) {
    lines.push(`# --- ${group} ---`, '');
    for (const setting of settings) lines.push(...exampleLines(setting), '');
  }
  return lines.join('\n');
}

/** The settings as a Markdown table, for the README. */
export function renderSettingsTable(): string {
  const rows = describeSettings(Environment).map(
    (setting) =>
      `| \`${setting.name}\` | ${setting.default === null ? '' : defaultCell(setting)} | ${setting.description} |`,
  );
  return ['| Variable | Default | What it does |', '|---|---|---|', ...rows].join('\n');
}

function settingsByGroup(): Map<string, SettingDescription[]> {
  const groups = new Map<string, SettingDescription[]>();
  for (const setting of describeSettings(Environment)) {
    groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
  }
  return groups;
}

function exampleLines(setting: SettingDescription): string[] {
  const literal = isLiteral(setting);
  const note = [
    setting.unit === null ? null : `Unit: ${setting.unit}.`,
    setting.default === null || literal ? null : `Absent: ${setting.default}.`,
    setting.secret ? 'Secret.' : null,
  ].filter((part) => part !== null);
  return [
    `# ${[setting.description, ...note].join(' ')}`,
    `# ${setting.name}=${literal ? (setting.default ?? '') : ''}`,
  ];
}

function defaultCell(setting: SettingDescription): string {
  const value = isLiteral(setting) ? `\`${setting.default ?? ''}\`` : (setting.default ?? '');
  return setting.unit === null || !isLiteral(setting) ? value : `${value} ${setting.unit}`;
}

// A default with white space is a sentence about what happens instead, not a value to set.
function isLiteral(setting: SettingDescription): boolean {
  return setting.default !== null && !/\s/u.test(setting.default);
}
