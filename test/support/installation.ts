import { join } from 'node:path';
import { renderKustomization } from './kustomization.ts';
import { type KubernetesObject, kubernetesObject } from './kubernetes-schema.ts';

type Kind = KubernetesObject['kind'];
type OfKind<Name extends Kind> = Extract<KubernetesObject, { kind: Name }>;

/** One of the folders of docker/kubernetes that people apply, rendered and checked for its shape. */
export class Installation {
  readonly objects: readonly KubernetesObject[];

  constructor(name: string) {
    this.objects = renderKustomization(join('docker/kubernetes', name)).map((manifest) =>
      kubernetesObject.parse(manifest),
    );
  }

  all<Name extends Kind>(kind: Name): readonly OfKind<Name>[] {
    return this.objects.filter((object): object is OfKind<Name> => object.kind === kind);
  }

  one<Name extends Kind>(kind: Name): OfKind<Name> {
    const [only, ...more] = this.all(kind);
    if (only === undefined || more.length > 0) throw new Error(`Expected one ${kind}`);
    return only;
  }

  get workload(): OfKind<'Deployment' | 'StatefulSet'> {
    return this.all('Deployment')[0] ?? this.one('StatefulSet');
  }

  get pod(): OfKind<'Deployment'>['spec']['template']['spec'] {
    return this.workload.spec.template.spec;
  }

  get container(): OfKind<'Deployment'>['spec']['template']['spec']['containers'][0] {
    return this.pod.containers[0];
  }

  /** What its process finds in its environment. */
  environment(): Record<string, string> {
    const sources = this.container.envFrom.map(({ configMapRef }) => this.configMap(configMapRef.name));
    const own = this.container.env.map(({ name, value }) => [name, value]);
    return Object.assign({}, ...sources, Object.fromEntries(own)) as Record<string, string>;
  }

  configMap(name: string): Readonly<Record<string, string>> {
    const found = this.all('ConfigMap').find(({ metadata }) => metadata.name === name);
    if (found === undefined) throw new Error(`There is no ConfigMap ${name}`);
    return found.data;
  }

  /** Path in the container and key of each file that the Secret must hold. */
  secretFiles(): ReadonlyMap<string, string> {
    const mounted = this.pod.volumes.flatMap((volume) => {
      if (!('secret' in volume)) return [];
      const mounts = this.container.volumeMounts.filter(({ name }) => name === volume.name);
      return mounts.flatMap(({ mountPath }) =>
        volume.secret.items.map(({ key, path }) => [`${mountPath}/${path}`, key] as const),
      );
    });
    return new Map(mounted);
  }
}
