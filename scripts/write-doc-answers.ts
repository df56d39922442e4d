import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { startService } from '../bench/support/service.js';
import { DOCUMENTS, readExamples, runExample } from '../test/support/doc-examples.js';

/** Runs the examples of each document in their order against a fresh service, and writes the answers under them. */
for (const document of Object.keys(DOCUMENTS)) {
  const service = await startService();
  try {
    let text = await readFile(document, 'utf8');
    for (const { command, answer } of readExamples(text)) {
      const actual = await runExample(command, service.url);
      text = text.replace(
        `${command}\n\`\`\`\n\n\`\`\`json\n${answer}\n\`\`\``,
        () => `${command}\n\`\`\`\n\n\`\`\`json\n${JSON.stringify(actual)}\n\`\`\``,
      );
    }
    await writeFile(document, await format(text, { ...(await resolveConfig(document)), filepath: document }));
  } finally {
    await service.stop();
  }
}
