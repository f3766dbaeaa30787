import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { EvidenceController } from './evidence.controller.ts';
import { ExportController } from './export.controller.ts';
import { OpenUnknownsController } from './open-unknowns.controller.ts';
import { ProofController } from './proof.controller.ts';

@Module({
  controllers: [EvidenceController, ExportController, ProofController, OpenUnknownsController, AuditController],
})
export class AuditModule {}
