import { type ApiPaths, open } from '../openapi/operation.ts';

export const consolePaths: ApiPaths = {
  '/console': {
    get: {
      operationId: 'openConsole',
      summary: 'The console, for people with a browser',
      description:
        'Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID). Its files are below; / leads to it.',
      tags: ['session'],
      security: open,
      responses: { 200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } } },
    },
  },
};
