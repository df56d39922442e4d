import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { startService } from '../bench/support/service.js';
import { readExamples, runExample } from '../test/support/readme-examples.js';

/** Runs the README's examples in their order against a fresh service, and writes the answers under them. */
const README = 'README.md';

const service = await startService();
try {
  let text = await readFile(README, 'utf8');
  for (const { command, answer } of readExamples(text)) {
    const actual = await runExample(command, service.url);
    text = text.replace(
      `${command}\n\`\`\`\n\n\`\`\`json\n${answer}\n\`\`\``,
      `${command}\n\`\`\`\n\n\`\`\`json\n${JSON.stringify(actual)}\n\`\`\``,
    );
  }
  await writeFile(README, await format(text, { parser: 'markdown', singleQuote: true, printWidth: 110 }));
} finally {
  await service.stop();
}
