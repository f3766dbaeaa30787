import { Module } from '@nestjs/common';
import { BulkController } from './bulk.controller.ts';

@Module({ controllers: [BulkController] })
export class BulkModule {}
