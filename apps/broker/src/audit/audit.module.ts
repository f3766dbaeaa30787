import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { EvidenceController } from './evidence.controller.ts';
import { ExportController } from './export.controller.ts';
import { OpenUnknownsController } from './open-unknowns.controller.ts';
import { ProofController } from './proof.controller.ts';
import { ReviewsController } from './reviews.controller.ts';
import { StandingController } from './standing.controller.ts';

@Module({
  controllers: [
    EvidenceController,
    ExportController,
    ProofController,
    OpenUnknownsController,
    ReviewsController,
    StandingController,
    AuditController,
  ],
})
export class AuditModule {}
