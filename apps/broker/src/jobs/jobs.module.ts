import { Clock } from '#kernel';
import { JobOperations } from '#operations';
import { Module } from '@nestjs/common';
import { AskedReader } from './asked.ts';
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
  ],
})
export class JobsModule {}
