import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { applyPatch, patchSchema, type Tree, writeAt } from './json-patch.ts';

/** A Kubernetes object as a manifest has it. */
export interface Manifest extends Tree {
  readonly kind: string;
  readonly metadata: Tree & { readonly name: string };
}

const selector = z.strictObject({ kind: z.string(), name: z.string() });
const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).default([]),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        envs: z.array(z.string()).default([]),
        files: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  replacements: z
    .array(
      z.strictObject({
        source: selector.extend({ fieldPath: z.string() }),
        targets: z.array(z.strictObject({ select: selector, fieldPaths: z.array(z.string()) })),
      }),
    )
    .default([]),
  patches: z
    .array(
      z.strictObject({
        target: selector,
        options: z.strictObject({ allowKindChange: z.literal(true) }).optional(),
        patch: z.string(),
      }),
    )
    .default([]),
});
type Kustomization = z.infer<typeof kustomization>;

/**
 * What `kubectl kustomize` makes of a folder, but for the hashes after the names of generated ConfigMaps. Knows only
 * what our kustomizations use, and throws on anything else.
 */
export function renderKustomization(folder: string): readonly Manifest[] {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const plan = kustomization.parse(parse(read('kustomization.yaml')));
  const manifests = plan.resources.flatMap((resource) =>
    resource.endsWith('.yaml') ? [parse(read(resource)) as Manifest] : renderKustomization(join(folder, resource)),
  );
  for (const { name, envs, files } of plan.configMapGenerator) {
    const data = {
      ...Object.fromEntries(envs.flatMap((file) => environmentOf(read(file)))),
      ...Object.fromEntries(files.map((file) => [basename(file), read(file)])),
    };
    manifests.push({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  }
  return transform(manifests, plan);
}

function transform(manifests: readonly Manifest[], plan: Kustomization): readonly Manifest[] {
  const find = ({ kind, name }: z.infer<typeof selector>): Manifest => {
    const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    if (found === undefined) throw new Error(`There is no ${kind} ${name}`);
    return found;
  };
  for (const { source, targets } of plan.replacements) {
    const value = fieldPath(source.fieldPath).reduce<unknown>((node, key) => (node as Tree)[key], find(source));
    for (const { select, fieldPaths } of targets)
      for (const path of fieldPaths) writeAt(find(select), fieldPath(path), 'replace', value);
  }
  for (const { target, patch } of plan.patches) applyPatch(find(target), patchSchema.parse(parse(patch)));
  return manifests.map((manifest) => withImages(inNamespace(manifest, plan.namespace), plan.images));
}

/** Dots divide, except between brackets. */
function fieldPath(path: string): readonly string[] {
  return path.split(/\.(?![^[]*\])/).map((key) => key.replace(/^\[(.*)\]$/, '$1'));
}

function inNamespace(manifest: Manifest, namespace: string | undefined): Manifest {
  if (namespace === undefined || manifest.kind === 'Namespace') return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace } };
}

function withImages(manifest: Manifest, images: Kustomization['images']): Manifest {
  return JSON.parse(JSON.stringify(manifest), (key, value: unknown) => {
    const image = key === 'image' ? images.find(({ name }) => name === value) : undefined;
    return image === undefined ? value : `${image.newName}:${image.newTag}`;
  }) as Manifest;
}

/** The lines `NAME=value` of an environment file. */
export function environmentOf(text: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
}
