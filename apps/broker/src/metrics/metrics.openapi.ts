import { type ApiPaths, open, text } from '../openapi/operation.ts';

export const metricsPaths: ApiPaths = {
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Figures for monitoring',
      description:
        'In the text format of Prometheus. Open like the health checks, because it holds counts only: keep it off public listeners all the same.',
      tags: ['operations'],
      security: open,
      responses: { 200: text('The figures.') },
    },
  },
};
