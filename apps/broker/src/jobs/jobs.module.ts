import { Clock } from '#kernel';
import { Module } from '@nestjs/common';
import { AskedReader } from './asked.ts';
import { JobsController } from './jobs.controller.ts';

@Module({
  controllers: [JobsController],
  providers: [{ provide: AskedReader, useFactory: (clock: Clock) => new AskedReader(clock), inject: [Clock] }],
})
export class JobsModule {}
