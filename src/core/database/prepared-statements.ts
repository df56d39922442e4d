/** So that no variety of statements fills a server's memory; what comes on top is parsed each time. */
const MAX_EACH = 200;

/** Names under which connections keep statements that they have parsed and planned. */
export class PreparedStatements {
  private readonly names = new WeakMap<object, Map<string, string>>();

  /** The statement's name on a connection; undefined where that keeps enough others. */
  nameOn(connection: object, statement: string): string | undefined {
    let names = this.names.get(connection);
    if (names === undefined) this.names.set(connection, (names = new Map<string, string>()));
    const known = names.get(statement);
    if (known !== undefined || names.size >= MAX_EACH) return known;
    const name = `prepared_${names.size}`;
    names.set(statement, name);
    return name;
  }
}
