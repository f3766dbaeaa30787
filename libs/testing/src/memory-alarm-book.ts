import { AlarmBook, type DeliveryState, type KeptDelivery, type ParkedAlarm, type Writer } from '#alarms';

type Parked = ParkedAlarm & { readonly again: boolean };

/** An {@link AlarmBook} in memory. */
export class MemoryAlarmBook extends AlarmBook {
  readonly #states = new Map<string, DeliveryState & { readonly fence: number }>();
  #parked: readonly Parked[] = [];

  override begin(destination: string, position: number): Promise<void> {
    const known = this.#states.get(destination);
    this.#states.set(destination, known ?? { position, attempts: 0, retryAt: 0 as DeliveryState['retryAt'], fence: 0 });
    return Promise.resolve();
  }

  override find(destination: string): Promise<KeptDelivery | undefined> {
    const known = this.#states.get(destination);
    if (known === undefined) return Promise.resolve(undefined);
    const { fence: _fence, ...state } = known;
    const parked = this.#parked.filter((alarm) => alarm.destination === destination);
    const again = parked.find((alarm) => alarm.again)?.index;
    return Promise.resolve({ ...state, parked: parked.length, ...(again !== undefined && { again }) });
  }

  override save({ destination, fence }: Writer, given: DeliveryState): Promise<boolean> {
    const { position, attempts, retryAt, failure } = given;
    const state = { position, attempts, retryAt, ...(failure !== undefined && { failure }) };
    const mayWrite = fence >= (this.#states.get(destination)?.fence ?? Number.POSITIVE_INFINITY);
    if (mayWrite) this.#states.set(destination, { ...state, fence });
    return Promise.resolve(mayWrite);
  }

  override async park(
    writer: Writer,
    parked: Omit<ParkedAlarm, 'destination'>,
    state: DeliveryState,
  ): Promise<boolean> {
    if (!(await this.save(writer, state))) return false;
    const { destination } = writer;
    this.#parked = [...this.#without(destination, parked.index), { ...parked, destination, again: false }].toSorted(
      (one, other) =>
        one.destination < other.destination ? -1 : one.destination > other.destination ? 1 : one.index - other.index,
    );
    return true;
  }

  override async unpark(writer: Writer, index: number): Promise<boolean> {
    const state = this.#states.get(writer.destination);
    if (state === undefined || !(await this.save(writer, state))) return false;
    this.#parked = this.#without(writer.destination, index);
    return true;
  }

  override parked(): Promise<readonly ParkedAlarm[]> {
    return Promise.resolve(this.#parked.map(({ again: _again, ...parked }) => parked));
  }

  override tryAgain(destination?: string): Promise<number> {
    const isMeant = (alarm: Parked): boolean => destination === undefined || alarm.destination === destination;
    this.#parked = this.#parked.map((alarm) => (isMeant(alarm) ? { ...alarm, again: true } : alarm));
    for (const [name, state] of this.#states) {
      if (destination === undefined || name === destination) {
        this.#states.set(name, { ...state, retryAt: 0 as DeliveryState['retryAt'] });
      }
    }
    return Promise.resolve(this.#parked.filter(isMeant).length);
  }

  #without(destination: string, index: number): readonly Parked[] {
    return this.#parked.filter((alarm) => alarm.destination !== destination || alarm.index !== index);
  }
}
