/** A record that cannot be read as XML. */

/** What is wrong with it, and at which byte of the record. */
export class MalformedRecord extends Error {
  constructor(problem: string, at: number) {
    super(`${problem} at byte ${at} of the record`);
    this.name = 'MalformedRecord';
  }
}
