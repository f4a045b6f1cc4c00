/** Somebody who may be at work. */
export interface Worker {
  readonly isIdle: boolean;
  /** What it is busy with, for the message when it never ends. */
  readonly describe: () => string;
}

const LOOK_AGAIN_MS = 20;
const NO_CHANGE_FOR_MS = 180_000;

/** Knows when nothing is left to do: no function runs, no queue that a function serves holds a message. */
export class Stillness {
  #workers: readonly Worker[] = [];
  #workInTurn: () => Promise<boolean> = async () => false;
  #wake: () => void = () => undefined;
  #changedAt = performance.now();

  /** `workInTurn` does the next piece of what nobody does by himself; `false`: there is none. */
  watch(workers: readonly Worker[], workInTurn: () => Promise<boolean>): void {
    this.#workers = workers;
    this.#workInTurn = workInTurn;
  }

  changed(): void {
    this.#changedAt = performance.now();
    this.#wake();
  }

  /** Throws when nothing changes for three minutes and still somebody is busy. */
  async reached(): Promise<void> {
    this.#changedAt = performance.now();
    while ((await this.#workInTurn()) || this.#workers.some(worker => !worker.isIdle)) {
      if (performance.now() - this.#changedAt > NO_CHANGE_FOR_MS) {
        const busy = this.#workers.filter(worker => !worker.isIdle).map(worker => worker.describe());
        throw new Error(`The local cloud does not come to rest: ${busy.join(', ')}.`);
      }
      await this.#nextChange();
    }
  }

  #nextChange(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, LOOK_AGAIN_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
