/** Lets callers that want the same thing at the same time share one run of the work that makes it. */
export class SingleFlight {
  private readonly flights = new Map<string, Promise<unknown>>();

  /**
   * Joins the run under way for `key`, or starts one; all of its callers get its result or its error. One key must
   * always stand for one type of result.
   * @param work is given a function that says whether its result is still wanted: not after `forget`
   */
  run<T>(key: string, work: (isWanted: () => boolean) => Promise<T>): Promise<T> {
    const underWay = this.flights.get(key);
    if (underWay) return underWay as Promise<T>;
    const isWanted = (): boolean => this.flights.get(key) === flight;
    const flight = work(isWanted).finally(() => {
      if (isWanted()) this.flights.delete(key);
    });
    this.flights.set(key, flight);
    return flight;
  }

  /** Those who come from now on start anew; those who wait already still get what they wait for. */
  forget(key: string): void {
    this.flights.delete(key);
  }
}
