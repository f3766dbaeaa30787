import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { OpenUnknownsController } from './open-unknowns.controller.ts';

@Module({ controllers: [AuditController, OpenUnknownsController] })
export class AuditModule {}
