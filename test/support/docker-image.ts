import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getContainerRuntimeClient, ImageName } from 'testcontainers';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Runtime = Awaited<ReturnType<typeof getContainerRuntimeClient>>;
type ImageFacts = Awaited<ReturnType<Runtime['image']['inspect']>>;

/** An image that was built for one test file. */
export interface DockerImage {
  readonly name: string;
  /** What `docker image inspect` says. */
  inspect(): Promise<ImageFacts>;
  remove(): Promise<void>;
}

/**
 * Builds a target of docker/Dockerfile with the command that people use: testcontainers can build too, but says no more
 * than that it failed. Rejects with the builder's output.
 */
export async function buildImage(target: 'broker' | 'simulator'): Promise<DockerImage> {
  const name = `interlock-test-${target}:${randomUUID()}`;
  await promisify(execFile)('docker', ['build', '-f', 'docker/Dockerfile', '--target', target, '-t', name, '.'], {
    cwd: root,
    env: { ...process.env, DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const { image } = await getContainerRuntimeClient();
  return {
    name,
    inspect: () => image.inspect(ImageName.fromString(name)),
    remove: () => removeImage(name),
  };
}

/** Removes an image; its layers stay in the build cache. */
export async function removeImage(name: string): Promise<void> {
  const { container } = await getContainerRuntimeClient();
  await container.dockerode.getImage(name).remove();
}
