import { readFileSync } from 'node:fs';
import { describeEnvironment } from './environment.js';
import { insertSettingsTable, renderEnvExample } from './settings-documents.js';

function read(name: string): string {
  return readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
}

describe('settings documents', () => {
  it('.env.example is what `npm run docs:settings` writes', () => {
    expect(read('.env.example')).toBe(renderEnvExample());
  });

  it("the README's table is what `npm run docs:settings` writes", () => {
    const readme = read('README.md');
    expect(readme).toBe(insertSettingsTable(readme));
  });

  it('lists every setting with its description', () => {
    const example = renderEnvExample();
    for (const { name, description } of describeEnvironment()) {
      expect(example).toContain(`# ${name}=`);
      expect(example).toContain(description);
    }
  });

  it('refuses a document without the marks', () => {
    expect(() => insertSettingsTable('# A document')).toThrow('marks');
  });
});
