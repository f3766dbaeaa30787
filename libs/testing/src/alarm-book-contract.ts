import type { AlarmBook, DeliveryState } from '#alarms';
import type { EpochMillis } from '#kernel';

const at = Date.UTC(2026, 0, 5, 9) as EpochMillis;
const began: DeliveryState = { position: 7, attempts: 0, retryAt: 0 as EpochMillis };
const failing: DeliveryState = { position: 9, attempts: 3, retryAt: at, failure: 'timed_out' };
const writer = (fence: number, destination = 'pager') => ({ destination, fence });
const alarm = (index: number) => ({ index, name: 'not-resumed', reason: 'http_422', parkedAt: at });

/** Registers the tests that every {@link AlarmBook} must pass. `open` gives that of a log that was just begun. */
export function alarmBookContract(name: string, open: () => Promise<AlarmBook>): void {
  describe(`${name} as an AlarmBook`, () => {
    let book: AlarmBook;
    beforeEach(async () => {
      book = await open();
      await book.begin('pager', 7);
      await book.begin('siem', 0);
    });

    it('knows only destinations that have begun', async () => {
      expect(await book.find('other')).toBeUndefined();
      expect(await book.save(writer(1, 'other'), failing)).toBe(false);
      expect(await book.find('other')).toBeUndefined();
    });

    it('lets a destination begin once', async () => {
      await book.begin('pager', 100);
      expect(await book.find('pager')).toEqual({ ...began, parked: 0 });
    });

    it('remembers how each destination stands', async () => {
      expect(await book.save(writer(1), failing)).toBe(true);
      expect(await book.find('pager')).toEqual({ ...failing, parked: 0 });
      expect(await book.find('siem')).toMatchObject({ position: 0 });
      expect(await book.save(writer(1), { ...began, position: 10 })).toBe(true);
      expect(await book.find('pager')).toEqual({ ...began, position: 10, parked: 0 });
    });

    it('refuses everything of a writer whose lease went to another that has written since', async () => {
      await book.save(writer(3), failing);
      expect(await book.save(writer(2), began)).toBe(false);
      expect(await book.park(writer(2), alarm(8), began)).toBe(false);
      expect(await book.find('pager')).toEqual({ ...failing, parked: 0 });
      await book.park(writer(3), alarm(9), failing);
      expect(await book.unpark(writer(2), 9)).toBe(false);
      expect(await book.parked()).toHaveLength(1);
    });

    it('parks an alarm together with what comes after it', async () => {
      expect(await book.park(writer(1), alarm(8), failing)).toBe(true);
      expect(await book.find('pager')).toEqual({ ...failing, parked: 1 });
      expect(await book.find('siem')).toMatchObject({ parked: 0 });
      expect(await book.parked()).toEqual([{ ...alarm(8), destination: 'pager' }]);
    });

    it('has parked alarms tried again, the oldest first, until each is parked anew or delivered', async () => {
      await book.park(writer(1), alarm(12), failing);
      await book.park(writer(1), alarm(8), failing);
      await book.park(writer(1, 'siem'), alarm(8), failing);
      expect(await book.find('pager')).not.toHaveProperty('again');
      expect(await book.tryAgain('pager')).toBe(2);
      expect(await book.find('pager')).toEqual({ ...failing, retryAt: 0, parked: 2, again: 8 });
      expect(await book.find('siem')).not.toHaveProperty('again');
      await book.park(writer(1), { ...alarm(8), reason: 'gone' }, failing);
      expect(await book.find('pager')).toEqual({ ...failing, parked: 2, again: 12 });
      expect(await book.unpark(writer(1), 12)).toBe(true);
      expect(await book.find('pager')).toEqual({ ...failing, parked: 1 });
      expect(await book.tryAgain()).toBe(2);
      expect(await book.parked()).toEqual([
        { ...alarm(8), destination: 'pager', reason: 'gone' },
        { ...alarm(8), destination: 'siem' },
      ]);
    });
  });
}
