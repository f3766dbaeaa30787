import { type DynamicModule, Module } from '@nestjs/common';
import { ConsoleFiles } from './console-files.ts';
import { ConsoleController } from './console.controller.ts';

@Module({})
export class ConsoleModule {
  /** Imported only where people can sign in: elsewhere these addresses are unknown like any other. */
  static forRoot(): DynamicModule {
    return {
      module: ConsoleModule,
      controllers: [ConsoleController],
      providers: [{ provide: ConsoleFiles, useValue: ConsoleFiles.load() }],
    };
  }
}
