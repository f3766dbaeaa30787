import { Clock } from '#kernel';
import { JobOperations } from '#operations';
import { Module } from '@nestjs/common';
import { AskedReader } from './asked.ts';
import { JobChanger } from './job-changer.ts';
import { JobsController } from './jobs.controller.ts';
import { NamedJobsController } from './named-jobs.controller.ts';

@Module({
  controllers: [JobsController, NamedJobsController],
  providers: [
    {
      provide: AskedReader,
      useFactory: (clock: Clock, operations: JobOperations) =>
        new AskedReader(clock, (alias) => operations.jobNamed(alias)),
      inject: [Clock, JobOperations],
    },
    {
      provide: JobChanger,
      useFactory: (operations: JobOperations, asked: AskedReader) => new JobChanger(operations, asked),
      inject: [JobOperations, AskedReader],
    },
  ],
})
export class JobsModule {}
