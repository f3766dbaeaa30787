import { alarmBookContract } from './alarm-book-contract.ts';
import { MemoryAlarmBook } from './memory-alarm-book.ts';

alarmBookContract('MemoryAlarmBook', () => Promise.resolve(new MemoryAlarmBook()));
