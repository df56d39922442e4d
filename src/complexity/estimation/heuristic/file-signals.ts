import type { Factor } from '../task.js';

const COUNTS = [
  { files: 101, impact: 1.4 },
  { files: 21, impact: 1 },
  { files: 7, impact: 0.5 },
  { files: 3, impact: 0.1 },
  { files: 1, impact: -0.3 },
];
const FEW_FOLDERS = 3;
const FILES_READ = 2_000;
const DELICATE =
  /(?:^|[/._-])(?:migrations?|schema|auth|security|payments?|billing)(?:[/._-]|$)|\.(?:sql|proto)$/iu;
const DOCUMENT = /\.(?:md|rst|txt|adoc)$/iu;
const TEST = /(?:^|[/._-])(?:tests?|specs?|__tests__)(?:[/._-]|$)/iu;

/** What number and kind of related files say. */
export function fileSignals(relatedFiles: readonly string[]): Factor[] {
  const files = relatedFiles.slice(0, FILES_READ).map((path) => path.slice(-500));
  if (files.length === 0) return [];
  return [countSignal(files), spreadSignal(files), ...kindSignals(files)].filter((factor) => factor !== null);
}

function countSignal(files: readonly string[]): Factor | null {
  const impact = COUNTS.find((step) => files.length >= step.files)?.impact ?? 0;
  const noun = files.length === 1 ? '1 file is' : `${files.length} files are`;
  return { name: 'related files', impact, explanation: `${noun} related.` };
}

function spreadSignal(files: readonly string[]): Factor | null {
  const folders = new Set(files.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  if (folders.size <= FEW_FOLDERS) return null;
  return {
    name: 'spread',
    impact: Math.min(0.6, 0.1 * folders.size),
    explanation: `The files lie in ${folders.size} folders.`,
  };
}

function kindSignals(files: readonly string[]): Factor[] {
  if (files.every((path) => DOCUMENT.test(path))) {
    return [{ name: 'documents', impact: -0.5, explanation: 'Only documents are related.' }];
  }
  if (files.every((path) => TEST.test(path))) {
    return [{ name: 'tests', impact: -0.2, explanation: 'Only tests are related.' }];
  }
  const delicate = files.find((path) => DELICATE.test(path));
  if (delicate === undefined) return [];
  return [
    {
      name: 'delicate files',
      impact: 0.3,
      explanation: 'Among the files are those of schema, access or payment.',
    },
  ];
}
