const BLOCK = 65_536;

/** A column of numbers that grows without moving what it holds. */
export class Growing {
  #blocks: Float64Array[] = [];
  #last = new Float64Array(64);
  #at = 0;

  get length(): number {
    return this.#blocks.length * BLOCK + this.#at;
  }

  push(value: number): void {
    if (this.#at === this.#last.length) this.#grow();
    this.#last[this.#at++] = value;
  }

  /** `count` times the same value at the end. */
  fill(value: number, count: number): void {
    for (let index = 0; index < count; index++) this.push(value);
  }

  copy(): Growing {
    const twin = new Growing();
    for (const block of [...this.#blocks, this.#last.subarray(0, this.#at)])
      for (const value of block) twin.push(value);
    return twin;
  }

  /** The column as one array; the blocks are let go. */
  take(): Float64Array<ArrayBuffer> {
    const column = new Float64Array(this.length);
    for (const [index, block] of this.#blocks.entries()) column.set(block, index * BLOCK);
    column.set(this.#last.subarray(0, this.#at), this.#blocks.length * BLOCK);
    this.#blocks = [];
    this.#last = new Float64Array(0);
    this.#at = 0;
    return column;
  }

  #grow(): void {
    if (this.#at < BLOCK) {
      const wider = new Float64Array(Math.min(BLOCK, Math.max(64, this.#at * 4)));
      wider.set(this.#last);
      this.#last = wider;
      return;
    }
    this.#blocks.push(this.#last);
    this.#last = new Float64Array(BLOCK);
    this.#at = 0;
  }
}
