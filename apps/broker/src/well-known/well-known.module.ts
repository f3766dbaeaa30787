import { Module } from '@nestjs/common';
import { WellKnownController } from './well-known.controller.ts';

@Module({ controllers: [WellKnownController] })
export class WellKnownModule {}
