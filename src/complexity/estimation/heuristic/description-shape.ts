/** What is read, in UTF-16 code units. */
const READ = 100_000;

/** What a description consists of, without understanding it. */
export interface DescriptionShape {
  /** Lines of text: no code, no logs, no stack traces. */
  readonly prose: readonly string[];
  /** Words of the prose. */
  readonly words: number;
  /** Items of lists, check boxes included. */
  readonly items: number;
  readonly checkBoxes: number;
  readonly hasAcceptanceCriteria: boolean;
  readonly hasStepsToReproduce: boolean;
  readonly hasStackTrace: boolean;
  /** Lines of code and logs. */
  readonly codeLines: number;
}

const FENCE = /^\s{0,8}(?:```|~~~|\{(?:code|noformat)\b)/u;
const STACK_LINE = /^\s{0,40}(?:at [\w$.<>/[\]-]{1,200}[ (:]|File "|Traceback |Caused by: )/u;
const LOG_LINE =
  /^\s{0,8}\[?(?:\d{4}-\d\d-\d\d[T ]\d\d:|\d\d:\d\d:\d\d|(?:ERROR|WARN|WARNING|INFO|DEBUG|TRACE|FATAL)\b)/u;
const ITEM = /^\s{0,16}(?:[-*+•#]{1,4}|\d{1,3}[.)])\s/u;
const CHECK_BOX = /^\s{0,16}[-*+] \[[ xX]\]/u;
const ACCEPTANCE =
  /acceptance criteria|definition of done|akzeptanzkriterien|criterios de aceptaci|crit.res d.acceptation|验收标准/iu;
const STEPS =
  /steps to reproduce|how to reproduce|repro steps|to reproduce:|schritte zum|pasos para reproducir/iu;

/** Reads a description line by line; linear in its length. */
export function readShape(description: string): DescriptionShape {
  const text = description.slice(0, READ);
  const prose: string[] = [];
  let codeLines = 0;
  let isInCode = false;
  let hasStackTrace = false;
  for (const line of text.split('\n')) {
    const isStack = STACK_LINE.test(line);
    hasStackTrace ||= isStack;
    if (FENCE.test(line)) isInCode = !isInCode;
    else if (isInCode || isStack || LOG_LINE.test(line)) codeLines += 1;
    else prose.push(line);
  }
  return {
    prose,
    words: prose.reduce((sum, line) => sum + (line.match(/\S+/gu)?.length ?? 0), 0),
    items: prose.filter((line) => ITEM.test(line)).length,
    checkBoxes: prose.filter((line) => CHECK_BOX.test(line)).length,
    hasAcceptanceCriteria: ACCEPTANCE.test(text),
    hasStepsToReproduce: STEPS.test(text),
    hasStackTrace,
    codeLines,
  };
}
