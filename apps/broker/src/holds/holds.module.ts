import { Module } from '@nestjs/common';
import { HoldsController } from './holds.controller.ts';

@Module({ controllers: [HoldsController] })
export class HoldsModule {}
