export interface Measured {
  readonly [measure: string]: number;
}

/** Measures of all rows, and of the rows at even and odd places as a check that nothing fits one half only. */
export function printMeasures<Row>(rows: readonly Row[], measure: (rows: readonly Row[]) => Measured): void {
  const half = (parity: number) => rows.filter((_, index) => index % 2 === parity);
  const columns = [measure(rows), measure(half(0)), measure(half(1))];
  console.log(
    'measure'.padEnd(16) + ['all', 'even rows', 'odd rows'].map((name) => name.padEnd(11)).join(''),
  );
  for (const name of Object.keys(columns[0] ?? {})) {
    const values = columns.map((column) => (column[name] ?? NaN).toFixed(4).padEnd(11));
    console.log(name.padEnd(16) + values.join(''));
  }
}
