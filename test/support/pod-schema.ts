import { z } from 'zod';

export const labels = z.record(z.string(), z.string());
export const labelSelector = z.strictObject({ matchLabels: labels });
/** Of a port: its name in the pod, or its number. */
export const portRef = z.union([z.string(), z.int().min(1).max(65_535)]);
const quantity = z.string().regex(/^\d+(?:m|Mi|Gi)$/);
const amounts = z.strictObject({ cpu: quantity.optional(), memory: quantity.optional(), storage: quantity.optional() });
export const resources = z.strictObject({ requests: amounts, limits: amounts.optional() });
const named = z.strictObject({ name: z.string() });

const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string().startsWith('/'), port: portRef }),
  periodSeconds: z.int(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});

const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })),
  envFrom: z.array(z.strictObject({ configMapRef: named })),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  volumeMounts: z.array(
    z.strictObject({ name: z.string(), mountPath: z.string().startsWith('/'), readOnly: z.boolean().optional() }),
  ),
  resources,
  // What the Pod Security Standard "restricted" asks of a container, and a root file system that stays as it is.
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: z.strictObject({
    preStop: z.strictObject({
      exec: z.strictObject({ command: z.tuple([z.literal('sleep'), z.string().regex(/^\d+$/)]) }),
    }),
  }),
});

const volume = z.union([
  z.strictObject({ name: z.string(), configMap: named }),
  z.strictObject({
    name: z.string(),
    secret: z.strictObject({
      secretName: z.string(),
      defaultMode: z.int(),
      items: z.array(z.strictObject({ key: z.string(), path: z.string() })),
    }),
  }),
  z.strictObject({
    name: z.string(),
    emptyDir: z.strictObject({ medium: z.literal('Memory'), sizeLimit: quantity }),
  }),
]);

/** A pod template with one container, as a StatefulSet or a Deployment has it. */
export const podTemplate = z.strictObject({
  metadata: z.strictObject({ labels }),
  spec: z.strictObject({
    serviceAccountName: z.string(),
    automountServiceAccountToken: z.literal(false),
    enableServiceLinks: z.literal(false),
    // The rest of "restricted".
    securityContext: z.strictObject({
      runAsNonRoot: z.literal(true),
      runAsUser: z.int().min(1),
      runAsGroup: z.int().min(1),
      fsGroup: z.int().min(1),
      fsGroupChangePolicy: z.literal('OnRootMismatch'),
      seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
    }),
    terminationGracePeriodSeconds: z.int(),
    topologySpreadConstraints: z
      .array(
        z.strictObject({
          topologyKey: z.string(),
          maxSkew: z.int(),
          whenUnsatisfiable: z.enum(['ScheduleAnyway', 'DoNotSchedule']),
          labelSelector,
        }),
      )
      .optional(),
    containers: z.tuple([container]),
    volumes: z.array(volume),
  }),
});
