import { type ApiPaths, open, text } from '../openapi/operation.ts';

export const metricsPaths: ApiPaths = {
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Figures for monitoring',
      description:
        'In the text format of Prometheus. Open like the health checks, because it holds counts only. Where monitoring has a port of its own (METRICS_PORT), it is there and not here.',
      tags: ['operations'],
      security: open,
      responses: { 200: text('The figures.') },
    },
  },
};
