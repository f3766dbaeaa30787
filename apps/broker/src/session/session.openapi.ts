import { type ApiPaths, errors, json, open, schemaOf } from '../openapi/operation.ts';
import { formType, logoutForm } from './logout-form.ts';
import { sessionSchema, signedOutSchema } from './session-view.ts';

const where = 'Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID).';
const consoleHeader = {
  name: 'Interlock-Console',
  in: 'header',
  required: true,
  description: 'Always 1. With it, `Origin` or `Sec-Fetch-Site` must say that the console itself asks.',
  schema: { const: '1' },
} as const;
const elsewhere = (description: string) => ({
  description,
  headers: { location: { schema: { type: 'string' } }, 'set-cookie': { schema: { type: 'string' } } },
});

export const sessionPaths: ApiPaths = {
  '/session': {
    get: {
      operationId: 'readSession',
      summary: 'See who is signed in and how long it lasts',
      description: `${where} Asking does not keep the session open.`,
      tags: ['session'],
      security: [{ session: [] }],
      parameters: [consoleHeader],
      responses: { 200: json(schemaOf(sessionSchema), 'The session.'), ...errors('Problem', 400, 401, 403, 503) },
    },
  },
  '/session/login': {
    get: {
      operationId: 'signIn',
      summary: 'Sign in at the identity provider',
      description: where,
      tags: ['session'],
      security: open,
      parameters: [
        {
          name: 'returnTo',
          in: 'query',
          required: false,
          description: 'Path of this site to go on to; default /. Addresses of other sites are refused.',
          schema: { type: 'string' },
        },
      ],
      responses: { 303: elsewhere('To the identity provider.'), ...errors('Problem', 400, 503) },
    },
  },
  '/session/callback': {
    get: {
      operationId: 'completeSignIn',
      summary: 'Come back from the identity provider',
      description: `${where} Completes a sign-in of the same browser, once.`,
      tags: ['session'],
      security: open,
      responses: { 303: elsewhere('On, with a session.'), ...errors('Problem', 400, 403, 503) },
    },
  },
  '/session/logout': {
    post: {
      operationId: 'signOut',
      summary: 'Sign out',
      description: `${where} The session ends at once, and its end is recorded.`,
      tags: ['session'],
      security: open,
      parameters: [consoleHeader],
      responses: { 200: json(schemaOf(signedOutSchema), 'Signed out.'), ...errors('Problem', 403) },
    },
  },
  '/session/backchannel-logout': {
    post: {
      operationId: 'signOutByIssuer',
      summary: 'End the sessions that the identity provider ended (OpenID Connect Back-Channel Logout)',
      description: where,
      tags: ['session'],
      security: open,
      requestBody: { required: true, content: { [formType]: { schema: schemaOf(logoutForm) } } },
      responses: { 200: { description: 'They have ended.' }, ...errors('Problem', 400, 503) },
    },
  },
};
