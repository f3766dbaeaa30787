import { z } from 'zod';
import { labels, labelSelector, podTemplate, portRef, resources } from './pod-schema.ts';

const metadata = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  namespace: z.string().optional(),
  labels: labels.optional(),
  annotations: labels.optional(),
});
const networkPort = z.strictObject({ port: portRef, protocol: z.enum(['TCP', 'UDP']).optional() });
const peer = z.union([
  z.strictObject({ namespaceSelector: labelSelector, podSelector: labelSelector.optional() }),
  z.strictObject({ ipBlock: z.strictObject({ cidr: z.union([z.cidrv4(), z.cidrv6()]), except: z.array(z.string()) }) }),
]);
const claimTemplate = z.strictObject({
  metadata,
  spec: z.strictObject({ accessModes: z.tuple([z.literal('ReadWriteOncePod')]), resources }),
});
const workload = { replicas: z.int().min(1), selector: labelSelector, template: podTemplate };
const rolling = z.strictObject({ rollingUpdate: z.strictObject({ maxUnavailable: z.int(), maxSurge: z.int() }) });

/**
 * The Kubernetes objects that our manifests use, with the members that they use and no others: Kubernetes drops a
 * member that it does not know, so that a misspelt guard guards nothing. Not the whole of Kubernetes' own schemas.
 */
export const kubernetesObject = z.discriminatedUnion('kind', [
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('Namespace'), metadata }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('ServiceAccount'),
    metadata,
    automountServiceAccountToken: z.literal(false),
  }),
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('ConfigMap'), metadata, data: labels }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({
      selector: labels,
      ports: z.array(z.strictObject({ name: z.string(), port: z.int(), targetPort: portRef })),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('Deployment'),
    metadata,
    spec: z.strictObject({ ...workload, strategy: rolling }),
  }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('StatefulSet'),
    metadata,
    spec: z.strictObject({
      ...workload,
      serviceName: z.string(),
      podManagementPolicy: z.literal('Parallel'),
      volumeClaimTemplates: z.array(claimTemplate),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('policy/v1'),
    kind: z.literal('PodDisruptionBudget'),
    metadata,
    spec: z.strictObject({
      maxUnavailable: z.int(),
      unhealthyPodEvictionPolicy: z.literal('AlwaysAllow'),
      selector: labelSelector,
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('networking.k8s.io/v1'),
    kind: z.literal('NetworkPolicy'),
    metadata,
    spec: z.strictObject({
      podSelector: labelSelector,
      policyTypes: z.tuple([z.literal('Ingress'), z.literal('Egress')]),
      ingress: z.array(z.strictObject({ from: z.array(peer), ports: z.array(networkPort) })),
      egress: z.array(z.strictObject({ to: z.array(peer).optional(), ports: z.array(networkPort) })),
    }),
  }),
]);
export type KubernetesObject = z.infer<typeof kubernetesObject>;
