#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCode } from './cli/exit-code.ts';
import { program } from './cli/program.ts';
import { runCheck } from './cli/run-check.ts';
import { Unreadable } from './report/unreadable.ts';

const command = program(runCheck).exitOverride();
for (const sub of command.commands) sub.exitOverride();
try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : exitCode.unreadable;
  } else if (error instanceof Unreadable) {
    process.stderr.write(`interlock-verify: ${error.message}\n`);
    process.exitCode = exitCode.unreadable;
  } else {
    throw error;
  }
}
